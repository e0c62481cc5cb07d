"""The expression, run on DuckDB in this process."""

from __future__ import annotations

from functools import cache

import duckdb
import ibis  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.compute as pc

from geo.engine.expression import expression
from geo.volume import MEASURES


def knots(table: pa.Table) -> pa.Table:
    """Flows -> knots, both as in `geo.volume.knots`."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("flows", table)
        rows = connection.sql(_sql()).to_arrow_table()
    high = pc.if_else(pc.greater(rows["open"], 0.0), float("inf"), rows["closed"])
    return rows.select(["corridor", "time", *MEASURES]).append_column("high", high)


@cache
def _sql() -> str:
    """The expression as DuckDB's SQL: compiling takes longer than running it on a small scene."""
    kinds = {"corridor": "int64", "start": "int64", "end": "int64"} | dict.fromkeys(MEASURES, "float64")
    return str(ibis.to_sql(expression(ibis.table(kinds, name="flows")), dialect="duckdb"))
