"""What the base map has beside land: borders, and the names of countries, seas and cities. Longitude and latitude only.

Page and plates read the same: `page_file` is what the browser gets. Sources and licences are in data/README.md.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo import data_folder

Kind = Literal["country", "sea", "city"]
LAYERS = ("names", "borders", "graticule")
"""Parts of a base map that can be switched, in the link of a page and in `picture.layers` of a brief."""
ORDINARY_LAYERS = ("names", "borders")
KINDS: tuple[Kind, ...] = ("country", "sea", "city")
REACH_OF_RANK = {1: 5_000.0, 2: 1_100.0, 3: 520.0, 4: 230.0, 5: 80.0, 6: 35.0}
"""Kilometres that a sea of each rank takes up, about."""
KM_PER_DEGREE = 111.195
LEAST_REACH = 3.0
GROUND = 0.25
PAGE_DIGITS = 3
"""Decimals of a degree in the browser's file: a hundred metres, less than the data are true to."""


@dataclass(frozen=True, slots=True)
class MapName:
    """A name of the base map. reach: kilometres of what bears it, or to the next larger city: a name has a place on a
    map where that is wide enough."""

    kind: Kind
    text: str
    lon: float
    lat: float
    reach: float


@lru_cache(maxsize=1)
def borders() -> gpd.GeoDataFrame:
    """Lines between countries and whether they are `disputed`, cut at ±180. Shared: copy it before you change it."""
    return gpd.read_parquet(data_folder.path("borders-50m.parquet"))


@lru_cache(maxsize=1)
def countries() -> gpd.GeoDataFrame:
    """The countries by their ISO 3166-1 alpha-2 codes, cut at ±180. Shared: copy it before you change it."""
    return gpd.read_parquet(data_folder.path("countries.parquet")).set_index("iso2", drop=False)


@lru_cache(maxsize=1)
def names() -> tuple[MapName, ...]:
    """All names, those first that are to find room first: countries and seas by reach, then cities by weight."""
    large = [*_countries(), *_seas()]
    return (*sorted(large, key=lambda name: -name.reach), *_cities())


def _countries() -> list[MapName]:
    frame = countries()
    # Lambert's cylindrical projection keeps areas, and needs no more than a sine.
    level = shapely.transform(
        frame.geometry.to_numpy(), lambda xy: np.column_stack([xy[:, 0], np.degrees(np.sin(np.radians(xy[:, 1])))])
    )
    # The smallest have no shape at this scale.
    side = np.maximum(np.sqrt(np.nan_to_num(shapely.area(level))) * KM_PER_DEGREE, LEAST_REACH)
    rows = zip(frame["name"], frame["label_lon"], frame["label_lat"], side, strict=True)
    return [MapName("country", str(name), float(x), float(y), float(reach)) for name, x, y, reach in rows]


def _seas() -> list[MapName]:
    table = pd.read_csv(data_folder.path("seas.csv"))
    rows = zip(table["name"], table["lon"], table["lat"], table["rank"], strict=True)
    return [MapName("sea", str(name), float(x), float(y), REACH_OF_RANK[int(rank)]) for name, x, y, rank in rows]


def _cities() -> list[MapName]:
    table = pd.read_csv(data_folder.path("cities.csv"), keep_default_na=False)
    rows = zip(table["name"], table["lon"], table["lat"], table["reach_km"], strict=True)
    return [MapName("city", str(name), float(x), float(y), float(reach)) for name, x, y, reach in rows]


def page_file() -> str:
    """The base map for the browser, as JSON.

    borders, disputed    lines of whole thousandths of a degree: lon, lat, then the steps from point to point
    country, sea, city   [name, lon, lat, reach in km], those first that are to find room first, as in `names`
    order                the kind of each name in turn among countries and seas: 0 a country, 1 a sea
    ground               which country lies where, in cells of GROUND degrees from the north-west, row by row: how often
                         the same comes, then its row in `country` plus 1, or 0 for none; so a country is named in the
                         part of it that a map shows
    """
    frame, large = borders(), [name for name in names() if name.kind != "city"]
    listed: dict[str, list[list[str | float]]] = {
        kind: [_row(name) for name in names() if name.kind == kind] for kind in KINDS
    }
    plain, disputed = (frame.geometry[frame["disputed"] == each] for each in (False, True))
    lines: dict[str, object] = {
        "borders": [_steps(line) for line in plain],
        "disputed": [_steps(line) for line in disputed],
    }
    order = [KINDS.index(name.kind) for name in large]
    told: dict[str, object] = {
        **lines,
        **dict[str, object](listed),
        "order": order,
        "ground": _ground([row[0] for row in listed["country"]]),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _ground(named: list[str | float]) -> list[list[int]]:
    lon, lat = np.arange(-180 + GROUND / 2, 180, GROUND), np.arange(90 - GROUND / 2, -90, -GROUND)
    cells = np.zeros((lat.size, lon.size), np.int64)
    frame = countries()
    for name, shape in zip(frame["name"], frame.geometry, strict=True):
        if shape is None or shape.is_empty:
            continue
        west, south, east, north = shape.bounds
        down, across = np.flatnonzero((lat > south) & (lat < north)), np.flatnonzero((lon > west) & (lon < east))
        if down.size and across.size:
            x, y = np.meshgrid(lon[across], lat[down])
            rows, columns = np.nonzero(np.asarray(shapely.contains_xy(shape, x, y)))
            cells[(down[rows], across[columns])] = named.index(name) + 1
    return [_runs(row) for row in cells]


def _runs(row: NDArray[np.int64]) -> list[int]:
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    lengths = np.diff(np.append(starts, row.size))
    return [int(each) for each in np.column_stack([lengths, row[starts]]).ravel()]


def _row(name: MapName) -> list[str | float]:
    return [name.text, round(name.lon, 2), round(name.lat, 2), math.ceil(name.reach)]


def _steps(line: shapely.Geometry) -> list[int]:
    points: NDArray[np.int64] = np.round(shapely.get_coordinates(line) * 10**PAGE_DIGITS).astype(np.int64)
    steps = np.vstack([points[:1], np.diff(points, axis=0)])
    moved: NDArray[np.bool_] = np.asarray(steps.any(axis=1))
    moved[0] = True
    return [int(each) for each in steps[moved].ravel()]
