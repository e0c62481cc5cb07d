"""Time spans in words: "2023-09-07/2023-10-01", "since early August" -> a frozen `Window` in UTC, half-open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from geo.errors import VagueError
from geo.parsing.dates import Period, plain_words, read_date

SAID_ENDS_IT = frozenset({"..", "now", "date", "present", "today", "the present"})
""""Since X", "X/.." and "X to date" end at the end of the day on which they were said."""
CERTAIN_STRETCH = "[a..b]"
"""A one-of end is drawn over the stretch that every reading of it covers: a start at its last member, an end at its
first. Where else it may lie is kept in *_earliest and *_latest."""
_FIGURES = re.compile(r"([0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4})-([0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4})")
_OPEN_START = re.compile(r"(?:(?:by|until|till|up to)\s+|\.\./)(.+)|(?:before|prior to)\s+(.+)")
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
            raise VagueError(self.words, "a window begins before it ends", "Check both dates, and their order.")


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


def _read(text: str, words: str, said: Period | None, form: str) -> Window:
    if text.count("/") == 1:
        first, _, last = text.partition("/")
        return _between(first, last, words, said, form)
    if match := re.fullmatch(r"(?:ever )?(?:since|starting|beginning) (.+?)(?: (?:until|till|to|through) (.+))?", text):
        return _between(match[1], match[2] or "..", words, said, form)
    if match := re.fullmatch(r"between (.+?) and (.+)|from (.+?)(?: (?:until|till|to|through) (.+))?", text):
        return _between(match[1] or match[3], match[2] or match[4] or "..", words, said, form)
    if match := re.fullmatch(r"(.+?) (?:until|till|to|through|-) (.+)", text) or _FIGURES.fullmatch(text):
        return _between(match[1], match[2], words, said, form)
    if match := re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2}) ([a-z]+\.?(?:,? [0-9]{4})?)", text):
        return _between(f"{match[1]} {match[3]}", f"{match[2]} {match[3]}", words, said, form)
    return _whole(read_date(text, said, form), words)


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
    end_first, end_last = _end(last.strip(), words, said, form)
    start_first, start_last = _one_of(first.strip(), words, end_last, form)
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
