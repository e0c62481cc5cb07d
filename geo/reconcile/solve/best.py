"""The best curves: inside all the bounds, through the figures that were stated, and as even as that allows.

Of all histories that the reports allow, one whose gains over their durations have the least squares: the smoothest
curve of each flow, and no more than needed. Stated figures are met where they can be; where they cannot, or where
something must have moved before the first report says so, as nearly as can be, again by least squares.

All flows of a region have one such history together. In a large region each has the smoothest curve inside its own
range instead, through the figures stated of it: then flows drawn side by side need not add up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from geo.arrays import DAY, Floats, Ints
from geo.reconcile.model.region import Bound, Cells, Goal, Load, Region, alone
from geo.reconcile.solve.model import NONE, Model
from geo.reconcile.solve.program import Matrix, Program
from geo.reconcile.solve.ranges import Range

SLACK = 1e-7
"""What was met in the first step may be missed in the second by so much of the largest figure."""
MOST_TOGETHER = 1_000
"""Gains of a region's cells and flows, from each bend to the next, up to which its flows have one history together.
Measured: 1,000 take the solver up to half a second, 1,500 more than one; each side of a contested region needs a
history of its own."""


def best_of(region: Region, enabled: Collection[int], asked: Mapping[Cells, int]) -> tuple[Ints, dict[Cells, Floats]]:
    """The best volume of each of some cells together, at n moments (n,).

    enabled: rows of the region's sources, consistent with one another. asked: cells -> the moment, epoch seconds,
    before which nothing is gained unless it must be.
    """
    goals = _distinct([goal for goal in region.goals if goal.source in enabled])
    problem = _Problem(Model(region, enabled, _bends(region, enabled, asked)), goals, asked)
    return problem.time, problem.smoothest()


def together(region: Region, enabled: Collection[int], asked: Mapping[Cells, int]) -> bool:
    """Whether `best_of` is quick enough; else `best_alone` finds one volume at a time."""
    return (len(_bends(region, enabled, asked)) - 1) * (len(region.cells) + len(asked)) <= MOST_TOGETHER


def best_alone(
    region: Region, enabled: Collection[int], cells: Cells, start: int, bounds: Range
) -> tuple[Ints, Floats]:
    """The best volume of some cells as if they were a region with one cell, inside their range, at n moments (n,).

    enabled, start: as for `best_of`. bounds: the range of these cells.
    """
    one = alone(region, cells, start)
    one = replace(one, bounds=(*_range_as_bounds(bounds, min(enabled, default=0)), *one.bounds))
    time, volumes = best_of(one, enabled, {(0,): start})
    return time, volumes[0,]


def _range_as_bounds(bounds: Range, source: int) -> Iterator[Bound]:
    """Each step of a range as a bound on what was gained since the beginning: a low where it is reached, a high where
    it ends."""
    beginning, time = int(bounds.time[0]), bounds.time.tolist()
    for at in np.flatnonzero(np.diff(bounds.low) > 0).tolist():
        yield Bound(source, 0, beginning, time[at + 1], float(bounds.low[at + 1]), "low")
    ends = np.append(bounds.high[1:], np.inf) > bounds.high
    for at in np.flatnonzero(ends & np.isfinite(bounds.high) & (bounds.time > beginning)).tolist():
        yield Bound(source, 0, beginning, time[at], float(bounds.high[at]), "high")


def _bends(region: Region, enabled: Collection[int], asked: Mapping[Cells, int]) -> set[int]:
    """Where best may bend."""
    said: tuple[Goal | Bound | Load, ...] = (*region.goals, *region.bounds, *region.loads)
    found = {moment for each in said if each.source in enabled for moment in (each.start, each.end)}
    return found | {region.beginning, *asked.values()}


def _distinct(goals: Sequence[Goal]) -> list[Goal]:
    """Each stated figure once, whoever states it and however often."""
    return list({(goal.scope, goal.start, goal.end, goal.figure): goal for goal in sorted(goals)}.values())


class _Problem:
    """The rows of a model, and behind its columns those of the gains of each of the asked volumes, by interval.

    Of one flow by itself the columns are its volumes at the moments instead: two of them say what a sum of many gains
    would, and of its rows those are left out that follow from others.
    """

    def __init__(self, model: Model, goals: Sequence[Goal], asked: Mapping[Cells, int]) -> None:
        self._model, self._asked = model, asked
        self.time = model.points[0]
        self._steps = self.time.size - 1
        width = self.time.size if model.chain else model.cell.size + model.shares
        kept = [row for row, needed in zip(model.rows, model.needed().tolist(), strict=True) if needed]
        self._rows = [self._sum(row.columns, row.minus) for row in kept]
        self._bounds = [row.bounds() for row in kept]
        self._gain = {
            cells: width + number * self._steps + np.arange(self._steps) for number, cells in enumerate(asked)
        }
        self._width = width + len(asked) * self._steps
        for cells, gains in self._gain.items():
            for step, gain in enumerate(gains.tolist()):
                plus, minus = self._sum(model.first[list(cells)] + step)
                self._rows.append((plus, np.append(minus, gain)))
                self._bounds.append((0.0, 0.0))
        early = [(self._gain[cells][self.time[:-1] < start], NONE, 0.0) for cells, start in asked.items()]
        stated = [(*self._sum(model.within(goal.scope, goal.start, goal.end)), goal.figure) for goal in goals]
        self._wishes = [wish for wish in [*early, *stated] if wish[0].size]

    def _sum(self, gains: Ints, less: Ints = NONE) -> tuple[Ints, Ints]:
        """The columns that add up to some of the model's gains, less others, and those to take off them."""
        if not self._model.chain or not gains.size:
            return gains, less
        return gains[-1:] + 1, gains[:1]

    def smoothest(self) -> dict[Cells, Floats]:
        """The cumulative best volumes."""
        if not self._steps:
            return {cells: np.zeros(1) for cells in self._asked}
        weights = np.zeros(self._width)
        days = np.diff(self.time) / DAY
        for gains in self._gain.values():
            weights[gains] = days.mean() / days
        program = self._program([(figure, figure) for *_, figure in self._wishes], 0)
        if not program.feasible():
            program = self._program(self._nearest(), 0)
        columns = program.smoothest(weights)
        return {cells: np.concatenate([[0.0], np.cumsum(columns[gains])]) for cells, gains in self._gain.items()}

    def _nearest(self) -> list[tuple[float, float]]:
        """Bounds on each wish: as near to it as all of them together can come."""
        count = len(self._wishes)
        weights = np.zeros(self._width + 2 * count)
        weights[self._width :] = 1.0
        program = self._program([(figure, figure) for *_, figure in self._wishes], count)
        columns = program.smoothest(weights)
        near = np.array([columns[plus].sum() - columns[minus].sum() for plus, minus, _ in self._wishes])
        slack = SLACK * program.scale
        return [(max(figure - slack, 0.0), figure + slack) for figure in near.tolist()]

    def _program(self, wishes: list[tuple[float, float]], missed: int) -> Program:
        """missed: how many of the wishes may be missed, by so much over (a column each) and under (another)."""
        rows = list(self._rows)
        for number, (plus, minus, _) in enumerate(self._wishes):
            over, under = self._width + number, self._width + missed + number
            more, less = ([under], [over]) if missed else ([], [])
            rows.append((np.append(plus, more).astype(np.int64), np.append(minus, less).astype(np.int64)))
        return Program(Matrix.of(self._width + 2 * missed, rows), [*self._bounds, *wishes], largest=1.0)
