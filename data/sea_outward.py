"""Adds to the network of the sea the ways straight out of ports, and edges of an earlier file. See refresh_sea.py.

    PYTHONPATH=. sea/bin/python data/sea_outward.py [EARLIER.npz]

Corners in narrow waters see no farther than SHORT_KM in sea_sight.py, so that a ship leaves a port by small steps
along its coast. Here points near ports get edges to what they see up to OUT_KM away, with CLEAR_KM of water beside it;
those are kept that a shortest way to another port within AROUND_KM takes.
"""

# ruff: noqa: INP001, T201, SLF001 -- a script beside the data, no package; it asks the tree of the shore

from __future__ import annotations

import sys
from heapq import heappop, heappush
from itertools import starmap
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from scipy.spatial import cKDTree

from geo.sea.graph import DEGREE, UNREACHED
from geo.sea.great_circle import EARTH_KM, circles, unit
from geo.sea.passages import crossed, passages
from geo.sea.shore import KM_PER_DEGREE, shore

FILE = Path(__file__).parent / "sea_network.npz"
NEAR_PORT_KM, IN_KM, OUT_KM, AROUND_KM = 12.0, 15.0, 70.0, 400.0
CLEAR_KM, BERTH_KM, LOOKS = 1.0, 3.0, 13
"""Water beside an edge but so near to its ends, and at how many places of it that is looked at."""
LANDMARKS, PER_EDGE_KM, CHUNK = 24, 0.02, 20_000
Network = dict[str, NDArray[Any]]
Edges = dict[tuple[int, int], tuple[float, frozenset[int], bool]]
"""The points of an edge -> kilometres, rows of the passages it crosses or lies in, whether it may lie on land."""


def edges_of(held: Network) -> Edges:
    """The edges of a file."""
    crossing: dict[int, set[int]] = {}
    for edge, row in zip(held["crossing_edge"].tolist(), held["crossing_passage"].tolist(), strict=True):
        crossing.setdefault(edge, set()).add(row)
    land = set(held["land_edge"].tolist())
    ends = zip(held["first"].tolist(), held["last"].tolist(), held["km"].tolist(), strict=True)
    return {
        (min(a, b), max(a, b)): (km, frozenset(crossing.get(edge, ())), edge in land)
        for edge, (a, b, km) in enumerate(ends)
    }


def united(held: Network, other: Network) -> tuple[Network, Edges]:
    """All points and edges of both; a port is where the second has it."""
    number: dict[tuple[int, int], int] = {}
    mine, theirs = (
        [number.setdefault(at, len(number)) for at in zip(each["lon"].tolist(), each["lat"].tolist(), strict=True)]
        for each in (held, other)
    )
    edges: Edges = {}
    ports: dict[tuple[int, int], int] = {}
    joinable = np.zeros(len(number), bool)
    for each, place in ((other, theirs), (held, mine)):
        for (a, b), told in edges_of(each).items():
            first, last = sorted((place[a], place[b]))
            if first != last:
                edges.setdefault((first, last), told)
        rows = zip(each["port_lon"].tolist(), each["port_lat"].tolist(), each["port_point"].tolist(), strict=True)
        for lon, lat, point in rows:
            ports.setdefault((lon, lat), place[point])
        joinable[np.array(place)[each["joinable"].astype(bool)]] = True
    lon, lat = np.array(list(number)).T
    port_lon, port_lat = np.array(list(ports)).T
    points = {"lon": lon, "lat": lat, "port_lon": port_lon, "port_lat": port_lat, "joinable": joinable}
    return {**points, "port_point": np.array(list(ports.values())), "passages": held["passages"]}, edges


def outward(held: Network, edges: Edges) -> Edges:
    """The ways out of ports."""
    lon, lat = held["lon"] / DEGREE, held["lat"] / DEGREE
    vectors, free = unit(lon, lat), np.flatnonzero(held["joinable"])
    apart, _ = cKDTree(vectors[np.unique(held["port_point"])]).query(vectors)
    near = free[apart[free] * EARTH_KM < NEAR_PORT_KM]
    seen = cKDTree(vectors[near]).sparse_distance_matrix(
        cKDTree(vectors[free]), OUT_KM / EARTH_KM, output_type="coo_matrix"
    )
    far = seen.data * EARTH_KM > IN_KM
    pairs = np.unique(np.sort(np.column_stack([near[seen.row[far]], free[seen.col[far]]]), axis=1), axis=0)
    pairs = np.array([pair for pair in pairs.tolist() if tuple(pair) not in edges])
    clear = [_clear(lon, lat, pairs[at : at + CHUNK]) for at in range(0, len(pairs), CHUNK)]
    pairs = np.vstack(clear)
    ids = held["passages"].tolist()
    a, b = pairs.T
    km = Geod(ellps="WGS84").inv(lon[a], lat[a], lon[b], lat[b])[2] / 1000.0
    names = crossed(circles(lon[a], lat[a], lon[b], lat[b]))
    told = zip(km.tolist(), (frozenset(map(ids.index, each)) for each in names), [False] * len(km), strict=True)
    new = dict(zip(starmap(_pair, pairs.tolist()), told, strict=True))
    used = _used(held, edges | new)
    return {pair: told for pair, told in new.items() if pair in used}


def _pair(a: int, b: int) -> tuple[int, int]:
    return a, b


def _clear(lon: NDArray[np.float64], lat: NDArray[np.float64], pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those with no land on them, and none near them but at their ends."""
    a, b = pairs.T
    lines = circles(lon[a], lat[a], lon[b], lat[b])
    free = shore().free(lines)
    pairs, lines = pairs[free], lines[free]
    km = np.linalg.norm(unit(lon, lat)[pairs[:, 0]] - unit(lon, lat)[pairs[:, 1]], axis=1) * EARTH_KM
    good = np.ones(len(pairs), bool)
    for share in np.linspace(0.0, 1.0, LOOKS):
        at = (BERTH_KM + share * (km - 2 * BERTH_KM)) / km
        places = shapely.line_interpolate_point(lines, at, normalized=True)
        (row, _), apart = shore()._near.query_nearest(
            places, max_distance=0.03, return_distance=True, all_matches=False
        )
        good[row[apart * KM_PER_DEGREE < CLEAR_KM]] = False
    return pairs[good]


def _links(count: int, edges: Edges, ids: list[str]) -> list[list[tuple[int, float]]]:
    """Of each point those at the other ends of its edges, with what is open by itself."""
    spared = {ids.index(each.id) for each in passages().values() if each.if_needed}
    links: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for (a, b), (km, crossing, _) in edges.items():
        if not crossing & spared:
            links[a].append((b, km))
            links[b].append((a, km))
    return links


def _from(begin: int, links: list[list[tuple[int, float]]], limit: float) -> tuple[dict[int, float], dict[int, int]]:
    """Dijkstra: kilometres from a point to each within the limit, and the point before it."""
    far, before, done, waiting = {begin: 0.0}, dict[int, int](), set[int](), [(0.0, begin)]
    while waiting:
        so_far, point = heappop(waiting)
        if point in done:
            continue
        done.add(point)
        for other, km in links[point]:
            length = so_far + km
            if length < limit and length < far.get(other, limit):
                far[other], before[other] = length, point
                heappush(waiting, (length, other))
    return far, before


def _used(held: Network, edges: Edges) -> set[tuple[int, int]]:
    """The edges of all shortest ways between ports that are near to one another."""
    ports = set(held["port_point"].tolist())
    links = [
        [(other, km + PER_EDGE_KM) for other, km in each]
        for each in _links(len(held["lon"]), edges, held["passages"].tolist())
    ]
    used: set[tuple[int, int]] = set()
    for port in ports:
        far, before = _from(port, links, AROUND_KM)
        for point in ports.intersection(far):
            at = point
            while at != port:
                used.add((min(at, before[at]), max(at, before[at])))
                at = before[at]
    return used


def arrays(held: Network, edges: Edges) -> Network:
    """The arrays of data/sea_network.npz."""
    order = np.lexsort((held["lon"], np.floor(held["lat"] / DEGREE / 2)))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    ranked = {(int(min(rank[[*pair]])), int(max(rank[[*pair]]))): told for pair, told in edges.items()}
    pairs = sorted(ranked)
    crossing = [(edge, row) for edge, pair in enumerate(pairs) for row in sorted(ranked[pair][1])]
    points = np.unique(rank[held["port_point"]])
    links = _links(len(order), ranked, held["passages"].tolist())
    return {
        "lon": held["lon"][order].astype(np.int32),
        "lat": held["lat"][order].astype(np.int32),
        "first": np.array(pairs)[:, 0].astype(np.uint16),
        "last": np.array(pairs)[:, 1].astype(np.uint16),
        "km": np.array([ranked[pair][0] for pair in pairs], np.float32),
        "crossing_edge": np.array([edge for edge, _ in crossing], np.uint32),
        "crossing_passage": np.array([row for _, row in crossing], np.uint8),
        "passages": held["passages"],
        "land_edge": np.flatnonzero([ranked[pair][2] for pair in pairs]).astype(np.uint32),
        "reach": _landmarks(points, links),
        "port_lon": held["port_lon"].astype(np.int32),
        "port_lat": held["port_lat"].astype(np.int32),
        "port_point": rank[held["port_point"]].astype(np.uint16),
        "joinable": held["joinable"][order],
    }


def _landmarks(ports: NDArray[np.int64], links: list[list[tuple[int, float]]]) -> NDArray[np.uint16]:
    """Distances from ports that lie as far as can be from one another, one after the other."""
    found: list[NDArray[np.float64]] = []
    at = int(ports[0])
    while len(found) < LANDMARKS:
        far, _ = _from(at, links, np.inf)
        found.append(np.array([far.get(point, np.inf) for point in range(len(links))]))
        nearest = np.min(found, axis=0)[ports]
        at = int(ports[np.where(np.isfinite(nearest), nearest, -1.0).argmax()])
    table = np.array(found)
    return np.where(np.isfinite(table), np.round(table), UNREACHED).astype(np.uint16)


def main() -> None:
    held = dict(np.load(FILE))
    points, edges = united(held, dict(np.load(sys.argv[1])) if len(sys.argv) > 1 else held)
    edges |= outward(points, edges)
    np.savez_compressed(FILE, **arrays(points, edges))
    print(f"{len(points['lon']):,} points and {len(edges):,} edges, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
