"""Workbooks (.xlsx, .xlsb, .ods) -> Sheet, by python-calamine.

A sheet's size is known before it is read: two cells far apart make a table with all the gaps between them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NoReturn

import python_calamine as calamine

from geo.errors import DialectError, GeoError, TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.celltext import text_of
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.grid import read_grid
from geo.evidence.intake.packing import FAULTS, directory
from geo.evidence.intake.sheet import Sheet

_PART = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,7})(\d{1,12})"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]{0,400}?\br="(\d{1,12})"')
_WIDE = re.compile(rb'\br="(?:[A-Z]{2,})\d')
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d{1,12})"')
_ODS_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>(<text:p)?")
_LONGEST_REPEAT = 1_000


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
    _check_size(content, name)
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


def _check_size(content: bytes, name: str) -> None:
    """Refuses sheets that would take too much memory. Raises TooLarge, UnreadableFile."""
    archive = directory(content, name)
    try:
        for info in archive.infolist():
            if _PART.fullmatch(info.filename):
                part = archive.read(info)
                _check_cells(_ods_size(part) if info.filename == "content.xml" else _xlsx_size(part, name), name)
    except FAULTS as error:
        raise UnreadableFile(name, f"is a broken workbook: {error}", "Open it, and save it again.") from error
    except zipfile.LargeZipFile as error:  # pragma: no cover
        raise UnreadableFile(name, "is a broken workbook", "Open it, and save it again.") from error


def _check_cells(cells: int, name: str) -> None:
    if cells > limits.SHEET_CELLS:
        raise TooLarge(name, "the cells of a sheet, gaps included", f"{cells:,}", f"{limits.SHEET_CELLS:,}")


def _xlsx_size(part: bytes, name: str) -> int:
    """Rows times columns from the first cell to the last. The dear count of columns is made only where it matters."""
    rows = max((int(row) for row in _ROW.findall(part)), default=1)
    if not _WIDE.search(part) and rows * 26 <= limits.SHEET_CELLS:
        return 0
    columns = 1
    for letters, row in _REFERENCE.findall(part):
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        columns, rows = max(columns, number), max(rows, int(row))
    if columns > limits.COLUMNS:
        raise TooLarge(name, "the number of columns", f"{columns:,}", f"{limits.COLUMNS:,}")
    return rows * columns


def _ods_size(part: bytes) -> int:
    """Rows times columns, each as often as it says that it is repeated; empty ones at the end do not count."""
    if all(int(times) < _LONGEST_REPEAT for _, times in _REPEATED.findall(part)):
        return 0
    rows = columns = wide = pending = 0
    for kind, attributes, text in _ODS_CELL.findall(part):
        found = _REPEATED.search(attributes)
        times = int(found[2]) if found else 1
        if kind == b"table-row":
            wide = 0
            pending += times
        else:
            wide += times
            if text or b"value" in attributes:
                columns = max(columns, wide)
                rows, pending = rows + pending, 0
    return rows * columns
