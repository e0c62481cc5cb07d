"""The words for numbers, ranges and dates. Its twin is player/src/words.ts; tests/fixtures/words.json pins both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from geo.columns import ABOUT_PERCENT, CURRENCIES

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_ABOUT = ABOUT_PERCENT / 100
_SYMBOLS = {"teu": "TEU", "feu": "FEU", "kg": "kg", "km": "km", "m3": "m³", "lb": "lb", "dwt": "DWT"} | {
    code: code.upper() for code in CURRENCIES
}
"""Units that are written as symbols: no plural, and their own capitals."""
_PLURALS = {"person": "people"}
_ROUND = 10
"""What a figure is a multiple of that somebody may have said "more than" of."""
_WHOLE = 1e-6
MOST_SIDES = 3
"""Sides of a contradiction that a headline tells; the Evidence page tells more."""
_LEGS = {1: "voyage", 2: "train", 3: "trip", 4: "flight"}
_ONE = {"1", "about 1", "at least 1", "up to 1"}
_UNKNOWN = "unknown"
_PARTS = {"early": (1, 11), "mid": (11, 21), "late": (21, 1)}
"""First day, and the day after the last: early is days 1-10, mid 11-20, late the rest."""


def number(value: float) -> str:
    """A count, rounded half up, thousands with commas: 1234.5 -> "1,235"."""
    return f"{math.floor(value + 0.5):,}"


def extent(low: float, high: float) -> str:
    """From low to high: "1,800–2,200", "2,000" where both read the same, and `floor` where high is open."""
    if math.isinf(high):
        return floor(low)
    return number(low) if number(low) == number(high) else f"{number(low)}–{number(high)}"


def floor(low: float) -> str:
    """A low without a high: "at least 1,234", and "more than 1,000" of 1,001, which is what its source said."""
    over_round = low > _ROUND and (low - 1 + _WHOLE) % _ROUND < 2 * _WHOLE
    return f"more than {number(low - 1)}" if over_round else f"at least {number(low)}"


def quantity(low: float, best: float, high: float, *, about: bool) -> str:
    """As `extent`, but "about 2,000" for a best of ±10 % (the house rule for "about") and "up to 50" for 0-50.

    about: whether a source said "about": one that gives a range of ±10 % itself did not.
    """
    if math.isinf(high) or number(low) == number(high):
        return extent(low, high)
    slack = 1e-6 * best
    if about and abs(best * (1 - _ABOUT) - low) <= slack and abs(best * (1 + _ABOUT) - high) <= slack:
        return f"about {number(best)}"
    if low == 0 and best == high:
        return f"up to {number(high)}"
    return extent(low, high)


def contested(low: float, top: float, open: bool) -> str:  # noqa: A002 -- the word that the whole house uses
    """A range that not all sources can be right about: "contested: 6,030–10,001 or more", "contested: 6,030–7,400".

    top: the largest figure that any side gives; open: one of them sets no upper bound.
    """
    return f"contested: {extent(low, max(low, top))}{' or more' if open else ''}"


def sides(told: Sequence[tuple[str, float, float]], most: int = MOST_SIDES) -> str:
    """What each side of a contradiction says: "Seoul: 6,030–7,370; Washington: more than 10,000; 2 more sides".

    told: name, low and high of each; "" where they come to the same.
    """
    ranges = [ranged(low, low, high, None) for _, low, high in told]
    if len(set(ranges)) < 2:
        return ""
    parts = [f"{name}: {words}" for (name, _, _), words in zip(told, ranges, strict=True)]
    more = len(parts) - most
    if more > 0:
        parts = [*parts[:most], f"{number(more)} more side{'' if more == 1 else 's'}"]
    return "; ".join(parts)


def counted(words: str, unit: str) -> str:
    """Number words with their unit: ("1", "container") -> "1 container", ("0–1", "container") -> "0–1 containers"."""
    return f"{words} {unit_name(unit) if words in _ONE else units(unit)}"


def unit_name(unit: str) -> str:
    """A unit as it is printed: "container", "TEU"."""
    return _SYMBOLS.get(unit, unit)


def units(unit: str) -> str:
    """A unit on its own, for more than one: "containers", "TEU"."""
    if unit in _PLURALS:
        return _PLURALS[unit]
    return unit_name(unit) if unit in _SYMBOLS or unit.endswith("s") else f"{unit}s"


def leg_name(modes: Iterable[int]) -> str:
    """What one leg of these modes is called: "voyage" where all are by sea, "leg" where they differ or nobody says."""
    distinct = set(modes)
    return _LEGS.get(distinct.pop(), "leg") if len(distinct) == 1 else "leg"


def ranged(low: float, best: float, high: float, top: float | None, *, near: bool = False, about: bool = False) -> str:
    """`extent`, or `quantity` with near; `contested` where there is a top; "unknown" rather than "at least 0"."""
    if top is not None:
        return contested(low, top, math.isinf(high))
    if math.isinf(high) and number(low) == "0":
        return _UNKNOWN
    return quantity(low, best, high, about=about) if near else extent(low, high)


def amount(
    low: float, best: float, high: float, top: float | None, unit: str, *, near: bool = False, about: bool = False
) -> str:
    """`ranged` with the unit: "1,800–2,200 containers", "an unknown number of containers"."""
    said = ranged(low, best, high, top, near=near, about=about)
    return f"an unknown number of {units(unit)}" if said == _UNKNOWN else counted(said, unit)


def day(moment: datetime) -> str:
    """The UTC day of a moment: "1 Oct 2023"."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def closing(moment: datetime) -> str:
    """The day that a moment closes, "2 Nov 2023": at midnight the day before; inside a day "12:00 UTC on 2 Nov 2023".

    To the minute, up: a moment is the end of what is told.
    """
    last = day(moment - timedelta(microseconds=1))
    return last if closes_day(moment) else f"{_whole_minute(moment):%H:%M} UTC on {last}"


def closes_day(moment: datetime) -> bool:
    """Whether a moment is midnight, UTC, to the minute that it closes."""
    return f"{_whole_minute(moment):%H:%M}" == "00:00"


def _whole_minute(moment: datetime) -> datetime:
    return datetime.fromtimestamp(math.ceil(moment.timestamp() / 60 - 1e-6) * 60, UTC)


def minute(moment: datetime) -> str:
    """A UTC moment to the minute: "1 Oct 2023, 06:00"."""
    moment = moment.astimezone(UTC)
    return f"{day(moment)}, {moment:%H:%M}"


def period(start: datetime, end: datetime) -> str:
    """The half-open period [start, end) in as few words as say it.

    One period if it has a name ("2022", "June 2022", "early Aug 2023", "1 Oct 2023"), else its first and last
    month, third of a month or day: "June 2022–early Aug 2023", "7 Sept 2023–1 Oct 2023".
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    return _named(start, end) or f"{_opening(start, end)}–{_closing(start, end)}"


def _named(start: datetime, end: datetime) -> str | None:
    if end - start <= timedelta(days=1):
        return day(start)
    if start.day == 1 and start.month == 1 and _first(end) and end.month == 1 and end.year == start.year + 1:
        return str(start.year)
    if start.day == 1 and _first(end) and _next_month(start) == (end.year, end.month):
        return _month(start)
    for part, (first, after) in _PARTS.items():
        ends = (start.year, start.month) if after > 1 else _next_month(start)
        if (start.day, end.day) == (first, after) and (end.year, end.month) == ends:
            return f"{part} {_month(start)}"
    return None


def _opening(start: datetime, end: datetime) -> str:
    """A long period that opens on the first of a month is one that somebody gave in months."""
    return _month(start) if start.day == 1 and end - start > timedelta(days=45) else day(start)


def _closing(start: datetime, end: datetime) -> str:
    last = end - timedelta(microseconds=1)
    if end - start <= timedelta(days=45):
        return day(last)
    ends = {after: part for part, (_, after) in _PARTS.items() if after > 1}
    if _first(end):
        return _month(last)
    return f"{ends[end.day]} {_month(last)}" if end.day in ends and start.day == 1 else day(last)


def _first(moment: datetime) -> bool:
    return moment.day == 1 and moment.hour == moment.minute == moment.second == 0


def _next_month(moment: datetime) -> tuple[int, int]:
    return (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)


def _month(moment: datetime) -> str:
    return f"{MONTHS[moment.month - 1]} {moment.year}"
