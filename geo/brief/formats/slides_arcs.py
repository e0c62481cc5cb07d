"""Corridors on a slide: of each a group of freeforms for halo, body and core, as wide as on the plate.

The plate shades an arc by cutting it into pieces. On a slide a piece is no use to anybody: body and core are one shape
each, whose gradient runs along the chord, where the colours of the pieces come from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import numpy as np
import shapely

from geo.arrays import Floats
from geo.brief.formats.slides_shapes import NO_FILL, NO_LINE, Pen, Ring, Shape, clipped, gradient, solid, stroke
from geo.brief.plate import captions
from geo.brief.plate.arc_layers import Inked, Part, inked
from geo.brief.plate.arcs import Arcs
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.scene.scene import Scene

MOST_SINGLE = 600
"""Corridors on a map up to which each is a group by itself; more are bundled, since nobody takes hold of them."""
_BUNDLE_POINTS = 9
_NAMED: tuple[tuple[str, Callable[[Arcs], Floats], Part], ...] = (
    ("best estimate", lambda one: one.body, "body"),
    ("at least", lambda one: one.low, "core"),
)
_DASHED: tuple[tuple[str, Part], ...] = (("at least, between", "gap"), ("contested", "body"), ("at least", "core"))


def draw_corridors(pen: Pen, scene: Scene, found: Arcs, ink: Ink, clip: Box) -> list[Shape]:
    """The arcs of one map, the widest first."""
    if found.corridor.size > MOST_SINGLE:
        return _bundled(pen, scene, found, ink, clip)
    shapes = []
    for row in range(found.corridor.size):
        corridor = int(found.corridor[row])
        one = Arcs(*(getattr(found, field.name)[row : row + 1] for field in fields(Arcs)))
        mode = captions.MODE_WORDS.get(int(scene.corridors.mode[corridor]), captions.MODE_WORDS[0])
        name = f"{captions.corridor_name(scene, corridor)}, {mode}"
        drawn = inked(one, scene.corridors.mode, ink, scene.style.opacity)
        parts = (_contested if one.contested[0] else _plain)(pen, one, drawn, clip)
        group = pen.group(name, parts)
        if group is not None:
            shapes.append(group)
    return shapes


def _shape(pen: Pen, name: str, outlines: Sequence[Floats], fill: str, clip: Box) -> Shape | None:
    """Outlines in one shape, each filled over those before it."""
    rings = [Ring(part, apart=True) for outline in outlines for part in clipped(outline, clip)]
    return pen.freeform(name, rings, fill, NO_LINE)


def _of(drawn: Inked, *parts: Part) -> list[int]:
    return [at for at, part in enumerate(drawn.part) if part in parts]


def _around(pen: Pen, one: Arcs, drawn: Inked, clip: Box) -> list[Shape | None]:
    """Casing, and halo or the fade of an open high."""
    name = "at most (no upper limit)" if one.open[0] else "at most"
    named = [("rim", at) for at in _of(drawn, "casing")] + [(name, at) for at in _of(drawn, "halo")]
    return [_shape(pen, name, [drawn.polygons[at]], solid(drawn.colours[at]), clip) for name, at in named]


def _plain(pen: Pen, one: Arcs, drawn: Inked, clip: Box) -> list[Shape]:
    shapes = _around(pen, one, drawn, clip)
    for name, widths, part in _NAMED:
        at = _of(drawn, part)
        if at:
            outline = one.outline(widths(one))[0]
            middle = _middles([drawn.polygons[each] for each in at])
            shapes.append(_shape(pen, name, [outline], _shaded(middle, drawn.colours[at], one, [outline], clip), clip))
    return [shape for shape in shapes if shape is not None]


def _contested(pen: Pen, one: Arcs, drawn: Inked, clip: Box) -> list[Shape]:
    """Dashes of the body in one shape, those of the core in another, and the core between them, faintly."""
    shapes = _around(pen, one, drawn, clip)
    for name, part in _DASHED:
        at = _of(drawn, part)
        if at:
            dashes = [drawn.polygons[each] for each in at]
            fill = _shaded(_middles(dashes), drawn.colours[at], one, dashes, clip)
            shapes.append(_shape(pen, name, dashes, fill, clip))
    return [shape for shape in shapes if shape is not None]


def _middles(polygons: Sequence[Floats]) -> Floats:
    return np.array([polygon.mean(axis=0) for polygon in polygons]).reshape(-1, 2)


def _shaded(points: Floats, colours: Floats, one: Arcs, outlines: Sequence[Floats], clip: Box) -> str:
    """A gradient along the chord that has these colours (n, 4) at these points of the shape."""
    every = [part for outline in outlines for part in clipped(outline, clip)]
    chord = one.tip[0] - one.centre[0, 0]
    length = float(np.linalg.norm(chord))
    if not every or length <= 0 or np.ptp(colours[:, :3], axis=0).max() < 1e-6:
        return solid(colours[-1])
    low, high = np.concatenate(every).min(axis=0), np.concatenate(every).max(axis=0)
    along = chord / length
    # A linear gradient runs from the corner of the box behind to the one ahead (20.1.8.41, `lin`).
    reach = float(np.abs(along) @ (high - low))
    share = (points - (low + high) / 2) @ along / max(reach, 1e-9) + 0.5
    turn = math.degrees(math.atan2(float(along[1]), float(along[0])))
    return gradient([(float(at), tuple(each)) for at, each in zip(share, colours.tolist(), strict=True)], turn)


def _bundled(pen: Pen, scene: Scene, found: Arcs, ink: Ink, clip: Box) -> list[Shape]:
    """Bodies alone, in one shape for each mode, the widest first."""
    points = found.centre.shape[1]
    kept = np.unique(np.linspace(0, points - 1, _BUNDLE_POINTS).round().astype(int))
    modes = scene.corridors.mode[found.corridor]
    shapes = []
    for mode in sorted({int(each) for each in modes}):
        rows = np.flatnonzero(modes == mode)
        thinned = replace(found, **{name: getattr(found, name)[:, kept] for name in ("centre", "normal", "taper")})
        outlines = thinned.outline(found.body, rows)
        rings = [Ring(part, apart=True) for outline in outlines for part in clipped(outline, clip)]
        fill = solid([*(channel / 255 for channel in ink.mode[mode]), 1.0])
        name = f"{captions.several(len(rows), 'route')}, {captions.MODE_WORDS.get(mode, captions.MODE_WORDS[0])}"
        shape = pen.freeform(name, rings, fill, NO_LINE, grain=pen.emu / 10)
        if shape is not None:
            shapes.append(shape)
    return shapes


SPACING = 4.6
_WIDTH = 1.1
_DOT = 0.9


def hatching(pen: Pen, points: Floats, hatch: str, ink: Sequence[float], clip: Box | None) -> Shape | None:
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
