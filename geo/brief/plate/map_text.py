"""What is written on a map: the names of places, and the ranges of its widest arcs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.arrays import Mask
from geo.brief.plate import captions
from geo.brief.plate.arcs import Arcs
from geo.brief.plate.fonts import cut, tame
from geo.brief.plate.labels import Box, Label, Placed, Ribbons, place
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import MapView
from geo.brief.plate.sheet import Group, Sheet
from geo.scene.moment import Moment, through_places
from geo.scene.scene import Scene

LABEL = 13.5
"""Layout px of a name, but never less than the small type."""
_MOST_LABELS = 120
_FEW_LABELS = 25
"""Places up to which a name may stand off on a leader line; among more the lines would lead to nothing one can tell."""
_MOST_AMOUNTS = 5
_MOST_NUMBERS = 4
_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.45, 0.55, 0.35, 0.65, 0.25, 0.75, 0.2, 0.8)
"""Shares of an arc at which its range may stand, the best first."""
_DOT, _TURN = 2.6, np.linspace(0.0, 2 * np.pi, 25)
"""Of the dot at the foot of a range's leader line, that says which arc it stands on: radius in layout px, angles."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the names of one map are written on."""

    sheet: Sheet
    scene: Scene
    held: Moment
    view: MapView
    ink: Ink
    factor: float
    cited: Collection[int]
    places: Mask


def marks(scene: Scene, view: MapView, radii: NDArray[np.float64], places: Mask) -> list[Box]:
    """The rings of the places that are drawn on the map."""
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    shown = inside(spots, view) & places
    return [
        Box(float(x), float(y), float(x), float(y)).grown(float(r))
        for (x, y), r in zip(spots[shown], radii[shown], strict=True)
    ]


def inside(spots: NDArray[np.float64], view: MapView) -> NDArray[np.bool_]:
    low, high = np.array([view.left, view.top]), np.array([view.right, view.bottom])
    return np.asarray(np.isfinite(spots).all(axis=1) & (spots >= low).all(axis=1) & (spots <= high).all(axis=1))


def draw_names(
    ground: Ground, group: Group, found: Arcs, radii: NDArray[np.float64], taken: list[Box]
) -> tuple[Placed, ...]:
    """Places by what goes through them, and the ranges of the widest arcs. -> what found room."""
    sheet, scene, view = ground.sheet, ground.scene, ground.view
    box = Box(view.left + 4, view.top + 4, view.right - 4, view.bottom - 4)
    spots = view.place(view.projection.near(scene.places.lon), scene.places.lat)
    shown = inside(spots, view) & ground.places
    weight = through_places(scene, ground.held)
    order = [int(row) for row in np.argsort(-weight, kind="stable") if shown[row]][:_MOST_LABELS]
    size = max(LABEL if ground.factor == 1 else LABEL * 0.84, sheet.sizes[0])
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
    placed = place(wanted, box, marks(scene, view, radii, ground.places), taken, arc_points(found), Ribbons(found))
    write_labels(sheet, group, placed, ground.ink)
    return tuple(placed)


def write_labels(sheet: Sheet, group: Group, placed: Sequence[Placed], ink: Ink) -> None:
    """Leader lines, then the texts over them."""
    for each in placed:
        if each.leader is not None:
            sheet.line(group, each.leader, colour=ink.label, width=0.8)
            if each.label.corridor >= 0:
                dot = np.array(each.leader[0]) + _DOT * np.column_stack([np.cos(_TURN), np.sin(_TURN)])
                sheet.polygon(group, dot, fill=ink.label, edge=ink.sea, width=0.8)
    for each in placed:
        box, label = each.box, each.label
        x = {"left": box.left, "right": box.right, "center": (box.left + box.right) / 2}[each.align]
        colour, y = ink.text if label.bold else ink.label, box.top
        for line in label.lines:
            sheet.text(
                group, x, y, line, size=label.size, colour=colour, bold=label.bold, align=each.align, halo=ink.land
            )
            y += label.size * 1.3


def _amounts(ground: Ground, found: Arcs, size: float) -> list[Label]:
    """The ranges of the few widest arcs, with the numbers of the reports behind them."""
    scene = ground.scene
    outer = [row for row, c in enumerate(found.corridor) if not scene.corridors.inside[c].size]
    # One that goes over the edge of the globe is drawn twice, and told once.
    first = {int(found.corridor[row]): row for row in reversed(outer)}
    if ground.factor < 1 and len(first) > 1:
        return []
    ranked = sorted(first, key=first.__getitem__)[:_MOST_AMOUNTS]
    return [each for corridor in ranked if (each := _amount(ground, found, corridor, size)) is not None]


def _amount(ground: Ground, found: Arcs, corridor: int, size: float) -> Label | None:
    """The range of one arc at the points of it that the map shows; None where it shows none."""
    sheet, scene, view = ground.sheet, ground.scene, ground.view
    rows = np.flatnonzero(found.corridor == corridor)
    at = [(row, round(share * (found.centre.shape[1] - 1))) for share in _ALONG for row in rows]
    spots = np.array([found.centre[row, step] for row, step in at])
    shown = np.flatnonzero(inside(spots, view))
    if not shown.size:
        return None
    points = [(float(x), float(y)) for x, y in spots[shown]]
    across = [tuple(map(float, found.normal[at[i]])) for i in shown]
    numbers = [r + 1 for r, of in enumerate(scene.reports.corridors_of) if corridor in of and scene.reports.drawn[r]]
    text = f"{captions.range_words(ground.held.amount(corridor))}{_cited(numbers, ground.cited)}"
    return Label(
        (text,), *points[0], float(found.high[rows[0]]) / 2, (sheet.fonts.width(text, size, bold=True) * 1.02,), size,
        bold=True, corridor=corridor, others=tuple(points[1:]), across=tuple((x, y) for x, y in across),
    )  # fmt: skip


def _cited(numbers: Sequence[int], listed: Collection[int]) -> str:
    """ " [1, 2]"; " [1, …]" where not all of them are listed, and nothing where none is or they are many."""
    told = [str(each) for each in numbers if each in listed]
    if not told or len(numbers) > _MOST_NUMBERS:
        return ""
    return f" [{', '.join(told)}{', …' if len(told) < len(numbers) else ''}]"


def arc_points(found: Arcs) -> NDArray[np.float64]:
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
