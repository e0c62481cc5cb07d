"""The time span of a scene, and seconds since its start. Everything is UTC and half-open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from geo.arrays import DAY, Ints
from geo.errors import MomentError, SceneError

HOUR = 3_600
FINE = 300
"""Seconds that a span of minutes is whole in."""
HOURS_BELOW, MINUTES_BELOW = 3 * DAY, 3 * HOUR
"""Dates less than so many seconds apart span hours, and minutes. Twins of those in player/src/words.ts."""
LONGEST = 2**32 - 1
"""Seconds that the browser's 32-bit times can hold: 136 years."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """start: UTC midnight, or of data of hours their first hour or minutes. seconds: length of the span, half-open."""

    start: datetime
    seconds: int

    @property
    def end(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    def since_start(self, epoch: Ints) -> Ints:
        """Epoch seconds -> seconds since the start."""
        return epoch - int(self.start.timestamp())

    def moment(self, seconds: float) -> datetime:
        """The UTC time `seconds` after the start."""
        return self.start + timedelta(seconds=seconds)


def span(starts: Ints, ends: Ints, at_least: Timeline | None = None) -> Timeline:
    """The whole days that hold every flow: n starts and n ends, in epoch seconds; a step ends where it starts.

    Where they lie within three days it is the whole hours, and within three hours the whole five minutes. A step at
    midnight belongs to the day that begins there: nothing says its hour. at_least is held in any case. Raises
    SceneError for none, or for over 136 years.
    """
    if starts.size == 0:
        raise SceneError("There is nothing to draw: no dated legs or totals in this unit.")
    first = int(starts.min())
    least = np.where(starts % DAY == 0, DAY, 1)
    last = int(np.where(ends <= starts, starts + least, ends).max())
    # The moment of a single step says nothing of what is shown around it.
    alone = at_least is None and last - first == 1
    if at_least is not None:
        held = int(at_least.start.timestamp())
        first, last = min(first, held), max(last, held + at_least.seconds)
    # As long as it then is, a span is whole in its unit: it stays as it is where it is held.
    for unit, below in ((FINE, MINUTES_BELOW), (HOUR, HOURS_BELOW), (DAY, np.inf)):
        begin, end = first // unit * unit, -(-last // unit) * unit
        if end - begin < below and not (alone and unit < DAY):
            break
    first, last = begin, end
    if last - first > LONGEST:
        years = f"{_year(first)} to {_year(last)}"
        raise SceneError(f"The dates run from {years}; at most 136 years can be shown. Check the dates.")
    return Timeline(start=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=first), seconds=last - first)


def _year(epoch: int) -> int:
    return int(np.datetime64(epoch, "s").astype("datetime64[Y]").astype(int)) + 1970


def epoch(moment: datetime) -> float:
    """Seconds since 1970-01-01 00:00 UTC. Raises MomentError for a moment without a time zone."""
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise MomentError(moment)
    return moment.timestamp()


def since(start: datetime, moment: datetime) -> float:
    """Seconds from start, which knows its time zone, to moment. Raises MomentError."""
    return epoch(moment) - start.astimezone(UTC).timestamp()
