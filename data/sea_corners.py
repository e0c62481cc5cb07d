"""The points of the network of the sea: corners of the coasts, ports, rivers and canals. See refresh_sea.py."""

# ruff: noqa: INP001 -- beside the data, no package

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.sea.great_circle import EARTH_KM, unit
from geo.sea.shore import INLAND_KM, KM_PER_DEGREE, Shore

HERE = Path(__file__).parent
PORT, COAST, NARROW, WAY, OCEAN, CAPE, INSERTED = 0, 1, 2, 3, 4, 5, 9
"""What a point is. WAY: of a river or canal; CAPE: of the few for the widest views; INSERTED: of a port on a river."""
LAKES = [
    *[(-87.5, 47.7), (-87.0, 43.5), (-82.3, 44.7), (-81.2, 42.2), (-77.9, 43.6)],
    *[(50.5, 41.5), (31.4, 60.9), (35.5, 61.7), (33.0, -1.0)],
]
"""A point in each lake that ships sail on: the Great Lakes, the Caspian, Ladoga, Onega, Victoria."""
ICE = [shapely.box(-180, -90, 180, -60), shapely.box(-180, 82.5, 180, 90)]
"""Beyond these parallels no merchant ship goes."""
NEAR_PORT_KM, HIDDEN_KM = 35.0, 1.0
ON_RIVER_KM, RIVER_RATHER_KM = 15.0, 4.0
Floats = NDArray[np.float64]
Pieces = list[tuple[float, NDArray[np.object_]]]
"""Land in cells, with the latitude of each."""


@dataclass
class Points:
    """n points. before, after: angles to the neighbours on the widened coast, NaN where it is no corner. berths: the
    point of each row of `ports`. ways: edges of rivers and canals, with the row of the passage."""

    ports: pd.DataFrame
    berths: NDArray[np.int64]
    lon: Floats
    lat: Floats
    kind: NDArray[np.int64]
    before: Floats
    after: Floats
    on_land: NDArray[np.bool_]
    ways: list[tuple[int, int, int]]
    passages: pd.DataFrame


def navigable_land() -> NDArray[np.object_]:
    """Land without the lakes that nobody reaches by ship, and the ice."""
    lakes = shapely.points(LAKES)
    found = []
    for land in gpd.read_parquet(HERE / "land-10m.parquet").geometry:
        holes = [ring for ring in land.interiors if shapely.contains(shapely.Polygon(ring), lakes).any()]
        found.append(shapely.Polygon(land.exterior, holes))
    return np.array([*found, *ICE], object)


def pieces(land: NDArray[np.object_]) -> Pieces:
    """Land in cells of 4 by 1 degrees."""
    tree, found = shapely.STRtree(land), []
    for lat in range(-90, 90):
        for lon in range(-180, 180, 4):
            near = tree.query(shapely.box(lon, lat, lon + 4, lat + 1))
            if len(near):
                cut = shapely.clip_by_rect(land[near], lon, lat, lon + 4, lat + 1)
                parts = shapely.get_parts(shapely.make_valid(cut[~shapely.is_empty(cut)]))
                found.append((lat + 0.5, parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]))
    return found


def widened(cells: Pieces, km: float) -> NDArray[np.object_]:
    """Land and all that lies within some kilometres of it."""
    found = []
    for lat, parts in cells:
        level = np.array([max(np.cos(np.radians(lat)), 0.05), 1.0])
        wide = shapely.buffer(shapely.transform(parts, lambda xy, by=level: xy * by), km / KM_PER_DEGREE, quad_segs=2)
        found.append(shapely.union_all(shapely.transform(wide, lambda xy, by=level: xy / by)))
    return shapely.get_parts(shapely.union_all(np.array(found, object)))


def corners(polygons: NDArray[np.object_]) -> Floats:
    """The convex corners of polygons: position, the corner before, the corner after, [n, 6]."""
    found = []
    for ring in shapely.get_rings(shapely.orient_polygons(polygons)):
        xy = shapely.get_coordinates(ring)[:-1]
        before, after = np.roll(xy, 1, 0), np.roll(xy, -1, 0)
        (ax, ay), (bx, by) = (xy - before).T, (after - xy).T
        found.append(np.hstack([xy, before, after])[ax * by - ay * bx > 0])
    every = np.vstack(found)
    return every[(np.abs(every[:, 0]) < 179.999) & (every[:, 1] > -59.5) & (every[:, 1] < 82.4)]


def points(land: NDArray[np.object_], cells: Pieces) -> Points:
    """All points of the network. cells: the land in pieces."""
    shore = Shore(land)
    whole = shapely.STRtree(np.concatenate([parts for _, parts in cells]))
    passages = pd.read_csv(HERE / "passages.csv", keep_default_na=False)
    ports = all_ports()
    rivers = [
        (row, part)
        for row in np.flatnonzero(passages["way"] != "")
        for part in shapely.get_parts(shapely.from_wkt(passages["way"][row]))
    ]
    berths, kinds, inserted = _berths(ports, shore, [line for _, line in rivers])
    coast = widened(cells, 3.0)
    ocean = widened(cells, 12.0)
    groups = [
        (corners(shapely.simplify(coast, 0.01)), COAST),
        (_narrow(corners(shapely.simplify(widened(cells, 0.4), 0.002)), coast, berths[kinds == PORT]), NARROW),
        (corners(shapely.simplify(ocean, 0.09)), OCEAN),
        (corners(shapely.simplify(ocean, 0.35)), CAPE),
    ]
    groups = [(_at_sea(rows, whole), kind) for rows, kind in groups]
    way_xy, ways = _ways(rivers, inserted, len(berths) + sum(len(rows) for rows, _ in groups))
    empty = np.full((len(berths), 4), np.nan), np.full((len(way_xy), 4), np.nan)
    table = np.vstack([np.hstack([berths, empty[0]]), *(rows for rows, _ in groups), np.hstack([way_xy, empty[1]])])
    kind = np.concatenate([kinds, *(np.full(len(rows), each) for rows, each in groups), np.full(len(way_xy), WAY)])
    lon, lat = np.round(table[:, 0], 5), np.round(table[:, 1], 5)
    shrink = np.cos(np.radians(lat))
    before, after = (
        np.arctan2(table[:, i + 1] - lat, (table[:, i] - lon) * shrink) for i in (2, 4)
    )  # fmt: skip
    on_land = np.zeros(len(lon), bool)
    on_land[whole.query(shapely.points(lon, lat), predicate="intersects")[0]] = True
    return Points(ports, np.arange(len(ports)), lon, lat, kind, before, after, on_land, ways, passages)


def all_ports() -> pd.DataFrame:
    """The ports of our tables: where `places.csv` has a code too, it wins."""
    own = pd.read_csv(HERE / "places.csv", keep_default_na=False)
    own = own[own["kind"].isin(["port", "settlement"])]
    world = pd.read_csv(HERE / "ports.csv", keep_default_na=False)
    both = pd.concat([own, world[~world["code"].isin(own["code"])]], ignore_index=True)
    return both.astype({"lon": float, "lat": float})


def _berths(
    ports: pd.DataFrame, shore: Shore, rivers: list[shapely.LineString]
) -> tuple[Floats, NDArray[np.int64], list[list[tuple[float, int]]]]:
    """Where each port's routes begin, what point that is, and the ports to insert into each river: at which degree."""
    xy = ports[["lon", "lat"]].to_numpy(float)
    kinds = np.full(len(xy), INSERTED)
    inserted: list[list[tuple[float, int]]] = [[] for _ in rivers]
    for port, (lon, lat) in enumerate(xy.copy()):
        if not shore.is_land(lon, lat):
            kinds[port] = PORT
            continue
        found = shore.nearest(lon, lat)
        away = found[2] if found else np.inf
        level = np.array([max(np.cos(np.radians(lat)), 0.1), 1.0])
        here = shapely.Point(lon * level[0], lat)
        flat = shapely.transform(np.array(rivers, object), lambda xy, by=level: xy * by)
        apart = shapely.distance(flat, here) * KM_PER_DEGREE
        river = int(apart.argmin())
        if away > RIVER_RATHER_KM and apart[river] < min(ON_RIVER_KM, away):
            along = rivers[river].project(shapely.Point(lon, lat))
            xy[port] = shapely.get_coordinates(rivers[river].interpolate(along))[0]
            inserted[river].append((along, port))
        elif away < INLAND_KM and (berth := shore.water(lon, lat)) is not None:
            xy[port], kinds[port] = berth, PORT
    return xy, kinds, inserted


def _narrow(rows: Floats, coast: NDArray[np.object_], ports: Floats) -> Floats:
    """Corners near a port that lie where the coast of 3 km leaves no open water."""
    near, _ = cKDTree(unit(*ports.T)).query(unit(rows[:, 0], rows[:, 1]))
    rows = rows[near * EARTH_KM < NEAR_PORT_KM]
    rings = shapely.get_parts(shapely.get_parts(shapely.boundary(coast)))
    lines = [xy[i : i + 61] for xy in map(shapely.get_coordinates, rings) for i in range(0, len(xy) - 1, 60)]
    open_water = shapely.STRtree(np.array([shapely.LineString(line) for line in lines], object))
    inside = np.zeros(len(rows), bool)
    points = shapely.points(rows[:, :2])
    inside[shapely.STRtree(coast).query(points, predicate="within")[0]] = True
    apart = open_water.query_nearest(points, return_distance=True, all_matches=False)[1]
    return rows[inside & (apart * KM_PER_DEGREE > HIDDEN_KM)]


def _at_sea(rows: Floats, whole: shapely.STRtree) -> Floats:
    free = np.ones(len(rows), bool)
    free[whole.query(shapely.points(rows[:, :2]), predicate="intersects")[0]] = False
    return rows[free]


def _ways(
    rivers: list[tuple[int, shapely.LineString]], inserted: list[list[tuple[float, int]]], begin: int
) -> tuple[Floats, list[tuple[int, int, int]]]:
    """The vertices of rivers, each position once, and the edges between neighbours on them, ports among these."""
    numbers: dict[tuple[float, float], int] = {}
    edges: list[tuple[int, int, int]] = []
    for (row, line), ports in zip(rivers, inserted, strict=True):
        stops = list(ports)
        for x, y in shapely.get_coordinates(line):
            number = numbers.setdefault((round(x, 5), round(y, 5)), begin + len(numbers))
            stops.append((line.project(shapely.Point(x, y)), number))
        stops.sort()
        edges += [(a, b, row) for (_, a), (_, b) in pairwise(stops) if a != b]
    return np.array(list(numbers)), edges
