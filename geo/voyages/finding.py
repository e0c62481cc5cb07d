"""What does not fit in the voyages of a data set, as data: the legs concerned, the reckoning, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geo.sea.routes import KM_PER_NM

Kind = Literal["too fast", "closed", "two places", "two voyages", "sources differ", "told twice"]
TITLES: Mapping[Kind, str] = {
    "too fast": "A speed that nothing reaches",
    "closed": "A way that was closed",
    "two places": "One ship in two places",
    "two voyages": "One ship on two voyages at once",
    "sources differ": "Sources that differ on one voyage",
    "told twice": "The same voyage told twice",
}
"""Each kind in words, in the order in which findings are listed: what cannot be comes first."""
MOST_LISTED = 200
"""So many findings of one kind are listed; a data set with more has a wrong column, and its first tell of it."""
Basis = Literal["great circle", "sea route"]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A distance, and the most time that the dates allow for it.

    km         at least so far: what a vague place may be off by is taken away
    hours      from the first instant at which it may have begun to the last at which it may have ended
    limit_kmh  nothing that carries goods in this way is faster
    basis      how km was found; passages: ids of those on a sea route
    """

    km: float
    hours: float
    limit_kmh: float
    basis: Basis
    passages: tuple[str, ...] = ()

    @property
    def kmh(self) -> float:
        """The speed that would be needed; infinite where there is no time at all."""
        return self.km / self.hours if self.hours > 0 else float("inf")

    @property
    def knots(self) -> float:
        """The same in knots."""
        return self.kmh / KM_PER_NM


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit.

    legs       the labels of the legs concerned, in the table that was looked at
    sentence   what is told, with the reckoning; plain text, every name in it made legible
    reckoning  the numbers, where it rests on a distance and a time
    """

    kind: Kind
    legs: tuple[int, ...]
    sentence: str
    reckoning: Reckoning | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found, by kind. notes: sentences about what was not looked at, or is not listed."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
