"""The merged cells of an .ods, which calamine does not tell."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from geo.files.child import book_xml
from geo.files.child.ods_error_cells import PART, count
from geo.files.merged_cells import Range

_MARK = re.compile(rb"number-rows-spanned")
_MOST = 100_000
"""So many ranges are told. A sheet with more is no table."""


def ods_merged_cells(path: str, sheet: str) -> list[Range]:
    """The ranges of one sheet that reach over several rows; none of another form, or of a file that is broken."""
    reader = _Reader(sheet)
    broken = (expat.ExpatError, zipfile.BadZipFile, KeyError, OSError, ValueError)
    with suppress(*broken), zipfile.ZipFile(path) as book:
        if PART in book.namelist() and book_xml.has(book, PART, _MARK):
            book_xml.parse(book, PART, reader.start)
    return reader.found


@dataclass(slots=True)
class _Reader:
    """row, column: of the next cell, from 0; rows: how often the row that is open is repeated."""

    sheet: str
    found: list[Range] = field(default_factory=list)
    here: bool = False
    row: int = 0
    rows: int = 0
    column: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        given = {key.rpartition(":")[2]: text for key, text in attributes.items()}
        if element == "table":
            self.here, self.row, self.rows = given.get("name") == self.sheet, 0, 0
        elif element == "table-row":
            self.row, self.rows, self.column = self.row + self.rows, count(given.get("number-rows-repeated")), 0
        elif element in ("table-cell", "covered-table-cell"):
            down, across = count(given.get("number-rows-spanned")), count(given.get("number-columns-spanned"))
            if self.here and down > 1 and len(self.found) < _MOST:
                self.found.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
            self.column += count(given.get("number-columns-repeated"))
