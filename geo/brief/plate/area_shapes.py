"""Areas as their shapes on a map, and where arcs end in one whose label point the map does not show."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geo.arrays import Mask
from geo.brief.plate.base_borders import path_of_lines
from geo.brief.plate.basemap import FINE_PX, Region, bent, clipped, detail, path_of
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import MapView, Projection
from geo.brief.plate.sheet import Group, Sheet
from geo.scene.areas import Shape, place_shapes
from geo.scene.scene import Scene
from geo.scene.style import mix
from geo.sea import areas, coast

TINT = 0.07
"""Of the ink of labels in the land."""
WIDTH = 1.1
DASHES = (4.0, 2.5)
_INNER = 18.0
"""Layout px from the edge of the map at which arcs end in an area whose label point lies outside."""


def draw_shapes(sheet: Sheet, group: Group, scene: Scene, view: MapView, ink: Ink, shown: Mask) -> None:
    """Tinted and outlined; the outline of a region, whose edge nobody drew, is dashed."""
    box = Box(view.left, view.top, view.right, view.bottom)
    k = view.scale
    to_layout = Affine2D().scale(k, -k).translate(view.left - view.x * k, view.bottom + view.y * k)
    fine = float(2.0 ** np.floor(np.log2(FINE_PX / k)))
    # The large first, so that a region in a country is seen.
    of_places = place_shapes(scene.places)
    drawn = {shape for shape, there in zip(of_places, shown, strict=True) if shape is not None and there}
    shapes = sorted(drawn, key=lambda shape: (shape[1] is not None, shape[0]))
    for shape in shapes:
        filled, edge = _paths(view.projection, view.region(), shape, fine)
        if not np.size(filled.vertices):
            continue
        fill = mix(ink.land, ink.label, TINT if shape[1] is None else 2 * TINT)
        sheet.path(group, filled, to_layout, fill=fill, edge=fill, width=0.0, clip=box)
        colour = mix(ink.land, ink.label, 0.6)
        sheet.strokes(group, edge, to_layout, colour=colour, width=WIDTH, clip=box, dashes=DASHES if shape[1] else None)


@lru_cache(maxsize=64)
def _paths(projection: Projection, region: Region, shape: Shape, fine: float) -> tuple[Path, Path]:
    """What is filled and what is outlined, metres of the projection."""
    whole = areas.refined(*shape, _coast(region))
    parts = clipped([whole], region, shapely.GeometryType.POLYGON)
    filled = path_of(shapely.simplify(bent(parts, projection), fine))
    lines = [shapely.linestrings(line) for line in areas.outlines(whole)]
    edges = clipped(lines, region, shapely.GeometryType.LINESTRING)
    return filled, path_of_lines(shapely.simplify(bent(edges, projection), fine))


@lru_cache(maxsize=16)
def _coast(region: Region) -> coast.FineLand | None:
    """The land of 1:10m, where the map draws it."""
    if detail(region) != "10m":
        return None
    parts = clipped(coast.land("10m"), region, shapely.GeometryType.POLYGON)
    return coast.FineLand((region,), shapely.multipolygons(parts))


def anchored(scene: Scene, view: MapView) -> Scene:
    """The scene with each area whose label point the map does not show moved to the nearest part that it shows."""
    places = scene.places
    inner = shapely.box(view.left + _INNER, view.top + _INNER, view.right - _INNER, view.bottom - _INNER)
    lon, lat = places.lon.copy(), places.lat.copy()
    spots = view.place(view.projection.near(lon), lat)
    for row, shape in enumerate(place_shapes(places)):
        if shape is None or not np.isfinite(spots[row]).all() or inner.contains(shapely.points(spots[row])):
            continue
        found = _seen(view, shape, spots[row], inner)
        if found is not None:
            lon[row], lat[row] = found
    if (lon == places.lon).all():
        return scene
    return replace(scene, places=replace(places, lon=lon, lat=lat))


def _seen(
    view: MapView, shape: Shape, spot: NDArray[np.float64], inner: shapely.Geometry
) -> NDArray[np.float64] | None:
    parts = clipped([areas.shape_of(*shape)], view.region(), shapely.GeometryType.POLYGON)
    if not len(parts):
        return None
    metres = shapely.make_valid(bent(parts, view.projection))
    shown = shapely.intersection(shapely.union_all(shapely.transform(metres, view.at)), inner)
    if shown.is_empty:
        return None
    nearest = shapely.get_coordinates(shapely.shortest_line(shown, shapely.points(spot)))[:1]
    found: NDArray[np.float64] = view.where(nearest)[0]
    return found
