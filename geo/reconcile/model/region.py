"""Scopes that overlap, and all that was said about them, as bounds on what was gained in their cells.

A region is what one linear program speaks of. Nothing in it depends on anything outside it, but for where the time of a
report without a start begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from geo.arrays import DAY, NOT_A_TIME
from geo.gazetteer.scopes import Cell, Scope
from geo.reconcile.model.claims import Claim

Cells = tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class ReportSource:
    """A report as it is named: a total, or a group of legs."""

    id: str
    claimant: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What is gained inside a scope (row) from start to end, epoch seconds, is at least, or at most, figure."""

    source: int
    scope: int
    start: int
    end: int
    figure: float
    end_of: Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Load:
    """Legs of one source that certainly moved from start to end, in some of these cells (rows): low, at most high."""

    source: int
    cells: Cells
    start: int
    end: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, order=True)
class Goal:
    """A stated best figure: what best gains inside a scope (row) from start to end where the bounds allow it."""

    scope: int
    start: int
    end: int
    figure: float
    source: int


@dataclass(frozen=True, slots=True)
class Region:
    """Overlapping scopes of one unit, and those that `part_of` ties to them.

    scopes      all of them; a flow, or only the scope of a report that is part of another
    flows       rows of the scopes that are flows
    cells       the cells of the scopes; and after them, `onward` of them, those that hold the onward legs of shipments,
                which lie in the scopes that hold no earlier leg, and are never counted in all flows together
    beginning   epoch seconds; nothing moved before it
    sources     the reports, by which bounds, loads and goals name them
    own         for each scope the sources that are totals on it, or part of one on it
    started     for each scope the printed start of the first report on it, epoch seconds
    """

    scopes: tuple[Scope, ...]
    flows: tuple[int, ...]
    cells: tuple[Cell, ...]
    onward: int
    beginning: int
    sources: tuple[ReportSource, ...]
    bounds: tuple[Bound, ...]
    loads: tuple[Load, ...]
    goals: tuple[Goal, ...]
    own: tuple[frozenset[int], ...]
    started: tuple[int, ...]

    def inside(self, scope: int) -> tuple[int, ...]:
        """The rows of the cells that a scope holds."""
        return tuple(row for row, cell in enumerate(self.cells) if scope in cell)

    def counted(self) -> tuple[int, ...]:
        """The rows of the cells that lie in any flow, onward legs left out."""
        flows, whole = set(self.flows), len(self.cells) - self.onward
        return tuple(row for row, cell in enumerate(self.cells[:whole]) if not flows.isdisjoint(cell))


def beginning_of(claims: list[Claim], departures: list[int], elsewhere: int | None = None) -> int:
    """The earliest start of any report; where one is open, no later than any start `elsewhere`, in other regions.

    An open start reaches back further than can be drawn: as far as anything of its unit is known, and at least to a
    day before what ends.
    """
    starts = [claim.start.earliest for claim in claims if claim.start.earliest != NOT_A_TIME]
    ends = [claim.end.earliest for claim in claims if claim.end.earliest != NOT_A_TIME]
    open_ends = [claim.end.earliest for claim in claims if claim.start.earliest == NOT_A_TIME]
    known = [*starts, *departures, *(end - DAY for end in open_ends if end != NOT_A_TIME and not starts)]
    if open_ends and elsewhere is not None:
        known.append(elsewhere)
    first = min(known, default=min(ends, default=0))
    soonest = min((end for end in open_ends if end != NOT_A_TIME), default=first + 1)
    return min(first, soonest - DAY) if soonest <= first else first


def bounds_of(claims: list[Claim], row_of: dict[Scope, int], sources: dict[int, int], beginning: int) -> list[Bound]:
    """The bounds that claims put on their own scopes and on those of the totals that contain them.

    sources: row in `claims` -> row of the region's sources; claims that are not in it put none.
    """
    found = []
    for row, source in sources.items():
        claim = claims[row]
        if claim.end.latest == NOT_A_TIME:
            continue  # it holds only after everything else
        start = beginning if claim.start.earliest == NOT_A_TIME else claim.start.earliest
        scopes = dict.fromkeys((claim.scope, *(claims[up].scope for up in claim.parents)))
        found += [Bound(source, row_of[each], start, claim.end.latest, claim.low, "low") for each in scopes]
        if claim.nature == "observed" or claim.high == float("inf"):
            continue
        since = capped_from(claim, beginning)
        if since is not None and since < claim.end.earliest:
            found.append(Bound(source, row_of[claim.scope], since, claim.end.earliest, claim.high, "high"))
    return found


def capped_from(claim: Claim, beginning: int) -> int | None:
    """From when a claim's high holds, epoch seconds: what moved before, it says nothing of. None where it caps nothing.

    A running total holds from its earliest start, an open one from the beginning of all; any other only within the
    narrowest window that its words allow.
    """
    if not claim.running:
        return None if claim.start.latest == NOT_A_TIME else claim.start.latest
    return beginning if claim.start.earliest == NOT_A_TIME else claim.start.earliest


def goals_of(claims: list[Claim], row_of: dict[Scope, int], sources: dict[int, int], beginning: int) -> list[Goal]:
    """The best figures of estimates with a finite high, over their windows as printed."""
    found = []
    for row, source in sources.items():
        claim = claims[row]
        start = beginning if claim.start.printed == NOT_A_TIME else claim.start.printed
        if claim.nature == "observed" or claim.high == float("inf") or not start < claim.end.printed:
            continue
        found.append(Goal(row_of[claim.scope], start, claim.end.printed, claim.best, source))
    return found


def started_of(claims: list[Claim], rows: list[int], scopes: list[Scope], beginning: int) -> tuple[int, ...]:
    """For each scope the printed start of the first report on it, or part of one on it.

    Where none of them says when it began, it is a day before the first of them ends: nothing is drawn of the time
    before, of which nothing is known.
    """
    first: dict[Scope, list[int]] = defaultdict(list)
    ends: dict[Scope, list[int]] = defaultdict(list)
    for claim in (claims[row] for row in rows):
        starts = claim.start.printed != NOT_A_TIME
        for scope in (claim.scope, *(claims[up].scope for up in claim.parents)):
            (first if starts else ends)[scope].append(claim.start.printed if starts else claim.end.earliest)
    latest = {scope: max(min(moments) - DAY, beginning) for scope, moments in ends.items()}
    return tuple(min(first[scope], default=latest.get(scope, beginning)) for scope in scopes)


def alone(region: Region, cells: Cells, start: int) -> Region:
    """A region with one cell (0) and one scope (0): every report on exactly these cells, and the legs inside them.

    start: when the first report on them says that it began, epoch seconds. Sources keep their rows.
    """
    same = scopes_of(region, cells)
    return Region(
        scopes=region.scopes[:1],
        flows=(0,),
        cells=(frozenset({0}),),
        onward=0,
        beginning=region.beginning,
        sources=region.sources,
        bounds=tuple(replace(each, scope=0) for each in region.bounds if each.scope in same),
        loads=tuple(replace(each, cells=(0,)) for each in region.loads if set(each.cells) <= set(cells)),
        goals=tuple(replace(each, scope=0) for each in region.goals if each.scope in same),
        own=(frozenset(range(len(region.sources))),),
        started=(start,),
    )


def scopes_of(region: Region, cells: Collection[int]) -> frozenset[int]:
    """The scopes (rows) that hold exactly these cells."""
    around = frozenset[int].intersection(*(region.cells[cell] for cell in cells)) if cells else frozenset[int]()
    return frozenset(row for row in around if len(region.inside(row)) == len(cells))
