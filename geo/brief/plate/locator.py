"""A small globe in a corner of a close map that says where on Earth it lies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import MapView
from geo.brief.plate.sheet import Group, Sheet
from geo.sea import coast

RADIUS = 40.0
"""Layout px."""
_WIDE = 70.0
"""Degrees of longitude that a map shows, from which it needs no globe to be found."""
_LEAST_MAP = (420.0, 300.0)
_LEAST_BOX = 7.0
_INSET = 12.0
_COARSE = 0.4
"""Degrees: finer turns of the coast, and smaller islands, are less than a pixel of the globe."""


def locator_box(view: MapView, marks: Sequence[Box], curves: NDArray[np.float64]) -> Box | None:
    """The corner where nothing is drawn; None on a wide or a small map, or where no corner is free."""
    west, _, east, _ = view.region()
    wide, tall = view.right - view.left, view.bottom - view.top
    if view.projection.world or east - west > _WIDE or wide < _LEAST_MAP[0] or tall < _LEAST_MAP[1]:
        return None
    side = 2 * RADIUS
    lefts, tops = (view.left + _INSET, view.right - _INSET - side), (view.top + _INSET, view.bottom - _INSET - side)
    # The scale bar has the corner at the bottom right.
    for left, top in ((lefts[0], tops[0]), (lefts[0], tops[1]), (lefts[1], tops[0])):
        box = Box(left, top, left + side, top + side)
        x, y = curves[:, 0], curves[:, 1]
        crossed = ((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)).any()
        if not crossed and not any(box.grown(4.0).meets(mark) for mark in marks):
            return box
    return None


def draw_locator(sheet: Sheet, group: Group, view: MapView, ink: Ink, box: Box) -> None:
    """A globe seen from above the map's middle, with a frame around what the map shows."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    turn = np.linspace(0.0, 2 * np.pi, 73)
    disc = np.array([x, y]) + RADIUS * np.column_stack([np.cos(turn), np.sin(turn)])
    middle = view.where(np.array([[(view.left + view.right) / 2, (view.top + view.bottom) / 2]]))[0]
    sheet.polygon(group, disc, fill=ink.sea)
    to_layout = Affine2D().scale(RADIUS, -RADIUS).translate(x, y)
    land = _globe(round(float(middle[0]), 1), round(float(middle[1]), 1))
    sheet.path(group, land, to_layout, fill=ink.land, edge=ink.land, width=0.0, clip=box)
    sheet.polygon(group, disc, edge=ink.border, width=1.0)
    sides = np.array([[view.left, y], [view.right, y], [x, view.top], [x, view.bottom]])
    sides[:2, 1], sides[2:, 0] = (view.top + view.bottom) / 2, (view.left + view.right) / 2
    seen = _orthographic(view.where(sides), float(middle[0]), float(middle[1]))[:, :2] * RADIUS
    half = np.maximum(np.array([seen[1, 0] - seen[0, 0], seen[2, 1] - seen[3, 1]]), _LEAST_BOX) / 2
    frame = [(x + a * half[0], y + b * half[1]) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    sheet.polygon(group, frame, edge=ink.label, width=1.4)


@lru_cache(maxsize=32)
def _globe(lon: float, lat: float) -> Path:
    """The land of a globe of radius 1 seen from above a point; what lies behind it is put on its rim."""
    vertices, codes = [], []
    for ring in _rings():
        seen = _orthographic(ring, lon, lat)
        if (seen[:, 2] < 0).all():
            continue
        step = np.full(len(seen), Path.LINETO, np.uint8)
        step[0], step[-1] = Path.MOVETO, Path.CLOSEPOLY
        vertices.append(seen[:, :2])
        codes.append(step)
    return Path(np.concatenate(vertices), np.concatenate(codes)) if vertices else Path(np.zeros((0, 2)))


@lru_cache(maxsize=1)
def _rings() -> list[NDArray[np.float64]]:
    world = shapely.simplify(coast.land("50m").geometry.to_numpy(), _COARSE)
    kept = world[shapely.area(world) > _COARSE]
    # Close enough that a side which goes around the globe is bent as it is.
    return [shapely.get_coordinates(shapely.segmentize(ring, 4.0)) for ring in shapely.get_rings(kept)]


def _orthographic(points: NDArray[np.float64], lon: float, lat: float) -> NDArray[np.float64]:
    """Degrees (n, 2) -> x, y and how far in front (n, 3), of a globe of radius 1."""
    turn, phi, up = np.radians(points[:, 0] - lon), np.radians(points[:, 1]), np.radians(lat)
    x = np.cos(phi) * np.sin(turn)
    y = np.cos(up) * np.sin(phi) - np.sin(up) * np.cos(phi) * np.cos(turn)
    front = np.sin(up) * np.sin(phi) + np.cos(up) * np.cos(phi) * np.cos(turn)
    away = np.where(front < 0, np.maximum(np.hypot(x, y), 1e-9), 1.0)
    return np.column_stack([x / away, y / away, front])
