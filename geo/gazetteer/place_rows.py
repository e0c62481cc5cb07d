"""Places as plain columns. Their table (`frame`) is made where somebody asks for it: looking places up needs none."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import data_folder
from geo.columns import PLACE_TABLE

if TYPE_CHECKING:
    import geopandas as gpd

CRS = "EPSG:4326"
TEXTS = tuple(name for name, dtype in PLACE_TABLE.items() if dtype == "str")


def place_frame(table: pd.DataFrame, lon: np.ndarray, lat: np.ndarray) -> gpd.GeoDataFrame:
    """Text columns and positions -> the table of places, dtypes as `PLACE_TABLE` says. "" stands for absent text."""
    import geopandas as gpd

    table = table.reindex(columns=list(PLACE_TABLE)).astype({"radius_km": "float64"})
    for name in TEXTS:
        if table[name].dtype != "str":  # a column left out is float: NaN throughout
            table[name] = table[name].astype("object").fillna("").astype("str")
        elif table[name].hasnans:
            table[name] = table[name].fillna("")
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=CRS)


def stacked(frames: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Tables of places below one another, numbered anew."""
    import geopandas as gpd

    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), geometry="geometry", crs=CRS)


@dataclass(frozen=True, slots=True, eq=False)
class PlaceRows:
    """n places, each code once.

    texts: text columns of `PLACE_TABLE`, "" where nothing is given; those left out are empty. lon, lat: degrees.
    radius_km: NaN for a point.
    """

    texts: Mapping[str, Sequence[str]]
    lon: Sequence[float]
    lat: Sequence[float]
    radius_km: Sequence[float]

    @staticmethod
    def of(frame: gpd.GeoDataFrame) -> PlaceRows:
        """The rows of a table of places: what is looked up of them."""
        once = frame.drop_duplicates("code")
        texts = {name: once[name].tolist() for name in ("code", "name", "aliases", "country")}
        radius = once["radius_km"].tolist() if "radius_km" in once else [np.nan] * len(once)
        return PlaceRows(texts, once.geometry.x.tolist(), once.geometry.y.tolist(), radius)

    @staticmethod
    def read(*names: str) -> PlaceRows:
        """Those of some files of data/; of two rows with one code the first counts."""
        once: dict[str, dict[str, str]] = {}
        for name in names:
            with data_folder.path(name).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    once.setdefault(row["code"], row)
        rows = list(once.values())
        texts = {name: [row[name] for row in rows] for name in TEXTS}
        texts["within"] = [row["within"] or row["country"] for row in rows]
        lon, lat, radius = ([float(row[name] or "nan") for row in rows] for name in ("lon", "lat", "radius_km"))
        return PlaceRows(texts, lon, lat, radius)

    def plus(self, other: PlaceRows) -> PlaceRows:
        """These, and those of the other that have another code."""
        own = set(self.texts["code"])
        new = [at for at, code in enumerate(other.texts["code"]) if code not in own]
        both = [
            [*one, *(two[at] for at in new)]
            for one, two in ((self.lon, other.lon), (self.lat, other.lat), (self.radius_km, other.radius_km))
        ]
        texts = {
            name: [*self._text(name), *(column[at] for at in new)]
            for name, column in ((name, other._text(name)) for name in TEXTS)
        }
        return PlaceRows(texts, *both)

    def frame(self) -> gpd.GeoDataFrame:
        """The same as `PLACE_TABLE`, with points in EPSG:4326."""
        table = pd.DataFrame(dict(self.texts), dtype="str").assign(radius_km=np.asarray(self.radius_km, float))
        return place_frame(table, np.asarray(self.lon, float), np.asarray(self.lat, float))

    def _text(self, name: str) -> Sequence[str]:
        return self.texts.get(name) or [""] * len(self.lon)
