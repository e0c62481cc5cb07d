"""How many, in words: "about 2,000", ">1000", "200-250" -> a frozen `Quantity`.

The house rules below are the only places where words become numbers that nobody printed. Units are never converted.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from geo.errors import VagueError
from geo.evidence.columns import DEFAULT_UNIT
from geo.evidence.units import unit_name

__all__ = ["Quantity", "read_quantity", "unit_name"]

ABOUT_PERCENT = 10
""""About N" is N give or take ten per cent: low 0.9 N, best N, high 1.1 N."""
STEP = 1
""""More than N" begins at N + 1, and "fewer than N" ends at N - 1: what is counted comes in whole pieces."""
LARGEST = 10**12
"""More than a million million of anything is taken for a slip of the keyboard."""
LONGEST = 200
"""Words longer than this many characters are prose, not a quantity."""
MEASURED_UNITS = frozenset({"tonne", "ton", "t", "kg", "kilogram", "kilogramme", "teu", "m3", "litre", "barrel", "km"})
"""Units that come in fractions. Every other unit is counted in whole pieces: half a container is a slip."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, and how sure. 0 <= low <= best <= high; high is +inf where the words leave it open.

    words is the text as given. The unit is the caller's, and is the same before and after.
    """

    low: float
    best: float
    high: float
    words: str

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.best <= self.high or math.isinf(self.best):
            raise VagueError(self.words, "low, best and high must be in this order, from 0 up", "Check the figures.")


def _less_ten_percent(number: float) -> float:
    return number * (100 - ABOUT_PERCENT) / 100


def _more(number: float) -> tuple[float, float, float]:
    return number + STEP, number + STEP, math.inf


def _least(number: float) -> tuple[float, float, float]:
    return number, number, math.inf


def _most(number: float) -> tuple[float, float, float]:
    return 0, number, number


def _less(number: float) -> tuple[float, float, float]:
    return _most(max(number - STEP, 0))


def _nearly(number: float) -> tuple[float, float, float]:
    return _less_ten_percent(number), number, number


_ABOUT = re.compile(
    r"(?:about|approximately|approx\.?|around|roughly|some|circa|ca\.?|c\.|an estimated|estimated|est\.?|[~≈±])\s*(.+)"
)
_BOUNDS = tuple(
    (re.compile(pattern), bounds)
    for pattern, bounds in (
        (r"(?:more than|greater than|over|above|exceeding|in excess of|upwards of|>(?!=))\s*(.+)", _more),
        (r"(?:at least|no fewer than|no less than|not less than|not fewer than|minimum(?: of)?|min\.?)\s*(.+)", _least),
        (r"(?:>=|[≥⩾])\s*(.+)", _least),
        (r"(.+?)\s*(?:\+|or more|and more|and up)", _least),
        (r"(?:up to|at most|no more than|not more than|maximum(?: of)?|max\.?|<=|[≤⩽])\s*(.+)", _most),
        (r"(.+?)\s*(?:or fewer|or less)", _most),
        (r"(?:less than|fewer than|under|below|<(?!=))\s*(.+)", _less),
        (r"(?:nearly|almost|just under|close to)\s*(.+)", _nearly),
    )
)
_UNITS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER_WORDS = {word: number for number, word in enumerate(_UNITS.split("|"))}
_NUMBER_WORDS |= {word: ten * 10 for ten, word in enumerate(_TENS.split("|"), 2)} | {"a": 1, "an": 1, "no": 0}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "billion": 10**9}
_UNCOUNTED = re.compile(
    r"\b(dozens|scores|tens|hundreds|thousands|millions|several|a few|few|many|numerous|a number of|multiple|"
    r"unknown|unspecified|some)\b"
)
_SCALE = r"(?:dozen|hundred|thousand|million|billion|k|mn)"
_TAIL = r"\s*(?:\+| or more| and more| and up| or fewer| or less)$"
_OTHER_UNIT = "Put the unit into the unit column, and only the number here. Units are never converted."
_DASH = r"(?:\s*[-\u2013\u2014]\s*|\s+to\s+)"


def read_quantity(words: str, unit: str = DEFAULT_UNIT, decimal: str = "") -> Quantity:  # noqa: ARG001
    """Words such as "about 2,000" or ">1000 containers" -> Quantity, in the unit given.

    Raises VagueError, and nothing else, when the words are no quantity or count another unit.
    """
    text = _plain(words)
    _refuse_at_once(words, text)
    text = _without_unit(text, words, unit)
    for pattern, bounds in _BOUNDS:
        if match := pattern.fullmatch(text):
            return Quantity(*bounds(_number(match[1], words, unit)), words)
    if match := _ABOUT.fullmatch(text):
        low, best, high = _span(match[1], words, unit)
        return Quantity(_less_ten_percent(low), best, high * (100 + ABOUT_PERCENT) / 100, words)
    return Quantity(*_span(text, words, unit), words)


def _plain(words: str) -> str:
    text = unicodedata.normalize("NFKC", words).replace("\u2212", "-").strip().casefold()
    return re.sub(r"\s+", " ", text)


def _refuse_at_once(words: str, text: str) -> None:
    if any(unicodedata.category(mark) == "No" for mark in words):
        raise VagueError(words, "raised, lowered and fraction digits are no quantity", "Remove the footnote mark.")
    if not text:
        raise VagueError(words, "a quantity is needed", 'Write a number such as 300, or "about 300".')
    if len(text) > LONGEST:
        raise VagueError(words[:60] + "…", f"a quantity has at most {LONGEST} characters", "Write the number alone.")
    if re.match(r"-\s*[0-9]", text):
        raise VagueError(words, "a quantity is never negative", "Swap origin and destination if goods went back.")
    if re.search(r"[0-9]\s*e\s*[+-]?\s*[0-9]|\b(?:nan|inf|infinity)\b", text):
        raise VagueError(words, "a quantity is written in plain digits", "Write 2000, not 2e3; leave no NaN or inf.")


def _without_unit(text: str, words: str, unit: str) -> str:
    """The words without the unit at their end; refused when that is another unit than the one given."""
    tail = re.search(_TAIL, text)
    body = text[: tail.start()] if tail else text
    match = re.fullmatch(rf"(.*(?:[0-9]|\b{_SCALE})) (.*[^\W\d_].*)", body)
    if match is None or re.match(rf"(?:{_SCALE}|to|and)\b", match[2]):
        # number words: "ten containers" has no digit that says where the unit begins
        body = re.sub(rf" {re.escape(unit_name(unit))}s?$", "", body)
    elif unit_name(match[2]) != unit_name(unit):
        raise VagueError(words, f"these words count {match[2]!r}, and the unit is {unit_name(unit)!r}", _OTHER_UNIT)
    else:
        body = match[1]
    return body + (tail[0] if tail else "")


def _span(text: str, words: str, unit: str) -> tuple[float, float, float]:
    """ "200-250", "between 200 and 250" or one number -> low, best, high."""
    match = re.fullmatch(r"(?:between|from)\s+(.+?)\s+(?:and|to)\s+(.+)", text)
    match = match or re.fullmatch(rf"(.+?){_DASH}(.+)", text)
    if match is None:
        number = _number(text, words, unit)
        return number, number, number
    if re.search(rf"{_SCALE}$", match[2]) and not re.search(rf"{_SCALE}$", match[1]):
        raise VagueError(words, "both ends of a range are written out", 'Write "1 million to 2 million".')
    low, high = _number(match[1], words, unit), _number(match[2], words, unit)
    if low > high:
        raise VagueError(words, "a range goes from the smaller to the larger number", "Swap the two numbers.")
    return low, (low + high) / 2, high


def _number(text: str, words: str, unit: str) -> float:
    """One number in digits or words -> a float; "1.5 million" -> 1500000.0."""
    match = re.fullmatch(r"(.*?)\s*\b(dozen|hundred|thousand|million|billion|mn)|(.*[0-9])\s*(k)", text)
    scale = _SCALES[match[2] or match[4]] if match else 1
    head = ((match[1] if match[2] else match[3]) if match else text).strip()
    if match and not head:
        head = "1"
    digits, _, decimals = _digits(head, words).partition(".")
    number = int(digits + decimals) * scale
    whole, rest = divmod(number, 10 ** len(decimals))
    if whole > LARGEST:
        raise VagueError(words, f"a quantity is at most {LARGEST:,}", "Check the number of digits.")
    if rest and unit_name(unit).split()[0] not in MEASURED_UNITS:
        raise VagueError(words, f"a {unit_name(unit)} is counted whole", "Write a whole number, or a range: 1-2.")
    return float(whole + rest / 10.0 ** len(decimals))


def _digits(text: str, words: str) -> str:
    """Digits with at most one decimal point, thousands separators removed."""
    if text in _NUMBER_WORDS:
        return str(_NUMBER_WORDS[text])
    if re.fullmatch(r"[0-9]{1,20}(?:\.[0-9]{1,2}|\.[0-9]{4,9})?", text):
        return text
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,9})?", text):
        return text.replace(",", "")
    if re.fullmatch(r"[0-9]{1,3}(?:[ '\u2019_][0-9]{3}){1,6}", text):
        return re.sub(r"[^0-9]", "", text)
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+,[0-9]+", text):
        raise VagueError(
            words, "this may be a decimal or a thousands separator", "Write 1500 for thousands, 1.5 for one and a half."
        )
    if re.fullmatch(r"[0-9]{21,}", text):
        raise VagueError(words, f"a quantity is at most {LARGEST:,}", "Check the number of digits.")
    if _UNCOUNTED.search(text):
        raise VagueError(
            words, "these words give no figure", 'Write the least and the most that you would defend, such as "24-96".'
        )
    raise VagueError(words, "this is no quantity", 'Write 300, "about 300", ">1000", "at least 300" or "200-250".')
