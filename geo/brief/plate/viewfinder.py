"""What can be taken hold of on a finished picture: where its words stand, and the view that a frame means."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from geo.brief.plate.fonts import LEADING, FittedText
from geo.brief.plate.layout import Layout
from geo.brief.plate.projection import EARTH_M, LEAST_KM, MapView, fitted
from geo.scene.view import Bounds

_TURNS, _NEAR = 16, 2e-4
_NARROWER = (1.0, 0.6, 0.25)
"""Of the width: one side of a view decides its scale. With nearer corners it stays in the azimuthal projection."""
_LEAST_DEGREES = 0.001
_MOST_HALF = (180.0, 90.0)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Handle:
    """Where a text stands: left, top, right, bottom and the size of its letters, layout px; there: it says something.

    What says nothing has the place where its words would begin.
    """

    name: str
    box: Box
    size: float
    there: bool


def spots(layout: Layout, size: tuple[float, float]) -> tuple[Handle, ...]:
    """The words of a plate. size: of the frame, layout px."""
    head, left, right = layout.head, layout.margin, size[0] - layout.margin
    top = layout.margin * 0.45

    def spot(name: str, lines: FittedText, y: float) -> Handle:
        height = lines.height or lines.size * LEADING
        return Handle(name, (left, y, right, y + height), lines.size, bool(lines.lines))

    note_top = layout.note_top if layout.note.lines else layout.note_top - layout.note.size * LEADING
    return (
        spot("handling", layout.handling, top),
        spot("title", head.title, head.ys[0]),
        spot("subtitle", head.subtitle, head.ys[1]),
        spot("note", layout.note, note_top),
    )


def framed(view: MapView, part: Box) -> Bounds:
    """The view in which the same box shows a part of the map, or more than the map; part: in layout px.

    Beyond the globe, and closer than a map can be, it is the nearest that there is.
    """
    wide, tall = view.right - view.left, view.bottom - view.top
    scale = view.scale * wide / max(part[2] - part[0], 1e-6)
    scale = min(scale, wide / (LEAST_KM * 1000.0), tall / (LEAST_KM * 1000.0))
    lon, lat = _ground(view, (part[0] + part[2]) / 2, (part[1] + part[3]) / 2)
    best = (math.inf, Bounds(0, 0, 1, 1))
    for narrow in _NARROWER:
        best = min(best, _sought(view, (lon, lat), scale, narrow), key=lambda each: each[0])
        if best[0] < _NEAR:
            break
    return best[1]


def _sought(view: MapView, aim: tuple[float, float], scale: float, narrow: float) -> tuple[float, Bounds]:
    """How far off the best view is, in widths of the box, and that view.

    The projection is centred anew for each view, so what degrees show is known only once they are fitted: they are
    fitted, and moved by what they are off, until the middle and the scale are those that were asked for.
    """
    box = (view.left, view.top, view.right, view.bottom)
    wide, tall = box[2] - box[0], box[3] - box[1]
    degree = math.radians(1.0) * EARTH_M * scale
    half = np.array([narrow * wide / 2 / degree / max(math.cos(math.radians(aim[1])), 0.05), tall / 2 / degree])
    middle = np.array(aim)
    best = (math.inf, Bounds(0, 0, 1, 1))
    for _ in range(_TURNS):
        bounds = _bounds(middle, half)
        found = fitted(bounds, box, padded=False)
        at = _ground(found, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        off = np.array([(aim[0] - at[0] + 180.0) % 360.0 - 180.0, aim[1] - at[1]])
        times = found.scale / scale
        far = float(np.hypot(off[0] * math.cos(math.radians(aim[1])), off[1])) * degree / wide + abs(math.log(times))
        if far < best[0] * 0.999:
            best = (far, bounds)
        if far < _NEAR:
            break
        half = np.minimum(half * times, _MOST_HALF)
        # Where the globe ends the middle cannot follow, and would run away.
        reach = 0.6 * half[1]
        middle += off
        middle[1] = min(max(middle[1], aim[1] - reach, -89.0), aim[1] + reach, 89.0)
    return best


def _bounds(middle: np.ndarray, half: np.ndarray) -> Bounds:
    lon = (float(middle[0]) + 180.0) % 360.0 - 180.0
    across, down = (max(min(float(each), most), _LEAST_DEGREES) for each, most in zip(half, _MOST_HALF, strict=True))
    south, north = max(middle[1] - down, -90.0), min(middle[1] + down, 90.0)
    return Bounds(round(lon - across, 4), round(float(south), 4), round(lon + across, 4), round(float(north), 4))


def _ground(view: MapView, x: float, y: float) -> tuple[float, float]:
    """Degrees at a point of the layout; beyond the globe those of the nearest point towards the map's middle."""
    aim = np.array([x, y])
    centre = np.array([(view.left + view.right) / 2, (view.top + view.bottom) / 2])
    share = np.linspace(1.0, 0.0, 33)[:, None]
    found = view.where(centre + share * (aim - centre))
    held = np.isfinite(found).all(axis=1) & (np.abs(found[:, 0] - view.projection.lon) <= 180.0)
    if not held.any():
        return view.projection.lon, view.projection.lat
    lon, lat = found[np.flatnonzero(held)[0]]
    return float(lon), float(lat)
