"""How many rows each question about a file holds back: what is asked first is what most rows wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.parsing.numbers import UNSURE

if TYPE_CHECKING:
    from geo.tables.read import Reading


def by_dates(reading: Reading, column: str) -> int:
    """Rows set aside whose date in this column of ours waits for how it is written."""
    frame = reading.problems.frame
    return int(frame[(frame["column"] == column) & (frame["severity"] == "set aside")]["row"].nunique())


def by_decimals(reading: Reading) -> int:
    """Rows set aside since a figure is one with a decimal comma and another with a point."""
    frame = reading.problems.frame
    return int(frame[frame["rule"] == UNSURE[0]]["row"].nunique())


def by_places(reading: Reading) -> int:
    """Rows of which an end is a name that leads to no single place; a row with two of them counts twice."""
    return sum(each.rows for each in reading.unplaced)
