"""The one door to HiGHS: a linear program that is kept, so that the next question starts from the last answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from geo.arrays import Floats, Ints
from geo.errors import GeoError

Bounds = Sequence[tuple[float, float]] | Floats
LARGEST = 2.0**24
"""Figures are brought below this, by a power of two, so that HiGHS's absolute tolerances (1e-7) mean something."""
MOST_STEPS = 3_000
"""Steps of the quadratic solver: it needs some hundreds, or never ends."""
MOST_ROUNDS = 25
NEAR_ENOUGH = 1e-3
"""Where tangents stand in for squares: rounds, and the share of the sum by which it may still be missed."""
TINY = 1e-7
_SOLVED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
_DUAL_SIMPLEX, _PRIMAL_SIMPLEX = 1, 4


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sums of columns less other columns, a row each, one row's entries after the other's.

    columns: how many. start: (rows + 1,), where a row's entries begin, and the last one's end.
    index, value: (entries,), the column, and 1 or -1.
    """

    columns: int
    start: Ints
    index: Ints
    value: Floats

    @property
    def rows(self) -> int:
        """How many."""
        return self.start.size - 1

    @classmethod
    def of(cls, columns: int, rows: Sequence[tuple[Ints, Ints]]) -> Matrix:
        """rows: the columns that are added, and those that are taken off."""
        sizes = [plus.size + minus.size for plus, minus in rows]
        parts = [part for row in rows for part in row]
        signs = [np.full(part.size, sign) for row in rows for part, sign in zip(row, (1.0, -1.0), strict=True)]
        return cls(
            columns,
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            np.concatenate(parts) if parts else np.zeros(0, np.int64),
            np.concatenate(signs) if signs else np.zeros(0),
        )

    def only(self, rows: Ints, columns: Ints) -> Matrix:
        """Some rows and columns, both in order."""
        place = np.full(self.columns, -1)
        place[columns] = np.arange(columns.size)
        own = np.zeros(self.rows, bool)
        own[rows] = True
        kept = np.repeat(own, np.diff(self.start)) & (place[self.index] >= 0)
        start = np.concatenate([[0], np.cumsum(kept)])[self.start[np.append(rows, self.rows)]]
        return Matrix(columns.size, start, place[self.index[kept]], self.value[kept])


class Program:
    """Columns >= 0, and a matrix of them, whose rows are within bounds: (rows, 2)."""

    def __init__(self, matrix: Matrix, bounds: Bounds, largest: float = LARGEST) -> None:
        self.matrix, self.bounds = matrix, np.array(bounds, np.float64).reshape(-1, 2)
        figures = np.abs(self.bounds[np.isfinite(self.bounds)])
        most = max(float(figures.max(initial=0.0)), largest)
        self.scale = 2.0 ** float(np.ceil(np.log2(most / largest)))
        self._columns = np.arange(matrix.columns, dtype=np.int32)
        self._rows = np.arange(matrix.rows, dtype=np.int32)
        self._restored = True
        self.solver: Any = _quiet()  # its stubs lack what we call
        self._pass()

    def _pass(self) -> None:
        problem = highspy.HighsLp()
        problem.num_col_, problem.num_row_ = self._columns.size, self._rows.size
        problem.col_cost_, problem.col_lower_ = np.zeros(self._columns.size), np.zeros(self._columns.size)
        problem.col_upper_ = np.full(self._columns.size, highspy.kHighsInf)
        problem.row_lower_, problem.row_upper_ = self._scaled(self.bounds)
        problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        problem.a_matrix_.start_ = self.matrix.start.astype(np.int32)
        problem.a_matrix_.index_ = self.matrix.index.astype(np.int32)
        problem.a_matrix_.value_ = self.matrix.value
        self.solver.passModel(problem)

    def _scaled(self, bounds: Bounds) -> tuple[Floats, Floats]:
        lower, upper = np.array(bounds, np.float64).reshape(-1, 2).T / self.scale
        return np.where(np.isinf(lower), -highspy.kHighsInf, lower), np.where(np.isinf(upper), highspy.kHighsInf, upper)

    def feasible(self, bounds: Bounds | None = None) -> bool:
        """Whether any columns keep these bounds, given in the rows' order; the program's own by default."""
        lower, upper = self._scaled(self.bounds if bounds is None else bounds)
        self.solver.changeRowsBounds(self._rows.size, self._rows, lower, upper)
        self._restored = False
        self._cost(np.zeros(self._columns.size))
        return self._run(_DUAL_SIMPLEX) in _SOLVED

    def contradiction(self) -> list[int]:
        """The rows that together cannot hold, by Farkas's lemma; all rows where the solver names none."""
        found = self.solver.getDualRay()
        ray = np.asarray(found[2], np.float64) if found[1] else np.ones(self._rows.size)
        return [int(row) for row in np.flatnonzero(np.abs(ray) > TINY)]

    def least(self, cost: Floats, bounds: Bounds | None = None) -> tuple[Floats, Floats]:
        """The dual values of the rows and the columns where the cost is least, within these bounds; the program's own
        by default. Raises GeoError where there is none."""
        if bounds is not None or not self._restored:
            lower, upper = self._scaled(self.bounds if bounds is None else bounds)
            self.solver.changeRowsBounds(self._rows.size, self._rows, lower, upper)
            self._restored = bounds is None
        self._cost(cost)
        status = self._run(_PRIMAL_SIMPLEX)
        if status not in _SOLVED:
            raise GeoError(f"HiGHS found no least volume among the reports: {status}. Report this with the tables.")
        solution = self.solver.getSolution()
        return np.array(solution.row_dual), np.array(solution.col_value) * self.scale

    def smoothest(self, weights: Floats) -> Floats:
        """The columns where the sum of their squares, each times its weight, is least. Asked of a program last.

        HiGHS's solver for this is younger than its simplex: where it gives up, tangents stand in for the squares.
        """
        self.solver.setOptionValue("solver", "choose")
        self.solver.setOptionValue("qp_iteration_limit", MOST_STEPS)
        self._cost(np.zeros(self._columns.size))
        self.solver.passHessian(_diagonal(weights))
        self.solver.run()
        solved = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found = np.array(self.solver.getSolution().col_value) if solved else self._by_tangents(weights)
        scaled: Floats = found * self.scale
        return scaled

    def _by_tangents(self, weights: Floats) -> Floats:
        """The same by linear programs: a square lies above its tangents, and gets one more where it is furthest from
        them (J. E. Kelley, "The cutting-plane method for solving convex programs", J. SIAM 8(4), 1960)."""
        self.solver = _quiet()
        self._pass()
        squared = np.flatnonzero(weights)
        above = self._columns.size + np.arange(squared.size)
        self.solver.addVars(squared.size, np.zeros(squared.size), np.full(squared.size, highspy.kHighsInf))
        self.solver.changeColsCost(squared.size, above.astype(np.int32), weights[squared])
        for at in 4.0 ** -np.arange(7):  # figures are at most 1
            self._touch(squared, above, np.full(squared.size, at))
        for _ in range(MOST_ROUNDS):
            if self._run(_DUAL_SIMPLEX) not in _SOLVED:
                raise GeoError("HiGHS found no volume among reports that agree. Report this with the tables.")
            found = np.array(self.solver.getSolution().col_value)
            squares = found[squared] ** 2
            short = np.maximum(squares - found[above], 0.0)
            if short @ weights[squared] <= NEAR_ENOUGH * (squares @ weights[squared]):
                break
            low = np.flatnonzero(short > NEAR_ENOUGH / 4 * squares)
            self._touch(squared[low], above[low], found[squared[low]])
        return found[: self._columns.size]

    def _touch(self, squared: Ints, above: Ints, at: Floats) -> None:
        """Rows: what stands for a column's square is at least the tangent of the square at some point of it."""
        starts = 2 * np.arange(squared.size, dtype=np.int32)
        index = np.stack([above, squared], axis=1).ravel().astype(np.int32)
        value = np.stack([np.ones(at.size), -2.0 * at], axis=1).ravel()
        highest = np.full(at.size, highspy.kHighsInf)
        self.solver.addRows(at.size, -(at**2), highest, index.size, starts, index, value)

    def _cost(self, cost: Floats) -> None:
        self.solver.changeColsCost(self._columns.size, self._columns, cost)

    def _run(self, strategy: int) -> highspy.HighsModelStatus:
        """One run, and where the last basis led nowhere, one from the start."""
        self.solver.setOptionValue("simplex_strategy", strategy)
        self.solver.run()
        status: highspy.HighsModelStatus = self.solver.getModelStatus()
        if status not in (*_SOLVED, highspy.HighsModelStatus.kInfeasible):
            self.solver.clearSolver()
            self.solver.setOptionValue("simplex_strategy", _DUAL_SIMPLEX)
            self.solver.run()
            status = self.solver.getModelStatus()
        return status


class _Solver(highspy.Highs):
    """HiGHS without a word: its constructor starts callbacks, which we do not use, and that greets the console."""

    def enableCallbacks(self) -> None:  # noqa: N802 -- HiGHS's own name
        """Only silence."""
        self.silent()


def _quiet() -> _Solver:
    solver: _Solver = _Solver()  # type: ignore[no-untyped-call]
    # A kept basis is worth more than presolving, and one thread is quickest for programs of this size.
    for name, value in (("presolve", "off"), ("threads", 1), ("solver", "simplex")):
        solver.setOptionValue(name, value)
    return solver


def _diagonal(weights: Floats) -> highspy.HighsHessian:
    """The quadratic term of a sum of weighted squares: HiGHS halves it."""
    used = np.flatnonzero(weights)
    hessian = highspy.HighsHessian()
    hessian.dim_, hessian.format_ = weights.size, highspy.HessianFormat.kTriangular
    hessian.start_ = np.concatenate([[0], np.cumsum(weights != 0)]).astype(np.int32)
    hessian.index_, hessian.value_ = used.astype(np.int32), 2.0 * weights[used]
    return hessian
