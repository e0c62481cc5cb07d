"""The beginning of a text -> its dialect, and a reason for each thing that was taken to be so."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import replace

from geo.columns import SHAPES
from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.detect.charset import encoding_of, other
from geo.files.detect.delimiters import find_marks
from geo.files.detect.header_row import find_header
from geo.files.text.decode import decoder_of
from geo.sheet import DECIMALS, FORMS, PACKINGS, SAID, Dialect, Said

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


_GROUP = "[ \u00a0\u202f\u2009'’]"
_COMMA = re.compile(
    rf"[+-]?(\d{{1,3}}(\.\d{{3}})+,\d+|\d{{1,3}}({_GROUP}\d{{3}})+,\d+|\d+,(\d{{1,2}}|\d{{4,}})|0,\d+)( ?%)?"
)
_POINT = re.compile(
    rf"[+-]?(\d{{1,3}}(,\d{{3}})+\.\d+|\d{{1,3}}({_GROUP}\d{{3}})+\.\d+|\d+\.(\d{{1,2}}|\d{{4,}})|0\.\d+)( ?%)?"
)
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3}){2,}")
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}")


def decimal_of(cells: Iterable[str]) -> tuple[str, str]:
    """(".", "," or "", the reason) from the cells of a file; "1,234" and "1.234" alone tell nothing."""
    comma, point = "", ""
    commas = points = 0
    for cell in cells:
        plain = cell.strip()
        if not plain or len(plain) > 40 or plain[-1] not in "0123456789%":
            continue
        if _COMMA.fullmatch(plain) or _POINT_GROUPS.fullmatch(plain):
            commas, comma = commas + 1, comma or plain
        elif _POINT.fullmatch(plain) or _COMMA_GROUPS.fullmatch(plain):
            points, point = points + 1, point or plain
    if commas > 2 * points:
        return ",", f"{comma!r} can only be read with a decimal comma."
    if points > 2 * commas:
        return ".", f"{point!r} can only be read with a decimal point."
    if commas or points:
        return "", f"{comma!r} suggests a comma and {point!r} a point."
    return "", "No number in its first rows shows it."


_LONGEST_DELIMITER = 8
_MOST_HEADER_LINES = 10
_DEEPEST_HEADER = 10_000


def checked(dialect: Dialect) -> Dialect:
    """The same; an escape by the other quote mark means this one. Raises DialectError."""
    for field, allowed in (("form", FORMS), ("packing", PACKINGS), ("decimal", DECIMALS), ("shape", SHAPES)):
        if getattr(dialect, field) not in allowed:
            raise DialectError(field, str(getattr(dialect, field)), f"it is one of {', '.join(map(repr, allowed))}")
    decoder_of(dialect.encoding)
    delimiter, quote = dialect.delimiter, dialect.quote
    plain = len(delimiter) == 1 or (delimiter.isascii() and delimiter != "")
    if (
        not plain
        or len(delimiter) > _LONGEST_DELIMITER
        or any(mark in '\r\n\0"\\' or mark.isalnum() for mark in delimiter)
    ):
        raise DialectError(
            "delimiter", delimiter, f"it is 1 to {_LONGEST_DELIMITER} marks, no letters, digits or quotes"
        )
    if len(quote) > 1 or (
        quote and (not quote.isascii() or quote in "\r\n\0\\ " or quote.isalnum() or quote in delimiter)
    ):
        raise DialectError("quote", quote, "it is one ASCII mark that is not in the delimiter, or empty")
    if dialect.escape not in {"", quote, "\\", '"', "'"}:
        raise DialectError("escape", dialect.escape, "it is the quote mark itself, a backslash, or empty")
    if not 0 <= dialect.header_line <= _DEEPEST_HEADER:
        raise DialectError("header_line", str(dialect.header_line), f"it is 0 for none, or up to {_DEEPEST_HEADER:,}")
    if not bool(dialect.header_line) <= dialect.header_lines <= _MOST_HEADER_LINES:
        raise DialectError("header_lines", str(dialect.header_lines), f"it is 1 to {_MOST_HEADER_LINES}")
    return replace(dialect, escape=quote) if dialect.escape in {'"', "'"} else dialect
