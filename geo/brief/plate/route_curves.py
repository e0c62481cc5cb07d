"""Corridors along their routes (`geo.scene.paths`) in the plane of a projection: centre lines for the ribbons of arcs.

A route is smoothed no farther than its own width hides, moved aside where it shares its way with others, and ends as an
arc does, in a head at the ring of its destination.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.arrays import Floats, Ints
from geo.brief.plate.curves import HEAD_LEAST, HEAD_MOST, HEAD_WIDTHS, RING_MOST, TAPER_FROM, TAPER_SHARE, Curves
from geo.brief.plate.projection import MapView
from geo.scene.scene import Paths

TAPER_PX = 60.0
"""Layout px after which a route has all of its width: a strait shows what goes through it."""
_OVER_EDGE = 15.0
"""Degrees that a route goes on beyond the edge of a world map."""
_STEP_DEGREES = 1.0
"""Between two points that are projected: Mercator's straight lines stay straight."""
_FEW, _MOST_PIECES, _MOST_OF_MANY, _LEAST_PIECES, _PIECE_PX = 60, 192, 96, 48, 5.0
_BEYOND, _FAR = 60.0, 0.05
"""Layout px around the map within which a route is drawn in full, and the share of pieces that it has farther out."""
_KEPT = 1024
"""Ways, and lines made of them, that are remembered."""
_FINE = 3
"""Points that are smoothed, for each piece that is drawn."""
_LEAST_BLUR, _MOST_BLUR, _OF_WIDTH = 1.5, 7.0, 0.2
"""Layout px of smoothing: at least, at most, and the share of a route's width and of how far it stands aside."""


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """A route in layout px, and how far it stands to the left there."""

    points: Floats
    aside: Floats

    @property
    def reach(self) -> Floats:
        """px from its beginning to each of its points."""
        return np.append(0.0, np.cumsum(np.linalg.norm(np.diff(self.points, axis=0), axis=1)))


def route_ways(paths: Paths, corridors: Ints, view: MapView, per_unit: float) -> list[tuple[int, _Way]]:
    """The routes of corridors on a map, each with its place among them. per_unit: layout px a container."""
    return [
        (place, way) for place, row in enumerate(corridors.tolist()) for way in _ways_of(paths, row, view, per_unit)
    ]


# A film draws the same ways in every frame.
@lru_cache(maxsize=_KEPT)
def _ways_of(paths: Paths, row: int, view: MapView, per_unit: float) -> tuple[_Way, ...]:
    lon, lat, aside = _close(paths, row)
    lon = lon + float(view.projection.near(lon[:1])[0] - lon[0])
    found = []
    for turn in _turns(lon, view):
        points = view.place(_on_globe(lon + turn, view), lat)
        here = np.isfinite(points).all(axis=1)
        if np.count_nonzero(here) > 1:
            found.append(_Way(points[here], aside[here] * per_unit))
    return tuple(found)


def _close(paths: Paths, row: int) -> tuple[Floats, Floats, Floats]:
    """Longitudes, latitudes and containers aside of a route, with points between those that lie far apart."""
    part = slice(int(paths.offsets[row]), int(paths.offsets[row + 1]))
    lon, lat, aside = paths.lon[part], paths.lat[part], paths.aside[part]
    height = np.degrees(np.arcsinh(np.tan(np.radians(lat))))
    apart = np.maximum(np.abs(np.diff(lon)), np.abs(np.diff(height)))
    pieces = np.maximum(np.ceil(apart / _STEP_DEGREES), 1).astype(np.int64)
    at = np.append(np.concatenate([row + np.arange(n) / n for row, n in enumerate(pieces.tolist())]), len(pieces))
    rows = np.arange(lon.size)
    between = np.degrees(np.arctan(np.sinh(np.radians(np.interp(at, rows, height)))))
    return np.interp(at, rows, lon), between, np.interp(at, rows, aside)


def _turns(lon: Floats, view: MapView) -> list[float]:
    """Degrees by which a route is moved for each time that it is drawn."""
    if not view.projection.world:
        return [0.0]
    west, east = view.projection.lon - 180.0, view.projection.lon + 180.0
    return [0.0] + [360.0] * bool(lon.min() < west) + [-360.0] * bool(lon.max() > east)


def _on_globe(lon: Floats, view: MapView) -> Floats:
    """Of a world map what lies beyond its edge is papered over, and so need not lead far."""
    if not view.projection.world:
        return lon
    middle, most = view.projection.lon, 180.0 + _OVER_EDGE
    return np.clip(lon, middle - most, middle + most)


def pieces_of(ways: list[tuple[int, _Way]], view: MapView) -> int:
    """Into how many pieces all of them fall."""
    longest = max((float(_counted(way, view)[-1]) for _, way in ways), default=0.0)
    most = _MOST_PIECES if len(ways) <= _FEW else _MOST_OF_MANY
    return min(max(math.ceil(longest / _PIECE_PX), _LEAST_PIECES), most)


def route_curves(
    ways: list[tuple[int, _Way]], view: MapView, body: Floats, full: Floats, rings: Floats, pieces: int
) -> Curves:
    """By place: body, px of the widths; full, of those in the end, by which a line is smoothed; rings, of the rings of
    the destinations."""
    made = []
    for place, way in ways:
        line = _moved_aside(way, view, float(full[place]), pieces * _FINE)
        reach = line.reach
        run = max(float(reach[-1]), 1e-6)
        tip = run - min(float(rings[place]), RING_MOST * run)
        neck = tip - min(max(HEAD_LEAST, HEAD_WIDTHS * float(body[place])), HEAD_MOST * run)
        counted = _counted(line, view)
        at = np.interp(np.linspace(0.0, np.interp(neck, reach, counted), pieces + 1), counted, reach)
        centre, end = _points(line.points, reach, at), _points(line.points, reach, np.array([tip]))[0]
        t = np.clip(at / min(TAPER_SHARE * run, TAPER_PX), 0.0, 1.0)
        made.append((centre, _normals(centre, end), end, TAPER_FROM + (1 - TAPER_FROM) * t * t * (3 - 2 * t)))
    centres, normals, ends, tapers = (np.array(each) for each in zip(*made, strict=True))
    return Curves(centres, normals, ends, tapers, np.array([place for place, _ in ways], np.int64))


def _counted(way: _Way, view: MapView) -> Floats:
    """px from its beginning, of which those far from the map count little."""
    points = way.points
    low = np.array([view.left, view.top]) - _BEYOND
    high = np.array([view.right, view.bottom]) + _BEYOND
    first, last = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
    near = ((last >= low) & (first <= high)).all(axis=1)
    long = np.linalg.norm(last - first, axis=1)
    return np.append(0.0, np.cumsum(long * np.where(near, 1.0, _FAR) + 1e-9))


@lru_cache(maxsize=_KEPT)
def _moved_aside(way: _Way, view: MapView, wide: float, count: int) -> _Way:
    """The route in `count` pieces, smooth, and beside those that it shares its way with; at both ends in the port."""
    reach, counted = way.reach, _counted(way, view)
    at = np.interp(np.linspace(0.0, counted[-1], count + 1), counted, reach)
    points, aside = _points(way.points, reach, at), np.interp(at, reach, way.aside)
    step = max(float(counted[-1]) / count, 1e-9)
    furthest = float(np.abs(aside).max())
    blur = min(max(_OF_WIDTH * (wide + furthest), _LEAST_BLUR), _MOST_BLUR)
    points = _smooth(points, blur / step)
    if furthest == 0:
        return _Way(points, aside)
    near = np.minimum(at, at[-1] - at) / (3.0 * furthest)
    t = np.clip(near, 0.0, 1.0)
    aside = _smooth(aside[:, None], 2.0 * blur / step)[:, 0] * t * t * (3 - 2 * t)
    out = points + _normals(points) * aside[:, None]
    return _Way(_smooth(out, blur / step), aside)


def _points(points: Floats, reach: Floats, at: Floats) -> Floats:
    return np.column_stack([np.interp(at, reach, points[:, axis]) for axis in (0, 1)])


def _smooth(values: Floats, sigma: float) -> Floats:
    """Rows (n, k) blurred along n by so many rows; both ends stay where they are."""
    half = min(math.ceil(3 * sigma), len(values) - 1)
    if half < 1:
        return values
    weights = np.exp(-0.5 * (np.arange(-half, half + 1) / sigma) ** 2)
    weights /= weights.sum()
    before, after = 2 * values[:1] - values[half:0:-1], 2 * values[-1:] - values[-2 : -half - 2 : -1]
    long = np.concatenate([before, values, after])
    return np.column_stack([np.convolve(column, weights, "valid") for column in long.T])


def _normals(points: Floats, end: Floats | None = None) -> Floats:
    """Of length 1, to the left of travel: y runs down. end: where the line goes on to from its last point."""
    along = np.gradient(points, axis=0)
    if end is not None and np.linalg.norm(end - points[-1]) > 0:
        along[-1] = end - points[-1]
    size = np.linalg.norm(along, axis=1, keepdims=True)
    along = np.divide(along, size, out=np.zeros_like(along), where=size > 0)
    return np.column_stack([along[:, 1], -along[:, 0]])
