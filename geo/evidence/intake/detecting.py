"""The beginning of a text -> its dialect, and a reason for each thing that was taken to be so."""

from __future__ import annotations

import codecs
import re

from geo.errors import TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.charsets import encoding_of, other
from geo.evidence.intake.decimals import decimal_of
from geo.evidence.intake.dialect import SAID, Dialect, Said
from geo.evidence.intake.headers import find_header
from geo.evidence.intake.marking import find_marks

_EMPTY = 64 * limits.KIB
_LINE_ENDS = {"\n": "line feeds", "\r\n": "carriage return and line feed", "\r": "carriage returns"}


def detect(head: bytes, name: str, foreign: bytes = b"", said: Said | None = None) -> tuple[Dialect, dict[str, str]]:
    """(dialect, field -> reason) of a text that begins with these bytes. Raises UnreadableFile, TooLarge.

    foreign: bytes from further on in the file that are not all UTF-8, where those before them are ASCII.
    said: fields that are known already; the others are what goes with them.
    """
    said = said or {}
    if "encoding" in said:
        encoding, why = str(said["encoding"]), SAID
    else:
        encoding, why = other(foreign, name) if foreign else encoding_of(head, name)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff").replace("\0", "\ufffd")
    first_line = re.split(r"[\r\n]", text.lstrip()[: limits.LINE_BYTES], maxsplit=1)[0]
    if not first_line:
        what = "is empty" if len(head) < _EMPTY else f"begins with {limits.in_words(len(head))} of nothing"
        raise UnreadableFile(name, what, "A table begins with a line of column names.")
    _check_width(max(first_line.count(mark) + 1 for mark in ",;\t|"), name)
    if len(head) >= limits.LINE_BYTES:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    marks = find_marks(text, said)
    _check_width(max((len(row.cells) for row in marks.rows), default=0), name)
    header = find_header(marks.rows)
    decimal, why_decimal = decimal_of(cell for row in marks.rows for cell in row.cells)
    line_end, why_line_end = _line_end(text)
    dialect = Dialect(
        encoding=encoding,
        delimiter=marks.delimiter,
        quote=marks.quote,
        escape=marks.escape,
        line_end=line_end,
        header_line=header.line,
        header_lines=header.lines,
        decimal=decimal,
    )
    reasons = {
        "encoding": why,
        "delimiter": marks.why_delimiter,
        "quote": marks.why_quote,
        "line_end": why_line_end,
        "header_line": header.reason,
        "decimal": why_decimal,
    }
    return dialect.told(said), {**reasons, **{field: SAID for field in said if field in reasons}}


def _check_width(columns: int, name: str) -> None:
    if columns > limits.COLUMNS:
        raise TooLarge(name, "the number of columns", f"{columns:,}", f"{limits.COLUMNS:,}")


def _line_end(text: str) -> tuple[str, str]:
    ends = re.findall("\r\n|\n|\r", text)
    counts = {end: ends.count(end) for end in _LINE_ENDS}
    most = max(counts, key=lambda end: counts[end])
    if not ends:
        return "\n", "The file is one line."
    mixed = " Others end otherwise, and are read as well." if counts[most] < len(ends) else ""
    return most, f"{'Most l' if mixed else 'L'}ines end with {_LINE_ENDS[most]}.{mixed}"
