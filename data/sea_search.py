"""Shortest ways in the network of the sea, and what of them can be pulled straight. See refresh_sea.py."""

# ruff: noqa: INP001, ANN001, ANN201, ANN202, PLR0913, PLR0917 -- beside the data, no package; numba takes arrays one by one

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

import numba as nb
import numpy as np
from sea_sight import sees

from geo.sea.great_circle import EARTH_KM

Looked = Any
"""Whether the points of a pair see one another, by the number of the pair: a typed dictionary of numba."""
DISCOUNT = 0.004
"""By so much an edge counts as shorter once a way takes it, so that ways share edges."""
STRAIGHT, PULLED, LEAST_KM = 0.001, 0.003, 0.2
"""Shares of its length by which a stretch may be longer than the great circle: to pass for straight, and not to be
pulled straight, which saves LEAST_KM at least."""


def nothing_looked_at() -> Looked:
    """For `mark`, at first."""
    return nb.typed.Dict.empty(nb.int64, nb.boolean)


@nb.njit(cache=True)
def rows(count, pairs):
    """Each point's edges in a row: where the row begins, the points at the other ends, the edges."""
    begins = np.zeros(count + 1, np.int64)
    for a, b in pairs:
        begins[a + 1] += 1
        begins[b + 1] += 1
    begins = np.cumsum(begins)
    at, other, edge = begins.copy(), np.empty(2 * len(pairs), np.int64), np.empty(2 * len(pairs), np.int64)
    for number in range(len(pairs)):
        a, b = pairs[number]
        other[at[a]], edge[at[a]], other[at[b]], edge[at[b]] = b, number, a, number
        at[a] += 1
        at[b] += 1
    return begins, other, edge


@nb.njit(cache=True)
def reach(begin, begins, other, edge, km, shut, limit):
    """Dijkstra: kilometres from a point to each within the limit, and the point and edge before it."""
    count = len(begins) - 1
    far, before, by = np.full(count, np.inf), np.full(count, -1), np.full(count, -1)
    far[begin] = 0.0
    waiting = [(0.0, begin)]
    while waiting:
        length, point = heappop(waiting)
        if length > limit:
            break
        if length > far[point]:
            continue
        for at in range(begins[point], begins[point + 1]):
            longer = length + km[edge[at]]
            if not shut[edge[at]] and longer < far[other[at]]:
                far[other[at]], before[other[at]], by[other[at]] = longer, point, edge[at]
                heappush(waiting, (longer, other[at]))
    return far, before, by


@nb.njit(cache=True)
def _apart(vectors, a, b):
    chord = np.sqrt(np.sum((vectors[a] - vectors[b]) ** 2))
    return 2 * np.arcsin(min(1.0, chord / 2)) * EARTH_KM


@nb.njit(cache=True)
def _anchors(line, source, before, vectors, usable, raster, skip, looked):
    """Of each point on the ways, nearest first, the farthest point behind it that is about straight behind or in sight;
    and kilometres on the sphere from the source."""
    anchor, gone = np.full(len(before), -1), np.zeros(len(before))
    for point in line:
        if point == source:
            anchor[point] = point
            continue
        last = before[point]
        gone[point] = gone[last] + _apart(vectors, last, point)
        at = anchor[last]
        anchor[point] = last
        if at == last or not (usable[at] and usable[point]):
            continue
        direct = _apart(vectors, at, point)
        if gone[point] - gone[at] - direct < STRAIGHT * direct:
            anchor[point] = at
            continue
        key = min(at, point) * len(before) + max(at, point)
        if key not in looked:
            looked[key] = sees(raster, vectors[at], vectors[point], skip[at], skip[point])
        if looked[key]:
            anchor[point] = at
    return anchor, gone


@nb.njit(cache=True)
def mark(sources, ends, begins, other, edge, km, shut, used, limit, vectors, usable, raster, skip, looked):
    """Marks the edges of the shortest ways as used, and returns the pairs of points between which one is straighter.

    looked: whether the points of a pair see one another, by the number of the pair, as far as that was asked."""
    cost = np.where(used, km * (1 - DISCOUNT), km)
    pulled = [(0, 0) for _ in range(0)]
    for source in sources:
        far, before, by = reach(source, begins, other, edge, cost, shut, limit)
        on = np.zeros(len(far), np.bool_)
        on[source] = True
        for end in ends:
            point = end
            while far[end] <= limit and not on[point]:
                on[point] = True
                point = before[point]
        line = np.flatnonzero(on)
        line = line[np.argsort(far[line])]
        anchor, gone = _anchors(line, source, before, vectors, usable, raster, skip, looked)
        done = np.zeros(len(far), np.bool_)
        done[source] = True
        for end in ends:
            point = end
            while on[end] and not done[point]:
                at = anchor[point]
                direct = _apart(vectors, at, point)
                if at != before[point] and gone[point] - gone[at] - direct > PULLED * direct + LEAST_KM:
                    done[point] = True
                    pulled.append((min(at, point), max(at, point)))
                    point = at
                    continue
                while point != at and not done[point]:
                    done[point] = True
                    if not used[by[point]]:
                        used[by[point]] = True
                        cost[by[point]] = km[by[point]] * (1 - DISCOUNT)
                    point = before[point]
    return pulled
