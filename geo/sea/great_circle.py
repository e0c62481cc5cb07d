"""Points along great circles, and where a line crosses the antimeridian: the one place that knows of either."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.arrays import Floats, Ints

STEP_KM = 40.0
"""A line has a vertex at least every so many kilometres, so that degrees between two of them stay near it."""
EARTH_KM = 6_371.0088
_OPPOSITE = 1e-6
"""Radians from a point's antipode, some 6 m, within which all ways are as long, and rounding would choose one."""


def along(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """n vertices -> m >= n points on the great circles from one to the next, in continuous longitudes."""
    found_lon, found_lat, _ = arcs(lon[:-1], lat[:-1], lon[1:], lat[1:])
    return continuous(np.append(found_lon, lon[-1])), np.append(found_lat, lat[-1])


def arcs(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> tuple[Floats, Floats, Ints]:
    """n great circles -> the points of each but its last one, and the number of the circle that each is on.

    The points between two ends are the same whichever of these comes first, so that the way back is the way there.
    """
    flip = (lon1 > lon2) | ((lon1 == lon2) & (lat1 > lat2))
    a = unit(np.where(flip, lon2, lon1), np.where(flip, lat2, lat1))
    b = unit(np.where(flip, lon1, lon2), np.where(flip, lat1, lat2))
    angle = 2.0 * np.arcsin(np.clip(np.linalg.norm(a - b, axis=1) / 2.0, 0.0, 1.0))
    pieces = np.maximum(np.ceil(angle * EARTH_KM / STEP_KM), 1).astype(np.int64)
    row = np.repeat(np.arange(len(pieces)), pieces)
    step = np.arange(len(row)) - (np.cumsum(pieces) - pieces)[row]
    share = np.where(flip[row], pieces[row] - step, step) / pieces[row]
    turned, sine = angle[row], np.where(angle > 0, np.sin(angle), 1.0)[row]
    points = (
        a[row] * (np.sin((1.0 - share) * turned) / sine)[:, None] + b[row] * (np.sin(share * turned) / sine)[:, None]
    )
    opposite = np.pi - turned < _OPPOSITE
    if opposite.any():
        points[opposite] = _eastward(a[row[opposite]], (share * turned)[opposite])
    x, y, z = points.T
    lon, lat = np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
    lon[step == 0], lat[step == 0] = lon1, lat1
    return lon, lat, row


def _eastward(a: Floats, angle: Floats) -> Floats:
    """Unit vectors [n, 3] so many radians from others, on the great circle that leaves each of them to the east."""
    east = np.column_stack([-a[:, 1], a[:, 0], np.zeros(len(a))])
    away = np.linalg.norm(east, axis=1, keepdims=True)
    # A pole has no east; any way is one.
    east = np.where(away > _OPPOSITE, east / np.maximum(away, _OPPOSITE), (1.0, 0.0, 0.0))
    found: Floats = a * np.cos(angle)[:, None] + east * np.sin(angle)[:, None]
    return found


def circles(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> NDArray[np.object_]:
    """n great circles as lines in continuous longitudes, with the vertices that a route has."""
    lon, lat, row = arcs(lon1, lat1, lon2, lat2)
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    ends = np.append(begins[1:], len(row))
    x, y = np.insert(lon, ends, lon2), np.insert(lat, ends, lat2)
    line = np.insert(row, ends, np.arange(len(begins)))
    # A line that begins anew is no jump of the line before it.
    step = np.round(np.diff(x, prepend=x[:1]) / 360.0)
    step[np.flatnonzero(np.diff(line, prepend=-1))] = 0.0
    turns = np.cumsum(step)
    turns -= turns[np.flatnonzero(np.diff(line, prepend=-1))][line]
    lines: NDArray[np.object_] = shapely.linestrings(np.column_stack([x - 360.0 * turns, y]), indices=line)
    return lines


def unit(lon: Floats, lat: Floats) -> Floats:
    """Degrees -> n unit vectors, [n, 3]."""
    phi, theta = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])


def continuous(lon: Floats) -> Floats:
    """Longitudes without jumps: past the antimeridian they go on beyond ±180."""
    turns = np.round(np.diff(lon, prepend=lon[:1]) / 360.0)
    return np.asarray(lon - 360.0 * np.cumsum(turns))


def cut(lon: Floats, lat: Floats) -> BaseGeometry:
    """A line in continuous longitudes -> within ±180, cut where it crosses the antimeridian: a LineString, or a
    MultiLineString whose parts follow one another."""
    turn = np.floor((lon + 180.0) / 360.0)
    if not np.any(turn != turn[0]):
        return shapely.linestrings(np.column_stack([np.clip(lon - 360.0 * turn, -180.0, 180.0), lat]))
    parts: list[NDArray[np.float64]] = []
    begun = [(lon[0] - 360.0 * turn[0], lat[0])]
    for i in range(1, len(lon)):
        if turn[i] != turn[i - 1]:
            edge = 360.0 * max(turn[i], turn[i - 1]) - 180.0
            share = (edge - lon[i - 1]) / (lon[i] - lon[i - 1])
            at = lat[i - 1] + share * (lat[i] - lat[i - 1])
            parts.append(np.array([*begun, (edge - 360.0 * turn[i - 1], at)]))
            begun = [(edge - 360.0 * turn[i], at)]
        begun.append((lon[i] - 360.0 * turn[i], lat[i]))
    parts.append(np.array(begun))
    # A line that ends on the antimeridian has nothing beyond it but that point.
    kept = [np.clip(part, (-180, -90), (180, 90)) for part in parts if np.ptp(part, axis=0).max() > 0]
    lines = [shapely.linestrings(part) for part in kept]
    return lines[0] if len(lines) == 1 else shapely.multilinestrings(lines)
