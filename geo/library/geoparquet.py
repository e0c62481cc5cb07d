"""Tables as GeoParquet 1.1 and back, in pieces: no more than one piece is in memory while a table is written.

https://geoparquet.org/releases/v1.1.0: geometry as well-known binary, and one JSON object "geo" in the file's
metadata. It is written by hand, since geopandas writes a table in one piece only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import IO

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.columns import EVENT_TABLE, LEG_TABLE, PLACE_TABLE, TOTAL_TABLE, UTC_TIME
from geo.errors import LibraryError, VagueError
from geo.gazetteer.places import CRS
from geo.library.store import Written
from geo.parsing.admiralty import read_grade

GEOMETRY = "geometry"
TABLES: dict[str, tuple[Mapping[str, str], str]] = {
    "legs": (LEG_TABLE, "LineString"),
    "totals": (TOTAL_TABLE, "LineString"),
    "places": (PLACE_TABLE, "Point"),
    "events": (EVENT_TABLE, ""),
}
"""Kind -> the dtypes of its columns, and the type of its geometry ("" for none)."""
ROW_GROUP = 1 << 17
"""Rows that a reader can take at a time: some ten megabytes of legs."""
DICTIONARY = 64 << 20
"""Bytes of distinct values that a column chunk may name by number: the lines of 20,000 corridors fit. Parquet's usual
megabyte would write every line out again for each of its legs."""
_ARROW = {"str": pa.large_string(), "int64": pa.int64(), "int8": pa.int8(), "float64": pa.float64()}
_ARROW[UTC_TIME] = pa.timestamp("us", tz="UTC")
_HINT = "`waybill library verify` names all that is damaged. The original file may still be whole."


def write_table(file: Written, kind: str, pieces: Iterable[pd.DataFrame]) -> Iterator[int]:
    """Writes the pieces of a table of one kind; yields the rows written so far, after each piece.

    A piece has the columns of the kind's table in `columns` and, but for events, geometry in EPSG:4326. In a piece,
    rows with the same origin and destination share one line.
    """
    dtypes, shape = TABLES[kind]
    schema = _schema(kind)
    rows = 0
    with _writer(file, schema) as writer:
        if shape:
            writer.add_key_value_metadata({"geo": json.dumps(_about(shape))})
        for piece in pieces:
            arrays = [_column(piece[name], schema.field(name).type) for name in dtypes]
            if shape:
                arrays.append(_geometry(piece))
            writer.write_table(pa.Table.from_arrays(arrays, names=schema.names), row_group_size=ROW_GROUP)
            rows += len(piece)
            yield rows


def write_texts(file: Written, frame: pd.DataFrame) -> None:
    """Writes a plain table; integers stay integers, everything else is text."""
    whole = {name: pd.api.types.is_integer_dtype(frame[name].dtype) for name in frame.columns}
    fields = [(str(name), pa.int64() if integer else pa.large_string()) for name, integer in whole.items()]
    schema = pa.schema(fields)
    with _writer(file, schema) as writer:
        arrays = [_column(frame[name], schema.field(number).type) for number, name in enumerate(frame.columns)]
        writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=ROW_GROUP)


def read_table(file: IO[bytes], kind: str, where: str) -> pd.DataFrame:
    """A table as it was written: dtypes of `columns`, and a GeoDataFrame (EPSG:4326) but for events.

    Tables of an older format come back in the columns of today; see `upgraded`.
    """
    _, shape = TABLES[kind]
    table = upgraded(_read(file, where, [GEOMETRY] if shape else []), kind)
    schema = _schema(kind)
    if set(table.column_names) != set(schema.names):
        raise LibraryError(where, f"its columns are not those of {kind}", _HINT)
    table = table.select(schema.names)
    frame: pd.DataFrame = (table.drop_columns([GEOMETRY]) if shape else table).to_pandas()
    if not shape:
        return frame
    try:
        shapes = [_shapes(chunk) for chunk in table[GEOMETRY].chunks]
    except shapely.errors.ShapelyError as error:
        raise LibraryError(where, f"its geometry cannot be read ({error})", _HINT) from error
    drawn: pd.DataFrame = gpd.GeoDataFrame(frame, geometry=np.concatenate([*shapes, np.empty(0, object)]), crs=CRS)
    return drawn


def read_texts(file: IO[bytes], where: str, categories: Iterable[str] = ()) -> pd.DataFrame:
    """A plain table; the columns named as categories come back as such."""
    frame: pd.DataFrame = _read(file, where, list(categories)).to_pandas()
    return frame


def _read(file: IO[bytes], where: str, dictionaries: list[str]) -> pa.Table:
    try:
        return pq.ParquetFile(file, read_dictionary=dictionaries).read()
    except (pa.ArrowException, ValueError, KeyError, EOFError) as error:
        raise LibraryError(where, f"it is not Parquet that can be read ({error})", _HINT) from error


def _writer(file: Written, schema: pa.Schema) -> pq.ParquetWriter:
    # Arrow's own schema is left out: columns come back as the plain types that every reader of Parquet knows.
    return pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=1,
        store_schema=False,
        write_statistics=[name for name in schema.names if name != GEOMETRY],
        dictionary_pagesize_limit=DICTIONARY,
    )


def _column(values: pd.Series, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    array = pa.array(values, from_pandas=True)
    return array if array.type == kind else array.cast(kind)


def _geometry(piece: pd.DataFrame) -> pa.Array:
    shapes = piece[GEOMETRY].to_numpy()
    if "origin" not in piece.columns:
        return pa.array(shapely.to_wkb(shapes), pa.binary())
    origin, _ = pd.factorize(piece["origin"])
    destination, names = pd.factorize(piece["destination"])
    _, first, rows = np.unique(
        origin.astype(np.int64) * max(len(names), 1) + destination, return_index=True, return_inverse=True
    )
    # Places with one position under two codes give one line twice; a dictionary with two equal values is written out
    # in full, a line for every row.
    distinct = pa.array(shapely.to_wkb(shapes[first]), pa.binary()).dictionary_encode()
    numbers = distinct.indices.to_numpy()[rows].astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(numbers), distinct.dictionary)


def _shapes(chunk: pa.Array) -> np.ndarray:
    if not isinstance(chunk, pa.DictionaryArray):
        return np.asarray(shapely.from_wkb(chunk.to_numpy(zero_copy_only=False)), dtype=object)
    distinct = np.asarray(shapely.from_wkb(chunk.dictionary.to_numpy(zero_copy_only=False)), dtype=object)
    shapes: np.ndarray = distinct[chunk.indices.to_numpy(zero_copy_only=False)]
    return shapes


@cache
def _schema(kind: str) -> pa.Schema:
    dtypes, shape = TABLES[kind]
    fields = [(name, _ARROW[dtype]) for name, dtype in dtypes.items()]
    if not shape:
        return pa.schema(fields)
    # The lines of legs and totals are handed over as numbers of distinct lines; in the file they are plain binary.
    kept = pa.dictionary(pa.int32(), pa.binary()) if "origin" in dtypes else pa.binary()
    return pa.schema([*fields, (GEOMETRY, kept)])


def _about(shape: str) -> dict[str, object]:
    """What GeoParquet wants told: the geometry's encoding, type and reference system."""
    system = pyproj.CRS(CRS).to_json_dict()
    column = {"encoding": "WKB", "geometry_types": [shape], "crs": system, "edges": "planar"}
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


GRADE = "grade"
_TEXT, _TIME = pa.large_string(), pa.timestamp("us", tz="UTC")
ADDED: Mapping[str, Mapping[str, pa.DataType]] = {
    "legs": {"sum_of": pa.float64()},
    "totals": {
        **dict.fromkeys(("origin_stated", "destination_stated", "precision", "archive_sha256", "running"), _TEXT),
        "accessed": _TIME,
    },
}
"""Kind -> the columns that format 1 has not, beside those that "grade" became."""
LATER = {"totals": {"running": _TEXT}, "legs": {"sum_of": pa.float64()}}
"""Kind -> columns that an older table of format 2 is without: nobody had been asked, and no row was a sum."""


def upgraded(table: pa.Table, kind: str) -> pa.Table:
    """A table of an older format in today's columns; any other table as it is, for its reader to judge."""
    added, names = ADDED.get(kind), set(table.column_names)
    lacking = set(_schema(kind).names) - names
    if lacking and lacking == LATER.get(kind, {}).keys():
        return _with_empty(table, LATER[kind])
    if added is None or not {GRADE, "note"} <= names or names & {"reliability", "credibility", *added}:
        return table
    return _split(_with_empty(table, added))


def _with_empty(table: pa.Table, columns: Mapping[str, pa.DataType]) -> pa.Table:
    for name, kind_of in columns.items():
        nothing = pa.scalar("" if kind_of == _TEXT else None, kind_of)
        table = table.append_column(name, pa.repeat(nothing, len(table)))
    return table


def _split(table: pa.Table) -> pa.Table:
    given = pc.fill_null(pc.cast(table[GRADE], _TEXT), "").combine_chunks().dictionary_encode()
    letters, numbers, remarks = [], [], []
    for text in given.dictionary.to_pylist():
        try:
            letter, number, remark = *read_grade(text), ""
        except VagueError:
            letter, number, remark = "", "", f"Grade as given: {text}"
        letters.append(letter)
        numbers.append(number)
        remarks.append(remark)
    halves = {"reliability": letters, "credibility": numbers}
    for name, values in halves.items():
        table = table.append_column(name, pa.array(values, _TEXT).take(given.indices))
    note, remark = pc.cast(table["note"], _TEXT), pa.array(remarks, _TEXT).take(given.indices)
    joined = pc.binary_join_element_wise(note, remark, pa.scalar(" ", _TEXT))
    whole = pc.if_else(pc.equal(remark, ""), note, pc.if_else(pc.equal(note, ""), remark, joined))
    return table.set_column(table.column_names.index("note"), "note", whole).drop_columns([GRADE])
