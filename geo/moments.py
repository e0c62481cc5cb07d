"""A moment, as every public function takes it: a `datetime` that knows its time zone."""

from __future__ import annotations

from datetime import UTC, datetime

from geo.errors import MomentError


def epoch(moment: datetime) -> float:
    """Seconds since 1970-01-01 00:00 UTC. Raises MomentError for a moment without a time zone."""
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise MomentError(moment)
    return moment.timestamp()


def since(start: datetime, moment: datetime) -> float:
    """Seconds from start, which knows its time zone, to moment. Raises MomentError."""
    return epoch(moment) - start.astimezone(UTC).timestamp()
