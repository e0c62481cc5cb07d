"""What each source says is summed by itself, each movement that it tells once."""

from __future__ import annotations

import pytest

from geo.voyages.accounts import accounts, corridors, in_unit, on_corridor
from tests.voyages.few_voyages import HEAD, data

ROWS = (
    "RUVVO,KRPUS,2024-09-01,2024-09-03,100,maritime,,,Desk A",
    "RUVVO,KRPUS,2024-09-01,2024-09-03,100,maritime,,,Desk B",
    "RUVVO,KRPUS,2024-09-11,2024-09-13,about 50,maritime,,,Desk B",
    "KPRJN,RUVVO,2024-09-05,,30,rail,,,Desk A",
)


def test_the_sums_of_sources_hold_what_each_tells_whatever_others_tell_too() -> None:
    b, a = accounts(data(*ROWS).legs, "container")
    assert (a.source, a.voyages, a.low, a.best, a.high) == ("Desk A", 2, 130.0, 130.0, 130.0)
    assert (b.source, b.voyages, b.best) == ("Desk B", 2, 150.0)
    assert (b.low, b.high) == (pytest.approx(145), pytest.approx(155))
    for each in (a, b):
        assert each.running[-1] == each.best
        assert (each.running[1:] >= each.running[:-1]).all()


def test_routes_count_a_movement_told_twice_once() -> None:
    legs = data(*ROWS).legs
    largest, other = corridors(legs)
    assert (largest.id, largest.voyages, largest.best) == ("RUVVO>KRPUS>1", 2, 150.0)
    assert (other.id, other.voyages, other.best) == ("KPRJN>RUVVO>2", 1, 30.0)
    assert largest.told({"RUVVO": "A", "KRPUS": "B"}, "container") == "A → B · 2 voyages, 150 containers"
    assert on_corridor(legs, other).index.tolist() == [3]


def test_days_and_grades() -> None:
    head = f"{HEAD},grade"
    (one,) = accounts(
        data(f"{ROWS[0]},B2", f"{ROWS[0].replace('-01,', '-05,').replace('-03,', '-07,')},", head=head).legs,
        "container",
    )
    assert one.first == 1725148800  # 1 Sept 2024
    assert one.last == 1725148800 + 7 * 86_400, "the end of the last day"
    assert one.grades == ("B2",)


def test_units_are_never_mixed() -> None:
    head = f"{HEAD},unit"
    legs = data(f"{ROWS[0]},", f"{ROWS[0]},tonne", head=head).legs
    assert len(in_unit(legs, "container")) == len(in_unit(legs, "tonne")) == 1
    assert accounts(in_unit(legs, "wagon"), "wagon") == []
