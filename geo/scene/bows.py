"""To which side each arc bows, and how far: at sea to the seaward side, and no two arcs of a pair on top of each other.

The player and the plates draw by these numbers, and so agree.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.arrays import Bytes, Floats, Ints, Mask
from geo.sea import coast

LEAN = 0.2
"""Share of its chord by which the control point of a first arc stands aside: 0.4 · sin 30°, as in the player."""
LANE_RISE = 0.6
"""Share of the first arc's lean by which each further one between the same two places leans more."""
SHARES = (0.25, 0.5, 0.75)
"""Along the chord: where both sides are compared."""
MARITIME = 1
MOST = 5_000
"""Maritime corridors up to which each is tested against the land; among more, no reader follows a single arc."""
MOST_LATITUDE = 85.051129
"""Web Mercator (EPSG:3857) ends there."""


def bows(origin: Ints, destination: Ints, mode: Bytes, lon: Floats, lat: Floats) -> NDArray[np.int8]:
    """For n corridors (rows of places with lon and lat, EPSG:4326) a number each that is not 0.

    Its sign is the side: + to the left of travel, - to the right. Its size, less 1, is the lane: 0 for the first arc
    of two places on that side of their chord, then 1, 2, ….
    """
    side = np.ones(origin.size, np.int8)
    sea = np.flatnonzero((mode == MARITIME) & (origin != destination))
    if 0 < sea.size <= MOST:
        land = _over_land(lon[origin[sea]], lat[origin[sea]], lon[destination[sea]], lat[destination[sea]])
        side[sea[land[0] > land[1]]] = -1
    return side * (1 + _lanes(origin, destination, mode, side)).astype(np.int8)


def _lanes(origin: Ints, destination: Ints, mode: Bytes, side: NDArray[np.int8]) -> Ints:
    """The place of each corridor among those on the same side of the same chord, by mode and direction."""
    first, last = np.minimum(origin, destination), np.maximum(origin, destination)
    back = origin > destination
    where = np.where(back, -side, side)
    order = np.lexsort((back, mode, where, last, first))
    keys = np.stack([first, last, where])[:, order]
    begins = np.concatenate([[True], (keys[:, 1:] != keys[:, :-1]).any(axis=0)]) if order.size else np.zeros(0, bool)
    place = np.arange(order.size)
    lanes = np.zeros(order.size, np.int64)
    # int8 holds 126 lanes; a pair has at most ten: five modes, two ways.
    lanes[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    return lanes


def _over_land(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Ints:
    """How many of the points along an arc that bows left, and along one that bows right, lie on land: (2, n)."""
    turn = np.where(lon2 - lon1 > 180, -360.0, np.where(lon2 - lon1 < -180, 360.0, 0.0))
    x1, y1, x2, y2 = np.radians(lon1), _mercator(lat1), np.radians(lon2 + turn), _mercator(lat2)
    share = np.array(SHARES)[:, None]
    aside = np.array([1.0, -1.0])[:, None, None] * (2 * share * (1 - share) * LEAN)
    x = x1 + (x2 - x1) * share - (y2 - y1) * aside
    y = y1 + (y2 - y1) * share + (x2 - x1) * aside
    longitude = (np.degrees(x) + 180.0) % 360.0 - 180.0
    latitude = np.degrees(2 * np.arctan(np.exp(y)) - np.pi / 2)
    count: Ints = _on_land(longitude, latitude).sum(axis=1)
    return count


def _mercator(lat: Floats) -> Floats:
    return np.asarray(np.log(np.tan(np.pi / 4 + np.radians(np.clip(lat, -MOST_LATITUDE, MOST_LATITUDE)) / 2)))


def _on_land(lon: Floats, lat: Floats) -> Mask:
    """Whether each point, of any shape, lies on land at 1:50 million."""
    polygons = coast.land().geometry.to_numpy()
    shapely.prepare(polygons)
    points, found = coast.land().sindex.query(shapely.points(lon.ravel(), lat.ravel()))
    inside = shapely.contains_xy(polygons[found], lon.ravel()[points], lat.ravel()[points])
    land = np.zeros(lon.size, bool)
    land[points[inside]] = True
    return land.reshape(lon.shape)
