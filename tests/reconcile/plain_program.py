"""The rule as one plain linear program per question, without cells, intervals, merging or steps.

The unknowns are the cumulative volumes themselves, of every point of the small world on every day.
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np

from tests.reconcile.histories import DAYS, POINTS, beginning, holds, opens, scope_of
from tests.reconcile.reports import OPEN, Report

Scope = tuple[str, int]


def plain_range(totals: Sequence[Report], legs: Sequence[Report], scope: Scope, day: int) -> tuple[float, float] | None:
    """The least and most that can have moved inside a scope by a day; None where the reports contradict each other."""
    low, high = (_solve(totals, legs, scope, day, sign) for sign in (1.0, -1.0))
    return None if low is None or high is None else (low, high)


def agree(totals: Sequence[Report], legs: Sequence[Report], of: Sequence[Report] | None = None) -> bool:
    """Whether all can be true. of: the whole set that they are from, which says what opens whose account."""
    return _solve(totals, legs, None, 0, 1.0, of) is not None


def _solve(
    totals: Sequence[Report],
    legs: Sequence[Report],
    scope: Scope | None,
    day: int,
    sign: float,
    of: Sequence[Report] | None = None,
) -> float | None:
    everything = list(totals if of is None else of)
    solver = highspy.Highs()
    solver.silent()
    points = [point for point in POINTS if any(holds(scope_of(each), point) for each in everything)]
    column = {(point, at): number * (DAYS + 2) + at for number, point in enumerate(points) for at in range(DAYS + 2)}
    begun = {scope_of(each): beginning(scope_of(each), everything, list(legs)) for each in everything}
    for (point, at), number in column.items():
        first = min(day for one, day in begun.items() if holds(one, point))
        cost = sign if scope is not None and at == day and holds(scope, point) else 0.0
        solver.addVar(0.0, 0.0 if at <= first else highspy.kHighsInf)
        solver.changeColCost(number, cost)
    for point in points:
        for at in range(DAYS + 1):
            _row(solver, {column[point, at + 1]: 1.0, column[point, at]: -1.0}, 0.0, OPEN)
    for each in totals:
        for one, start, end, low, high in _bounds(each, everything, legs):
            inside = [point for point in points if holds(one, point)]
            _row(solver, _gain(column, inside, start, end), low, high)
    for point in points:
        _legs(solver, column, point, legs)
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return OPEN if scope is not None else None
    if status != highspy.HighsModelStatus.kOptimal:
        return None
    return sign * float(solver.getInfo().objective_function_value)


def _bounds(
    each: Report, everything: list[Report], legs: Sequence[Report]
) -> list[tuple[Scope, int, int, float, float]]:
    scope, nature = scope_of(each), each["nature"]
    first, inner, early, last = (
        int(str(each[name])) for name in ("start_earliest", "start_latest", "end_earliest", "end_latest")
    )
    inner = first if inner - first <= 1 else inner
    early = last if last - early <= 1 else early
    if opens(each, everything):
        inner = int(beginning(scope, everything, list(legs)))
    found = [(scope, first, last, float(str(each["low"])), OPEN)]
    if nature != "observed" and inner < early:
        found.append((scope, inner, early, 0.0, float(str(each["high"]))))
    return found


def _gain(column: dict[tuple[object, int], int], points: Sequence[object], start: int, end: int) -> dict[int, float]:
    return {column[point, end]: 1.0 for point in points} | {column[point, start]: -1.0 for point in points}


def _legs(
    solver: highspy.Highs, column: dict[tuple[object, int], int], point: tuple[str, str, int], legs: Sequence[Report]
) -> None:
    """Every stretch carries at least the legs that certainly lie inside it."""
    own = [each for each in legs if (each["origin"], each["destination"], each["mode"]) == point]
    for start in range(DAYS + 1):
        for end in range(start + 1, DAYS + 2):
            inside = [each for each in own if start <= float(str(each["depart"])) and float(str(each["arrive"])) <= end]
            if inside:
                carried = sum(float(str(each["containers_low"])) for each in inside)
                _row(solver, _gain(column, [point], start, end), carried, OPEN)


def _row(solver: highspy.Highs, factors: dict[int, float], low: float, high: float) -> None:
    top = highspy.kHighsInf if high == OPEN else high
    columns = np.array(list(factors), np.int32)
    solver.addRow(low, top, columns.size, columns, np.array(list(factors.values())))
