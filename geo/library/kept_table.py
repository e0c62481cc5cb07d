"""A table from the library as the columns that `kept` writes a CSV of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.evidence import kept
from geo.evidence.tables.frame import Coded, Columns
from geo.library.geoparquet import GEOMETRY, TABLES


def kept_csv(table: pd.DataFrame, kind: str) -> Iterator[str]:
    """The CSV in parts. "line" is the row's line in the file it came from; of places and events, which do not know
    it, their number from 1."""
    lines = table["row"].to_numpy(np.int64) if "row" in table.columns else np.arange(1, len(table) + 1)
    return kept.parts(kind, _columns(table, kind), lines)


def _columns(table: pd.DataFrame, kind: str) -> Columns:
    schema, _ = TABLES[kind]
    columns = {name: _coded(table[name], dtype) for name, dtype in schema.items() if name != "row"}
    shapes = None
    if GEOMETRY in table.columns and len(table):
        shapes = Coded(table[GEOMETRY].to_numpy(), np.arange(len(table), dtype=np.int32))
    return Columns(schema, columns, None, shapes, np.zeros(len(table), bool))


def _coded(values: pd.Series, dtype: str) -> Coded:
    if dtype == "str":
        cells = pa.array(values, from_pandas=True)
        chunks = cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]
        whole = pa.concat_arrays([pa.array([], pa.large_string()), *(each.cast(pa.large_string()) for each in chunks)])
        encoded = whole.dictionary_encode()
        return Coded(encoded.dictionary, encoded.indices.to_numpy())
    plain = values.dt.tz_localize(None) if isinstance(values.dtype, pd.DatetimeTZDtype) else values
    distinct, codes = np.unique(plain.to_numpy(), return_inverse=True)
    return Coded(distinct, codes.astype(np.int32))
