"""Names on the map without overlaps: beside their place where there is room, else further off on a leader line.

Its rule is that of player/src/labels.ts, busiest first, with more positions to try: a printed name cannot be hovered.
A range is of one arc: it stands nearer to that arc than to any other, else on a leader line that crosses no other, else
it is left out. A figure at the wrong arc would be a false statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.brief.plate.arcs import Arcs, pieces

GAP = 5.0
_NEAR = 4.0
"""Layout px from an arc within which a leader line crosses it."""
_HEIGHT = 1.3
"""Of a label's box, in sizes of its text."""
_NEARER, _CLEAR = 3.0, 3.0
"""Layout px by which a range is nearer to its own arc than to any other, and that one on a leader line keeps off."""
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
    across: tuple[tuple[float, float], ...] = ()
    """Of a range: the direction of length 1 across its arc, at (x, y) and at each of `others`."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its box. leader: from the mark's edge to the box, or None."""

    label: Label
    box: Box
    align: str
    leader: tuple[tuple[float, float], tuple[float, float]] | None


def place(
    labels: Sequence[Label],
    frame: Box,
    marks: Sequence[Box],
    taken: Sequence[Box],
    curves: NDArray[np.float64],
    ribbons: Ribbons | None = None,
) -> list[Placed]:
    """The labels that find room, in the order given, which is that of importance.

    marks: rings of places, which no label covers but its own; taken: furniture and texts; curves: points (n, 2) on the
    arcs, which labels avoid where they can; ribbons: the bodies of all arcs, which decide where a range may stand.
    """
    used = list(taken)
    found: list[Placed] = []
    leaders: list[NDArray[np.float64]] = []
    for label in labels:
        own = Box(label.x, label.y, label.x, label.y).grown(max(label.radius, 0.1) + 0.5)
        kept_off = [*used, *(mark for mark in marks if not own.holds(mark))]
        best, cost = None, np.inf
        for rank, option in enumerate(_options(label)):
            if cost <= rank:  # No later one can be better.
                break
            if not _within(option, frame) or any(option.box.meets(each) for each in kept_off):
                continue
            if label.corridor >= 0 and ribbons is not None and not _true(option, ribbons):
                continue
            price = rank + _price(option, used, curves, leaders)
            if price < cost:
                best, cost = option, price
        if best is None:
            continue
        found.append(best)
        used.append(best.box.grown(1.5))
        if best.leader is not None:
            leaders.append(_along(best.leader))
    return found


def _price(
    option: Placed, used: Sequence[Box], curves: NDArray[np.float64], leaders: Sequence[NDArray[np.float64]]
) -> float:
    """What it hides, and what its leader line crosses; inf where that runs through a text."""
    price = min(3.0 * _covered(option.box.grown(2.0), curves), 60.0)
    price += 40.0 * sum(_covered(option.box, line) > 0 for line in leaders)
    if option.leader is None:
        return price
    line = _along(option.leader)
    if any(_covered(each, line) for each in used):
        return np.inf
    return price + 0.4 * _crossed(line, curves)


def _within(option: Placed, frame: Box) -> bool:
    ends = option.leader or ()
    return frame.holds(option.box) and all(frame.holds(Box(x, y, x, y)) for x, y in ends)


def _true(option: Placed, ribbons: Ribbons) -> bool:
    """Whether a reader takes a range for that of its own arc."""
    box, corridor = option.box, option.label.corridor
    sides = (box.left, box.top, box.right, box.bottom)
    if option.leader is not None:
        return not (ribbons.others_near(sides, corridor, _CLEAR) or ribbons.others_on(option.leader, corridor, 1.0))
    return not ribbons.others_near(sides, corridor, ribbons.distance(sides, corridor) + _NEARER)


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
    """Where it may stand, the best first."""
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
    points = ((x, y), *label.others)
    for (px, py), (nx, ny) in zip(points, label.across, strict=False):
        # Across its arc a box is as near to it as it can be.
        half = reach + abs(nx) * wide / 2 + abs(ny) * tall / 2
        near += [("center", px + side * nx * half - wide / 2, py + side * ny * half - tall / 2) for side in (1, -1)]
    near += [spot for other in label.others for spot in _beside(label, *other)]
    if label.bold:
        # A range stands at the edge of its arc, so it slides along it rather than leave it.
        near += [
            (align, left + dx * wide * 0.25, top + dy * tall) for align, left, top in near[:4] for dx, dy in _NUDGES
        ]
    options = [Placed(label, Box(left, top, left + wide, top + tall), align, None) for align, left, top in near]
    if label.far:
        options += [led for further in _REACHES for point in points for led in _led(label, point, further)]
    return options


def _led(label: Label, point: tuple[float, float], further: float) -> list[Placed]:
    """On leader lines: from the edge of a place's mark, or from the middle of an arc."""
    wide, tall = max(label.widths), len(label.lines) * label.size * _HEIGHT
    x, y = point
    start = 0.0 if label.corridor >= 0 else label.radius + 1.0
    found = []
    for dx, dy in _DIRECTIONS:
        px, py = x + dx * (label.radius + further), y + dy * (label.radius + further)
        left = px + 3 if dx > 0.1 else px - 3 - wide if dx < -0.1 else px - wide / 2
        top = py - tall / 2 if abs(dx) > 0.1 else py if dy > 0 else py - tall
        align = "left" if dx > 0.1 else "right" if dx < -0.1 else "center"
        edge = (x + dx * start, y + dy * start)
        found.append(Placed(label, Box(left, top, left + wide, top + tall), align, (edge, (px, py))))
    return found


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


Sides = tuple[float, float, float, float]
"""Left, top, right, bottom in layout px."""


class Ribbons:
    """Bodies in pieces, so that a search finds what is near and not what merely reaches around."""

    def __init__(self, found: Arcs) -> None:
        quads = pieces(found, found.body)
        out = found.normal[:, -1:] * found.heads(found.body)[:, None, None]
        neck, tip = found.centre[:, -1:], found.tip[:, None]
        heads = np.stack([neck + out, tip, tip, neck - out], axis=2)
        quads = np.concatenate([quads, heads], axis=1)
        count = quads.shape[1]
        corners = quads.reshape(-1, 4, 2)
        whole = np.isfinite(corners).all(axis=(1, 2))
        self._shapes: NDArray[np.object_] = shapely.polygons(corners[whole])
        self._owner: NDArray[np.int64] = np.repeat(found.corridor, count)[whole]
        self._tree = shapely.STRtree(self._shapes)

    def distance(self, box: Sides, corridor: int) -> float:
        """Layout px from a box to the body of a corridor, in any of its copies; inf where it has none."""
        own = self._shapes[self._owner == corridor]
        return float(shapely.distance(own, shapely.box(*box)).min()) if own.size else np.inf

    def others_near(self, box: Sides, corridor: int, within: float) -> bool:
        """Whether the body of another corridor comes so close to a box."""
        return self._others(shapely.box(*box), corridor, within)

    def others_on(self, line: tuple[tuple[float, float], ...], corridor: int, within: float) -> bool:
        """Whether a line runs over the body of another corridor, or so close to it."""
        return self._others(shapely.linestrings(line), corridor, within)

    def _others(self, shape: shapely.Geometry, corridor: int, within: float) -> bool:
        if not np.isfinite(within):
            return True
        found = self._tree.query(shape, predicate="dwithin", distance=within)
        return bool((self._owner[found] != corridor).any())
