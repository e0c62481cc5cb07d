"""The columns of legs as numbers of their different values, whether the table is made already or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from geo.arrays import Ints, Mask, epoch_seconds
from geo.columns import DEFAULT_UNIT, LEG_TABLE, UTC_TIME
from geo.tables.frame import Columns

Numbered = tuple[Ints, pd.Index]
"""A column of n rows: which of its different values each row has, and the values in their order."""
ABSENT = {"mode": 0, "sum_of": np.nan}
"""What a column that a file has not holds, where that is no empty text."""
Read = Callable[[str, Ints | None], Numbered]


class CodedLegs:
    """n legs, each column numbered when it is first asked for.

    read: gives a column by its name, of some rows, or of all (None). rows: those that are meant.
    """

    def __init__(self, read: Read, rows: Ints | None = None, known: Mapping[str, Numbered] | None = None) -> None:
        self._read = read
        self._rows = rows
        self._known = dict(known or {})

    def only(self, rows: Ints) -> CodedLegs:
        """Some of the rows."""
        known = {name: (codes[rows], values) for name, (codes, values) in self._known.items()}
        return CodedLegs(self._read, rows if self._rows is None else self._rows[rows], known)

    def numbered(self, name: str) -> Numbered:
        """One column."""
        if name not in self._known:
            self._known[name] = self._read(name, self._rows)
        return self._known[name]

    def code(self, name: str) -> Ints:
        """The number of each row's value."""
        return self.numbered(name)[0]

    def codes(self, names: tuple[str, ...]) -> list[Ints]:
        """The same of several columns."""
        return [self.code(name) for name in names]

    def blank(self, name: str) -> Mask:
        """Whether a row states nothing there."""
        codes, values = self.numbered(name)
        nothing: Mask = np.array([value in (0, "") for value in values], bool)[codes]
        return nothing

    def are_sums(self) -> Mask:
        """Whether a row is a sum of legs."""
        codes, values = self.numbered("sum_of")
        some: Mask = np.array([value == value for value in values], bool)[codes]  # noqa: PLR0124 -- NaN is not itself
        return some

    def texts(self, name: str, codes: Ints) -> list[str]:
        """The texts of some numbers of a column."""
        return [str(text) for text in self.numbered(name)[1].take(codes)]


def of_table(legs: pd.DataFrame) -> CodedLegs:
    """The legs of a table with the columns of `LEG_TABLE`."""

    def read(name: str, rows: Ints | None) -> Numbered:
        if name not in legs:
            count = len(legs) if rows is None else rows.size
            return np.zeros(count, np.int64), pd.Index([ABSENT[name]])
        return _numbered(name, legs[name] if rows is None else legs[name].iloc[rows])

    return CodedLegs(read)


def of_columns(columns: Columns, rows: Ints) -> CodedLegs:
    """Some rows of a table that is not made yet, whose different values are known already."""

    def read(name: str, rows: Ints | None) -> Numbered:
        column = columns.reckoned[name]() if name in columns.reckoned else columns.columns.get(name)
        if column is None:
            count = columns.bad.size if rows is None else rows.size
            return np.zeros(count, np.int64), pd.Index([ABSENT.get(name, "")])
        codes, values = _numbered(name, pd.Series(np.asarray(column.values)))
        return codes[column.codes if rows is None else column.codes[rows]], values

    return CodedLegs(read, rows)


def _numbered(name: str, values: pd.Series) -> Numbered:
    if LEG_TABLE[name] == UTC_TIME:
        values = pd.Series(epoch_seconds(values))
    codes, different = pd.factorize(values, sort=True, use_na_sentinel=False)
    if name == "unit":
        again, different = pd.factorize(pd.Series(different).replace("", DEFAULT_UNIT), sort=True)
        codes = again[codes]
    return codes.astype(np.int64), pd.Index(different)
