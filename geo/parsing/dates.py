"""When, in words: "2023-09-07", "2023-08~", "early August 2023", "7 сентября 2023" -> a frozen `Period` in UTC.

Reads its own small subset of EDTF (ISO 8601-2): year, month, day, the qualifiers ~ ? %, and X for unknown digits at
the end; weeks and parts of a year; and plain dates in the languages of the gazetteer. Libraries for EDTF disagree with
the standard where it matters, so none is used.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from geo.errors import VagueError
from geo.parsing.calendar_spans import Span, add_months, days_of, full_year, months_of, week_from
from geo.parsing.clock import AMBIGUOUS_ZONES, ZONES, split_clock
from geo.parsing.column_forms import read_by_form
from geo.parsing.date_marks import bare
from geo.parsing.date_order import read_day, read_serial
from geo.parsing.date_words import english
from geo.parsing.plain_text import NO_VALUE, plain
from geo.parsing.year_parts import read_part

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A year outside of these is taken for a slip of the keyboard."""
LONGEST = 200
"""Words longer than this many characters are prose, not a date."""
THIRDS_OF_A_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
""""Early" is days 1 to 10 of a month, "mid" 11 to 20, "late" 21 to its last day."""
THIRDS_OF_A_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
""""Early" is January to April of a year, "mid" May to August, "late" September to December."""
ABOUT_DAYS = {"instant": 1, "day": 3, "third": 5, "week": 7}
""""About" a time is a day either way, about a day three days, about a third of a month five days, a week a week."""
ABOUT_MONTHS = {"month": 1, "quarter": 1, "part": 3, "year": 12, "decade": 12}
""""About" a month or quarter is a month either way, about a third of a year three, about a year twelve."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as printed, [start, end) in UTC, and how far "about" widens it, [earliest, latest).

    earliest <= start <= end <= latest. A date is its whole day; a time of day is an instant, start == end.
    """

    earliest: datetime
    start: datetime
    end: datetime
    latest: datetime
    words: str


_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![a-z])\.?"
_YEAR = r"(?:(?:[\s,./-]*|\sof\s)([0-9]{4}))?"
_THIRD = r"(early|mid|middle|late|beginning|start|end)"
_THIRD_NAMES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_WEEKDAYS = {
    name[:length].casefold(): number for number, name in enumerate(calendar.day_name) for length in (3, 4, 5, 9)
}
_WEEKDAY = re.compile("(" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")(?![a-z])[.,]*\s*")
_WEEKDAY_BEHIND = re.compile(rf"(.*[0-9]),? \(?({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\.?\)?")
_DATE_TIME_GROUP = re.compile(rf"([0-9]{{2}})\s?([0-9]{{2}})([0-9]{{2}})\s?(z)\s?{_MONTH}\s?([0-9]{{4}}|[0-9]{{2}})")
"""Day, hour, minute, zone, month and year as armed forces write them: "071430Z SEP 23"."""
_WEEK_FROM = re.compile(
    r"(?:the )?(?:week (of|commencing|beginning|starting|from)|w/(c)|(w/e|week ending|week to))[\s:]+(.+)"
)
_COMPACT = re.compile(r"((?:19|20)[0-9]{6})([0-9]{2})([0-9]{2})([0-9]{2})?")
NO_YEAR = "a date without a year needs the day it was said"
NO_DATE = (
    "these words say that there is no date",
    "Write when it was, as closely as it is known, or leave the row out.",
)
_HINT = 'Write 2023-09-07, 2023-09, "about 2023-08", "early August 2023" or "7 Sep 2023".'
NEEDED = ("a date is needed", _HINT)


def read_date(words: str, said_on: Period | None = None, form: str = "") -> Period:
    """A date in words -> Period. A date without a year takes the last such date up to said_on.

    form is one of `mapping.DATE_FORMS`: how to read 07.09.23, or the number 45176. Whatever can be read in one way
    only is read by any form. A time of day without a zone is UTC. Raises VagueError, and nothing else.

    >>> import geo
    >>> period = geo.read_date("2023-08~")
    >>> str(period.start), str(period.end), str(period.latest)
    ('2023-08-01 00:00:00+00:00', '2023-09-01 00:00:00+00:00', '2023-10-01 00:00:00+00:00')
    """
    text = plain_words(words)
    if not text or text in NO_VALUE:
        raise VagueError(words, *(NO_DATE if text else NEEDED))
    text, unsure = bare(english(text))
    try:
        start, end, precision = _span(text, words, said_on, form)
    except (ValueError, OverflowError) as error:
        if isinstance(error, VagueError):
            raise
        rule = "the date and time must exist" if ":" in text else "the date must exist"
        raise VagueError(words, rule, _last_day(text) or _HINT) from error
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise VagueError(words, f"a year is between {FIRST_YEAR} and {LAST_YEAR}", _year_hint(start.year))
    if unsure:
        return Period(_widen(start, precision, -1), start, end, _widen(end, precision, 1), words)
    return Period(start, start, end, end, words)


def _last_day(text: str) -> str:
    """How many days the month has in which a day is said that it has not; "" where it is no such thing."""
    match = re.match(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text)
    if match is None or not (FIRST_YEAR <= int(match[1]) <= LAST_YEAR and 1 <= int(match[2]) <= 12):
        return ""
    last = calendar.monthrange(int(match[1]), int(match[2]))[1]
    month = f"{calendar.month_name[int(match[2])]} {int(match[1])}"
    return f"{month} has {last} days. Correct it." if int(match[3]) > last else ""


def plain_words(words: str) -> str:
    """Words in lower case, single spaces, plain dashes; refused when far too long."""
    if len(words) > LONGEST:
        raise VagueError(words[:60] + "…", f"a date has at most {LONGEST} characters", _HINT)
    return plain(words)


def _widen(moment: datetime, precision: str, sign: int) -> datetime:
    if precision in ABOUT_DAYS:
        return moment + sign * timedelta(days=ABOUT_DAYS[precision])
    return add_months(moment, sign * ABOUT_MONTHS[precision])


def _span(text: str, words: str, said_on: Period | None, form: str) -> Span:
    """A date, or a date with a time of day behind it. Raises VagueError, ValueError."""
    if form == "excel serial" and (serial := read_serial(text)):
        moment, timed = serial
        return (moment, moment, "instant") if timed else (moment, moment + timedelta(days=1), "day")
    if span := read_by_form(text, words, form) or _week(text, words, said_on, form):
        return span
    if behind := _WEEKDAY_BEHIND.fullmatch(text):
        text = f"{behind[2]} {behind[1]}"
    if group := _DATE_TIME_GROUP.fullmatch(text):
        text = f"{group[1]} {group[5]} {group[6]} {group[2]}:{group[3]}{group[4]}"
    weekday = _WEEKDAY.match(text)
    text, clock = split_clock(text[weekday.end() :] if weekday else _COMPACT.sub(_spaced, text))
    year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    if year and not FIRST_YEAR <= int(year[0]) <= LAST_YEAR:
        raise VagueError(words, f"a year is between {FIRST_YEAR} and {LAST_YEAR}", _year_hint(int(year[0])))
    day = read_day(text, words, form)
    span = (day, day + timedelta(days=1), "day") if day else _digits(text, words) or _named_day(text, words, said_on)
    span = span or read_part(text, words) or _english(text, words, said_on)
    if weekday and (span[2] != "day" or span[0].weekday() != _WEEKDAYS[weekday[1]]):
        hint = f"{span[0]:%Y-%m-%d} is a {calendar.day_name[span[0].weekday()]}."
        raise VagueError(words, "the day of the week must match the date", f"{hint} Correct one of them.")
    if clock is None:
        return span
    if span[2] != "day":
        raise VagueError(words, "a time of day needs a date", _HINT)
    moment = clock.on(span[0], words)
    return moment, moment, "instant"


def _spaced(match: re.Match[str]) -> str:
    """20230907143005 -> "20230907 14:30:05"."""
    return f"{match[1]} {match[2]}:{match[3]}:{match[4] or '00'}"


def _week(text: str, words: str, said_on: Period | None, form: str) -> Span | None:
    """The week of, from, or up to and with a day. One "of" a Monday or Sunday begins there, else on a Monday."""
    match = _WEEK_FROM.fullmatch(text)
    if match is None:
        return None
    start, end, precision = _span(match[4], words, said_on, form)
    if precision != "day":
        raise VagueError(words, "a week is said by one of its days", 'Write "week of 4 September 2023" or 2023-W36.')
    if match[3]:
        return week_from(end - timedelta(days=7))
    return week_from(start - timedelta(days=start.weekday() % 6 if match[1] == "of" else 0))


def _year_hint(year: int) -> str:
    if 1300 <= year < 1500:
        return "If it is a year of the Persian or Islamic calendar, convert the date."
    return (
        "If it is a year of the Buddhist calendar, convert it."
        if 2400 < year < 2700
        else "Check the digits of the year."
    )


def _digits(text: str, words: str) -> Span | None:
    """EDTF with digits and X: year, month, day."""
    if decade := re.fullmatch("([0-9]{3}0)s", text):
        return months_of(int(decade[1]), 1, 120, "decade")
    match = re.fullmatch(r"([0-9]{3}[0-9x])(?:-([0-9x]{1,2})(?:-([0-9x]{1,2}))?)?", text)
    if match is None:
        return None
    year, month, day = match[1], match[2] or "xx", match[3] or "xx"
    digits_after_x = ("x" in year and (month, day) != ("xx", "xx")) or ("x" in month and day != "xx")
    if digits_after_x:
        raise VagueError(words, "X replaces unknown digits at the end only", _HINT)
    if "x" in year:
        return months_of(int(year[:3] + "0"), 1, 120, "decade")
    return months_of(int(year), 1, 12, "year") if month == "xx" else _within_year(int(year), month, day, words)


def _within_year(year: int, month: str, day: str, words: str) -> Span:
    if "x" in month:
        first, last = _members(month, 12, words)
        return months_of(year, first, last - first + 1, "part")
    if int(month) > 12:
        raise VagueError(words, "a month is 01 to 12", _no_month(year, month, day))
    if day == "xx":
        return months_of(year, int(month), 1, "month")
    if "x" in day:
        return days_of(year, int(month), *_members(day, 31, words), "third")
    return days_of(year, int(month), int(day), int(day), "day")


def _no_month(year: int, month: str, day: str) -> str:
    """What to do about a month past 12: the day may stand before it, or it is the number of a week or season."""
    if day.isdigit() and 1 <= int(day) <= 12 and int(month) <= 31:
        return f'Write the month before the day: "{year}-{day}-{month}".'
    return 'Write "2023-W36" for a week, "2023-06/2023-08" for a season.' if day == "xx" else _HINT


def _members(digits: str, most: int, words: str) -> tuple[int, int]:
    """The first and last number that "0X", "1X" … may stand for, from 1 to most."""
    if not re.fullmatch("[0-9]x", digits) or int(digits[0]) * 10 > most:
        raise VagueError(words, "X replaces unknown digits at the end only", _HINT)
    tens = int(digits[0]) * 10
    return max(tens, 1), min(tens + 9, most)


_GAP = r"(?: of |\s*[./-]\s*|,?\s+|(?<=[a-z.])(?=[0-9])|(?<=[0-9])(?=[a-z]))"
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_NAMED_DAYS = (
    (re.compile(rf"{_DAY}{_GAP}{_MONTH}(?:{_GAP}([0-9]{{4}}|[0-9]{{2}}))?"), (1, 2, 3)),
    (re.compile(rf"{_MONTH}{_GAP}{_DAY}(?:{_GAP}([0-9]{{4}}|[0-9]{{2}}))?"), (2, 1, 3)),
    (re.compile(rf"([0-9]{{4}}){_GAP}{_MONTH}{_GAP}{_DAY}"), (3, 2, 1)),
)
"""Days whose month is a name, and which group is the day, the month and the year."""


def _english(text: str, words: str, said_on: Period | None) -> Span:
    if match := re.fullmatch(rf"{_THIRD}(?: of)?[\s-]+([0-9]{{4}})", text):
        first, last = THIRDS_OF_A_YEAR[_third(match[1])]
        return months_of(int(match[2]), first, last - first + 1, "part")
    if match := re.fullmatch(rf"{_THIRD}(?: of)?[\s-]+{_MONTH}{_YEAR}", text):
        month, (first, last) = _MONTHS[match[2]], THIRDS_OF_A_MONTH[_third(match[1])]
        return days_of(_year(match[3], month, first, words, said_on), month, first, last, "third")
    if match := re.fullmatch(rf"{_MONTH}{_YEAR}", text):
        month = _MONTHS[match[1]]
        return months_of(_year(match[2], month, 1, words, said_on), month, 1, "month")
    if match := re.fullmatch(rf"([0-9]{{4}})[\s/,-]+{_MONTH}", text):
        return months_of(int(match[1]), _MONTHS[match[2]], 1, "month")
    if match := re.fullmatch(rf"{_MONTH}\s?'([0-9]{{2}})", text):
        return months_of(full_year(match[2]), _MONTHS[match[1]], 1, "month")
    if read_serial(text):
        raise VagueError(
            words, "this may be a spreadsheet's number of a day", "Say so for the whole column, or write 2023-09-07."
        )
    if text.rsplit(" ", 1)[-1] in (*ZONES, *AMBIGUOUS_ZONES):
        raise VagueError(words, "a time zone stands behind a time of day", "Add the time, or leave the zone out.")
    raise VagueError(words, "this is not a date", _HINT)


def _named_day(text: str, words: str, said_on: Period | None) -> Span | None:
    """A day whose month is a name."""
    for pattern, order in _NAMED_DAYS:
        if match := pattern.fullmatch(text):
            day, name, year = (match[each] for each in order)
            month = _MONTHS[name]
            return days_of(_year(year, month, int(day), words, said_on), month, int(day), int(day), "day")
    return None


def _third(name: str) -> str:
    return _THIRD_NAMES.get(name, name)


def _year(digits: str | None, month: int, day: int, words: str, said_on: Period | None) -> int:
    """The year as printed, or else the last one in which this day does not lie after said_on."""
    if digits:
        return full_year(digits)
    if said_on is None:
        raise VagueError(words, NO_YEAR, "Add the year.")
    last = said_on.end - timedelta(microseconds=1) if said_on.end > said_on.start else said_on.start
    return last.year if (month, day) <= (last.month, last.day) else last.year - 1
