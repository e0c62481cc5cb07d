"""The legs behind a sum: read again, for one route, from the files that `waybill sum` made it of.

The engine is DuckDB on this machine, wherever the sums were made.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

import pandas as pd

from geo.columns import DEFAULT_UNIT
from geo.engine import duck, whereabouts
from geo.engine.inputs import Input
from geo.engine.route_search import Route, RouteSearch
from geo.errors import EngineError, FlowError, UnreadableFile
from geo.gazetteer.places import Places
from geo.parsing import unit_name
from geo.tables.mode_words import MODE_WORDS

SECONDS = 20.0
"""So long files are searched; what was found by then is told with how many files that were."""
GRACE = 15.0
"""So long more at least what was found is read, and at most as long as files are searched."""
NOT_KNOWN = "this machine does not know where the legs behind it lie"
SUM_AGAIN = "Run `waybill sum` on this machine: it remembers that for the very file that it writes."
BUSY = "legs are being looked for already"
_one = Lock()
"""One search at a time: each may hold as much memory as DuckDB is given."""


@dataclass(frozen=True, slots=True, eq=False)
class LegsBehind:
    """The legs of a route, the last to depart first, and what became of the files.

    table    file, start and end (UTC), legs that the row stands for, low, best, high, claimant, then those of
             `route_search.GIVEN` that any of these rows has, as the files have them; at most `route_search.MOST` rows
    rows     how many there are in all; legs: how many they stand for
    files    how many there are; searched: how many of them were
    notes    of files that were left out: the name, and why
    """

    table: pd.DataFrame
    rows: int
    legs: int
    files: int
    searched: int
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """How many there are, and of how many files."""
        all_of_them = _counted(self.rows, "leg" if self.legs == self.rows else "row")
        listed = f"The last {len(self.table):,} of {all_of_them}" if len(self.table) < self.rows else all_of_them
        stand = "" if self.legs == self.rows else f", which stand for {_counted(self.legs, 'leg')}"
        late = "" if self.in_time else f", all that there was time for: {self.files:,} were summed"
        return f"{listed}{stand}, from {_counted(self.searched, 'file')}{late}."

    @property
    def in_time(self) -> bool:
        """Whether every file was looked at."""
        return self.searched + len(self.notes) == self.files


def legs_behind(
    sums: str | Path,
    route: str,
    *,
    mode: str = "",
    unit: str = DEFAULT_UNIT,
    start: datetime | None = None,
    end: datetime | None = None,
    claimants: Iterable[str] | None = None,
    seconds: float = SECONDS,
) -> LegsBehind:
    """The legs behind the sums of a route ("KPRJN>RUVVO") in a file that `waybill sum` wrote on this machine.

    Raises FlowError for what is no route, EngineError where this machine does not know the file, and UnreadableFile.

    >>> legs_behind("volumes.parquet", "KPRJN>RUVVO")
    Traceback (most recent call last):
    geo.errors.UnreadableFile: volumes.parquet is not there. Check the path.
    """
    path = Path(sums)
    if not path.is_file():
        raise UnreadableFile(str(sums), "is not there", "Check the path.")
    files = whereabouts.recall(whereabouts.sha256_of(path))
    if files is None:
        raise EngineError(path.name, NOT_KNOWN, SUM_AGAIN)
    origin, destination, number = _ends(route)
    return search(
        files,
        Route(
            origin, destination, unit_name(unit), _mode(route, mode or number), start.timestamp() if start else None,
            end.timestamp() if end else math.inf, None if claimants is None else frozenset(claimants),
        ),
        seconds,
    )  # fmt: skip


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _ends(route: str) -> tuple[str, str, str]:
    """Two codes, and what stands behind a second ">": a mode by its number, as ids of routes have it."""
    parts = [part.strip() for part in route.replace("→", ">").split(">")]
    if len(parts) not in (2, 3) or not all(parts[:2]):
        raise FlowError(route, "it is no route", [], "Write it as FROM>TO: codes or names of places.")
    places = Places.load()
    origin, destination = (places.find(part).place or part for part in parts[:2])
    return origin, destination, parts[2] if len(parts) > 2 else ""


def _mode(route: str, words: str) -> int | None:
    if not words.strip():
        return None
    if (mode := MODE_WORDS.get(words.strip().casefold())) is None:
        raise FlowError(route, f"{words!r} is no mode", ["maritime", "rail", "road", "air"])
    return mode


def search(files: Sequence[Input], route: Route, seconds: float = SECONDS) -> LegsBehind:
    """The legs of a route in some files. Raises EngineError where it takes far too long, or another search is on."""
    if not _one.acquire(timeout=seconds):
        raise EngineError("DuckDB", BUSY, "Try again in a moment.")
    try:
        with tempfile.TemporaryDirectory() as folder, duck.session(Path(folder) / "spill") as session:
            found = RouteSearch(session, route)
            with suppress(TimeoutError), session.within(seconds) as over:  # what was found until then is told
                for number, file in enumerate(files):
                    if over.is_set():
                        break
                    found.look(number, file)
            try:
                with session.within(max(GRACE, seconds)) as over:
                    table, rows, legs = found.listed(files, over)
            except TimeoutError:
                what = f"what this route has in {found.searched:,} of {len(files):,} files is too much to list in time"
                raise EngineError("DuckDB", what, "Ask for a shorter time, or for one source.") from None
            return LegsBehind(table, rows, legs, len(files), found.searched, tuple(found.notes))
    finally:
        _one.release()
