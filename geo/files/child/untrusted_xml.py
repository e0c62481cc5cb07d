"""XML by expat from a file that anybody may have written.

XML can name other files and entities that grow without end: a document type is refused before anything in it is read,
so that no entity is ever declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from geo.errors import UnreadableFile
from geo.files import limits
from geo.files.child.book_xml import CellReader

_BLOCK = 64 * limits.KIB
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


def parsed(path: str, reader: CellReader, hint: str, namespaces: str | None = None) -> Iterator[None]:
    """Tells a reader of elements and texts, and pauses after each block of them. Raises UnreadableFile, MemoryError.

    hint: what to do with a file that is refused. namespaces: what parts the namespace of a name from it; prefixes stay
    as they are where not given.
    """

    def refuse(*_: object) -> None:
        reason = "declares a document type (DOCTYPE), which could name other files or grow without end"
        raise UnreadableFile("", reason, f"{hint.removesuffix('.')}: none is needed there.")

    parser = expat.ParserCreate(namespace_separator=namespaces)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        with Path(path).open("rb") as file:
            while block := file.read(_BLOCK):
                parser.Parse(block)
                yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from error
        raise UnreadableFile("", f"is broken XML: {error}", hint) from error
