"""One number, in figures or words: "1,234", "1.5 million", "two thousand", "a dozen" -> a float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.errors import VagueError
from geo.parsing.units import is_measured, unit_name

LARGEST = 10**12
"""More than a million million of anything is taken for a slip of the keyboard."""

_UNITS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER_WORDS = {word: number for number, word in enumerate(_UNITS.split("|"))}
_NUMBER_WORDS |= {word: ten * 10 for ten, word in enumerate(_TENS.split("|"), 2)} | {"a": 1, "an": 1, "no": 0}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "billion": 10**9}
_SCALES |= {"wan": 10**4, "yi": 10**8, "lakh": 10**5, "crore": 10**7}
_UNCOUNTED = re.compile(
    r"\b(dozens|scores|tens|hundreds|thousands|millions|several|a few|few|many|numerous|a number of|multiple|"
    r"unknown|unspecified|some)\b"
)
FLOORS = {"tens": 10, "dozens": 12, "hundreds": 100}
"""The least that such words stand for in ACLED's coding of reported figures, which takes the most cautious reading. It
is offered, and never filled in: the words have no most."""
SCALE = r"(?:dozen|hundred|thousand|million|billion|k|mn|wan|yi|lakh|crore)"

_SPACES = r" '\u2019\u02bc\u2032`_"
"""Marks that part thousands wherever they stand: spaces of any width (narrow ones are plain by now), apostrophes."""
_GROUPED = {
    mark: re.compile(
        rf"[0-9]{{1,3}}(?:([{thousands}{_SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}}){{0,5}}(?:\{mark}[0-9]{{1,9}})?"
    )
    for mark, thousands in ((".", ","), (",", "."))
}
_PLAIN = {mark: re.compile(rf"[0-9]{{1,20}}(?:\{mark}[0-9]{{1,15}})?") for mark in ".,"}
UNSURE = (
    "this may be a decimal or a thousands separator",
    "Write 1500 for thousands, 1.5 for one and a half. Or choose the decimal mark for the whole file.",
)
_TOLD = {".": "point", ",": "comma"}


@dataclass(frozen=True, slots=True)
class TwoWays:
    """Figures as they stand, such as "1.200", and the number they are with each decimal mark: comma 1200, point 1.2."""

    text: str
    comma: float
    point: float

    def said(self, mark: str) -> str:
        """The number with this decimal mark: "1,200", "1.2"."""
        return f"{self.comma if mark == ',' else self.point:,.15g}"


def two_ways(texts: Iterable[str]) -> TwoWays | None:
    """The first of the texts whose figures are one number with a decimal comma and another with a point."""
    for text in texts:
        figures = re.search(r"[0-9][0-9.,]*[0-9]", text)
        if figures is None:
            continue
        comma, point = (_marked(figures[0], GivenNumber(text, "tonne", mark)) for mark in (",", "."))
        if comma and point and float(comma) != float(point):
            return TwoWays(figures[0], float(comma), float(point))
    return None


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """What stands around a number: the words as given, our name of their unit, and the file's decimal mark or ""."""

    words: str
    unit: str
    decimal: str = ""


def read_number(text: str, given: GivenNumber) -> float:
    """One number in digits or words -> a float; "1.5 million" -> 1500000.0. Raises VagueError."""
    match = re.fullmatch(
        r"(.*?)\s*\b(dozen|hundred|thousand|million|billion|mn|wan|yi|lakh|crore)|(.*[0-9])\s*(k)", text
    )
    scale = _SCALES[match[2] or match[4]] if match else 1
    head = ((match[1] if match[2] else match[3]) if match else text).strip()
    if match and not head:
        head = "1"
    if match and not given.decimal and re.fullmatch(r"[0-9]{1,4},(?:[0-9]{1,2}|[0-9]{4,9})", head):
        head = head.replace(",", ".")  # "2,5 million": no comma parts thousands there
    digits, _, decimals = _digits(head, given).partition(".")
    number = int(digits + decimals) * scale
    whole, rest = divmod(number, 10 ** len(decimals))
    if whole > LARGEST:
        raise VagueError(given.words, f"a quantity is at most {LARGEST:,}", "Check the number of digits.")
    if rest and not is_measured(given.unit):
        hint = "Write a whole number, or a range: 1-2."
        raise VagueError(given.words, f"a {unit_name(given.unit)} is counted whole", hint)
    return float(whole + rest / 10.0 ** len(decimals))


def _digits(text: str, given: GivenNumber) -> str:
    """Digits with at most one decimal point, thousands separators removed."""
    words = given.words
    if text in _NUMBER_WORDS:
        return str(_NUMBER_WORDS[text])
    digits = _marked(text, given) if given.decimal else _unmarked(text, words)
    if digits:
        return digits
    if re.fullmatch(r"[0-9]{21,}", text):
        raise VagueError(words, f"a quantity is at most {LARGEST:,}", "Check the number of digits.")
    if given.decimal and re.fullmatch(r"[0-9][0-9.,]*", text):
        hint = "Correct the figures, or say how the file writes decimals."
        raise VagueError(words, f"this file's decimal mark is a {_TOLD[given.decimal]}", hint)
    if found := _UNCOUNTED.search(text):
        hint = 'Write the least and the most that you would defend, such as "24-96"'
        floor = f', or ACLED\'s floor, "at least {FLOORS[found[1]]}"' if found[1] in FLOORS else ""
        raise VagueError(words, "these words give no number", f"{hint}{floor}.")
    raise VagueError(words, "this is not a quantity", 'Write 300, "about 300", ">1000", "at least 300" or "200-250".')


def _marked(text: str, given: GivenNumber) -> str | None:
    """Figures of a file whose decimal mark is known; the other mark parts thousands."""
    decimal = given.decimal
    if re.fullmatch(rf"[0-9]{{1,3}}\{decimal}[0-9]{{3}}", text) and not is_measured(given.unit):
        # 2,000 containers are hardly 2, whatever the rest of the file says
        hint = f"Write 1500 for thousands, or whole numbers: here the decimal mark is a {_TOLD[decimal]}."
        raise VagueError(given.words, UNSURE[0], hint)
    if not (_PLAIN[decimal].fullmatch(text) or _GROUPED[decimal].fullmatch(text)):
        return None
    return re.sub(r"[^0-9.]", "", text.replace(".", "").replace(",", ".") if decimal == "," else text)


def _unmarked(text: str, words: str) -> str | None:
    """Figures that can be read in one way only: a comma before three figures parts thousands, as in English."""
    if re.fullmatch(r"[0-9]{1,20}(?:\.[0-9]{1,2}|\.[0-9]{4,9})?", text):
        return text
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,9})?", text):
        return text.replace(",", "")
    if re.fullmatch(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}}){{1,6}}", text):
        return re.sub(r"[^0-9]", "", text)
    if re.fullmatch(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}}){{1,6}}[.,][0-9]{{1,9}}", text):
        # Where spaces part thousands, the one mark can only stand before decimals.
        return re.sub(r"[^0-9.]", "", text.replace(",", "."))
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+,[0-9]+", text):
        raise VagueError(words, *UNSURE)
    return None
