"""The columns of a sheet as we name them, each distinct text once, and the book of rows that do not pass.

Rows are never dropped here: a `Sieve` says which are bad and why, and the tables are made of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Codes, Ints, Mask
from geo.errors import Progress, VagueError, silent
from geo.files.text.decode import MARK, NUL
from geo.matching.mapping import ColumnMap
from geo.parsing.date_order import Decision
from geo.problems import Problems, Severity
from geo.sheet import Sheet
from geo.tables.findings import Finding, Message, to_problems

T = TypeVar("T")
K = TypeVar("K")

SLICE = 2**20
"""So many rows are worked on at a time: what a rule needs besides its codes is never larger than that."""
SPARSE = 2**22
"""Up to so many possible combinations are counted in a table, more are sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """A column of n texts as its k different, trimmed values, all in use, and for each row which of them it has."""

    values: pa.LargeStringArray
    codes: Codes

    def texts(self) -> list[str]:
        """The different values, as Python's own."""
        return cast("list[str]", self.values.to_pylist())

    @property
    def empty(self) -> Mask:
        """Which of the values are empty (bool, k)."""
        return cast("Mask", pc.equal(self.values, "").to_numpy(zero_copy_only=False))


def distinct(column: pa.DictionaryArray) -> Distinct:
    """The cells of a sheet's column, trimmed."""
    codes: Codes = column.indices.to_numpy()
    values = column.dictionary
    used = np.zeros(len(values), bool)
    used[codes] = True
    if not used.all():
        codes = (np.cumsum(used) - 1).astype(np.int32)[codes]
        values = values.filter(pa.array(used))
    trimmed = pc.utf8_trim_whitespace(values)
    if not trimmed.equals(values):
        encoded = trimmed.dictionary_encode()
        values, codes = encoded.dictionary, encoded.indices.to_numpy()[codes]
    return Distinct(values.cast(pa.large_string()), codes)


def constant(text: str, rows: int) -> Distinct:
    """A column that has one text in all rows, and takes no room."""
    return Distinct(pa.array([text], pa.large_string()), np.broadcast_to(np.zeros(1, np.int32), (rows,)))


def combine(first: tuple[Codes, int], *more: tuple[Codes, int]) -> tuple[list[Ints], Codes]:
    """Columns of codes, each with the number of its values, as one.

    For each column: which value each of the m combinations found has (int64, m). And: which combination each row has.
    """
    codes, count = first
    parts: list[Ints] = [np.arange(count)]
    for other, width in more:
        if not width:  # There are no rows, so that nothing is combined with anything.
            parts, count = [*(part[:0] for part in parts), np.zeros(0, np.int64)], 0
            continue
        if width <= 1:
            parts.append(np.zeros(count, np.int64))
            continue
        keys, codes = _pairs(codes, other, count, width)
        count = len(keys)
        parts = [*(part[keys // width] for part in parts), keys % width]
    return parts, codes


def _pairs(first: Codes, second: Codes, count: int, width: int) -> tuple[Ints, Codes]:
    """The different pairs as first × width + second, and which of them each row has."""
    rows = len(first)
    if count * width > max(SPARSE, rows):
        keys, codes = np.unique(first.astype(np.int64) * width + second, return_inverse=True)
        return keys, codes.astype(np.int32)
    there = np.zeros(count * width, bool)
    for part in slices(rows):
        there[first[part].astype(np.int64) * width + second[part]] = True
    number = (np.cumsum(there) - 1).astype(np.int32)
    codes = np.empty(rows, np.int32)
    for part in slices(rows):
        codes[part] = number[first[part].astype(np.int64) * width + second[part]]
    return np.flatnonzero(there), codes


def slices(rows: int, size: int = SLICE) -> Iterator[slice]:
    """All rows, `size` at a time."""
    return (slice(begin, min(begin + size, rows)) for begin in range(0, rows, size))


@dataclass(slots=True)
class Memory:
    """What texts were read as, by what read them: a sheet that is read again after a fix parses what changed alone."""

    read: dict[object, dict[object, object]] = field(default_factory=dict)

    def parsed(self, reader: object, keys: Iterable[K], read: Callable[[K], T]) -> list[T | VagueError]:
        """What `read` gives for each key, or the VagueError it raised. reader names all else that it depends on."""
        known = cast("dict[K, T | VagueError]", self.read.setdefault(reader, {}))
        results: list[T | VagueError] = []
        for key in keys:
            if key not in known:
                try:
                    known[key] = read(key)
                except VagueError as error:
                    known[key] = error.with_traceback(None)
            results.append(known[key])
        return results


class Sieve:
    """The n rows of a sheet under a mapping, and what was found wrong with them.

    bad: bool, n: rows set aside. forms: our date columns -> the form that was decided. doubts: those of them in which
    nothing tells it -> what can be chosen, and why. decisions: what the values of each show by themselves. periods:
    those whose dates stand for a week, month, quarter or year, as their headers say. unsure: figures that are one
    number with a decimal comma and another with a point. called_totals: texts in place columns that name no place, and
    say "total". waiting: bool, n: rows of a download whose cells are not moved into their columns yet. of_ours: we
    wrote the file.
    """

    def __init__(
        self, sheet: Sheet, mapping: ColumnMap, memory: Memory, progress: Progress = silent, *, of_ours: bool = False
    ) -> None:
        self.sheet = sheet
        self.mapping = mapping
        self.memory = memory
        self.progress = progress
        self.of_ours = of_ours
        self.bad: Mask = np.zeros(len(sheet), bool)
        self.forms: dict[str, str] = {}
        self.doubts: dict[str, Decision] = {}
        self.periods: dict[str, str] = {}
        self.decisions: dict[str, Decision] = {}
        self.unsure: list[str] = []
        self.called_totals: set[str] = set()
        self.waiting: Mask = np.zeros(len(sheet), bool)
        self.headers = {column: header for header, column in mapping.columns.items()}
        self._columns: dict[str, Distinct] = {}
        self._said_in: dict[str, str] = {}
        self._found: list[Finding] = []

    def __len__(self) -> int:
        return len(self.sheet)

    def __contains__(self, column: str) -> bool:
        return column in self.headers or bool(self.mapping.fixed.get(column))

    def distinct(self, column: str) -> Distinct:
        """One of our columns, factorised; "" throughout where the file does not have it."""
        if column not in self._columns:
            header = self.headers.get(column)
            if header is None:
                self._columns[column] = constant(self.mapping.fixed.get(column, "").strip(), len(self))
            else:
                self._columns[column] = distinct(self.sheet.columns[header])
        return self._columns[column]

    def make(self, column: str, cells: Distinct, said_in: str) -> None:
        """One of our columns that is made of others; what is wrong in it is told of one of these."""
        self._columns[column] = cells
        self._said_in[column] = said_in

    def find(self, rows: Mask | Ints, column: str, message: Message, severity: Severity = "set aside") -> None:
        """Books rows (a mask, or row numbers) under one rule and hint."""
        numbers = np.flatnonzero(rows) if rows.dtype == bool else rows
        self._book(numbers.astype(np.int64), column, [message], np.zeros(len(numbers), np.int32), severity)

    def judge(
        self, column: str, codes: Codes, messages: Mapping[int, Message], severity: Severity = "set aside"
    ) -> None:
        """Books every row whose code has a message."""
        if not messages:
            return
        different = list(dict.fromkeys(messages.values()))
        number = {message: at for at, message in enumerate(different)}
        by_code = np.full(max(int(codes.max(initial=0)), *messages) + 1, -1, np.int32)
        by_code[list(messages)] = [number[message] for message in messages.values()]
        for part in slices(len(codes)):
            which = by_code[codes[part]]
            rows = np.flatnonzero(which >= 0)
            self._book(rows + part.start, column, different, which[rows], severity)

    def _book(self, rows: Ints, column: str, messages: Sequence[Message], which: Codes, severity: Severity) -> None:
        if not len(rows):
            return
        if severity == "set aside":
            self.bad[rows] = True
        told = self._said_in.get(column, column)
        self._found.append(Finding(rows, told, severity, messages, which))

    def pardon(self, rows: Mask) -> None:
        """Takes back all that was found in these rows, for a rule that says it better."""
        self._found = [each.without(rows) for each in self._found]
        self.bad &= ~rows

    def problems(self) -> Problems:
        """Everything found, in the order of the file's lines. Of a row set aside, its warnings say nothing more."""
        found = [each.without(self.bad) if each.severity == "warning" else each for each in self._found]
        return to_problems([each for each in found if len(each.rows)], self.sheet, self.headers, self.mapping.fixed)

    def check(self, column: str, test: Callable[[str], bool], message: Message, severity: Severity = "warning") -> None:
        """Books the rows whose text is there and does not pass the test."""
        if column not in self:
            return
        cells = self.distinct(column)
        wrong = {at: message for at, text in enumerate(cells.texts()) if text and not test(text)}
        self.judge(column, cells.codes, wrong, severity)

    def filled(self, column: str, rule: str) -> None:
        """Sets rows aside that have nothing in a column."""
        cells = self.distinct(column)
        empty = np.flatnonzero(cells.empty).tolist()
        self.judge(column, cells.codes, dict.fromkeys(empty, (rule, "Fill it in.")))


def messages(results: Sequence[object], numbers: Iterable[int]) -> dict[int, Message]:
    """The rule and hint of those results that are errors, by their numbers."""
    return {
        number: (each.rule, each.hint)
        for number, each in zip(numbers, results, strict=True)
        if isinstance(each, VagueError)
    }


RULE = "every byte is a character in the encoding of the file"
HINT = "Write the right characters in place of �, or choose another encoding."
NUL_RULE = "text has no NUL bytes"
NUL_HINT = "Write the right character in place of �, or delete it."
Found = Mapping[str, tuple[Sequence[int], Codes]]
"""Header -> which of its texts hold such a byte, and the text of each row."""


def amiss(text: str) -> bool:
    """Whether a text holds such a byte: nobody can say which place it names."""
    return MARK in text


def bar(sieve: Sieve) -> Found:
    """Keeps every row with such a byte, in a column that is used or not, from all that is made of the others."""
    found: dict[str, tuple[Sequence[int], Codes]] = {}
    for header, column in sieve.sheet.columns.items():
        hits = pc.match_substring(column.dictionary, MARK)
        if pc.any(hits).as_py():
            numbers = np.flatnonzero(hits.to_numpy(zero_copy_only=False)).tolist()
            found[header] = numbers, column.indices.to_numpy()
            sieve.bad |= np.isin(found[header][1], numbers)
    return found


def refuse(sieve: Sieve, found: Found) -> None:
    """Sets them aside. What else was found in them is taken back: it speaks of a text that nobody wrote."""
    for numbers, codes in found.values():
        sieve.pardon(np.isin(codes, numbers))
    ours = {header: column for column, header in sieve.headers.items()}
    for header, (numbers, codes) in found.items():
        column = ours.get(header) or free_name(header, sieve)
        texts = sieve.sheet.columns[header].dictionary
        sieve.judge(column, codes, {number: _broken(str(texts[number])) for number in numbers})


def _broken(text: str) -> tuple[str, str]:
    """The rule that a text breaks, and what to do."""
    return (NUL_RULE, NUL_HINT) if text.count(MARK) == text.count(NUL) else (RULE, HINT)


def free_name(header: str, sieve: Sieve) -> str:
    """What an unused header is called among our columns."""
    name = header if header not in sieve.headers else f"{header} (yours)"
    sieve.headers.setdefault(name, header)
    return name
