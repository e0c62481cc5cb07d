"""How many, in words: "about 2,000", ">1000", "200-250" -> a frozen `Quantity`.

The house rules below are the only places where words become numbers that nobody printed. Units are never converted.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from geo.columns import ABOUT_PERCENT, DEFAULT_UNIT
from geo.errors import VagueError
from geo.parsing.count_words import english
from geo.parsing.numbers import LARGEST, SCALE, UNSURE, GivenNumber, read_number
from geo.parsing.plain_text import NO_VALUE, has_arabic_point, plain
from geo.parsing.units import is_known, is_unit, money_behind, unit_name

__all__ = ["LARGEST", "Quantity", "read_quantity", "unit_name"]

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
    r"(.*\S)\s*(?:\((?:about|approximately|approx\.?|circa|ca\.?|estimated|estimate|est\.?|e)\)|"
    r"\s(?:approximately|approx\.?|estimated|estimate|est\.?|or so)|(?<=[0-9a-z])\s?\?)"
)
_FOOTNOTE = re.compile(r"(?<=[^\s*])\s?(?:\*+|[†‡]+|\[[0-9a-z]{1,3}\])$")
"""A mark behind a figure that leads to a note."""
_GIVE_OR_TAKE = re.compile(r"(.+?)\s?(?:±|\+/-|\+-|give or take|plus or minus)\s?([0-9][0-9.,]*)\s?(%)?")
_TWO_BOUNDS = re.compile(r"(.+?),? (?:but|and|yet) ((?:fewer|less|not more|no more|at most|up to|under|below|[<≤]).+)")
NO_FIGURE = (
    "these words say that there is no figure",
    "Write the least and the most that you would defend, or leave the row out.",
)
BRACKETS = (
    "a figure in brackets is an estimate, or a negative of accounts",
    'Write "about 300" for an estimate; a quantity is never negative.',
)
_SIZE = (
    r"(?:20|40|45|53)(?:\s?(?:'|′|ft|foot|feet)\s?(?:hc|hq|gp|dv|dc|dry|st|sd|std|rf|rh|reefer|ot|fr|tk|flat)?|"
    r"\s?-?(?:hc|hq|gp|dv|dc|dry|st|sd|std|rf|rh|reefer|ot|fr|tk))s?"
)
_SIZED = re.compile(rf"([0-9]{{1,5}})\s?[x×*]\s?{_SIZE}|{_SIZE}\s?[x×*]\s?([0-9]{{1,5}})")
_FOOT_BOXES = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})\s(?:20|40|45|53)[\s-]?(?:foot|feet|ft)\s(?:containers?|cntrs?|boxes)"
)
""" "300 20-foot containers": so many containers of that length."""
_SIZED_ALL = re.compile(
    rf"(?:{_SIZED.pattern})(?:\s?(?:[+,;&]|and)\s?(?:{_SIZED.pattern}))*(?:\s(?:containers?|cntrs?|boxes))?"
)
""" "3 x 40HC + 2 x 20'": so many containers, with their size in feet and their type."""
_LEAST_BEHIND = r"\+|-?\s?plus|or more|and more|and up|at least|minimum|min\.?"
_MOST_BEHIND = r"or fewer|or less|at most|maximum|max\.?"
_BOUNDS = tuple(
    (re.compile(pattern), bounds)
    for pattern, bounds in (
        (r"(?:more than|greater than|over|above|exceeding|in excess of|upwards of|>(?!=))\s*(.+)", _more),
        (r"(?:at least|no fewer than|no less than|not less than|not fewer than|minimum(?: of)?|min\.?)\s*(.+)", _least),
        (r"(?:>=|[≥⩾])\s*(.+)", _least),
        (rf"(.+?)\s*(?:{_LEAST_BEHIND})", _least),
        (r"(?:up to|at most|no more than|not more than|maximum(?: of)?|max\.?|<=|[≤⩽])\s*(.+)", _most),
        (rf"(.+?)\s*(?:{_MOST_BEHIND})", _most),
        (r"(?:less than|fewer than|under|below|<(?!=))\s*(.+)", _less),
        (r"(?:nearly|almost|just under|close to)\s*(.+)", _nearly),
    )
)
_TAIL = rf"\s*(?:\+|-?\s?plus|(?<=\s)(?:{_LEAST_BEHIND}|{_MOST_BEHIND}))$"
_IN_ALL = re.compile(r"(?<=[0-9a-z]),? (?:in total|in all|altogether|overall|total)$")
_TWO_FIGURES = re.compile(r"[0-9][^()]*[^\W\d_]\s?\([^()]*[0-9][0-9.,]* ?([^\W\d_]{2,})\)")
TWO_FIGURES = (
    "these are two figures",
    "Write one into the count and its unit beside it, and the other into a column or row of its own.",
)
_UNIT_BEHIND = re.compile(rf"(.*(?:[0-9]|\b{SCALE})) (.*[^\W\d_].*)")
_OTHER_UNIT = "Put the unit into the unit column, or give it for every row. Units are never converted."
_DASH = r"(?:\s*[-\u2013\u2014]\s*|(?<=[0-9])\s?~\s?(?=[0-9])|\s+to\s+)"


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
    text = plain(words)
    _refuse_at_once(words, text)
    text = _IN_ALL.sub("", _FOOTNOTE.sub("", text))
    decimal = "." if has_arabic_point(words) else decimal
    if (boxes := _sized(text)) is not None:
        _same_unit("container", words, unit)
        return Quantity(boxes, boxes, boxes, words)
    return Quantity(*_bounds(money_behind(english(_number_first(text))), GivenNumber(words, unit, decimal)), words)


def _number_first(text: str) -> str:
    """ "컨테이너 2,000개" -> "2,000개 컨테이너"."""
    match = re.fullmatch(r"([^\W\d_]+?)\s?((?:約|约|약)?\s?[0-9].*)", text)
    return f"{match[2]} {match[1]}" if match and is_known(match[1]) else text


def _bounds(text: str, given: GivenNumber) -> tuple[float, float, float]:
    """Plain English words -> low, best, high."""
    if match := _TWO_BOUNDS.fullmatch(text):
        low, _, open_ = _bounds(match[1], given)
        least, high, _ = _bounds(match[2], given)
        if not math.isinf(open_) or least or low > high:
            raise VagueError(given.words, "one end of a range is its least, the other its most", 'Write "200-250".')
        return low, (low + high) / 2, high
    text = _without_unit(_about_first(text), given.words, given.unit)
    for pattern, bounds in _BOUNDS:
        if match := pattern.fullmatch(text):
            return bounds(read_number(match[1], given))
    if match := _ABOUT.fullmatch(text):
        low, best, high = _span(match[1], given)
        return _less_ten_percent(low), best, high * (100 + ABOUT_PERCENT) / 100
    if match := _GIVE_OR_TAKE.fullmatch(text):
        best = read_number(match[1], given)
        measured = GivenNumber(given.words, "tonne", given.decimal)
        either = best * read_number(match[2], measured) / 100 if match[3] else read_number(match[2], given)
        return max(best - either, 0), best, best + either
    return _span(text, given)


def _sized(text: str) -> int | None:
    """How many containers "3 x 40HC" are; None where no size and type stand behind the number."""
    if boxes := _FOOT_BOXES.fullmatch(text):
        return int(boxes[1].replace(",", ""))
    if not _SIZED_ALL.fullmatch(text):
        return None
    return sum(int(before or behind) for before, behind in _SIZED.findall(text))


def unit_said(words: str) -> str:
    """Our name of the unit behind a number: "about 300 TEU" -> "teu"; "" where there is none that we know."""
    if len(words) > LONGEST:
        return ""
    if _sized(text := plain(words)) is not None:
        return DEFAULT_UNIT
    text = _about_first(money_behind(english(_number_first(_FOOTNOTE.sub("", text)))))
    match = _UNIT_BEHIND.fullmatch(_parted(re.sub(_TAIL, "", text)))
    return unit_name(match[2]) if match and is_unit(match[2]) else ""


def says_about(words: str) -> bool:
    """Whether the words of a figure say that it is about so, which is when `ABOUT_PERCENT` makes its range."""
    if len(words) > LONGEST:
        return False
    text = plain(words)
    if re.fullmatch(r"\([0-9][0-9., ]*\)", text):
        return True
    return _ABOUT.fullmatch(_about_first(money_behind(english(_number_first(_FOOTNOTE.sub("", text)))))) is not None


def is_like_quantity(words: str) -> bool:
    """Whether words are a figure in any unit, or would be one if somebody said how decimals are written."""
    try:
        read_quantity(words, unit_said(words) or "tonne")
    except VagueError as error:
        return error.rule in (UNSURE[0], BRACKETS[0])
    return True


def _refuse_at_once(words: str, text: str) -> None:
    if any(unicodedata.category(mark) == "No" for mark in words):
        raise VagueError(
            words, "superscripts, subscripts and fraction characters are not read", "Remove the footnote mark."
        )
    if text in NO_VALUE:
        raise VagueError(words, *NO_FIGURE)
    if re.search(r"(?:^|[\W0-9_])Mt(?!\w)", words):
        raise VagueError(words, "Mt may be million tonnes or metric tons", 'Write "12.5 million t", or "12.5 t".')
    if re.fullmatch(r"\([0-9][0-9., ]*\)", text):
        raise VagueError(words, *BRACKETS)
    if (second := _TWO_FIGURES.search(text)) and is_unit(second[1]):
        raise VagueError(words, *TWO_FIGURES)
    if not text:
        raise VagueError(words, "a quantity is needed", 'Write a number such as 300, or "about 300".')
    if len(text) > LONGEST:
        raise VagueError(words[:60] + "…", f"a quantity has at most {LONGEST} characters", "Write the number alone.")
    if re.match(r"-\s*[0-9]", text) or re.fullmatch(r"[0-9., ]*[0-9]-", text):
        raise VagueError(
            words, "a quantity is never negative", "Use a positive number; for returns swap origin and destination."
        )
    if re.search(r"[0-9]\s*e\s*[+-]?\s*[0-9]|\b(?:nan|inf|infinity)\b", text):
        raise VagueError(words, "a quantity is written in plain digits", "Write 2000, not 2e3; leave no NaN or inf.")


def _about_first(text: str) -> str:
    """ "300 (approx.)" -> "about 300"."""
    match = _ABOUT_BEHIND.fullmatch(text)
    if match is None:
        return text
    return match[1] if _ABOUT.fullmatch(match[1]) else f"about {match[1]}"


def _without_unit(text: str, words: str, unit: str) -> str:
    """The words without the unit at their end; refused when that is another unit than the one given."""
    tail = re.search(_TAIL, text)
    body = _parted(text[: tail.start()] if tail else text)
    match = _UNIT_BEHIND.fullmatch(body)
    if match is None or re.match(rf"(?:{SCALE}|to|and)\b", match[2]):
        # number words: "ten containers" has no digit that says where the unit begins
        body = _without_last(body, unit_name(unit))
    else:
        _same_unit(match[2], words, unit)
        body = match[1]
    return body + (tail[0] if tail else "")


def _same_unit(said: str, words: str, unit: str) -> None:
    if unit_name(said) != unit_name(unit):
        raise VagueError(words, f"these words count {said!r}, but the unit is {unit_name(unit)!r}", _OTHER_UNIT)


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
    scale = re.search(rf"\s*\b{SCALE}$", match[2]) if not re.search(rf"{SCALE}$", match[1]) else None
    shared = scale[0] if scale else ""  # "1.5-2 thousand"
    low, high = read_number(match[1] + shared, given), read_number(match[2], given)
    if shared and low >= high:
        raise VagueError(given.words, "both ends of a range must be written out", 'Write "1 million to 2 million".')
    if low > high:
        raise VagueError(given.words, "a range goes from the smaller to the larger number", "Swap the two numbers.")
    return low, (low + high) / 2, high
