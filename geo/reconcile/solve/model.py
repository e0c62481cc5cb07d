"""The linear program of a region: what each cell gained from each moment to the next, under what was reported.

Gains are never negative, so that cumulative volumes never fall. A bound on a scope bounds the sum of its cells' gains
over its window. HiGHS answers what the least or the most of a sum of gains is, and its dual values say which bounds
set it: by strong duality they add up to the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from itertools import permutations
from typing import Literal

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.model.region import Cells, Load, Region
from geo.reconcile.solve.chain import Chain
from geo.reconcile.solve.constraints import BoundsOf, Constraint
from geo.reconcile.solve.presolve import MANY_COLUMNS, Essentials
from geo.reconcile.solve.program import Matrix, Program
from geo.reconcile.volumes import Term

NONE = np.zeros(0, np.int64)
NEGLIGIBLE = 1e-9
"""Dual values below this are rounding."""


def unwatched() -> None:
    """The watch of work that nobody may stop."""


class Model:
    """A region's reports, or some of them, as a program.

    cell, begin, end: of each gain its cell (row of the region's cells) and the interval, epoch seconds.
    """

    def __init__(
        self,
        region: Region,
        enabled: Collection[int] | None = None,
        moments: Iterable[int] = (),
        watch: Callable[[], None] = unwatched,
    ) -> None:
        """enabled: rows of the region's sources, all by default. moments: at which gains are told apart in any case.
        watch: called before every question, and may raise."""
        self.region, self._watch = region, watch
        self._inside: dict[int, tuple[int, ...]] = {}
        everything = range(len(region.sources))
        self.enabled = frozenset(everything if enabled is None else enabled)
        self._bounds = [bound for bound in region.bounds if bound.source in self.enabled]
        self._loads = [load for load in region.loads if load.source in self.enabled]
        self.points = self._points(set(moments))
        sizes = [points.size - 1 for points in self.points]
        self.first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.cell = np.repeat(np.arange(len(sizes)), sizes)
        self.begin = np.concatenate([points[:-1] for points in self.points])
        self.end = np.concatenate([points[1:] for points in self.points])
        self.rows = self._bound_rows()
        self.capped = self._capped()
        self.shares = 0
        self.rows += self._leg_rows() + self._part_rows()

    @cached_property
    def program(self) -> Program:
        """The rows as HiGHS has them."""
        rows = [(row.columns, row.minus) for row in self.rows]
        return Program(Matrix.of(self.cell.size + self.shares, rows), [row.bounds() for row in self.rows])

    @cached_property
    def chain(self) -> Chain | None:
        """The rows as steps in time, where they are no more than that: those on one flow by itself, without legs."""
        if (
            len(self.region.cells) > 1
            or not self.cell.size
            or any(row.kind not in ("low", "high") for row in self.rows)
        ):
            return None
        low = np.array([row.kind == "low" for row in self.rows], bool)
        ends = np.array([(row.columns[0], row.columns[-1] + 1) for row in self.rows], np.int64).reshape(-1, 2)
        return Chain(self.cell.size + 1, ends[:, 0], ends[:, 1], low)

    def needed(self) -> Mask:
        """Which rows may not follow from others."""
        return self.chain.needed(self._figures) if self.chain else np.ones(len(self.rows), bool)

    @cached_property
    def _bounds_of(self) -> BoundsOf:
        return BoundsOf(self.rows, len(self.region.sources))

    @cached_property
    def _figures(self) -> Floats:
        """What each row of a chain gives, by all that the model has."""
        return self._told(self.enabled)

    def _told(self, enabled: Collection[int]) -> Floats:
        lower, upper = self._bounds_of.by(enabled).T
        found: Floats = np.where(np.isneginf(lower), upper, lower)
        return found

    @cached_property
    def _essentials(self) -> Essentials:
        return Essentials(self.program, np.append(self.cell, np.full(self.shares, -1)))

    def moments(self, cells: Collection[int]) -> Ints:
        """Where the volume of some cells may bend."""
        return np.unique(np.concatenate([self.points[cell] for cell in cells]))

    def within(self, scope: int, start: int, end: int) -> Ints:
        """The gains inside a scope from one of its moments to another."""
        if scope not in self._inside:
            self._inside[scope] = self.region.inside(scope)
        found = [self._span(cell, start, end) for cell in self._inside[scope]]
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def feasible(self, enabled: Collection[int]) -> bool:
        """Whether some history agrees with these sources, which are among those of the model."""
        self._watch()
        if self.chain:
            return self.chain.contradiction(self._told(enabled)) is None
        return self.program.feasible(self._bounds_of.by(enabled))

    def core(self, enabled: Collection[int]) -> frozenset[int]:
        """Sources, all enabled, that already contradict one another; asked right after `feasible` denied it."""
        if self.chain:
            rows = self.chain.contradiction(self._told(enabled)) or []
            return frozenset(source for row in rows for source, _ in self.rows[row].deciding(enabled))
        said = (source for row in self.program.contradiction() for source, _ in self.rows[row].said)
        return frozenset(source for source in said if source in enabled)

    def least(self, columns: Mask) -> tuple[float, tuple[Term, ...], Floats]:
        """The least that a sum of gains can be, why, and the gains of one history in which it is."""
        duals, gains = self._least(self._objective(columns))
        return (*self._why(duals), gains[: self.cell.size])

    def most(self, columns: Mask) -> tuple[float, tuple[Term, ...], Floats]:
        """The most that a sum of gains can be, all of them `capped`; see `least`."""
        duals, gains = self._least(-self._objective(columns))
        return (*self._why(-duals), gains[: self.cell.size])

    def _least(self, cost: Floats) -> tuple[Floats, Floats]:
        self._watch()
        if self.chain:
            asked = np.flatnonzero(cost)
            start, end = (int(asked[0]), int(asked[-1]) + 1) if asked.size else (0, 0)
            duals, volumes = self.chain.between(self._figures, start, end, low=cost.sum() >= 0)
            return duals, np.diff(volumes)
        # Where most gains are under a high, few can be left out, and the kept program is quicker.
        apart = cost.size > MANY_COLUMNS and np.count_nonzero(self.capped) <= cost.size / 2
        return self._essentials.least(cost) if apart else self.program.least(cost)

    def _objective(self, columns: Mask) -> Floats:
        return np.concatenate([columns.astype(np.float64), np.zeros(self.shares)])

    def _why(self, duals: Floats) -> tuple[float, tuple[Term, ...]]:
        factors: dict[tuple[str, str, float, float], float] = defaultdict(float)
        legs: dict[tuple[str, str, float], float] = defaultdict(float)
        for row in np.flatnonzero(np.abs(duals) > NEGLIGIBLE).tolist():
            factor, said = round(float(duals[row]), 9), self.rows[row]
            end = "high" if said.kind in ("high", "cap") else "low"
            for source, figure in said.deciding():
                name = self.region.sources[source].id
                if said.kind in ("legs", "cap"):
                    legs[name, end, factor] += figure
                else:
                    factors[name, end, figure, source] += factor
        terms = [_term(name, factor, figure, end) for (name, end, figure, _), factor in factors.items()]
        terms += [_term(name, factor, figure, end) for (name, end, factor), figure in legs.items()]
        return added_up(terms)

    def _points(self, moments: set[int]) -> list[Ints]:
        found: list[set[int]] = [{self.region.beginning, *moments} for _ in self.region.cells]
        by_scope: dict[int, set[int]] = defaultdict(set)
        for bound in self._bounds:
            by_scope[bound.scope] |= {bound.start, bound.end}
        for cell, held in zip(found, self.region.cells, strict=True):
            cell.update(*(by_scope[scope] for scope in held))
        for load in self._loads:
            for row in load.cells:
                found[row] |= {load.start, load.end}
        if self.region.onward:
            # A part is compared with its whole at every moment.
            found = [set[int]().union(*found)] * len(found)
        return [np.array(sorted(cell), np.int64) for cell in found]

    def _capped(self) -> Mask:
        """Which gains some high holds down, and those of onward cells that carry nothing without a most."""
        found = np.zeros(self.cell.size, bool)
        for row in self.rows:
            if row.kind == "high":
                found[row.columns] = True
        found[self.cell >= len(self.region.cells) - self.region.onward] = True
        for load in self._loads:
            if np.isinf(load.high):
                for cell in self._onward(load.cells):
                    found[self._span(cell, load.start, load.end)] = False
        return found

    def _onward(self, cells: Iterable[int]) -> list[int]:
        return [cell for cell in cells if cell >= len(self.region.cells) - self.region.onward]

    def _span(self, cell: int, start: int, end: int) -> Ints:
        first, last = np.searchsorted(self.points[cell], [start, end])
        return np.arange(self.first[cell] + first, self.first[cell] + last)

    def _bound_rows(self) -> list[Constraint]:
        said: dict[tuple[int, int, int, Literal["low", "high"]], list[tuple[int, float]]] = defaultdict(list)
        for bound in self._bounds:
            said[bound.scope, bound.start, bound.end, bound.end_of].append((bound.source, bound.figure))
        return [
            Constraint(kind, self.within(scope, start, end), NONE, tuple(sorted(each)))
            for (scope, start, end, kind), each in sorted(said.items())
        ]

    def _leg_rows(self) -> list[Constraint]:
        """Legs within one interval of one cell are its least gain; the others are shared out among all the intervals
        and cells in which they may have moved.

        By Hall's theorem a sharing exists just where every set of gains has what certainly lies inside it. What an
        onward cell gains is what is shared out to it, and nothing else.
        """
        rows: list[Constraint] = []
        shares: dict[int, list[int]] = defaultdict(list)
        alone: dict[int, tuple[tuple[int, float], ...]] = {}
        column = self.cell.size
        for (cells, start, end), each in sorted(_together(self._loads).items()):
            touched = np.concatenate([self._span(cell, start, end) for cell in cells])
            onward = bool(self._onward(cells))
            if touched.size == 1 and not onward:
                alone[int(touched[0])] = tuple((source, low) for source, low, _ in each)
                continue
            own = np.arange(column, column + touched.size)
            column += touched.size
            rows.append(Constraint("legs", own, NONE, tuple((source, low) for source, low, _ in each)))
            if onward and all(np.isfinite(high) for _, _, high in each):
                rows.append(Constraint("cap", own, NONE, tuple((source, high) for source, _, high in each)))
            for gain, share in zip(touched.tolist(), own.tolist(), strict=True):
                shares[gain].append(share)
        self.shares = column - self.cell.size
        carried = set(self._columns_of(self._onward(range(len(self.region.cells)))).tolist())
        for gain in sorted({*shares, *alone, *carried}):
            minus = np.array(shares[gain], np.int64)
            rows.append(Constraint("legs", np.array([gain]), minus, alone.get(gain, ())))
            if gain in carried:
                rows.append(Constraint("cap", np.array([gain]), minus, ()))
        return rows

    def _columns_of(self, cells: Iterable[int]) -> Ints:
        return np.concatenate([NONE, *(np.arange(self.first[cell], self.first[cell + 1]) for cell in cells)])

    def _part_rows(self) -> list[Constraint]:
        """A flow that lies inside another never has more than that one, at any moment: what an onward leg adds to it
        has been in the other before."""
        inside = [frozenset(self.region.inside(row)) for row in range(len(self.region.scopes))]
        whole = len(self.region.cells) - self.region.onward
        rows = []
        for part, outer in permutations(inside, 2):
            if outer.issuperset(cell for cell in part if cell < whole) and part - outer:
                minus, plus = self._columns_of(sorted(part - outer)), self._columns_of(sorted(outer - part))
                for moment in np.unique(self.end[minus]).tolist():
                    most = plus[self.end[plus] <= moment]
                    rows.append(Constraint("part", most, minus[self.end[minus] <= moment], ()))
                    self.capped[minus[self.end[minus] == moment]] |= bool(self.capped[most].all())
        return rows


def _together(loads: list[Load]) -> dict[tuple[Cells, int, int], list[tuple[int, float, float]]]:
    """(cells, start, end) -> each source's legs there, added up: low and high."""
    sums: dict[tuple[Cells, int, int, int], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for load in loads:
        low, high = sums[load.cells, load.start, load.end, load.source]
        sums[load.cells, load.start, load.end, load.source] = low + load.low, high + load.high
    found: dict[tuple[Cells, int, int], list[tuple[int, float, float]]] = defaultdict(list)
    for (cells, start, end, source), (low, high) in sorted(sums.items()):
        found[cells, start, end].append((source, low, high))
    return found


def added_up(terms: Iterable[Term]) -> tuple[float, tuple[Term, ...]]:
    """The sum of some terms, and those that matter to it, the largest first.

    "At least 0" says nothing; "at most 0" adds nothing, but without it there would be another bound.
    """
    found = sorted(
        (term for term in terms if abs(term.factor) > NEGLIGIBLE and (term.figure or term.end == "high")),
        key=lambda term: (-term.factor * term.figure, term.report, term.end),
    )
    return sum(term.factor * term.figure for term in found), tuple(found)


def _term(report: str, factor: float, figure: float, end: str) -> Term:
    return Term(report, round(factor, 9), figure, "high" if end == "high" else "low")
