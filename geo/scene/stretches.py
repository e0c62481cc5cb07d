"""Lines cut where they part: a stretch is a run of edges that the same lines use, and is simplified once for all.

Lines meet where they have the very same vertices, as routes in one network have. What is simplified stays off the land
of 1:10 million, but where the line itself runs on it, in a canal or river.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.arrays import Floats, Ints, Mask
from geo.sea.great_circle import STEP_KM
from geo.sea.shore import KM_PER_DEGREE, shore

Line = NDArray[np.float64]
"""Longitudes, continuous, and latitudes (n, 2) of n > 1 vertices."""
MOST_POINTS = 96
"""Of a line, unless so many others join and leave it, or the coast winds so much, that it needs more."""
FINEST_KM, _STEPS = 0.05, 16
"""The first tolerance tried, and how often it is doubled: each line has the finest that keeps it to its points."""
MORE_ON_LAND_KM, MORE_OF_IT = 0.05, 0.02
"""By so much a line may run farther on land than before, where it runs on it in a canal or river: kilometres, and a
share of those."""
_PER_DEGREE = 1e7
"""Vertices are the same where they are within 1 / _PER_DEGREE degrees, a centimetre."""
_TURN = 360 * int(_PER_DEGREE)


@dataclass(slots=True, eq=False)
class Stretch:
    """points: from its canonical beginning. users: rows of lines, and whether each runs along it from there. kept: the
    vertices that are left of it, always both ends. outward: the direction from each end into it, radians."""

    points: Line
    users: dict[int, bool] = field(default_factory=dict)
    kept: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    outward: tuple[float, float] = field(init=False)

    def __post_init__(self) -> None:
        begin, end = self.points[1] - self.points[0], self.points[-2] - self.points[-1]
        self.outward = math.atan2(begin[1], begin[0]), math.atan2(end[1], end[0])


def stretches(lines: Mapping[int, Line]) -> dict[int, list[Stretch]]:
    """The stretches of each line, simplified, in its order; those that lines share are the same objects."""
    if not lines:
        return {}
    ways = _cut(lines)
    _simplify(ways)
    return ways


def _cut(lines: Mapping[int, Line]) -> dict[int, list[Stretch]]:
    rows = list(lines)
    every = np.concatenate([lines[row] for row in rows])
    line_of = np.repeat(np.arange(len(rows)), [len(lines[row]) for row in rows])
    node = _nodes(every)
    begin = np.flatnonzero(line_of[1:] == line_of[:-1])  # the vertex before each edge
    edge = np.unique(_pair(node[begin], node[begin + 1]), return_inverse=True)[1].ravel()
    # A set of lines is told by the sum of a random number for each.
    marks = np.random.default_rng(0).integers(0, 2**63, len(rows), dtype=np.uint64)
    users = np.zeros(int(edge.max()) + 1, np.uint64)
    np.add.at(users, edge, marks[line_of[begin]])
    told = np.column_stack([users[edge], line_of[begin].astype(np.uint64)])
    first = np.flatnonzero(np.append(True, (told[1:] != told[:-1]).any(axis=1)))
    a, b = begin[first], begin[np.append(first[1:], len(begin)) - 1] + 1
    ahead = (node[a] < node[b]) | ((node[a] == node[b]) & (node[a + 1] <= node[b - 1]))
    names = np.column_stack([np.minimum.reduceat(edge, first), _pair(node[a], node[b])])
    _, example, number = np.unique(names, axis=0, return_index=True, return_inverse=True)
    parts = [every[a[run] : b[run] + 1] for run in example]
    found = [Stretch(part if ahead[run] else part[::-1]) for part, run in zip(parts, example, strict=True)]
    ways: dict[int, list[Stretch]] = {row: [] for row in rows}
    for one, forward, line in zip(number.ravel().tolist(), ahead.tolist(), line_of[a].tolist(), strict=True):
        found[one].users[rows[line]] = forward
        ways[rows[line]].append(found[one])
    return ways


def _nodes(points: Line) -> Ints:
    """Vertices as numbers: equal where the vertices are, also a turn of the globe apart."""
    whole = np.round(points * _PER_DEGREE).astype(np.int64)
    told = ((whole[:, 0] + _TURN // 2) % _TURN) * _TURN + whole[:, 1] + _TURN // 4
    found: Ints = np.unique(told, return_inverse=True)[1].ravel()
    return found


def _pair(a: Ints, b: Ints) -> Ints:
    """Two numbers as one, whichever comes first."""
    found: Ints = np.minimum(a, b) << 32 | np.maximum(a, b)
    return found


def _simplify(ways: Mapping[int, Sequence[Stretch]]) -> None:
    every = list({id(each): each for way in ways.values() for each in way}.values())
    number = {id(each): place for place, each in enumerate(every)}
    of = np.array([number[id(each)] for way in ways.values() for each in way])
    line = np.repeat(np.arange(len(ways)), [len(way) for way in ways.values()])
    flat = _flat(every)
    step = _steps(flat, of, line)
    due = np.arange(len(every))
    while due.size:
        for place, kept in zip(due.tolist(), _kept(flat[due], step[due]), strict=True):
            every[place].kept = kept
        due = due[_ashore([every[place] for place in due.tolist()])]
        step[due] -= 1


def _flat(every: Sequence[Stretch]) -> NDArray[np.object_]:
    """Stretches in kilometres of Web Mercator, each at its mean latitude; the third coordinate numbers its vertices."""
    sizes = np.array([len(each.points) for each in every])
    points = np.concatenate([each.points for each in every])
    first = np.cumsum(sizes) - sizes
    phi = np.radians(np.clip(points[:, 1], -85.0, 85.0))
    km = np.repeat(np.add.reduceat(np.cos(phi), first) / sizes * KM_PER_DEGREE, sizes)
    place = np.arange(len(points)) - np.repeat(first, sizes)
    found: NDArray[np.object_] = shapely.linestrings(
        np.column_stack([points[:, 0] * km, np.degrees(np.arcsinh(np.tan(phi))) * km, place]),
        indices=np.repeat(np.arange(len(every)), sizes),
    )
    return found


def _steps(flat: NDArray[np.object_], of: Ints, line: Ints) -> Ints:
    """The step of tolerance of each stretch: the finest that keeps every line that uses it to its points.

    of, line: the stretches that each line has, one a row. A step of -1 leaves all vertices.
    """
    step = np.zeros(len(flat), np.int64)
    due = np.ones(int(line.max()) + 1, bool)
    counts = np.zeros(len(flat), np.int64)
    for tried in range(_STEPS + 1):
        asked = np.unique(of[due[line]])
        counts[asked] = shapely.get_num_coordinates(_simpler(flat[asked], tried)) - 1
        fits = due & ((np.bincount(line, counts[of], minlength=len(due)) < MOST_POINTS) | (tried == _STEPS))
        step[of[fits[line]]] = tried  # which is the most so far
        due &= ~fits
        if not due.any():
            break
    return step


def _simpler(flat: NDArray[np.object_], step: int) -> NDArray[np.object_]:
    """By Douglas and Peucker, at a step of tolerance."""
    found: NDArray[np.object_] = shapely.simplify(flat, FINEST_KM * 2.0**step, preserve_topology=False)
    return found


def _kept(flat: NDArray[np.object_], step: Ints) -> list[Ints]:
    """The vertices that are left of each stretch."""
    left = flat.copy()
    for each in np.unique(step[step >= 0]).tolist():
        left[step == each] = _simpler(flat[step == each], each)
    every, of = shapely.get_coordinates(left, include_z=True, return_index=True)
    return np.split(every[:, 2].astype(np.int64), np.flatnonzero(np.diff(of)) + 1)


def _ashore(every: Sequence[Stretch]) -> Mask:
    """Which stretches run farther on land than what they were simplified from."""
    of, first, last = (
        np.concatenate(columns)
        for columns in zip(
            *((np.full(len(each.kept) - 1, place), each.kept[:-1], each.kept[1:]) for place, each in enumerate(every)),
            strict=True,
        )
    )
    skips = np.flatnonzero(last - first > 1)
    ends = [every[of[row]].points[[first[row], last[row]]] for row in skips.tolist()]
    landed = skips[~shore().free(_straight(np.array(ends).reshape(-1, 2, 2)))]
    before = [shapely.linestrings(every[of[row]].points[first[row] : last[row] + 1]) for row in landed.tolist()]
    if not landed.size:
        return np.zeros(len(every), bool)
    straight = _straight(np.array([every[of[row]].points[[first[row], last[row]]] for row in landed.tolist()]))
    dry = shore().km_on_land(np.array(before, object))
    more = shore().km_on_land(straight) - dry
    found = np.zeros(len(every), bool)
    found[of[landed[(dry == 0) | (more > MORE_ON_LAND_KM + MORE_OF_IT * dry)]]] = True
    return found


def _straight(ends: Floats) -> NDArray[np.object_]:
    """Lines as a map draws them between two positions each, [n, 2, 2]: straight in Web Mercator."""
    height = np.degrees(np.arcsinh(np.tan(np.radians(np.clip(ends[:, :, 1], -85.0, 85.0)))))
    apart = np.maximum(np.abs(np.diff(ends[:, :, 0])), np.abs(np.diff(height))).ravel()
    pieces = np.maximum(np.ceil(apart * KM_PER_DEGREE / STEP_KM), 1).astype(np.int64)
    of = np.repeat(np.arange(len(ends)), pieces + 1)
    share = (np.arange(len(of)) - np.repeat(np.cumsum(pieces + 1) - pieces - 1, pieces + 1)) / pieces[of]
    lon = ends[of, 0, 0] * (1.0 - share) + ends[of, 1, 0] * share
    up = height[of, 0] * (1.0 - share) + height[of, 1] * share
    lat = np.degrees(np.arctan(np.sinh(np.radians(up))))
    found: NDArray[np.object_] = shapely.linestrings(np.column_stack([lon, lat]), indices=of)
    return found
