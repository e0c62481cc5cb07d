"""Legs by sea between two ports that no ship could make in time, or only through a passage that was closed.

The shortest way with every canal and strait open is taken. It is searched for those pairs of ports alone whose time may
not do, and for no more than `MOST_SEARCHED` in all: what was not searched is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.errors import NoRoute
from geo.sea.graph import ELLIPSOID, ROUNDING_KM, network
from geo.sea.great_circle import EARTH_KM
from geo.sea.passages import passages
from geo.sea.routes import Route, route
from geo.tables.checks import SPEED_LIMITS_KMH
from geo.voyages.closures import Ids, closed_all_along, why
from geo.voyages.ends import Legs
from geo.voyages.finding import Finding, Found, Reckoning
from geo.voyages.words import Words, length

MOST_SEARCHED = 60
"""Ways by sea of one data set; each takes about 30 ms."""
LONGEST_SEA_KM = 60_000.0
"""No way by sea between two ports is longer, whatever is closed."""


def findings(legs: Legs, words: Words, known: Mask) -> Found:
    """What only the way by sea shows. known (n,): legs that the great circle has settled."""
    shut, sets = closed_all_along(legs)
    search = _Search()
    told = list(_without_a_way(legs, words, shut, sets, search))
    rows = np.flatnonzero(_worth_a_search(legs, shut, sets) & ~known)
    told += _by_sea(legs, words, rows, (shut, sets), search)
    if not search.left:
        return Found(tuple(told))
    note = (
        f"Ways by sea were searched until {MOST_SEARCHED} were found; {search.left:,} slower pairs of ports were held "
        "against the great circle alone."
    )
    return Found(tuple(told), (note,))


def _between_ports(legs: Legs) -> Mask:
    """The legs that go by sea between two ports of the network."""
    port = legs.ends.port
    found: Mask = legs.by_ship & port[legs.origin] & port[legs.destination] & (legs.origin != legs.destination)
    return found


def _worth_a_search(legs: Legs, shut: Ints, sets: list[Ids]) -> Mask:
    """Those of them that may be too fast by sea: the time may not do for a way that there is for certain.

    That way leads by a landmark of the network, to which all distances are known (`geo.sea.graph`). They were measured
    with what is taken only if needed closed, so that only a passage that routes commonly take can close it.
    """
    found = np.zeros(shut.size, bool)
    rows = np.flatnonzero(_between_ports(legs) & np.isfinite(legs.hours))
    if not rows.size:
        return found  # and the network need not be loaded
    begin, end = _berths(legs)[np.stack([legs.origin[rows], legs.destination[rows]])]
    reach = network().reach
    most = np.full(rows.size, np.inf)
    for far_to in reach:
        one, two = (far_to[each].astype(np.float64) for each in (begin, end))
        # 0 is what no way leads to, or the landmark itself: the other landmarks do for that.
        both = (one > 0) & (two > 0)
        most = np.where(both, np.minimum(most, one + two + 2 * ROUNDING_KM), most)
    far = legs.hours[rows] * SPEED_LIMITS_KMH["maritime"]
    late = most > far
    for passage in sorted({each for ids in sets for each in ids if not passages()[each].if_needed}):
        of_sets = np.array([passage in ids for ids in sets], bool)
        to_it = _km_to(passage)
        late |= of_sets[shut[rows]] & (to_it[begin] + to_it[end] <= most)
    found[rows] = late & (far < LONGEST_SEA_KM)
    return found


def _km_to(passage: str) -> Floats:
    """At least so many kilometres from each point of the network to the nearest of a passage."""
    sea = network()
    inside = [
        point
        for point, links in enumerate(sea.links)
        if any(passage in sea.passages_of.get(edge, ()) for _, _, edge in links)
    ]
    nearest = (sea.vectors @ sea.vectors[inside].T).max(axis=1) if inside else np.full(len(sea.lon), -1.0)
    found: Floats = np.arccos(np.clip(nearest, -1.0, 1.0)) * EARTH_KM * ELLIPSOID
    return found


def _berths(legs: Legs) -> Ints:
    """The point of the network of each place; -1 for one that is no port."""
    berths = [network().berth(*legs.ends.position(place)) for place in range(len(legs.ends.code))]
    return np.array([-1 if berth is None else berth for berth in berths], np.int64)


def _common(sets: list[Ids]) -> Mask:
    """Which sets of passages have one that routes take unless it is closed."""
    return np.array([any(not passages()[each].if_needed for each in ids) for ids in sets], bool)


@dataclass(slots=True)
class _Search:
    """Searches ways by sea as long as there are any left to search. left: pairs that were not looked at any more."""

    done: int = 0
    left: int = 0
    spared: tuple[str, ...] = field(default_factory=lambda: tuple(n for n, p in passages().items() if p.if_needed))

    def is_over(self) -> bool:
        """Whether no more are searched."""
        return self.done >= MOST_SEARCHED

    def way(self, legs: Legs, row: int, closed: Iterable[str] = ()) -> Route | None:
        """The shortest way of a leg with these passages closed and all others open."""
        self.done += 1
        ends = legs.ends.position(int(legs.origin[row])), legs.ends.position(int(legs.destination[row]))
        try:
            return route(*ends, avoid=closed, prefer=self.spared)
        except NoRoute:
            return None


def _by_sea(legs: Legs, words: Words, rows: Ints, closed: tuple[Ints, list[Ids]], search: _Search) -> list[Finding]:
    """Of some legs between ports what is too fast by sea; the pairs that promise most are looked at first."""
    told: list[Finding] = []
    shut, sets = closed
    for members in _pairs_by_promise(legs, rows, shut, sets):
        if search.is_over():
            search.left += 1
            continue
        way = search.way(legs, int(members[0]))
        if way is None:
            continue
        needed = legs.hours[members] * SPEED_LIMITS_KMH["maritime"]
        late = members[way.km > needed].tolist()
        told += [too_fast(legs, words, row, _reckoned(legs, row, way)) for row in late]
        for row in members[way.km <= needed].tolist():
            blocked = tuple(each for each in way.passages if each in sets[shut[row]])
            if blocked and search.is_over():
                search.left += 1
            elif blocked:
                told += _around(legs, words, row, blocked, search.way(legs, row, sets[shut[row]]))
    return told


def _pairs_by_promise(legs: Legs, rows: Ints, shut: Ints, sets: list[Ids]) -> list[Ints]:
    """The rows of each pair of ports: first those with a closed passage that routes commonly take, then the fastest."""
    if not rows.size:
        return []
    common = _common(sets)
    with np.errstate(divide="ignore"):
        speed = legs.ends.least_km(legs.origin[rows], legs.destination[rows]) / legs.hours[rows]
    pair = legs.origin[rows] * len(legs.ends.code) + legs.destination[rows]
    order = np.lexsort((-speed, ~common[shut[rows]], pair))
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
    groups = np.split(rows[order], starts[1:])
    first = order[starts]
    return [groups[at] for at in np.lexsort((-speed[first], ~common[shut[rows[first]]])).tolist()]


def too_fast(legs: Legs, words: Words, row: int, found: Reckoning) -> Finding:
    """A leg that nothing could make in its time."""
    told = f"{words.voyage(row)}: {words.distance(found, row)} {words.speed(found, row)}."
    return Finding("too fast", legs.labels(np.array([row])), told, found)


def _reckoned(legs: Legs, row: int, way: Route) -> Reckoning:
    return Reckoning(way.km, float(legs.hours[row]), SPEED_LIMITS_KMH["maritime"], "sea route", way.passages)


def _around(legs: Legs, words: Words, row: int, blocked: Ids, way: Route | None) -> list[Finding]:
    """A leg that is in time only through a passage that was closed. way: the shortest other one."""
    if way is None:
        return []  # it is among those without a way
    found = _reckoned(legs, row, way)
    if found.km <= found.limit_kmh * found.hours:
        return []
    told = (
        f"{words.voyage(row)}: {_closed(legs, row, blocked)}. The shortest other way is {length(way.km)}, "
        f"{words.speed(found, row)}."
    )
    return [Finding("closed", legs.labels(np.array([row])), told, found)]


def _closed(legs: Legs, row: int, blocked: Ids) -> str:
    day = datetime.fromtimestamp(int(legs.depart[row]), UTC).date()
    return "; ".join(f"{passages()[each].name} was closed all that time ({why(each, day)})" for each in blocked)


def _without_a_way(legs: Legs, words: Words, shut: Ints, sets: list[Ids], search: _Search) -> Iterable[Finding]:
    """Legs between ports of which the closed passages leave no way from one to the other."""
    rows = np.flatnonzero(_between_ports(legs) & (shut > 0))
    if not rows.size:
        return
    at = _berths(legs)
    for number in np.unique(shut[rows]).tolist():
        waters, opened = network().waters(frozenset(sets[number])), network().waters(frozenset())
        own = rows[shut[rows] == number]
        begin, end = at[legs.origin[own]], at[legs.destination[own]]
        apart = (waters[begin] != waters[end]) & (opened[begin] == opened[end])
        for row in own[apart].tolist():
            way = None if search.is_over() else search.way(legs, row)
            blocked = [each for each in (way.passages if way else sets[number]) if each in sets[number]]
            told = f"{words.voyage(row)}: {_closed(legs, row, tuple(blocked))}, and no other way by sea leads there."
            yield Finding("closed", legs.labels(np.array([row])), told)
