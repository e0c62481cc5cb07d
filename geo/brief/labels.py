"""Names on the map without overlaps: beside their place where there is room, else further off on a leader line.

Its rule is that of player/src/labels.ts, busiest first, with more positions to try: a printed name cannot be hovered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GAP = 5.0
_NEAR = 4.0
"""Layout px from an arc within which a leader line crosses it."""
_HEIGHT = 1.3
"""Of a label's box, in sizes of its text."""
_REACHES = (18.0, 34.0, 54.0, 80.0, 112.0, 150.0)
_NUDGES = ((0.0, -1.0), (0.0, 1.0), (-1.0, 0.0), (1.0, 0.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0))
_DIRECTIONS = tuple((float(np.cos(a)), float(np.sin(a))) for a in np.radians((-35, 35, -145, 145, -90, 90, 0, 180)))


@dataclass(frozen=True, slots=True)
class Box:
    """Layout px, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Label:
    """Lines for the point (x, y); widths of the lines in layout px; radius: of the mark to keep clear of."""

    lines: tuple[str, ...]
    x: float
    y: float
    radius: float
    widths: tuple[float, ...]
    size: float
    bold: bool = False
    far: bool = True
    """Whether it may stand off on a leader line."""
    corridor: int = -1
    """Of a range: the row of the corridor that it is of."""
    others: tuple[tuple[float, float], ...] = ()
    """Further points that it may stand at as well, the best first."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its box. leader: from the mark's edge to the box, or None."""

    label: Label
    box: Box
    align: str
    leader: tuple[tuple[float, float], tuple[float, float]] | None


def place(
    labels: Sequence[Label], frame: Box, marks: Sequence[Box], taken: Sequence[Box], curves: NDArray[np.float64]
) -> list[Placed]:
    """The labels that find room, in the order given, which is that of importance.

    marks: rings of places, which no label covers but its own; taken: furniture and texts; curves: points (n, 2) on the
    arcs, which labels avoid where they can.
    """
    used = list(taken)
    found: list[Placed] = []
    leaders: list[NDArray[np.float64]] = []
    for label in labels:
        best, cost = None, np.inf
        for rank, option in enumerate(_options(label)):
            if not frame.holds(option.box) or any(option.box.meets(each) for each in used):
                continue
            own = Box(label.x, label.y, label.x, label.y).grown(max(label.radius, 0.1) + 0.5)
            if any(option.box.meets(mark) for mark in marks if not own.holds(mark)):
                continue
            price = rank + min(3.0 * _covered(option.box.grown(2.0), curves), 60.0)
            price += 40.0 * sum(_covered(option.box, line) > 0 for line in leaders)
            if option.leader is not None:
                line = _along(option.leader)
                if any(_covered(each, line) for each in used):
                    continue
                price += 0.4 * _crossed(line, curves)
            if price < cost:
                best, cost = option, price
        if best is None:
            continue
        found.append(best)
        used.append(best.box.grown(1.5))
        if best.leader is not None:
            leaders.append(_along(best.leader))
    return found


def _beside(label: Label, x: float, y: float) -> list[tuple[str, float, float]]:
    """Right, left, below and above: the alignment, and the corner at the left and top."""
    wide, tall, reach = max(label.widths), len(label.lines) * label.size * _HEIGHT, label.radius + GAP
    return [
        ("left", x + reach, y - tall / 2),
        ("right", x - reach - wide, y - tall / 2),
        ("center", x - wide / 2, y + reach),
        ("center", x - wide / 2, y - reach - tall),
    ]


def _options(label: Label) -> list[Placed]:
    wide, tall = max(label.widths), len(label.lines) * label.size * _HEIGHT
    reach = label.radius + GAP
    x, y = label.x, label.y
    near = [
        *_beside(label, x, y),
        ("left", x + 0.7 * reach, y - 0.7 * reach - tall),
        ("left", x + 0.7 * reach, y + 0.7 * reach),
        ("right", x - 0.7 * reach - wide, y - 0.7 * reach - tall),
        ("right", x - 0.7 * reach - wide, y + 0.7 * reach),
    ]
    near += [spot for other in label.others for spot in _beside(label, *other)]
    if label.bold:
        # A range stands at the edge of its arc, so it slides along it rather than leave it.
        near += [
            (align, left + dx * wide * 0.25, top + dy * tall) for align, left, top in near[:4] for dx, dy in _NUDGES
        ]
    options = [Placed(label, Box(left, top, left + wide, top + tall), align, None) for align, left, top in near]
    if not label.far:
        return options
    for further in _REACHES:
        for dx, dy in _DIRECTIONS:
            px, py = x + dx * (label.radius + further), y + dy * (label.radius + further)
            left = px + 3 if dx > 0.1 else px - 3 - wide if dx < -0.1 else px - wide / 2
            top = py - tall / 2 if abs(dx) > 0.1 else py if dy > 0 else py - tall
            align = "left" if dx > 0.1 else "right" if dx < -0.1 else "center"
            edge = (x + dx * (label.radius + 1.0), y + dy * (label.radius + 1.0))
            options.append(Placed(label, Box(left, top, left + wide, top + tall), align, (edge, (px, py))))
    return options


def _along(line: tuple[tuple[float, float], tuple[float, float]]) -> NDArray[np.float64]:
    (x1, y1), (x2, y2) = line
    share = np.linspace(0.0, 1.0, 12)
    return np.column_stack([x1 + share * (x2 - x1), y1 + share * (y2 - y1)])


def _covered(box: Box, points: NDArray[np.float64]) -> int:
    x, y = points[:, 0], points[:, 1]
    return int(np.count_nonzero((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)))


def _crossed(line: NDArray[np.float64], points: NDArray[np.float64]) -> int:
    if not len(points):
        return 0
    # Most points lie far away, and are left out by one comparison of each.
    (left, top), (right, bottom) = line.min(axis=0) - _NEAR, line.max(axis=0) + _NEAR
    x, y = points[:, 0], points[:, 1]
    around = (x > left) & (x < right) & (y > top) & (y < bottom)
    x, y = x[around], y[around]
    near = (np.abs(line[:, :1] - x) < _NEAR) & (np.abs(line[:, 1:] - y) < _NEAR)
    return int(near.any(axis=1).sum())
