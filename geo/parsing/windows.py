"""Time spans in words: "2023-09-07/2023-10-01", "since early August" -> a frozen `Window` in UTC, half-open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from geo.errors import VagueError
from geo.parsing.column_forms import DAY_OR_YEAR, FISCAL_YEAR
from geo.parsing.date_order import EITHER_ORDER
from geo.parsing.date_words import MONTHS, english
from geo.parsing.dates import NO_YEAR, Period, plain_words, read_date
from geo.parsing.plain_text import NO_VALUE

ORDER = "a window begins before it ends"
SAID_ENDS_IT = frozenset({"..", "now", "date", "present", "today", "the present"})
""""Since X", "X/.." and "X to date" end at the end of the day on which they were said."""
CERTAIN_STRETCH = "[a..b]"
"""A one-of end is drawn over the stretch that every reading of it covers: a start at its last member, an end at its
first. Where else it may lie is kept in *_earliest and *_latest."""
_OPEN_START = re.compile(
    r"(?:(?:by|until|till|up to|no later than|not later than)\s+|\.\./)(.+)|(?:before|prior to)\s+(.+)"
)
_NAME = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(name[:3] for name in MONTHS)}|sept)\.?)(?![a-z])"
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?\.?"
_TO = r"\s?(?:-|to|until|till|through|&|and)\s?"
_TO_LAST = " (?:until|till|to|through)"
_FROM = r"(?:from |between )?"
_SHARED_ENDS = (
    (re.compile(rf"{_FROM}{_DAY}(?:{_TO}| ?/ ?){_DAY}((?: of)?[\s-]?{_NAME}.*)"), r"\1\3", r"\2\3"),
    (re.compile(rf"{_FROM}({_NAME}) ?{_DAY}{_TO}{_DAY}(,? [0-9]{{4}})?"), r"\1 \2\4", r"\1 \3\4"),
    (re.compile(rf"{_FROM}({_NAME}){_TO}({_NAME})(,? [0-9]{{4}})"), r"\1\3", r"\2\3"),
    (re.compile(rf"([0-9]{{1,2}})\.?{_TO}([0-9]{{1,2}})([./][0-9]{{1,2}}[./][0-9]{{2,4}})"), r"\1\3", r"\2\3"),
    (re.compile(rf"([0-9]{{1,2}}\.[0-9]{{1,2}})\.?{_TO}([0-9]{{1,2}}\.[0-9]{{1,2}}\.)([0-9]{{4}})"), r"\1.\3", r"\2\3"),
    (re.compile(r"([0-9]{4}-[0-9]{2}-)([0-9]{2})(?:/|\.\.)([0-9]{2})"), r"\1\2", r"\1\3"),
    (re.compile(rf"((?:q|h)[1-4]|[1-4](?:q|h)){_TO}((?:q|h)[1-4]|[1-4](?:q|h))(,? [0-9]{{4}})"), r"\1\3", r"\2\3"),
    (re.compile(rf"(?:w|wk|weeks?) ?([0-9]+){_TO}(?:w|wk|week)? ?([0-9]+)(,? [0-9]{{4}})"), r"week \1\3", r"week \2\3"),
)
"""Ends that share a month or a year, and what each is when it stands alone: "1-5 september 2023"."""
_PARTED = tuple(
    re.compile(pattern)
    for pattern in (
        "(?P<first>[^/]*)/(?P<last>[^/]*)",
        rf"(?:ever )?(?:since|starting|beginning|from) (?P<first>.+?)(?:{_TO_LAST} (?P<last>.+)| onwards?)?",
        "between (?P<first>.+?) and (?P<last>.+)",
        "(?P<first>.+?) ongoing",
        rf"(?P<first>.+?)(?:{_TO_LAST}| -) (?P<last>.+)",
    )
)
_HINT = 'Write "2023-09-07/2023-10-01", "since early August 2023", "../2023-11-02" or "[2022-06..2023-08]/2023-11-02".'


@dataclass(frozen=True, slots=True)
class Window:
    """A time span whose two ends may each be vague, UTC, half-open [start, end).

    start is the first instant of the start as printed, end the exclusive end of the end as printed: a window that
    ends on 2 Nov ends at 3 Nov 00:00. start lies in [start_earliest, start_latest], end in [end_earliest, end_latest].
    All three of start are None where nothing says when it began: "by 2 Nov 2023".
    """

    start_earliest: datetime | None
    start: datetime | None
    start_latest: datetime | None
    end_earliest: datetime
    end: datetime
    end_latest: datetime
    words: str

    def __post_init__(self) -> None:
        ordered = self.end_earliest <= self.end <= self.end_latest
        if self.start is not None and self.start_earliest is not None and self.start_latest is not None:
            ordered &= self.start_earliest <= self.start <= self.start_latest and self.start < self.end
        if not ordered:
            raise VagueError(self.words, ORDER, "Check both dates, and their order.")


def read_window(words: str, said_on: Period | date | str | None = None, form: str = "") -> Window:
    """A window in words -> Window. said_on ends a window that is still open, and gives a missing year.

    form (one of `mapping.DATE_FORMS`) is how both its ends are written.

    Raises VagueError, and nothing else.

    >>> import geo
    >>> window = geo.read_window("since early August", "2023-11-02")
    >>> str(window.start), str(window.start_latest), str(window.end)
    ('2023-08-01 00:00:00+00:00', '2023-08-11 00:00:00+00:00', '2023-11-03 00:00:00+00:00')
    """
    said = _said(said_on)
    text = plain_words(words)
    if text in NO_VALUE:
        read_date(words)
    text = english(text)
    try:
        if match := _OPEN_START.fullmatch(text):
            return _until(match, words, said, form)
        return _read(text, words, said, form)
    except VagueError as error:
        if error.given == words:
            raise
        raise VagueError(words, f"{error.given!r}: {error.rule}", error.hint) from error


def _said(said_on: Period | date | str | None) -> Period | None:
    if said_on is None or isinstance(said_on, Period):
        return said_on
    return read_date(said_on if isinstance(said_on, str) else said_on.isoformat())


def read_ends(words: str, form: str = "") -> tuple[Period, Period]:
    """Both ends of a stretch of time in one cell, as dates: "1-5 Sept 2023"; a date is both its own ends.

    Raises VagueError, and nothing else.

    >>> first, last = read_ends("1-5 Sept 2023")
    >>> str(first.start), str(last.end)
    ('2023-09-01 00:00:00+00:00', '2023-09-06 00:00:00+00:00')
    """
    try:
        period = read_date(words, None, form)
    except VagueError as error:
        refused = error
    else:
        return period, period
    try:
        if ends := _two_ends(english(plain_words(words)), None, form):
            return ends
    except VagueError as error:
        raise VagueError(words, error.rule, error.hint) from error
    raise refused


def is_like_date(words: str) -> bool:
    """Whether words are a date, or two, or would be one if somebody said in which order or form they are written."""
    try:
        read_ends(words, "day first")
    except VagueError as error:
        return error.rule in (DAY_OR_YEAR, FISCAL_YEAR, NO_YEAR)
    return True


def _two_ends(text: str, said: Period | None, form: str) -> tuple[Period, Period] | None:
    """The ends of what can be parted into two dates in one way only. Raises VagueError where the later one is first."""
    found = {(ends[0].start, ends[1].end): ends for parts in _splits(text) if (ends := _dated(*parts, said, form))}
    if len(found) != 1:
        return None
    ((first, last),) = found.values()
    if first.start > last.start or first.start >= last.end > last.start:
        raise VagueError(text, ORDER, "Check both dates, and their order.")
    return first, last


def _dated(first: str, last: str, said: Period | None, form: str) -> tuple[Period, Period] | None:
    """Two dates, or None; one without a year takes it from the other."""
    first, last = first.strip(), last.strip()
    try:
        end = read_date(last, said, form)
        return read_date(first, end, form), end
    except VagueError as error:
        if error.rule == EITHER_ORDER:
            raise
    if not re.search("[a-z]", last) or re.search("[0-9]{4}", last):
        return None
    try:
        start = read_date(first, said, form)
        ends = (read_date(f"{last} {year}", None, form) for year in (start.start.year, start.start.year + 1))
        return start, next(end for end in ends if end.start >= start.start)
    except (VagueError, StopIteration):
        return None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Where a text may be parted into its two ends."""
    for pattern, first, last in _SHARED_ENDS:
        if match := pattern.fullmatch(text):
            yield match.expand(first), match.expand(last)
            return
    text = re.sub("^(?:from|between) ", "", text)
    parts = list(re.finditer(r" (?:to|until|till|through|and|-|--|–) |\s?\.\.\s?", text))
    for mark in parts or re.finditer(r"(?<=[^-/~])[-/~](?=[^-/~])", text):
        yield text[: mark.start()], text[mark.end() :]


def _read(text: str, words: str, said: Period | None, form: str) -> Window:
    try:
        return _whole(read_date(text, said, form), words)
    except VagueError as error:
        refused = error
    if ends := _two_ends(text, said, form):
        return _spanning(*ends, words)
    for pattern in _PARTED:
        if match := pattern.fullmatch(text):
            return _between(match["first"], _last(match), words, said, form)
    raise refused


def _last(match: re.Match[str]) -> str:
    """The later end, ".." where the words name none."""
    last = match.groupdict(default="..").get("last", "..")
    return str(last)


def _until(match: re.Match[str], words: str, said: Period | None, form: str) -> Window:
    """Up to and with its last day, or up to the first instant of what it lies before; nothing says since when."""
    if match[1] is None:
        period = read_date(match[2].strip(), said, form)
        return Window(None, None, None, period.earliest, period.start, period.start, words)
    first, last = _end(match[1].strip(), words, said, form)
    return Window(None, None, None, first.earliest, (last if first is last else first).end, last.latest, words)


def _whole(period: Period, words: str) -> Window:
    """One period is the whole window: its ends are as sure as the period is."""
    start_latest = min(period.start + (period.start - period.earliest), period.end)
    end_earliest = max(period.end - (period.latest - period.end), period.start)
    return Window(period.earliest, period.start, start_latest, end_earliest, period.end, period.latest, words)


def _between(first: str, last: str, words: str, said: Period | None, form: str) -> Window:
    ends = _end(last.strip(), words, said, form)
    return _window(_one_of(first.strip(), words, ends[1], form), ends, words)


def _spanning(first: Period, last: Period, words: str) -> Window:
    return _window((first, first), (last, last), words)


def _window(starts: tuple[Period, Period], ends: tuple[Period, Period], words: str) -> Window:
    (start_first, start_last), (end_first, end_last) = starts, ends
    end_is_one_of = end_first is not end_last
    return Window(
        start_first.earliest,
        start_last.start,
        start_last.latest,
        end_first.earliest,
        end_first.end if end_is_one_of else end_last.end,
        end_last.latest,
        words,
    )


def _end(text: str, words: str, said: Period | None, form: str) -> tuple[Period, Period]:
    if text in SAID_ENDS_IT:
        if said is None:
            raise VagueError(words, "a window that is still open needs the day it was said", "Fill in said_on.")
        return said, said
    if not text:
        raise VagueError(words, "a window needs two ends", 'Write ".." after the slash for "until it was said".')
    return _one_of(text, words, said, form)


def _one_of(text: str, words: str, near: Period | None, form: str) -> tuple[Period, Period]:
    """ "[2022-06..2023-08]" -> its first and last member; a plain date -> that date twice."""
    if not text.startswith("["):
        period = read_date(text, near, form)
        return period, period
    match = re.fullmatch(r"\[\s*([^\[\].]+)\.\.([^\[\].]+)\]", text)
    if match is None:
        raise VagueError(words, "a one-of end names its first and last date", _HINT)
    first, last = read_date(match[1], near, form), read_date(match[2], near, form)
    if first.start > last.start:
        raise VagueError(words, "a one-of end goes from its first to its last date", _HINT)
    return first, replace(last, earliest=max(first.earliest, min(last.earliest, last.start)))
