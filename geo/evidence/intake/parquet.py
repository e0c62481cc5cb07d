"""Parquet -> Sheet, by pyarrow."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.features import read_table
from geo.evidence.intake.sheet import Sheet

_BATCH = 2**17


def read_parquet(
    content: bytes,
    name: str,
    dialect: Dialect,
    *,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Sheet:
    """All columns as text; a GeoParquet's geometry as the ends of its lines. Raises UnreadableFile, TooLarge."""
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        geometry, crs = _geometry(file.schema_arrow)
        _check(file, geometry, name)
        batches, taken = [], 0
        for batch in file.iter_batches(min(_BATCH, at_most or _BATCH)):
            watch()
            batches.append(batch)
            taken += batch.num_rows
            if at_most is not None and taken >= at_most:
                break
        table = pa.Table.from_batches(batches, file.schema_arrow)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile(name, f"is a broken Parquet file: {error}", "Export it again.") from error
    return read_table(table if at_most is None else table.slice(0, at_most), name, dialect, geometry, crs)


def _check(file: pq.ParquetFile, geometry: str, name: str) -> None:
    schema = file.schema_arrow
    if len(schema) > limits.COLUMNS:
        raise TooLarge(name, "the number of columns", f"{len(schema):,}", f"{limits.COLUMNS:,}")
    cells = file.metadata.num_rows * max(len(schema), 1)
    if cells > limits.TABLE_CELLS:
        raise TooLarge(name, "the cells of the table", f"{cells:,}", f"{limits.TABLE_CELLS:,}")
    for field in schema:
        if pa.types.is_nested(field.type) and field.name != geometry:
            reason = f"column {field.name!r} holds tables in its cells"
            raise UnreadableFile(name, reason, "Leave it out, or spread it over columns.")


def _geometry(schema: pa.Schema) -> tuple[str, object]:
    """The column of a GeoParquet file that holds geometries as WKB, or "", and its coordinate reference system."""
    try:
        geo = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        primary = str(geo.get("primary_column", ""))
        column = geo.get("columns", {}).get(primary, {})
    except (ValueError, AttributeError, RecursionError):
        return "", None
    wkb = isinstance(column, dict) and column.get("encoding") == "WKB" and primary in schema.names
    if not wkb or not pa.types.is_binary(schema.field(primary).type):
        return "", None
    crs = column.get("crs")
    return primary, crs if isinstance(crs, dict | str) else None
