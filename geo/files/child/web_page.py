"""Tables of a web page (HTML), as a program exports them under the name of a workbook or a reader saves a page.

Only what a browser would show is read: scripts, styles and hidden elements are not, and nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from geo.errors import UnreadableFile
from geo.files import limits
from geo.files.child import main
from geo.files.child.main import Answer, Request
from geo.files.child.spanned_cells import Table, answers_of, by_name
from geo.files.detect.charset import encoding_of

_HEAD = 4096
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
_WIDER |= {"gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}
"""Charsets that pages name for one that holds more: as browsers take them (WHATWG, Encoding, 4.2)."""
_LEGACY = re.compile(r"(?:big5|cp|euc|gb|iso|koi8|ks|latin|mac|shift|tis|us-ascii|ascii|windows)[\w-]*")
_SHIFTS = re.compile(r"iso-2022-(?:jp|kr)")
"""Charsets whose bytes are all ASCII, so that nothing but the declaration tells them."""
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_MAY_BE_HIDDEN = frozenset(
    ("a", "b", "button", "div", "em", "font", "i", "label", "select", "small", "span", "strong", "sup")
)
"""Within a cell. Rows and columns that a page hides are read, as those of a workbook are: nothing is lost."""
_OF_TABLES = frozenset(("table", "tr", "td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption"))
_CELLS = ("td", "th")
_BREAKS = frozenset(("br", "p", "div", "li", "tr"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NOTE = re.compile(r"\[\s*(?:\w{1,3}|note \w{1,3}|citation needed)\s*\]", re.IGNORECASE)
_LONGEST_NAME = 60


def answers(path: str, request: Request) -> Iterator[Answer]:
    """As `child.workbook.answers` gives them: each table with at least two rows and two columns is a sheet."""
    if request.get("beginning"):
        yield main.JSON, []
        return
    if not (tables := _tables(path)):
        raise UnreadableFile("", "is a web page without a table", "Copy what it shows into a sheet and save that.")
    yield from answers_of(tables, request)


@cache
def _tables(path: str) -> dict[str, Table]:
    limits.check_size(path, "web page", limits.JSON_BYTES)
    page = _Page()
    page.feed(_text(Path(path).read_bytes()))
    page.close()
    for table in page.tables:
        table.end()
    found = [table for table in page.tables if len(table.rows) > 1 and table.width > 1]
    for number, table in enumerate(found, 1):
        table.name = table.name or f"Table {number}"
    return by_name(found)


def _text(content: bytes) -> str:
    """UTF-8 where it is that, whatever it declares; else in the charset that it declares, or as any other text."""
    encoding, _ = encoding_of(content, "")
    declared = _DECLARED.search(content[:_HEAD])
    label = declared[1].decode("ascii").lower() if declared else ""
    if _SHIFTS.match(label) or (not encoding.startswith("utf") and _LEGACY.match(label)):
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(_WIDER.get(label, label))
    return content.decode(encoding, "replace").removeprefix("\ufeff")


class _Page(HTMLParser):
    """Reads element by element; pages leave ends out, and their tables lie within one another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self._open: list[Table] = []
        self._unseen: list[str] = []
        self._heading: list[str] | None = None
        self._note: list[str] | None = None
        self._last_heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self._bound(tag)
        if self._unseen:
            if tag == self._unseen[0]:
                self._unseen.append(tag)
            return
        given = dict(attrs)
        if tag in _UNSEEN or (tag in _MAY_BE_HIDDEN and _hidden(tag, given)):
            self._unseen.append(tag)
        elif tag in _HEADINGS:
            self._heading = []
        elif tag == "sup":
            self._note = []
        elif tag == "table":
            self.tables.append(Table(self._last_heading))
            self._open.append(self.tables[-1])
        elif self._open:
            self._in_table(tag, given)

    def _bound(self, tag: str) -> None:
        """A cell ends whatever was left open in it."""
        if tag not in _OF_TABLES:
            return
        if self._note is not None:
            self._end_note()
        if self._unseen and self._unseen[0] not in _UNSEEN:
            self._unseen.clear()

    def _in_table(self, tag: str, given: dict[str, str | None]) -> None:
        table = self._open[-1]
        if tag == "tr":
            table.begin_row()
        elif tag in _CELLS:
            table.begin_cell(_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag in _BREAKS:
            table.add("\n")

    def handle_endtag(self, tag: str) -> None:
        """An element ends, or one is closed that never began."""
        self._bound(tag)
        if self._unseen:
            if tag == self._unseen[0]:
                self._unseen.pop()
        elif tag in _HEADINGS:
            self._end_heading(tag)
        elif tag == "sup":
            self._end_note()
        elif self._open:
            ends: dict[str, Callable[[], None]] = {"tr": self._open[-1].end_row, "td": self._open[-1].end_cell}
            ends |= {"th": self._open[-1].end_cell, "table": self._end_table}
            ends.get(tag, lambda: None)()

    def _end_table(self) -> None:
        self._open.pop().end()

    def _end_heading(self, tag: str) -> None:
        text = " ".join("".join(self._heading or ()).split())[:_LONGEST_NAME]
        self._heading = None
        if text and tag == "caption" and self._open:
            self._open[-1].name = text
        elif text:
            self._last_heading = text

    def _end_note(self) -> None:
        """A mark that leads to a note below the table is no part of the figure before it."""
        text, self._note = "".join(self._note or ()), None
        if self._open and not _NOTE.fullmatch(text.strip()):
            self._open[-1].add(text)

    def handle_data(self, data: str) -> None:
        """Text that a reader sees."""
        if self._unseen:
            return
        if self._note is not None:
            self._note.append(data)
        elif self._heading is not None:
            self._heading.append(data)
        if self._open and self._note is None:
            self._open[-1].add(data)


def _hidden(tag: str, given: dict[str, str | None]) -> bool:
    return tag == "select" or "hidden" in given or _HIDDEN.search(given.get("style") or "") is not None


def _span(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.strip().isdigit() else 1
