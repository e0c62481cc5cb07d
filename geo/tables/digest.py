"""A table's SHA-256: of the values in it, however they are stored, cut into pieces or compressed.

Two tables with the same columns and the same values have the same; it is for saying what a picture was drawn from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

SLICE = 1 << 17
"""Rows that are laid out at a time."""


def sha256_of(table: pd.DataFrame) -> str:
    """In hexadecimal. Columns count in their order, under their names."""
    whole = hashlib.sha256(len(table).to_bytes(8, "little"))
    for name in table.columns:
        column, values = hashlib.sha256(str(name).encode()), table[name]
        for start in range(0, len(table), SLICE):
            for part in _parts(values.iloc[start : start + SLICE]):
                column.update(hashlib.sha256(part).digest())
        whole.update(column.digest())
    return whole.hexdigest()


def _parts(values: pd.Series) -> Iterator[bytes]:
    """The values of a column as bytes, the same for the same values."""
    if values.dtype == "geometry":
        shapes = values.to_numpy()
        yield shapely.get_type_id(shapes).astype("<i4").tobytes()
        yield shapely.get_num_coordinates(shapes).astype("<i4").tobytes()
        yield shapely.get_coordinates(shapes).astype("<f8").tobytes()
    elif isinstance(values.dtype, pd.DatetimeTZDtype):
        yield values.dt.tz_convert(None).to_numpy().astype("<M8[us]").tobytes()
    elif pd.api.types.is_float_dtype(values.dtype):
        plain = values.to_numpy().astype("<f8")
        yield np.where(np.isnan(plain), np.nan, plain).tobytes()  # one of the many NaNs
    elif pd.api.types.is_numeric_dtype(values.dtype):
        yield values.to_numpy().astype("<i8").tobytes()
    else:
        given = pa.array(values, from_pandas=True)
        texts = (pa.chunked_array([given]) if isinstance(given, pa.Array) else given).cast(pa.large_binary())
        yield pc.fill_null(pc.binary_length(texts), -1).to_numpy().astype("<i8").tobytes()
        yield b"".join(_letters(chunk) for chunk in texts.chunks)


def _letters(chunk: pa.LargeBinaryArray) -> memoryview:
    """All texts of a piece, one after the other; where each ends is told by their lengths."""
    filled = pc.fill_null(chunk, b"")
    _, offsets, letters = filled.buffers()
    ends = np.frombuffer(offsets, "<i8")[filled.offset : filled.offset + len(filled) + 1]
    return memoryview(letters or b"")[int(ends[0]) : int(ends[-1])]
