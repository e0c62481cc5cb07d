"""Whose arc lies where: the bodies of all arcs of a map, asked for the distance to one and for what else is near."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.brief.arcs import Arcs, pieces

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom in layout px."""


class Ribbons:
    """Bodies in pieces, so that a search finds what is near and not what merely reaches around."""

    def __init__(self, found: Arcs) -> None:
        quads = pieces(found, found.body)
        count = quads.shape[1] if quads.ndim == 4 else 0
        corners = quads.reshape(-1, 4, 2)
        whole = np.isfinite(corners).all(axis=(1, 2))
        self._shapes: NDArray[np.object_] = shapely.polygons(corners[whole])
        self._owner: NDArray[np.int64] = np.repeat(found.corridor, count)[whole]
        self._tree = shapely.STRtree(self._shapes)

    def distance(self, box: Sides, corridor: int) -> float:
        """Layout px from a box to the body of a corridor, in any of its copies; inf where it has none."""
        own = self._shapes[self._owner == corridor]
        return float(shapely.distance(own, shapely.box(*box)).min()) if own.size else np.inf

    def others_near(self, box: Sides, corridor: int, within: float) -> bool:
        """Whether the body of another corridor comes so close to a box."""
        return self._others(shapely.box(*box), corridor, within)

    def others_on(self, line: tuple[tuple[float, float], ...], corridor: int, within: float) -> bool:
        """Whether a line runs over the body of another corridor, or so close to it."""
        return self._others(shapely.linestrings(line), corridor, within)

    def _others(self, shape: shapely.Geometry, corridor: int, within: float) -> bool:
        if not np.isfinite(within):
            return True
        found = self._tree.query(shape, predicate="dwithin", distance=within)
        return bool((self._owner[found] != corridor).any())
