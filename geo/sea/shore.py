"""Where a position meets the water, and what is in a straight line from there, on the land of 1:10 million."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.arrays import Floats, Mask
from geo.sea.coast import land
from geo.sea.great_circle import circles

KM_PER_DEGREE = 111.195
INLAND_KM = 25.0
"""Beyond this from the water a place has no route by sea, but along a river of ours."""
OFFSHORE_KM = (0.3, 0.15, 0.6, 0.05, 1.0, 2.0)
"""Distances from the shore at which a place on land gets its point at sea, the first that serves."""
TURNS = (0.0, 0.5, -0.5, 1.0, -1.0, 1.6, -1.6, 2.4, -2.4, 3.1)
"""Directions from the shore, radians from the straight one."""


class Shore:
    """Land as polygons within ±180, and searched for what lies near."""

    def __init__(self, polygons: NDArray[np.object_]) -> None:
        self._polygons = polygons
        shapely.prepare(polygons)
        self._tree = shapely.STRtree(polygons)
        rings = shapely.get_parts(shapely.get_parts(shapely.boundary(polygons)))
        self._pieces = np.array([piece for ring in rings for piece in _pieces(shapely.get_coordinates(ring))], object)
        self._near = shapely.STRtree(self._pieces)

    def is_land(self, lon: float, lat: float) -> bool:
        """Whether a position is on land, or on its shore."""
        return bool(len(self._tree.query(shapely.Point(lon, lat), predicate="intersects")))

    def nearest(self, lon: float, lat: float) -> tuple[float, float, float] | None:
        """The nearest point of a shore, and its distance in km; None where there is none within INLAND_KM."""
        wide = _shrink(lat)
        reach = INLAND_KM / KM_PER_DEGREE
        near = self._near.query(shapely.box(lon - reach / wide, lat - reach, lon + reach / wide, lat + reach))
        if not len(near):
            return None
        level = np.array([wide, 1.0])
        pieces = shapely.transform(self._pieces[near], lambda xy: xy * level)
        point = shapely.Point(lon * wide, lat)
        apart = shapely.distance(pieces, point)
        closest = int(apart.argmin())
        x, y = shapely.get_coordinates(shapely.shortest_line(pieces[closest], point))[0] / level
        km = float(apart[closest]) * KM_PER_DEGREE
        return (float(x), float(y), km) if km <= INLAND_KM else None

    def water(self, lon: float, lat: float) -> tuple[float, float] | None:
        """The position itself where it is at sea, else a point off the nearest shore; None far inland."""
        if not self.is_land(lon, lat):
            return lon, lat
        if (found := self.nearest(lon, lat)) is None:
            return None
        x, y, _ = found
        wide = _shrink(lat)
        straight = np.arctan2(y - lat, (x - lon) * wide)
        for km in OFFSHORE_KM:
            for turn in TURNS:
                off = km / KM_PER_DEGREE
                there = x + np.cos(straight + turn) * off / wide, y + np.sin(straight + turn) * off
                if not self.is_land(*there):
                    return float(there[0]), float(there[1])
        return None

    def clear(self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Mask:
        """Which of n great circles, as they are drawn, have no land on them."""
        return self.free(circles(lon1, lat1, lon2, lat2))

    def free(self, lines: NDArray[np.object_]) -> Mask:
        """Which of n lines, whose longitudes may go on beyond ±180, have no land on them."""
        free = np.ones(len(lines), bool)
        for turn in (-360.0, 0.0, 360.0):
            moved = lines if turn == 0.0 else shapely.transform(lines, lambda xy, by=turn: xy + np.array([by, 0.0]))
            line, polygon = self._tree.query(moved)
            hit = shapely.intersects(self._polygons[polygon], moved[line])
            free[line[hit]] = False
        return free

    def km_on_land(self, lines: NDArray[np.object_]) -> Floats:
        """About how many kilometres of each of n lines, whose longitudes may go on beyond ±180, are on land."""
        found = np.zeros(len(lines))
        for turn in (-360.0, 0.0, 360.0):
            moved = shapely.transform(lines, lambda xy, by=turn: xy + np.array([by, 0.0]))
            line, polygon = self._tree.query(moved, predicate="intersects")
            parts = shapely.intersection(moved[line], self._polygons[polygon])
            level = [_shrink(float(y)) for y in np.nan_to_num(shapely.get_y(shapely.centroid(parts)))]
            wide = shapely.length(parts) * np.sqrt(level) * KM_PER_DEGREE
            np.add.at(found, line, wide)
        return found


def _pieces(ring: Floats, of: int = 60) -> list[object]:
    """A ring in short lines, so that a search looks at little of a continent."""
    return [shapely.linestrings(ring[i : i + of + 1]) for i in range(0, len(ring) - 1, of)]


def _shrink(lat: float) -> float:
    return max(float(np.cos(np.radians(lat))), 0.1)


@lru_cache(maxsize=1)
def shore() -> Shore:
    """The shores of 1:10 million, read once."""
    return Shore(land("10m").geometry.to_numpy())
