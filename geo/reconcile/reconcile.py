"""Overlapping totals and itemised legs -> the tightest volumes consistent with them, and the contradictions.

The rule: a report bounds the cumulative volume of everything inside its scope. Its low holds over the widest window
that its words allow, its high over the narrowest. Totals are never added up; the parts are in `reconciling`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from geo.arrays import NOT_A_TIME
from geo.errors import Progress, silent
from geo.gazetteer.places import Places
from geo.gazetteer.scopes import Nesting, Scope, cells, connected
from geo.reconcile.explain.rounding import grains_of
from geo.reconcile.model.claims import Claim, claims_of
from geo.reconcile.model.itemised_legs import Carriage, LegSpot, carriage_of
from geo.reconcile.model.region import Cells, Region, ReportSource, beginning_of, bounds_of, goals_of, started_of
from geo.reconcile.solve.consistent_sets import Account, settled
from geo.reconcile.volumes import Flow, Periods, Volumes, by_size


def reconcile(
    totals: pd.DataFrame, legs: pd.DataFrame, places: Places | None = None, progress: Progress | None = None
) -> Volumes:
    r"""Tables of reports -> the volume of every flow that a total speaks of, as far as the reports allow it.

    totals, legs: the columns of `geo.columns`, rows in any order; capacities, and figures that make no sense,
    bound nothing. places: what lies within what; ours by default. progress: is told the share done while it works,
    and may raise Cancelled to stop it. The flows come in the order of their scopes, their figures in the unit of the
    scope. Raises nothing else: contradictions are told in `Volumes.conflicts`.

    >>> import geo
    >>> from datetime import UTC, datetime
    >>> head = b"origin,destination,"
    >>> legs, _ = geo.read_legs(head + b"depart,containers\nNajin,Vladivostok,2023-09-07,300")
    >>> totals, _ = geo.read_totals(head + b"claimant,said_on,window,quantity\n"
    ...     b"Najin,Vladivostok,Seoul,2023-11-02,since early August 2023,about 2000")
    >>> flow = geo.reconcile_reports(totals, legs).flows[0]
    >>> flow.curve.at(datetime(2023, 11, 3, tzinfo=UTC)), flow.scope.unit
    ((1800.0, 2000.0, 2200.0), 'container')
    """
    nesting = Nesting(places or Places.load())
    claims = claims_of(totals)
    scopes = sorted({claim.scope for claim in claims})
    own = {claim.scope for claim in claims if not claim.parents}
    flows = [row for row, scope in enumerate(scopes) if scope in own]
    carriage = carriage_of(legs, scopes, frozenset(flows), nesting)
    found: dict[Scope, tuple[Account, int]] = {}
    accounts = []
    groups = list(connected(scopes, nesting, _ties(claims, scopes)))
    course = _Course(progress or silent, len(groups) + len(flows))
    for group in groups:
        region = _region(claims, scopes, group, own, carriage, nesting)
        account = settled(region, course.goes_on)
        accounts.append(account)
        found |= {region.scopes[row]: (account, row) for row in region.flows}
        course.done += 1
    told = []
    grains = grains_of(totals)
    for row in flows:
        flow = _flow(scopes, row, found, flows, claims, carriage, nesting)
        told.append(replace(flow, grains={name: grains[name] for name in flow.bearing if name in grains}))
        course.done += 1
    course.end()
    return Volumes(
        flows=tuple(told),
        conflicts=tuple(sorted({conflict for account in accounts for conflict in account.conflicts}, key=by_size)),
        complete=all(account.complete for account in accounts),
        unlisted=sum(account.unlisted for account in accounts),
    )


class _Course:
    """How far the work is. What is worked out later, when it is asked for, nobody watches."""

    def __init__(self, progress: Progress, steps: int) -> None:
        self._progress, self._steps, self.done = progress, steps, 0

    def goes_on(self) -> None:
        """Tells how far it is."""
        self._progress(self.done / self._steps, "weighing the reports against one another")

    def end(self) -> None:
        """From now on nothing is told."""
        self._progress = silent


def _ties(claims: list[Claim], scopes: list[Scope]) -> list[tuple[int, int]]:
    """Rows of the scopes of a part and of its whole: the part bounds the whole, wherever it was said to be."""
    row_of = {scope: row for row, scope in enumerate(scopes)}
    return [(row_of[claim.scope], row_of[claims[up].scope]) for claim in claims for up in claim.parents]


def _begins(claim: Claim, unit: str) -> bool:
    return claim.scope.unit == unit and claim.start.earliest != NOT_A_TIME


def _region(
    claims: list[Claim], scopes: list[Scope], group: list[int], own: set[Scope], carriage: Carriage, nesting: Nesting
) -> Region:
    inner = [scopes[row] for row in group]
    row_of = {scope: row for row, scope in enumerate(inner)}
    mine = [row for row, claim in enumerate(claims) if claim.scope in row_of]
    said = [claims[row] for row in mine]
    legs = carriage.of(frozenset(group))
    unit = inner[0].unit
    elsewhere = min((claim.start.earliest for claim in claims if _begins(claim, unit)), default=None)
    beginning = beginning_of(said, carriage.start[legs].tolist(), elsewhere)
    sources = {row: number for number, row in enumerate(mine)}
    bounds = bounds_of(claims, row_of, sources, beginning)
    local = {scope: number for number, scope in enumerate(group)}
    plain = cells(inner, nesting)
    cells_of: dict[LegSpot, Cells] = {}
    onward: dict[frozenset[int], int] = {}
    for spot in carriage.spots:
        held = {frozenset(local[scope] for scope in way if scope in local) for way in spot.ways} - {frozenset()}
        if spot.onward:
            rows = [len(plain) + onward.setdefault(way, len(onward)) for way in sorted(held, key=sorted)]
        else:
            rows = [plain.index(way) for way in held]
        if rows:
            cells_of[spot] = tuple(sorted(rows))
    known = np.unique([moment for bound in bounds for moment in (bound.start, bound.end)]).astype(np.int64)
    return Region(
        scopes=tuple(inner),
        flows=tuple(row for row, scope in enumerate(inner) if scope in own),
        cells=(*plain, *onward),
        onward=len(onward),
        beginning=beginning,
        sources=(*(ReportSource(claim.id, claim.claimant) for claim in said), *carriage.sources),
        bounds=tuple(bounds),
        loads=tuple(carriage.loads(legs, known, cells_of, len(mine)) if legs.any() else ()),
        goals=tuple(goals_of(claims, row_of, sources, beginning)),
        own=tuple(
            frozenset(number for row, number in sources.items() if _top(claims, row).scope == scope) for scope in inner
        ),
        started=started_of(claims, mine, inner, beginning),
    )


def _flow(
    scopes: list[Scope],
    row: int,
    found: dict[Scope, tuple[Account, int]],
    flows: list[int],
    claims: list[Claim],
    carriage: Carriage,
    nesting: Nesting,
) -> Flow:
    scope = scopes[row]
    account, local = found[scope]
    own = [claim for at, claim in enumerate(claims) if _top(claims, at).scope == scope]
    curve, itemised = account.curve(local), carriage.inside(row)
    ids = tuple(dict.fromkeys(claim.id for claim in own))
    conflicts = account.conflicts_of(account.region.own[local])
    terms = {term.report for by in (curve.low_by, curve.high_by) for why in by for term in why}
    best = float(curve.best[-1]) if curve.best.size else 0.0
    inside = (at for at, other in enumerate(flows) if other != row and nesting.holds(scopes[other], scope))
    return Flow(
        scope=scope,
        curve=curve,
        periods=Periods(
            partial(account.periods, local),
            partial(account.periods_by_side, local, contested=bool(conflicts)),
            partial(account.period_sums, local, contested=bool(conflicts)),
        ),
        reports=ids,
        bearing=tuple(sorted(terms)),
        inside=tuple(inside),
        tightest=account.tightest,
        contested=bool(conflicts),
        contested_from=account.contested_from(local) if conflicts else None,
        conflicts=conflicts,
        sides=account.sides_of(local, contested=bool(conflicts)),
        claimants=account.claimants_of(local),
        naive_sum=float(sum(claim.best for claim in own)),
        itemised=itemised,
        coverage=itemised / best if best else None,
    )


def _top(claims: list[Claim], row: int) -> Claim:
    """The claim that holds another (a row), however many steps up; itself where none does."""
    parents = claims[row].parents
    return claims[parents[-1] if parents else row]
