"""Points and edges of an earlier network of the sea, and ways of passages.csv that it lacks. See refresh_sea.py."""

# ruff: noqa: INP001 -- beside the data, no package

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import sea_corners as sc
import sea_sight
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.sea.graph import DEGREE
from geo.sea.great_circle import EARTH_KM, unit

PLACES = 4
"""Decimals of a degree to which positions of ports in the file and in the tables are compared."""


def points_and_edges(file: Path) -> tuple[sc.Points, sea_sight.Edges]:
    """All points and edges of a file, which stay as they are, and new ones of passages."""
    with np.load(file, allow_pickle=False) as held:
        kept = {name: held[name] for name in held.files}
    passages = pd.read_csv(sc.HERE / "passages.csv", keep_default_na=False)
    known = kept["passages"].tolist()
    # The file names passages by their rows: new ones stand behind those that it knows.
    if known != passages["id"].tolist()[: len(known)]:
        raise SystemExit(f"{file} has other passages than passages.csv begins with: make it anew, without --earlier.")
    lon, lat = kept["lon"] / DEGREE, kept["lat"] / DEGREE
    pairs = np.sort(np.column_stack([kept["first"], kept["last"]]).astype(np.int64), axis=1)
    passage = _passage(kept, passages)
    ports = _ports(kept)
    kind = np.where(np.isin(np.arange(len(lon)), kept["port_point"]), sc.PORT, sc.COAST)
    new_xy, ways = _new_ways(lon, lat, passages)
    lon, lat = np.append(lon, new_xy[:, 0]), np.append(lat, new_xy[:, 1])
    kind = np.append(kind, np.full(len(new_xy), sc.WAY))
    on_land = ~np.append(kept["joinable"].astype(bool), _at_sea(new_xy))
    mouths = _mouths(lon, lat, np.flatnonzero((kind == sc.WAY) & ~on_land), np.flatnonzero(~on_land))
    corner = np.full(len(lon), np.nan)
    berths = kept["port_point"].astype(np.int64)
    points = sc.Points(ports, berths, lon, lat, kind, corner, corner, on_land, [], passages)
    added = np.sort(ways[:, :2], axis=1)
    told = np.concatenate([np.ones(len(pairs) + len(added), bool), np.zeros(len(mouths), bool)])
    rows = np.concatenate([passage, ways[:, 2], np.full(len(mouths), -1)])
    return points, sea_sight.Edges(np.vstack([pairs, added, mouths]), rows, told)


def _passage(kept: dict[str, NDArray[Any]], passages: pd.DataFrame) -> NDArray[np.int64]:
    """The row of the river or canal that each edge lies in, -1 for none."""
    found = np.full(len(kept["km"]), -1)
    own = (passages["way"] != "").to_numpy()
    land = set(kept["land_edge"].tolist())
    for edge, row in zip(kept["crossing_edge"].tolist(), kept["crossing_passage"].tolist(), strict=True):
        if edge in land and own[row]:
            found[edge] = row
    return found


def _ports(kept: dict[str, NDArray[Any]]) -> pd.DataFrame:
    """The ports of the file, with their codes where a port of the tables is there."""
    table = sc.all_ports()
    codes = {
        (round(lon, PLACES), round(lat, PLACES)): code
        for code, lon, lat in zip(table["code"], table["lon"], table["lat"], strict=True)
    }
    lon, lat = kept["port_lon"] / DEGREE, kept["port_lat"] / DEGREE
    names = [codes.get((round(x, PLACES), round(y, PLACES)), "") for x, y in zip(lon, lat, strict=True)]
    return pd.DataFrame({"code": names, "lon": lon, "lat": lat})


def _new_ways(lon: sc.Floats, lat: sc.Floats, passages: pd.DataFrame) -> tuple[sc.Floats, NDArray[np.int64]]:
    """Vertices of ways that are no points yet, and the edges that lead to these: two points, and the row."""
    number = {at: point for point, at in enumerate(zip(np.round(lon, 5), np.round(lat, 5), strict=True))}
    new, edges = [], []
    for row in np.flatnonzero(passages["way"] != ""):
        for part in shapely.get_parts(shapely.from_wkt(passages["way"][row])):
            stops = []
            for x, y in shapely.get_coordinates(part):
                at = (round(float(x), 5), round(float(y), 5))
                if at not in number:
                    number[at] = len(lon) + len(new)
                    new.append(at)
                stops.append(number[at])
            # Where both are known the way was there, with the ports along it.
            edges += [(a, b, int(row)) for a, b in pairwise(stops) if max(a, b) >= len(lon)]
    return np.array(new).reshape(-1, 2), np.array(edges, np.int64).reshape(-1, 3)


def _at_sea(xy: sc.Floats) -> NDArray[np.bool_]:
    tree = shapely.STRtree(sc.navigable_land())
    free = np.ones(len(xy), bool)
    free[tree.query(shapely.points(xy), predicate="intersects")[0]] = False
    return free


def _mouths(lon: sc.Floats, lat: sc.Floats, ways: NDArray[np.int64], open_: NDArray[np.int64]) -> NDArray[np.int64]:
    """All pairs near new vertices at sea: they lie where there is room for few."""
    vectors = unit(lon, lat)
    near = cKDTree(vectors[open_]).query_ball_point(vectors[ways], sea_sight.MOUTH_KM / EARTH_KM)
    found = [(way, open_[other]) for way, others in zip(ways, near, strict=True) for other in others]
    pairs = np.sort(np.array(found, np.int64).reshape(-1, 2), axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
