"""Land: Natural Earth's polygons at 1:50m for the world, and at 1:10m around a scene. Longitude and latitude only.

The lakes of 1:50m are holes in both.

Sources and licence are in data/README.md; data/refresh_land.py makes the files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo import data_folder

Scale = Literal["50m", "10m"]
Window = tuple[float, float, float, float]
"""west, south, east, north in degrees; east may exceed 180 where the window crosses the antimeridian."""

WIDEST = 20.0
"""Degrees; a scene that is wider or taller shows no detail that 1:50m has not."""
PADDING = 0.5
"""Of the scene's own size, on each side: room to pan and zoom out a little before 1:50m takes over."""
LEAST_PADDING = 4.0
COARSE = 0.04
"""Degrees; `geojson` leaves out finer turns of the 1:50m coast, a pixel at zoom 5, since pydeck sends it as text."""


@lru_cache(maxsize=2)
def land(scale: Scale = "50m") -> gpd.GeoDataFrame:
    """All land as single polygons, EPSG:4326, cut at ±180. Shared: copy it before you change it."""
    return gpd.read_parquet(data_folder.path(f"land-{scale}.parquet"))


@dataclass(frozen=True)
class LandWindow:
    """1:10m land within `bounds`, in their longitudes (beyond 180 where they go there)."""

    bounds: Window
    geometry: BaseGeometry

    @cached_property
    def triangles(self) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
        """See `triangles`."""
        return triangles(self.geometry)


def land_window(bounds: Window) -> LandWindow | None:
    """1:10m land in a padded window around `bounds`; None where they are wider or taller than WIDEST degrees."""
    west, south, east, north = bounds
    if east - west > WIDEST or north - south > WIDEST:
        return None
    aside = max(LEAST_PADDING, PADDING * max(east - west, north - south))
    # A tenth of a degree: scenes that hardly differ share one window.
    padded = (
        np.floor((west - aside) * 10) / 10,
        max(np.floor((south - aside) * 10) / 10, -90.0),
        np.ceil((east + aside) * 10) / 10,
        min(np.ceil((north + aside) * 10) / 10, 90.0),
    )
    return _window((float(padded[0]), float(padded[1]), float(padded[2]), float(padded[3])))


REACHES = (6.0, 4.0, 2.5, 1.5, 0.8, 0.4)
"""Degrees around each place of a wide scene that have the fine coast: the farthest that keeps to MOST_VERTICES."""
MOST_VERTICES = 25_000
"""About half a megabyte in the browser's message."""
FEW_SPOTS, LESS = 24, 3
"""Places up to which so many are sent; of more a third, since a reader comes close to few of them."""
CELLS = 2
"""A degree, in which vertices are counted."""
MOST_SPOTS = 400
"""Places beyond which even the least reach is a map of the world."""


@dataclass(frozen=True)
class FineLand:
    """1:10m land within windows, which may overlap, in their longitudes; the windows hide the coarse coast."""

    windows: tuple[Window, ...]
    geometry: BaseGeometry

    @cached_property
    def triangles(self) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
        """See `triangles`."""
        return triangles(self.geometry)


def fine_land(bounds: Window, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> FineLand | None:
    """1:10m land around a scene in `bounds`, or of a wide one around each of its places; None where they are too many.

    lon, lat: of the places, degrees.
    """
    whole = land_window(bounds)
    if whole is not None:
        return FineLand((whole.bounds,), whole.geometry)
    spots = np.unique(np.round(np.column_stack([lon, lat]) * 2) / 2, axis=0)
    if len(spots) > MOST_SPOTS:
        return None
    return _around(tuple((float(x), float(y)) for x, y in spots))


@lru_cache(maxsize=16)
def _around(spots: tuple[tuple[float, float], ...]) -> FineLand | None:
    most = MOST_VERTICES if len(spots) <= FEW_SPOTS else MOST_VERTICES // LESS
    for reach in REACHES:
        windows = tuple(_box(lon, lat, reach) for lon, lat in spots)
        if _vertices_in(windows) <= most:
            merged = shapely.get_parts(shapely.union_all([shapely.box(*window) for window in windows]))
            parts = [shapely.intersection(_clip(land("10m"), part.bounds), part) for part in merged]
            return FineLand(windows, _polygons(shapely.union_all(parts)))
    return None


def _vertices_in(windows: tuple[Window, ...]) -> int:
    """About so many vertices of 1:10m lie in any of the windows."""
    counts = _vertex_counts()
    down, across = counts.shape
    held = np.zeros(counts.shape, bool)
    for west, south, east, north in windows:
        rows = slice(int((south + 90) * CELLS), min(int(np.ceil((north + 90) * CELLS)), down))
        held[rows, np.arange(np.floor((west + 180) * CELLS), np.ceil((east + 180) * CELLS)).astype(int) % across] = True
    return int(counts[held].sum())


@lru_cache(maxsize=1)
def _vertex_counts() -> NDArray[np.int64]:
    """Vertices of 1:10m in cells of 1 / CELLS degrees, from the south-west."""
    lon, lat = shapely.get_coordinates(land("10m").geometry.to_numpy()).T
    sides = (np.linspace(-90, 90, 180 * CELLS + 1), np.linspace(-180, 180, 360 * CELLS + 1))
    counts: NDArray[np.int64] = np.histogram2d(lat, lon, bins=sides)[0].astype(np.int64)
    return counts


def _box(lon: float, lat: float, reach: float) -> Window:
    """About as wide as it is tall on the ground."""
    wide = reach / max(float(np.cos(np.radians(lat))), 0.2)
    west, south, east, north = (round(side, 2) for side in (lon - wide, lat - reach, lon + wide, lat + reach))
    return west, max(south, -90.0), east, min(north, 90.0)


@lru_cache(maxsize=16)
def _window(window: Window) -> LandWindow:
    return LandWindow(window, _clip(land("10m"), window))


def _clip(polygons: gpd.GeoDataFrame, window: Window) -> BaseGeometry:
    """The land in `window`, gathered from every turn of the globe that it reaches into."""
    west, south, east, north = window
    parts: list[BaseGeometry] = []
    for turn in (-360.0, 0.0, 360.0):
        box = (max(west - turn, -180.0), south, min(east - turn, 180.0), north)
        if box[0] >= box[2]:
            continue
        near = polygons.geometry.iloc[polygons.sindex.query(shapely.box(*box))].to_numpy()
        cut = shapely.clip_by_rect(near, *box)
        parts.extend(shapely.transform(cut[~shapely.is_empty(cut)], lambda xy, by=turn: xy + np.array([by, 0.0])))
    return _polygons(shapely.union_all(shapely.make_valid(np.array(parts, dtype=object))))


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry: clipping leaves lines and points where land only touches the edge."""
    found = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.MultiPolygon([single for part in found for single in shapely.get_parts(part)])


def triangles(geometry: BaseGeometry) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """Polygons -> (positions float32 [n, 2] in degrees, triangles uint32 [m, 3], rows of positions).

    Delaunay triangles constrained to the rings, which add no vertices; equal vertices are one.
    """
    pieces = shapely.get_parts(shapely.get_parts(shapely.constrained_delaunay_triangles(shapely.get_parts(geometry))))
    if not len(pieces):
        return np.zeros((0, 2), np.float32), np.zeros((0, 3), np.uint32)
    corners = shapely.get_coordinates(pieces).reshape(-1, 4, 2)[:, :3].reshape(-1, 2).astype(np.float32)
    positions, index = np.unique(corners, axis=0, return_inverse=True)
    faces = index.reshape(-1, 3).astype(np.uint32)
    a, b, c = faces.T
    # Rounding to float32 can fold a sliver into a line.
    return positions, faces[(a != b) & (b != c) & (a != c)]


@lru_cache(maxsize=8)
def geojson(bounds: Window) -> dict[str, object]:
    """Land as a GeoJSON FeatureCollection: 1:50m, and 1:10m in its place within the window around `bounds`."""
    close = land_window(bounds)
    world = shapely.simplify(land("50m").geometry.to_numpy(), COARSE)
    if close is not None:
        west, south, east, north = close.bounds
        hole = shapely.union_all([shapely.box(west + turn, south, east + turn, north) for turn in (-360.0, 0.0, 360.0)])
        touched = shapely.intersects(world, hole)
        world = np.concatenate([world[~touched], shapely.difference(world[touched], hole), [close.geometry]])
    kept = world[~shapely.is_empty(world)]
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(text)} for text in shapely.to_geojson(kept)
    ]
    return {"type": "FeatureCollection", "features": features}
