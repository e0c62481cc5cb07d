"""The time span of a scene, its steps, and seconds since its start. Everything is UTC and half-open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from geo.arrays import DAY, Ints
from geo.errors import MomentError, SceneError

HOUR = 3_600
WEEK, MONTH = 7 * DAY, 30 * DAY
STEPS = {"hour": HOUR, "day": DAY, "week": WEEK, "month": MONTH}
MOST_STEPS = 400
"""Steps that a time bar can still show one by one: about three pixels each on a laptop's width."""
LONGEST = 2**32 - 1
"""Seconds that the browser's 32-bit times can hold: 136 years."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """start: UTC midnight. seconds: length of the span, whole days, half-open."""

    start: datetime
    seconds: int

    @property
    def end(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    @property
    def step(self) -> str:
        """The finest of hour, day, week and month that cuts the span into at most MOST_STEPS; else month."""
        fitting = (name for name, length in STEPS.items() if self.seconds / length <= MOST_STEPS)
        return next(fitting, "month")

    def since_start(self, epoch: Ints) -> Ints:
        """Epoch seconds -> seconds since the start."""
        return epoch - int(self.start.timestamp())

    def moment(self, seconds: float) -> datetime:
        """The UTC time `seconds` after the start."""
        return self.start + timedelta(seconds=seconds)


def span(starts: Ints, ends: Ints, at_least: Timeline | None = None) -> Timeline:
    """The whole days that hold every flow: n starts and n ends, in epoch seconds; a step ends where it starts.

    A step at midnight belongs to the day that begins there. at_least is held in any case. Raises SceneError for
    none, or for over 136 years.
    """
    if starts.size == 0:
        raise SceneError("There is nothing to draw: no dated legs or totals in this unit.")
    first = int(starts.min()) // DAY * DAY
    stepping = ends <= starts
    last = int(np.where(stepping, (starts // DAY + 1) * DAY, -(-ends // DAY) * DAY).max())
    if at_least is not None:
        held = int(at_least.start.timestamp())
        first, last = min(first, held), max(last, held + at_least.seconds)
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
