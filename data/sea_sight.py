"""Which points of the network of the sea see one another. See refresh_sea.py."""

# ruff: noqa: INP001, ANN001, ANN201, ANN202, PLR0913, PLR0917 -- beside the data, no package; numba takes arrays one by one

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
import sea_corners as sc
import shapely
from numpy.typing import NDArray
from rasterio import features, transform
from scipy.spatial import cKDTree

from geo.sea.great_circle import EARTH_KM, arcs, unit

CELLS = 80
"""Cells of the raster of land in a degree: a first look, before the land itself is asked."""
SHORT_KM, MIDDLE_KM, FAR_KM = 60.0, 200.0, 13_000.0
MOUTH_KM = 60.0
HARBOUR_KM = 2.5
"""So near to a port the raster is not asked."""


@dataclass
class Edges:
    """pairs: [n, 2] points. passage: row of the river or canal that it lies in, -1 for none. tested: whether it needs
    no look at the land of 1:10 million any more; the others are looked at once a shortest way takes them."""

    pairs: NDArray[np.int64]
    passage: NDArray[np.int64]
    tested: NDArray[np.bool_]


class Sea:
    """Land in pieces, on every turn of the globe that an edge may lie on."""

    def __init__(self, pieces: sc.Pieces) -> None:
        cells = np.concatenate([parts for _, parts in pieces])
        turned = [shapely.transform(cells, lambda xy, by=by: xy + np.array([by, 0.0])) for by in (-360.0, 0.0, 360.0)]
        self._tree = shapely.STRtree(np.concatenate(turned))

    def clear(self, points: sc.Points, pairs: NDArray[np.int64], chunk: int = 20_000) -> NDArray[np.bool_]:
        """Which edges have no land on any of the straight pieces that they are drawn with."""
        free = np.ones(len(pairs), bool)
        for begin in range(0, len(pairs), chunk):
            a, b = pairs[begin : begin + chunk].T
            lon, lat, row = arcs(points.lon[a], points.lat[a], points.lon[b], points.lat[b])
            x, y = np.append(lon[1:], 0.0), np.append(lat[1:], 0.0)
            last = np.append(row[1:] != row[:-1], True)
            x[last], y[last] = points.lon[b], points.lat[b]
            x -= 360.0 * np.round((x - lon) / 360.0)
            lines = shapely.linestrings(np.stack([np.column_stack([lon, lat]), np.column_stack([x, y])], axis=1))
            free[begin + row[np.unique(self._tree.query(lines, predicate="intersects")[0])]] = False
        return free


class Look:
    """What a first look needs to know of the points: where they are, where their coast bends, and the raster."""

    def __init__(self, land: NDArray[np.object_], points: sc.Points) -> None:
        lon, kind = np.radians(points.lon), points.kind
        self.vectors = unit(points.lon, points.lat)
        self.east = np.column_stack([-np.sin(lon), np.cos(lon), np.zeros(len(lon))])
        self.north = np.cross(self.vectors, self.east)
        self.before, self.after = points.before, points.after
        self.skip = np.where((kind == sc.PORT) | (kind == sc.WAY), HARBOUR_KM, 0.5)
        self.usable = (kind != sc.INSERTED) & ~points.on_land
        origin = transform.from_origin(-180, 90, 1 / CELLS, 1 / CELLS)
        shapes = ((shape, 1) for shape in land)
        self.raster = features.rasterize(shapes, out_shape=(180 * CELLS, 360 * CELLS), transform=origin, dtype="uint8")

    def taut(self, pairs: NDArray[np.int64], before: sc.Floats) -> NDArray[np.int64]:
        """Those that touch the coast at both ends without cutting into it."""
        return pairs[_tauts(pairs, self.vectors, self.east, self.north, before, self.after)]

    def free(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those with no cell of land on them."""
        return pairs[_frees(pairs, self.vectors, self.raster, self.skip)]


def edges(look: Look, points: sc.Points) -> Edges:
    """All edges in sight as far as the raster tells, and those of rivers and canals."""
    vectors, kind = look.vectors, points.kind
    at_sea = (kind == sc.PORT) | (kind == sc.COAST) | (kind == sc.OCEAN) | (kind == sc.CAPE)
    wide = np.flatnonzero(at_sea | ((kind == sc.WAY) & ~points.on_land))
    middle = wide[cKDTree(vectors[wide]).query_pairs(MIDDLE_KM / EARTH_KM, output_type="ndarray")]
    middle = look.free(look.taut(middle, look.before))
    # Ports need not look so far: their ways are pulled straight.
    capes = np.flatnonzero(kind == sc.CAPE)
    most = (2 * np.sin(FAR_KM / EARTH_KM / 2)) ** 2
    shape = (look.vectors, look.east, look.north, look.before, look.after)
    far = np.array(_far(capes, *shape, look.raster, look.skip, most))
    near = np.vstack([look.free(_short(points, look)), middle, look.free(_mouths(points, vectors))])
    ways = np.array(points.ways)
    pairs = np.vstack([ways[:, :2], near, far])
    passage = np.concatenate([ways[:, 2], np.full(len(near) + len(far), -1)])
    pairs = np.sort(pairs, axis=1)
    _, first = np.unique(pairs, axis=0, return_index=True)
    first = first[pairs[first, 0] != pairs[first, 1]]
    return Edges(pairs[first], passage[first], passage[first] >= 0)


def _short(points: sc.Points, look: Look) -> NDArray[np.int64]:
    """Taut edges between points of narrow waters, and between these and others."""
    pairs = cKDTree(look.vectors).query_pairs(SHORT_KM / EARTH_KM, output_type="ndarray")
    kind = points.kind
    usable = (kind != sc.INSERTED) & ~((kind == sc.WAY) & points.on_land)
    wide = (kind == sc.COAST) | (kind == sc.OCEAN) | (kind == sc.CAPE)
    pairs = pairs[usable[pairs].all(axis=1) & ~wide[pairs].all(axis=1)]
    # From inside the widened coast its own corners are reached from behind.
    return look.taut(pairs, np.where(kind == sc.NARROW, points.before, np.nan))


def _mouths(points: sc.Points, vectors: sc.Floats) -> NDArray[np.int64]:
    """All edges near the vertices at sea of rivers, canals and channels: they lie where there is room for few."""
    open_ = np.flatnonzero((points.kind != sc.INSERTED) & ~points.on_land)
    ways = open_[points.kind[open_] == sc.WAY]
    near = cKDTree(vectors[open_]).query_ball_point(vectors[ways], MOUTH_KM / EARTH_KM)
    return np.array([(way, open_[other]) for way, others in zip(ways, near, strict=True) for other in others])


@nb.njit(cache=True)
def _taut(before: float, after: float, direction: float) -> bool:
    """Whether a line in this direction from a corner touches it without cutting into it, and would bend around it."""
    if np.isnan(before):
        return True
    wedge = (before - after) % (2 * np.pi)
    slack = 0.02
    bend = np.pi - wedge + slack
    right, left = (after - direction) % (2 * np.pi), (direction - before) % (2 * np.pi)
    return right <= bend or right > 2 * np.pi - slack or left <= bend or left > 2 * np.pi - slack


@nb.njit(cache=True)
def _taut_pair(i, j, vectors, east, north, before, after):
    d = vectors[j] - vectors[i]
    if d[0] * d[0] + d[1] * d[1] + d[2] * d[2] < 1e-14:
        return False
    if not _taut(before[i], after[i], np.arctan2(np.dot(north[i], d), np.dot(east[i], d))):
        return False
    return _taut(before[j], after[j], np.arctan2(-np.dot(north[j], d), -np.dot(east[j], d)))


@nb.njit(cache=True)
def _tauts(pairs, vectors, east, north, before, after):
    found = np.zeros(len(pairs), np.bool_)
    for row in range(len(pairs)):
        found[row] = _taut_pair(pairs[row, 0], pairs[row, 1], vectors, east, north, before, after)
    return found


@nb.njit(cache=True)
def sees(raster, a, b, skip_a, skip_b):
    """Whether no cell of land lies on a great circle; looked at in ever finer steps, so that most fail at once."""
    angle = 2 * np.arcsin(min(1.0, np.sqrt(np.sum((a - b) ** 2)) / 2))
    km = angle * EARTH_KM
    count = int(km / (1.0 if km < 400 else 8.0)) + 1
    step = 1
    while step * 16 < count:
        step *= 4
    while step >= 1:
        for i in range(step, count, step):
            gone = i / count * km
            if gone <= skip_a or km - gone <= skip_b:
                continue
            x, y, z = np.sin((1 - i / count) * angle) * a + np.sin(i / count * angle) * b
            row = int((90 - np.degrees(np.arctan2(z, np.hypot(x, y)))) * CELLS)
            column = int((180 + np.degrees(np.arctan2(y, x))) * CELLS)
            if raster[min(row, 180 * CELLS - 1), min(column, 360 * CELLS - 1)]:
                return False
        step //= 4
    return True


@nb.njit(cache=True)
def _frees(pairs, vectors, raster, skip):
    found = np.zeros(len(pairs), np.bool_)
    for row in range(len(pairs)):
        i, j = pairs[row]
        found[row] = sees(raster, vectors[i], vectors[j], skip[i], skip[j])
    return found


@nb.njit(cache=True)
def _far(points, vectors, east, north, before, after, raster, skip, most):
    found = [(0, 0) for _ in range(0)]
    for a in range(len(points)):
        for b in range(a + 1, len(points)):
            i, j = points[a], points[b]
            if np.sum((vectors[i] - vectors[j]) ** 2) > most:
                continue
            if not _taut_pair(i, j, vectors, east, north, before, after):
                continue
            if sees(raster, vectors[i], vectors[j], skip[i], skip[j]):
                found.append((i, j))
    return found
