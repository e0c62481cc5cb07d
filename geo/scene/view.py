"""The part of the world that a scene needs: its bounds, and a view that fits them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from geo.scene.scene import Paths, Scene

KM_PER_DEGREE = 111.195
"""Of latitude, on a sphere of the Earth's mean radius (6,371 km)."""
_REFERENCE_PX = (1000.0, 560.0)
_PADDING = 0.72
"""Share of the reference picture that the bounds may fill; labels and the legend need the rest."""
_ZOOMS = (0.6, 8.5)
_MOST_LATITUDE = 80.0
_WORLD_PX = 512.0
MOST_AREA_KM = 400.0
"""Of an area's radius so much has to be in view: an area as large as a country would leave nothing of the arcs."""
_EMPTY = (-60.0, -35.0, 150.0, 65.0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Degrees, EPSG:4326. east may exceed 180 where the window crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        return self.east - self.west


def bounds(scene: Scene) -> Bounds:
    """The narrowest window that holds every place, and MOST_AREA_KM of its radius; the world for an empty scene.

    Where there are routes it grows around its middle until it holds them too, to a whole turn at most.
    """
    places = scene.places
    if not places.code.size:
        return Bounds(*_EMPTY)
    tall = np.minimum(places.radius_km, MOST_AREA_KM) / KM_PER_DEGREE
    wide = np.minimum(tall / np.cos(np.radians(np.clip(places.lat, -_MOST_LATITUDE, _MOST_LATITUDE))), 90.0)
    west, width = _narrowest(places.lon)
    offset = (places.lon - west) % 360.0
    # A place a rounding error west of the edge would otherwise come out a full turn east of it.
    offset = np.where(offset > width + 1e-9, 0.0, offset)
    found = Bounds(
        west=float(west + (offset - wide).min()),
        south=float((places.lat - tall).min()),
        east=float(west + (offset + wide).max()),
        north=float((places.lat + tall).max()),
    )
    return found if scene.paths is None or not scene.paths.lon.size else _grown(found, scene.paths)


def _grown(window: Bounds, paths: Paths) -> Bounds:
    middle = (window.west + window.east) / 2
    beside = (paths.lon - middle + 180.0) % 360.0 - 180.0
    return Bounds(
        west=min(window.west, middle + float(beside.min())),
        south=min(window.south, float(paths.lat.min())),
        east=max(window.east, middle + float(beside.max())),
        north=max(window.north, float(paths.lat.max())),
    )


def _narrowest(lon: np.ndarray) -> tuple[float, float]:
    """West edge and width of the narrowest stretch of longitude with all points: the circle less its widest gap."""
    around = np.unique(lon)
    gaps = np.diff(np.append(around, around[0] + 360.0))
    widest = int(gaps.argmax())
    return float(around[(widest + 1) % around.size]), float(360.0 - gaps[widest])


def unwrapped(lon: np.ndarray, west: float) -> np.ndarray:
    """Longitudes moved by whole turns into [west, west + 360)."""
    return west + (lon - west) % 360.0


def view_state(window: Bounds) -> dict[str, float]:
    """deck.gl's view that fits `window` in a picture of usual proportions, north up and from straight above."""
    south, north = (_mercator(lat) for lat in (window.south, window.north))
    wide = max(window.width / 360.0, 1e-6) * _WORLD_PX
    tall = max((north - south) / (2 * math.pi), 1e-6) * _WORLD_PX
    zoom = math.log2(_PADDING * min(_REFERENCE_PX[0] / wide, _REFERENCE_PX[1] / tall))
    longitude = (window.west + window.east) / 2
    return {
        "longitude": round((longitude + 180.0) % 360.0 - 180.0, 5),
        "latitude": round(math.degrees(2 * math.atan(math.exp((south + north) / 2)) - math.pi / 2), 5),
        "zoom": round(min(max(zoom, _ZOOMS[0]), _ZOOMS[1]), 3),
        "pitch": 0,
        "bearing": 0,
    }


def _mercator(lat: float) -> float:
    clamped = min(max(lat, -_MOST_LATITUDE), _MOST_LATITUDE)
    return math.log(math.tan(math.pi / 4 + math.radians(clamped) / 2))
