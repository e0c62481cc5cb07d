"""Random worlds for property tests: a true history, and reports that are true of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

from hypothesis import strategies as st

from tests.reconcile.reports import OPEN, WITHIN, Report, leg, total

DAYS = 12
POINTS = tuple(product("Kab", "RMcde", (0, 1, 2)))
ROUTES = ("a>c", "a>M", "K>R", "K>c", "b>d", "a>R", "K>M", "b>e")
Point = tuple[str, str, int]
Move = tuple[Point, int, int]
"""Where, on which day, how many."""


@dataclass(frozen=True)
class World:
    """What happened, and what is said of it."""

    moves: tuple[Move, ...]
    totals: tuple[Report, ...]
    legs: tuple[Report, ...]

    def moved(self, scope: tuple[str, int], start: float, end: float) -> int:
        """How many moved inside a route and mode from one day to another."""
        return sum(amount for point, day, amount in self.moves if holds(scope, point) and start <= day < end)


def lies_in(inner: str, outer: str) -> bool:
    """Whether a place lies in another."""
    while inner and inner != outer:
        inner = WITHIN[inner]
    return inner == outer


@cache
def holds(scope: tuple[str, int], point: Point) -> bool:
    """Whether a route and mode hold a point."""
    origin, destination = scope[0].split(">")
    return lies_in(point[0], origin) and lies_in(point[1], destination) and scope[1] in (0, point[2])


def scope_of(report: Report) -> tuple[str, int]:
    """Route and mode of a report."""
    return f"{report['origin']}>{report['destination']}", int(str(report["mode"]))


def beginning(scope: tuple[str, int], totals: list[Report], legs: list[Report]) -> float:
    """The first day of any report on anything that overlaps a scope, or overlaps what does, and so on."""
    linked = {scope}
    scopes = {scope_of(report) for report in totals}
    while more := {other for other in scopes - linked if any(overlap(other, one) for one in linked)}:
        linked |= more
    days = [float(str(report["start_earliest"])) for report in totals if scope_of(report) in linked]
    days += [float(str(each["depart"])) for each in legs if any(holds(one, point_of(each)) for one in linked)]
    return min(days)


@cache
def overlap(one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Whether any point lies in both."""
    return any(holds(one, point) and holds(other, point) for point in POINTS)


def point_of(each: Report) -> Point:
    """The ends and the mode of a leg, as stated."""
    return str(each["origin"]), str(each["destination"]), int(str(each["mode"]))


def capped_from(report: Report) -> int:
    """The day from which a total's high holds: its earliest start where it says "so far", else its latest."""
    first, latest = (int(float(str(report[name]))) for name in ("start_earliest", "start_latest"))
    latest = first if latest - first <= 1 else latest
    return first if report["running"] == "yes" or (report["running"] == "" and first < latest) else latest


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[int, int], tuple[int, int]]:
    """A start and an end, each vague by up to three days, on days 0 to DAYS."""
    start = draw(st.integers(0, DAYS - 4))
    end = draw(st.integers(start + 3, DAYS))
    return (start, start + draw(st.integers(0, 2))), (end - draw(st.integers(0, 1)), end)


@st.composite
def worlds(draw: st.DrawFn, most: int = 5, *, onward: bool = False) -> World:
    """A history and up to `most` totals, with legs, that are all true of it. onward: and shipments in two legs, whose
    reports may contradict one another."""
    planned = [
        total(
            f"r{number}", draw(st.sampled_from(ROUTES)), *draw(windows()), 0, 0, mode=draw(st.sampled_from((0, 0, 1)))
        )
        | {"claimant": draw(st.sampled_from("AB")), "nature": draw(st.sampled_from(("estimate", "", "observed")))}
        | {"running": draw(st.sampled_from(("", "yes", "no")))}
        for number in range(draw(st.integers(1, most)))
    ]
    voyages, moves = [], []
    for _ in range(draw(st.integers(0, 3))):
        depart = draw(st.integers(0, DAYS - 3))
        day, arrive = depart + draw(st.integers(0, 2)), depart + 3
        route, amount = draw(st.sampled_from(("a>c", "b>d", "a>e", "K>c", "a>R"))), draw(st.integers(1, 9))
        mode = draw(st.sampled_from((0, 1)))
        own = {"claimant": draw(st.sampled_from("AB")), "mode": mode}
        voyages.append(leg(route, depart, arrive, (amount, amount + 2)) | own)
        within = sorted(point for point in POINTS if holds((route, mode), point))
        moves.append((draw(st.sampled_from(within)), day, amount))
    if onward:
        voyages += draw(_shipments())
    points = st.sampled_from([point for point in POINTS if point[2] != 2])
    moves += draw(st.lists(st.tuples(points, st.integers(0, DAYS - 1), st.integers(1, 20)), max_size=6))
    scopes = {scope_of(report): beginning(scope_of(report), planned, voyages) for report in planned}
    happened = tuple(
        move for move in moves if all(move[1] >= first for scope, first in scopes.items() if holds(scope, move[0]))
    )
    world = World(happened, (), tuple(voyages))
    said = [draw(_told(world, report)) for report in planned]
    return World(happened, tuple(said), tuple(voyages))


@st.composite
def _shipments(draw: st.DrawFn) -> list[Report]:
    found = []
    for number in range(draw(st.integers(1, 2))):
        day, amount = draw(st.integers(0, 4)), draw(st.integers(1, 20))
        more = draw(st.sampled_from((amount, amount + 5, OPEN)))
        routes = draw(st.sampled_from((("a>c", "c>e"), ("a>c", "a>e"), ("b>c", "a>d"), ("a>e", "a>c"))))
        later = day + draw(st.integers(2, 4))
        found.append(leg(routes[0], day, day + 1, (amount, amount), shipment=f"s{number}"))
        found.append(leg(routes[1], later, later + draw(st.integers(1, 3)), (amount, more), shipment=f"s{number}"))
    return found


@st.composite
def _told(draw: st.DrawFn, world: World, plan: Report) -> Report:
    """A planned total with figures that are true of the world."""
    first, last = (float(str(plan[name])) for name in ("start_earliest", "end_latest"))
    early = float(str(plan["end_earliest"]))
    early = last if last - early <= 1 else early
    low = max(0, world.moved(scope_of(plan), first, last) - draw(st.integers(0, 6)))
    most = world.moved(scope_of(plan), capped_from(plan), early)
    high = max(low, most + draw(st.integers(0, 6))) if draw(st.booleans()) else OPEN
    best = low if high == OPEN else draw(st.integers(low, int(high)))
    return plan | {"low": low, "best": best, "high": high}
