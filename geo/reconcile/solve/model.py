"""The linear program of a region: what each cell gained from each moment to the next, under what was reported.

Gains are never negative, so that cumulative volumes never fall. A bound on a scope bounds the sum of its cells' gains
over its window. HiGHS answers what the least or the most of a sum of gains is, and its dual values say which bounds
set it: by strong duality they add up to the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.model.region import Load, Region
from geo.reconcile.solve.presolve import MANY_COLUMNS, Essentials
from geo.reconcile.solve.program import Matrix, Program
from geo.reconcile.volumes import Term

Kind = Literal["low", "high", "legs", "cap"]
NEGLIGIBLE = 1e-9
"""Dual values below this are rounding."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the sources say of one sum of gains, less another. Of lows the largest counts, of highs the least; legs and
    caps add up."""

    kind: Kind
    columns: Ints
    minus: Ints
    said: tuple[tuple[int, float], ...]

    def bounds(self, enabled: Collection[int] | None = None) -> tuple[float, float]:
        """Lower and upper bound, with the sources enabled; all of them by default."""
        said = [figure for source, figure in self.said if enabled is None or source in enabled]
        if self.kind == "high":
            return -np.inf, min(said, default=np.inf)
        if self.kind == "cap":
            return -np.inf, sum(said)
        return (sum(said) if self.kind == "legs" else max(said, default=0.0)), np.inf

    def deciding(self) -> tuple[tuple[int, float], ...]:
        """The sources that the bound is of, with their figures."""
        if self.kind in ("legs", "cap"):
            return self.said
        figures = [figure for _, figure in self.said]
        return (self.said[figures.index(min(figures) if self.kind == "high" else max(figures))],)


class Model:
    """A region's reports, or some of them, as a program.

    cell, begin, end: of each gain its cell (row of the region's cells) and the interval, epoch seconds.
    """

    def __init__(self, region: Region, enabled: Collection[int] | None = None, moments: Iterable[int] = ()) -> None:
        """enabled: rows of the region's sources, all by default. moments: at which gains are told apart in any case."""
        self.region = region
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
        self.shares = 0
        self.rows += self._leg_rows()
        self.capped = np.zeros(self.cell.size, bool)
        for row in self.rows:
            if row.kind in ("high", "cap"):
                self.capped[row.columns] = True

    @cached_property
    def program(self) -> Program:
        """The rows as HiGHS has them."""
        rows = [(row.columns, row.minus) for row in self.rows]
        return Program(Matrix.of(self.cell.size + self.shares, rows), [row.bounds() for row in self.rows])

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
        return self.program.feasible([row.bounds(enabled) for row in self.rows])

    def core(self, enabled: Collection[int]) -> frozenset[int]:
        """Sources, all enabled, that already contradict one another; asked right after `feasible` denied it."""
        rows = self.program.contradiction()
        said = (source for row in rows for source, _ in self.rows[row].said)
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
            found[load.cell] |= {load.start, load.end}
        return [np.array(sorted(cell), np.int64) for cell in found]

    def _span(self, cell: int, start: int, end: int) -> Ints:
        first, last = np.searchsorted(self.points[cell], [start, end])
        return np.arange(self.first[cell] + first, self.first[cell] + last)

    def _bound_rows(self) -> list[Constraint]:
        said: dict[tuple[int, int, int, Literal["low", "high"]], list[tuple[int, float]]] = defaultdict(list)
        for bound in self._bounds:
            said[bound.scope, bound.start, bound.end, bound.end_of].append((bound.source, bound.figure))
        none = np.zeros(0, np.int64)
        return [
            Constraint(kind, self.within(scope, start, end), none, tuple(sorted(each)))
            for (scope, start, end, kind), each in sorted(said.items())
        ]

    def _leg_rows(self) -> list[Constraint]:
        """Legs within one interval are its least gain; the others are shared out among the intervals that they touch.

        By Hall's theorem for intervals a sharing exists just where every stretch gains what certainly lies inside it.
        """
        said = _together(self._loads)
        rows: list[Constraint] = []
        shares: dict[int, list[int]] = defaultdict(list)
        alone: dict[int, tuple[tuple[int, float], ...]] = {}
        column = self.cell.size
        for (cell, start, end), each in sorted(said.items()):
            touched = self._span(cell, start, end)
            if touched.size == 1:
                alone[int(touched[0])] = tuple(each)
                continue
            own = np.arange(column, column + touched.size)
            column += touched.size
            rows.append(Constraint("legs", own, np.zeros(0, np.int64), tuple(each)))
            for gain, share in zip(touched.tolist(), own.tolist(), strict=True):
                shares[gain].append(share)
        self.shares = column - self.cell.size
        for gain in sorted({*shares, *alone}):
            minus = np.array(shares[gain], np.int64)
            rows.append(Constraint("legs", np.array([gain]), minus, alone.get(gain, ())))
        return rows + self._caps()

    def _caps(self) -> list[Constraint]:
        """What onward legs add to the flows that hold no earlier leg is no more than the legs may have carried."""
        rows = []
        for cell in range(len(self.region.cells) - self.region.onward, len(self.region.cells)):
            highs: dict[int, float] = defaultdict(float)
            for load in self._loads:
                if load.cell == cell:
                    highs[load.source] += load.high
            columns = np.arange(self.first[cell], self.first[cell + 1])
            if columns.size and all(np.isfinite(high) for high in highs.values()):
                rows.append(Constraint("cap", columns, np.zeros(0, np.int64), tuple(sorted(highs.items()))))
        return rows


def _together(loads: list[Load]) -> dict[tuple[int, int, int], list[tuple[int, float]]]:
    """(cell, start, end) -> each source's legs there, added up."""
    sums: dict[tuple[int, int, int, int], float] = defaultdict(float)
    for load in loads:
        sums[load.cell, load.start, load.end, load.source] += load.low
    found: dict[tuple[int, int, int], list[tuple[int, float]]] = defaultdict(list)
    for (cell, start, end, source), low in sorted(sums.items()):
        found[cell, start, end].append((source, low))
    return found


def added_up(terms: Iterable[Term]) -> tuple[float, tuple[Term, ...]]:
    """The sum of some terms, and those that matter to it, the largest first."""
    found = sorted(
        (term for term in terms if abs(term.factor) > NEGLIGIBLE and term.figure),
        key=lambda term: (-term.factor * term.figure, term.report, term.end),
    )
    return sum(term.factor * term.figure for term in found), tuple(found)


def _term(report: str, factor: float, figure: float, end: str) -> Term:
    return Term(report, round(factor, 9), figure, "high" if end == "high" else "low")
