"""Workbooks (.xlsx, .xlsb, .ods) -> Sheet. The file itself is read in a process of its own, see `child.workbook`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from geo.errors import DialectError, UnreadableFile
from geo.evidence.intake.child.process import Child, reading
from geo.evidence.intake.choosing import first_with_names, others
from geo.evidence.intake.content import Content
from geo.evidence.intake.dialect import Dialect, Said
from geo.evidence.intake.grid import read_grid
from geo.evidence.intake.headers import Row
from geo.evidence.intake.shapes import filled
from geo.evidence.intake.sheet import Sheet

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
        with suppress(UnreadableFile, DialectError), reading("workbook", content, watch) as child:
            first = _Book(child, beginning=True)
            small = not first.choices
            sheet = _sheet(_Book(child) if small else first, content.name, dialect, said, at_most, watch)
            if small or len(sheet) >= at_most:
                return sheet
    with reading("workbook", content, watch) as child:
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

    def first_rows(self, sheet: str) -> list[Row]:
        """Those that have text."""
        return [Row(line, cells) for line, cells in self.rows(sheet, _LOOKED_AT) if filled(cells)]


def _sheet(
    book: _Book, name: str, dialect: Dialect, said: Said | None, at_most: int | None, watch: Callable[[], None]
) -> Sheet:
    chosen, why = _chosen(book, dialect.sheet)
    sheet = read_grid(book.rows(chosen), name, replace(dialect, sheet=chosen), said, at_most=at_most, watch=watch)
    reasons = {**sheet.reasons, **({"sheet": why} if said is not None else {})}
    return replace(sheet, choices=book.choices, reasons=reasons)


def _chosen(book: _Book, wanted: str) -> tuple[str, str]:
    """(the sheet to read, why)."""
    choices = book.choices
    if (wanted and wanted not in choices) or not choices:
        raise DialectError("sheet", wanted, f"the workbook has {', '.join(map(repr, choices)) or 'no sheets'}")
    if wanted and len(choices) > 1:
        return wanted, f"You chose “{wanted}”; {others(choices, wanted)}."
    return first_with_names(choices, book.first_rows)
