"""The network of the sea: points off the coasts, the ways between them, and the shortest way from one to another.

data/refresh_sea.py makes it: every edge is a great circle at sea on the land of 1:10 million, or lies in a canal or
river with a name. What no shortest way between ports needs, with any passage open or closed, is not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from geo import data_folder
from geo.arrays import Floats, Mask
from geo.sea.great_circle import EARTH_KM, unit
from geo.sea.passages import passages

FILE = "sea_network.npz"
DEGREE = 1e5
"""Positions are kept as whole numbers of 1 / DEGREE degrees, about a metre."""
UNREACHED = 65_535
"""Kilometres to a landmark of a point that does not reach it."""
ELLIPSOID = 0.994
"""A geodesic on WGS 84 is never shorter than so much of the great circle on the sphere."""
ROUNDING_KM = 1.0
"""Distances to landmarks are whole kilometres: two of them may differ by so much less than they say."""

Link = tuple[int, float, int]
"""The point at the other end, kilometres, and the number of the edge."""


@dataclass(frozen=True, slots=True)
class Network:
    """lon, lat: n points, degrees. links: of each point, its edges. passages_of: the passages that an edge lies in or
    crosses; most edges are not among them. reach: kilometres from k landmarks to each point, [n, k]. berths: the point
    of each port of the gazetteer, by its position. joinable: points that a position elsewhere may be joined to."""

    lon: Floats
    lat: Floats
    links: list[list[Link]]
    passages_of: Mapping[int, tuple[str, ...]]
    reach: NDArray[np.uint16]
    berths: Mapping[tuple[int, int], int]
    joinable: Mask
    vectors: Floats
    spared: frozenset[str]
    version: str

    def berth(self, lon: float, lat: float) -> int | None:
        """The point of the port that has exactly this position."""
        return self.berths.get(_key(lon, lat))

    def shortest(
        self, begins: Mapping[int, float], ends: Mapping[int, float], closed: frozenset[str]
    ) -> tuple[list[int], list[int]] | None:
        """The points and the edges of the shortest way from any of `begins` to any of `ends`, each with kilometres
        that go before or after; None where there is none. By A*, whose bounds are the distances to landmarks: those
        stay bounds when passages close, since that makes no way shorter."""
        shut = {edge for edge, names in self.passages_of.items() if closed.intersection(names)} if closed else set()
        # What is taken only if needed was closed when the distances were: they are no bounds where it is open.
        bound = _bounds(self.reach, ends) if self.spared <= closed else _direct(self.vectors, ends)
        known: dict[int, float] = {}
        came: dict[int, tuple[int, int]] = {}
        waiting: list[tuple[float, int]] = []
        for point, km in begins.items():
            known[point] = km
            heappush(waiting, (km + bound[point], point))
        links, done = self.links, set[int]()
        best, last = float("inf"), -1
        while waiting and waiting[0][0] < best:
            _, point = heappop(waiting)
            if point in done:
                continue
            done.add(point)
            so_far = known[point]
            if point in ends and so_far + ends[point] < best:
                best, last = so_far + ends[point], point
            for other, km, edge in links[point]:
                if other in done or edge in shut:
                    continue
                length = so_far + km
                if length < known.get(other, best):
                    known[other], came[other] = length, (point, edge)
                    heappush(waiting, (length + bound[other], other))
        return _way(came, last) if last >= 0 else None


def _bounds(reach: NDArray[np.uint16], ends: Mapping[int, float]) -> list[float]:
    """At least so many kilometres from each point to the nearest end, by the triangle inequality."""
    far = reach.astype(np.float32)
    least = np.full(len(far), np.inf, np.float32)
    for point, km in ends.items():
        # A point that a landmark does not reach is in other waters: it says nothing of this landmark.
        apart = np.abs(far - far[point])
        apart[(far == UNREACHED) | (far[point] == UNREACHED)] = 0.0
        np.minimum(least, np.maximum(apart.max(axis=1) - ROUNDING_KM, 0.0) + km, out=least)
    found: list[float] = least.tolist()
    return found


def _direct(vectors: Floats, ends: Mapping[int, float]) -> list[float]:
    """The same by great circles alone."""
    apart = [np.linalg.norm(vectors - vectors[point], axis=1) for point in ends]
    arcs = [
        2.0 * np.arcsin(np.clip(chord / 2.0, 0.0, 1.0)) * EARTH_KM * ELLIPSOID + km
        for chord, km in zip(apart, ends.values(), strict=True)
    ]
    found: list[float] = np.min(arcs, axis=0).tolist()
    return found


def _way(came: Mapping[int, tuple[int, int]], last: int) -> tuple[list[int], list[int]]:
    points, edges = [last], list[int]()
    while points[-1] in came:
        before, edge = came[points[-1]]
        points.append(before)
        edges.append(edge)
    return points[::-1], edges[::-1]


def _key(lon: float, lat: float) -> tuple[int, int]:
    return round(lon * 1e4), round(lat * 1e4)


@lru_cache(maxsize=1)
def network() -> Network:
    """The network, read once. Raises UnreadableFile where it is not among the data."""
    path = data_folder.path(FILE)
    with np.load(path, allow_pickle=False) as held:
        kept = {name: held[name] for name in held.files}
    lon, lat = kept["lon"] / DEGREE, kept["lat"] / DEGREE
    names = tuple(str(name) for name in kept["passages"])
    passages_of: dict[int, tuple[str, ...]] = {}
    for edge, passage in zip(kept["crossing_edge"].tolist(), kept["crossing_passage"].tolist(), strict=True):
        passages_of[edge] = (*passages_of.get(edge, ()), names[passage])
    berths = {
        _key(x, y): point
        for x, y, point in zip(
            (kept["port_lon"] / DEGREE).tolist(),
            (kept["port_lat"] / DEGREE).tolist(),
            kept["port_point"].tolist(),
            strict=True,
        )
    }
    return Network(
        lon,
        lat,
        _links(len(lon), kept["first"], kept["last"], kept["km"]),
        passages_of,
        np.ascontiguousarray(kept["reach"].T),
        berths,
        kept["joinable"].astype(bool),
        unit(lon, lat),
        frozenset(each.id for each in passages().values() if each.if_needed),
        hashlib.sha256(path.read_bytes()).hexdigest()[:12],
    )


def _links(points: int, first: NDArray[np.integer], last: NDArray[np.integer], km: Floats) -> list[list[Link]]:
    links: list[list[Link]] = [[] for _ in range(points)]
    for edge, (a, b, length) in enumerate(zip(first.tolist(), last.tolist(), km.tolist(), strict=True)):
        links[a].append((b, length, edge))
        links[b].append((a, length, edge))
    return links
