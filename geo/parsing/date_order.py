"""In which order the dates of one column are written: decided from all its values, or said to be undecidable.

What tells: a figure from 13 to 31 is no month. Points put the day first: among all locales of CLDR 47 (short and medium
dates) those with points and the year last have the day first, while month first is written with slashes only. A short
year may also come first (25/09/23; Korean 23.09.07): then nothing is told by figures that could all be years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import VagueError
from geo.parsing.calendar_spans import full_year
from geo.parsing.column_forms import evidence
from geo.parsing.plain_text import plain

SERIALS = (20_000, 60_000)
"""Numbers of days from October 1954 to April 2064: outside of these a column of numbers is no column of dates."""
YEARS_APART = 10
"""First figures that all lie from 13 to 31 and less than so many apart may be years: few columns span ten years, and
days of a month soon lie further apart."""

ORDERS = ("day first", "month first")
SHORTEST_DATE = 6
"""Characters of "7/9/23": a text with a second date in figures has two marks behind so many."""

_ENDS = (
    r"(?P<first>[0-9]{1,2})\s?(?P<mark>[%s])\s?(?P<second>[0-9]{1,2})\s?(?P<again>[%s])\s?(?P<year>[0-9]{4}|[0-9]{2})"
)
_FIRST_DATE = rf"^[^0-9]*{_ENDS % ('/.-', '/.-')}(?:[^0-9]|$)"
_LAST_DATES = (
    rf"^.*[^0-9./-]{_ENDS % ('/.-', '/.-')}(?:[^0-9]|$)",
    rf"^.*[0-9]/{_ENDS % ('.-', '.-')}(?:[^0-9]|$)",
    rf"^.*[0-9][.]?-{_ENDS % ('./', './')}(?:[^0-9]|$)",
)
"""The second end of a window: behind a word, behind "/" or behind "-", which then do not part the figures."""
_SERIAL = r"^\s*[0-9]{5}(?:[.,][0-9]{1,15})?\s*$"
_FULL = (
    r"^\s*(?P<first>[0-9]{1,2})(?:\.(?P<a>[0-9]{1,2})\.|/(?P<b>[0-9]{1,2})/|-(?P<c>[0-9]{1,2})-)"
    r"(?P<year>[0-9]{4})(?:,?[ ]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?\s*$"
)
"""A day in figures with its full year and one kind of mark, and a time of day or none."""
_NO_FIGURES = "Every date can be read in one way only."


@dataclass(frozen=True, slots=True)
class Decision:
    """How to read the dates of a column.

    form       one of `mapping.DATE_FORMS`, for `dates.read_date`
    reason     a plain sentence that says which values tell
    undecided  some values can be read in two ways, and nothing tells in which
    contrary   some tell the one order and some the other: the reason names one of each
    choices    where it is undecided: the forms of which somebody may choose one
    held       the form by which the values are read until then
    mark       between the figures of the value that tells the order: "/", "." or "-"; "" where none does
    either     some values can be read in both orders, were it not for the one that tells
    """

    form: str
    reason: str
    undecided: bool
    contrary: bool = False
    choices: tuple[str, ...] = ORDERS
    held: str = ""
    mark: str = ""
    either: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    """One date in figures: "07.09.23" is (7, 9, "23", ".", "07.09.23")."""

    first: int
    second: int
    year: str
    mark: str
    text: str

    @property
    def day_first(self) -> bool:
        return 12 < self.first <= 31 and 0 < self.second <= 12

    @property
    def month_first(self) -> bool:
        return 12 < self.second <= 31 and 0 < self.first <= 12

    @property
    def year_first(self) -> bool:
        return len(self.year) == 2 and 12 < self.first <= 31 and 0 < self.second <= 12 and 0 < int(self.year) <= 31


def decide(values: Sequence[str] | pa.Array) -> Decision:
    """The distinct values of one column -> Decision. Their order makes no difference.

    Values that can be read in one way only (ISO, month names), and those that are no dates, do not speak.
    """
    texts = values if isinstance(values, pa.Array) else pa.array(values, pa.string())
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        texts = pa.array([text and plain(text) for text in texts.to_pylist()], texts.type)
    days = _days(texts)
    serials = texts.filter(pc.match_substring_regex(texts, _SERIAL))
    if not days:
        return _serials(texts, serials) if len(serials) else _whole_column(texts)
    if len(serials):
        example = f"{pc.min(serials).as_py().strip()} beside {days[0].text}"
        return Decision("", f"Spreadsheet numbers and dates in figures are mixed: {example}.", undecided=True)
    return _order(days)


def as_iso(values: pa.Array, form: str) -> pa.Array:
    """Values such as "07.09.2023 14:30" as "2023-09-07T14:30", as the form has it; all others as they stand.

    `dates.read_date` says the same of a value before and after, so that a column of many different times can be read
    as ISO at once. Years of two figures, zones and words are left to it.
    """
    if form not in ("day first", "month first"):
        return values
    found = pc.extract_regex(values, _FULL)
    rows = found.is_valid()
    first, *middle, year, clock = found.filter(rows).flatten()
    none, dash, to, to_padded = (pa.scalar(text, values.type) for text in ("", "-", "T", "T0"))
    day, month = (pc.utf8_lpad(each, 2, "0") for each in (first, pc.binary_join_element_wise(*middle, none)))
    if form == "month first":
        day, month = month, day
    date = pc.binary_join_element_wise(year, month, day, dash)
    lengths = pc.utf8_length(clock)
    gap = pc.if_else(pc.is_in(lengths, pa.array([4, 7], lengths.type)), to_padded, to)  # 4:05, 4:05:06
    gap = pc.if_else(pc.equal(lengths, 0), none, gap)
    return pc.replace_with_mask(values, rows, pc.binary_join_element_wise(date, gap, clock, none))


def _whole_column(texts: pa.Array) -> Decision:
    """A form that only a whole column can have; see `column_forms`."""
    found = evidence(pc.utf8_lower(pc.utf8_trim_whitespace(texts)))
    if found is None:
        return Decision("", _NO_FIGURES, undecided=False)
    return Decision(found.form, found.reason, undecided=not found.form, choices=found.choices, held=found.held)


def _serials(texts: pa.Array, serials: pa.Array) -> Decision:
    """Excel serials, where every value with a figure in it is one, and in `SERIALS`."""
    figures = pc.sum(pc.match_substring_regex(texts, "[0-9]")).as_py()
    numbers = pc.cast(pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(serials), 0, 5), pa.int64())
    low, high = pc.min_max(numbers).as_py().values()
    if len(serials) != figures or not SERIALS[0] <= low <= high <= SERIALS[1]:
        return Decision("", _NO_FIGURES, undecided=False)
    example = pc.min(serials).as_py().strip()
    reason = f"All are numbers like {example}: a spreadsheet counts days from the end of 1899."
    return Decision("excel serial", reason, undecided=False)


def _order(days: list[_Day]) -> Decision:
    may_be_years = _may_be_years(days)
    sure = [day for day in days if len(day.year) == 4 or not may_be_years]
    by_month = next((day for day in sure if day.month_first), None)
    by_day = next((day for day in (days if by_month else sure) if day.day_first), None)
    points = next((day for day in sure if day.mark == "."), None)
    if by_month and not by_day and not any(day.month_first and day.mark == "." for day in sure):
        by_day = points
    if by_month and by_day:
        reason = f"The values contradict each other: {by_day.text} has the day first, {by_month.text} the month."
        return Decision("", reason, undecided=True, contrary=True)
    either = any(not (day.day_first or day.month_first) for day in days)
    if by_month:
        reason = f"{by_month.text}: there is no month {by_month.second}."
        return Decision("month first", reason, undecided=False, mark=by_month.mark, either=either)
    if by_day:
        reason = f"{by_day.text}: there is no month {by_day.first}."
        return Decision("day first", reason, undecided=False, mark=by_day.mark, either=either)
    if points:
        reason = f"{points.text}: written with points, the day comes first in every country."
        return Decision("day first", reason, undecided=False)
    what = "day or month may come first" if sure else "the day may come first, or the year"
    return Decision("", f"{days[0].text}: {what}, and no value shows which.", undecided=True)


def all_beyond_twelve(texts: pa.Array) -> int:
    """How many different dates in figures there are, where each has a day after the 12th, on the same side; else 0."""
    days = _days(texts)
    one_side = all(day.day_first for day in days) or all(day.month_first for day in days)
    return len(days) if one_side else 0


def _may_be_years(days: list[_Day]) -> bool:
    """Whether the first figures of all dates with short years may be years themselves."""
    short = [day for day in days if len(day.year) == 2]
    firsts = [day.first for day in short]
    return bool(short) and all(day.year_first for day in short) and max(firsts) - min(firsts) < YEARS_APART


def _days(texts: pa.Array) -> list[_Day]:
    """All different dates in figures, both ends of each window, sorted."""
    groups = pc.extract_regex(texts, _FIRST_DATE)
    shared = pc.match_substring_regex(texts, "[0-9][.]?-[0-9]{1,2}[./]")  # "1-5.09.2023": one month for both days
    both = texts.filter(pc.or_(groups.is_valid(), shared))
    both = both.filter(pc.match_substring_regex(pc.utf8_slice_codeunits(both, SHORTEST_DATE), "[/.-].*[/.-]"))
    found: set[_Day] = set()
    for part in (groups, *(pc.extract_regex(both, pattern) for pattern in _LAST_DATES)):
        table = pa.Table.from_batches([pa.RecordBatch.from_struct_array(part.drop_null())])
        for first, mark, second, again, year in _rows(table):
            if mark == again:
                found.add(_Day(int(first), int(second), year, mark, f"{first}{mark}{second}{mark}{year}"))
    return sorted(found, key=lambda day: (day.year, day.second, day.first, day.text))


def _rows(table: pa.Table) -> Iterable[tuple[str, str, str, str, str]]:
    names = ["first", "mark", "second", "again", "year"]
    distinct = table.group_by(names, use_threads=False).aggregate([])
    return zip(*(distinct[name].to_pylist() for name in names), strict=True)


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
