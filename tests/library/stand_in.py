"""A reading with all that a library keeps, until `reading.read` gives it itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from geo.evidence import reading
from geo.evidence.columns import PLACE_TABLE
from geo.evidence.intake.dialect import Dialect
from geo.evidence.mapping import ColumnMap
from geo.evidence.problems import Problems


def _no_places() -> gpd.GeoDataFrame:
    frame = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in PLACE_TABLE.items()})
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries([], crs="EPSG:4326"))


@dataclass(frozen=True)
class Reading:
    file: str
    kind: str
    sha256: str
    rows: int
    table: pd.DataFrame
    problems: Problems
    set_aside: pd.DataFrame
    fixes: Mapping[int, Mapping[str, str]]
    dialect: Dialect = Dialect()
    mapping: ColumnMap = ColumnMap("legs")
    own_places: gpd.GeoDataFrame = field(default_factory=_no_places)

    @property
    def kept(self) -> int:
        return len(self.table)

    def tables(self, rows: int = 1 << 20) -> Iterator[pd.DataFrame]:
        for start in range(0, max(len(self.table), 1), rows):
            yield self.table.iloc[start : start + rows]


def read(file, kind=None, *, name=None, fixes=None, **how):
    if hasattr(reading.Reading, "tables"):
        return reading.read(file, kind, name=name, fixes=fixes, **how)
    was = reading.read(file, kind, name=name)
    return Reading(
        was.file, was.kind, was.sha256, was.rows, was.table, Problems.of(was.problems), was.set_aside, fixes or {}
    )
