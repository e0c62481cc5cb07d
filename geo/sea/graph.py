"""The network of the sea: points off the coasts, the ways between them, and the shortest way from one to another.

data/refresh_sea.py makes it: every edge is a great circle at sea on the land of 1:10 million, or lies in a canal or
river with a name. What no shortest way between ports needs, with any passage open or closed, is not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import heapify, heappop, heappush
from math import inf

import numpy as np
from numpy.typing import NDArray

from geo import data_folder
from geo.arrays import Floats, Ints, Mask
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
CLOSED_SETS = 16
"""So many sets of closed passages have their links kept: a data set has few, by the seasons of its years."""

Link = tuple[int, float, int]
"""The point at the other end, kilometres, and the number of the edge."""


@dataclass(frozen=True, eq=False)
class Network:
    """lon, lat: n points, degrees. edges: m, the points at both ends of each, and kilometres. passages_of: the
    passages that an edge lies in or crosses; most edges are not among them. reach: kilometres from k landmarks to each
    point, [k, n], 0 where no way leads. berths: the point of each port of the gazetteer, by its position. joinable:
    points that a position elsewhere may be joined to."""

    lon: Floats
    lat: Floats
    edges: tuple[NDArray[np.integer], NDArray[np.integer], Floats]
    passages_of: Mapping[int, tuple[str, ...]]
    reach: NDArray[np.float32]
    berths: Mapping[tuple[int, int], int]
    joinable: Mask
    vectors: Floats
    spared: frozenset[str]
    version: str

    @cached_property
    def links(self) -> list[list[Link]]:
        """Of each point its edges; made when a way is first searched, which most files need none of."""
        return _links(len(self.lon), *self.edges)

    def berth(self, lon: float, lat: float) -> int | None:
        """The point of the port that has exactly this position."""
        return self.berths.get(_key(lon, lat))

    def shortest(
        self, begins: Mapping[int, float], ends: Mapping[int, float], closed: frozenset[str]
    ) -> tuple[list[int], list[int]] | None:
        """The points and the edges of the shortest way from any of `begins` to any of `ends`, each with kilometres
        that go before or after; None where there is none. By A*, whose bounds are the distances to landmarks: those
        stay bounds when passages close, since that makes no way shorter."""
        links, waters = _opened(self, closed)
        joined = {waters[point] for point in begins}
        if not any(waters[point] in joined for point in ends):
            return None
        # What is taken only if needed was closed when the distances were: they are no bounds where it is open.
        bound = _bounds(self.reach, ends) if self.spared <= closed else _direct(self.vectors, ends)
        # A list: most of the time goes into looking up what is known, and a dictionary takes a third longer.
        known = [inf] * len(links)
        for point, km in begins.items():
            known[point] = km
        came: dict[int, tuple[int, int]] = {}
        waiting = [(km + bound[point], point) for point, km in begins.items()]
        heapify(waiting)
        best, last = inf, -1
        while waiting and waiting[0][0] < best:
            least, point = heappop(waiting)
            so_far = known[point]
            if least > so_far + bound[point]:
                continue  # A shorter way to it was found meanwhile.
            if point in ends and so_far + ends[point] < best:
                best, last = so_far + ends[point], point
            for other, km, edge in links[point]:
                length = so_far + km
                if length < known[other]:
                    known[other] = length
                    if (least := length + bound[other]) < best:
                        came[other] = point, edge
                        heappush(waiting, (least, other))
        return _way(came, last) if last >= 0 else None

    def waters(self, closed: frozenset[str]) -> Ints:
        """Of each point a number that is the same where ways lead from one to the other with these passages closed."""
        return np.array(_opened(self, closed)[1], np.int64)


@lru_cache(maxsize=CLOSED_SETS)
def _opened(sea: Network, closed: frozenset[str]) -> tuple[list[list[Link]], list[int]]:
    """With these passages closed: the links that are left, and a number of each point that is the same where ways lead
    from one to the other."""
    shut = {edge for edge, names in sea.passages_of.items() if closed.intersection(names)}
    links = [[link for link in of if link[2] not in shut] for of in sea.links] if shut else sea.links
    waters = [-1] * len(links)
    for first in range(len(links)):
        if waters[first] >= 0:
            continue
        waters[first], spread = first, [first]
        while spread:
            for other, _, _ in links[spread.pop()]:
                if waters[other] < 0:
                    waters[other] = first
                    spread.append(other)
    return links, waters


def _bounds(reach: NDArray[np.float32], ends: Mapping[int, float]) -> list[float]:
    """At least so many kilometres from each point to the nearest end, by the triangle inequality.

    Points that no landmark reaches have ways to one another alone, and 0 for all landmarks says nothing of these.
    """
    least = np.full(reach.shape[1], np.inf, np.float32)
    for point, km in ends.items():
        apart = np.subtract(reach, reach[:, point, None])
        np.abs(apart, out=apart)
        bound = apart.max(axis=0)
        bound -= ROUNDING_KM
        np.maximum(bound, 0.0, out=bound)
        np.minimum(least, bound + np.float32(km), out=least)
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
        (kept["first"], kept["last"], kept["km"]),
        passages_of,
        np.where(kept["reach"] == UNREACHED, 0, kept["reach"]).astype(np.float32),
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
