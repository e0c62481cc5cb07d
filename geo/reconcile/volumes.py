"""What reconciling gives: for each flow a range of its cumulative volume over time, and the reports that set it.

All times are epoch seconds, UTC. The volume at t is that of everything moved before t, so a bound that holds from the
end of 1 October stands at 2 October 00:00.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

import numpy as np

from geo.arrays import Floats, Ints
from geo.gazetteer.scopes import Scope
from geo.timeline import epoch


@dataclass(frozen=True, slots=True)
class Term:
    """One step of the sum that gives a bound: `factor` times the low or high (`figure`) of a report.

    "at most 1,199 by 7 September" is 1 × the high of one report (2,200) and -1 × the low of another (1,001).
    """

    report: str
    factor: float
    figure: float
    end: Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class BoundSums:
    """At least low and at most high (inf where open), each with the terms that add up to it; none where nothing sets
    it (0, or open)."""

    low: float
    high: float
    low_by: tuple[Term, ...] = ()
    high_by: tuple[Term, ...] = ()

    @staticmethod
    def hull(sums: Sequence[BoundSums]) -> BoundSums:
        """The least low and the greatest high of several."""
        low, high = min(sums, key=lambda each: each.low), max(sums, key=lambda each: each.high)
        return BoundSums(low.low, high.high, low.low_by, high.high_by)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The range of a cumulative volume at n moments, strictly increasing; low <= best <= high, +inf where open.

    Between two moments low is that of the earlier one and high that of the later one: something may have moved just
    after the one, or just before the other, and the reports do not say. best is linear in between. Before the first
    moment all are 0; after the last, low and best stay, and high is open.
    low_by, high_by: for each moment the terms that add up to the bound; none where nothing sets it (0, or open).
    """

    time: Ints
    low: Floats
    best: Floats
    high: Floats
    low_by: tuple[tuple[Term, ...], ...]
    high_by: tuple[tuple[Term, ...], ...]

    def at(self, moment: datetime) -> tuple[float, float, float]:
        """low, best, high of everything moved before a moment, in the flow's unit; high is inf where it is open.

        moment: with its time zone; what moved by the end of 1 October is what moved before 2 October 00:00. Raises
        MomentError for one without.

        >>> import numpy as np
        >>> from datetime import UTC, datetime
        >>> noon = int(datetime(2023, 10, 1, 12, tzinfo=UTC).timestamp())
        >>> figures = np.array([10.0]), np.array([12.0]), np.array([15.0])
        >>> curve = Curve(np.array([noon]), *figures, low_by=((),), high_by=((),))
        >>> curve.at(datetime(2023, 10, 1, 12, tzinfo=UTC)), curve.at(datetime(2023, 10, 2, tzinfo=UTC))
        ((10.0, 12.0, 15.0), (10.0, 12.0, inf))
        """
        return self.at_second(epoch(moment))

    def at_second(self, moment: float) -> tuple[float, float, float]:
        """The same by epoch seconds, UTC."""
        if self.time.size == 0 or moment < self.time[0]:
            return 0.0, 0.0, 0.0
        after = int(np.searchsorted(self.time, moment, side="left"))
        if after == self.time.size:
            return float(self.low[-1]), float(self.best[-1]), np.inf
        held = after if self.time[after] == moment else after - 1
        best = float(np.interp(moment, self.time, self.best))
        return float(self.low[held]), best, float(self.high[after])

    def at_seconds(self, moments: Ints) -> Floats:
        """The same at moments (n,): low, best, high, (3, n)."""
        held = np.searchsorted(self.time, moments, "right") - 1
        after = np.searchsorted(self.time, moments, "left")
        low = np.concatenate([[0.0], self.low])[held + 1]
        best = np.interp(moments, self.time, self.best, left=0.0) if self.time.size else np.zeros(moments.size)
        high = np.concatenate([self.high, [np.inf]])[after]
        return np.stack([low, best, np.where(held < 0, 0.0, high)])

    def sums_at(self, moment: float) -> BoundSums:
        """low and high as `at_second` has them, each with its terms."""
        low, _, high = self.at_second(moment)
        if self.time.size == 0 or moment < self.time[0]:
            return BoundSums(low, high)
        held = int(np.searchsorted(self.time, moment, side="right")) - 1
        after = int(np.searchsorted(self.time, moment, side="left"))
        return BoundSums(low, high, self.low_by[held], self.high_by[after] if after < self.time.size else ())


@dataclass(frozen=True, slots=True, eq=False)
class PeriodTable:
    """What moved from one of n moments (epoch seconds, increasing) to another one: at least low, at most high (n, n).

    Rows are the beginnings. Where a period would end before it begins low and high are 0; high is +inf where open, as
    it is of all that ends after the last moment. As a period grows neither low nor high falls.
    """

    time: Ints
    low: Floats
    high: Floats

    def between(self, start: float, end: float) -> tuple[float, float]:
        """The range of what moved from start to end, epoch seconds.

        Between two of the moments nothing is known of when the volume grew: the low is that of the longest period of
        the table inside this one, and the high that of the shortest around it.
        """
        low, high = self.all_between(np.array([start]), np.array([end]))
        return float(low[0, 0]), float(high[0, 0])

    def all_between(self, starts: Floats | Ints, ends: Floats | Ints) -> tuple[Floats, Floats]:
        """The same of every start (m,) with every end (k,): low, high (m, k)."""
        last = self.time.size - 1
        first_in, last_in = np.searchsorted(self.time, starts, "left"), np.searchsorted(self.time, ends, "right") - 1
        inside = first_in[:, None] < last_in[None, :]
        low = np.where(inside, self.low[np.minimum(first_in, last)[:, None], np.maximum(last_in, 0)[None, :]], 0.0)
        # Nothing moved before the first moment, and what moved after the last nobody says.
        before = np.maximum(np.searchsorted(self.time, starts, "right") - 1, 0)
        after = np.searchsorted(self.time, ends, "left")
        high = self.high[before[:, None], np.minimum(after, last)[None, :]]
        nothing = (np.asarray(ends)[None, :] <= np.asarray(starts)[:, None]) | (after[None, :] == 0)
        return low, np.where(nothing, 0.0, np.where(after[None, :] > last, np.inf, high))


class Periods:
    """What a flow moved between any two moments: its own tightest range, and not the difference of two of `Curve`."""

    def __init__(
        self,
        make: Callable[[], PeriodTable],
        make_by_side: Callable[[], Mapping[tuple[str, ...], PeriodTable]],
        sums: Callable[[Sequence[tuple[int, int]]], Sequence[Mapping[tuple[str, ...], BoundSums]]],
    ) -> None:
        """make, make_by_side: work the tables out, when they are first asked for. sums: see `all_sums`."""
        self._make, self._make_by_side, self._sums = make, make_by_side, sums

    @cached_property
    def table(self) -> PeriodTable:
        """Over all pairs of moments at which the volume may bend."""
        return self._make()

    @cached_property
    def by_side(self) -> Mapping[tuple[str, ...], PeriodTable]:
        """The table of each of the flow's sides (`Flow.sides`); `table` is their hull."""
        return self._make_by_side()

    def between(self, start: datetime, end: datetime) -> tuple[float, float]:
        """At least, and at most (inf where open), of what moved from start until before end; see `Curve.at`.

        Raises MomentError for a moment without its time zone.
        """
        return self.table.between(epoch(start), epoch(end))

    def sums(self, start: datetime, end: datetime) -> Mapping[tuple[str, ...], BoundSums]:
        """`between` by each of the flow's sides (`Flow.sides`), with the terms; the hull of them is the range."""
        return self.all_sums([(int(epoch(start)), int(epoch(end)))])[0]

    def all_sums(self, periods: Sequence[tuple[int, int]]) -> Sequence[Mapping[tuple[str, ...], BoundSums]]:
        """The same of several periods: start and end of each, epoch seconds, UTC."""
        return self._sums(periods)


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """One flow that at least one total speaks of, reconciled.

    reports         ids of the totals on exactly this scope, or part of one of them
    bearing         ids of all reports that set a bound at any moment, on whatever scope
    inside          rows of `Volumes.flows` whose scope contains this one
    periods         its range between any two moments, worked out when first asked for
    tightest        False where so many reports overlap that they were not weighed all at once: the range holds, and
                    may be wider than they allow
    contested       whether one of its own reports stands in a contradiction; the curve is then the hull of the sides
    contested_from  the first moment at which the sides cannot agree on a volume, epoch seconds; None if not contested
    conflicts       the contradictions that its own reports stand in: minimal sets of report ids
    sides           claimants who can all be right -> their range, with what nobody contradicts; one if uncontested
    claimants       each claimant who bears on it, taken alone -> the range of that account
    naive_sum       the best figures of its own reports added up, which is what not to do
    itemised        containers of the itemised legs inside it, each shipment once
    coverage        itemised as a share of best at the end; None where best is 0
    grains          ids of the totals that bear on it and say "about" -> the power of ten that the word is no finer than
    """

    scope: Scope
    curve: Curve
    periods: Periods
    reports: tuple[str, ...]
    bearing: tuple[str, ...]
    inside: tuple[int, ...]
    tightest: bool
    contested: bool
    contested_from: int | None
    conflicts: tuple[tuple[str, ...], ...]
    sides: Mapping[tuple[str, ...], Curve]
    claimants: Mapping[str, Curve]
    naive_sum: float
    itemised: float
    coverage: float | None
    grains: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Volumes:
    """All flows by scope.

    conflicts  every minimal set of report ids that cannot all be true, the smallest first
    complete   False where there were so many contradictions that the search for more was ended
    unlisted   then so many more sets of two or three reports contradict one another at least, and are not listed
    """

    flows: tuple[Flow, ...]
    conflicts: tuple[tuple[str, ...], ...]
    complete: bool = True
    unlisted: int = 0


def by_size(conflict: Sequence[str]) -> tuple[int, Sequence[str]]:
    """The order of conflicts: the smallest first."""
    return len(conflict), conflict
