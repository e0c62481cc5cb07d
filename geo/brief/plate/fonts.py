"""Which fonts a picture needs, and how wide its words are.

Latin, Cyrillic and Greek are set in Source Sans 3, the page's own face, which lies in data/fonts and is therefore the
same on every machine; signs that it lacks in DejaVu Sans, which comes with matplotlib. For Hangul, Chinese, Japanese
and others a font of this machine is taken that has every letter needed; the folder named by WAYBILL_FONTS is looked
through first. Where there is none, a picture with empty boxes would be worse than no picture: BriefError says in which
text, which script, and which fonts would do.
"""

from __future__ import annotations

import logging
import os
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib import get_data_path as mpl_data
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from geo import data_folder
from geo.errors import BriefError
from geo.safe_text import is_hidden, legible

FOLDER = "WAYBILL_FONTS"
OWN, OWN_BOLD = "Source Sans 3", "Source Sans 3 SemiBold"
_OWN_FILES = {False: "fonts/SourceSans3-Regular.ttf", True: "fonts/SourceSans3-SemiBold.ttf"}
_OWN_ITALIC = "fonts/SourceSans3-Italic.ttf"
"""For names of seas; no wider than the regular."""
SIGNS = "DejaVu Sans"
"""For signs that the own face lacks, and for the stand-in of those that no font has: the same on every machine too."""
_SUFFIXES = (".ttf", ".otf", ".ttc")
_FINE = 1_000
"""Letters are measured at this many pixels an em, so that rounding does not add up along a line."""
PREFERRED = (
    "Noto Sans CJK",
    "Noto Sans KR",
    "Noto Sans SC",
    "Noto Sans",
    "Source Han Sans",
    "Nanum",
    "WenQuanYi",
    "Droid",
)
"""Families to try first, in this order; then every other that is installed, by name."""
_FITTING = {
    "Hangul": "Noto Sans CJK KR, Noto Sans KR, Source Han Sans K or NanumGothic",
    "Chinese": "Noto Sans CJK SC, Source Han Sans SC or WenQuanYi Zen Hei",
    "Japanese": "Noto Sans CJK JP or Source Han Sans",
}
_SCRIPTS = {"HANGUL": "Hangul", "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}
# A bold line falls back to the regular weight where a family has no other; that is no news to a reader.
logging.getLogger("matplotlib.font_manager").addFilter(lambda record: "font weight" not in record.getMessage())
_SEMIBOLD = 600
_QUOTED = 40
"""Letters of a text that a message quotes."""
STAND_IN = "\N{REPLACEMENT CHARACTER}"


@lru_cache(maxsize=64)
def _opened(path: str, face: int) -> FT2Font:
    font = FT2Font(path, face_index=face) if face else FT2Font(path)
    font.set_size(_FINE, 72)
    return font


@lru_cache(maxsize=256)
def _letters(path: str, face: int) -> frozenset[int]:
    try:
        return frozenset(_opened(path, face).get_charmap())
    except (OSError, RuntimeError, ValueError):  # A broken font of this machine is none.
        return frozenset()


@lru_cache(maxsize=65_536)
def _advance(path: str, face: int, letter: str) -> float:
    glyph = _opened(path, face).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65_536 / _FINE


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families in the order in which a letter is looked for, and the (file, face) of each."""

    families: tuple[str, ...]
    files: tuple[tuple[str, int], ...]

    def properties(self, points: float, *, bold: bool) -> FontProperties:
        """For matplotlib, which falls back from family to family by letter."""
        _register()
        families = [OWN_BOLD, *self.families[1:]] if bold else list(self.families)
        return FontProperties(family=families, size=points, weight=_SEMIBOLD if bold else "normal")

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Of a line of text set at `size`, in the unit of `size`."""
        own = _own_file(bold)
        total = 0.0
        for letter in text:
            point = ord(letter)
            file = own if point in _letters(*own) else next((f for f in self.files if point in _letters(*f)), own)
            total += _advance(*file, letter)
        return total * size

    def settable(self, text: str) -> str:
        """The text with a stand-in for signs (not letters) that no font has, such as emoji; without such as are not
        seen."""
        own = _letters(*_own_file(False))
        if all(ord(letter) in own for letter in text):
            return text
        held = [own, *(_letters(*file) for file in self.files)]
        return "".join(
            letter if any(ord(letter) in each for each in held) else "" if is_hidden(letter) else STAND_IN
            for letter in text
        )


@lru_cache(maxsize=2)
def _own_file(bold: bool) -> tuple[str, int]:
    return str(data_folder.path(_OWN_FILES[bold])), 0


def _signs_file() -> tuple[str, int]:
    return str(Path(mpl_data()) / "fonts" / "ttf" / "DejaVuSans.ttf"), 0


@cache
def _register() -> None:
    """Makes the own face known to matplotlib."""
    for bold in (False, True):
        font_manager.fontManager.addfont(_own_file(bold)[0])
    font_manager.fontManager.addfont(str(data_folder.path(_OWN_ITALIC)))


def fonts_for(texts: Sequence[str], where: Sequence[str] = ()) -> Fonts:
    """Fonts that have every letter of the texts.

    where: what each of the texts is, for the BriefError that quotes the first text whose script no font has.
    """
    ours = _letters(*_own_file(False)) | _letters(*_signs_file())
    missing = {letter for text in texts for letter in set(text)} - {chr(p) for p in ours}
    letters = frozenset(
        ord(letter) for letter in missing if unicodedata.category(letter)[0] in "LMN" and not is_hidden(letter)
    )
    if not letters:
        return Fonts((OWN, SIGNS), (_signs_file(),))
    found, left = _fitting(letters, os.environ.get(FOLDER, ""))
    if left:
        at = next(place for place, text in enumerate(texts) if not left.isdisjoint(map(ord, text)))
        raise _missing(texts[at], where[at] if at < len(where) else "", left)
    return found


@lru_cache(maxsize=32)
def _fitting(letters: frozenset[int], folder: str) -> tuple[Fonts, frozenset[int]]:
    """Fonts for these letters, and those of them that none has."""
    left, families, files = set(letters), [OWN, SIGNS], [_signs_file()]
    for family, path, face in _candidates(folder):
        held = left & _letters(path, face)
        if held:
            left -= held
            families.append(family)
            files.append((path, face))
        if not left:
            break
    return Fonts(tuple(families), tuple(files)), frozenset(left)


def fallback_files(fonts: Fonts) -> list[tuple[str, str]]:
    """(family, file) of what matplotlib draws with beyond its own font: of each family the regular and the bold one."""
    found: dict[tuple[str, str], None] = {}
    for family in fonts.families[2:]:
        for weight in ("normal", "bold"):
            file = font_manager.findfont(FontProperties(family=[family], weight=weight), fallback_to_default=False)
            found[family, str(file)] = None
    return list(found)


def _candidates(folder: str) -> Sequence[tuple[str, str, int]]:
    """(family, file, face) of regular fonts: of the folder, then preferred families, then all others by name."""
    own = []
    for path in sorted(Path(folder).iterdir()) if folder and Path(folder).is_dir() else []:
        if path.suffix.lower() in _SUFFIXES:
            family = _opened(str(path), 0).family_name
            known = {str(entry.fname) for entry in font_manager.fontManager.ttflist}
            if str(path) not in known:
                font_manager.fontManager.addfont(str(path))
            own.append((family, str(path), 0))
    installed: dict[str, tuple[str, str, int]] = {}
    for entry in font_manager.fontManager.ttflist:
        regular = entry.style == "normal" and str(entry.weight) in {"400", "normal", "regular", "book"}
        if regular and entry.name not in {OWN, OWN_BOLD, SIGNS}:
            installed.setdefault(entry.name, (entry.name, str(entry.fname), int(getattr(entry, "index", 0) or 0)))
    # This one has a box for every letter there is, and is no help to a reader.
    others = (each for name, each in installed.items() if not name.startswith("Last Resort"))
    return own + sorted(others, key=lambda each: (_rank(each[0]), each[0]))


def _rank(family: str) -> int:
    return next((rank for rank, start in enumerate(PREFERRED) if family.startswith(start)), len(PREFERRED))


def _missing(text: str, where: str, points: Collection[int]) -> BriefError:
    first = next(at for at, letter in enumerate(text) if ord(letter) in points)
    start = max(0, first - _QUOTED // 3)
    end = start + _QUOTED
    quoted = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
    letters = list(dict.fromkeys(letter for letter in text if ord(letter) in points))
    script = _script(letters[0])
    sample = " ".join(letters[:5])
    return BriefError(
        f"{where or 'text'}, “{quoted}”",
        f"no font on this machine has {'these letters' if len(letters) > 1 else 'this letter'} in {script} ({sample})",
        f"Install {_FITTING.get(script, f'Noto Sans {script}')}, or put its file in a folder and name the folder in "
        f"{FOLDER}.",
    )


def _script(letter: str) -> str:
    head = unicodedata.name(letter, "UNNAMED").split()[0]
    return _SCRIPTS.get(head, head.capitalize())


MOST_LETTERS = 400
"""Of one text from the data: more is no name and no summary."""
LEADING = 1.28
"""Height of a line in sizes of its text."""
_TOLERANCE = 1.012
"""Kerning and shaping can make a line a little wider than its letters."""


def tame(text: str, most: int = MOST_LETTERS) -> str:
    """One legible line, no longer than a picture can bear."""
    flat = unicodedata.normalize("NFC", " ".join(legible(text[: 4 * most]).split()))
    return legible(f"{flat[: most - 2].rstrip()}…") if len(flat) > most or len(text) > 4 * most else flat


@dataclass(frozen=True, slots=True)
class FittedText:
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
) -> FittedText:
    """The largest size at which the text needs at most `most` lines; at the smallest the last line is cut."""
    if not text:
        return FittedText((), largest)
    size = largest
    while True:
        lines = wrap(text, width, size, fonts, bold=bold)
        if len(lines) <= most:
            return FittedText(tuple(lines), size)
        if size <= smallest:
            rest = " ".join(lines[most - 1 :])
            return FittedText((*lines[: most - 1], cut(rest, width, size, fonts, bold=bold)), size, whole=False)
        size = max(smallest, size * 0.94)
