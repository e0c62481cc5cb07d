"""The map's view as a part of the world that a picture can show."""

from __future__ import annotations

import math

from geo.player import View

_USUAL_PX = (1000.0, 560.0)
"""A player of usual size, CSS px: how large the reader's own is does not come back from the browser."""
_WORLD_PX = 512.0
"""Of deck.gl's world at zoom 0."""
_MOST_LATITUDE = 85.0


def bounds_of(view: View) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees, north up and from straight above; east exceeds 180 across the antimeridian.

    Web Mercator: a degree of longitude takes 512 · 2^zoom / 360 px, and so does a unit of Mercator's ordinate.
    """
    world = _WORLD_PX * 2.0**view.zoom
    wide = min(360.0 * _USUAL_PX[0] / world, 360.0)
    middle = _ordinate(min(max(view.latitude, -_MOST_LATITUDE), _MOST_LATITUDE))
    half = math.pi * _USUAL_PX[1] / world
    south, north = (_latitude(middle + side) for side in (-half, half))
    west = view.longitude - wide / 2
    return round(west, 4), round(south, 4), round(west + wide, 4), round(north, 4)


def _ordinate(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _latitude(ordinate: float) -> float:
    found = math.degrees(2 * math.atan(math.exp(ordinate)) - math.pi / 2)
    return min(max(found, -_MOST_LATITUDE), _MOST_LATITUDE)
