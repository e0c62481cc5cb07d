"""Corridors as polygons: the player's arc (player/src/arc.ts, layers/corridors.ts) in the plane of a projection.

An arc is a parabola over its chord, leaned to the left of travel. Body, core and halo are ribbons around it: outlines
and not strokes, so that their widths are exact in any output.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from geo.arrays import Bytes, Floats, Ints, Mask
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import MapView
from geo.scene.moment import Moment
from geo.scene.scene import Scene
from geo.scene.style import HALO_OPACITY, Style

HEIGHT, TILT, LANE_RISE = 0.4, 30.0, 0.6
"""Of the player's arc; the lean on a map seen from straight above is HEIGHT · sin TILT."""
BODY_OPACITY = 0.98
OPEN_FADE = 9.0
"""Layout px over which an open high fades out: it has no edge, so it must not look like one."""
_FADE_STEPS, _FADE_OPACITY = 6, 0.5
DASH, DASHES = 13.0, 20.0
"""Layout px along a contested arc: a dash, and a dash with the gap after it."""
_GAP_CORE = 0.4
"""Opacity of the core between dashes: how much is sure stays readable."""
POINTS = ((60, 49), (300, 25), (3_000, 13), (np.inf, 7))
"""(up to so many corridors, points along an arc): with seven it strays by a 250th of its chord."""
_LAP = 0.5
"""Layout px by which a piece of an arc reaches under the next, so that no seam shows."""


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """n visible corridors, the widest first, on one map. Layout px.

    corridor   rows of the scene's corridors
    centre     (n, m, 2) from origin to destination; normal (n, m, 2) of length 1
    low, body, high   (n,) full widths; high equals body where it is open
    open, contested   (n,)
    """

    corridor: Ints
    centre: Floats
    normal: Floats
    low: Floats
    body: Floats
    high: Floats
    open: Mask
    contested: Mask

    def outline(self, widths: Floats, rows: Ints | slice = slice(None)) -> Floats:
        """Ribbons (k, 2m, 2) of so many px around the arcs of `rows`."""
        reach = self.normal[rows] * (widths[rows][:, None, None] / 2)
        centre = self.centre[rows]
        return np.concatenate([centre + reach, (centre - reach)[:, ::-1]], axis=1)


def lanes(scene: Scene) -> Ints:
    """0 for the first mode between two places in one direction, then 1, 2, …: none hides another."""
    c = scene.corridors
    found = np.zeros(c.id.size, np.int64)
    order = np.lexsort((c.mode, c.destination, c.origin))
    for before, row in pairwise(order):
        if c.origin[row] == c.origin[before] and c.destination[row] == c.destination[before]:
            found[row] = found[before] + 1
    return found


def arcs(scene: Scene, held: Moment, view: MapView, factor: float = 1.0) -> Arcs:
    """What a map draws at a moment. factor: layout px of width for each px of the scene's style."""
    style: Style = scene.style
    rows = np.flatnonzero((held.best > 0) | (held.high > 0))
    rows = rows[np.argsort(-held.best[rows], kind="stable")]
    body = np.maximum(style.floor, style.per_unit * held.best[rows]) * factor
    opened = np.isinf(held.high[rows])
    high = np.maximum(body, style.per_unit * np.where(opened, 0.0, held.high[rows]) * factor)
    low = np.minimum(style.per_unit * held.low[rows] * factor, body)
    start, end, copies = _ends(scene, rows, view)
    points = next(count for most, count in POINTS if rows.size <= most)
    centre, normal = _curves(start, end, lanes(scene)[rows[copies]], points)
    return Arcs(
        rows[copies], centre, normal, low[copies], body[copies], high[copies], opened[copies],
        held.contested[rows][copies],
    )  # fmt: skip


def _ends(scene: Scene, rows: Ints, view: MapView) -> tuple[Floats, Floats, Ints]:
    """Both ends in layout px, and which of `rows` each pair is of: one that crosses the map's edge is drawn twice."""
    c, p, projection = scene.corridors, scene.places, view.projection
    lon1, lat1 = projection.near(p.lon[c.origin[rows]]), p.lat[c.origin[rows]]
    lon2, lat2 = projection.near(p.lon[c.destination[rows]]), p.lat[c.destination[rows]]
    every = np.arange(rows.size)
    if not projection.world:
        return view.place(lon1, lat1), view.place(lon2, lat2), every
    turn = np.where(lon2 - lon1 > 180, -360.0, np.where(lon2 - lon1 < -180, 360.0, 0.0))
    again = np.flatnonzero(turn)
    start = np.vstack([view.place(lon1, lat1), view.place((lon1 - turn)[again], lat1[again])])
    end = np.vstack([view.place(lon2 + turn, lat2), view.place(lon2[again], lat2[again])])
    return start, end, np.concatenate([every, again])


def _curves(start: Floats, end: Floats, lane: Ints, points: int) -> tuple[Floats, Floats]:
    """Centre lines and their unit normals, (n, points, 2). y runs down, so left of travel is (dy, -dx)."""
    s = np.linspace(0.0, 1.0, points)[None, :, None]
    chord = (end - start)[:, None, :]
    left = np.stack([chord[..., 1], -chord[..., 0]], axis=-1)
    lean = (HEIGHT * math.sin(math.radians(TILT)) * (1 + LANE_RISE * lane))[:, None, None]
    centre = start[:, None, :] + chord * s + left * (2 * s * (1 - s) * lean)
    along = chord + left * ((2 - 4 * s) * lean)
    length = np.linalg.norm(along, axis=-1, keepdims=True)
    along = np.divide(along, length, out=np.zeros_like(along), where=length > 0)
    return centre, np.stack([along[..., 1], -along[..., 0]], axis=-1)


@dataclass(frozen=True, slots=True, eq=False)
class Inked:
    """Polygons in the order in which they are drawn, and their colours (k, 4) in 0-1. corridor: row of each."""

    polygons: list[Floats]
    colours: Floats
    corridor: Ints


def inked(found: Arcs, modes: Bytes, ink: Ink) -> Inked:
    """Halo, fade, body and core of every arc, pale at its origin and full at its destination.

    Many corridors without doubt cost a ribbon of pieces each; nothing else is made for them.
    """
    polygons: list[Floats] = []
    colours: list[Floats] = []
    corridor: list[int] = []
    share = np.linspace(0.0, 1.0, found.centre.shape[1])
    body, core = pieces(found, found.body), pieces(found, found.low)
    halo = found.outline(found.high)
    hues = {int(mode): _hues(share, ink, int(mode)) for mode in np.unique(modes[found.corridor])}
    for row, each in enumerate(found.corridor):
        hue, dark = hues[int(modes[each])]
        before = len(polygons)
        full = hue[-1]
        if found.open[row]:
            for step in range(_FADE_STEPS, 0, -1):
                wide = found.body[row : row + 1] + 2 * OPEN_FADE * step / _FADE_STEPS
                polygons.append(_ribbon(found, row, float(wide[0])))
                colours.append(np.array([*full, _FADE_OPACITY / _FADE_STEPS]))
        elif found.high[row] > found.body[row] + 0.25:
            polygons.append(halo[row])
            colours.append(np.array([*full, HALO_OPACITY]))
        sure = found.low[row] < found.body[row] - 0.25
        if found.contested[row]:
            _dashed(found, row, (hue, dark), polygons, colours)
        else:
            polygons.extend(body[row])
            colours.extend(np.column_stack([hue, np.full(len(hue), 1.0)]))
            if sure and found.low[row] > 0:
                polygons.extend(core[row])
                colours.extend(np.column_stack([dark, np.full(len(dark), 1.0)]))
        corridor.extend([int(each)] * (len(polygons) - before))
    return Inked(polygons, np.array(colours).reshape(-1, 4), np.array(corridor, np.int64))


def _hues(share: Floats, ink: Ink, mode: int) -> tuple[Floats, Floats]:
    """Colours (m - 1, 3) in 0-1 of body and core along an arc of one mode."""
    middle = (share[1:] + share[:-1]) / 2
    pale, full = (np.array(colour) / 255.0 for colour in (ink.pale, ink.mode[mode]))
    t = np.clip(middle / 0.7, 0.0, 1.0)
    weight = (t * t * (3 - 2 * t) * 0.75 + 0.25)[:, None]
    hue = pale * (1 - weight) + full * weight
    line = np.array(ink.line) / 255.0
    return hue, hue * 0.85 + line * 0.15


def pieces(found: Arcs, widths: Floats) -> Floats:
    """Quadrilaterals (n, m - 1, 4, 2) of ribbons; each reaches a little under the next."""
    reach = found.normal * (widths[:, None, None] / 2)
    left, right = found.centre + reach, found.centre - reach
    # The normal turned back a quarter is the direction of travel.
    ahead = np.stack([-found.normal[:, 1:, 1], found.normal[:, 1:, 0]], axis=-1) * _LAP
    ahead[:, -1] = 0.0
    return np.stack([left[:, :-1], left[:, 1:] + ahead, right[:, 1:] + ahead, right[:, :-1]], axis=2)


def _ribbon(found: Arcs, row: int, width: float) -> Floats:
    reach = found.normal[row] * (width / 2)
    return np.concatenate([found.centre[row] + reach, (found.centre[row] - reach)[::-1]])


def _dashed(found: Arcs, row: int, hues: tuple[Floats, Floats], polygons: list[Floats], colours: list[Floats]) -> None:
    """Dashes of body and core; between them the core alone, faintly."""
    centre, normal = found.centre[row], found.normal[row]
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(centre, axis=0), axis=1))])
    length = float(along[-1])
    count = max(1, round(length / DASHES))
    period = length / count if length >= DASHES / 2 else max(length, 1e-9)
    dash = period * DASH / DASHES
    for number in range(count):
        start = number * period + (period - dash) / 2
        ends = (number * period, start, start + dash, (number + 1) * period)
        for kind, (a, b) in enumerate(pairwise(ends)):
            at = np.linspace(a, b, 5)
            points = np.column_stack([np.interp(at, along, centre[:, axis]) for axis in (0, 1)])
            out = np.column_stack([np.interp(at, along, normal[:, axis]) for axis in (0, 1)])
            piece = min(int(np.interp((a + b) / 2, along, np.arange(along.size))), len(hues[0]) - 1)
            for width, hue, gap in ((found.body[row], hues[0], 0.0), (found.low[row], hues[1], _GAP_CORE)):
                opacity = 1.0 if kind == 1 else gap
                if opacity == 0 or width <= 0:
                    continue
                reach = out * (float(width) / 2)
                polygons.append(np.concatenate([points + reach, (points - reach)[::-1]]))
                colours.append(np.array([*hue[piece], opacity]))
