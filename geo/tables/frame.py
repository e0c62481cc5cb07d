"""Columns as codes of their distinct values, and the frames made of them, a slice of the rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Array, Codes, Ints, Mask
from geo.columns import UTC_TIME
from geo.gazetteer.place_rows import CRS
from geo.tables.validator import Distinct, slices

BLOCK = 2**16
"""Rows of the one Arrow buffer that all rows of a constant text column share."""
_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
_UTC = pd.DatetimeTZDtype("us", "UTC")


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of n rows: its k different values, and for each row which of them it has. n codes of 0 where k is 1."""

    values: Array | pa.LargeStringArray
    codes: Codes

    def at(self, rows: slice | Ints) -> Array:
        """The values of some rows."""
        values: Array = np.asarray(self.values)[self.codes[rows]]
        return values


def texts(cells: Distinct) -> Coded:
    """A column of text as it stands."""
    return Coded(cells.values, cells.codes)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The n rows of a sheet as a table that is not made yet.

    schema    column -> dtype, in the table's order
    columns   column -> its values; those left out are empty text
    row       int64, n line numbers; None where the table has none
    shapes    makes the geometries (EPSG:4326), or None where the table has none
    bad       bool, n: rows that are no part of it
    reckoned  column -> what makes it, of those that a file that is only checked can do without
    """

    schema: Mapping[str, str]
    columns: Mapping[str, Coded]
    row: Ints | None
    shapes: Callable[[], Coded] | None
    bad: Mask
    reckoned: Mapping[str, Callable[[], Coded]] = field(default_factory=dict)

    def says(self, *names: str) -> bool:
        """Whether any row, kept or not, has something in one of these columns."""
        columns = (self.columns[name] for name in names if name in self.columns)
        return any(_says(np.asarray(each.values)) for each in columns)

    def frames(self, rows: int) -> Iterator[pd.DataFrame]:
        """The rows kept, made from `rows` of the sheet at a time; one without rows where none are kept."""
        made = False
        for part in slices(len(self.bad), rows):
            if not self.bad[part].all():
                yield self._frame(part)
                made = True
        if not made:
            yield self._frame(slice(0, 0))

    def whole(self) -> pd.DataFrame:
        """All rows kept."""
        return self._frame(slice(0, len(self.bad)))

    def _frame(self, part: slice) -> pd.DataFrame:
        kept = ~self.bad[part]
        rows = part if kept.all() else np.flatnonzero(kept) + part.start
        count = int(kept.sum())
        made: dict[str, object] = {}
        for name, dtype in self.schema.items():
            column = self.reckoned[name]() if name in self.reckoned else self.columns.get(name)
            if name == "row" and self.row is not None:
                made[name] = self.row[rows].copy()
            elif dtype == "str":
                made[name] = _text(column, rows, count)
            elif column is None:
                made[name] = np.zeros(count, dtype)
            elif dtype == UTC_TIME:
                made[name] = pd.DatetimeIndex(column.at(rows), copy=False).tz_localize("UTC")
            else:
                made[name] = column.at(rows).astype(dtype, copy=False)
        if self.shapes is None:
            return pd.DataFrame(made, copy=False)
        import geopandas as gpd

        shapes = gpd.array.GeometryArray(self.shapes().at(rows), crs=CRS)
        made["geometry"] = shapes
        frame: pd.DataFrame = gpd.GeoDataFrame(made, geometry="geometry", copy=False)  # any other way copies it
        return frame


def _says(values: Array) -> bool:
    return bool((values != "").any() if values.dtype == object else (~pd.isna(values)).any())


def _text(column: Coded | None, rows: slice | Ints, count: int) -> pd.api.extensions.ExtensionArray:
    values = pa.array([""] if column is None else column.values, pa.large_string())
    if column is None or len(values) == 1:
        block = pa.array(values.to_pylist() * min(count, BLOCK), pa.large_string())
        chunks = [block] * (count // BLOCK) if count >= BLOCK else []
        cells = pa.chunked_array([*chunks, block[: count - len(chunks) * BLOCK]], pa.large_string())
    else:
        cells = pa.chunked_array([pc.take(values, pa.array(column.codes[rows]))], pa.large_string())
    return pd.arrays.ArrowStringArray(cells, dtype=_TEXT)  # type: ignore[call-arg]
