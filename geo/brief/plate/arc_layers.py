"""What an arc is painted of, from below: casing, halo or fade, body and core."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from geo.arrays import Bytes, Floats, Ints
from geo.brief.plate.arcs import Arcs, pieces
from geo.brief.plate.palettes import Ink
from geo.scene.style import HALO_OPACITY

Part = Literal["casing", "halo", "body", "core", "gap"]
CASING, CASING_OPACITY = 1.0, 0.85
"""Layout px and opacity of the rim in the colour of the land: neighbours never fuse into one wider arc."""
OPEN_FADE = 9.0
"""Layout px over which an open high fades out: it has no edge, so it must not look like one."""
_FADE_STEPS, _FADE_OPACITY = 6, 0.5
DASH, DASHES = 13.0, 20.0
"""Layout px along a contested arc: a dash, and a dash with the gap after it."""
_GAP_CORE = 0.4
"""Opacity of the core between dashes: how much is sure stays readable."""


@dataclass(frozen=True, slots=True, eq=False)
class Inked:
    """Polygons in the order in which they are drawn, and their colours (k, 4) in 0-1.

    corridor: row of each. part: of each; the fade of an open high counts as halo, and "gap" is the core between dashes.
    """

    polygons: list[Floats]
    colours: Floats
    corridor: Ints
    part: list[Part]


class _Paint:
    def __init__(self) -> None:
        self.polygons: list[Floats] = []
        self.colours: list[Floats] = []
        self.part: list[Part] = []

    def add(self, part: Part, polygon: Floats, colour: Floats, opacity: float) -> None:
        self.polygons.append(polygon)
        self.colours.append(np.array([*colour, opacity]))
        self.part.append(part)

    def whole(self, part: Part, found: Arcs, widths: Floats, row: int, hues: Floats) -> None:
        """One ribbon with its head, in pieces of changing colour."""
        for quad, hue in zip(pieces(found, widths, slice(row, row + 1))[0], hues, strict=True):
            self.add(part, quad, hue, 1.0)
        self.add(part, found.head(widths, row), hues[-1], 1.0)


def inked(found: Arcs, modes: Bytes, ink: Ink, opacity: float = 1.0) -> Inked:
    """Casing, halo or fade, body and core of every arc, pale at its origin and full at its destination.

    opacity: of bodies and cores. Below 1 each is one shape in its full colour, since pieces would show their seams.
    """
    paint = _Paint()
    corridor: list[int] = []
    share = np.linspace(0.0, 1.0, found.centre.shape[1])
    halo, rim = found.outline(found.high), found.outline(found.high, beyond=CASING)
    # Out along one edge and back along the other: a rim, with nothing under the halo but the map.
    rims = np.concatenate([rim, rim[:, :1], halo[:, :1], halo[:, ::-1]], axis=1)
    bodies, cores = (found.outline(widths) if opacity < 1 else None for widths in (found.body, found.low))
    land = np.array(ink.land) / 255.0
    hues = {int(mode): _hues(share, ink, int(mode)) for mode in np.unique(modes[found.corridor])}
    for row, each in enumerate(found.corridor):
        hue, dark = hues[int(modes[each])]
        before = len(paint.polygons)
        paint.add("casing", rims[row], land, CASING_OPACITY)
        if found.open[row]:
            for step in range(_FADE_STEPS, 0, -1):
                wide = OPEN_FADE * step / _FADE_STEPS
                paint.add(
                    "halo", found.outline(found.body, np.array([row]), wide)[0], hue[-1], _FADE_OPACITY / _FADE_STEPS
                )
        elif found.high[row] > found.body[row] + 0.25:
            paint.add("halo", halo[row], hue[-1], HALO_OPACITY)
        sure = 0 < found.low[row] < found.body[row] - 0.25
        if found.contested[row]:
            _dashed(found, row, (hue, dark), paint)
        elif bodies is None or cores is None:
            paint.whole("body", found, found.body, row, hue)
            if sure:
                paint.whole("core", found, found.low, row, dark)
        else:
            # What lies below shows through, and so would the seams of pieces.
            paint.add("body", bodies[row], hue[-1], opacity)
            if sure:
                paint.add("core", cores[row], dark[-1], opacity)
        corridor.extend([int(each)] * (len(paint.polygons) - before))
    return Inked(paint.polygons, np.array(paint.colours).reshape(-1, 4), np.array(corridor, np.int64), paint.part)


def _hues(share: Floats, ink: Ink, mode: int) -> tuple[Floats, Floats]:
    """Colours (m - 1, 3) in 0-1 of body and core along an arc of one mode."""
    middle = (share[1:] + share[:-1]) / 2
    pale, full = (np.array(colour) / 255.0 for colour in (ink.pale, ink.mode[mode]))
    t = np.clip(middle / 0.7, 0.0, 1.0)
    weight = (t * t * (3 - 2 * t) * 0.75 + 0.25)[:, None]
    hue = pale * (1 - weight) + full * weight
    line = np.array(ink.line) / 255.0
    return hue, hue * 0.85 + line * 0.15


def _dashed(found: Arcs, row: int, hues: tuple[Floats, Floats], paint: _Paint) -> None:
    """Dashes of body and core, and a whole head; between the dashes the core alone, faintly."""
    centre, normal = found.centre[row], found.normal[row]
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(centre, axis=0), axis=1))])
    length = float(along[-1])
    count = max(1, round(length / DASHES))
    period = length / count if length >= DASHES / 2 else max(length, 1e-9)
    dash = period * DASH / DASHES
    reach = {
        part: found.reach(width, slice(row, row + 1))[0] for part, width in (("body", found.body), ("core", found.low))
    }
    sure = found.low[row] > 0
    for number in range(count):
        start = number * period + (period - dash) / 2
        ends = (number * period, start, start + dash, (number + 1) * period)
        for kind, (a, b) in enumerate(pairwise(ends)):
            at = np.linspace(a, b, 5)
            points = np.column_stack([np.interp(at, along, centre[:, axis]) for axis in (0, 1)])
            out = np.column_stack([np.interp(at, along, normal[:, axis]) for axis in (0, 1)])
            piece = min(int(np.interp((a + b) / 2, along, np.arange(along.size))), len(hues[0]) - 1)

            def ribbon(of: str, at: Floats = at, points: Floats = points, out: Floats = out) -> Floats:
                edge = out * np.interp(at, along, reach[of])[:, None]
                return np.concatenate([points + edge, (points - edge)[::-1]])

            if kind == 1:
                paint.add("body", ribbon("body"), hues[0][piece], 1.0)
            if sure:
                paint.add(
                    "core" if kind == 1 else "gap", ribbon("core"), hues[1][piece], 1.0 if kind == 1 else _GAP_CORE
                )
    paint.add("body", found.head(found.body, row), hues[0][-1], 1.0)
    if sure:
        paint.add("core", found.head(found.low, row), hues[1][-1], 1.0)
