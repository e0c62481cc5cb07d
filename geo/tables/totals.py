"""A sieve of totals -> the columns of `TOTAL_TABLE`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Array, Codes, Ints, Mask, Texts, Times
from geo.columns import PRECISIONS, TOTAL_TABLE, TOTALS
from geo.errors import VagueError
from geo.gazetteer.places import Places
from geo.gazetteer.scopes import Nesting, Scope
from geo.parsing.dates import Period
from geo.parsing.windows import Window, read_window
from geo.tables import breakdowns, exchanged_ends
from geo.tables.date_columns import dates, moment, period_of, put_together
from geo.tables.date_forms import form_of, of_dates
from geo.tables.findings import Message
from geo.tables.frame import Coded, Columns, texts
from geo.tables.header_periods import widened
from geo.tables.place_columns import Ends, corridors, paired
from geo.tables.quantity_columns import amounts
from geo.tables.rules import TableColumns, grades, links, modes, rest, total_rows, unique
from geo.tables.sites import Sites
from geo.tables.validator import Sieve, combine, messages

NATURES = ("", "estimate", "observed", "capacity")
RUNNING = {
    "": "",
    **dict.fromkeys(("yes", "y", "true", "1", "running", "cumulative"), "yes"),
    **dict.fromkeys(("no", "n", "false", "0"), "no"),
}
EXACT = ("low", "best", "high")
ENDS = ("start_earliest", "start", "start_latest", "end_earliest", "end", "end_latest")
_ORDER = (
    "a window begins before it ends, its vague ends around it",
    "Correct the dates, or leave start empty.",
)
_HALF = (
    "a window needs a start and an end",
    'Fill in the other one, leave both empty, or write window as "../2023-11-02" where nothing says when it began.',
)
_OUTSIDE = (
    "a part must overlap its whole, which is from or to another place or by another mode",
    "Correct part_of, the places or the mode. As it is, it raises the minimum of the whole.",
)
CUT = (
    "a total speaks of what has moved by the day it was said",
    "Its window goes on after that day, and counts up to its end. Correct said_on or the window if that is wrong.",
)
AHEAD = (
    CUT[0],
    "Its window begins after that day: a plan or a forecast. Correct said_on or the window, or leave the row out.",
)
_PARTS = "part_of is the id of another total of this file"


def totals(sieve: Sieve, gazetteer: Places) -> TableColumns:
    """Totals over windows and their geodesics."""
    sieve.progress(0.0, "Looking up places")
    sieve.filled("claimant", "a total needs a claimant: who says it")
    ends = Ends(sieve, Sites(gazetteer))
    origin, destination = ends.of("origin"), ends.of("destination")
    pairs, codes = paired(sieve, ends.sites, origin, destination)
    exchanged_ends.warn(ends, origin, destination)
    sieve.progress(0.3, "Reading figures")
    mode = modes(sieve)
    amount = amounts(sieve, "quantity", EXACT)
    sieve.progress(0.5, "Reading windows")
    nature, running = _natures(sieve), _running(sieve)
    moments = _windows(sieve, nature)
    links(sieve, "url")
    links(sieve, "archive_url")
    total_rows(sieve, "quantity", Coded(amount.best, amount.codes))
    breakdowns.taken_back(sieve)
    ids = _ids(sieve)
    _parts(sieve, np.asarray(ids.values)[ids.codes] if len(ids.codes) else np.zeros(0, object))
    lanes = corridors(sieve, ends.sites, pairs, codes)
    _insides(sieve, ids, (lanes.origin, lanes.destination), mode, Nesting(gazetteer))
    columns = {
        **rest(sieve, TOTAL_TABLE),
        **grades(sieve),
        **provenance(sieve),
        "id": ids,
        "origin": lanes.origin,
        "destination": lanes.destination,
        "mode": mode,
        "nature": nature,
        "running": running,
        **amount.coded(""),
        **moments,
        "window_words": texts(sieve.distinct("window")),
        "quantity_words": texts(sieve.distinct("quantity")),
    }
    table = Columns(TOTAL_TABLE, columns, sieve.sheet.lines, lanes.shapes, sieve.bad)
    return TableColumns(table, partial(ends.sites.table, lanes.sites), ends.unplaced(), ends.preferred())


def _natures(sieve: Sieve) -> Coded:
    cells = sieve.distinct("nature")
    lower = pc.utf8_lower(cells.values)
    wrong = [at for at, text in enumerate(lower.to_pylist()) if text not in NATURES]
    message = (f"a nature is one of {', '.join(NATURES[1:])}", "Or leave it empty.")
    sieve.judge("nature", cells.codes, dict.fromkeys(wrong, message))
    return Coded(lower, cells.codes)


def _running(sieve: Sieve) -> Coded:
    """Whether a total says so far: "yes", "no", or "" where its window is to tell."""
    cells = sieve.distinct("running")
    said = [RUNNING.get(str(text).casefold()) for text in cells.values.to_pylist()]
    message = ('running is "yes" or "no"', "Or leave it empty: then the start of the window tells.")
    sieve.judge("running", cells.codes, {at: message for at, text in enumerate(said) if text is None})
    return Coded(pa.array([text or "" for text in said], pa.large_string()), cells.codes)


def _windows(sieve: Sieve, nature: Coded) -> dict[str, Coded]:
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


def _ids(sieve: Sieve) -> Coded:
    """The ids given, and for each row without one an id made of what it says, and not of where it stands.

    Rows that say the same get a number behind it, since an id names one row of a table.
    """
    unique(sieve, "id", "an id names one total")
    cells = sieve.distinct("id")
    given = np.array(cells.texts(), object)[cells.codes].tolist() if len(sieve) else []
    made: list[str] = []
    turns: Counter[str] = Counter()
    for own, digest in zip(given, _digests(sieve) if not all(given) else given, strict=True):
        name = own or f"{digest:016x}"
        turns[name] += not own
        made.append(name if own or turns[name] == 1 else f"{name}-{turns[name]}")
    return Coded(pa.array(made, pa.large_string()), np.arange(len(made), dtype=np.int32))


def _digests(sieve: Sieve) -> list[int]:
    """64 bits of the texts of every row: those of its cells, each under the name of its column, in any order."""
    digests = np.zeros(len(sieve), np.uint64)
    for name in (column.name for column in TOTALS if column.name in sieve and column.name != "id"):
        cells = sieve.distinct(name)
        digest_of = [
            int.from_bytes(blake2b(f"{name}\x1f{text}".encode(), digest_size=8).digest(), "little") if text else 0
            for text in cells.texts()
        ]
        digests += np.array(digest_of, np.uint64)[cells.codes]
    return [int(each) for each in digests]


def _parts(sieve: Sieve, ids: Texts) -> None:
    """part_of names a total that is kept, and following it never leads back."""
    if "part_of" not in sieve:
        return
    cells = sieve.distinct("part_of")
    parents = np.array(cells.texts(), object)[cells.codes] if len(sieve) else np.zeros(0, object)
    has = parents != ""
    there = set(ids.tolist())
    unknown = has & np.array([parent not in there for parent in parents], bool)
    sieve.find(unknown, "part_of", (_PARTS, "Correct the id, or leave it empty."))
    first: dict[str, int] = {}
    for row, name in enumerate(ids.tolist()):
        first.setdefault(name, row)  # a later row with the same id is set aside
    parent_of = {name: parents[row] for name, row in first.items() if has[row]}
    rounds = np.array([name in parent_of and _leads_back(name, parent_of) for name in ids], bool)
    sieve.find(rounds & has & ~sieve.bad, "part_of", ("a total is not part of itself", "Break the loop."))
    while True:
        kept = set(ids[~sieve.bad].tolist())
        orphans = has & ~sieve.bad & np.array([parent not in kept for parent in parents], bool)
        if not orphans.any():
            return
        message = ("part_of is the id of a total that is kept", "Fix the row of that total first.")
        sieve.find(orphans, "part_of", message)


def _insides(sieve: Sieve, ids: Coded, ends: tuple[Coded, Coded], mode: Coded, nesting: Nesting) -> None:
    """A part that has nothing in common with its whole is kept, with a warning."""
    if "part_of" not in sieve:
        return
    cells = sieve.distinct("part_of")
    rows = np.flatnonzero(~cells.empty[cells.codes] & ~sieve.bad).tolist()
    first = {name: row for row, name in reversed(list(enumerate(_each(ids).tolist())))}
    origin, destination, modes_of = (_each(column) for column in (*ends, mode))

    def scope(row: int) -> Scope:
        return Scope("", str(origin[row]), str(destination[row]), int(modes_of[row]))

    texts_of = cells.texts()
    wholes = [(row, first.get(texts_of[cells.codes[row]])) for row in rows]
    outside = [row for row, whole in wholes if whole is not None and nesting.meet(scope(whole), scope(row)) is None]
    sieve.find(np.array(outside, np.int64), "part_of", _OUTSIDE, "warning")


def _each(column: Coded) -> Array:
    """The value of every row."""
    return np.asarray(column.values)[column.codes]


def _leads_back(name: str, parent_of: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at: str | None = parent_of.get(name)
    while at is not None and at not in seen:
        if at == name:
            return True
        seen.add(at)
        at = parent_of.get(at)
    return False


PRECISION = (
    f"a precision is one of {', '.join(PRECISIONS[1:])}",
    "Or leave it empty. The row is kept without it.",
)
SHA256 = (
    "a SHA-256 has 64 hexadecimal digits",
    "Compute it from the archived copy again. The row is kept as it is.",
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE | re.ASCII)


def provenance(sieve: Sieve) -> dict[str, Coded]:
    """The columns precision, archive_sha256 and accessed. None of them costs a row: what is wrong is warned of."""
    sieve.check("archive_sha256", lambda text: bool(_SHA256.fullmatch(text)), SHA256)
    accessed = dates(sieve, "accessed", required=False, exact=sieve.of_ours, severity="warning")
    return {
        "precision": _precisions(sieve),
        "archive_sha256": texts(sieve.distinct("archive_sha256")),
        "accessed": accessed.starts,
    }


def _precisions(sieve: Sieve) -> Coded:
    cells = sieve.distinct("precision")
    lower = pc.utf8_lower(cells.values)
    wrong = [at for at, text in enumerate(lower.to_pylist()) if text not in PRECISIONS]
    sieve.judge("precision", cells.codes, dict.fromkeys(wrong, PRECISION), "warning")
    known = np.ones(len(lower), bool)
    known[wrong] = False
    return Coded(pc.if_else(known, lower, ""), cells.codes)
