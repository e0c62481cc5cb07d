"""Latitude and longitude in each other's columns: noticed from what was read, put right in the mapping at one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.matching.mapping import ColumnMap
from geo.parsing.positions import SWAPPED

if TYPE_CHECKING:
    from geo.tables.read import Reading

AXES = {end: (f"{end}_lat", f"{end}_lon") for end in ("origin", "destination")}
"""An end of a leg -> our columns of its position."""


def swapped_ends(reading: Reading) -> Mapping[str, int]:
    """The ends whose two columns look swapped in at least half of all rows -> in how many rows they do."""
    frame = reading.problems.frame
    frame = frame[frame["rule"] == SWAPPED]
    mapped = set(reading.mapping.columns.values())
    found = {end: frame[frame["column"].isin(axes)]["row"].nunique() for end, axes in AXES.items() if mapped >= {*axes}}
    return {end: rows for end, rows in found.items() if rows and 2 * rows >= reading.rows}


def exchanged(given: ColumnMap, ends: Iterable[str]) -> ColumnMap:
    """The mapping with the latitude and the longitude of these ends exchanged."""
    other = {name: AXES[end][1 - at] for end in ends for at, name in enumerate(AXES[end])}
    return replace(given, columns={header: other.get(column, column) for header, column in given.columns.items()})
