"""The projection that fits an extent, and the part of it that a map shows.

Up to about half the globe: Lambert azimuthal equal-area around the middle of the extent (Snyder, Map Projections: A
Working Manual, USGS 1395, section 24), in which areas are true and shapes near the middle. What goes around a pole
without leaving its side of the globe: the same around the pole. Beyond both: Equal Earth (Šavrič, Patterson and Jenny
2018) around the middle meridian. The antimeridian is nothing special in any, since longitudes are told from the middle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from pyproj import Transformer

from geo.arrays import Floats
from geo.errors import BriefError
from geo.scene.scene import Scene
from geo.scene.view import Bounds, bounds

WIDEST_RADIUS = 58.0
"""Degrees from the middle to the farthest corner, up to which the azimuthal projection is taken."""
POLAR_RADIUS = 45.0
"""Likewise from a pole, of an extent that goes around it or nearly so: up to there nothing is stretched much."""
PADDING = 0.13
"""Of the extent, on each side: room for names and for the bend of arcs."""
MOST_RADIUS_KM = 150.0
LEAST_SIDE = 24.0
"""Layout px: a map that is lower or narrower shows nothing."""
LEAST_KM = 120.0
"""A map is at least so wide: closer, 1:10m land is no map any more."""
EARTH_M = 6_371_008.8
_SAMPLES = 25


@dataclass(frozen=True, slots=True)
class Projection:
    """lon, lat: the middle, degrees. world: the whole globe has an outline in it."""

    lon: float
    lat: float
    world: bool

    @property
    def crs(self) -> str:
        """As PROJ reads it. +over: a longitude beyond half a turn from the middle stays on its side."""
        if self.world:
            return f"+proj=eqearth +lon_0={self.lon:g} +datum=WGS84 +units=m +over"
        return f"+proj=laea +lat_0={self.lat:g} +lon_0={self.lon:g} +datum=WGS84 +units=m"

    @property
    def words(self) -> str:
        if self.world:
            return f"Equal Earth projection, centred on {_degrees(self.lon, 'E', 'W')}"
        if abs(self.lat) == 90.0:
            pole = "North" if self.lat > 0 else "South"
            down = _degrees(self.lon, "E", "W")
            return f"Lambert azimuthal equal-area projection, centred on the {pole} Pole, {down} {_ways(self.lat)}"
        where = f"{_degrees(self.lat, 'N', 'S')} {_degrees(self.lon, 'E', 'W')}"
        return f"Lambert azimuthal equal-area projection, centred on {where}"

    def forward(self, lon: Floats, lat: Floats) -> Floats:
        """Degrees -> metres (n, 2); inf where there is no such point."""
        x, y = _transformer(self.crs).transform(self.near(lon) if not self.world else lon, lat)
        found: Floats = np.column_stack([x, y])
        return found

    def backward(self, points: Floats) -> Floats:
        """Metres -> degrees (n, 2), the longitude within half a turn of the middle; inf outside the globe."""
        lon, lat = _transformer(self.crs).transform(points[:, 0], points[:, 1], direction="INVERSE")
        return np.column_stack([self.near(np.asarray(lon)) if not self.world else lon, lat])

    def near(self, lon: Floats) -> Floats:
        """Longitudes moved by whole turns to within half a turn of the middle."""
        with np.errstate(invalid="ignore"):
            moved: Floats = self.lon - 180.0 + (np.asarray(lon, float) - self.lon + 180.0) % 360.0
        return moved


@lru_cache(maxsize=64)
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def _degrees(value: float, positive: str, negative: str) -> str:
    rounded = round(value, 1)
    return f"{abs(rounded):g}° {positive if rounded >= 0 else negative}"


def _ways(pole: float) -> str:
    """Where the middle meridian runs from a pole."""
    return "downward" if pole > 0 else "upward"


def extent(scene: Scene) -> Bounds:
    """The bounds of a scene, in which an area counts with MOST_RADIUS_KM at most: a map of two ports and a country is
    one of the ports."""
    places = scene.places
    return bounds(replace(scene, places=replace(places, radius_km=np.minimum(places.radius_km, MOST_RADIUS_KM))))


def choose(extent: Bounds) -> Projection:
    """The projection for an extent; its middle is rounded to a tenth of a degree, as it is stated."""
    lon = round((extent.west + extent.east) / 2, 1)
    lon = round((lon + 180.0) % 360.0 - 180.0, 1)
    lat = round((extent.south + extent.north) / 2, 1)
    edge = _edge(extent)
    if extent.width < 180 and _angles(lon, lat, edge).max() <= WIDEST_RADIUS:
        return Projection(lon, lat, world=False)
    for pole in (90.0, -90.0):
        if _angles(lon, pole, edge).max() <= POLAR_RADIUS:
            return Projection(lon, pole, world=False)
    return Projection(lon, 0.0, world=True)


def _edge(extent: Bounds) -> Floats:
    """Points along the sides of an extent, degrees (n, 2)."""
    lons = np.linspace(extent.west, extent.east, _SAMPLES)
    lats = np.clip(np.linspace(extent.south, extent.north, _SAMPLES), -90.0, 90.0)
    west, east = np.full(_SAMPLES, extent.west), np.full(_SAMPLES, extent.east)
    sides = [(lons, np.full(_SAMPLES, lats[0])), (lons, np.full(_SAMPLES, lats[-1])), (west, lats), (east, lats)]
    return np.vstack([np.column_stack(side) for side in sides])


def _angles(lon: float, lat: float, points: Floats) -> Floats:
    """Degrees on the sphere from (lon, lat) to each of the points."""
    a, b = np.radians(lat), np.radians(points[:, 1])
    turn = np.radians(points[:, 0] - lon)
    cosine = np.sin(a) * np.sin(b) + np.cos(a) * np.cos(b) * np.cos(turn)
    found: Floats = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    return found


@dataclass(frozen=True, slots=True)
class MapView:
    """A projection in a box of the layout. left, top, right, bottom: layout px, y down; x, y: metres at left, bottom.

    scale: layout pixels a metre of the projection.
    """

    projection: Projection
    left: float
    top: float
    right: float
    bottom: float
    x: float
    y: float
    scale: float

    def place(self, lon: Floats, lat: Floats) -> Floats:
        """Degrees -> layout px (n, 2)."""
        return self.at(self.projection.forward(lon, lat))

    def at(self, metres: Floats) -> Floats:
        """Metres of the projection -> layout px (n, 2)."""
        return np.column_stack(
            [self.left + (metres[:, 0] - self.x) * self.scale, self.bottom - (metres[:, 1] - self.y) * self.scale]
        )

    def where(self, px: Floats) -> Floats:
        """Layout px -> degrees (n, 2)."""
        x = self.x + (px[:, 0] - self.left) / self.scale
        y = self.y + (self.bottom - px[:, 1]) / self.scale
        return self.projection.backward(np.column_stack([x, y]))

    def region(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what the box shows, rounded out to whole degrees around the middle."""
        inner = np.linspace(0.0, 1.0, 21)
        across, down = np.meshgrid(
            self.left + inner * (self.right - self.left), self.top + inner * (self.bottom - self.top)
        )
        found = self.where(np.column_stack([across.ravel(), down.ravel()]))
        found = found[np.isfinite(found).all(axis=1)]
        middle = self.projection.lon
        if not found.size:
            return middle - 180.0, -90.0, middle + 180.0, 90.0
        west, east = float(found[:, 0].min()), float(found[:, 0].max())
        south, north = float(found[:, 1].min()), float(found[:, 1].max())
        spill = 0.06 * max(north - south, 1.0)
        south, north = south - spill, north + spill
        if self._shows_pole(90.0):
            west, east, north = middle - 180.0, middle + 180.0, 90.0
        if self._shows_pole(-90.0):
            west, east, south = middle - 180.0, middle + 180.0, -90.0
        spill = 0.06 * max(east - west, 1.0)
        west, east = max(math.floor(west - spill), middle - 180.0), min(math.ceil(east + spill), middle + 180.0)
        return west, max(math.floor(south), -90.0), east, min(math.ceil(north), 90.0)

    def _shows_pole(self, lat: float) -> bool:
        if self.projection.world:
            return False
        x, y = self.place(np.array([self.projection.lon]), np.array([lat]))[0]
        return bool(self.left <= x <= self.right and self.top <= y <= self.bottom)


def fitted(extent: Bounds, box: tuple[float, float, float, float], *, padded: bool = True) -> MapView:
    """The view in which a box (left, top, right, bottom in layout px) shows the extent, with some room around it.

    Raises BriefError for a box that is too small for a map.
    """
    if min(box[2] - box[0], box[3] - box[1]) < LEAST_SIDE:
        raise BriefError(
            "This frame", "titles, legend and sources leave no room for a map", "Choose a larger frame, or fewer maps."
        )
    projection = choose(extent)
    edge = _edge(extent)
    edge[:, 0] += 360.0 * round((projection.lon - (extent.west + extent.east) / 2) / 360.0)
    metres = projection.forward(*edge.T)
    metres = metres[np.isfinite(metres).all(axis=1)]
    low, high = metres.min(axis=0), metres.max(axis=0)
    least = LEAST_KM * 1000.0
    size = np.maximum((high - low) * (1 + 2 * PADDING if padded else 1), least)
    left, top, right, bottom = box
    scale = min((right - left) / size[0], (bottom - top) / size[1])
    middle = (low + high) / 2
    half = np.array([right - left, bottom - top]) / scale / 2
    if projection.world:
        middle = _within_globe(projection, middle, half)
    return MapView(projection, left, top, right, bottom, middle[0] - half[0], middle[1] - half[1], float(scale))


def _within_globe(projection: Projection, middle: Floats, half: Floats) -> Floats:
    """The middle moved so that the box shows no more beyond the globe than it must."""
    edge = projection.forward(np.array([projection.lon + 179.999, projection.lon]), np.array([0.0, 90.0]))
    room = np.maximum(np.array([edge[0, 0], edge[1, 1]]) - half, 0.0)
    return np.clip(middle, -room, room)


def true_scale(view: MapView) -> float:
    """Layout pixels a metre on the ground, eastward at the middle of the box."""
    middle = np.array([[(view.left + view.right) / 2, (view.top + view.bottom) / 2]])
    lon, lat = view.where(middle)[0]
    if not math.isfinite(lon) or not math.isfinite(lat):
        return 0.0
    step = 0.01
    a, b = view.place(np.array([lon - step, lon + step]), np.array([lat, lat]))
    ground = math.radians(2 * step) * math.cos(math.radians(lat)) * EARTH_M
    return float(np.hypot(*(b - a))) / ground if ground > 0 else 0.0


def north_at(view: MapView, px: float, py: float) -> float:
    """Degrees by which north leans to the right of up at a point of the layout; nan outside the globe."""
    lon, lat = view.where(np.array([[px, py]]))[0]
    if not (math.isfinite(lon) and math.isfinite(lat)) or abs(lat) > 89.9:
        return math.nan
    (x, y), (x2, y2) = view.place(np.array([lon, lon]), np.array([lat, lat + 0.01]))
    return math.degrees(math.atan2(x2 - x, y - y2))
