"""One map of a plate at one moment: land, areas, arcs, ports and names."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geo.arrays import Mask
from geo.brief.plate import basemap
from geo.brief.plate.arc_layers import Inked, inked
from geo.brief.plate.arcs import Arcs, arcs
from geo.brief.plate.area_shapes import anchored, draw_shapes
from geo.brief.plate.base_borders import draw_borders
from geo.brief.plate.base_names import BaseName, Obstacles, draw_base_names
from geo.brief.plate.basemap import draw_scale
from geo.brief.plate.callouts import Boxed, boxed, draw_callouts
from geo.brief.plate.fonts import tame
from geo.brief.plate.labels import Box, Placed
from geo.brief.plate.locator import draw_locator, locator_box
from geo.brief.plate.map_text import Ground, arc_points, draw_names, inside, marks, write_labels
from geo.brief.plate.palettes import Ink
from geo.brief.plate.plate import Callout
from geo.brief.plate.projection import EARTH_M, MapView
from geo.brief.plate.sheet import Group, Sheet
from geo.scene.moment import Moment, through_places
from geo.scene.scene import Scene

__all__ = ["Panel", "draw_base", "draw_panel", "draw_ports", "draw_ribbons", "port_radii", "write_labels"]
SMALLEST_PORT, LARGEST_PORT = 3.0, 11.0
FEW_PLACES = 40
"""Places up to which the largest ring is so large; of more it is smaller, so that all rings together cover no more."""
RING = 1.75
SMALLEST_AREA = 7.0
_LARGE_PX = 220.0
"""Radius of an area from which it is an edge alone: a tint over half a country says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What one map drew. placed: the names and ranges that found room; callouts: the author's notes."""

    view: MapView
    arcs: Arcs
    placed: tuple[Placed, ...]
    detail: str
    names: tuple[BaseName, ...] = ()
    callouts: tuple[Boxed, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(line for each in self.placed for line in each.label.lines)


def draw_base(sheet: Sheet, group: Group, view: MapView, ink: Ink, layers: Collection[str]) -> str:
    """Sea, land, and what of graticule and borders is among the layers. -> the scale of the land."""
    box = Box(view.left, view.top, view.right, view.bottom)
    sheet.rectangle(group, box, ink.paper if view.projection.world else ink.sea)
    if view.projection.world:
        sheet.polygon(group, basemap.globe(view), fill=ink.sea, clip=box)
    land, scale = basemap.land(view)
    k = view.scale
    to_layout = Affine2D().scale(k, -k).translate(view.left - view.x * k, view.bottom + view.y * k)
    if land.vertices is not None and np.asarray(land.vertices).size:
        earth = sheet.group(f"{group.get_gid()} land", group)
        sheet.path(earth, land, to_layout, fill=ink.land, edge=ink.coast, width=0.5, clip=box)
    if "graticule" in layers:
        ground = sheet.group(f"{group.get_gid()} graticule", group)
        for _, _, line in basemap.graticule(view):
            sheet.line(ground, line, colour=ink.graticule, width=0.6, clip=box)
    if "borders" in layers:
        draw_borders(sheet, sheet.group(f"{group.get_gid()} borders", group), view, ink)
    return scale


def draw_panel(  # noqa: PLR0913 -- all by name but what every part needs
    sheet: Sheet, scene: Scene, held: Moment, view: MapView, ink: Ink,
    *, name: str, factor: float, furniture: bool, cited: Collection[int], places: Mask,
    layers: Collection[str], locator: bool, callouts: Collection[Callout] = (),
) -> Panel:  # fmt: skip
    """The map of one moment. factor: width of arcs against the scene's style; furniture: with scale bar and north.

    held: with nothing on corridors that are left out; places: those that are drawn. cited: the numbers of reports that
    stand in the list of sources, which alone a range may name. layers: of the base map; locator: with a globe that says
    where it lies, where a corner is free. callouts: an author's notes, over the arcs; names keep clear of them.
    """
    group = sheet.group(name)
    box = Box(view.left, view.top, view.right, view.bottom)
    scene = anchored(scene, view)
    detail = draw_base(sheet, group, view, ink, layers)
    _areas(sheet, sheet.group(f"{name} areas", group), scene, view, ink, places)
    # Below the arcs, though it is known last what they leave room for.
    below = sheet.group(f"{name} base names", group)
    sizes = port_radii(scene, held) * (1.0 if factor == 1 else 0.7)
    found = arcs(scene, held, view, sizes, factor)
    draw_ribbons(sheet, sheet.group(f"{name} corridors", group), scene, found, ink, box)
    radii = draw_ports(sheet, sheet.group(f"{name} ports", group), scene, sizes, view, ink, places=places)
    if view.projection.world:
        _draw_beyond(sheet, sheet.group(f"{name} beyond the globe", group), scene, view, radii, ink)
    rings = marks(scene, view, radii, places)
    corner = locator_box(view, rings, arc_points(found)) if locator and furniture else None
    if corner is not None:
        draw_locator(sheet, sheet.group(f"{name} locator", group), view, ink, corner)
        rings = [*rings, corner]
    taken = draw_scale(sheet, sheet.group(f"{name} scale", group), view, ink, rings) if furniture else []
    taken += [corner] if corner is not None else []
    size = sheet.sizes[0 if factor == 1 else -1]
    notes = boxed(tuple(callouts), view, sheet.fonts, size, rings=rings, taken=taken, curves=arc_points(found))
    if notes:
        draw_callouts(sheet, sheet.group(f"{name} callouts", group), notes, ink)
        taken += [box for each in notes for box in each.taken()]
    ground = Ground(sheet, scene, held, view, ink, factor, cited, places)
    placed = draw_names(ground, sheet.group(f"{name} labels", group), found, radii, taken)
    names: tuple[BaseName, ...] = ()
    if "names" in layers:
        around = _obstacles(ground, found, placed, [*rings, *taken])
        names = draw_base_names(sheet, below, view, ink, around, size=size)
    edge = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    whole = view.projection.world and bool((basemap.globe(view)[:, 1] >= box.top).all())
    if not whole:
        sheet.polygon(group, edge, edge=ink.rule, width=0.8)
    return Panel(view, found, placed, detail, names, tuple(notes))


def _obstacles(ground: Ground, found: Arcs, placed: tuple[Placed, ...], boxes: list[Box]) -> Obstacles:
    """What the base map's names keep clear of."""
    places, view = ground.scene.places, ground.view
    spots = view.place(view.projection.near(places.lon), places.lat)
    shown = inside(spots, view) & ground.places
    drawn = [(str(name), float(x), float(y)) for name, (x, y) in zip(places.name[shown], spots[shown], strict=True)]
    leaders = [
        np.linspace(np.array(each.leader[0]), np.array(each.leader[1]), 24)
        for each in placed
        if each.leader is not None
    ]
    points = np.concatenate([arc_points(found), *leaders])
    return Obstacles([*boxes, *(each.box.grown(3.0) for each in placed)], points, drawn)


def _draw_beyond(sheet: Sheet, group: Group, scene: Scene, view: MapView, radii: NDArray[np.float64], ink: Ink) -> None:
    """Paper over what arcs reach beyond the globe, where there is no place; rings at its edge stay whole.

    A shape over the arcs, since it works in every format; films lay it over their arcs as they do names.
    """
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    here = np.isfinite(spots).all(axis=1) & (scene.places.radius_km <= 0)
    kept = shapely.buffer(shapely.points(spots[here]), radii[here])
    parts = basemap.beyond(view, kept)
    if len(parts):
        box = Box(view.left, view.top, view.right, view.bottom).grown(basemap.OVER)
        sheet.path(group, basemap.path_of(parts), Affine2D(), fill=ink.paper, edge=ink.paper, width=0.0, clip=box)


def draw_ribbons(sheet: Sheet, group: Group, scene: Scene, found: Arcs, ink: Ink, box: Box) -> None:
    """Of few corridors each is a named group by itself, so that an editor can take hold of it."""
    drawn: Inked = inked(found, scene.corridors.mode, ink, scene.style.opacity)
    if not drawn.polygons:
        return
    if found.corridor.size > 200:
        sheet.polygons(group, drawn.polygons, drawn.colours, box)
    else:
        for row in dict.fromkeys(drawn.corridor.tolist()):
            at = np.flatnonzero(drawn.corridor == row)
            own = sheet.group(f"{group.get_gid()} {tame(str(scene.corridors.id[row]), 60)}", group)
            sheet.polygons(own, [drawn.polygons[i] for i in at], drawn.colours[at], box)
    if ink.hatch:
        for place_, row in enumerate(found.corridor):
            hatch = ink.hatch.get(int(scene.corridors.mode[row]), "")
            if not hatch or found.body[place_] < 4:
                continue
            shapes = [found.outline(found.body, np.array([place_]))[0]]
            if found.contested[place_]:
                shapes = [drawn.polygons[i] for i in np.flatnonzero(drawn.corridor == row) if drawn.part[i] == "body"]
            for shape in shapes:
                sheet.polygon(group, shape, edge=ink.sea, hatch=hatch, clip=box)


def _areas(sheet: Sheet, group: Group, scene: Scene, view: MapView, ink: Ink, shown: Mask) -> None:
    places = scene.places
    box = Box(view.left, view.top, view.right, view.bottom)
    turn = np.linspace(0.0, 2 * np.pi, 97)
    draw_shapes(sheet, group, scene, view, ink, shown)
    for row in np.flatnonzero((places.radius_km > 0) & (places.country == "") & shown):
        centre = view.place(places.lon[row : row + 1], places.lat[row : row + 1])[0]
        if not np.isfinite(centre).all():
            continue
        reach = places.radius_km[row] * 1000.0 * view.scale
        if reach < SMALLEST_AREA:
            points = centre + SMALLEST_AREA * np.column_stack([np.cos(turn), np.sin(turn)])
        else:
            points = _circle(view, float(places.lon[row]), float(places.lat[row]), float(places.radius_km[row]), turn)
        if not np.isfinite(points).all():
            continue
        large = min(max((reach - 40.0) / (_LARGE_PX - 40.0), 0.0), 1.0)
        if large < 1:
            sheet.polygon(group, points, fill=ink.label, opacity=0.12 * (1 - large), clip=box)
        # A circle says "near": the source drew no line.
        ring = np.vstack([points, points[:1]])
        sheet.line(group, ring, colour=ink.label, width=1.0, opacity=0.5, clip=box, dashes=(3.5, 2.5))


def _circle(view: MapView, lon: float, lat: float, radius_km: float, turn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points at one distance on the sphere, layout px."""
    angle, phi = radius_km * 1000.0 / EARTH_M, np.radians(lat)
    north = np.arcsin(np.clip(np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(turn), -1, 1))
    east = np.arctan2(np.sin(turn) * np.sin(angle) * np.cos(phi), np.cos(angle) - np.sin(phi) * np.sin(north))
    lons = float(view.projection.near(np.array([lon]))[0]) + np.degrees(east)
    return view.place(lons, np.degrees(north))


def draw_ports(
    sheet: Sheet,
    group: Group,
    scene: Scene,
    radii: NDArray[np.float64],
    view: MapView,
    ink: Ink,
    *,
    apart: bool = True,
    places: Mask | None = None,
) -> NDArray[np.float64]:
    """Rings whose area grows with what goes through. -> radius of every place's mark, layout px.

    radii: of every place's ring, layout px. places: those that are drawn; all where it is None. apart: each is a shape
    by itself, so that an editor can take hold of it.
    """
    radii = radii.copy()
    box = Box(view.left, view.top, view.right, view.bottom)
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    turn = np.linspace(0.0, 2 * np.pi, 41)
    unit = np.column_stack([np.cos(turn), np.sin(turn)])
    rings: list[NDArray[np.float64]] = []
    order = np.argsort(-radii, kind="stable")
    for row in order if places is None else order[places[order]]:
        if scene.places.radius_km[row] > 0:
            radii[row] = min(max(scene.places.radius_km[row] * 1000.0 * view.scale, SMALLEST_AREA), 14.0)
        elif np.isfinite(spots[row]).all():
            rings.append(spots[row] + unit * (radii[row] - RING / 2))
    if apart:
        for ring in rings:
            sheet.polygon(group, ring, fill=ink.sea, edge=ink.line, width=RING, clip=box)
    elif rings:
        sheet.polygons(group, rings, np.array([[*ink.sea, 255]]) / 255, box, edge=ink.line, width=RING)
    return radii


def port_radii(scene: Scene, held: Moment) -> NDArray[np.float64]:
    """Of every place's ring, layout px."""
    best = through_places(scene, held)
    share = np.sqrt(best / best.max()) if best.size and best.max() > 0 else best
    return SMALLEST_PORT + (largest_port(best.size) - SMALLEST_PORT) * share


def largest_port(places: int) -> float:
    """Radius of the busiest place's ring, layout px. Its twin is `largestPort` in player/src/layers/glsl.ts."""
    return SMALLEST_PORT + (LARGEST_PORT - SMALLEST_PORT) * min(1.0, math.sqrt(FEW_PLACES / max(places, 1)))
