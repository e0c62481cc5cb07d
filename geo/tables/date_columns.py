"""Columns of dates -> the period of each distinct text, and the exact columns that say it to the microsecond."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import ONE_DAY, Codes, Ints, Mask, Times
from geo.errors import VagueError
from geo.parsing.date_words import key, month_names
from geo.parsing.dates import FIRST_YEAR, LAST_YEAR, NO_DATE, Period, read_date
from geo.parsing.header_zones import UNSURE
from geo.parsing.plain_text import plain
from geo.parsing.windows import read_ends
from geo.problems import Severity
from geo.tables.date_forms import converted, form_of, of_dates
from geo.tables.date_zones import shifted_by, unused, zone_of
from geo.tables.findings import Message
from geo.tables.frame import Coded
from geo.tables.header_periods import widened
from geo.tables.validator import Distinct, Sieve, combine, messages

_NOT = np.datetime64("NaT", "us")
_PLAIN_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PLAIN_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?Z?$"
AS_EMPTY = ("these words say that there is no date", "It is read as empty. Nothing needs to be done.")
BACKWARDS = ("a period begins before it ends", "Correct one of its two ends, or leave this one empty.")
ONE_END = ("a period needs both ends", "Fill in the other end.")
BEYOND_YEARS = 20
""""About the 2100s" ends after the last year that may be written: exact ends may lie so many years further out."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The periods [start, end) of a column's k distinct texts, NaT where empty, and which of them each row has.

    first_end, last_start: of a stretch between two dates ("1-5 Sept") the end of the one and the start of the other;
    of a date its own. None where no text is a stretch.
    """

    start: Times
    end: Times
    codes: Codes
    first_end: Times | None = None
    last_start: Times | None = None

    @property
    def starts(self) -> Coded:
        """As a column."""
        return Coded(self.start, self.codes)

    @property
    def ends(self) -> Coded:
        """As a column."""
        return Coded(self.end, self.codes)


def dates(
    sieve: Sieve,
    column: str,
    *,
    required: bool,
    exact: bool = False,
    stretches: bool = False,
    severity: Severity = "set aside",
) -> Spans:
    """The first instant and exclusive end of each date; a time of day is an instant, of which both are the same.

    The order of day and month is the mapping's, or else decided from all values. exact: an instant may lie a little
    beyond the years that may be written, as the ends of vague periods do. stretches: "1-5 Sept 2023" is a date too.
    """
    cells = sieve.distinct(column)
    start, end, unread = plain_dates(cells.values, BEYOND_YEARS if exact else 0)
    zone = zone_of(sieve, column)
    slow = np.flatnonzero((unread | shifted_by(zone, cells.values)) & ~cells.empty)
    wrong = {}
    first_end = last_start = None
    if len(slow):
        form = form_of(sieve, column, cells)
        converted(sieve, column, cells)
        read = partial(_read, form=form, stretches=stretches, zone=zone.replace(UNSURE, ""))
        found = sieve.memory.parsed(
            ("date", form, stretches, zone), cells.values.take(pa.array(slow)).to_pylist(), read
        )
        wrong = of_dates(sieve, column, messages(found, slow.tolist()))
        if not required:
            wrong = _none_given(sieve, column, cells, wrong)
        first_end, last_start = _fill(start, end, slow, found)
    if required:
        for number in np.flatnonzero(cells.empty).tolist():
            wrong |= messages(sieve.memory.parsed("date", [""], read_date), [number])
    sieve.judge(column, cells.codes, wrong, severity)
    unused(sieve, column, zone)
    first, last = widened(sieve, column, cells.codes, (start, end))
    if first_end is not None and last_start is not None:
        alone = first_end == end
        first_end, last_start = np.where(alone, last, first_end), np.where(alone, first, last_start)
    return Spans(first, last, cells.codes, first_end, last_start)


_Ends = tuple[np.datetime64, np.datetime64, np.datetime64, np.datetime64]
"""Start and end of the earlier of two dates, and of the later one."""


def _fill(
    start: Times, end: Times, rows: Ints, found: list[_Ends | VagueError]
) -> tuple[Times, Times] | tuple[None, None]:
    """Writes what was read into start and end. Gives first_end and last_start as `Spans` has them."""
    for number, period in zip(rows.tolist(), found, strict=True):
        if not isinstance(period, VagueError):
            start[number], _, _, end[number] = period
    if all(isinstance(each, VagueError) or each[1] == each[3] for each in found):
        return None, None
    first_end, last_start = end.copy(), start.copy()
    for number, period in zip(rows.tolist(), found, strict=True):
        if not isinstance(period, VagueError):
            _, first_end[number], last_start[number], _ = period
    return first_end, last_start


def _none_given(sieve: Sieve, column: str, cells: Distinct, wrong: dict[int, Message]) -> dict[int, Message]:
    """What is wrong with a column that may be empty: "N/A" says that it is, and is warned of alone."""
    none = [number for number, message in wrong.items() if message == NO_DATE]
    sieve.judge(column, cells.codes, dict.fromkeys(none, AS_EMPTY), "warning")
    return {number: message for number, message in wrong.items() if message != NO_DATE}


def _read(words: str, form: str, *, stretches: bool, zone: str = "") -> _Ends:
    """Start and end of the earlier of the two ends, and of the later one. zone: of a clock that has none itself."""
    if zone:
        with suppress(VagueError):  # it has a zone of its own, or no time of day
            return _read(f"{words} {zone}", form, stretches=False)
    first, last = read_ends(words, form) if stretches else (read_date(words, None, form),) * 2
    return moment(first.earliest), moment(first.latest), moment(last.earliest), moment(last.latest)


def moment(time: datetime) -> np.datetime64:
    """A datetime in UTC -> datetime64[us]."""
    return np.datetime64(time.replace(tzinfo=None), "us")


def period_of(sieve: Sieve, column: str) -> tuple[list[Period | None], Codes]:
    """A column's dates as periods, None where they are none; these rows are set aside."""
    cells = sieve.distinct(column)
    form = form_of(sieve, column, cells)
    found = sieve.memory.parsed(("period", form), cells.texts(), partial(read_date, form=form))
    sieve.judge(column, cells.codes, of_dates(sieve, column, messages(found, range(len(found)))))
    return [None if isinstance(each, VagueError) else each for each in found], cells.codes


def moved(sieve: Sieve, spans: Spans, bound: str, *, end: bool) -> Spans:
    """Spans whose end (or start) is what another, exact column says, where that says something."""
    if bound not in sieve:
        return spans
    exact = dates(sieve, bound, required=False, exact=True)
    (of_span, of_bound), codes = combine((spans.codes, len(spans.start)), (exact.codes, len(exact.start)))
    start, last, given = spans.start[of_span], spans.end[of_span], exact.start[of_bound]
    told = ~np.isnat(given)
    moved_end = np.where(told, given, last) if end else last
    moved_start = start if end else np.where(told, given, start)
    wrong = np.flatnonzero(moved_start > moved_end).tolist()
    sieve.judge(bound, codes, dict.fromkeys(wrong, BACKWARDS))
    alone = np.flatnonzero(told & np.isnat(last if not end else start)).tolist()
    sieve.judge(bound, codes, dict.fromkeys(alone, ONE_END))
    return Spans(moved_start, moved_end, codes)


def between(sieve: Sieve) -> Spans:
    """Departures of which a column says the first and another the last day on which they may have been."""
    first, last = (dates(sieve, name, required=False, stretches=True) for name in ("depart_from", "depart_to"))
    (of_first, of_last), codes = combine((first.codes, len(first.start)), (last.codes, len(last.start)))
    start, end = first.start[of_first], last.end[of_last]
    sieve.judge("depart_to", codes, dict.fromkeys(np.flatnonzero(start > end).tolist(), BACKWARDS))
    half = np.flatnonzero(np.isnat(start) != np.isnat(end)).tolist()
    sieve.judge("depart_from", codes, dict.fromkeys(half, ONE_END))
    words = [sieve.distinct(name).texts() for name in ("depart_from", "depart_to")]
    said = [
        " to ".join(filter(None, pair))
        for pair in zip(*(np.array(words[0], object)[of_first], np.array(words[1], object)[of_last]), strict=True)
    ]
    encoded = pa.array(said, pa.large_string()).dictionary_encode()
    sieve.make("depart", Distinct(encoded.dictionary, encoded.indices.to_numpy()[codes]), said_in="depart_from")
    return Spans(start, end, codes)


def put_together(sieve: Sieve, column: str) -> None:
    """Makes a column of dates of those with its year and month (and day), quarter or week, where the file has these."""
    names = [f"{column}_{part}" for part in ("year", "month", "day", "quarter", "week")]
    if column in sieve or names[0] not in sieve:
        return
    cells = [sieve.distinct(name) for name in names]
    (first, *more) = ((each.codes, len(each.values)) for each in cells)
    which, codes = combine(first, *more)
    texts = [each.texts() for each in cells]
    rows = zip(*which, strict=True)
    dates_of = [_date_of(*(words[at] for words, at in zip(texts, row, strict=True))) for row in rows]
    encoded = pa.array(dates_of, pa.large_string()).dictionary_encode()
    told = next((name for name in (names[1], *names[3:]) if name in sieve), names[0])
    sieve.make(column, Distinct(encoded.dictionary, encoded.indices.to_numpy()[codes]), said_in=told)


def _date_of(year: str, month: str, day: str, quarter: str, week: str) -> str:
    """Parts such as "2023", "9" or "Sept", and "7" or "", as one date; as they stand where they are none."""
    within = month or quarter or week
    said = plain(within) if month else re.sub("[qw]", "", plain(within))
    number = int(said) if re.fullmatch("[0-9]{1,2}", said) else month_names().get(key(said), 0)
    if not re.fullmatch("[0-9]{4}", plain(year)) or (said and not number):
        return " ".join(filter(None, (day, within, year)))
    if not month:
        return plain(year) + (f"-Q{number}" if quarter else f"-W{number:02}" if week else "")
    return "-".join(filter(None, (plain(year), f"{number:02}", plain(day).zfill(2) if day else "")))


def parted(depart: Spans, arrive: Spans) -> tuple[Spans, Spans]:
    """Departures and arrivals: both ends of a stretch between two days, where a row has no arrival beside it.

    A stretch between two months or years is no voyage, and stays the period in which it departed.
    """
    if depart.first_end is None or depart.last_start is None:
        return depart, arrive
    (of_first, of_last), codes = combine((depart.codes, len(depart.start)), (arrive.codes, len(arrive.start)))
    start, end = depart.start[of_first], depart.end[of_first]
    first_end, last_start = depart.first_end[of_first], depart.last_start[of_first]
    day = np.timedelta64(ONE_DAY)
    both = (first_end - start <= day) & (end - last_start <= day) & (last_start > start)
    both &= np.isnat(arrive.end[of_last])
    departs = Spans(start, np.where(both, first_end, end), codes)
    arrives = Spans(np.where(both, last_start, arrive.start[of_last]), np.where(both, end, arrive.end[of_last]), codes)
    return departs, arrives


def plain_dates(values: pa.LargeStringArray, beyond: int = 0) -> tuple[Times, Times, Mask]:
    """start, end of all values written as 2023-09-07 or 2023-09-07T14:30, and which are not."""
    start = np.full(len(values), _NOT, "datetime64[us]")
    whole_day = np.zeros(len(values), bool)
    for pattern, day in ((_PLAIN_DAY, True), (_PLAIN_TIME, False)):
        rows = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
        if rows.any():
            start[rows] = _instants(values if rows.all() else values.filter(pa.array(rows)))
            whole_day |= rows & day
        if rows.all():
            break
    years = start.astype("datetime64[Y]").astype(np.int64) + 1970
    known = ~np.isnat(start)
    farther = np.where(whole_day, 0, beyond)
    start[known & ((years < FIRST_YEAR - farther) | (years > LAST_YEAR + farther))] = _NOT
    end = np.where(whole_day, start + np.timedelta64(ONE_DAY), start)
    return start, end, np.isnat(start)


def _instants(written: pa.LargeStringArray) -> Times:
    """Well-formed instants -> datetime64[us], NaT for days that do not exist."""
    bare = pc.utf8_rtrim(written, "Z")
    try:
        read: Times = pc.cast(bare, pa.timestamp("us")).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        parsed = pd.to_datetime(bare.to_pandas(), format="ISO8601", errors="coerce")
        read = parsed.to_numpy("datetime64[us]")
    return read
