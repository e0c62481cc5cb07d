"""The columns of a file that are ours, whatever else it holds: engines are given these alone."""

from __future__ import annotations

import ibis.expr.types as ir  # type: ignore[import-untyped]

from geo.engine.inputs import Input
from geo.errors import MissingColumns, UnitUnsaid, UnreadableFile
from geo.matching import count_units
from geo.matching.mapping import missing, own_map


def own_headers(file: Input, rows: ir.Table) -> dict[str, str]:
    """Our names of legs -> the file's. Raises MissingColumns and UnitUnsaid, as reading the file would."""
    mapping = count_units.complete(own_map(rows.columns, "legs"))
    if lacking := missing(mapping):
        raise MissingColumns(file.address, lacking, rows.columns, "legs")
    if count_units.is_unsaid(mapping):
        raise UnitUnsaid(file.address, count_units.count_header(mapping))
    nested = [name for name in mapping.columns if rows[name].type().is_nested()]
    if nested:
        raise UnreadableFile(file.address, f"column {nested[0]!r} holds tables in its cells", "Spread it over columns.")
    return {ours: header for header, ours in mapping.columns.items()}


def own_columns(file: Input, rows: ir.Table) -> ir.Table:
    """The rows under our names. Raises as `own_headers` does."""
    return rows.select(**{ours: rows[header] for ours, header in own_headers(file, rows).items()})
