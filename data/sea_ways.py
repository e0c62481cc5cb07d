"""Which edges the network of the sea keeps: those on shortest ways between ports. See refresh_sea.py."""

# ruff: noqa: INP001, T201, ANN001, ANN202, PLR0913, PLR0917 -- no package; says how far it is; numba takes arrays

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

import numba as nb
import numpy as np
import pandas as pd
import sea_corners as sc
import sea_sight
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from scipy.spatial import cKDTree

from geo.sea.graph import DEGREE, UNREACHED
from geo.sea.great_circle import EARTH_KM, circles, unit

DISCOUNT = 0.004
PER_EDGE_KM = 0.02
"""What an edge costs beside its length, so that one edge goes before two on the same line."""
NEIGHBOURS_KM = 300.0
ROUNDS = 3
HIDDEN_KM = 60.0
"""A port that no water of ours joins to the seas has its berth at the nearest point that is, if not farther away."""
LANDMARKS = 24
FIRST = "RUVVO"
"""The port by which the sea is known: what no water joins to it has no routes."""
CLOSED: tuple[tuple[str, ...], ...] = (
    *[("suez",), ("panama",), ("suez", "panama"), ("bab-el-mandeb",), ("malacca",), ("malacca", "sunda")],
    *[("malacca", "sunda", "lombok"), ("kiel",), ("oresund",), ("oresund", "kiel"), ("great-belt",), ("taiwan",)],
    *[("korea",), ("tsugaru",), ("la-perouse", "tsugaru"), ("magellan",), ("gibraltar",), ("sunda",), ("bering",)],
    ("tatar",),
)
"""What is closed together, one case after another, beside what is taken only if needed."""


class Ways:
    """A graph that gathers the edges of its shortest ways."""

    def __init__(self, land: NDArray[np.object_], points: sc.Points, edges: sea_sight.Edges) -> None:
        self.points, self.pairs, self.passage = points, edges.pairs, edges.passage
        self.tested = edges.tested.copy()
        a, b = edges.pairs.T
        self.km = Geod(ellps="WGS84").inv(points.lon[a], points.lat[a], points.lon[b], points.lat[b])[2] / 1000.0
        self.crossings = _crossings(points, edges)
        self.graph = _rows(len(points.lon), edges.pairs)
        self.used, self.dead = np.zeros(len(a), bool), np.zeros(len(a), bool)
        self._sea = sea_sight.Sea(land)

    def shut(self, ids: list[str]) -> NDArray[np.bool_]:
        """Which edges are shut with these passages."""
        rows = np.flatnonzero(self.points.passages["id"].isin(ids))
        shut = self.dead.copy()
        shut[self.crossings[np.isin(self.crossings[:, 1], rows), 0]] = True
        return shut

    def gather(self, begins: NDArray[np.int64], ends: NDArray[np.int64], closed: list[str], limit: float = 1e9) -> None:
        """Marks the edges of all shortest ways; those found to lie on land are dead, and the ways are sought again."""
        for _ in range(ROUNDS):
            _mark(begins, ends, *self.graph, self.km + PER_EDGE_KM, self.shut(closed), self.used, DISCOUNT, limit)
            new = np.flatnonzero(self.used & ~self.tested)
            if not len(new):
                break
            clear = self._sea.clear(self.points, self.pairs[new])
            self.tested[new] = True
            self.dead[new[~clear]], self.used[new[~clear]] = True, False
        print(f"{self.used.sum():,} edges used, closed: {', '.join(closed)}", flush=True)

    def reached(self, begin: int, shut: NDArray[np.bool_]) -> sc.Floats:
        """Kilometres from a point to all."""
        return _from(begin, *self.graph, self.km, shut, 1e9)[0]


def network(land: NDArray[np.object_], points: sc.Points, edges: sea_sight.Edges) -> dict[str, NDArray[Any]]:
    """The arrays of data/sea_network.npz."""
    ways = Ways(land, points, edges)
    home = int(np.flatnonzero(points.ports["code"] == FIRST)[0])
    main = np.isfinite(ways.reached(home, np.zeros(len(ways.km), bool)))
    berths = _berths(points, main)
    targets = np.unique(berths[berths >= 0])
    spared = points.passages["id"][points.passages["use"] != "open"].tolist()
    few, some = _thin(points, targets, 30.0), _thin(points, targets, 10.0)
    ways.gather(few, targets, spared)
    ways.gather(some, targets, spared)
    ways.gather(np.setdiff1d(targets, some), targets, spared, NEIGHBOURS_KM)
    ways.gather(few, targets, [])
    for closed in CLOSED:
        ways.gather(few[::2], targets, [*closed, *spared])
    for each in spared:
        ways.gather(few, targets, [other for other in spared if other != each])
    ways.used = (ways.used & ~ways.dead & ways.tested) | (ways.passage >= 0)
    ways.used &= main[ways.pairs[:, 0]]
    return _arrays(ways, berths, spared)


def _berths(points: sc.Points, main: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The point of each port: its own, or where no water joins that to the seas the nearest that is; -1 for none."""
    count = len(points.ports)
    found = np.arange(count)
    inland = (points.kind[:count] == sc.INSERTED) & ~main[:count]
    at_sea = np.flatnonzero(main & ~points.on_land & (points.kind != sc.INSERTED))
    lost = np.flatnonzero(~main[:count])
    where = points.ports[["lon", "lat"]].to_numpy(float)[lost]
    chord, nearest = cKDTree(unit(points.lon, points.lat)[at_sea]).query(unit(*where.T))
    found[lost] = np.where(chord * EARTH_KM < HIDDEN_KM, at_sea[nearest], -1)
    found[inland] = -1
    return found


def _thin(points: sc.Points, among: NDArray[np.int64], degrees: float) -> NDArray[np.int64]:
    cells = np.floor(np.column_stack([points.lon, points.lat])[among] / degrees)
    return among[np.unique(cells, axis=0, return_index=True)[1]]


def _crossings(points: sc.Points, edges: sea_sight.Edges) -> NDArray[np.int64]:
    """[n, 2]: an edge, and the row of a passage that it crosses or lies in."""
    gates: pd.DataFrame = points.passages[points.passages["gate"] != ""]
    shapes = shapely.from_wkt(gates["gate"].to_numpy())
    turned = [shapely.transform(shapes, lambda xy, by=by: xy + np.array([by, 0.0])) for by in (-360.0, 0.0, 360.0)]
    tree, rows = shapely.STRtree(np.concatenate(turned)), np.tile(gates.index.to_numpy(), 3)
    ways = np.flatnonzero(edges.passage >= 0)
    found = [np.column_stack([ways, edges.passage[ways]])]
    free = np.flatnonzero(edges.passage < 0)
    for part in np.array_split(free, max(len(free) // 50_000, 1)):
        a, b = edges.pairs[part].T
        line, gate = tree.query(
            circles(points.lon[a], points.lat[a], points.lon[b], points.lat[b]), predicate="intersects"
        )
        found.append(np.column_stack([part[line], rows[gate]]))
    return np.unique(np.vstack(found), axis=0)


def _arrays(ways: Ways, berths: NDArray[np.int64], spared: list[str]) -> dict[str, NDArray[Any]]:
    points, live = ways.points, np.flatnonzero(berths >= 0)
    kept = np.unique(np.concatenate([ways.pairs[ways.used].ravel(), berths[live]]))
    kept = kept[np.lexsort((points.lon[kept], np.floor(points.lat[kept] / 2)))]
    new = np.full(len(points.lon), -1)
    new[kept] = np.arange(len(kept))
    pairs = np.sort(new[ways.pairs[ways.used]], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    old = np.flatnonzero(ways.used)[order]
    number = np.full(len(ways.km), -1)
    number[old] = np.arange(len(old))
    crossing = ways.crossings[ways.used[ways.crossings[:, 0]]]
    shut = ways.shut(spared) | ~ways.used
    return {
        "lon": np.round(points.lon[kept] * DEGREE).astype(np.int32),
        "lat": np.round(points.lat[kept] * DEGREE).astype(np.int32),
        "first": pairs[order, 0].astype(np.uint16),
        "last": pairs[order, 1].astype(np.uint16),
        "km": ways.km[old].astype(np.float32),
        "crossing_edge": number[crossing[:, 0]].astype(np.uint32),
        "crossing_passage": crossing[:, 1].astype(np.uint8),
        "passages": points.passages["id"].to_numpy(str),
        "land_edge": np.flatnonzero(ways.passage[old] >= 0).astype(np.uint32),
        "reach": _landmarks(ways, np.unique(berths[live]), shut)[:, kept],
        "port_lon": np.round(points.ports["lon"].to_numpy()[live] * DEGREE).astype(np.int32),
        "port_lat": np.round(points.ports["lat"].to_numpy()[live] * DEGREE).astype(np.int32),
        "port_point": new[berths[live]].astype(np.uint16),
        "joinable": ~(points.on_land | (points.kind == sc.INSERTED))[kept],
    }


def _landmarks(ways: Ways, ports: NDArray[np.int64], shut: NDArray[np.bool_]) -> NDArray[np.uint16]:
    """Distances from ports that lie as far as can be from one another, one after the other."""
    found: list[sc.Floats] = []
    at = int(ports[0])
    while len(found) < LANDMARKS:
        found.append(ways.reached(at, shut))
        nearest = np.min(found, axis=0)[ports]
        at = int(ports[np.where(np.isfinite(nearest), nearest, -1.0).argmax()])
    table = np.array(found)
    return np.where(np.isfinite(table), np.round(table), UNREACHED).astype(np.uint16)


@nb.njit
def _rows(count, pairs):
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


@nb.njit
def _from(begin, begins, other, edge, km, shut, limit):
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


@nb.njit
def _mark(sources, ends, begins, other, edge, km, shut, used, discount, limit):
    cost = np.where(used, km * (1 - discount), km)
    for source in sources:
        far, before, by = _from(source, begins, other, edge, cost, shut, limit)
        for end in ends:
            if far[end] > limit:
                continue
            point = end
            while point != source and before[point] >= 0:
                step = by[point]
                if not used[step]:
                    used[step] = True
                    cost[step] = km[step] * (1 - discount)
                onward = before[point]
                before[point] = -1  # what lies beyond is marked once
                point = onward
