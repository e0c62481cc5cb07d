"""What a sheet holds, as tests compare it."""

from __future__ import annotations

from geo.sheet import Sheet

ENDS = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    """The cells below the header."""
    return list(zip(*(column.to_pylist() for column in sheet.columns.values()), strict=True))
