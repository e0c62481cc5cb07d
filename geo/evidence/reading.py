"""A CSV in our own columns -> a table and its problems. A bad cell sets its row aside; nothing is lost or guessed.

Rows read = rows kept + rows set aside. Row numbers are the file's line numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

import geopandas as gpd
import pandas as pd

from geo.errors import MissingColumns
from geo.evidence import aside, columns, formula, tables
from geo.evidence.cells import Sheet, Source, read_sheet
from geo.evidence.places import Places
from geo.evidence.problems import Problem
from geo.evidence.sieve import Sieve

Kind = Literal["legs", "totals", "places", "events"]
KINDS: dict[Kind, tuple[columns.Column, ...]] = {
    "totals": columns.TOTALS,
    "legs": columns.LEGS,
    "places": columns.PLACES,
    "events": columns.EVENTS,
}


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What came of a file.

    kind       legs, totals, places or events
    table      the rows kept; a GeoDataFrame (EPSG:4326), or a DataFrame of events; columns as in `columns`
    problems   every cell at fault, by line
    rows       rows read; rows == len(table) + len(set_aside)
    set_aside  text: line, why, and the file's own cells
    ignored    names of columns that are not ours
    sha256     of the file as given
    """

    file: str
    kind: Kind
    sha256: str
    rows: int
    table: pd.DataFrame
    problems: tuple[Problem, ...]
    set_aside: pd.DataFrame
    ignored: tuple[str, ...]

    def set_aside_csv(self) -> str:
        """The rows set aside as a CSV to mend and load again; cells that a spreadsheet would run are made harmless."""
        return formula.to_csv(self.set_aside)


def read(file: Source, kind: Kind | None = None, *, places: Places | None = None, name: str | None = None) -> Reading:
    """A path, bytes or an open file -> Reading. The kind is told from the header where it is not given.

    places is the gazetteer in which origins and destinations are looked up (ours where not given); name is the
    file's name where the file itself has none. Raises UnreadableFile, MissingColumns.
    """
    sheet = read_sheet(file, name)
    kind = kind or _kind(sheet)
    missing = _missing(sheet, kind)
    if missing:
        raise MissingColumns(sheet.file, missing, [each.strip() for each in sheet.header], kind)
    sieve = Sieve(sheet)
    again = aside.came_from_here(sheet)
    if again and aside.OVERFLOW in sieve:
        moved = sieve.text(aside.OVERFLOW) != ""
        sieve.refuse(moved, aside.OVERFLOW, aside.OVERFLOW_RULE, aside.OVERFLOW_HINT)
    table = _table(kind, sieve, places)
    problems = tuple(sieve.problems())
    ours = {column.name for column in KINDS[kind]} | ({aside.LINE, aside.WHY, aside.OVERFLOW} if again else set())
    return Reading(
        file=sheet.file,
        kind=kind,
        sha256=sheet.sha256,
        rows=len(sheet) + len(sheet.broken),
        table=table,
        problems=problems,
        set_aside=aside.set_aside(sheet, sieve.bad, problems),
        ignored=tuple(each for each in sheet.columns if each not in ours),
    )


def read_legs(file: Source, *, places: Places | None = None) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Itemised legs -> (GeoDataFrame as `columns.LEG_TABLE` with LineStrings in EPSG:4326, problems). See `read`."""
    return _both(read(file, "legs", places=places))


def read_totals(file: Source, *, places: Places | None = None) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Totals -> (GeoDataFrame as `columns.TOTAL_TABLE` with LineStrings in EPSG:4326, problems). See `read`."""
    return _both(read(file, "totals", places=places))


def read_places(file: Source) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Places -> (GeoDataFrame as `columns.PLACE_TABLE` with Points in EPSG:4326, problems). See `read`."""
    return _both(read(file, "places"))


def read_events(file: Source) -> tuple[pd.DataFrame, list[Problem]]:
    """Events -> (DataFrame as `columns.EVENT_TABLE`, problems). See `read`."""
    return _both(read(file, "events"))


def _both(reading: Reading) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    return reading.table, list(reading.problems)


def _table(kind: Kind, sieve: Sieve, places: Places | None) -> pd.DataFrame:
    table: pd.DataFrame
    if kind == "places":
        table = tables.places(sieve)
    elif kind == "events":
        table = tables.events(sieve)
    else:
        build = tables.legs if kind == "legs" else tables.totals
        table = build(sieve, places or Places.load())
    return table


def _kind(sheet: Sheet) -> Kind:
    """The kind that the header lacks least of, then shares most with."""
    kinds = cast("tuple[Kind, ...]", get_args(Kind))

    def fit(kind: Kind) -> tuple[int, int]:
        shared = sum(column.name in sheet.columns for column in KINDS[kind])
        return -len(_missing(sheet, kind)), shared

    return max(kinds, key=fit)


def _missing(sheet: Sheet, kind: Kind) -> list[str]:
    return [column.name for column in KINDS[kind] if column.required and column.name not in sheet.columns]
