"""The cells of a sheet in which a formula failed: calamine leaves them empty, and their text says what happened."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from geo.files.child import book_xml, ods_error_cells

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MARK = re.compile(rb"""\bt\s*=\s*["']e["']""")
Errors = ods_error_cells.Errors


def error_cells(path: str, sheet: str) -> Errors:
    """The error cells of one sheet of an .xlsx or .ods; none for another form, or a file that is broken."""
    found: Errors = {}
    with suppress(expat.ExpatError, zipfile.BadZipFile, KeyError, OSError, ValueError), zipfile.ZipFile(path) as book:
        if ods_error_cells.PART in book.namelist():
            return ods_error_cells.ods_error_cells(book, sheet)
        part = _part_of(book, sheet)
        if part and book_xml.has(book, part, _MARK):
            reader = _Reader()
            book_xml.parse_cells(book, part, reader)
            found = reader.found
    return found


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """The member that holds a sheet."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def of_sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            number = next((text for key, text in attributes.items() if key.rpartition(":")[2] == "id"), "")
            ids[attributes.get("name", "")] = number

    def of_relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    book_xml.parse(book, "xl/workbook.xml", of_sheet)
    book_xml.parse(book, "xl/_rels/workbook.xml.rels", of_relation)
    target = targets.get(ids.get(sheet, ""), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}" if target else ""


@dataclass(slots=True)
class _Reader:
    """What stands in the error cells so far. at: the cell that is open, or ""."""

    found: Errors = field(default_factory=dict)
    at: str = ""
    said: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "c":
            self.at = attributes.get("r", "") if attributes.get("t") == "e" else ""
            self.said = ""

    def text(self, data: str) -> None:
        if self.at:
            self.said = (self.said + data)[: book_xml.LONGEST]

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] != "c" or not self.at:
            return
        reference = _REFERENCE.fullmatch(self.at)
        if reference and self.said.strip().startswith("#"):
            column = 0
            for letter in reference[1]:
                column = column * 26 + ord(letter) - 64
            self.found.setdefault(int(reference[2]), {})[column - 1] = self.said.strip()
        self.at = ""
