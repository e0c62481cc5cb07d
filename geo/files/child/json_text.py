"""A JSON text read value by value, each held no longer than it is needed; numbers stay as they stand in the file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]  # there since Python 3.0
from pathlib import Path
from typing import Any

from geo.files import limits


class Number(str):
    """A number as it stands in the file."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=lambda _: None)


def text_in(path: str, what: str) -> str:
    """The whole text of a file. Raises TooLarge, UnicodeDecodeError."""
    limits.check_size(path, what, limits.JSON_BYTES)
    content = Path(path).read_bytes()
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig")


class JsonText:
    """Where reading has come to. Each method raises ValueError where something else stands there, or RecursionError."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def mark(self) -> str:
        """The next mark that is no space; "" at the end."""
        self._at = WHITESPACE.match(self._text, self._at).end()
        return self._text[self._at : self._at + 1]

    def value(self) -> Any:  # noqa: ANN401  whatever JSON holds
        """The next value."""
        self.mark()
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value

    def keys(self) -> Iterator[str]:
        """The keys of an object, one after the other; whoever asks takes the value of each."""
        self._expect("{")
        while not self._accept("}"):
            self._expect('"')
            key, self._at = scanstring(self._text, self._at)
            self._expect(":")
            self.mark()
            yield key
            self._accept(",")

    def elements(self) -> Iterator[Any]:
        """The values of an array."""
        self._expect("[")
        while not self._accept("]"):
            yield self.value()
            self._accept(",")

    def end(self) -> None:
        """Nothing follows."""
        if self.mark():
            raise ValueError(f"more follows its end (char {self._at})")

    def _accept(self, mark: str) -> bool:
        found = self.mark()
        if not found:
            raise ValueError(f"it ends too early (char {self._at})")
        if found != mark:
            return False
        self._at += 1
        return True

    def _expect(self, mark: str) -> None:
        if not self._accept(mark):
            raise ValueError(f"{mark!r} is expected (char {self._at})")
