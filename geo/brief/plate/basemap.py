"""Land and graticule in a projection: paths in metres, kept by extent and projection."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.brief.plate.fonts import LEADING
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import EARTH_M, MapView, Projection, north_at, true_scale
from geo.brief.plate.sheet import Group, Sheet
from geo.scene.style import round_below
from geo.sea import coast

Region = tuple[float, float, float, float]
DETAILED = 14.0
"""Degrees of latitude that a map shows, up to which 1:10m land is drawn; a taller one shows no more than 1:50m has."""
FINE_PX = 0.2
"""Layout pixels: turns of the coast finer than this are left out."""
_BEND = 1.0
"""Degrees: longest straight piece before projecting, so that the cuts at ±180 and at the edge bend with the map."""
OVER = 1.5
"""Layout px by which paper reaches over the edge of a map's box."""
_STEPS = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 0.1)
_LINES = 5


def detail(region: Region) -> coast.Scale:
    """The scale of the land for what a map shows."""
    return "10m" if region[3] - region[1] <= DETAILED else "50m"


def land(view: MapView) -> tuple[Path, coast.Scale]:
    """Land around a view as one path, metres of its projection, and the scale that it is from."""
    region = view.region()
    scale = detail(region)
    # Rounded to a power of two, so that pictures that hardly differ in size share their land.
    fine = 2.0 ** np.floor(np.log2(FINE_PX / view.scale))
    return _land(view.projection, region, scale, float(fine)), scale


@lru_cache(maxsize=32)
def _land(projection: Projection, region: Region, scale: coast.Scale, fine: float) -> Path:
    whole = region[2] - region[0] >= 359.9 and not projection.world
    parts = clipped(coast.land(scale), region, shapely.GeometryType.POLYGON)
    if not len(parts):
        return Path(np.zeros((0, 2)))
    if region[2] > 180 or region[0] < -180 or whole:
        # The data is cut at ±180, and a cut inside the map would show as a line.
        parts = shapely.get_parts(shapely.union_all(shapely.make_valid(parts)))
    metres = bent(parts, projection)
    if whole:
        metres = shapely.get_parts(shapely.union_all(shapely.make_valid(metres), grid_size=1.0))
    return path_of(shapely.simplify(metres, fine))


def bent(parts: NDArray[np.object_], projection: Projection) -> NDArray[np.object_]:
    """Shapes in degrees -> metres of a projection."""
    fine = shapely.segmentize(parts, _BEND)
    found: NDArray[np.object_] = shapely.transform(fine, lambda xy: projection.forward(xy[:, 0], xy[:, 1]))
    return found


def clipped(
    shapes: gpd.GeoDataFrame | Sequence[BaseGeometry], region: Region, kind: shapely.GeometryType
) -> NDArray[np.object_]:
    """The parts of one kind within a region, in its longitudes, from every turn of the globe that it reaches into."""
    west, south, east, north = region
    parts: list[BaseGeometry] = []
    for turn in (-360.0, 0.0, 360.0):
        box = (max(west - turn, -180.0), south, min(east - turn, 180.0), north)
        if box[0] >= box[2]:
            continue
        cut = shapely.clip_by_rect(_near(shapes, box), *box)
        parts.extend(shapely.transform(cut[~shapely.is_empty(cut)], lambda xy, by=turn: xy + np.array([by, 0.0])))
    pieces = shapely.get_parts(np.array(parts, dtype=object)) if parts else np.zeros(0, object)
    found: NDArray[np.object_] = pieces[shapely.get_type_id(pieces) == kind]
    return found


def _near(shapes: gpd.GeoDataFrame | Sequence[BaseGeometry], box: Region) -> NDArray[np.object_]:
    """Those of some shapes whose own box meets a box."""
    if isinstance(shapes, gpd.GeoDataFrame):
        found: NDArray[np.object_] = shapes.geometry.iloc[shapes.sindex.query(shapely.box(*box))].to_numpy()
    else:  # few: an index over them would take longer than a look at each
        each = np.array(shapes, dtype=object)
        west, south, east, north = shapely.bounds(each).T
        found = each[(west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])]
    return found


def path_of(polygons: NDArray[np.object_]) -> Path:
    """Polygons with their holes as one path."""
    polygons = shapely.get_parts(polygons)
    polygons = polygons[(shapely.get_type_id(polygons) == 3) & ~shapely.is_empty(polygons)]
    rings = shapely.get_rings(polygons)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    if not coordinates.size:
        return Path(np.zeros((0, 2)))
    codes = np.full(len(coordinates), Path.LINETO, np.uint8)
    first = np.flatnonzero(np.diff(ring, prepend=-1))
    codes[first] = Path.MOVETO
    codes[np.append(first[1:], len(coordinates)) - 1] = Path.CLOSEPOLY
    return Path(coordinates, codes)


def globe(view: MapView) -> NDArray[np.float64]:
    """The outline of the whole globe in layout px (n, 2), for a projection that shows it whole."""
    side = np.linspace(-90.0, 90.0, 91)
    west, east = view.projection.lon - 180.0, view.projection.lon + 180.0
    lon = np.concatenate([np.full(91, west), np.full(91, east)])
    return view.place(lon, np.concatenate([side, side[::-1]]))


def beyond(view: MapView, kept: NDArray[np.object_]) -> NDArray[np.object_]:
    """Polygons of a map's box beyond the globe's outline, layout px. kept: shapes that they leave out.

    They go over the box's edge: a pixel there that box and polygon each cover in part would show what lies below.
    """
    inner = shapely.make_valid(shapely.polygons(globe(view)))
    outer = shapely.box(view.left - OVER, view.top - OVER, view.right + OVER, view.bottom + OVER)
    left = shapely.difference(outer, shapely.union_all([inner, *kept], grid_size=0.01))
    parts = shapely.get_parts(left)
    found: NDArray[np.object_] = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return found


def graticule(view: MapView) -> list[tuple[str, float, NDArray[np.float64]]]:
    """("lon" or "lat", degrees, layout px (n, 2)) of each line of a grid of round degrees."""
    west, south, east, north = view.region()
    tall = (view.bottom - view.top) / view.scale / 111_195.0
    step = next((each for each in _STEPS if tall / each >= _LINES - 1.5), _STEPS[-1])
    # Meridians draw together towards a pole, so they may be further apart.
    narrow = max(np.cos(np.radians((south + north) / 2)), 0.1)
    wide = next((each for each in reversed(_STEPS) if each * narrow >= step * 0.75), _STEPS[0])
    lines = []
    for lon in np.arange(np.ceil(west / wide) * wide, east + 1e-9, wide):
        lat = np.linspace(max(south, -90.0 if view.projection.world else -85.0), min(north, 90.0), 60)
        lines.append(("lon", float(lon), view.place(np.full(60, lon), lat)))
    for lat in np.arange(np.ceil(south / step) * step, north + 1e-9, step):
        lon = np.linspace(west, east, 120)
        lines.append(("lat", float(lat), view.place(lon, np.full(120, lat))))
    return [(kind, value, line) for kind, value, line in lines if np.isfinite(line).all()]


_MOST_LEAN = 4.0
"""Degrees between north at one corner of the map and at another, up to which one arrow can speak for the map."""
_LEAST_FOR_NORTH = 140.0
_WIDE_KM = 1_500.0
"""Beyond it the scale differs enough over the map that the bar says where it is true."""


@dataclass(frozen=True, slots=True)
class ScaleBar:
    metres: float
    px: float
    words: str


def scale_bar(view: MapView, most: float) -> ScaleBar | None:
    """A round distance no longer than `most` layout px, true at the middle of the map."""
    per_metre = true_scale(view)
    if per_metre <= 0:
        return None
    metres = round_below(min(most / per_metre, math.pi * EARTH_M))
    said = f"{metres / 1000:,.0f} km" if metres >= 1000 else f"{metres:,.0f} m"
    wide = (view.right - view.left) / per_metre / 1000 > _WIDE_KM
    return ScaleBar(metres, metres * per_metre, f"{said} at the middle of the map" if wide else said)


def draw_scale(sheet: Sheet, group: Group, view: MapView, ink: Ink, marks: Sequence[Box] = ()) -> list[Box]:
    """Scale bar at the bottom right, and north at the top where one arrow is true for the map. -> boxes taken.

    marks: of places, which the arrow stays away from: it stands on the right, else on the left, else nowhere.
    """
    right, bottom = view.right - 14.0, view.bottom - 14.0
    taken = []
    bar = scale_bar(view, min(130.0, 0.3 * (view.right - view.left)))
    if bar is not None:
        left = right - bar.px
        ends = [(left, bottom - 5), (left, bottom), (right, bottom), (right, bottom - 5)]
        sheet.line(group, ends, colour=ink.land, width=4.0)
        sheet.line(group, ends, colour=ink.label, width=1.4)
        said = cut_to_fit(sheet, bar.words, view.right - view.left - 28.0)
        size = sheet.sizes[0]
        wide, top = sheet.fonts.width(said, size), bottom - 8 - size * LEADING
        sheet.text(group, right, top, said, size=size, colour=ink.label, align="right", halo=ink.land)
        taken.append(Box(min(left, right - wide) - 6, top - 2, view.right, view.bottom))
    return taken + _draw_north(sheet, group, view, ink, marks)


def _draw_north(sheet: Sheet, group: Group, view: MapView, ink: Ink, marks: Sequence[Box]) -> list[Box]:
    y = view.top + 34.0
    for x in (view.right - 24.0, view.left + 24.0):
        lean = arrow_lean(view, x)
        box = Box(x - 16, view.top, x + 16, y + 16)
        if lean is None or view.bottom - view.top < _LEAST_FOR_NORTH or any(box.meets(mark) for mark in marks):
            continue
        a = math.radians(lean)
        along, aside = np.array([math.sin(a), -math.cos(a)]), np.array([math.cos(a), math.sin(a)])
        middle = np.array([x, y])
        tip, foot = middle + 13 * along, middle - 10 * along
        sheet.polygon(group, [tuple(tip), tuple(foot + 6 * aside), tuple(foot + 3 * along)], fill=ink.label)
        hollow = [tuple(tip), tuple(foot - 6 * aside), tuple(foot + 3 * along)]
        sheet.polygon(group, hollow, fill=ink.sea, edge=ink.label, width=0.9)
        at = middle + (14 + 0.6 * sheet.sizes[0]) * along
        sheet.text(
            group,
            float(at[0]),
            float(at[1]) - 0.7 * sheet.sizes[0],
            "N",
            size=sheet.sizes[0],
            colour=ink.label,
            bold=True,
            align="center",
            halo=ink.land,
        )
        return [box]
    return []


def cut_to_fit(sheet: Sheet, text: str, width: float) -> str:
    """The words of a scale bar; the distance alone on a narrow map, and nothing where not even that fits."""
    short = " ".join(text.split()[:2])
    return next((each for each in (text, short) if sheet.fonts.width(each, sheet.sizes[0]) * 1.03 <= width), "")


def arrow_lean(view: MapView, x: float) -> float | None:
    """Degrees that north leans at the top of the map at x; None where no one arrow is true for all of it."""
    corners = [(view.left, view.top), (view.right, view.top), (view.left, view.bottom), (view.right, view.bottom)]
    leans = [north_at(view, *corner) for corner in corners]
    if view.projection.world or not all(map(math.isfinite, leans)) or max(leans) - min(leans) > _MOST_LEAN:
        return None
    return north_at(view, x, view.top + 34.0)
