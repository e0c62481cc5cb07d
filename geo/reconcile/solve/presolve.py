"""What one question to a large program depends on: the rows and the columns left when those that cannot matter are out.

A column without a cost that no row bounds from above is free: it is as large as every row asks that it helps to reach,
so that these rows ask nothing of the others. Of two columns with the same cost, next to each other in one cell, one
that helps to reach no more rows than the other is spare. What is left is exact, and often a hundredth of the program.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.solve.program import Program

MANY_COLUMNS = 500
"""Up to so many a program is small. Measured: it answers in a millisecond, sooner than what matters is told apart or
another one asked first; one of 5,000 in ten, of 20,000 in 25 or more."""
WORTH = 0.5
"""Where more than this share of the columns is left, the kept program is asked, which starts from its last answer."""


@dataclass(frozen=True, slots=True)
class Essential:
    """rows, columns: what is left, in order. met: (row, free column) of the others, in the order they were told."""

    rows: Ints
    columns: Ints
    met: tuple[tuple[Ints, Ints], ...]


class Essentials:
    """A program, of which each question is asked with what matters to it alone."""

    def __init__(self, program: Program, cell: Ints) -> None:
        """cell: of each column where it lies, or -1; columns of one cell are in the order of time."""
        self._program, self._matrix, self._bounds = program, program.matrix, program.bounds
        matrix, columns = self._matrix, self._matrix.columns
        self._row = np.repeat(np.arange(matrix.rows), np.diff(matrix.start))
        self._plus = matrix.value > 0
        self._below = np.isfinite(self._bounds[:, 1])
        self._capped = _any(columns, matrix.index[self._below[self._row]])
        joined = (np.diff(matrix.index) == 1) & (np.diff(self._row) == 0) & (np.diff(cell[matrix.index]) == 0)
        self._first, self._last = np.append(True, ~joined), np.append(~joined, True)
        self._next = np.append((np.diff(cell) == 0) & (cell[1:] >= 0), False)

    def least(self, cost: Floats) -> tuple[Floats, Floats]:
        """As `Program.least`."""
        found = self.of(cost)
        if found.columns.size > WORTH * cost.size:
            return self._program.least(cost)
        duals, values = np.zeros(self._matrix.rows), np.zeros(cost.size)
        if found.rows.size:
            part = Program(self._matrix.only(found.rows, found.columns), self._bounds[found.rows])
            duals[found.rows], values[found.columns] = part.least(cost[found.columns])
        self._meet(found, values)
        return duals, values

    def of(self, cost: Floats) -> Essential:
        """What matters where the columns cost so much: (columns,)."""
        left, met = self._without_met(cost)
        kept = left[self._row]
        # Nothing asks for a column that only highs speak of, and then they say nothing.
        asked = (cost < 0) | _any(cost.size, self._matrix.index[kept & ~self._below[self._row]])
        asked &= ~self._spare(cost, kept)
        kept &= asked[self._matrix.index]
        rows = np.flatnonzero(_any(left.size, self._row[kept]))
        return Essential(rows, np.flatnonzero(_any(cost.size, self._matrix.index[kept])), tuple(met))

    def _without_met(self, cost: Floats) -> tuple[Mask, list[tuple[Ints, Ints]]]:
        """Which rows are left, and those that free columns meet, each with the last of them."""
        column, left = self._matrix.index, np.ones(self._matrix.rows, bool)
        met: list[tuple[Ints, Ints]] = []
        while True:
            kept = left[self._row]
            free = (cost == 0) & ~self._capped & ~_any(cost.size, column[kept & ~self._plus])
            helps = np.flatnonzero(kept & self._plus & free[column])
            if not helps.size:
                return left, met
            row = self._row[helps]
            last = np.append(np.diff(row) > 0, True)
            rows = row[last]
            met.append((rows, column[helps[last]]))
            left[rows] = False

    def _spare(self, cost: Floats, kept: Mask) -> Mask:
        """Columns that help to reach no more of the rows left than the one after, or the one before."""
        column = self._matrix.index
        ends, begins = (_any(cost.size, column[kept & edge]) for edge in (self._last, self._first))
        able = (cost > 0) & ~self._capped & _any(cost.size, column[kept]) & ~_any(cost.size, column[kept & ~self._plus])
        beside = self._next & able & np.append(able[1:], False) & (cost == np.append(cost[1:], 0.0))
        before = np.append(False, beside[:-1])
        spare: Mask = (~ends & beside) | (~begins & before & np.append(False, ends[:-1]))
        return spare

    def _meet(self, found: Essential, values: Floats) -> None:
        """Makes the free columns as large as the rows ask that they meet."""
        for rows, columns in reversed(found.met):
            minus = ~self._plus
            taken = np.bincount(self._row[minus], values[self._matrix.index[minus]], self._matrix.rows)
            np.maximum.at(values, columns, self._bounds[rows, 0] + taken[rows])


def _any(size: int, where: Ints) -> Mask:
    """Of so many, those named."""
    found = np.zeros(size, bool)
    found[where] = True
    return found
