"""Workbooks (.xlsx, .xls, .xlsb, .ods, XML) and tables of web pages -> Sheet. `child` reads them, in its process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.child.process import Child, reading
from geo.files.column_builder import BuiltColumns
from geo.files.column_names import filled, lower_names, named_columns, names_of
from geo.files.content import Content
from geo.files.detect.dialect import decimal_of
from geo.files.detect.header_row import Row, find_header, first_with_names, others
from geo.files.merged_cells import Cells, Merged, Range
from geo.files.text.records import REPEATED_HINT, REPEATED_RULE
from geo.sheet import BOOKS, SAID, Broken, Dialect, Said, Sheet

_LOOKED_AT = 60


def read_workbook(
    content: Content,
    dialect: Dialect,
    said: Said | None = None,
    *,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Sheet:
    """The sheet that the dialect names, or else the first whose names we know. said: see `read_grid`.

    Raises UnreadableFile, TooLarge, DialectError.
    """
    if at_most is not None:
        # What cannot be read from a copy of its beginning, or not far enough, is read as a whole.
        with suppress(UnreadableFile, DialectError), reading(dialect.form, content, watch) as child:
            first = _Book(child, beginning=True)
            small = not first.choices
            sheet = _sheet(_Book(child) if small else first, content.name, dialect, said, at_most, watch)
            if small or len(sheet) >= at_most:
                return sheet
    with reading(dialect.form, content, watch) as child:
        return _sheet(_Book(child), content.name, dialect, said, at_most, watch)


class _Book:
    """The sheets of a workbook. choices: their names. beginning: of a copy with the first rows alone."""

    def __init__(self, child: Child, *, beginning: bool = False) -> None:
        self._child, self._beginning = child, beginning
        self.choices: tuple[str, ...] = tuple(child.value(sheets=True, beginning=beginning))

    def rows(self, sheet: str, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
        """Each row's number and its cells."""
        for batch in self._child.values(rows=sheet, most=most, beginning=self._beginning):
            yield from batch

    def merged(self, sheet: str) -> list[Range]:
        """Its merged cells: first row, first column, last row, last column, from 0."""
        found: list[Range] = self._child.value(merged=sheet, beginning=self._beginning)
        return found

    def first_rows(self, sheet: str) -> list[Row]:
        """Those that have text."""
        return [Row(line, cells) for line, cells in self.rows(sheet, _LOOKED_AT) if filled(cells)]


def _sheet(
    book: _Book, name: str, dialect: Dialect, said: Said | None, at_most: int | None, watch: Callable[[], None]
) -> Sheet:
    chosen, why = _chosen(book, dialect.sheet, BOOKS[dialect.form])
    merged = Merged(book.merged(chosen))
    dialect = replace(dialect, sheet=chosen)
    sheet = read_grid(book.rows(chosen), name, dialect, said, at_most=at_most, watch=watch, merged=merged)
    reasons = {**sheet.reasons, **({"sheet": why} if said is not None else {})}
    return replace(sheet, choices=book.choices, reasons=reasons)


def _chosen(book: _Book, wanted: str, called: str) -> tuple[str, str]:
    """(the sheet to read, why). called: what a sheet of this form is called."""
    choices = book.choices
    if (wanted and wanted not in choices) or not choices:
        raise DialectError("sheet", wanted, f"the file has {', '.join(map(repr, choices)) or f'no {called}s'}")
    if wanted and len(choices) > 1:
        return wanted, f"You chose “{wanted}”; {others(choices, wanted)}."
    return first_with_names(choices, book.first_rows, called)


_ROWS_LOOKED_AT = 300
_BATCH = 10_000


def read_grid(
    rows: Iterable[tuple[int, Cells]],
    name: str,
    dialect: Dialect,
    said: Said | None = None,
    *,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
    merged: Merged | None = None,
) -> Sheet:
    """A Sheet of numbered rows of one width. said: look for the header and the decimal mark, but for these fields.

    merged: the cells that count for several rows.
    Raises UnreadableFile, TooLarge, DialectError. The sheet has no sha256 yet.
    """
    rows = iter(rows)
    first = list(islice(rows, max(_ROWS_LOOKED_AT, _depth(dialect, said))))
    width = max((len(cells) for _, cells in first), default=0)
    if not any(filled(cells) for _, cells in first) or not width:
        raise UnreadableFile(name, "is empty", "A table begins with a line of column names.")
    if width > limits.COLUMNS:
        raise TooLarge(name, "the number of columns", f"{width:,}", f"{limits.COLUMNS:,}")
    reasons: dict[str, str] = {}
    if said is not None:
        dialect, reasons = _detected(first, dialect, said)
    begin, stop = dialect.header_line, dialect.header_line + dialect.header_lines
    if not any(line >= begin for line, _ in first):
        raise DialectError("header_line", str(begin), f"the sheet has {first[-1][0]} rows")
    names = [list(cells) for line, cells in first if begin <= line < stop] if begin else []
    if begin and not any(mark.isalnum() for row in names for cell in row for mark in cell):
        raise UnreadableFile(name, "has no line of column names", "Choose the header line.")
    above = (cells for line, cells in first if line < begin)
    preamble = tuple(" ".join(cell for cell in cells if cell.strip()) for cells in above if filled(cells))
    below = [(line, cells) for line, cells in first if not begin or line >= stop]
    gathered = BuiltColumns(name, width)
    merged = merged or Merged([])
    for batch in _batches(below, rows, at_most):
        watch()
        merged.fill(batch)
        gathered.add_rows([cells for _, cells in batch], [line for line, _ in batch])
    sheet = _sheet_of_rows(name, dialect, names, gathered, at_most)
    return replace(sheet, preamble=preamble, reasons=reasons | merged.told(sheet.header))


def _detected(first: list[tuple[int, Cells]], dialect: Dialect, said: Said) -> tuple[Dialect, dict[str, str]]:
    found = [Row(line, cells) for line, cells in first if filled(cells)]
    header = find_header(found)
    decimal, why = decimal_of(cell for row in found for cell in row.cells)
    dialect = replace(dialect, header_line=header.line, header_lines=header.lines, decimal=decimal)
    reasons = {"header_line": header.reason, "decimal": why}
    return dialect.told(said), {**reasons, **{field: SAID for field in said if field in reasons}}


def _depth(dialect: Dialect, said: Said | None) -> int:
    """The last row that its names may stand in."""
    return dialect.header_line + dialect.header_lines + int((said or {}).get("header_line", 0))


def _batches(
    first: list[tuple[int, Cells]], rows: Iterator[tuple[int, Cells]], at_most: int | None
) -> Iterator[list[tuple[int, Cells]]]:
    yield first
    taken = len(first)
    while (at_most is None or taken <= at_most) and (batch := list(islice(rows, _BATCH))):
        taken += sum(filled(cells) > 0 for _, cells in batch) if at_most is not None else 0
        yield batch


def _sheet_of_rows(
    name: str, dialect: Dialect, names: list[list[str]], gathered: BuiltColumns, at_most: int | None
) -> Sheet:
    columns, lines, again, which = gathered.finish(names, restore=False)
    broken = tuple(
        Broken(line, tuple(names[number]), REPEATED_RULE, REPEATED_HINT)
        for line, number in zip(again.tolist(), which.tolist(), strict=True)
    )
    if at_most is not None and len(lines) > at_most:
        broken = tuple(each for each in broken if each.line < lines[at_most])
        columns, lines = [column[:at_most] for column in columns], lines[:at_most]
    columns = columns[: named_columns(names, columns)]
    header = names_of(names, len(columns))
    by_name, lower = dict(zip(header, columns, strict=True)), lower_names(names, len(columns))
    return Sheet(name, "", dialect, header, by_name, lines, broken, lower=lower)
