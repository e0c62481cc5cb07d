"""Bytes that are no characters in the encoding of their text: kept, as marks that everybody can see.

Each becomes � and its number, as in "caf�\\xe9": what the file holds can be read off it, the text around it stays, and
no other text is written so. A row that holds one is set aside; so is one of a download of such rows that nobody mended.
NUL, which no text has a use for, is shown likewise: "�\\x00", and a run of them "�\\x00×4096".
"""

from __future__ import annotations

import codecs
import re

import numpy as np

from geo.errors import TooLarge
from geo.files import limits

SHOWN = "geo.shown"
"""The error handler that does this, by the name that `bytes.decode` takes."""
MARK = "\ufffd\\x"
"""What stands before the number of such a byte."""
NUL = f"{MARK}00"
_NULS = re.compile(rb"\0+")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.02
"""Of the bytes of a text, that are control characters: a binary file has more."""
_LINE_FEED, _CR = 10, 13
_FEW = 10
"""So many characters of UTF-8 speak for it against one byte that is none."""


def _shown(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(f"{MARK}{byte:02x}" for byte in error.object[error.start : error.end]), error.end


def _nul(run: re.Match[bytes]) -> bytes:
    return (NUL if len(run[0]) == 1 else f"{NUL}×{len(run[0])}").encode()


codecs.register_error(SHOWN, _shown)


def nearly_utf8(text: bytes) -> bool:
    """Whether characters of UTF-8 beyond ASCII are many in a text, and bytes that are none are few.

    In another encoding few bytes make a character of UTF-8 by chance: next to none in one of single letters, less than
    every fifth in those of East Asia.
    """
    valid = text.decode("utf-8", "ignore")
    beyond = len(valid) - len(valid.encode("ascii", "ignore"))
    amiss = text.decode("utf-8", "replace").count("\ufffd") - valid.count("\ufffd")
    return amiss * _FEW <= beyond


def lines_with_nul(text: bytes) -> int | None:
    """In how many lines of a text NUL stands; None where so much else in it is no text that the file is binary."""
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * (len(text) - text.count(0)):
        return None
    marked = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero((marked == _LINE_FEED) | (marked == _CR))
    return int(np.unique(np.searchsorted(ends, np.flatnonzero(marked == 0))).size)


def is_text_with_nul(head: bytes) -> bool:
    """Whether a file that begins so, NUL in it, is text: at most every second line has one, as where a disk failed."""
    many = lines_with_nul(head)
    return many is not None and 2 * many <= max(len(head.splitlines()), 1)


class Undecoded:
    """Counts the bytes of one file that are no characters, up to a limit: each takes a microsecond."""

    def __init__(self, name: str) -> None:
        self.name, self._left = name, limits.UNDECODED_BYTES

    def without_nul(self, text: bytes) -> bytes:
        """The same UTF-8 with NUL shown. Raises TooLarge."""
        self._count(len(_NULS.findall(text)))
        return _NULS.sub(_nul, text)

    def checked(self, text: str) -> str:
        """The same text. Raises TooLarge."""
        self._count(text.count(MARK))
        return text

    def _count(self, found: int) -> None:
        self._left -= found
        if self._left < 0:
            limit = f"{limits.UNDECODED_BYTES:,}"
            raise TooLarge(self.name, "bytes that are not text in its encoding", f"more than {limit}", limit)
