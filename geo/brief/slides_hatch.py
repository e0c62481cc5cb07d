"""Hatches as lines and dots of their own: a pattern fill would hide the colour under it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from geo.brief.labels import Box
from geo.brief.slides_shapes import NO_FILL, NO_LINE, Pen, Points, Ring, Shape, clipped, solid, stroke

SPACING = 4.6
_WIDTH = 1.1
_DOT = 0.9


def hatching(pen: Pen, points: Points, hatch: str, ink: Sequence[float], clip: Box | None) -> Shape | None:
    """Strokes for "/" and "x", dots for ".", within the outline; None where none falls into it."""
    parts = [shapely.make_valid(shapely.polygons(part)) for part in clipped(points, clip) if len(part) > 2]
    if not parts:
        return None
    area = shapely.union_all(parts)
    left, top, right, bottom = shapely.bounds(area)
    if "." in hatch:
        across, down = np.meshgrid(np.arange(left, right, SPACING), np.arange(top, bottom, SPACING))
        dots = np.column_stack([across.ravel(), down.ravel()])
        dots = dots[shapely.contains_xy(area, dots[:, 0], dots[:, 1])]
        square = np.array([(-1, 0), (0, -1), (1, 0), (0, 1)]) * _DOT
        return pen.freeform("hatch", [Ring(dot + square) for dot in dots], solid(ink), NO_LINE)
    tall = bottom - top
    starts = np.arange(left - tall, right + tall, SPACING * np.sqrt(2))
    rising = [[(x, bottom), (x + tall, top)] for x in starts]
    falling = [[(x, top), (x + tall, bottom)] for x in starts] if "x" in hatch else []
    cut = shapely.intersection(shapely.linestrings(np.array([*rising, *falling])), area)
    lines = [shapely.get_coordinates(part) for part in shapely.get_parts(cut) if shapely.get_type_id(part) == 1]
    rings = [Ring(line, closed=False) for line in lines if len(line) > 1]
    return pen.freeform("hatch", rings, NO_FILL, stroke(ink, _WIDTH * pen.emu))
