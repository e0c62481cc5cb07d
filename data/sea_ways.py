"""Which edges the network of the sea keeps: those on shortest ways between ports. See refresh_sea.py."""

# ruff: noqa: INP001, T201 -- beside the data, no package; says how far it is

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import sea_corners as sc
import sea_search
import sea_sight
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from scipy.spatial import cKDTree

from geo.sea.graph import DEGREE, UNREACHED
from geo.sea.great_circle import EARTH_KM, circles, unit

PER_EDGE_KM = 0.02
"""What an edge costs beside its length, so that one edge goes before two on the same line."""
NEIGHBOURS_KM, REGION_KM = 300.0, 3_000.0
ROUNDS, LITTLE = 8, 0.05
"""How often the ways of a batch are sought at most, and the share of their new edges that may be pulled in the last."""
BATCH, BATCH_NEAR = 12, 400
"""Ports whose ways are sought together: to all ports, and to those within NEIGHBOURS_KM."""
TESTED_KM = 25.0
"""Edges so long are looked at before any way is sought, since they decide which ports the seas reach."""
HIDDEN_KM = 60.0
"""A port that no water of ours joins to the seas has its berth at the nearest point that is, if not farther away."""
LANDMARKS = 24
AT_ONCE = 4
"""Cases of closed passages in one step."""
FIRST = "RUVVO"
"""The port by which the sea is known: what no water joins to it has no routes."""
CLOSED: tuple[tuple[str, ...], ...] = (
    *[("suez",), ("panama",), ("suez", "panama"), ("bab-el-mandeb",), ("malacca",), ("malacca", "sunda")],
    *[("malacca", "sunda", "lombok"), ("kiel",), ("oresund",), ("oresund", "kiel"), ("great-belt",), ("taiwan",)],
    *[("korea",), ("tsugaru",), ("la-perouse", "tsugaru"), ("magellan",), ("gibraltar",), ("sunda",), ("bering",)],
    ("tatar",),
)
"""What is closed together, one case after another, beside what is taken only if needed."""
State = dict[str, NDArray[Any]]


class Ways:
    """A graph that gathers the edges of its shortest ways, and new edges where these can be pulled straight."""

    def __init__(self, sea: sea_sight.Sea, look: sea_sight.Look, points: sc.Points, edges: sea_sight.Edges) -> None:
        self.points, self._sea, self._look = points, sea, look
        self.pairs, self.passage, self.km = np.empty((0, 2), np.int64), np.empty(0, np.int64), np.empty(0)
        self.crossings = np.empty((0, 2), np.int64)
        self.tested, self.dead, self.used = (np.empty(0, bool) for _ in range(3))
        self._refused = np.empty(0, np.int64)
        self._looked = sea_search.nothing_looked_at()
        self._append(edges.pairs, edges.passage, edges.tested)

    def _append(self, pairs: NDArray[np.int64], passage: NDArray[np.int64], tested: NDArray[np.bool_]) -> None:
        a, b = pairs.T
        lon, lat = self.points.lon, self.points.lat
        edge, row = _crossings(self.points, pairs, passage).T
        self.crossings = np.vstack([self.crossings, np.column_stack([edge + len(self.pairs), row])])
        self.pairs, self.passage = np.vstack([self.pairs, pairs]), np.append(self.passage, passage)
        self.km = np.append(self.km, Geod(ellps="WGS84").inv(lon[a], lat[a], lon[b], lat[b])[2] / 1000.0)
        self.tested = np.append(self.tested, tested)
        self.dead, self.used = (np.append(each, np.zeros(len(pairs), bool)) for each in (self.dead, self.used))
        self.graph = sea_search.rows(len(lon), self.pairs)

    def keep(self, state: State) -> None:
        """Goes on from what a step made."""
        new = state["pairs"][len(self.pairs) :]
        if len(new):
            self._append(new, np.full(len(new), -1), np.ones(len(new), bool))
        self.tested, self.dead, self.used, self._refused = (
            state[name] for name in ("tested", "dead", "used", "refused")
        )  # fmt: skip
        self._forbid(self._refused)

    def state(self) -> State:
        """What the next step goes on from."""
        held = {name: getattr(self, name) for name in ("pairs", "tested", "dead", "used")}
        return {**held, "refused": self._refused}

    def shut(self, ids: list[str]) -> NDArray[np.bool_]:
        """Which edges are shut with these passages, or lie on land."""
        found = self.points.passages["id"].isin(ids).to_numpy()
        shut = self.dead.copy()
        shut[self.crossings[found[self.crossings[:, 1]], 0]] = True
        return shut

    def test(self, which: NDArray[np.int64]) -> int:
        """Asks the land about edges; how many lie on it."""
        clear = self._sea.clear(self.points, self.pairs[which])
        self.tested[which] = True
        self.dead[which[~clear]], self.used[which[~clear]] = True, False
        self._refuse(self.pairs[which[~clear]])
        return int((~clear).sum())

    def _refuse(self, pairs: NDArray[np.int64]) -> None:
        keys = self._keys(pairs)
        self._refused = np.union1d(self._refused, keys)
        self._forbid(keys)

    def _forbid(self, keys: NDArray[np.int64]) -> None:
        for key in keys.tolist():
            self._looked[key] = False

    def _keys(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        keys: NDArray[np.int64] = pairs[:, 0] * len(self.points.lon) + pairs[:, 1]
        return keys

    def gather(self, begins: NDArray[np.int64], ends: NDArray[np.int64], closed: list[str], limit: float = 1e9) -> None:
        """Marks the edges of all shortest ways, batch by batch, so that later ones find what earlier ones pulled."""
        batch = BATCH_NEAR if limit == NEIGHBOURS_KM else BATCH
        for number in range(0, len(begins), batch):
            rounds = self._settle(begins[number : number + batch], ends, closed, limit)
            print(f"  {number + batch:,}: {rounds} rounds, {self.used.sum():,} edges used", flush=True)

    def _settle(self, begins: NDArray[np.int64], ends: NDArray[np.int64], closed: list[str], limit: float) -> int:
        """Seeks ways until none of them crosses land, and little of them is pulled straight; after how many rounds."""
        look, before = self._look, self.used.copy()
        for turn in range(1, ROUNDS):
            self.used = np.append(before, np.zeros(len(self.pairs) - len(before), bool))
            pulled = sea_search.mark(
                begins, ends, *self.graph, self.km + PER_EDGE_KM, self.shut(closed), self.used, limit,
                look.vectors, look.usable, look.raster, look.skip, self._looked,
            )  # fmt: skip
            added, refused = self._add(np.unique(np.array(pulled, np.int64).reshape(-1, 2), axis=0))
            dead = self.test(np.flatnonzero(self.used & ~self.tested))
            if not dead + refused and added < LITTLE * (self.used.sum() - before.sum()) + 3:
                return turn
        return ROUNDS

    def _add(self, pairs: NDArray[np.int64]) -> tuple[int, int]:
        """New edges: how many lie at sea, and how many do not. The former are used, as those that were there before."""
        keys, known = self._keys(pairs), self._keys(self.pairs)
        self.used[np.isin(known, keys) & ~self.dead] = True
        pairs = pairs[~np.isin(keys, known)]
        clear = self._sea.clear(self.points, pairs)
        self._refuse(pairs[~clear])
        new = pairs[clear]
        if len(new):
            self._append(new, np.full(len(new), -1), np.ones(len(new), bool))
            self.used[-len(new) :] = True
        return len(new), int((~clear).sum())

    def reached(self, begin: int, shut: NDArray[np.bool_]) -> sc.Floats:
        """Kilometres from a point to all."""
        found: sc.Floats = sea_search.reach(begin, *self.graph, self.km, shut, 1e9)[0]
        return found

    def main(self) -> NDArray[np.bool_]:
        """Which points some water joins to FIRST."""
        home = int(self.points.berths[self.points.ports["code"] == FIRST][0])
        return np.isfinite(self.reached(home, self.dead))

    def spared(self) -> list[str]:
        """The passages that are taken only if needed or asked."""
        table = self.points.passages
        return [str(each) for each in table["id"][table["use"] != "open"]]


def gathers(ways: Ways) -> Iterator[tuple[str, Callable[[], State]]]:
    """The steps by which ways are gathered, each by its name; each goes on from what the one before it made."""
    spared = ways.spared()

    def seas() -> State:
        ways.test(np.flatnonzero((ways.km < TESTED_KM) & ~ways.tested))
        return _gathered(ways, [(30.0, 1, spared)])

    yield "seas", seas
    yield "oceans", lambda: _gathered(ways, [(15.0, 1, spared)])
    yield "neighbours", lambda: _gathered(ways, [(15.0, 1, spared)], NEIGHBOURS_KM)
    yield "needed", lambda: _gathered(ways, [(30.0, 1, [])])
    yield "regions", lambda: _gathered(ways, [(5.0, 1, spared)], REGION_KM)
    for begin in range(0, len(CLOSED), AT_ONCE):
        cases = [(30.0, 3, [*case, *spared]) for case in CLOSED[begin : begin + AT_ONCE]]
        yield f"closed-{begin}", lambda cases=cases: _gathered(ways, cases)
    others = [(30.0, 2, [other for other in spared if other != each]) for each in spared]
    yield "asked", lambda: _gathered(ways, others)


def _gathered(ways: Ways, cases: Iterable[tuple[float, int, list[str]]], limit: float = 1e9) -> State:
    """The ways from one port in each cell of so many degrees, or from one in so many of these, up to a limit; up to
    NEIGHBOURS_KM from all others."""
    found = berths(ways)
    targets = np.unique(found[found >= 0])
    for degrees, every, closed in cases:
        thin = _thin(ways.points, targets, degrees)
        begins = np.setdiff1d(targets, thin) if limit == NEIGHBOURS_KM else thin[::every]
        print(f" from {len(begins):,} of {len(targets):,} ports, closed: {', '.join(closed)}", flush=True)
        ways.gather(begins, targets, closed, limit)
    return ways.state()


def berths(ways: Ways) -> NDArray[np.int64]:
    """The point of each port: its own, or where no water joins that to the seas the nearest that is; -1 for none."""
    points, main = ways.points, ways.main()
    found = points.berths.copy()
    inland = (points.kind[found] == sc.INSERTED) & ~main[found]
    at_sea = np.flatnonzero(main & ~points.on_land & (points.kind != sc.INSERTED))
    lost = np.flatnonzero(~main[found])
    where = points.ports[["lon", "lat"]].to_numpy(float)[lost]
    chord, nearest = cKDTree(unit(points.lon, points.lat)[at_sea]).query(unit(*where.T))
    found[lost] = np.where(chord * EARTH_KM < HIDDEN_KM, at_sea[nearest], -1)
    found[inland] = -1
    return found


def _thin(points: sc.Points, among: NDArray[np.int64], degrees: float) -> NDArray[np.int64]:
    cells = np.floor(np.column_stack([points.lon, points.lat])[among] / degrees)
    return among[np.unique(cells, axis=0, return_index=True)[1]]


def _crossings(points: sc.Points, pairs: NDArray[np.int64], passage: NDArray[np.int64]) -> NDArray[np.int64]:
    """[n, 2]: an edge, and the row of a passage that it crosses or lies in."""
    gates: pd.DataFrame = points.passages[points.passages["gate"] != ""]
    shapes = shapely.from_wkt(gates["gate"].to_numpy())
    turned = [shapely.transform(shapes, lambda xy, by=by: xy + np.array([by, 0.0])) for by in (-360.0, 0.0, 360.0)]
    tree, rows = shapely.STRtree(np.concatenate(turned)), np.tile(gates.index.to_numpy(), 3)
    ways = np.flatnonzero(passage >= 0)
    found = [np.column_stack([ways, passage[ways]])]
    free = np.flatnonzero(passage < 0)
    for part in np.array_split(free, max(len(free) // 50_000, 1)):
        a, b = pairs[part].T
        line, gate = tree.query(
            circles(points.lon[a], points.lat[a], points.lon[b], points.lat[b]), predicate="intersects"
        )
        found.append(np.column_stack([part[line], rows[gate]]))
    return np.unique(np.vstack(found), axis=0)


def arrays(ways: Ways) -> dict[str, NDArray[Any]]:
    """The arrays of data/sea_network.npz."""
    points, found = ways.points, berths(ways)
    used = (ways.used & ~ways.dead & ways.tested) | (ways.passage >= 0)
    used &= ways.main()[ways.pairs[:, 0]]
    live = np.flatnonzero(found >= 0)
    kept = np.unique(np.concatenate([ways.pairs[used].ravel(), found[live]]))
    kept = kept[np.lexsort((points.lon[kept], np.floor(points.lat[kept] / 2)))]
    new = np.full(len(points.lon), -1)
    new[kept] = np.arange(len(kept))
    pairs = np.sort(new[ways.pairs[used]], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    old = np.flatnonzero(used)[order]
    number = np.full(len(ways.km), -1)
    number[old] = np.arange(len(old))
    crossing = ways.crossings[used[ways.crossings[:, 0]]]
    shut = ways.shut(ways.spared()) | ~used
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
        "reach": _landmarks(ways, np.unique(found[live]), shut)[:, kept],
        "port_lon": np.round(points.ports["lon"].to_numpy()[live] * DEGREE).astype(np.int32),
        "port_lat": np.round(points.ports["lat"].to_numpy()[live] * DEGREE).astype(np.int32),
        "port_point": new[found[live]].astype(np.uint16),
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
