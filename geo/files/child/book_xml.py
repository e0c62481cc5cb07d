"""A part of a workbook's archive, XML, read in blocks: nothing is held whole."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from re import Pattern
from typing import Protocol
from xml.parsers import expat

LONGEST = 40
"""Characters of the text of a cell in which a formula failed; none is as long."""
_BLOCK = 1 << 20


class CellReader(Protocol):
    """What hears of the elements and texts of a part."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def has(book: zipfile.ZipFile, part: str, mark: Pattern[bytes]) -> bool:
    """Whether a mark of at most `LONGEST` bytes stands anywhere in a part: its blocks overlap, so that none is cut."""
    tail = b""
    for block in _blocks(book, part):
        if mark.search(tail + block):
            return True
        tail = block[-LONGEST:]
    return False


def parse(book: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
    """Tells of each element that begins. Raises what a broken archive or broken XML raises."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    for block in _blocks(book, part):
        parser.Parse(block)


def parse_cells(book: zipfile.ZipFile, part: str, reader: CellReader) -> None:
    """The same of all that a reader of cells hears."""
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    for block in _blocks(book, part):
        parser.Parse(block)


def _blocks(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    with book.open(part) as file:
        while block := file.read(_BLOCK):
            yield block
