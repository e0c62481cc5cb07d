"""The parts within a workbook: how large its sheets are, told before they are read, and their beginnings for a preview.

Two cells far apart make a table with all the gaps between them, and a cell can say that it is repeated a million times.
"""

from __future__ import annotations

import io
import re
import zipfile

from geo.errors import TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.packing import FAULTS, directory

_PART = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,7})(\d{1,12})"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]{0,400}?\br="(\d{1,12})"')
_WIDE = re.compile(rb'\br="(?:[A-Z]{2,})\d')
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="(\d{1,12})"')
_ODS_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>(<text:p)?")
_LONGEST_REPEAT = 1_000
_HEAD = 1 * limits.MIB
_ROW_END = re.compile(rb"</((?:\w+:)?)row>")


def check_size(content: bytes, name: str) -> None:
    """Refuses sheets that would take too much memory. Raises TooLarge, UnreadableFile."""
    archive = directory(content, name)
    _check_held(archive, name)
    try:
        for info in archive.infolist():
            if _PART.fullmatch(info.filename):
                part = archive.read(info)
                _check_cells(_ods_size(part) if info.filename == "content.xml" else _xlsx_size(part, name), name)
    except FAULTS as error:
        raise UnreadableFile(name, f"is a broken workbook: {error}", "Open it, and save it again.") from error
    except zipfile.LargeZipFile as error:  # pragma: no cover
        raise UnreadableFile(name, "is a broken workbook", "Open it, and save it again.") from error


def _check_held(archive: zipfile.ZipFile, name: str) -> None:
    """The parts of a workbook are held in memory, unlike those of other archives."""
    size = sum(each.file_size for each in archive.infolist())
    if size > limits.HELD_BYTES:
        found, limit = limits.in_words(size), limits.in_words(limits.HELD_BYTES)
        raise TooLarge(name, "the unpacked size of the workbook", found, limit)


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


def beginning(content: bytes, name: str) -> bytes | None:
    """A workbook of the first rows of each sheet, or None where it is small, or not of a kind that can be cut."""
    archive = directory(content, name)
    _check_held(archive, name)
    large = [each for each in archive.infolist() if _SHEET.fullmatch(each.filename) and each.file_size > _HEAD]
    if not large:
        return None
    cut = io.BytesIO()
    try:
        with zipfile.ZipFile(cut, "w") as book:
            for info in archive.infolist():
                if not _SHEET.fullmatch(info.filename):
                    book.writestr(info.filename, archive.read(info))
                    continue
                with archive.open(info) as stream:
                    part = stream.read(_HEAD)
                part = _closed(part) if info in large else part
                _check_cells(_xlsx_size(part, name), name)
                book.writestr(info.filename, part)
    except FAULTS as error:
        raise UnreadableFile(name, f"is a broken workbook: {error}", "Open it, and save it again.") from error
    return cut.getvalue()


def _closed(part: bytes) -> bytes:
    """The whole rows at the beginning of a sheet, and the ends of what is open."""
    last = next(iter(reversed(list(_ROW_END.finditer(part)))), None)
    if last is None:
        return part
    return part[: last.end()] + b"</%ssheetData></%sworksheet>" % (last[1], last[1])
