"""Dates under the name of a period: "Month" over 2024-01-01, 2024-02-01 stands for these months, and for no days.

The header says what each date stands for, and the values have to agree: all of them are the first or the last day of
such a period. Where they contradict it, they are days, and a warning names those that do.
"""

from __future__ import annotations

import numpy as np

from geo.arrays import ONE_DAY, Codes, Ints, Mask, Times
from geo.matching.period_names import Stretch, Unit, stretch_in
from geo.tables.findings import Message
from geo.tables.validator import Sieve

_DAY = np.timedelta64(ONE_DAY)
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
MONDAY_BEFORE_1970 = np.datetime64("1969-12-29", "D")
PERIODS = frozenset({"depart", "depart_from", "depart_to", "arrive", "window", "start", "end"})
"""Our columns whose dates may be periods; a report is said on a day."""


def widened(sieve: Sieve, column: str, codes: Codes, spans: tuple[Times, Times]) -> tuple[Times, Times]:
    """Start and end of a column's k distinct dates: of the periods that they stand for, or as they are.

    codes: which of them each row has. What it comes to is noted in the sieve.
    """
    start, end = spans
    header = sieve.headers.get(column, "")
    stretch = stretch_in(header) if column in PERIODS and not sieve.of_ours else None
    if stretch is None:
        return spans
    days = _days(start, end)
    if not days.any():
        return spans
    at = start[days].astype("datetime64[D]")
    first, last, fits = _periods(at, stretch)
    if not fits.all():
        if message := _contradicted(stretch, at, fits):
            others = np.flatnonzero(days)[~fits].tolist()
            sieve.judge(column, codes, dict.fromkeys(others, message), "warning")
        return spans
    start, end = start.copy(), end.copy()
    start[days], end[days] = first, last
    sieve.periods[column] = stretch.unit
    return start, end


def _days(start: Times, end: Times) -> Mask:
    """Which are one whole day, or the midnight that a workbook has for one."""
    midnight = start == start.astype("datetime64[D]")
    days: Mask = midnight & ((end - start == _DAY) | (end == start))
    return days


def _periods(days: Times, stretch: Stretch) -> tuple[Times, Times, Mask]:
    """n days -> first day and exclusive end of the period of each, and which of them are at an end of one."""
    if stretch.unit == "week":
        return _weeks(days, stretch.bound)
    months, length = days.astype("datetime64[M]"), np.timedelta64(_MONTHS[stretch.unit], "M")
    number = months.astype(np.int64)
    begin = (number - number % _MONTHS[stretch.unit]).astype("datetime64[M]")
    first, last = begin.astype("datetime64[D]"), (begin + length).astype("datetime64[D]")
    fits = (days == first) | (days == last - _DAY)
    if not fits.all() and stretch.bound == "end":
        after = days + _DAY
        last, first = after, (after.astype("datetime64[M]") - length).astype("datetime64[D]")
        fits = after == after.astype("datetime64[M]")
    elif not fits.all() and stretch.bound == "start":
        first, last = days, (months + length).astype("datetime64[D]")
        fits = days == months
    return first, last, fits


def _weeks(days: Times, bound: str) -> tuple[Times, Times, Mask]:
    """Weeks that begin or end on these days; under "week" alone only a Monday certainly begins one."""
    week, weekday = 7 * _DAY, _weekday(days)
    if bound == "end":
        return days + _DAY - week, days + _DAY, np.ones(len(days), bool)
    first = days - weekday % 6 * _DAY if bound == "of" else days  # as "week of 10 September 2023" in a cell is read
    return first, first + week, np.ones(len(days), bool) if bound else weekday == 0


def _weekday(days: Times) -> Ints:
    """0 on a Monday."""
    since: Ints = (days - MONDAY_BEFORE_1970).astype(np.int64) % 7
    return since


def _contradicted(stretch: Stretch, days: Times, fits: Mask) -> Message | None:
    """What is said of dates that do not agree with their header, where most do, or where they may be ends of weeks."""
    if stretch.unit == "week" and len(set(_weekday(days).tolist())) == 1:
        return WHICH_END
    return _no_end(stretch.unit) if 2 * np.count_nonzero(fits) >= len(fits) else None


WHICH_END = (
    "the name of the column says whether a week begins or ends on its date",
    "It is read as one day. If it is a week, call the column “Week beginning” or “Week ending”.",
)


def _no_end(unit: Unit) -> Message:
    return (
        f"a date that stands for a {unit} is its first or last day",
        f"So all dates of this column are read as days. Write the {unit} itself, or correct this date.",
    )
