"""One map of a plate at one moment: land, areas, arcs, ports and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geo.brief import basemap, wording
from geo.brief.arcs import Arcs, Inked, arcs, inked
from geo.brief.furniture import draw_scale
from geo.brief.labels import Box, Label, Placed, place
from geo.brief.lines import cut, tame
from geo.brief.looks import Ink
from geo.brief.projection import EARTH_M, MapView
from geo.brief.sheet import Group, Sheet
from geo.scene.moment import Moment, through_places
from geo.scene.scene import Scene

SMALLEST_PORT, LARGEST_PORT = 3.0, 11.0
RING = 1.75
SMALLEST_AREA = 7.0
LABEL = 12.5
_MOST_LABELS = 120
_FEW_LABELS = 25
"""Places up to which a name may stand off on a leader line; among more the lines would lead to nothing one can tell."""
_MOST_AMOUNTS = 5
_MOST_NUMBERS = 4
_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7)
"""Shares of an arc at which its range may stand, the best first."""
_LARGE_PX = 220.0
"""Radius of an area from which it is an edge alone: a tint over half a country says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What one map drew. placed: the names and ranges that found room."""

    view: MapView
    arcs: Arcs
    placed: tuple[Placed, ...]
    detail: str

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(line for each in self.placed for line in each.label.lines)


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What the names of one map are written on."""

    sheet: Sheet
    scene: Scene
    held: Moment
    view: MapView
    ink: Ink
    factor: float


def draw_base(sheet: Sheet, group: Group, view: MapView, ink: Ink) -> str:
    """Sea, land and graticule. -> the scale of the land."""
    box = Box(view.left, view.top, view.right, view.bottom)
    sheet.rectangle(group, box, ink.paper if view.projection.world else ink.sea)
    if view.projection.world:
        sheet.polygon(group, basemap.globe(view), fill=ink.sea, clip=box)
    land, scale = basemap.land(view)
    k = view.scale
    to_layout = Affine2D().scale(k, -k).translate(view.left - view.x * k, view.bottom + view.y * k)
    ground = sheet.group(f"{group.get_gid()} graticule", group)
    for _, _, line in basemap.graticule(view):
        sheet.line(ground, line, colour=ink.graticule, width=0.6, clip=box)
    if land.vertices is not None and np.asarray(land.vertices).size:
        earth = sheet.group(f"{group.get_gid()} land", group)
        sheet.path(earth, land, to_layout, fill=ink.land, edge=ink.coast, width=0.5, clip=box)
    return scale


def draw_panel(
    sheet: Sheet, scene: Scene, held: Moment, view: MapView, ink: Ink, *, name: str, factor: float, furniture: bool
) -> Panel:
    """The map of one moment. factor: width of arcs against the scene's style; furniture: with scale bar and north."""
    group = sheet.group(name)
    box = Box(view.left, view.top, view.right, view.bottom)
    detail = draw_base(sheet, group, view, ink)
    _areas(sheet, sheet.group(f"{name} areas", group), scene, view, ink)
    found = arcs(scene, held, view, factor)
    draw_ribbons(sheet, sheet.group(f"{name} corridors", group), scene, found, ink, box)
    radii = draw_ports(sheet, sheet.group(f"{name} ports", group), scene, held, view, ink, 1.0 if factor == 1 else 0.7)
    marks = _marks(scene, view, radii)
    taken = draw_scale(sheet, sheet.group(f"{name} scale", group), view, ink, marks) if furniture else []
    ground = _Ground(sheet, scene, held, view, ink, factor)
    placed = _names(ground, sheet.group(f"{name} labels", group), found, radii, taken)
    edge = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    whole = view.projection.world and bool((basemap.globe(view)[:, 1] >= box.top).all())
    if not whole:
        sheet.polygon(group, edge, edge=ink.rule, width=0.8)
    return Panel(view, found, placed, detail)


def draw_ribbons(sheet: Sheet, group: Group, scene: Scene, found: Arcs, ink: Ink, box: Box) -> None:
    """Of few corridors each is a named group by itself, so that an editor can take hold of it."""
    drawn: Inked = inked(found, scene.corridors.mode, ink)
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
                dashes = np.flatnonzero((drawn.corridor == row) & (drawn.colours[:, 3] == 1))
                shapes = [drawn.polygons[i] for i in dashes]
            for shape in shapes:
                sheet.polygon(group, shape, edge=ink.sea, hatch=hatch, clip=box)


def _areas(sheet: Sheet, group: Group, scene: Scene, view: MapView, ink: Ink) -> None:
    places = scene.places
    box = Box(view.left, view.top, view.right, view.bottom)
    turn = np.linspace(0.0, 2 * np.pi, 97)
    for row in np.flatnonzero(places.radius_km > 0):
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
        sheet.polygon(group, points, edge=ink.label, width=1.0, opacity=0.5 - 0.28 * large, clip=box)


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
    held: Moment,
    view: MapView,
    ink: Ink,
    factor: float,
    *,
    apart: bool = True,
) -> NDArray[np.float64]:
    """Rings whose area grows with what goes through. -> radius of every place's mark, layout px.

    apart: each is a shape by itself, so that an editor can take hold of it.
    """
    radii = port_radii(scene, held) * factor
    box = Box(view.left, view.top, view.right, view.bottom)
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    turn = np.linspace(0.0, 2 * np.pi, 41)
    unit = np.column_stack([np.cos(turn), np.sin(turn)])
    rings: list[NDArray[np.float64]] = []
    for row in np.argsort(-radii, kind="stable"):
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
    return SMALLEST_PORT + (LARGEST_PORT - SMALLEST_PORT) * share


def _marks(scene: Scene, view: MapView, radii: NDArray[np.float64]) -> list[Box]:
    """The rings of the places on the map."""
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    inside = _inside(spots, view)
    return [
        Box(float(x), float(y), float(x), float(y)).grown(float(r))
        for (x, y), r in zip(spots[inside], radii[inside], strict=True)
    ]


def _inside(spots: NDArray[np.float64], view: MapView) -> NDArray[np.bool_]:
    low, high = np.array([view.left, view.top]), np.array([view.right, view.bottom])
    return np.asarray(np.isfinite(spots).all(axis=1) & (spots >= low).all(axis=1) & (spots <= high).all(axis=1))


def _names(
    ground: _Ground, group: Group, found: Arcs, radii: NDArray[np.float64], taken: list[Box]
) -> tuple[Placed, ...]:
    """Places by what goes through them, and the ranges of the widest arcs. -> what found room."""
    sheet, scene, view = ground.sheet, ground.scene, ground.view
    box = Box(view.left + 4, view.top + 4, view.right - 4, view.bottom - 4)
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    inside = _inside(spots, view)
    weight = through_places(scene, ground.held)
    order = [int(row) for row in np.argsort(-weight, kind="stable") if inside[row]][:_MOST_LABELS]
    size = LABEL if ground.factor == 1 else LABEL * 0.84
    labels = []
    for row in order:
        name = sheet.fonts.settable(tame(str(scene.places.name[row]), 80))
        text = cut(name, 0.4 * box.width, size, sheet.fonts)
        wide = sheet.fonts.width(text, size) * 1.02
        x, y = (float(each) for each in spots[row])
        labels.append(Label((text,), x, y, float(radii[row]), (wide,), size, far=len(order) <= _FEW_LABELS))
    amounts = _amounts(ground, found, size)
    # The busiest ends come before the ranges, and the ranges before the rest.
    wanted = [*labels[:4], *amounts, *labels[4:]]
    placed = place(wanted, box, _marks(scene, view, radii), taken, _edges(found))
    write_labels(sheet, group, placed, ground.ink)
    return tuple(placed)


def write_labels(sheet: Sheet, group: Group, placed: Sequence[Placed], ink: Ink) -> None:
    """Leader lines, then the texts over them."""
    for each in placed:
        if each.leader is not None:
            sheet.line(group, each.leader, colour=ink.label, width=0.8)
    for each in placed:
        box, label = each.box, each.label
        x = {"left": box.left, "right": box.right, "center": (box.left + box.right) / 2}[each.align]
        colour, y = ink.text if label.bold else ink.label, box.top
        for line in label.lines:
            sheet.text(
                group, x, y, line, size=label.size, colour=colour, bold=label.bold, align=each.align, halo=ink.sea
            )
            y += label.size * 1.3


def _amounts(ground: _Ground, found: Arcs, size: float) -> list[Label]:
    """The ranges of the few widest arcs, with the numbers of the reports behind them."""
    sheet, scene = ground.sheet, ground.scene
    labels: list[Label] = []
    outer = [row for row, c in enumerate(found.corridor) if not scene.corridors.inside[c].size]
    if ground.factor < 1 and len(outer) > 1:
        return labels
    for row in outer[:_MOST_AMOUNTS]:
        corridor = found.corridor[row]
        numbers = [
            r + 1 for r, of in enumerate(scene.reports.corridors_of) if corridor in of and scene.reports.drawn[r]
        ]
        told = f" [{', '.join(map(str, numbers))}]" if 0 < len(numbers) <= _MOST_NUMBERS else ""
        lines = [f"{wording.range_words(ground.held.amount(int(corridor)))}{told}"]
        middle, *others = (found.centre[row, round(share * (found.centre.shape[1] - 1))] for share in _ALONG)
        widths = tuple(sheet.fonts.width(line, size, bold=True) * 1.02 for line in lines)
        labels.append(
            Label(
                tuple(lines),
                float(middle[0]),
                float(middle[1]),
                float(found.high[row]) / 2,
                widths,
                size,
                bold=True,
                corridor=int(corridor),
                others=tuple((float(x), float(y)) for x, y in others),
            )
        )
    return labels


def _edges(found: Arcs) -> NDArray[np.float64]:
    """Points on the centre lines and on the edges of the bodies, for names to keep clear of."""
    if not found.corridor.size:
        return np.zeros((0, 2))
    few = slice(0, 60)
    parts = [
        found.centre[few] + found.normal[few] * (k * found.high[few, None, None] / 2) for k in np.linspace(-1, 1, 7)
    ]
    points = np.concatenate(parts)
    # Twice as dense: a name must not slip between two points.
    middle = (points[:, 1:] + points[:, :-1]) / 2
    return np.concatenate([points.reshape(-1, 2), middle.reshape(-1, 2)])
