"""The rules as one plain linear program per question, without cells, intervals, merging or steps.

The unknowns are the cumulative volumes themselves, of every spot on every day: of every point of the small world, and
of every onward leg of a shipment, whose goods count in the flows that hold none of the legs before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations, product

import highspy
import numpy as np

from tests.reconcile.histories import DAYS, POINTS, Point, beginning, capped_from, holds, point_of, scope_of
from tests.reconcile.reports import OPEN, Report

Scope = tuple[str, int]


@dataclass(frozen=True)
class Spot:
    """A point; or where an onward leg counts, after those before it."""

    point: Point
    before: tuple[Point, ...] = ()
    leg: int = -1

    def within(self, scope: Scope) -> bool:
        """Whether it counts in a scope."""
        return holds(scope, self.point) and not any(holds(scope, point) for point in self.before)


Columns = dict[tuple[Spot, int], int]


def plain_range(totals: Sequence[Report], legs: Sequence[Report], scope: Scope, day: int) -> tuple[float, float] | None:
    """The least and most that can have moved inside a scope by a day; None where the reports contradict each other."""
    low, high = (_solve(totals, legs, scope, day, sign) for sign in (1.0, -1.0))
    return None if low is None or high is None else (low, high)


def plain_part(
    truth: tuple[Sequence[Report], Sequence[Report]], named: Sequence[Report], scope: Scope, start: int, end: int
) -> tuple[float, float] | None:
    """The same from a day to a later one by some of the totals and legs alone; all of them say when anything began."""
    totals, legs = ([each for each in kind if any(each is one for one in named)] for kind in truth)
    low, high = (_solve(totals, legs, scope, end, sign, *truth, since=start) for sign in (1.0, -1.0))
    return None if low is None or high is None else (low, high)


def plain_period(
    totals: Sequence[Report], legs: Sequence[Report], scope: Scope, start: int, end: int
) -> tuple[float, float] | None:
    """The least and most that can have moved inside a scope from a day to a later one."""
    low, high = (_solve(totals, legs, scope, end, sign, since=start) for sign in (1.0, -1.0))
    return None if low is None or high is None else (low, high)


def agree(totals: Sequence[Report], legs: Sequence[Report], of: Sequence[Report] | None = None) -> bool:
    """Whether all can be true. of: the whole set that they are from, which says when anything began."""
    return _solve(totals, legs, None, 0, 1.0, of) is not None


def _solve(
    totals: Sequence[Report],
    legs: Sequence[Report],
    scope: Scope | None,
    day: int,
    sign: float,
    of: Sequence[Report] | None = None,
    of_legs: Sequence[Report] | None = None,
    *,
    since: int = 0,
) -> float | None:
    everything = list(totals if of is None else of)
    every_leg = list(legs if of_legs is None else of_legs)
    solver = highspy.Highs()
    solver.silent()
    spots = _spots(legs, {scope_of(each) for each in everything})
    column = {(spot, at): number * (DAYS + 2) + at for number, spot in enumerate(spots) for at in range(DAYS + 2)}
    begun = {scope_of(each): beginning(scope_of(each), everything, every_leg) for each in everything}
    for (spot, at), number in column.items():
        first = min(day for one, day in begun.items() if spot.within(one))
        cost = sign * ((at == day) - (at == since)) if scope is not None and spot.within(scope) else 0.0
        solver.addVar(0.0, 0.0 if at <= first else highspy.kHighsInf)
        solver.changeColCost(number, cost)
    for spot in spots:
        for at in range(DAYS + 1):
            _row(solver, {column[spot, at + 1]: 1.0, column[spot, at]: -1.0}, 0.0, OPEN)
    for each in totals:
        for one, start, end, low, high in _bounds(each):
            _row(solver, _gain(column, [spot for spot in spots if spot.within(one)], start, end), low, high)
    _legs(solver, column, legs)
    _onward(solver, column, legs)
    _parts(solver, column, spots, set(begun))
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return OPEN if scope is not None else None
    if status != highspy.HighsModelStatus.kOptimal:
        return None
    return sign * float(solver.getInfo().objective_function_value)


def _spots(legs: Sequence[Report], scopes: set[Scope]) -> list[Spot]:
    before: dict[str, tuple[Point, ...]] = defaultdict(tuple)
    found = [Spot(point) for point in POINTS]
    for number, each in enumerate(legs):
        if name := str(each["shipment"]):
            if before[name]:
                found.append(Spot(point_of(each), before[name], number))
            before[name] += (point_of(each),)
    return [spot for spot in found if any(spot.within(scope) for scope in scopes)]


def _bounds(each: Report) -> list[tuple[Scope, int, int, float, float]]:
    scope, nature = scope_of(each), each["nature"]
    first, early, last = (int(str(each[name])) for name in ("start_earliest", "end_earliest", "end_latest"))
    inner = capped_from(each)
    early = last if last - early <= 1 else early
    found = [(scope, first, last, float(str(each["low"])), OPEN)]
    if nature != "observed" and inner < early:
        found.append((scope, inner, early, 0.0, float(str(each["high"]))))
    return found


def _gain(column: Columns, spots: Sequence[Spot], start: int, end: int) -> dict[int, float]:
    return {column[spot, end]: 1.0 for spot in spots} | {column[spot, start]: -1.0 for spot in spots}


def _legs(solver: highspy.Highs, column: Columns, legs: Sequence[Report]) -> None:
    """Every leg moved on its days and on points inside what it says; no point carries less than the legs on it."""
    carried: dict[tuple[Spot, int], list[int]] = defaultdict(list)
    seen: set[str] = set()
    for each in legs:
        name = str(each["shipment"])
        if name in seen:
            continue
        seen |= {name} - {""}
        parts = {}
        for point, day in product((point for point in POINTS if holds(scope_of(each), point)), _days(each)):
            number = solver.getNumCol()
            solver.addVar(0.0, highspy.kHighsInf)
            parts[number] = 1.0
            if (Spot(point), day) in column:
                carried[Spot(point), day].append(number)
        _row(solver, parts, float(str(each["containers_low"])), OPEN)
    for (spot, day), numbers in carried.items():
        gain = _gain(column, [spot], day, day + 1)
        _row(solver, gain | dict.fromkeys(numbers, -1.0), 0.0, OPEN)


def _days(each: Report) -> range:
    return range(int(float(str(each["depart"]))), int(float(str(each["arrive"]))))


def _onward(solver: highspy.Highs, column: Columns, legs: Sequence[Report]) -> None:
    """An onward leg carries what it says, in its own time and at no other."""
    for spot in {spot for spot, _ in column if spot.before}:
        leg, days = legs[spot.leg], _days(legs[spot.leg])
        low, high = (float(str(leg[f"containers_{end}"])) for end in ("low", "high"))
        _row(solver, _gain(column, [spot], 0, days.start), 0.0, 0.0)
        _row(solver, _gain(column, [spot], days.start, days.stop), low, high)
        _row(solver, _gain(column, [spot], days.stop, DAYS + 1), 0.0, 0.0)


def _parts(solver: highspy.Highs, column: Columns, spots: Sequence[Spot], scopes: set[Scope]) -> None:
    """A flow that lies inside another has at no time more than that one."""
    points = [Spot(point) for point in POINTS]
    for part, whole in permutations(sorted(scopes), 2):
        if all(spot.within(whole) for spot in points if spot.within(part)):
            for day in range(DAYS + 2):
                more = {column[spot, day]: 1.0 for spot in spots if spot.within(whole) and not spot.within(part)}
                less = {column[spot, day]: -1.0 for spot in spots if spot.within(part) and not spot.within(whole)}
                _row(solver, more | less, 0.0, OPEN)


def _row(solver: highspy.Highs, factors: dict[int, float], low: float, high: float) -> None:
    top = highspy.kHighsInf if high == OPEN else high
    columns = np.array(list(factors), np.int32)
    solver.addRow(low, top, columns.size, columns, np.array(list(factors.values())))
