"""Stretches of the calendar: months, days of a month, weeks of ISO 8601; first instant and exclusive end, in UTC."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta

Span = tuple[datetime, datetime, str]
"""First instant, exclusive end, and the precision by which "about" widens it."""
PIVOT = 69
"""Years of two figures from 69 up are of the twentieth century, those below of the twenty-first: the rule of POSIX
(strptime, %y), which Excel (pivot 30) and Python share for every year from 2000 to 2029."""


def full_year(figures: str) -> int:
    """ "23" -> 2023 and "98" -> 1998, by `PIVOT`; four figures are themselves."""
    year = int(figures)
    return year if len(figures) == 4 else year + (1900 if year >= PIVOT else 2000)


def add_months(moment: datetime, months: int) -> datetime:
    """The same day of the month, months later; the month's last day where that day does not exist."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def months_of(year: int, month: int, count: int, precision: str) -> Span:
    """So many months from this one on. Raises ValueError."""
    start = datetime(year, month, 1, tzinfo=UTC)
    return start, add_months(start, count), precision


def days_of(year: int, month: int, first: int, last: int, precision: str) -> Span:
    """Days first to last of a month, both included; a last day beyond the month's end is its end, unless first is."""
    start = datetime(year, month, first, tzinfo=UTC)
    last = min(last, calendar.monthrange(year, month)[1])
    return start, datetime(year, month, last, tzinfo=UTC) + timedelta(days=1), precision


def week_of(year: int, week: int) -> Span:
    """A week of ISO 8601: from Monday to Sunday, the first one has the year's first Thursday. Raises ValueError."""
    return week_from(datetime.combine(date.fromisocalendar(year, week, 1), datetime.min.time(), UTC))


def week_from(start: datetime) -> Span:
    """Seven days from the start of a day."""
    return start, start + timedelta(days=7), "week"


def day_of_year(year: int, number: int) -> Span:
    """Day 1 to 366 of a year, as ISO 8601 has it. Raises ValueError."""
    start = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=number - 1)
    if number < 1 or start.year != year:
        raise ValueError(number)
    return start, start + timedelta(days=1), "day"
