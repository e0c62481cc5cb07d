"""Spellings as they are compared: without case, accents, punctuation and the word "port"."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEY = 80
"""A folded name is compared by so many characters."""
_APOSTROPHES, _NO_WORD = re.compile(r"['’‘ʼ`´]"), re.compile(r"[^\w]|_")
_IN_ASCII = {at: " " for at in range(128) if not chr(at).isalnum()} | dict.fromkeys(map(ord, "'`"))
"""The same two for a text in ASCII, as `str.translate` takes them: most of the gazetteer's thousands of names."""
_UNLOCODE = re.compile(r"[A-Z]{2}[ -]?[A-Z0-9]{3}")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_HARBOUR = "(?:(?:commercial|merchant|trade) )?(?:sea ?)?(?:port|harbour|harbor)"
_PORT_WORDS = re.compile(rf"(?:the )?(?:port|harbour|harbor) of (?P<a>.+)|(?P<b>.+?) {_HARBOUR}")


def fold(text: str) -> str:
    """A spelling without case, accents, punctuation and doubled spaces, in any script."""
    text = text.casefold()
    if text.isascii():
        words = text.translate(_IN_ASCII).split()
    else:
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(mark for mark in text if not unicodedata.combining(mark))
        words = _NO_WORD.sub(" ", _APOSTROPHES.sub("", text)).split()
    if "saint" in words or "sankt" in words:
        words = ["st" if word in ("saint", "sankt") else word for word in words]
    return " ".join(words)


def without_port(key: str) -> str:
    """A folded spelling without "port of", or "port" behind it; "" where it has neither."""
    match = _PORT_WORDS.fullmatch(key) if "port" in key or "harbo" in key else None
    return (match["a"] or match["b"]) if match else ""


def name_keys(spelling: str) -> list[str]:
    """The folded spelling, and the same without "port of"."""
    key = fold(spelling)
    return [each for each in (key, without_port(key)) if each]


def code_key(text: str) -> str:
    """Letters and digits only: "KP RJN", "kp-rjn" and "KPRJN" are one code."""
    if len(text) > LONGEST_KEY:
        return ""
    return (text if text.isalnum() else re.sub(r"[\W_]", "", text)).upper()


def is_unlocode(text: str) -> bool:
    """Whether a text looks like a UN/LOCODE, with a space or without."""
    return _UNLOCODE.fullmatch(text) is not None
