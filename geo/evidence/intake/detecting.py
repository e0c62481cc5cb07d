"""What a text looks like -> its dialect, and why."""

from __future__ import annotations

import codecs
import csv
import io

from geo.errors import UnreadableFile
from geo.evidence import columns
from geo.evidence.intake.dialect import Dialect

KNOWN = {column.name for kind in (columns.PLACES, columns.LEGS, columns.TOTALS, columns.EVENTS) for column in kind}


def detect(head: bytes, name: str) -> tuple[Dialect, dict[str, str]]:
    """The dialect of a text that begins so."""
    encoding = "utf-8"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if head.startswith(b"\xff\xfe") else "utf-16-be"
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableFile(name, "is empty", "A table begins with a line of column names.")
    best: tuple[str, int, int, int] = (",", 1, -1, -1)
    for delimiter in (",", ";", "\t"):
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            begin = 0
            for cells in rows:
                if any(cell.strip() for cell in cells):
                    known = len(KNOWN & {cell.strip().casefold() for cell in cells})
                    best = max(best, (delimiter, begin + 1, known, len(cells)), key=lambda one: (one[2], one[3]))
                    break
                begin = rows.line_num
        except csv.Error:
            continue
    return Dialect(encoding=encoding, delimiter=best[0], header_line=best[1]), {}
