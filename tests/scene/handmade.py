"""Volumes made by hand, so that what a scene does with a range can be seen without reconciling anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geo.gazetteer.scopes import Scope
from geo.reconcile.solve.periods import by_differences
from geo.reconcile.solve.ranges import Range
from geo.reconcile.volumes import BoundSums, Curve, Flow, Periods, PeriodTable, Term, Volumes

INF = float("inf")
Knot = tuple[str, float, float, float]


def epoch(text: str) -> int:
    return int(pd.Timestamp(text, tz="UTC").timestamp())


def curve(*knots: Knot, low_by: Sequence[Sequence[str]] = (), high_by: Sequence[Sequence[str]] = ()) -> Curve:
    """Knots of (day or time, low, best, high); low_by and high_by name the reports at each of them."""
    days, low, best, high = zip(*knots, strict=True)

    def terms(by: Sequence[Sequence[str]], end: str) -> tuple[tuple[Term, ...], ...]:
        filled = [*by, *[()] * (len(knots) - len(by))]
        return tuple(tuple(Term(name, 1.0, 0.0, end) for name in names) for names in filled)  # type: ignore[arg-type]

    return Curve(
        np.array([epoch(day) for day in days], np.int64),
        np.array(low, float),
        np.array(best, float),
        np.array(high, float),
        terms(low_by, "low"),
        terms(high_by, "high"),
    )


def differences(range_: Curve) -> PeriodTable:
    """What a cumulative range alone says of periods."""
    return by_differences(Range(range_.time, range_.low, range_.high, (), ()))


def from_beginning(range_: Curve) -> PeriodTable:
    """The same with a moment before all others, before which nothing had moved: the beginning of a region."""
    time, nothing = np.concatenate(([range_.time[0] - 1], range_.time)), np.zeros(1)
    return by_differences(
        Range(time, np.concatenate((nothing, range_.low)), np.concatenate((nothing, range_.high)), (), ())
    )


def flow(route: str, range_: Curve, mode: int = 0, **more: object) -> Flow:
    """ "AAA>BBB"; reports and bearing by id, and sides by claimant, where more says so."""
    origin, destination = route.split(">")
    unit = str(more.pop("unit", "container"))
    reports: tuple[str, ...] = more.pop("reports", ())  # type: ignore[assignment]
    sides: Mapping[tuple[str, ...], Curve] = more.pop("sides", {("Somebody",): range_})  # type: ignore[assignment]
    since = more.pop("contested_from", None)
    plain: dict[str, object] = {"inside": (), "conflicts": (), "claimants": {}, "bearing": reports}
    plain |= {"naive_sum": 0.0, "itemised": 0.0, "coverage": None}
    return Flow(
        scope=Scope(unit, origin, destination, mode),
        curve=range_,
        periods=Periods(
            lambda: differences(range_),
            lambda: {claimants: from_beginning(each) for claimants, each in sides.items()},
            lambda _start, _end: {claimants: BoundSums(0.0, INF) for claimants in sides},
        ),
        reports=reports,
        sides=sides,
        tightest=True,
        contested=since is not None,
        contested_from=None if since is None else epoch(str(since)),
        **plain | more,  # type: ignore[arg-type]
    )


def volumes(*flows: Flow) -> Volumes:
    conflicts = {names for found in flows for names in found.conflicts}
    return Volumes(flows, tuple(sorted(conflicts)))


def zoo_volumes(legs: str) -> Volumes:
    """What the totals of the zoo might hold. legs: the id of its itemised legs as a report.

    A contested area flow that began before the picture does, a flow inside it, two with an open high, one that closes.
    """
    dispute = ("one", "two")
    hull = curve(
        ("2023-01-01", 0, 0, 0),
        ("2023-08-01", 0, 0, 2700),
        ("2023-08-23", 300, 420, 2700),
        ("2023-09-18", 1301, 2000, INF),
        ("2023-09-21", 2300, 2500, INF),
        ("2023-10-01", 2300, 2500, INF),
        low_by=[(), (), (legs,), ("part", legs), ("one",), ("one",)],
        high_by=[(), ("one",), ("one",), (), (), ()],
    )
    ministry = curve(("2023-01-01", 0, 0, 0), ("2023-09-18", 1301, 2000, 2650), ("2023-09-21", 2300, 2500, 2700))
    bureau = curve(("2023-08-08", 0, 0, 0), ("2023-09-18", 4001, 4001, INF))
    area = flow(
        "KOREA>PRIMORYE",
        hull,
        reports=dispute,
        bearing=("one", "part", "two", legs),
        conflicts=(dispute,),
        sides={("Ministry",): ministry, ("Bureau",): bureau},
        contested_from="2023-09-18",
    )
    port = flow(
        "RASON>VLADIVOSTOK",
        curve(
            ("2023-08-01", 0, 0, 0),
            ("2023-08-23", 300, 500, 1199),
            ("2023-09-07", 480, 900, 1199),
            ("2023-09-21", 1301, 1500, 2200),
            ("2023-10-01", 1800, 2000, 2200),
            low_by=[(), (legs,), (legs,), ("part", legs), ("ministry",)],
            high_by=[(), ("ministry", "part"), ("ministry", "part"), ("ministry",), ("ministry",)],
        ),
        mode=1,
        reports=("ministry", "part"),
        bearing=("ministry", "part", legs),
        inside=(0,),
    )
    open_one = flow(
        "SAMOA>FIJI",
        curve(
            ("2023-08-05", 0, 0, 0),
            ("2023-08-15", 101, 101, INF),
            ("2023-09-01", 101, 101, INF),
            ("2023-09-11", 191, 201, INF),
            ("2023-09-17", 198, 208, INF),
            low_by=[(), ("early",), ("early",), ("early", "later"), ("early", "later", legs)],
        ),
        reports=("early", "later"),
        bearing=("early", "later", legs),
    )
    closing = flow(
        "FIJI>SAMOA",
        curve(
            ("2023-08-10", 0, 0, 0),
            ("2023-08-20", 0, 30, 30),
            ("2023-09-14T18:00", 2.5, 30, INF),
            low_by=[(), (), (legs,)],
            high_by=[(), ("at most",), ()],
        ),
        mode=4,
        reports=("at most",),
        bearing=("at most", legs),
    )
    rounds = flow("RASON>TIKHORETSK", curve(("2023-10-01", 1e6, 1e6, INF)), unit="round", reports=("rounds",))
    return volumes(area, port, open_one, closing, rounds)
