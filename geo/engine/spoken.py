"""Distinct combinations of cells, read by the rules of files, each once: tables that an engine joins to its rows.

A combination is what the columns of one question hold in a row: the places, the dates, the unit, the figures. It is
read as a row of legs of which all else is known to be good, so that an engine sums what a file would be read as.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.arrays import NOT_A_TIME, epoch_seconds
from geo.columns import LEG_TABLE, UTC_TIME
from geo.errors import TooLarge
from geo.files import formulas
from geo.files.cell_text import encoded_texts
from geo.files.column_builder import retexted
from geo.gazetteer.places import Places
from geo.matching import count_units
from geo.matching.mapping import ColumnMap
from geo.sheet import Dialect, Sheet
from geo.tables.read import Reading, take

MOST = 2**21
"""Distinct combinations of one question: more would not fit beside all else."""
GOOD = {"origin": "KPRJN", "destination": "RUVVO", "depart": "2023-09-07", "containers": "1"}
"""What stands in the columns that a combination does not speak of."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows are set aside: the column, the rule, what to do, and what one of them has."""

    column: str
    rule: str
    hint: str
    given: str


@dataclass(slots=True)
class Reasons:
    """The reasons of one file, by number from 0."""

    known: dict[tuple[str, str], int] = field(default_factory=dict)
    listed: list[Reason] = field(default_factory=list)

    def number(self, reason: Reason) -> int:
        """The same column and rule are one reason, whatever was given."""
        at = self.known.setdefault((reason.column, reason.rule), len(self.listed))
        if at == len(self.listed):
            self.listed.append(reason)
        return at


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """k distinct combinations as an engine has them, and their reading. table: a row for each combination that was
    kept, by `row`, its number from 1. why: the number of a reason for each (int64, k), null where it was kept."""

    cells: pa.Table
    reading: Reading | None
    why: pa.Array

    def column(self, name: str) -> pa.Array:
        """A column of the table for all k combinations; null where it was not kept."""
        if self.reading is None:
            kind = LEG_TABLE[name]
            return pa.array([], pa.string() if kind == "str" else pa.int64() if kind == UTC_TIME else kind)
        table = self.reading.table
        values = table[name]
        if isinstance(values.dtype, pd.DatetimeTZDtype):
            seconds = epoch_seconds(values)
            made = pa.array(seconds, pa.int64(), mask=seconds == NOT_A_TIME)
        else:
            made = pa.array(values, from_pandas=True)
        at = np.full(len(self.cells), -1, np.int64)
        at[table["row"].to_numpy() - 1] = np.arange(len(table))
        return made.take(pa.array(at, mask=at < 0))


def read(name: str, cells: pa.Table, places: Places, reasons: Reasons, *, guarded: bool = False) -> Said:
    """Reads combinations. cells: columns of ours, one row each. name: of the file, for messages. guarded: of a CSV, in
    which a cell that a spreadsheet would run has an apostrophe before it.

    Raises TooLarge for more combinations than can be told apart here.
    """
    if len(cells) > MOST:
        what = f"different combinations of {', '.join(cells.column_names)}"
        raise TooLarge(name, what, f"{len(cells):,}", f"{MOST:,}", HINT)
    if not len(cells):
        return Said(cells, None, pa.array([], pa.int64()))
    given = _sheet(name, cells, guarded=guarded)
    fixed = {ours: text for ours, text in GOOD.items() if ours not in _answered(cells.column_names)}
    mapping = ColumnMap("legs", {each: each for each in cells.column_names}, fixed=fixed)
    reading = take(given, "legs", places=places, mapping=count_units.complete(mapping))
    return Said(cells, reading, _why(reading, len(cells), reasons))


HINT = "Write dates as 2023-09-07 and counts in digits: these are not told apart one by one."


def _answered(names: list[str]) -> set[str]:
    """The columns of `GOOD` for which some columns speak."""
    beginnings = {each.split("_", maxsplit=1)[0] for each in names} - {"unit", "mode", "sum"}
    return beginnings | ({"depart"} if "arrive" in beginnings else set())


def _sheet(name: str, cells: pa.Table, *, guarded: bool) -> Sheet:
    columns = {each: encoded_texts(cells[each].combine_chunks()) for each in cells.column_names}
    if guarded:
        columns = {each: retexted(column, formulas.restored(column.dictionary)) for each, column in columns.items()}
    return Sheet(name, "", Dialect(), tuple(columns), columns, np.arange(1, len(cells) + 1))


def _why(reading: Reading, count: int, reasons: Reasons) -> pa.Array:
    problems = reading.problems.frame
    wrong = problems[(problems["severity"] == "set aside").to_numpy(bool)].drop_duplicates("row")
    number = np.full(count, -1, np.int64)
    columns = (wrong[each].astype(str).tolist() for each in ("column", "rule", "hint", "given"))
    for row, column, rule, hint, given in zip(wrong["row"].tolist(), *columns, strict=True):
        number[row - 1] = reasons.number(Reason(column, rule, hint, given))
    return pa.array(number, mask=number < 0)
