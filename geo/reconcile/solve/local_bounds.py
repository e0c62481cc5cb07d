"""Questions about one flow of a large region, asked of what lies inside that flow alone.

What is said inside a flow allows at least what all reports together allow. Where a history found there fits into one
of the whole region, in place of what moved inside the flow, it is a history that all the reports allow: so the answer
holds for the whole region too, and its large program need not be asked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.solve.model import Model

FITS = 1e-7
"""A bound may be missed by so much, relative to its figure: the solver's own tolerance."""


class Nearby:
    """One history of a whole model: a gain that nothing bounds from above is so large in it that it meets every low."""

    def __init__(self, model: Model) -> None:
        self.model, region = model, model.region
        self.grid = np.unique(np.concatenate(model.points))
        self.member = np.zeros((len(region.scopes), len(region.cells)))
        for row, cell in enumerate(region.cells):
            self.member[list(cell), row] = 1.0
        self.bounds = [each for each in region.bounds if each.source in model.enabled]
        _, _, gains = model.least(np.zeros(model.cell.size, bool))
        # A whole number, so that sums of it are exact.
        plenty = np.ceil(max((each.figure for each in self.bounds if each.end_of == "low"), default=1.0))
        gains = np.where(model.capped, gains, plenty)
        self.history = self.volumes(model, gains, np.arange(len(region.cells)), late=True)
        self.held = self.member @ self.history

    def inside(self, cells: Collection[int]) -> LocalAnswer | None:
        """What is said inside some cells; None where that is all that is said, or where legs tie them to others."""
        held = np.zeros(self.member.shape[1])
        held[list(cells)] = 1.0
        region, own = self.model.region, frozenset(cells)
        if region.onward or any(not own.isdisjoint(each.cells) and not own >= set(each.cells) for each in region.loads):
            return None
        shared = self.member @ held
        inner = shared >= self.member.sum(axis=1)
        return None if all(inner[each.scope] for each in self.bounds) else LocalAnswer(self, cells, inner, shared > 0)

    def volumes(self, model: Model, gains: Floats, rows: Ints, *, late: bool) -> Floats:
        """Some cells by the moments of the grid: what has moved before each.

        late: whether what is gained in an interval moves at its end, or right at its beginning.
        """
        place = np.full(self.member.shape[1], -1)
        place[rows] = np.arange(rows.size)
        moved = np.flatnonzero(gains)
        at = np.searchsorted(self.grid, model.end[moved] if late else model.begin[moved]) + (0 if late else 1)
        found = np.zeros((rows.size, self.grid.size))
        np.add.at(found, (place[model.cell[moved]], at), gains[moved])
        return np.cumsum(found, axis=1)


class LocalAnswer:
    """What is said inside some cells, as a model, and what is said of more than these cells, to compare with."""

    def __init__(self, near: Nearby, cells: Collection[int], inner: Mask, touched: Mask) -> None:
        """inner, touched: of each scope whether the cells hold it, and whether it has any of them."""
        region = near.model.region
        bounds = tuple(each for each in region.bounds if inner[each.scope])
        loads = tuple(each for each in region.loads if set(each.cells) <= set(cells))
        self.model = Model(replace(region, bounds=bounds, loads=loads), near.model.enabled)
        self._near, self._rows = near, np.array(sorted(cells), np.int64)
        self._outer = np.flatnonzero(touched & ~inner)
        self._shared = [np.flatnonzero(near.member[scope, self._rows]) for scope in self._outer.tolist()]
        said = [each for each in near.bounds if touched[each.scope] and not inner[each.scope]]
        self._scope = np.searchsorted(self._outer, np.array([each.scope for each in said], np.int64))
        self._start = np.searchsorted(near.grid, np.array([each.start for each in said], np.int64))
        self._end = np.searchsorted(near.grid, np.array([each.end for each in said], np.int64))
        figure, low = np.array([each.figure for each in said]), np.array([each.end_of == "low" for each in said], bool)
        slack = FITS * np.maximum(1.0, figure)
        self._least, self._most = np.where(low, figure, 0.0) - slack, np.where(low, np.inf, figure) + slack

    def fits(self, gains: Floats, *, late: bool) -> bool:
        """Whether all reports allow these gains of the part in place of what the whole gains in its cells."""
        near = self._near
        if not self._scope.size:
            return True
        other = near.volumes(self.model, gains, self._rows, late=late) - near.history[self._rows]
        # A sum for each scope: so small a product of matrices would only wait for threads.
        held = near.held[self._outer] + np.array([other[rows].sum(axis=0) for rows in self._shared])
        gained = held[self._scope, self._end] - held[self._scope, self._start]
        return bool(np.all((gained >= self._least) & (gained <= self._most)))
