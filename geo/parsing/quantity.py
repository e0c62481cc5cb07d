"""How many, in words: "about 2,000", ">1000", "200-250" -> a frozen `Quantity`.

The house rules below are the only places where words become numbers that nobody printed. Units are never converted.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from geo.columns import DEFAULT_UNIT
from geo.errors import VagueError
from geo.parsing.numbers import LARGEST, SCALE, GivenNumber, read_number
from geo.parsing.units import is_known, is_unit, unit_name

__all__ = ["LARGEST", "Quantity", "read_quantity", "unit_name"]

ABOUT_PERCENT = 10
""""About N" is N give or take ten per cent: low 0.9 N, best N, high 1.1 N."""
STEP = 1
""""More than N" begins at N + 1, and "fewer than N" ends at N - 1: what is counted comes in whole pieces."""
LONGEST = 200
"""Words longer than this many characters are prose, not a quantity."""


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
_ABOUT_BEHIND = re.compile(
    r"(.*\S)\s*(?:\((?:about|approximately|approx\.?|circa|ca\.?|estimated|estimate|est\.?)\)|\s(?:approximately|approx\.?))"
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
_TAIL = r"\s*(?:\+| or more| and more| and up| or fewer| or less)$"
_UNIT_BEHIND = re.compile(rf"(.*(?:[0-9]|\b{SCALE})) (.*[^\W\d_].*)")
_OTHER_UNIT = "Put the unit into the unit column, or give it for every row. Units are never converted."
_DASH = r"(?:\s*[-\u2013\u2014]\s*|\s+to\s+)"


def read_quantity(words: str, unit: str = DEFAULT_UNIT, decimal: str = "") -> Quantity:
    """Words such as "about 2,000" or ">1000 containers" -> Quantity, in the unit given.

    decimal: "." or "," where the file has told which mark stands before decimals; the other then parts thousands.
    "" takes only what can be read in one way. Raises VagueError, and nothing else, when the words are no quantity
    or count another unit.

    >>> import geo
    >>> geo.read_quantity("about 2,000")
    Quantity(low=1800.0, best=2000.0, high=2200.0, words='about 2,000')
    >>> geo.read_quantity(">1000").high
    inf
    """
    text = _plain(words)
    _refuse_at_once(words, text)
    text = _about_first(text)
    text = _without_unit(text, words, unit)
    given = GivenNumber(words, unit, decimal)
    for pattern, bounds in _BOUNDS:
        if match := pattern.fullmatch(text):
            return Quantity(*bounds(read_number(match[1], given)), words)
    if match := _ABOUT.fullmatch(text):
        low, best, high = _span(match[1], given)
        return Quantity(_less_ten_percent(low), best, high * (100 + ABOUT_PERCENT) / 100, words)
    return Quantity(*_span(text, given), words)


def unit_said(words: str) -> str:
    """Our name of the unit behind a number: "about 300 TEU" -> "teu"; "" where there is none that we know."""
    if len(words) > LONGEST:
        return ""
    text = _about_first(_plain(words))
    match = _UNIT_BEHIND.fullmatch(_parted(re.sub(_TAIL, "", text)))
    return unit_name(match[2]) if match and is_unit(match[2]) else ""


def _plain(words: str) -> str:
    text = unicodedata.normalize("NFKC", words).replace("\u2212", "-").strip().casefold()
    return re.sub(r"\s+", " ", text)


def _refuse_at_once(words: str, text: str) -> None:
    if any(unicodedata.category(mark) == "No" for mark in words):
        raise VagueError(
            words, "superscripts, subscripts and fraction characters are not read", "Remove the footnote mark."
        )
    if not text:
        raise VagueError(words, "a quantity is needed", 'Write a number such as 300, or "about 300".')
    if len(text) > LONGEST:
        raise VagueError(words[:60] + "…", f"a quantity has at most {LONGEST} characters", "Write the number alone.")
    if re.match(r"-\s*[0-9]", text) or re.fullmatch(r"\([0-9., ]+\)|[0-9., ]*[0-9]-", text):
        raise VagueError(
            words, "a quantity is never negative", "Use a positive number; for returns swap origin and destination."
        )
    if re.search(r"[0-9]\s*e\s*[+-]?\s*[0-9]|\b(?:nan|inf|infinity)\b", text):
        raise VagueError(words, "a quantity is written in plain digits", "Write 2000, not 2e3; leave no NaN or inf.")


def _about_first(text: str) -> str:
    """ "300 (approx.)" -> "about 300"."""
    match = _ABOUT_BEHIND.fullmatch(text)
    return f"about {match[1]}" if match else text


def _without_unit(text: str, words: str, unit: str) -> str:
    """The words without the unit at their end; refused when that is another unit than the one given."""
    tail = re.search(_TAIL, text)
    body = _parted(text[: tail.start()] if tail else text)
    match = _UNIT_BEHIND.fullmatch(body)
    if match is None or re.match(rf"(?:{SCALE}|to|and)\b", match[2]):
        # number words: "ten containers" has no digit that says where the unit begins
        body = _without_last(body, unit_name(unit))
    elif unit_name(match[2]) != unit_name(unit):
        raise VagueError(words, f"these words count {match[2]!r}, but the unit is {unit_name(unit)!r}", _OTHER_UNIT)
    else:
        body = match[1]
    return body + (tail[0] if tail else "")


def _parted(body: str) -> str:
    """ "300teu" -> "300 teu"."""
    glued = re.fullmatch(r"(.*[0-9])([^\W\d_]+)", body)
    return f"{glued[1]} {glued[2]}" if glued and is_known(glued[2]) else body


def _without_last(body: str, unit: str) -> str:
    """The words without the last ones, where those name the unit: "two thousand artillery shells"."""
    parts = body.split(" ")
    for count in range(min(4, len(parts) - 1), 0, -1):
        if unit_name(" ".join(parts[-count:])) == unit:
            return " ".join(parts[:-count])
    return body


def _span(text: str, given: GivenNumber) -> tuple[float, float, float]:
    """ "200-250", "between 200 and 250" or one number -> low, best, high."""
    match = re.fullmatch(r"(?:between|from)\s+(.+?)\s+(?:and|to)\s+(.+)", text)
    match = match or re.fullmatch(rf"(.+?){_DASH}(.+)", text)
    if match is None:
        number = read_number(text, given)
        return number, number, number
    if re.search(rf"{SCALE}$", match[2]) and not re.search(rf"{SCALE}$", match[1]):
        raise VagueError(given.words, "both ends of a range must be written out", 'Write "1 million to 2 million".')
    low, high = read_number(match[1], given), read_number(match[2], given)
    if low > high:
        raise VagueError(given.words, "a range goes from the smaller to the larger number", "Swap the two numbers.")
    return low, (low + high) / 2, high
