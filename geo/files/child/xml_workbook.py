"""Workbooks as one XML text (SpreadsheetML 2003), as older programs export them under the name of an .xls.

Source of the form: Microsoft, XML Spreadsheet Reference (Office 2003).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from geo.files import limits
from geo.files.cell_text import text_of
from geo.files.child import main, untrusted_xml
from geo.files.child.main import Answer, Request
from geo.files.child.spanned_cells import Table, answers_of, by_name

_HINT = "Save it as .xlsx and load that."


def answers(path: str, request: Request) -> Iterator[Answer]:
    """As `child.workbook.answers` gives them."""
    if request.get("beginning"):
        yield main.JSON, []
    else:
        yield from answers_of(_sheets(path), request)


@cache
def _sheets(path: str) -> dict[str, Table]:
    limits.check_size(path, "workbook as XML", limits.JSON_BYTES)
    reader = _Reader()
    for _ in untrusted_xml.parsed(path, reader, _HINT, " "):
        pass
    return by_name(reader.tables)


def _plain(name: str) -> str:
    """Without its namespace."""
    return name.rpartition(" ")[2]


class _Reader:
    """Worksheet, Row, Cell and Data, one within the other."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self._column = 0
        self._parts: list[str] | None = None
        self._kind = ""
        self._in_comment = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        element, given = _plain(name), {_plain(key): value for key, value in attributes.items()}
        if element == "Worksheet":
            self.tables.append(Table(given.get("Name", f"Sheet {len(self.tables) + 1}")))
        elif element == "Row" and self.tables:
            if "Index" in given:
                self.tables[-1].skip_to_row(_number(given, "Index", 1) - 1)
            self.tables[-1].begin_row()
            self._column = 0
        elif element == "Cell" and self.tables:
            self._column = max(_number(given, "Index", self._column + 1) - 1, 0)
            across, down = _number(given, "MergeAcross", 0), _number(given, "MergeDown", 0)
            self.tables[-1].begin_cell(across + 1, down + 1, self._column)
            self._column += across + 1
        elif element == "Comment":
            self._in_comment = True
        elif element == "Data" and not self._in_comment:
            self._parts, self._kind = [], given.get("Type", "String")

    def end(self, name: str) -> None:
        """An element ends."""
        element = _plain(name)
        if element == "Comment":
            self._in_comment = False
        elif element == "Data" and self._parts is not None and self.tables:
            text, self._parts = "".join(self._parts), None
            self.tables[-1].add(_cell(text, self._kind))
        elif element in ("Row", "Worksheet") and self.tables:
            self.tables[-1].end() if element == "Worksheet" else self.tables[-1].end_row()

    def text(self, text: str) -> None:
        """Text within what is open."""
        if self._parts is not None:
            self._parts.append(text)


def _cell(text: str, kind: str) -> str:
    """The text of a cell that a person would have written."""
    if kind == "DateTime":
        with suppress(ValueError):
            return text_of(dt.datetime.fromisoformat(text))
    return text_of(text == "1") if kind == "Boolean" else text


def _number(given: dict[str, str], name: str, otherwise: int) -> int:
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
