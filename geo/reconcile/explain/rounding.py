"""What is said of bounds that were reckoned from "about": no finer than that word, and never narrower than the bound.

At most 2,200 in all, of which at least 1,001 later, is at most 1,199 before; but the 2,200 is what "about 2,000" was
read as, which says nothing of single containers. So 1,200 is said and drawn, and 1,199 is kept for the reckoning.
A figure of one report by itself is no reckoning, and stands as it was read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from geo.arrays import Floats, Mask
from geo.parsing.quantity import says_about
from geo.reconcile.volumes import BoundSums, Curve, Flow, Periods, PeriodTable, Term

MOST_ASKED = 200
"""Distinct bounds of a table of periods of which it is asked what they rest on; where there are more they stand."""
_DUST = 1e-6
Grains = Mapping[str, float]
"""Report id -> the power of ten that its "about" is no finer than."""
Why = tuple[Term, ...]
Period = tuple[int, int]
Sums = Callable[[Sequence[Period]], Sequence[BoundSums]]


def grains_of(totals: pd.DataFrame) -> dict[str, float]:
    """Those of the totals that say "about" (columns as `TOTAL_TABLE`): the first digit of how far it reaches.

    "about 2,000", 1,800–2,200, reaches 200: its grain is 100.
    """
    if not len(totals) or "quantity_words" not in totals:
        return {}
    words = totals["quantity_words"].astype(str)
    said = words.map({each: says_about(each) for each in words.unique()}).to_numpy(bool)
    low, best, high = (totals[name].to_numpy(np.float64) for name in ("low", "best", "high"))
    rows = np.flatnonzero(said & np.isfinite(best) & np.isfinite(low))
    low, best, high = low[rows], best[rows], high[rows]
    reach = np.maximum(np.where(np.isfinite(high), high, best) - best, best - low)
    ids = totals["id"].iloc[rows].astype(str)
    return {name: _power(size) for name, size in zip(ids, reach.tolist(), strict=True) if size >= 1}


def as_said(flow: Flow) -> Flow:
    """The same flow with its ranges, those of its sides and of its periods as they are said: outward to their grain."""
    grains = flow.grains
    if not grains:
        return flow

    def whole(periods: Sequence[Period]) -> list[BoundSums]:
        return [BoundSums.hull(list(sums.values())) for sums in flow.periods.all_sums(periods)]

    def side(names: tuple[str, ...], periods: Sequence[Period]) -> list[BoundSums]:
        return [sums[names] for sums in flow.periods.all_sums(periods)]

    curve = _rounded_curve(flow.curve, grains)
    sides = {names: _rounded_curve(each, grains) for names, each in flow.sides.items()}

    def by_side() -> dict[tuple[str, ...], PeriodTable]:
        tables = flow.periods.by_side.items()
        return {names: _rounded_table(table, sides[names], grains, partial(side, names)) for names, table in tables}

    def table() -> PeriodTable:
        return _rounded_table(flow.periods.table, curve, grains, whole)

    return replace(flow, curve=curve, sides=sides, periods=Periods(table, by_side, flow.periods.all_sums), grains={})


def _rounded_curve(curve: Curve, grains: Grains) -> Curve:
    low = np.array([_down(value, _grain(by, grains)) for value, by in zip(curve.low, curve.low_by, strict=True)])
    high = np.array([_up(value, _grain(by, grains)) for value, by in zip(curve.high, curve.high_by, strict=True)])
    if not low.size:
        return curve
    # What was rounded more coarsely stays between its neighbours in time: a cumulative volume never falls.
    low, high = np.maximum.accumulate(low), np.minimum.accumulate(high[::-1])[::-1]
    return replace(curve, low=low, high=high)


def _rounded_table(table: PeriodTable, whole: Curve, grains: Grains, sums: Sums) -> PeriodTable:
    """whole: the cumulative range as it is said, which all periods from the beginning are. sums: of periods."""
    later = np.triu(np.ones(table.low.shape, bool), 1)

    def ask(values: Floats, to: Callable[[float, float], float], of: Callable[[BoundSums], Why]) -> Floats:
        found, rows = values.copy(), later & np.isfinite(values) & (values > 0)
        places = _one_of_each(values, rows)
        periods = [(int(table.time[first]), int(table.time[last])) for first, last in places.values()]
        for value, each in zip(places, sums(periods), strict=True):
            found[rows & (values == value)] = to(value, _grain(of(each), grains))
        return found

    low = ask(table.low, _down, lambda each: each.low_by)
    high = ask(table.high, _up, lambda each: each.high_by)
    if not table.time.size:
        return table
    # As a period grows neither bound falls: towards earlier beginnings, and towards later ends.
    low = np.maximum.accumulate(np.maximum.accumulate(low, axis=1)[::-1], axis=0)[::-1]
    high = np.where(later, high, np.inf)
    high = np.minimum.accumulate(np.minimum.accumulate(high[:, ::-1], axis=1)[:, ::-1], axis=0)
    low_said, _, high_said = whole.at_seconds(table.time)
    low, high = np.minimum(low, low_said), np.minimum(high, high_said)
    low[0], high[0] = low_said, high_said
    return PeriodTable(table.time, np.where(later, low, 0.0), np.where(later, high, 0.0))


def _one_of_each(values: Floats, rows: Mask) -> dict[float, tuple[int, int]]:
    """Each distinct value in some rows of (n, n) -> where it stands first; none where there are too many."""
    distinct, first = np.unique(np.where(rows, values, 0.0), return_index=True)
    if distinct.size > MOST_ASKED:
        return {}
    places = zip(*np.unravel_index(first, values.shape), strict=True)
    return {
        float(value): (int(row), int(column)) for value, (row, column) in zip(distinct, places, strict=True) if value
    }


def _grain(why: Iterable[Term], grains: Grains) -> float:
    """The coarsest of a sum's terms; 0 where it is no sum, or rests on no "about"."""
    terms = [term for term in why if abs(term.factor) > _DUST]
    if len(terms) == 1 and abs(terms[0].factor - 1) < _DUST:
        return 0.0
    return max((grains.get(term.report, 0.0) for term in terms), default=0.0)


def _down(value: float, grain: float) -> float:
    step = _step(value, grain)
    return math.floor(value / step + _DUST) * step if step else value


def _up(value: float, grain: float) -> float:
    step = _step(value, grain)
    return math.ceil(value / step - _DUST) * step if step else value


def _step(value: float, grain: float) -> float:
    """What a bound is rounded to; one digit of it is left in any case."""
    return min(grain, _power(value)) if grain and math.isfinite(value) and value >= 1 else 0.0


def _power(value: float) -> float:
    """The largest power of ten that is no larger than a value."""
    return 10.0 ** math.floor(math.log10(value) + 1e-12)
