"""The cells of an .ods in which a formula failed: their value is nothing or zero, and their text says what happened."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from geo.files.child import book_xml

PART = "content.xml"
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:[0-9]{3}")
_MARK = re.compile(rb"""value-type\s*=\s*["']error["']|>\s*(?:#[A-Z][A-Z/0]{1,5}[!?A]|Err:[0-9]{3})\s*<""")
_MOST_REPEATED = 1_000
"""So many cells or rows alike are each told apart: beyond it they are the empty rest of a sheet."""
Errors = dict[int, dict[int, str]]
"""Row from 1 -> column from 0 -> text."""


def ods_error_cells(book: zipfile.ZipFile, sheet: str) -> Errors:
    """The error cells of one sheet. Raises what a broken archive or broken XML raises."""
    reader = _Reader(sheet)
    if book_xml.has(book, PART, _MARK):
        book_xml.parse_cells(book, PART, reader)
    return reader.found


@dataclass(slots=True)
class _Reader:
    """What stands in the error cells so far. row, column: of the cell that is open or comes next; failed: it holds a
    formula."""

    sheet: str
    found: Errors = field(default_factory=dict)
    here: bool = False
    row: int = 1
    rows: int = 1
    column: int = 0
    cells: int = 1
    failed: bool = False
    said: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        given = {key.rpartition(":")[2]: text for key, text in attributes.items()}
        if element == "table":
            self.here = given.get("name") == self.sheet
            self.row = 1
        elif element == "table-row":
            self.rows, self.column = count(given.get("number-rows-repeated")), 0
        elif element in ("table-cell", "covered-table-cell"):
            self.cells, self.said = count(given.get("number-columns-repeated")), ""
            self.failed = self.here and ("formula" in given or "error" in attributes.values())

    def text(self, data: str) -> None:
        if self.failed:
            self.said = (self.said + data)[: book_xml.LONGEST]

    def end(self, name: str) -> None:
        element = name.rpartition(":")[2]
        if element == "table-row":
            self.row += self.rows
        elif element in ("table-cell", "covered-table-cell"):
            if self.failed and _ERROR.fullmatch(self.said.strip()):
                self._keep(self.said.strip())
            self.column += self.cells
            self.failed = False

    def _keep(self, text: str) -> None:
        for row in range(self.row, self.row + min(self.rows, _MOST_REPEATED)):
            for column in range(self.column, self.column + min(self.cells, _MOST_REPEATED)):
                self.found.setdefault(row, {})[column] = text


def count(repeated: str | None) -> int:
    """How often a row or cell is repeated, or how far it reaches: 1 where nothing says so."""
    return int(repeated) if repeated and repeated.isascii() and repeated.isdigit() and len(repeated) < 8 else 1
