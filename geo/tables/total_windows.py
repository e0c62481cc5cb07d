"""The windows of totals: in words or as a start and an end, and no longer than to the day on which they were said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import numpy as np
import pyarrow as pa

from geo.arrays import Codes, Ints, Mask, Times
from geo.errors import VagueError
from geo.parsing.dates import Period
from geo.parsing.windows import Window, read_window
from geo.tables.date_columns import dates, moment, period_of, put_together
from geo.tables.date_forms import form_of, of_dates
from geo.tables.findings import Message
from geo.tables.frame import Coded
from geo.tables.header_periods import widened
from geo.tables.validator import Sieve, combine, messages

ENDS = ("start_earliest", "start", "start_latest", "end_earliest", "end", "end_latest")
_ORDER = (
    "a window begins before it ends, its vague ends around it",
    "Correct the dates, or leave start empty.",
)
_HALF = (
    "a window needs a start and an end",
    'Fill in the other one, leave both empty, or write window as "../2023-11-02" where nothing says when it began.',
)
CUT = (
    "a total speaks of what has moved by the day it was said",
    "Its window goes on after that day, and counts up to its end. Correct said_on or the window if that is wrong.",
)
AHEAD = (
    CUT[0],
    "Its window begins after that day: a plan or a forecast. Correct said_on or the window, or leave the row out.",
)


def windows(sieve: Sieve, nature: Coded) -> dict[str, Coded]:
    """The six moments of each window, up to the day it was said, and that day. A given start and end are the window."""
    periods, said = period_of(sieve, "said_on")
    put_together(sieve, "window")
    cells = sieve.distinct("window")
    (word, day), codes = combine((cells.codes, len(cells.values)), (said, len(periods)))
    if {"start", "end"} <= {name for name in ENDS if name in sieve}:
        window = _exact(sieve, periods, (word, day), codes)
        return _until_said(sieve, window, periods, said, nature) | {"said_on": _said_on(periods, said)}
    found, wrong = _spoken(sieve, word, [periods[at] for at in day.tolist()])
    sieve.judge("window", codes, wrong)
    window = _until_said(sieve, _columns(_of_header(sieve, codes, found), codes), periods, said, nature)
    return window | {"said_on": _said_on(periods, said)}


def _until_said(
    sieve: Sieve, window: dict[str, Coded], periods: list[Period | None], said: Codes, nature: Coded
) -> dict[str, Coded]:
    """The windows cut at the end of the day on which they were told: nobody reports what has yet to move.

    A capacity may lie ahead; and a window that begins after that day is a plan, or a wrong date: it stays as it is.
    """
    codes = window["end"].codes
    last = np.array([_moment(None if each is None else each.end) for each in periods], "datetime64[us]")
    (spoken, day), rows = combine((codes, len(window["end"].values)), (said, len(last)))
    end_of_day = last[day]
    begins, ends = (np.asarray(window[name].values)[spoken] for name in ("start", "end_latest"))
    cut = (ends > end_of_day) & ~(begins >= end_of_day)  # NaT is neither
    ahead = (begins >= end_of_day)[rows] & ~sieve.bad
    natures: list[str] = cast("pa.Array", nature.values).to_pylist()
    plain: Mask = np.array([text != "capacity" for text in natures], bool)[nature.codes]
    sieve.find(np.flatnonzero(cut[rows] & plain & ~sieve.bad), "said_on", CUT, "warning")
    sieve.find(np.flatnonzero(ahead & plain), "said_on", AHEAD, "warning")
    if not (cut[rows] & plain).any():
        return window
    (moments, whether), rows = combine((rows, len(spoken)), (plain.astype(codes.dtype), 2))
    held = cut[moments] & (whether == 1)
    values = {name: np.asarray(each.values)[spoken][moments] for name, each in window.items()}
    return {
        name: Coded(np.where(held, np.minimum(each, end_of_day[moments]), each), rows) for name, each in values.items()
    }


def _spoken(
    sieve: Sieve, word: Ints, said: list[Period | None]
) -> tuple[list[Window | VagueError], dict[int, Message]]:
    cells = sieve.distinct("window")
    form, spoken = form_of(sieve, "window", cells), cells.texts()

    def read(key: tuple[str, Period | None]) -> Window:
        return read_window(key[0], key[1], form)

    keys = [(spoken[at], day) for at, day in zip(word.tolist(), said, strict=True)]
    found = sieve.memory.parsed(("window", form), keys, read)
    return found, of_dates(sieve, "window", messages(found, range(len(found))))


def _of_header(sieve: Sieve, codes: Codes, found: list[Window | VagueError]) -> list[Window | VagueError]:
    """Windows of one day as the periods that their header says they are."""
    exact = [
        None if isinstance(each, VagueError) or each.start_earliest != each.start_latest else each for each in found
    ]
    start, end = (
        np.array([_moment(getattr(each, name, None)) for each in exact], "datetime64[us]") for name in ("start", "end")
    )
    first, last = (ends.tolist() for ends in widened(sieve, "window", codes, (start, end)))
    if "window" not in sieve.periods:
        return found
    return [
        each if day is None else _between(each, first[at].replace(tzinfo=UTC), last[at].replace(tzinfo=UTC))
        for at, (each, day) in enumerate(zip(found, exact, strict=True))
    ]


def _between(window: Window | VagueError, start: datetime, end: datetime) -> Window:
    return Window(start, start, start, end, end, end, "" if isinstance(window, VagueError) else window.words)


def _columns(found: list[Window | VagueError], codes: Codes) -> dict[str, Coded]:
    def times(name: str) -> Times:
        read = (None if isinstance(each, VagueError) else getattr(each, name) for each in found)
        return np.array([_moment(each) for each in read], "datetime64[us]")

    return {name: Coded(times(name), codes) for name in ENDS}


def _moment(time: datetime | None) -> np.datetime64:
    return np.datetime64("NaT", "us") if time is None else moment(time)


def _said_on(periods: list[Period | None], codes: Codes) -> Coded:
    starts = [_moment(None if period is None else period.start) for period in periods]
    return Coded(np.array(starts, "datetime64[us]"), codes)


def _exact(
    sieve: Sieve,
    periods: list[Period | None],
    spoken: tuple[Ints, Ints],
    codes: Codes,
) -> dict[str, Coded]:
    spans = [dates(sieve, name, required=False, exact=True) for name in ENDS]
    (pair, *which), rows = combine((codes, len(spoken[0])), *((each.codes, len(each.start)) for each in spans))
    start_earliest, start, start_latest, end_earliest, end, end_latest = (
        (each.end if name == "end" else each.start)[at] for name, each, at in zip(ENDS, spans, which, strict=True)
    )
    found, wrong = _spoken(sieve, spoken[0], [periods[at] for at in spoken[1].tolist()])
    begins = np.array([isinstance(each, VagueError) or each.start is not None for each in found], bool)[pair]
    closed = ~np.isnat(end) & np.isnat(start) & ~begins
    told = ~np.isnat(start) & ~np.isnat(end) | closed
    half = (np.isnat(start) != np.isnat(end)) & ~closed
    sieve.judge("end", rows, dict.fromkeys(np.flatnonzero(half).tolist(), _HALF))
    unread = {at: wrong[of] for at, of in enumerate(pair.tolist()) if of in wrong and not (told | half)[at]}
    sieve.judge("window" if "window" in sieve else "start", rows, unread)
    by_words = _columns(found, codes)
    given = {
        "start_earliest": np.where(np.isnat(start_earliest), start, start_earliest),
        "start": start,
        "start_latest": np.where(np.isnat(start_latest), start, start_latest),
        "end_earliest": np.where(np.isnat(end_earliest), end, end_earliest),
        "end": end,
        "end_latest": np.where(np.isnat(end_latest), end, end_latest),
    }
    rising = (given["start_earliest"] <= start) & (start <= given["start_latest"]) & (start < end) | closed
    rising &= (given["end_earliest"] <= end) & (end <= given["end_latest"])
    sieve.judge("start", rows, dict.fromkeys(np.flatnonzero(told & ~rising).tolist(), _ORDER))
    return {name: Coded(np.where(told, given[name], np.asarray(by_words[name].values)[pair]), rows) for name in ENDS}
