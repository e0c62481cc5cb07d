"""Rows of a table of totals -> claims: sound figures, the moments that bound them, and what is part of what."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geo.arrays import DAY, NOT_A_TIME, Ints, epoch_seconds
from geo.columns import DEFAULT_UNIT
from geo.gazetteer.scopes import Scope
from geo.tables.leg_reports import MOST_COUNT


@dataclass(frozen=True, slots=True)
class WindowEnds:
    """One end of a window, epoch seconds: as printed, and between what it may lie. NOT_A_TIME for an open one."""

    earliest: int
    printed: int
    latest: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One total, ready to be a constraint.

    parents  rows (in the list of claims) of the totals that contain it, the nearest first
    running  whether it speaks of all that moved so far: its high then holds from its earliest start
    """

    id: str
    claimant: str
    scope: Scope
    nature: str
    low: float
    best: float
    high: float
    start: WindowEnds
    end: WindowEnds
    part_of: str
    parents: tuple[int, ...] = ()
    running: bool = False


def claims_of(totals: pd.DataFrame) -> list[Claim]:
    """The sound totals that are no capacities, in an order of their own, each repeated row once.

    totals: the columns of `TOTAL_TABLE`, in any order of rows. Left out are figures that are negative, absurd, or
    not low <= best <= high, as the picture leaves them out.
    """
    if not len(totals):
        return []
    rows = sorted(set(_rows(totals)), key=_key)
    return _with_parents(rows)


def _rows(totals: pd.DataFrame) -> list[Claim]:
    text = {name: totals[name].fillna("").astype(str).tolist() for name in ("id", "claimant", "origin", "destination")}
    text |= {name: totals[name].fillna("").astype(str).tolist() for name in ("unit", "nature", "part_of")}
    low, best, high = (totals[name].to_numpy(np.float64) for name in ("low", "best", "high"))
    mode = np.clip(totals["mode"].to_numpy(np.int64), 0, 4).tolist()
    starts, ends, so_far = _starts(totals), _ends(totals), running(totals).tolist()
    sound = (low >= 0) & (low <= best) & (best <= high) & (best <= MOST_COUNT) & ((high <= MOST_COUNT) | np.isinf(high))
    return [
        Claim(
            id=text["id"][row],
            claimant=text["claimant"][row],
            scope=Scope(text["unit"][row] or DEFAULT_UNIT, text["origin"][row], text["destination"][row], mode[row]),
            nature=text["nature"][row],
            low=float(low[row]),
            best=float(best[row]),
            high=float(high[row]),
            start=starts[row],
            end=_after(ends[row], starts[row]),
            part_of=text["part_of"][row],
            running=so_far[row],
        )
        for row in np.flatnonzero(sound).tolist()
        if text["nature"][row] != "capacity"
    ]


def _key(claim: Claim) -> tuple[object, ...]:
    ends = (claim.start, claim.end)
    moments = tuple(moment for end in ends for moment in (end.earliest, end.printed, end.latest))
    return (
        claim.id,
        claim.claimant,
        claim.scope,
        claim.nature,
        claim.low,
        claim.best,
        claim.high,
        moments,
        claim.part_of,
        claim.running,
    )


def _moments(totals: pd.DataFrame, end: str) -> tuple[Ints, Ints, Ints]:
    """earliest, printed, latest of "start" or "end", each standing in for the others where they are not given."""
    columns = [epoch_seconds(totals[name]) for name in (f"{end}_earliest", end, f"{end}_latest")]
    earliest, printed, latest = columns
    given = np.where(printed != NOT_A_TIME, printed, np.where(earliest != NOT_A_TIME, earliest, latest))
    earliest, latest = (np.where(each == NOT_A_TIME, given, each) for each in (earliest, latest))
    return np.minimum(earliest, latest), given, np.maximum(earliest, latest)


def _starts(totals: pd.DataFrame) -> list[WindowEnds]:
    """A start that is known to the day is the first instant of that day: a whole day is no vagueness."""
    earliest, printed, latest = _moments(totals, "start")
    latest = np.where(latest - earliest <= DAY, earliest, latest)
    return [WindowEnds(*row) for row in zip(earliest.tolist(), printed.tolist(), latest.tolist(), strict=True)]


def running(totals: pd.DataFrame) -> pd.Series:
    """Of each total whether it counts all so far: where `running` says so, or says nothing and its start is vague."""
    vague = [is_vague(start) for start in _starts(totals)]
    return (totals["running"] == "yes") | ((totals["running"] != "no") & pd.Series(vague, totals.index, bool))


def is_vague(start: WindowEnds) -> bool:
    """Whether the words leave open when it began, which is how a total of all so far is said: "since early August"."""
    return NOT_A_TIME in (start.earliest, start.latest) or start.latest > start.earliest


def _ends(totals: pd.DataFrame) -> list[WindowEnds]:
    """An end that is known to the day is the last instant of that day."""
    earliest, printed, latest = _moments(totals, "end")
    earliest = np.where(latest - earliest <= DAY, latest, earliest)
    return [WindowEnds(*row) for row in zip(earliest.tolist(), printed.tolist(), latest.tolist(), strict=True)]


def _after(end: WindowEnds, start: WindowEnds) -> WindowEnds:
    """The end of a window that is a moment lies a second after it, so that something can have moved in it."""
    if NOT_A_TIME in (end.latest, start.earliest):
        return end
    return replace(end, latest=max(end.latest, start.earliest + 1), printed=max(end.printed, start.printed + 1))


def _with_parents(rows: list[Claim]) -> list[Claim]:
    """Each claim with the claims that contain it. A circle is cut at the first of its claims."""
    first: dict[tuple[str, str], int] = {}
    for row, claim in enumerate(rows):
        if claim.id:
            first.setdefault((claim.scope.unit, claim.id), row)
    above = {row: first[key] for row, claim in enumerate(rows) if (key := (claim.scope.unit, claim.part_of)) in first}
    for row in range(len(rows)):
        if row in _chain(row, above):
            del above[row]
    return [replace(claim, parents=tuple(_chain(row, above))) for row, claim in enumerate(rows)]


def _chain(row: int, above: dict[int, int]) -> list[int]:
    """The rows above one, ending before a row comes twice; the row itself is among them where it is on a circle."""
    found: list[int] = []
    while (up := above.get(row)) is not None and up not in found:
        found.append(up)
        row = up
    return found
