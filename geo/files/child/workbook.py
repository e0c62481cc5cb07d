"""Workbooks (.xlsx, .xls, .xlsb, .ods) by python-calamine: which sheets there are, and the rows of one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO
from xml.parsers import expat

import python_calamine as calamine

from geo.errors import TooLarge, UnreadableFile
from geo.files import limits
from geo.files.cell_text import text_of
from geo.files.child import main
from geo.files.child.error_cells import Errors, error_cells
from geo.files.child.main import Answer, Request
from geo.files.child.ods_merged_cells import ods_merged_cells

_BATCH = 2_000
_HEAD = 1 * limits.MIB
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW_END = re.compile(rb"</((?:\w+:)?)row>")

_opened: dict[tuple[str, bool], calamine.CalamineWorkbook] = {}
_last: dict[tuple[str, bool, str], calamine.CalamineSheet] = {}
"""The sheet asked for last is held: it is the one whose rows are then wanted."""


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"sheets"}: a list of names. {"rows": name, "most"}: lists of (number, cells), rows without text included.

    {"merged": name}: the ranges of merged cells, each as its first and last row and column, from 0.
    beginning: of a copy that has only the first rows of each sheet; no names where none can be cut.
    """
    beginning = bool(request.get("beginning"))
    book = _book(path, beginning)
    if "sheets" in request:
        yield main.JSON, [] if book is None else _names(book)
        return
    if book is None:
        return
    sheet = _sheet(book, (path, beginning, str(request.get("rows", request.get("merged")))))
    if "merged" in request:
        ranges = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
        yield main.JSON, ranges or ods_merged_cells(path, sheet.name)
        return
    errors = {} if beginning else error_cells(path, sheet.name)
    yield from _batches(sheet, request.get("most"), errors)


def _book(path: str, beginning: bool) -> calamine.CalamineWorkbook | None:
    key = (path, beginning)
    if key not in _opened:
        with Path(path).open("rb") as file:
            source = _beginning(file) if beginning else file
            if source is None:
                return None
            try:
                _opened[key] = calamine.CalamineWorkbook.from_filelike(source)
            except calamine.PasswordError as error:
                raise UnreadableFile("", "is protected by a password", "Save it without one.") from error
            except calamine.CalamineError:
                # It tries all forms in turn, and of what stops it in one it says only that no form fits.
                check_repeats(path)
                _check_old(path)
                raise
    return _opened[key]


_STREAMS = {
    "EncryptedPackage": ("is protected by a password", "Save it without one."),
    "WordDocument": ("is a Word document", "Copy its table into a sheet and save that."),
    "PowerPoint Document": ("is a PowerPoint file", "Copy its table into a sheet and save that."),
    "__properties_version1.0": ("is a mail of Outlook", "Save what is attached to it, and load that."),
}
"""What the directory of an OLE file names where it is no workbook that can be read."""


def _check_old(path: str) -> None:
    """Raises UnreadableFile where an OLE file, as .xls is one, is something else."""
    content = Path(path).read_bytes()
    for stream, (what, hint) in _STREAMS.items() if content.startswith(b"\xd0\xcf\x11\xe0") else ():
        if stream.encode("utf-16-le") in content:
            raise UnreadableFile("", what, hint)


def _names(book: calamine.CalamineWorkbook) -> list[str]:
    return [each.name for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]


def _sheet(book: calamine.CalamineWorkbook, key: tuple[str, bool, str]) -> calamine.CalamineSheet:
    if key not in _last:
        _last.clear()
        _last[key] = book.get_sheet_by_name(key[2])
    return _last[key]


def _batches(sheet: calamine.CalamineSheet, most: int | None, errors: Errors) -> Iterator[Answer]:
    # Calamine leaves out the empty columns before the first cell, but not the empty rows above it.
    before = [""] * (sheet.start or (0, 0))[1]
    numbered = ((number, [*before, *map(text_of, cells)]) for number, cells in enumerate(sheet.iter_rows(), 1))
    rows = islice(numbered, most)
    while batch := list(islice(rows, _BATCH)):
        for number, cells in batch if errors else ():
            for column, text in errors.get(number, {}).items():
                if column < len(cells):  # an .ods may say 0 beside its error
                    cells[column] = text
        yield main.JSON, batch


def _beginning(file: IO[bytes]) -> io.BytesIO | None:
    """A workbook of the first rows of each sheet; None where it is small, or not of a kind that can be cut.

    What the cut makes of XML that is written in an unusual way is a workbook with fewer rows, or none that can be read:
    whoever asked for it then asks for the whole.
    """
    if not zipfile.is_zipfile(file):  # .xls, which is never large
        file.seek(0)
        return None
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        large = [each for each in members if _SHEET.fullmatch(each.filename) and each.file_size > _HEAD]
        if not large:
            file.seek(0)
            return None
        cut = io.BytesIO()
        with zipfile.ZipFile(cut, "w") as book:
            for info in members:
                with archive.open(info) as part:
                    content = part.read(_HEAD if info in large else limits.CHILD_MEMORY)
                book.writestr(info.filename, _closed(content) if info in large else content)
    cut.seek(0)
    return cut


def _closed(part: bytes) -> bytes:
    """The whole rows at the beginning of a sheet, and the ends of what is open."""
    last = next(iter(reversed(list(_ROW_END.finditer(part)))), None)
    if last is None:
        return part
    return part[: last.end()] + b"</%ssheetData></%sworksheet>" % (last[1], last[1])


_PART = "content.xml"
_BLOCK = 1 * limits.MIB
_CELLS = ("table-cell", "covered-table-cell")


def check_repeats(path: str) -> None:
    """Raises TooLarge where a sheet says that it has more cells than can be read; passes over all other files."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PART) as part:
            counted = _Counted()
            parser = expat.ParserCreate()
            parser.StartElementHandler = counted.start
            while block := part.read(_BLOCK):
                parser.Parse(block)
    except (expat.ExpatError, zipfile.BadZipFile, KeyError, OSError, ValueError):
        return
    if counted.most > limits.SHEET_CELLS:
        what = "the cells of a sheet, each as often as it is repeated"
        raise TooLarge("", what, f"{counted.most:,}", f"{limits.SHEET_CELLS:,}")


@dataclass(slots=True)
class _Counted:
    """Rows times columns of the sheet so far, and of the largest one. Empty cells at the ends of rows count as well."""

    rows: int = 0
    wide: int = 0
    widest: int = 0
    most: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names are compared without their prefix, which anybody may choose."""
        element = name.rpartition(":")[2]
        if element == "table":
            self.rows = self.widest = 0
        elif element == "table-row":
            self.rows += _times(attributes, "number-rows-repeated")
            self.wide = 0
        elif element in _CELLS:
            self.wide += _times(attributes, "number-columns-repeated")
            self.widest = max(self.widest, self.wide)
        self.most = max(self.most, self.rows * self.widest)


def _times(attributes: dict[str, str], name: str) -> int:
    found = [value for key, value in attributes.items() if key.rpartition(":")[2] == name]
    return int(found[0]) if found and found[0].isdigit() else 1
