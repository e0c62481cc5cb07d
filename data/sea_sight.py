"""The edges of the network of the sea: which points see one another. See refresh_sea.py."""

# ruff: noqa: INP001, ANN001, ANN202, PLR0913, PLR0917 -- beside the data, no package; numba takes arrays one by one

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
SHORT_KM, MIDDLE_KM, FAR_KM = 25.0, 350.0, 13_000.0
MOUTH_KM = 60.0
SPARSE = 3.0
"""Degrees of the cells of which one port each looks far."""
HARBOUR_KM = 2.5
"""So near to a port the raster is not asked."""


@dataclass
class Edges:
    """pairs: [n, 2] points. passage: row of the river or canal that it lies in, -1 for none. tested: whether the land
    of 1:10 million was asked; far ones are asked only once they are wanted."""

    pairs: NDArray[np.int64]
    passage: NDArray[np.int64]
    tested: NDArray[np.bool_]


class Sea:
    """Land in pieces, on every turn of the globe that an edge may lie on."""

    def __init__(self, land: NDArray[np.object_]) -> None:
        cells = np.concatenate([parts for _, parts in sc.pieces(land)])
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


def edges(land: NDArray[np.object_], points: sc.Points) -> Edges:
    """All edges in sight, and those of rivers and canals."""
    vectors, kind = unit(points.lon, points.lat), points.kind
    east = np.column_stack([-np.sin(np.radians(points.lon)), np.cos(np.radians(points.lon)), np.zeros(len(kind))])
    look = (vectors, east, np.cross(vectors, east), points.before, points.after)
    shapes = ((shape, 1) for shape in land)
    origin = transform.from_origin(-180, 90, 1 / CELLS, 1 / CELLS)
    raster = features.rasterize(shapes, out_shape=(180 * CELLS, 360 * CELLS), transform=origin, dtype="uint8")
    harbour = np.where((kind == sc.PORT) | (kind == sc.WAY), HARBOUR_KM, 0.5)
    at_sea = (kind == sc.PORT) | (kind == sc.COAST) | (kind == sc.OCEAN) | (kind == sc.CAPE)
    wide = np.flatnonzero(at_sea | ((kind == sc.WAY) & ~points.on_land))
    middle = wide[cKDTree(vectors[wide]).query_pairs(MIDDLE_KM / EARTH_KM, output_type="ndarray")]
    middle = middle[_sighted(middle, *look, raster, harbour)]
    ports = np.flatnonzero(kind == sc.PORT)
    _, one_each = np.unique(
        np.floor(np.column_stack([points.lon, points.lat])[ports] / SPARSE), axis=0, return_index=True
    )
    capes = np.concatenate([ports[one_each], np.flatnonzero(kind == sc.CAPE)])
    far = _far(capes, vectors, *look[1:], raster, harbour, (2 * np.sin(FAR_KM / EARTH_KM / 2)) ** 2)
    sea = Sea(land)
    near = np.vstack([_short(points, vectors, look), middle, _mouths(points, vectors)])
    near = near[sea.clear(points, near)]
    ways = np.array(points.ways)
    pairs = np.vstack([ways[:, :2], near, np.array(far)])
    passage = np.concatenate([ways[:, 2], np.full(len(near) + len(far), -1)])
    tested = np.arange(len(pairs)) < len(ways) + len(near)
    pairs = np.sort(pairs, axis=1)
    _, first = np.unique(pairs, axis=0, return_index=True)
    first = first[pairs[first, 0] != pairs[first, 1]]
    return Edges(pairs[first], passage[first], tested[first])


def _short(points: sc.Points, vectors: sc.Floats, look: tuple[sc.Floats, ...]) -> NDArray[np.int64]:
    """Taut edges between points of narrow waters, and between these and others."""
    pairs = cKDTree(vectors).query_pairs(SHORT_KM / EARTH_KM, output_type="ndarray")
    kind = points.kind
    usable = (kind != sc.INSERTED) & ~((kind == sc.WAY) & points.on_land)
    wide = (kind == sc.COAST) | (kind == sc.OCEAN) | (kind == sc.CAPE)
    pairs = pairs[usable[pairs].all(axis=1) & ~wide[pairs].all(axis=1)]
    # From inside the widened coast its own corners are reached from behind.
    before = np.where(kind == sc.NARROW, points.before, np.nan)
    return pairs[_tauts(pairs, *look[:3], before, points.after)]


def _mouths(points: sc.Points, vectors: sc.Floats) -> NDArray[np.int64]:
    """All edges near the vertices at sea of rivers, canals and channels: they lie where there is room for few."""
    open_ = np.flatnonzero((points.kind != sc.INSERTED) & ~points.on_land)
    ways = open_[points.kind[open_] == sc.WAY]
    near = cKDTree(vectors[open_]).query_ball_point(vectors[ways], MOUTH_KM / EARTH_KM)
    return np.array([(way, open_[other]) for way, others in zip(ways, near, strict=True) for other in others])


@nb.njit
def _taut(before: float, after: float, direction: float) -> bool:
    """Whether a line in this direction from a corner touches it without cutting into it, and would bend around it."""
    if np.isnan(before):
        return True
    wedge = (before - after) % (2 * np.pi)
    slack = 0.02
    bend = np.pi - wedge + slack
    right, left = (after - direction) % (2 * np.pi), (direction - before) % (2 * np.pi)
    return right <= bend or right > 2 * np.pi - slack or left <= bend or left > 2 * np.pi - slack


@nb.njit
def _taut_pair(i, j, vectors, east, north, before, after):
    d = vectors[j] - vectors[i]
    if d[0] * d[0] + d[1] * d[1] + d[2] * d[2] < 1e-14:
        return False
    if not _taut(before[i], after[i], np.arctan2(np.dot(north[i], d), np.dot(east[i], d))):
        return False
    return _taut(before[j], after[j], np.arctan2(-np.dot(north[j], d), -np.dot(east[j], d)))


@nb.njit
def _tauts(pairs, vectors, east, north, before, after):
    found = np.zeros(len(pairs), np.bool_)
    for row in range(len(pairs)):
        found[row] = _taut_pair(pairs[row, 0], pairs[row, 1], vectors, east, north, before, after)
    return found


@nb.njit
def _free(raster, a, b, skip_a, skip_b):
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


@nb.njit
def _sighted(pairs, vectors, east, north, before, after, raster, skip):
    found = np.zeros(len(pairs), np.bool_)
    for row in range(len(pairs)):
        i, j = pairs[row]
        if _taut_pair(i, j, vectors, east, north, before, after):
            found[row] = _free(raster, vectors[i], vectors[j], skip[i], skip[j])
    return found


@nb.njit
def _far(points, vectors, east, north, before, after, raster, skip, most):
    found = [(0, 0) for _ in range(0)]
    for a in range(len(points)):
        for b in range(a + 1, len(points)):
            i, j = points[a], points[b]
            if np.sum((vectors[i] - vectors[j]) ** 2) > most:
                continue
            if not _taut_pair(i, j, vectors, east, north, before, after):
                continue
            if _free(raster, vectors[i], vectors[j], skip[i], skip[j]):
                found.append((i, j))
    return found
