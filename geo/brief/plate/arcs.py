"""Corridors as polygons: the player's arc (player/src/arc.ts, layers/corridors.ts) in the plane of a projection.

An arc is a parabola over its chord, leaned to the side that its bow says. It tapers in at its origin and ends in a
point at the ring of its destination. Body, core and halo are ribbons around it: outlines and not strokes, so that
their widths are exact in any output.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.brief.plate.curves import HEAD_LEAST, HEAD_MOST, HEAD_WIDTHS, RING_MOST, TAPER_FROM, TAPER_SHARE, Curves
from geo.brief.plate.projection import MapView
from geo.brief.plate.route_curves import pieces_of, route_curves, route_ways
from geo.scene.bows import LANE_RISE, LEAN
from geo.scene.largest import ends
from geo.scene.moment import Moment
from geo.scene.scene import Scene
from geo.scene.style import Style

HEIGHT = 0.4
"""Of the player's arc, by which its length is reckoned."""
BARB = 3.0
"""Layout px by which a head stands out on either side."""
_STRAY, _STRAY_MANY = 0.1, 0.4
"""Layout px by which a piece may leave the curve: no corner shows, three times enlarged, where there are few."""
_FEW = 300
_MOST_PIECES, _LEAST_PIECES, _SHADED = 64, 6, 24
"""Of an arc; _SHADED: the least of few arcs, whose colour changes along them."""
_PARTS = ("centre", "normal", "tip", "taper")
_LAP = 0.5
"""Layout px by which a piece of an arc reaches under the next, so that no seam shows."""


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """n visible corridors, the widest first, on one map. Layout px.

    corridor   rows of the scene's corridors
    centre     (n, m, 2) from the origin to the neck, where the head begins; normal (n, m, 2) of length 1
    tip        (n, 2) where the head ends
    taper      (n, m) share of its width that an arc has at each point
    low, body, high   (n,) full widths; high equals body where it is open
    open, contested   (n,)
    """

    corridor: Ints
    centre: Floats
    normal: Floats
    tip: Floats
    taper: Floats
    low: Floats
    body: Floats
    high: Floats
    open: Mask
    contested: Mask

    def reach(self, widths: Floats, rows: Ints | slice = slice(None)) -> Floats:
        """px (k, m) from the centre line to the edge of ribbons of so many px."""
        half = widths[rows][:, None] / 2
        return np.maximum(half * self.taper[rows], np.minimum(half, 0.5))

    def heads(self, widths: Floats, rows: Ints | slice = slice(None)) -> Floats:
        """px (k,) from the centre line to the corners of the head: a body's stands out, a halo's lies around it."""
        half, body = widths[rows] / 2, self.body[rows] / 2
        return np.where(half < body, half, np.maximum(half, body + BARB))

    def outline(self, widths: Floats, rows: Ints | slice = slice(None), beyond: float = 0.0) -> Floats:
        """Ribbons (k, 2m + 3, 2) of so many px around the arcs of `rows`, heads included; all `beyond` px wider."""
        centre, normal, tip = self.centre[rows], self.normal[rows], self.tip[rows]
        reach = normal * (self.reach(widths, rows) + beyond)[..., None]
        head = normal[:, -1] * (self.heads(widths, rows) + beyond)[:, None]
        ahead = np.stack([-normal[:, -1, 1], normal[:, -1, 0]], axis=-1) * beyond
        neck = centre[:, -1]
        point = np.stack([neck + head, tip + ahead, neck - head], axis=1)
        return np.concatenate([centre + reach, point, (centre - reach)[:, ::-1]], axis=1)

    def head(self, widths: Floats, row: int) -> Floats:
        """The head of one arc alone, a triangle (3, 2)."""
        out = self.normal[row, -1] * self.heads(widths, slice(row, row + 1))[0]
        return np.stack([self.centre[row, -1] + out, self.tip[row], self.centre[row, -1] - out])


def arcs(scene: Scene, held: Moment, view: MapView, radii: Floats, factor: float = 1.0) -> Arcs:
    """What a map draws at a moment.

    radii: of the ring of every place, layout px; factor: layout px of width for each px of the scene's style.
    """
    style: Style = scene.style
    rows = np.flatnonzero((held.best > 0) | (held.high > 0))
    rows = rows[np.argsort(-held.best[rows], kind="stable")]
    body = np.maximum(style.floor, style.per_unit * held.best[rows]) * factor
    opened = np.isinf(held.high[rows])
    high = np.maximum(body, style.per_unit * np.where(opened, 0.0, held.high[rows]) * factor)
    low = np.minimum(style.per_unit * held.low[rows] * factor, body)
    to = scene.corridors.destination[rows]
    found = _curves_of(scene, rows, view, body, np.where(scene.places.radius_km[to] > 0, 0.0, radii[to]), factor)
    copies = found.of
    return Arcs(
        rows[copies], found.centre, found.normal, found.tip, found.taper, low[copies], body[copies], high[copies],
        opened[copies], held.contested[rows][copies],
    )  # fmt: skip


def _curves_of(scene: Scene, rows: Ints, view: MapView, body: Floats, rings: Floats, factor: float) -> Curves:
    """The arcs of corridors, or their routes; the widest first, and what is drawn twice after them."""
    if scene.paths is None or not (routed := scene.paths.routed[rows]).any():
        return _curves(scene, rows, view, body, rings)
    by_route, by_arc = np.flatnonzero(routed), np.flatnonzero(~routed)
    ways = route_ways(scene.paths, rows[by_route], view, scene.style.per_unit * factor)
    parts = max(pieces_of(ways, view), _LEAST_PIECES)
    drawn = [_curves(scene, rows[by_arc], view, body[by_arc], rings[by_arc], parts)]
    of = [by_arc[drawn[0].of]]
    if ways:
        full = scene.style.width(ends(scene)[0][rows[by_route]]) * factor
        drawn.append(route_curves(ways, view, body[by_route], full, rings[by_route], parts))
        of.append(by_route[drawn[1].of])
    order = np.argsort(np.concatenate(of), kind="stable")
    joined = {name: np.concatenate([getattr(each, name) for each in drawn])[order] for name in _PARTS}
    return Curves(**joined, of=np.concatenate(of)[order])


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


def _curves(scene: Scene, rows: Ints, view: MapView, body: Floats, rings: Floats, parts: int = 0) -> Curves:
    """Arcs. y runs down: left of travel is (dy, -dx). parts: pieces of each; by default as many as they need."""
    start, end, copies = _ends(scene, rows, view)
    bow, body, ring = scene.corridors.bow[rows[copies]].astype(np.int64), body[copies], rings[copies]
    chord = end - start
    length = np.linalg.norm(chord, axis=-1)
    rise = 1 + LANE_RISE * (np.abs(bow) - 1.0)
    lean = np.sign(bow) * LEAN * rise
    run = np.maximum(np.nan_to_num(length) * (1 + 0.3 * HEIGHT * rise), 1e-6)
    tip = 1 - np.minimum(ring / run, RING_MOST)
    neck = tip - np.minimum(np.maximum(HEAD_LEAST, HEAD_WIDTHS * body), HEAD_MOST * run) / run
    s = neck[:, None] * np.linspace(0.0, 1.0, (parts or _pieces(length, np.abs(lean))) + 1)
    left = np.stack([chord[:, 1], -chord[:, 0]], axis=-1)

    def at(share: Floats) -> Floats:
        aside = 2 * share * (1 - share) * lean[:, None]
        return start[:, None] + chord[:, None] * share[..., None] + left[:, None] * aside[..., None]

    along = chord[:, None] + left[:, None] * ((2 - 4 * s) * lean[:, None])[..., None]
    size = np.linalg.norm(along, axis=-1, keepdims=True)
    along = np.divide(along, size, out=np.zeros_like(along), where=size > 0)
    t = np.clip(s / TAPER_SHARE, 0.0, 1.0)
    taper = TAPER_FROM + (1 - TAPER_FROM) * t * t * (3 - 2 * t)
    return Curves(at(s), np.stack([along[..., 1], -along[..., 0]], axis=-1), at(tip[:, None])[:, 0], taper, copies)


def _pieces(length: Floats, lean: Floats) -> int:
    """Into how many pieces all arcs fall: a parabola in n strays by its rise / n²."""
    few = length.size <= _FEW
    rise = float(np.nanmax(length * lean / 2, initial=0.0)) if length.size else 0.0
    wanted = math.ceil(math.sqrt(rise / (_STRAY if few else _STRAY_MANY))) if math.isfinite(rise) else _MOST_PIECES
    return min(max(wanted, _SHADED if length.size <= _FEW else _LEAST_PIECES), _MOST_PIECES)


def pieces(found: Arcs, widths: Floats, rows: Ints | slice = slice(None)) -> Floats:
    """Quadrilaterals (n, m - 1, 4, 2) of ribbons without their heads; each reaches a little under the next."""
    centre, normal = found.centre[rows], found.normal[rows]
    reach = normal * found.reach(widths, rows)[..., None]
    left, right = centre + reach, centre - reach
    # The normal turned back a quarter is the direction of travel.
    ahead = np.stack([-normal[:, 1:, 1], normal[:, 1:, 0]], axis=-1) * _LAP
    return np.stack([left[:, :-1], left[:, 1:] + ahead, right[:, 1:] + ahead, right[:, :-1]], axis=2)
