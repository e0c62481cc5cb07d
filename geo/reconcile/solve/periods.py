"""The tightest range of what moved between any two moments, which is not the difference of two cumulative ranges.

Between two moments at which a volume may bend nothing is known of when it grew. So of a period a low belongs to the
intervals that lie wholly inside it, and a high to those that it touches: a table over the pairs of these moments says
everything. Each answer of the solver is also a history, which says how far the bounds of all the other periods can
still be: most need no asking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np

from geo.arrays import Floats
from geo.reconcile.solve.model import Model, added_up
from geo.reconcile.solve.ranges import Range, Why, rounded, same
from geo.reconcile.volumes import BoundSums, Curve, PeriodTable, Term

MOST_MOMENTS = 120
"""Up to so many moments of one volume its periods are weighed, 7,140 of them; of more the differences of cumulative
bounds stand, which hold as well and are wider."""


def periods_of(model: Model, cells: Collection[int]) -> PeriodTable:
    """The table of some cells together."""
    asked = _Periods(model, cells)
    return PeriodTable(asked.time, asked.lows(), asked.highs())


def by_differences(found: Range) -> PeriodTable:
    """What the bounds of a cumulative volume say of its periods by themselves."""
    low = np.maximum(found.low[None, :] - np.where(np.isfinite(found.high), found.high, np.inf)[:, None], 0.0)
    high = found.high[None, :] - found.low[:, None]
    later = np.triu(np.ones(low.shape, bool), 1)
    return PeriodTable(found.time, np.where(later, low, 0.0), np.where(later, np.maximum(high, low), 0.0))


def sums_of(model: Model, cells: Collection[int], start: int, end: int) -> BoundSums:
    """One entry of the table of some cells, from start to end (epoch seconds), with the terms of its bounds."""
    if end <= start:
        return BoundSums(0.0, 0.0)
    own = np.isin(model.cell, list(cells))
    low, low_by, _ = model.least(own & (model.begin >= start) & (model.end <= end))
    touched = own & (model.begin < end) & (model.end > start)
    if end > _told_until(model, cells) or not model.capped[touched].all():
        return BoundSums(_rounded(low), np.inf, low_by)
    high, high_by, _ = model.most(touched)
    return BoundSums(_rounded(low), _rounded(high), low_by, high_by)


def difference_of(curve: Curve, start: int, end: int) -> BoundSums:
    """One entry of the table that `by_differences` makes of this curve's range, with the terms of its bounds."""
    if end <= start:
        return BoundSums(0.0, 0.0)
    before, after = curve.sums_at(start), curve.sums_at(end)
    low, low_by = _less(after.low, after.low_by, before.high, before.high_by)
    high, high_by = _less(after.high, after.high_by, before.low, before.low_by)
    return BoundSums(low, max(high, low), low_by, high_by)


def _less(bound: float, by: Why, other: float, other_by: Why) -> tuple[float, Why]:
    """A bound less the opposite one at another moment, and its terms; none where nothing is left or it is open."""
    if np.isinf(bound) or bound <= other:
        return (np.inf if np.isinf(bound) else 0.0), ()
    factors: dict[tuple[str, float, Literal["low", "high"]], float] = defaultdict(float)
    for terms, sign in ((by, 1.0), (other_by, -1.0)):
        for term in terms:
            factors[term.report, term.figure, term.end] += sign * term.factor
    _, terms = added_up(Term(name, factor, figure, end) for (name, figure, end), factor in factors.items())
    return bound - other, terms


def _rounded(value: float) -> float:
    return float(rounded(np.array([value]))[0])


def _told_until(model: Model, cells: Collection[int]) -> int:
    """The last moment, epoch seconds, at which each of some cells has been spoken of: later highs are open."""
    whole = len(model.region.cells) - model.region.onward
    last = int(model.moments(cells)[-1])
    return min((int(model.points[cell][-1]) for cell in cells if cell < whole), default=last)


def hull_of(tables: Sequence[PeriodTable]) -> PeriodTable:
    """The least low and the greatest high of several tables of one volume."""
    if len(tables) == 1:
        return tables[0]
    time = np.unique(np.concatenate([each.time for each in tables]))
    lows, highs = zip(*(each.all_between(time, time) for each in tables), strict=True)
    return PeriodTable(time, np.min(lows, axis=0), np.max(highs, axis=0))


class _Periods:
    """Questions to a model about some cells between any two of n moments."""

    def __init__(self, model: Model, cells: Collection[int]) -> None:
        self._model, self.time = model, model.moments(cells)
        self._own = np.flatnonzero(np.isin(model.cell, list(cells)))
        self._begin = np.searchsorted(self.time, model.begin[self._own])
        self._end = np.searchsorted(self.time, model.end[self._own])
        self._told = self.time <= _told_until(model, cells)
        self._later = np.triu(np.ones((self.time.size, self.time.size), bool), 1)

    def lows(self) -> Floats:
        """The least that moved in the intervals that lie inside each period."""
        some = self._inside(np.ones(self._own.size)) > 0
        floor, ceiling = np.zeros(some.shape), np.where(some & self._later, np.inf, 0.0)
        while (pair := _middle(floor, ceiling)) is not None:
            first, last = pair
            columns = np.zeros(self._model.cell.size, bool)
            columns[self._own[(self._begin >= first) & (self._end <= last)]] = True
            found, _, gains = self._model.least(columns)
            ceiling = np.minimum(ceiling, np.maximum(self._inside(gains[self._own]), floor))
            floor[: first + 1, last:] = np.maximum(floor[: first + 1, last:], found)
            ceiling[pair] = floor[pair]
        return np.where(self._later, rounded(floor), 0.0)

    def highs(self) -> Floats:
        """The most that moved in the intervals that each period touches."""
        capped = self._model.capped[self._own]
        open_ = self._touched((~capped).astype(np.float64)) > 0
        bounded = self._later & ~open_ & self._told[None, :]
        floor, ceiling = np.zeros(bounded.shape), np.where(bounded, np.inf, 0.0)
        while (pair := _middle(floor, ceiling)) is not None:
            first, last = pair
            columns = np.zeros(self._model.cell.size, bool)
            columns[self._own[(self._begin < last) & (self._end > first)]] = True
            found, _, gains = self._model.most(columns)
            floor = np.where(bounded, np.maximum(floor, np.minimum(self._touched(gains[self._own]), ceiling)), 0.0)
            within = np.s_[first:, : last + 1]
            ceiling[within] = np.minimum(ceiling[within], found)
            floor[pair] = ceiling[pair]
        return np.where(bounded, rounded(ceiling), np.where(self._later, np.inf, 0.0))

    def _inside(self, gains: Floats) -> Floats:
        """Some gains of the cells, added up over the intervals that lie inside each period."""
        placed = self._placed(gains)
        return np.cumsum(np.cumsum(placed[::-1], axis=0)[::-1], axis=1)

    def _touched(self, gains: Floats) -> Floats:
        """The same over the intervals that each period touches."""
        placed = self._placed(gains)
        begun = np.concatenate([[0.0], np.cumsum(placed.sum(axis=1))])[:-1]
        over = np.cumsum(placed.sum(axis=0))
        return np.where(self._later, np.maximum(begun[None, :] - over[:, None], 0.0), 0.0)

    def _placed(self, gains: Floats) -> Floats:
        placed = np.zeros((self.time.size, self.time.size))
        np.add.at(placed, (self._begin, self._end), gains)
        return placed


def _middle(floor: Floats, ceiling: Floats) -> tuple[int, int] | None:
    """One of the periods whose bound is not known yet."""
    open_ = np.flatnonzero(~same(floor, ceiling).ravel())
    if not open_.size:
        return None
    first, last = np.unravel_index(open_[open_.size // 2], floor.shape)
    return int(first), int(last)
