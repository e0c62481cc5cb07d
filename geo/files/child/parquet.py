"""Parquet by pyarrow, batch by batch: each column as distinct texts and codes, a geometry as the ends of its lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.errors import TooLarge, UnreadableFile
from geo.files import limits
from geo.files.cell_text import encoded_texts, listed, text_of
from geo.files.child import main
from geo.files.child.geojson import positions
from geo.files.child.main import Answer, Request

_BATCH = 2**16
NAN = float("nan")
_BUFFER = 1 * limits.MIB


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"rows", "most"}: {"header", "crs"}, then Arrow streams of the columns as dictionaries, and of float64 ends."""
    most = request.get("most")
    try:
        # Kept as codes and distinct texts from the file on: a long text that a million rows repeat is held once.
        texts = [field.name for field in pq.read_schema(path) if _is_text(field.type)]
        file = pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False, buffer_size=_BUFFER)
        schema = file.schema_arrow
        geometry, crs = _geometry(schema)
        _check(file)
        names = _flat(schema.empty_table()).column_names
        if len(names) > limits.COLUMNS:
            raise TooLarge("", "the number of columns", f"{len(names):,}", f"{limits.COLUMNS:,}")
        yield main.JSON, {"header": [name for name in names if name != geometry], "crs": crs}
        taken = 0
        for batch in _batches(file, min(_BATCH, most or _BATCH)):
            part = batch if most is None else batch.slice(0, most - taken)
            taken += part.num_rows
            yield main.ARROW, _stream(part, geometry)
            if most is not None and taken >= most:
                return
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile("", f"is a broken Parquet file: {error}", "Export it again.") from error


def _batches(file: pq.ParquetFile, rows: int) -> Iterator[pa.RecordBatch]:
    """Group by group: what pyarrow remembers of texts, to make codes of them, it lets go with a group."""
    for group in range(file.num_row_groups):
        yield from file.iter_batches(rows, row_groups=[group], use_threads=False)


def _is_text(kind: pa.DataType) -> bool:
    """Whether Parquet holds it as bytes."""
    return any(is_one(kind) for is_one in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary))


def _check(file: pq.ParquetFile) -> None:
    if len(file.schema_arrow) > limits.COLUMNS:
        raise TooLarge("", "the number of columns", f"{len(file.schema_arrow):,}", f"{limits.COLUMNS:,}")
    limits.check_rows("", file.metadata.num_rows, len(file.schema_arrow))


def _flat(table: pa.Table) -> pa.Table:
    """Columns of records as a column for each of their values, by path."""
    while any(pa.types.is_struct(kind) for kind in table.schema.types):
        table = table.flatten()
    return table


def _geometry(schema: pa.Schema) -> tuple[str, object]:
    """The column of a GeoParquet file that holds geometries as WKB, or "", and its coordinate reference system."""
    try:
        geo = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        primary = str(geo.get("primary_column", ""))
        column = geo.get("columns", {}).get(primary, {})
    except (ValueError, AttributeError, RecursionError):
        return "", None
    wkb = isinstance(column, dict) and column.get("encoding") == "WKB" and primary in schema.names
    if not wkb:
        return "", None
    kind = schema.field(primary).type
    if not pa.types.is_binary(kind.value_type if pa.types.is_dictionary(kind) else kind):
        return "", None
    crs = column.get("crs")
    return primary, crs if isinstance(crs, dict | str) else None


def _stream(batch: pa.RecordBatch, geometry: str) -> bytes:
    """An Arrow IPC stream of one batch."""
    names, columns = [], []
    for name, column in _columns(batch):
        if name == geometry:
            for end, numbers in _ends(column).items():
                names.append(main.END_OF_LINE + end)
                columns.append(numbers)
        else:
            names.append(main.TEXT + name)
            columns.append(_texts(_used(column), name))
    sink = pa.BufferOutputStream()
    whole = pa.record_batch(columns, names=names)
    with pa.ipc.new_stream(sink, whole.schema) as writer:
        writer.write_batch(whole)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _columns(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.Array]]:
    if not any(map(pa.types.is_struct, batch.schema.types)):
        yield from zip(batch.schema.names, batch.columns, strict=True)
        return
    flat = _flat(pa.Table.from_batches([batch]))
    for name, column in zip(flat.column_names, flat.columns, strict=True):
        yield name, column.combine_chunks()


def _ends(column: pa.Array) -> dict[str, pa.Array]:
    """The ends of a column of WKB, each different geometry looked at once."""
    distinct = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    found = positions(distinct.dictionary.to_numpy(zero_copy_only=False))
    return {name: pc.fill_null(pa.array(numbers).take(distinct.indices), NAN) for name, numbers in found.items()}


def _used(column: pa.Array) -> pa.Array:
    """A column of codes with no texts but those of its rows.

    Where a file holds texts and no codes, pyarrow makes the codes, and hands on with each part all texts before it: to
    look at them again and again takes time by the square of the rows.
    """
    if not pa.types.is_dictionary(column.type) or len(column.dictionary) <= len(column):
        return column
    used = pc.unique(column.indices.drop_null())
    return pa.DictionaryArray.from_arrays(pc.index_in(column.indices, used), column.dictionary.take(used))


def _texts(column: pa.Array, name: str) -> pa.DictionaryArray:
    """A typed column as texts. Raises UnreadableFile for what no cell can hold."""
    try:
        if pa.types.is_nested(column.type):
            return encoded_texts(pa.array([_nested(value) for value in column.to_pylist()], pa.string()))
        return encoded_texts(column)
    except MemoryError:
        raise
    except (pa.ArrowException, UnicodeError, ValueError, OverflowError) as error:
        raise UnreadableFile("", f"column {name!r} is not text: {error}", "Leave it out.") from error


def _nested(value: object) -> str | None:
    return None if value is None else listed(value) if isinstance(value, list) else text_of(value)
