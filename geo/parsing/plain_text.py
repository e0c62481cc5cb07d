"""Text as it is compared: lower case, single spaces, plain dashes and points, and the figures 0 to 9 of any script."""

from __future__ import annotations

import re
import unicodedata

NO_VALUE = frozenset(
    ("-", "--", "n/a", "na", "n.a.", "#n/a", "nan", "null", "none", "nil", "?", "unknown", "unk", "tbd", "tba", "tbc")
)
"""Words, in lower case, by which a cell says that there is no value."""
LONGEST_NO_VALUE = max(map(len, NO_VALUE))
_HYPHENS = re.compile(r"[\u2010-\u2015\u2212\u301c\ufe58\ufe63]")
_DECIMAL, _THOUSANDS = "\u066b", "\u066c"
"""The Arabic decimal and thousands separators."""
_MARKS = {_DECIMAL: ".", _THOUSANDS: ",", "\u060c": ",", "\u3001": ","}
"""Those and the commas of Arabic, Chinese and Japanese."""


def plain(words: str) -> str:
    """Words as they are compared. Marks that only say in which direction a line runs are left out."""
    text = words
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(_plain_mark(mark) for mark in text)
    return re.sub(r"\s+", " ", _HYPHENS.sub("-", text.casefold())).strip()


def _plain_mark(mark: str) -> str:
    if mark.isascii():
        return mark
    if mark in _MARKS:
        return _MARKS[mark]
    kind = unicodedata.category(mark)
    if kind == "Nd":
        return str(unicodedata.decimal(mark))
    return "" if kind == "Cf" else mark


def plain_figures(text: str) -> str:
    """The same text with the figures 0 to 9 in place of those of other scripts."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(mark)) if unicodedata.category(mark) == "Nd" else mark for mark in text)


def has_arabic_point(words: str) -> bool:
    """Whether the figures have an Arabic decimal or thousands separator, which say what they are."""
    return _DECIMAL in words or _THOUSANDS in words
