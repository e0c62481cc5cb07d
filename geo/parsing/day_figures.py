"""A day in figures whose order a form tells: "07.09.23", "9/7/2023", 45176; and figures that need no form: 20230907."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from geo.errors import VagueError

PIVOT = 69
"""Years of two figures from 69 up are of the twentieth century, those below of the twenty-first: the rule of POSIX
(strptime, %y), which Excel (pivot 30) and Python share for every year from 2000 to 2029."""
SERIAL_START = datetime(1899, 12, 30, tzinfo=UTC)
"""Serial 0 of Excel's 1900 system for every day from 1 March 1900. Excel takes 1900 for a leap year, as Lotus 1-2-3
did, and counts a 29 February that never was (ECMA-376 Part 1, 18.17.4.1: its serial is 60). So 1 is 1 January 1900 by
Excel's book, and from 61 on every serial is one more than the days since 31 December 1899."""
EITHER_ORDER = "day or month may come first here"
HINT = "Write the year first: 2023-09-07. Or say for the whole column which comes first."

_ORDERED = re.compile(r"([0-9]{1,2})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?(?:([0-9]{4})\.?|([0-9]{2}))")
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:\s?([/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})\.?|([0-9]{2})([0-9]{2}))")
_YEAR_FIRST_CJK = re.compile(r"([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일]")
_SERIAL_DAY = re.compile(r"([0-9]{5})(?:[.,]([0-9]{1,15}))?")
"""Five figures: 10000 is 18 May 1927, and four figures are a year."""


def full_year(figures: str) -> int:
    """ "23" -> 2023 and "98" -> 1998, by `PIVOT`; four figures are themselves."""
    year = int(figures)
    return year if len(figures) == 4 else year + (1900 if year >= PIVOT else 2000)


def read_day(text: str, words: str, form: str) -> datetime | None:
    """The first instant of a day in figures, or None where the text is none. Raises VagueError, ValueError."""
    if match := _YEAR_FIRST.fullmatch(text) or _YEAR_FIRST_CJK.fullmatch(text):
        year, month, day = (int(each) for each in match.groups() if each and each.isdecimal())
        return datetime(year, month, day, tzinfo=UTC)
    match = _ORDERED.fullmatch(text)
    if match is None:
        return None
    if form not in ("day first", "month first"):
        raise VagueError(words, EITHER_ORDER, HINT)
    day, month = int(match[1]), int(match[3])
    if form == "month first":
        day, month = month, day
    if month > 12 >= day:
        raise VagueError(words, f"there is no month {month}, and this column is read {form}", HINT)
    return datetime(full_year(match[4] or match[5]), month, day, tzinfo=UTC)


def read_serial(text: str) -> tuple[datetime, bool] | None:
    """An Excel serial -> its moment, to the second, and whether it has a time of day; 45176.0 is the whole day."""
    match = _SERIAL_DAY.fullmatch(text)
    if match is None:
        return None
    day = SERIAL_START + timedelta(days=int(match[1]))
    part = float(f"0.{match[2] or 0}")
    return day + timedelta(seconds=round(part * 86400)), part > 0
