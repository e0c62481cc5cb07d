"""Workbooks (.xlsx, .xlsb, .ods) -> Sheet, by python-calamine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NoReturn

import python_calamine as calamine

from geo.errors import DialectError, GeoError, UnreadableFile
from geo.evidence.intake.bookparts import beginning, check_size
from geo.evidence.intake.celltext import text_of
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.grid import read_grid
from geo.evidence.intake.sheet import Sheet


def read_workbook(
    content: bytes,
    name: str,
    dialect: Dialect,
    *,
    detect: bool,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Sheet:
    """The sheet that the dialect names, or the first one. Raises UnreadableFile, TooLarge, DialectError."""
    if at_most is not None and (first := beginning(content, name)):
        with suppress(UnreadableFile, DialectError):
            sheet = _read(first, name, dialect, detect=detect, at_most=at_most, watch=watch)
            if len(sheet) >= at_most:
                return sheet
    check_size(content, name)
    return _read(content, name, dialect, detect=detect, at_most=at_most, watch=watch)


def _read(
    content: bytes, name: str, dialect: Dialect, *, detect: bool, at_most: int | None, watch: Callable[[], None]
) -> Sheet:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        choices = tuple(each.name for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet)
        chosen = _chosen(choices, dialect.sheet)
        dialect = replace(dialect, sheet=chosen)
        rows = _rows(book.get_sheet_by_name(chosen))
        read = read_grid(rows, name, dialect, detect=detect, at_most=at_most, watch=watch)
    except GeoError:
        raise
    except BaseException as error:  # noqa: BLE001  A panic in calamine is no Exception; all else goes on.
        _refuse(error, name)
    why = "It is the first of the workbook's sheets." if len(choices) > 1 else "It is the workbook's only sheet."
    return replace(read, choices=choices, reasons={**read.reasons, **({"sheet": why} if detect else {})})


def _chosen(choices: tuple[str, ...], wanted: str) -> str:
    chosen = wanted or next(iter(choices), "")
    if chosen not in choices:
        raise DialectError("sheet", chosen, f"the workbook has {', '.join(map(repr, choices)) or 'no sheets'}")
    return chosen


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
