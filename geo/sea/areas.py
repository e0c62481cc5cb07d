"""The shapes of areas: a country's own, and of a region the part of its country that lies in a circle."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.sea import basemap
from geo.sea.coast import FineLand, land

REGION_KM = 200.0
"""A stated radius from which a circle in a country ends with the country: no region lies in the neighbours' too."""
EARTH_KM = 6_371.0
_SHORE = 0.1
"""Degrees by which the coasts of 1:50m and 1:10m may differ."""


def has_shape(code: str) -> bool:
    """Whether this is the ISO 3166-1 alpha-2 code of a country with a shape."""
    frame = basemap.countries()
    return code in frame.index and frame.geometry[code] is not None


def label_point(code: str) -> tuple[float, float]:
    """Where the name of a country stands, degrees."""
    row = basemap.countries().loc[code]
    return float(row["label_lon"]), float(row["label_lat"])


@lru_cache(maxsize=256)
def shape_of(country: str, circle: tuple[float, float, float] | None) -> BaseGeometry:
    """A country, cut at ±180, or what of it lies in a circle: lon, lat, radius in km."""
    if circle is not None:
        return shapely.intersection(shape_of(country, None), _circle(*circle))
    whole = shapely.make_valid(basemap.countries().geometry[country])
    # Its lakes are those of the land, whose coast is the same but for the rounding.
    world = land("50m")
    near = world.geometry.iloc[world.sindex.query(whole, predicate="intersects")].to_numpy()
    return shapely.intersection(whole, shapely.union_all(near), grid_size=1e-4)


def _circle(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    """Points at one distance on the sphere, as a polygon, on every turn of the globe that a country may lie on."""
    turn, angle, phi = np.linspace(0, 2 * np.pi, 181), radius_km / EARTH_KM, np.radians(lat)
    north = np.arcsin(np.clip(np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(turn), -1, 1))
    east = np.arctan2(np.sin(turn) * np.sin(angle) * np.cos(phi), np.cos(angle) - np.sin(phi) * np.sin(north))
    ring = np.column_stack([lon + np.degrees(east), np.degrees(north)])
    if abs(phi) + angle > np.pi / 2:
        # Around a pole the ring is a line from one edge of the map to the other, closed along the pole.
        ring = ring[np.argsort(ring[:, 0])]
        pole = float(np.copysign(90.0, lat))
        ring = np.vstack(
            [[lon - 180, ring[0, 1]], ring, [lon + 180, ring[-1, 1]], [lon + 180, pole], [lon - 180, pole]]
        )
    shape = shapely.make_valid(shapely.polygons(ring))
    return shapely.union_all(
        [shapely.transform(shape, lambda xy, by=by: xy + np.array([by, 0.0])) for by in (-360.0, 0.0, 360.0)]
    )


@lru_cache(maxsize=64)
def refined(country: str, circle: tuple[float, float, float] | None, fine: FineLand | None) -> BaseGeometry:
    """The shape with the coast of 1:10m where that is drawn, so that its tint ends at the shore."""
    shape = shape_of(country, circle)
    if fine is None:
        return shape
    near = shapely.union_all([shapely.box(*window) for window in fine.windows])
    inside = shapely.intersection(shape, near)
    if inside.is_empty:
        return shape
    frame = basemap.countries()
    around = frame.iloc[frame.sindex.query(near, predicate="intersects")]
    others = [
        shapely.make_valid(each) for code, each in zip(around.index, around.geometry, strict=True) if code != country
    ]
    reach = shapely.buffer(inside, _SHORE)
    for other in others:
        reach = shapely.difference(reach, other)
    # Pieces of land that were cut one by one may touch.
    land = shapely.make_valid(fine.geometry)
    shore = shapely.intersection(shapely.intersection(reach, near), land)
    return shapely.union_all([shapely.difference(shape, near), shore], grid_size=1e-5)


def outlines(shape: BaseGeometry) -> list[NDArray[np.float64]]:
    """The rings of a shape as lines, without the cuts at ±180, which are no edge of it."""
    found = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring)
        cut = (np.abs(points[:-1, 0]) > 179.99) & (np.abs(points[1:, 0]) > 179.99)
        found += [part for part in np.split(points, np.flatnonzero(cut) + 1) if len(part) > 1]
    return found
