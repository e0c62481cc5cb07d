"""Text from anywhere -> lines that fit: tamed, wrapped, shrunk, and cut with "…" where nothing else helps."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from geo.brief.fonts import Fonts
from geo.legible import legible

MOST_LETTERS = 400
"""Of one text from the data: more is no name and no summary."""
LEADING = 1.36
"""Height of a line in sizes of its text."""
_TOLERANCE = 1.012
"""Kerning and shaping can make a line a little wider than its letters."""


def tame(text: str, most: int = MOST_LETTERS) -> str:
    """One legible line, no longer than a picture can bear."""
    flat = unicodedata.normalize("NFC", " ".join(legible(text[: 4 * most]).split()))
    return legible(f"{flat[: most - 2].rstrip()}…") if len(flat) > most or len(text) > 4 * most else flat


@dataclass(frozen=True, slots=True)
class Lines:
    """Wrapped text. size in layout pixels; whole: nothing was cut."""

    lines: tuple[str, ...]
    size: float
    whole: bool = True

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


def wrap(text: str, width: float, size: float, fonts: Fonts, *, bold: bool = False) -> list[str]:
    """Lines no wider than `width`. A word that is wider by itself is broken."""
    room = width / _TOLERANCE
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if fonts.width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, room, size, fonts, bold)
        lines.extend(full)
    return [*lines, line] if line else lines


def _broken(word: str, room: float, size: float, fonts: Fonts, bold: bool) -> list[str]:
    parts, part, used = [], "", 0.0
    for letter in word:
        wide = fonts.width(letter, size, bold=bold)
        # A combining sign stays with its letter.
        if part and used + wide > room and not unicodedata.combining(letter):
            parts.append(part)
            part, used = "", 0.0
        part, used = part + letter, used + wide
    return [*parts, part]


def cut(text: str, width: float, size: float, fonts: Fonts, *, bold: bool = False) -> str:
    """One line no wider than `width`, with "…" where it goes on."""
    if fonts.width(text, size, bold=bold) * _TOLERANCE <= width:
        return text
    kept = _broken(text, width / _TOLERANCE - fonts.width("…", size, bold=bold), size, fonts, bold)[0]
    return f"{kept.rstrip()}…"


def fit(
    text: str,
    *,
    width: float,
    most: int,
    largest: float,
    smallest: float,
    fonts: Fonts,
    bold: bool = False,
) -> Lines:
    """The largest size at which the text needs at most `most` lines; at the smallest the last line is cut."""
    if not text:
        return Lines((), largest)
    size = largest
    while True:
        lines = wrap(text, width, size, fonts, bold=bold)
        if len(lines) <= most:
            return Lines(tuple(lines), size)
        if size <= smallest:
            rest = " ".join(lines[most - 1 :])
            return Lines((*lines[: most - 1], cut(rest, width, size, fonts, bold=bold)), size, whole=False)
        size = max(smallest, size * 0.94)
