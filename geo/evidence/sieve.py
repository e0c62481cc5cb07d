"""Parses the columns of a sheet, each distinct text once, and keeps book of the rows that do not pass.

Rows are never dropped here: a `Sieve` says which are bad and why, and the tables are made of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.errors import VagueError
from geo.evidence.cells import Sheet
from geo.evidence.columns import MODES
from geo.evidence.dates import FIRST_YEAR, LAST_YEAR, Period, read_date
from geo.evidence.places import Places
from geo.evidence.problems import Problem

T = TypeVar("T")
Rows = NDArray[np.int64]
Codes = NDArray[np.int64]
Times = NDArray[np.datetime64]
Text = NDArray[np.object_]

_MODE_WORDS = {"sea": 1, "ship": 1, "by sea": 1, "train": 2, "railway": 2, "by rail": 2, "truck": 3, "lorry": 3}
_MODE_WORDS |= {"by road": 3, "plane": 4, "aircraft": 4, "by air": 4} | MODES | {str(m): m for m in MODES.values()}
_DAY = np.timedelta64(1, "D")
_PLAIN_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PLAIN_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?$"

MODE_RULE = ("a mode is maritime, rail, road or air, or its number 1 to 4", "Leave it empty where mixed or not stated.")
PLACE_RULE = "a place is the code, name or alias of one place"


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """A column of n texts as its distinct, trimmed values and, for each row, which of them it has."""

    values: list[str]
    codes: Codes


class Sieve:
    """The rows of a sheet, the parsers that read their cells, and what they found wrong."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.bad: NDArray[np.bool_] = np.zeros(len(sheet), bool)
        self._found: list[Problem] = []

    def __contains__(self, column: str) -> bool:
        return column in self.sheet.columns

    def refuse(self, rows: NDArray[np.bool_] | Rows, column: str, rule: str, hint: str | Callable[[int], str]) -> None:
        """Sets rows aside (a mask, or row numbers) for one rule. hint may depend on the row."""
        numbers = np.flatnonzero(rows) if rows.dtype == bool else rows
        self.bad[numbers] = True
        given = self.sheet.columns.get(column)
        for row in numbers.tolist():
            cell = given[row].as_py() if given is not None else ""
            line = int(self.sheet.lines[row])
            self._found.append(Problem(line, column, cell, rule, hint if isinstance(hint, str) else hint(row)))

    def problems(self) -> list[Problem]:
        """Everything found, in the order of the file's lines."""
        broken = [Problem(each.line, "", ",".join(each.cells), each.rule, each.hint) for each in self.sheet.broken]
        return sorted([*self._found, *broken], key=lambda problem: problem.row)

    def text(self, column: str) -> Text:
        """Trimmed cells; "" throughout where the column is not there."""
        if column not in self:
            return np.full(len(self.sheet), "", dtype=object)
        trimmed: Text = pc.utf8_trim_whitespace(self.sheet.columns[column]).to_numpy(zero_copy_only=False)
        return trimmed

    def distinct(self, column: str) -> Distinct:
        """A column, factorised; one value "" where the column is not there."""
        if column not in self:
            return Distinct([""], np.zeros(len(self.sheet), np.int64))
        encoded = pc.utf8_trim_whitespace(self.sheet.columns[column]).dictionary_encode()
        return Distinct(encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64))

    def filled(self, column: str, rule: str) -> None:
        """Refuses empty cells."""
        column_cells = self.distinct(column)
        if "" in column_cells.values:
            self.refuse(column_cells.codes == column_cells.values.index(""), column, rule, "Fill it in.")

    def places(self, column: str, places: Places) -> Text:
        """Place codes; refuses what names no place, or more than one."""
        cells = self.distinct(column)
        found = places.find_many(cells.values)
        codes = np.array([found[value].place or "" for value in cells.values] or [""], dtype=object)
        wrong = np.array([found[value].place is None for value in cells.values] or [False])
        rows = wrong[cells.codes]
        self.refuse(rows, column, PLACE_RULE, lambda row: found[cells.values[cells.codes[row]]].message)
        named: Text = codes[cells.codes]
        return named

    def modes(self) -> NDArray[np.int8]:
        """UN/ECE Rec 19 modes, 0 where not stated."""
        cells = self.distinct("mode")
        modes = np.array([_MODE_WORDS.get(value.casefold(), -1) for value in cells.values] or [0], np.int8)[cells.codes]
        self.refuse(modes < 0, "mode", *MODE_RULE)
        return modes

    def parsed(self, column: str, codes: Codes, readers: Sequence[Callable[[], T]], instead: T) -> list[T]:
        """What each reader gives; rows whose reader raises VagueError are refused, and hold instead.

        codes: for each row, which of the readers reads its cell.
        """
        values: list[T] = []
        errors: dict[int, VagueError] = {}
        for number, read in enumerate(readers):
            try:
                values.append(read())
            except VagueError as error:
                values.append(instead)
                errors[number] = error
        self.refuse_all(column, codes, errors)
        return values

    def refuse_all(self, column: str, codes: Codes, errors: dict[int, VagueError]) -> None:
        """Refuses every row whose code has an error, with that error's rule and hint."""
        if not errors:
            return
        rows = np.flatnonzero(np.isin(codes, list(errors)))
        by_code = codes[rows]
        for code in np.unique(by_code).tolist():
            self.refuse(rows[by_code == code], column, errors[code].rule, errors[code].hint)

    def dates(self, column: str, *, required: bool) -> tuple[Times, Times]:
        """First instant and exclusive end of each date, NaT where the cell is empty. A time of day is an instant."""
        cells = self.distinct(column)
        start, end, unread = _plain_dates(cells.values)
        errors: dict[int, VagueError] = {}
        for number in np.flatnonzero(unread).tolist():
            value = cells.values[number]
            if not value and not required:
                continue
            try:
                period = read_date(value)
            except VagueError as error:
                errors[number] = error
            else:
                start[number], end[number] = _times(period)
        self.refuse_all(column, cells.codes, errors)
        return start[cells.codes], end[cells.codes]


def pairs(first: Distinct, second: Distinct) -> tuple[list[tuple[str, str]], Codes]:
    """Two columns as one: the distinct pairs of their values, and which of them each row has."""
    width = max(len(second.values), 1)
    found, codes = np.unique(first.codes * width + second.codes, return_inverse=True)
    return [(first.values[pair // width], second.values[pair % width]) for pair in found.tolist()], codes


def _times(period: Period) -> tuple[np.datetime64, np.datetime64]:
    earliest, latest = period.earliest.replace(tzinfo=None), period.latest.replace(tzinfo=None)
    return np.datetime64(earliest, "us"), np.datetime64(latest, "us")


def _plain_dates(values: list[str]) -> tuple[Times, Times, NDArray[np.bool_]]:
    """start, end of all values written as 2023-09-07 or 2023-09-07T14:30, and which are not."""
    texts = pa.array(values, pa.string())
    start = np.full(len(values), np.datetime64("NaT", "us"), "datetime64[us]")
    whole_day = np.zeros(len(values), bool)
    for pattern, form in ((_PLAIN_DAY, "%Y-%m-%d"), (_PLAIN_TIME, "ISO8601")):
        rows = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
        if rows.any():
            plain = texts.filter(pa.array(rows)).to_pandas()
            read = pd.to_datetime(plain, format=form, errors="coerce", utc=True)
            start[rows] = read.dt.tz_localize(None).to_numpy("datetime64[us]")
            whole_day |= rows & (form != "ISO8601")
    years = start.astype("datetime64[Y]").astype(np.int64) + 1970
    start[(years < FIRST_YEAR) | (years > LAST_YEAR)] = np.datetime64("NaT", "us")
    end = start + np.where(whole_day, _DAY, np.timedelta64(0, "D"))
    return start, end, np.isnat(start)
