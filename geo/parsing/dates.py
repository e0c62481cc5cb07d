"""When, in words: "2023-09-07", "2023-08~", "early August 2023", "202X" -> a frozen `Period` in UTC.

Reads its own small subset of EDTF (ISO 8601-2): year, month, day, the qualifiers ~ ? %, and X for unknown digits at
the end; and plain English dates. Libraries for EDTF disagree with the standard where it matters, so none is used.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from geo.errors import VagueError
from geo.parsing.clock import split_clock
from geo.parsing.date_order import full_year, read_day, read_serial

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A year outside of these is taken for a slip of the keyboard."""
LONGEST = 200
"""Words longer than this many characters are prose, not a date."""
THIRDS_OF_A_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
""""Early" is days 1 to 10 of a month, "mid" 11 to 20, "late" 21 to its last day."""
THIRDS_OF_A_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
""""Early" is January to April of a year, "mid" May to August, "late" September to December."""
ABOUT_DAYS = {"instant": 1, "day": 3, "third": 5}
""""About" a time is a day either way, about a day three days, about a third of a month five days."""
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
_YEAR = r"(?:,?\s*([0-9]{4}))?"
_THIRD = r"(early|mid|middle|late|beginning|start|end)"
_THIRD_NAMES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_WEEKDAYS = {
    name[:length].casefold(): number for number, name in enumerate(calendar.day_name) for length in (3, 4, 5, 9)
}
_WEEKDAY = re.compile("(" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")(?![a-z])[.,]*\s*")
_ABOUT = re.compile(r"(?:about|approximately|approx\.?|around|circa|ca\.?|c\.|~|≈)\s*(?=\S)")
_HINT = 'Write 2023-09-07, 2023-09, "about 2023-08", "early August 2023" or "7 Sep 2023".'

Span = tuple[datetime, datetime, str]
"""First instant, exclusive end, and the precision by which "about" widens it."""


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
    if not text:
        raise VagueError(words, "a date is needed", _HINT)
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    text, marks = re.sub(r"\s*[~?%]$", "", text), bool(re.search(r"[~?%]$", text))
    text = re.sub(r"^(?:in|on|during|the)\s+", "", text)
    try:
        start, end, precision = _span(text, words, said_on, form)
    except (ValueError, OverflowError) as error:
        if isinstance(error, VagueError):
            raise
        rule = "the date and time must exist" if ":" in text else "the date must exist"
        raise VagueError(words, rule, _HINT) from error
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise VagueError(words, f"a year is between {FIRST_YEAR} and {LAST_YEAR}", "Check the digits of the year.")
    if about or marks:
        return Period(_widen(start, precision, -1), start, end, _widen(end, precision, 1), words)
    return Period(start, start, end, end, words)


def plain_words(words: str) -> str:
    """Words in lower case, single spaces, plain dashes; refused when far too long."""
    if len(words) > LONGEST:
        raise VagueError(words[:60] + "…", f"a date has at most {LONGEST} characters", _HINT)
    text = unicodedata.normalize("NFKC", words).casefold().replace("\u2212", "-")
    return re.sub(r"\s+", " ", re.sub(r"[\u2010-\u2014]", "-", text)).strip()


def add_months(moment: datetime, months: int) -> datetime:
    """The same day of the month, months later; the month's last day where that day does not exist."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _widen(moment: datetime, precision: str, sign: int) -> datetime:
    if precision in ABOUT_DAYS:
        return moment + sign * timedelta(days=ABOUT_DAYS[precision])
    return add_months(moment, sign * ABOUT_MONTHS[precision])


def _span(text: str, words: str, said_on: Period | None, form: str) -> Span:
    """A date, or a date with a time of day behind it. Raises VagueError, ValueError."""
    if form == "excel serial" and (serial := read_serial(text)):
        moment, timed = serial
        return (moment, moment, "instant") if timed else (moment, moment + timedelta(days=1), "day")
    weekday = _WEEKDAY.match(text)
    text, clock = split_clock(text[weekday.end() :] if weekday else text)
    year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    if year and not FIRST_YEAR <= int(year[0]) <= LAST_YEAR:
        raise VagueError(words, f"a year is between {FIRST_YEAR} and {LAST_YEAR}", "Check the digits of the year.")
    day = read_day(text, words, form)
    span = (day, day + timedelta(days=1), "day") if day else _digits(text, words) or _english(text, words, said_on)
    if weekday and (span[2] != "day" or span[0].weekday() != _WEEKDAYS[weekday[1]]):
        hint = f"{span[0]:%Y-%m-%d} is a {calendar.day_name[span[0].weekday()]}."
        raise VagueError(words, "the day of the week must match the date", f"{hint} Correct one of them.")
    if clock is None:
        return span
    if span[2] != "day":
        raise VagueError(words, "a time of day needs a date", _HINT)
    moment = clock.on(span[0], words)
    return moment, moment, "instant"


def _digits(text: str, words: str) -> Span | None:
    """EDTF with digits and X: year, month, day; and quarters."""
    if quarter := re.fullmatch(r"([0-9]{4})-?\s?q([1-4])|q([1-4])\s([0-9]{4})", text):
        return _months(int(quarter[1] or quarter[4]), 3 * int(quarter[2] or quarter[3]) - 2, 3, "quarter")
    match = re.fullmatch(r"([0-9]{3}[0-9x])(?:-([0-9x]{1,2})(?:-([0-9x]{1,2}))?)?", text)
    if match is None:
        return None
    year, month, day = match[1], match[2] or "xx", match[3] or "xx"
    digits_after_x = ("x" in year and (month, day) != ("xx", "xx")) or ("x" in month and day != "xx")
    if digits_after_x:
        raise VagueError(words, "X replaces unknown digits at the end only", _HINT)
    if "x" in year:
        return _months(int(year[:3] + "0"), 1, 120, "decade")
    return _months(int(year), 1, 12, "year") if month == "xx" else _within_year(int(year), month, day, words)


def _within_year(year: int, month: str, day: str, words: str) -> Span:
    if "x" in month:
        first, last = _members(month, 12, words)
        return _months(year, first, last - first + 1, "part")
    if int(month) > 12:
        raise VagueError(words, "a month is 01 to 12; seasons are not read", 'Write "2023-06/2023-08".')
    if day == "xx":
        return _months(year, int(month), 1, "month")
    if "x" in day:
        return _days(year, int(month), *_members(day, 31, words), "third")
    return _days(year, int(month), int(day), int(day), "day")


def _members(digits: str, most: int, words: str) -> tuple[int, int]:
    """The first and last number that "0X", "1X" … may stand for, from 1 to most."""
    if not re.fullmatch("[0-9]x", digits) or int(digits[0]) * 10 > most:
        raise VagueError(words, "X replaces unknown digits at the end only", _HINT)
    tens = int(digits[0]) * 10
    return max(tens, 1), min(tens + 9, most)


def _months(year: int, month: int, count: int, precision: str) -> Span:
    start = datetime(year, month, 1, tzinfo=UTC)
    return start, add_months(start, count), precision


def _days(year: int, month: int, first: int, last: int, precision: str) -> Span:
    """Days first to last of a month, both included; a last day beyond the month's end is its end, unless first is."""
    start = datetime(year, month, first, tzinfo=UTC)
    last = min(last, calendar.monthrange(year, month)[1])
    return start, datetime(year, month, last, tzinfo=UTC) + timedelta(days=1), precision


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
        return _months(int(match[2]), first, last - first + 1, "part")
    if match := re.fullmatch(rf"{_THIRD}(?: of)?[\s-]+{_MONTH}{_YEAR}", text):
        month, (first, last) = _MONTHS[match[2]], THIRDS_OF_A_MONTH[_third(match[1])]
        return _days(_year(match[3], month, first, words, said_on), month, first, last, "third")
    if match := re.fullmatch(rf"{_MONTH}{_YEAR}", text):
        month = _MONTHS[match[1]]
        return _months(_year(match[2], month, 1, words, said_on), month, 1, "month")
    if match := re.fullmatch(rf"{_MONTH}[\s/-]+[0-9]{{2}}", text) if "-" in text or "/" in text else None:
        raise VagueError(words, "the figures may be a day or a year", "Write the year with four figures.")
    for pattern, order in _NAMED_DAYS:
        if match := pattern.fullmatch(text):
            day, name, year = (match[each] for each in order)
            month = _MONTHS[name]
            return _days(_year(year, month, int(day), words, said_on), month, int(day), int(day), "day")
    if read_serial(text):
        raise VagueError(
            words, "this may be a spreadsheet's number of a day", "Say so for the whole column, or write 2023-09-07."
        )
    raise VagueError(words, "this is not a date", _HINT)


def _third(name: str) -> str:
    return _THIRD_NAMES.get(name, name)


def _year(digits: str | None, month: int, day: int, words: str, said_on: Period | None) -> int:
    """The year as printed, or else the last one in which this day does not lie after said_on."""
    if digits:
        return full_year(digits)
    if said_on is None:
        raise VagueError(words, "a date without a year needs the day it was said", "Add the year.")
    last = said_on.end - timedelta(microseconds=1) if said_on.end > said_on.start else said_on.start
    return last.year if (month, day) <= (last.month, last.day) else last.year - 1
