"""An author's notes on a map: boxes in italics, led to their points, so that nobody takes one for a report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.brief.plate.fonts import LEADING, Fonts, fit, tame
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.plate import Callout
from geo.brief.plate.projection import MapView
from geo.brief.plate.sheet import Group, Sheet

AUTHOR = "Author's note"
KEY = "boxed notes in italics are the author's, not from reports"
_PAD = 6.0
_WIDEST, _SHARE, _MOST_LINES = 210.0, 0.34, 6
"""Layout px of a box's lines, their share of the map's width, and how many there may be."""
_REACHES = (34.0, 52.0, 76.0, 108.0, 150.0, 200.0)
_DIRECTIONS = tuple((math.cos(a), math.sin(a)) for a in np.radians((-40, -140, 40, 140, -90, 90, 0, 180)))
_DOT = 2.6
_STEP = 5.0
"""Layout px between the small boxes along a leader line that names keep clear of."""
_ON_TEXT, _ON_MARK, _ON_ARC, _MOST_ON_ARCS = 400.0, 60.0, 3.0, 200.0
"""What a place costs that hides a text, a place's ring, a point of an arc; and all points of arcs together."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """A callout where it stands. leader: from its point to the box, or None where the box lies on it; lines: as set."""

    callout: Callout
    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None
    lines: tuple[str, ...]
    size: float
    marked: bool
    """Whether its point has a mark of its own: it has none where it lies in a place's ring."""

    def taken(self) -> list[Box]:
        """What other texts keep clear of."""
        found = [self.box.grown(3.0)]
        if self.leader is not None:
            (x1, y1), (x2, y2) = self.leader
            count = max(2, math.ceil(math.hypot(x2 - x1, y2 - y1) / _STEP))
            along = np.column_stack([np.linspace(x1, x2, count), np.linspace(y1, y2, count)]).tolist()
            found += [Box(x, y, x, y).grown(2.5) for x, y in along]
        return found


def shown(callouts: Sequence[Callout], view: MapView) -> list[tuple[Callout, float, float]]:
    """Those whose point lies on the map, with the point in layout px."""
    if not callouts:
        return []
    lon, lat = (np.array([getattr(each, name) for each in callouts]) for name in ("lon", "lat"))
    spots = view.place(view.projection.near(lon), lat)
    return [
        (each, float(x), float(y))
        for each, (x, y) in zip(callouts, spots, strict=True)
        if math.isfinite(x) and math.isfinite(y) and view.left <= x <= view.right and view.top <= y <= view.bottom
    ]


def boxed(
    callouts: Sequence[Callout], view: MapView, fonts: Fonts, size: float,
    *, rings: Sequence[Box], taken: Sequence[Box], curves: NDArray[np.float64],
) -> list[Boxed]:  # fmt: skip
    """Each where its author put it, or else where it hides least. rings: of places; curves: points on arcs (n, 2)."""
    frame = Box(view.left, view.top, view.right, view.bottom).grown(-5.0)
    used, found = list(taken), []
    # Those that have their place come first: the others find room beside them.
    for callout, x, y in sorted(shown(callouts, view), key=lambda each: not each[0].offset):
        room = min(_WIDEST, _SHARE * frame.width)
        text = fonts.settable(tame(callout.text))
        lines = fit(text, width=room, most=_MOST_LINES, largest=size, smallest=size, fonts=fonts).lines
        wide = max(fonts.width(line, size) for line in lines) * 1.03 + 2 * _PAD
        tall = len(lines) * size * LEADING + 2 * _PAD - 0.2 * size
        if callout.offset:
            box = _within(_around(x + callout.offset[0], y + callout.offset[1], wide, tall), frame)
        else:
            box = _free(x, y, wide, tall, frame, used, rings, curves)
        ring = next((each for each in rings if each.grown(1.0).holds(Box(x, y, x, y))), None)
        made = Boxed(callout, box, _leader(x, y, box, ring), lines, size, ring is None)
        found.append(made)
        used += made.taken()
    return found


def draw_callouts(sheet: Sheet, group: Group, found: Sequence[Boxed], ink: Ink) -> None:
    """Each a named group, so that an editor takes hold of it as a whole: line, box, mark, text."""
    for number, each in enumerate(found, start=1):
        own = sheet.group(f"{group.get_gid()} {number}", group)
        if each.leader is not None:
            sheet.line(own, each.leader, colour=ink.paper, width=2.6)
            sheet.line(own, each.leader, colour=ink.text, width=1.0)
            if each.marked:
                x, y = each.leader[0]
                corners = [(x, y - _DOT), (x + _DOT, y), (x, y + _DOT), (x - _DOT, y)]
                sheet.polygon(own, corners, fill=ink.text, edge=ink.paper, width=0.8)
        box = each.box
        corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
        sheet.polygon(own, corners, fill=ink.paper, edge=ink.text, width=1.0)
        y = box.top + _PAD - 0.1 * each.size
        for line in each.lines:
            sheet.text(own, box.left + _PAD, y, line, size=each.size, colour=ink.text, italic=True)
            y += each.size * LEADING


def _around(x: float, y: float, wide: float, tall: float) -> Box:
    return Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def _within(box: Box, frame: Box) -> Box:
    """Moved into the frame; its upper left corner stays in it in any case."""
    left = max(min(box.left, frame.right - box.width), frame.left)
    top = max(min(box.top, frame.bottom - box.height), frame.top)
    return Box(left, top, left + box.width, top + box.height)


def _free(
    x: float, y: float, wide: float, tall: float, frame: Box,
    used: Sequence[Box], rings: Sequence[Box], curves: NDArray[np.float64],
) -> Box:  # fmt: skip
    best, cost = _within(_around(x, y - tall, wide, tall), frame), math.inf
    rank = 0.0
    for reach in _REACHES:
        for dx, dy in _DIRECTIONS:
            rank += 1.0
            # The reach is to the box's edge, so that a wide one does not lie on its point.
            box = _around(x + dx * (reach + wide / 2), y + dy * (reach + tall / 2), wide, tall)
            if not frame.holds(box):
                continue
            price = rank + _ON_TEXT * sum(box.meets(each) for each in used)
            price += _ON_MARK * sum(box.grown(3.0).meets(each) for each in rings)
            price += min(_ON_ARC * _on(box, curves), _MOST_ON_ARCS)
            if price < cost:
                best, cost = box, price
    return best


def _on(box: Box, points: NDArray[np.float64]) -> int:
    x, y = points[:, 0], points[:, 1]
    return int(np.count_nonzero((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)))


def _leader(x: float, y: float, box: Box, ring: Box | None) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """From the point, or from the edge of the ring that it lies in, towards the box's middle as far as its edge."""
    if box.holds(Box(x, y, x, y)):
        return None
    dx, dy = (box.left + box.right) / 2 - x, (box.top + box.bottom) / 2 - y
    far = math.hypot(dx, dy)
    shares = [1.0 - box.width / 2 / abs(dx)] if dx else []
    shares += [1.0 - box.height / 2 / abs(dy)] if dy else []
    end = max(shares)
    start = min((ring.width / 2 + 1.5) / far, end) if ring is not None else 0.0
    return (x + dx * start, y + dy * start), (x + dx * end, y + dy * end)
