"""A dialect given by somebody: refused in words where no file can be read so."""

from __future__ import annotations

from dataclasses import replace

from geo.errors import DialectError
from geo.evidence.intake.decoding import decoder_of
from geo.evidence.intake.dialect import DECIMALS, FORMS, PACKINGS, Dialect

_LONGEST_DELIMITER = 8
_MOST_HEADER_LINES = 10
_DEEPEST_HEADER = 10_000


def checked(dialect: Dialect) -> Dialect:
    """The same; an escape by the other quote mark means this one. Raises DialectError."""
    for field, allowed in (("form", FORMS), ("packing", PACKINGS), ("decimal", DECIMALS)):
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
