"""Workbooks (.xlsx, .xlsb, .ods) -> Sheet, by python-calamine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import NoReturn

import python_calamine as calamine

from geo.errors import DialectError, GeoError, UnreadableFile
from geo.evidence.intake.bookparts import beginning, check_size
from geo.evidence.intake.celltext import text_of
from geo.evidence.intake.choosing import first_with_names, others
from geo.evidence.intake.dialect import Dialect, Said
from geo.evidence.intake.grid import read_grid
from geo.evidence.intake.headers import Row
from geo.evidence.intake.shapes import filled
from geo.evidence.intake.sheet import Sheet

_LOOKED_AT = 60


def read_workbook(
    content: bytes,
    name: str,
    dialect: Dialect,
    said: Said | None = None,
    *,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Sheet:
    """The sheet that the dialect names, or else the first whose names we know. said: see `read_grid`.

    Raises UnreadableFile, TooLarge, DialectError.
    """
    if at_most is not None and (first := beginning(content, name)):
        with suppress(UnreadableFile, DialectError):
            sheet = _read(first, name, dialect, said, at_most=at_most, watch=watch)
            if len(sheet) >= at_most:
                return sheet
    check_size(content, name)
    return _read(content, name, dialect, said, at_most=at_most, watch=watch)


def _read(
    content: bytes,
    name: str,
    dialect: Dialect,
    said: Said | None,
    *,
    at_most: int | None,
    watch: Callable[[], None],
) -> Sheet:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        choices = tuple(each.name for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet)
        sheets = _Sheets(book)
        chosen, why = _chosen(choices, dialect.sheet, sheets)
        read = read_grid(
            _rows(sheets[chosen]), name, replace(dialect, sheet=chosen), said, at_most=at_most, watch=watch
        )
    except GeoError:
        raise
    except BaseException as error:  # noqa: BLE001  A panic in calamine is no Exception; all else goes on.
        _refuse(error, name)
    return replace(read, choices=choices, reasons={**read.reasons, **({"sheet": why} if said is not None else {})})


class _Sheets:
    """The sheets of a book by name; the one asked for last is held, since it is the one that is then read."""

    def __init__(self, book: calamine.CalamineWorkbook) -> None:
        self._book = book
        self._last: tuple[str, calamine.CalamineSheet] | None = None

    def __getitem__(self, name: str) -> calamine.CalamineSheet:
        if self._last is None or self._last[0] != name:
            self._last = name, self._book.get_sheet_by_name(name)
        return self._last[1]

    def first_rows(self, name: str) -> list[Row]:
        """Those that have text."""
        return [Row(line, cells) for line, cells in islice(_rows(self[name]), _LOOKED_AT) if filled(cells)]


def _chosen(choices: tuple[str, ...], wanted: str, sheets: _Sheets) -> tuple[str, str]:
    """(the sheet to read, why)."""
    if (wanted and wanted not in choices) or not choices:
        raise DialectError("sheet", wanted, f"the workbook has {', '.join(map(repr, choices)) or 'no sheets'}")
    if wanted and len(choices) > 1:
        return wanted, f"You chose “{wanted}”; {others(choices, wanted)}."
    return first_with_names(choices, sheets.first_rows)


def _refuse(error: BaseException, name: str) -> NoReturn:
    """Calamine's own errors, and the panics of its parts, which are no Exception."""
    if isinstance(error, calamine.PasswordError):
        raise UnreadableFile(name, "is locked with a password", "Save it without one.") from error
    if isinstance(error, calamine.CalamineError | OSError | ValueError) or type(error).__name__ == "PanicException":
        raise UnreadableFile(name, f"is a broken workbook: {error}", "Open it, and save it again.") from error
    raise error


def _rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    # Calamine leaves out the empty columns before the first cell, but not the empty rows above it.
    before = [""] * (sheet.start or (0, 0))[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [*before, *map(text_of, cells)]
