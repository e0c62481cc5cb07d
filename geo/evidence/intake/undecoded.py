"""Bytes that are no characters in the encoding of their text: kept, as marks that everybody can see.

Each becomes � and its number, as in "caf�\\xe9": what the file holds can be read off it, the text around it stays, and
no other text is written so. A row that holds one is set aside; so is one of a download of such rows that nobody mended.
"""

from __future__ import annotations

import codecs

from geo.errors import TooLarge
from geo.evidence.intake import limits

SHOWN = "geo.shown"
"""The error handler that does this, by the name that `bytes.decode` takes."""
MARK = "\ufffd\\x"
"""What stands before the number of such a byte."""
_FEW = 10
"""So many characters of UTF-8 speak for it against one byte that is none."""


def _shown(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(f"{MARK}{byte:02x}" for byte in error.object[error.start : error.end]), error.end


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


class Undecoded:
    """Counts the bytes of one file that are no characters, up to a limit: each takes a microsecond."""

    def __init__(self, name: str) -> None:
        self.name, self._left = name, limits.UNDECODED_BYTES

    def checked(self, text: str) -> str:
        """The same text. Raises TooLarge."""
        self._left -= text.count(MARK)
        if self._left < 0:
            limit = f"{limits.UNDECODED_BYTES:,}"
            raise TooLarge(self.name, "bytes that are no text in its encoding", f"more than {limit}", limit)
        return text
