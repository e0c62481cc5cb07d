"""Lines that share stretches: each stretch is simplified once for all, and there they lie side by side, as rivers join.

Lines meet where they have the very same vertices, as routes in one network have. A stretch is a run of edges that the
same lines use; at a fork, who turns left lies left.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.arrays import Floats, Ints

Line = NDArray[np.float64]
"""Longitudes, continuous, and latitudes (n, 2) of n > 1 vertices."""
MOST_POINTS = 96
"""Of a line, unless so many others join and leave it that it needs more."""
FINEST_KM, _STEPS = 0.05, 16
"""The first tolerance tried, and how often it is doubled: each line has the finest that keeps it to its points."""
_KM_PER_DEGREE = 111.195
_DIGITS = 7


@dataclass(slots=True, eq=False)
class _Stretch:
    """nodes: from its canonical beginning. users: lines, and whether each runs along it from there. step: of its
    tolerance. aside: of each line, to the left of its canonical direction."""

    nodes: tuple[int, ...]
    points: Line
    users: dict[int, bool] = field(default_factory=dict)
    step: int = 0
    aside: Mapping[int, float] = field(default_factory=dict)
    fits: dict[int, Ints] = field(default_factory=dict)

    def kept(self, step: int) -> Ints:
        """The vertices that are left at a tolerance: always both ends."""
        if step not in self.fits:
            self.fits[step] = _simplified(self.points, FINEST_KM * 2.0**step)
        return self.fits[step]


_Walk = list[tuple[_Stretch, bool]]
"""Stretches one after the other, and whether each is walked from its canonical beginning."""


def bundled(lines: Mapping[int, Line], wide: Floats, most: float) -> dict[int, tuple[Line, Floats]]:
    """Each line simplified, and how far each of its points stands aside, to the left of travel.

    lines: by their row of `wide`. wide, and with it the distance aside: in any unit of width. most: of a bundle, above
    which its lines lie closer, each over the next.
    """
    ways = _stretches(lines)
    _choose_tolerances(ways)
    for each in {id(each): each for way in ways.values() for each in way}.values():
        each.aside = _asides(each, ways, wide, most)
    return {row: _drawn(row, lines[row], way) for row, way in ways.items()}


def _nodes(lines: Mapping[int, Line]) -> dict[int, Ints]:
    """The vertices of each line as numbers: equal where the vertices are, also a turn of the globe apart."""
    rows = list(lines)
    every = np.concatenate([np.zeros((0, 2)), *(lines[row] for row in rows)])
    turned = np.column_stack([(every[:, 0] + 180.0) % 360.0, every[:, 1]]).round(_DIGITS)
    _, number = np.unique(turned, axis=0, return_inverse=True)
    ends = np.cumsum([len(lines[row]) for row in rows])
    return dict(zip(rows, np.split(number.ravel(), ends[:-1]), strict=True)) if rows else {}


def _stretches(lines: Mapping[int, Line]) -> dict[int, list[_Stretch]]:
    """The stretches of each line, in its order; those that lines share are the same objects."""
    nodes = _nodes(lines)
    users: dict[tuple[int, int], set[int]] = {}
    for row, way in nodes.items():
        for edge in _edges(way):
            users.setdefault(edge, set()).add(row)
    known: dict[tuple[int, ...], _Stretch] = {}
    found: dict[int, list[_Stretch]] = {}
    for row, way in nodes.items():
        edges = [users[edge] for edge in _edges(way)]
        turns = [0, *(at for at in range(1, len(edges)) if edges[at] != edges[at - 1]), len(edges)]
        found[row] = []
        for first, last in pairwise(turns):
            run = tuple(way[first : last + 1].tolist())
            forward = run <= run[::-1]
            name = run if forward else run[::-1]
            if name not in known:
                part = lines[row][first : last + 1]
                known[name] = _Stretch(name, part if forward else part[::-1])
            known[name].users[row] = forward
            found[row].append(known[name])
    return found


def _edges(way: Ints) -> Iterator[tuple[int, int]]:
    for a, b in pairwise(way.tolist()):
        yield (a, b) if a < b else (b, a)


def _choose_tolerances(ways: Mapping[int, Sequence[_Stretch]]) -> None:
    """The step of tolerance of each stretch: the finest that keeps every line that uses it to its points."""
    for way in ways.values():
        step = 0
        while step < _STEPS and sum(len(each.kept(step)) - 1 for each in way) >= MOST_POINTS:
            step += 1
        for each in way:
            each.step = max(each.step, step)


def _simplified(points: Line, tolerance_km: float) -> Ints:
    """Rows of a line that Douglas and Peucker leave, measured in kilometres of Web Mercator at its mean latitude."""
    phi = np.radians(np.clip(points[:, 1], -85.0, 85.0))
    plane = np.column_stack([points[:, 0], np.degrees(np.arcsinh(np.tan(phi)))])
    plane *= _KM_PER_DEGREE * float(np.cos(phi).mean())
    left = shapely.get_coordinates(shapely.simplify(shapely.linestrings(plane), tolerance_km, preserve_topology=False))
    rows: list[int] = []
    for point in left:  # in their order, each the first of its kind after the one before
        start = rows[-1] + 1 if rows else 0
        rows.append(start + int(np.argmin(np.abs(plane[start:] - point).sum(axis=1))))
    return np.array(rows, np.int64)


def _asides(stretch: _Stretch, ways: Mapping[int, Sequence[_Stretch]], wide: Floats, most: float) -> dict[int, float]:
    """How far the middle of each line stands to the left of the stretch's own direction."""
    if len(stretch.users) == 1:
        return dict.fromkeys(stretch.users, 0.0)
    walks = {(row, ahead): _onward(stretch, ways[row], row, ahead) for row in stretch.users for ahead in (True, False)}

    def compared(a: int, b: int) -> int:
        return _compared(stretch, walks, a, b)

    order = sorted(stretch.users, key=cmp_to_key(compared))
    widths = wide[order]
    whole = float(widths.sum())
    middle = whole / 2 - (np.cumsum(widths) - widths / 2)
    closer = min(1.0, most / whole) if whole > 0 else 1.0
    return dict(zip(order, (middle * closer).tolist(), strict=True))


def _compared(stretch: _Stretch, walks: Mapping[tuple[int, bool], _Walk], a: int, b: int) -> int:
    """-1 where line a lies to the left of line b along a stretch: by the fork ahead, or else by the one behind."""
    for ahead in (True, False):
        side = _fork(walks[a, ahead], walks[b, ahead])
        if side:
            return -side if ahead else side
    # The same way from end to end: each keeps to the right of its own travel, the first row in the middle.
    forward = stretch.users[a], stretch.users[b]
    if forward[0] != forward[1]:
        return 1 if forward[0] else -1
    return (1 if a > b else -1) * (1 if forward[0] else -1)


def _onward(stretch: _Stretch, way: Sequence[_Stretch], row: int, ahead: bool) -> _Walk:
    """The stretch and what follows it on a line, in the stretch's own direction or against it."""
    at = next(place for place, each in enumerate(way) if each is stretch)
    along = stretch.users[row] == ahead
    rest = way[at:] if along else way[at::-1]
    return [(each, each.users[row] == along) for each in rest]


def _fork(one: _Walk, other: _Walk) -> int:
    """1 where `one` turns to the left of `other` where they part, -1 to the right; 0 where one of them ends there."""
    for turn, (a, b) in enumerate(zip(one, other, strict=False)):
        if a[0] is b[0]:
            continue
        into, walked = one[turn - 1]
        back = into.points[-2] - into.points[-1] if walked else into.points[1] - into.points[0]
        angle_a, angle_b = (_angle(back, _first(each)) for each in (a, b))
        return 0 if angle_a == angle_b else 1 if angle_a > angle_b else -1
    return 0


def _first(step: tuple[_Stretch, bool]) -> Floats:
    points = step[0].points
    found: Floats = points[1] - points[0] if step[1] else points[-2] - points[-1]
    return found


def _angle(back: Floats, on: Floats) -> float:
    """From the way back counterclockwise to the way on: the larger, the farther to the left it leads."""
    return (math.atan2(on[1], on[0]) - math.atan2(back[1], back[0])) % math.tau


def _drawn(row: int, line: Line, way: Sequence[_Stretch]) -> tuple[Line, Floats]:
    """The vertices that are left, and how far they stand aside: where stretches meet as in the one of more lines."""
    kept: list[int] = []
    aside: list[float] = []
    crowd: list[int] = []
    start = 0
    for each in way:
        forward = each.users[row]
        rows = each.kept(each.step)
        last = len(each.points) - 1
        here = (rows if forward else last - rows[::-1]) + start
        out = each.aside[row] * (1.0 if forward else -1.0)
        if kept and len(each.users) > crowd[-1]:
            aside[-1], crowd[-1] = out, len(each.users)
        new = here[1:] if kept else here
        kept += new.tolist()
        aside += [out] * len(new)
        crowd += [len(each.users)] * len(new)
        start += last
    return line[kept], np.array(aside)
