"""Reconciling by example: the article, the contradiction of February 2024, and each kind of report."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.gazetteer.places import Places
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Term
from tests.reconcile.reports import OPEN, at, flow, leg, legs, moment, of, total, totals

NO_LEGS = legs()


def test_february_2024_is_contested_by_two_reports() -> None:
    row = {"unit": "container", "part_of": "", "nature": "estimate"}
    times = ("start_earliest", "start", "start_latest", "end_earliest", "end", "end_latest")
    rok = ("2023-08-01", "2023-08-01", "2023-09-01", "2024-02-26", "2024-02-27", "2024-02-27")
    state = ("2023-09-01", "2023-09-01", "2023-09-02", "2024-02-23", "2024-02-24", "2024-02-24")
    table = totals(
        row | {"id": "rok", "claimant": "ROK MND", "origin": "KP", "destination": "RU", "mode": 0, "low": 6030.0}
        | {"best": 6700.0, "high": 7370.0},
        row | {"id": "us", "claimant": "US State", "origin": "KP", "destination": "vostochny-dunay", "mode": 1}
        | {"low": 10001.0, "best": 10001.0, "high": OPEN},
    )  # fmt: skip
    for name, *days in zip(times, rok, state, strict=True):
        table[name] = pd.to_datetime(pd.Series(days), utc=True).astype(table[name].dtype)
    found = reconcile(table, NO_LEGS, Places.load())
    assert found.conflicts == (("rok", "us"),)
    wide, narrow = found.flows
    assert wide.contested
    assert narrow.contested
    assert wide.conflicts == narrow.conflicts == (("rok", "us"),)
    assert set(wide.sides) == {("ROK MND",), ("US State",)}
    assert wide.contested_from == moment("2024-02-24")
    low, best, high = wide.curve.at_second(moment("2024-02-27"))
    assert (low, best, high) == (6030.0, 6700.0, OPEN)
    assert narrow.inside == (0,)


def test_an_observed_count_bounds_from_below_alone() -> None:
    found = of(total("x", "a>c", 0, 10, 50, 60, nature="observed"))
    assert found.flows[0].curve.at_second(at(10)) == (50.0, 50.0, OPEN)


def test_a_capacity_bounds_nothing_and_is_no_flow() -> None:
    found = of(total("x", "a>c", 0, 10, 50, 60), total("y", "K>R", 0, 10, 5, 9, nature="capacity"))
    assert [f.scope.origin for f in found.flows] == ["a"]
    assert found.flows[0].curve.at_second(at(10)) == (50.0, 55.0, 60.0)


def test_what_is_part_of_a_total_bounds_it_from_below_and_is_no_flow_of_its_own() -> None:
    parts = total("y", "K>R", 2, 5, 30, OPEN, part_of="x", claimant="B"), total("z", "K>R", 2, 3, 20, OPEN, part_of="y")
    found = of(total("x", "a>c", 0, 10, 50, 60), *parts)
    assert [f.reports for f in found.flows] == [("x", "y", "z")]
    assert [found.flows[0].curve.at_second(at(day))[0] for day in (2, 3, 5, 10)] == [0.0, 20.0, 30.0, 50.0]
    assert found.flows[0].curve.at_second(at(2))[2] == 30.0


def test_a_part_of_a_total_that_is_not_there_is_a_flow() -> None:
    found = of(total("y", "K>R", 2, 5, 30, 40, part_of="x"), total("c", "a>c", 0, 9, 1, 2, part_of="c"))
    assert [f.reports for f in found.flows] == [("y",), ("c",)]


def test_parts_in_a_circle_are_cut_open() -> None:
    found = of(total("x", "a>c", 0, 10, 5, 9, part_of="y"), total("y", "a>c", 0, 10, 5, 9, part_of="x"))
    assert len(found.flows) == 1
    assert found.flows[0].curve.at_second(at(10))[0] == 5.0


def test_a_day_is_no_vagueness() -> None:
    vague = of(total("x", "a>c", 0, 9, 1, 9), total("y", "a>c", (2, 4), (6, 8), 3, 5, running="no")).flows[0].curve
    known = of(total("x", "a>c", 0, 9, 1, 9), total("y", "a>c", (2, 3), (7, 8), 3, 5)).flows[0].curve
    assert vague.time.tolist() == [at(day) for day in (0, 2, 4, 6, 8, 9)]
    assert known.time.tolist() == [at(day) for day in (0, 2, 8, 9)]


def test_an_open_end_bounds_nothing_yet() -> None:
    found = of(total("x", "a>c", 0, 9, 5, 7), total("y", "a>c", 3, None, 100, 200)).flows[0]
    assert found.curve.at_second(at(9)) == (5.0, 6.0, 7.0)
    assert found.reports == ("x", "y")
    assert of(total("y", "a>c", 3, None, 100, 200)).flows[0].curve.at_second(at(9))[0] == 0.0


def test_what_lies_inside_an_area_bounds_it() -> None:
    found = of(
        total("x", "a>c", 0, 9, 50, 60), total("y", "b>d", 0, 9, 30, 40), total("z", "K>R", 0, 9, 0, 100, claimant="B")
    )
    assert flow(found, "K>R").curve.at_second(at(9))[0] == 80.0
    assert flow(found, "K>R").inside == ()
    assert flow(found, "a>c").inside == (0,)
    assert flow(found, "b>d").curve.at_second(at(9))[2] == 40.0


def test_a_claimant_who_contradicts_himself_is_one_side_of_many_minds() -> None:
    found = of(total("x", "a>c", 0, 9, 40, 60), total("y", "a>c", 0, 9, 70, 80))
    assert found.conflicts == (("x", "y"),)
    assert list(found.flows[0].sides) == [("A",)]
    assert found.flows[0].curve.at_second(at(9)) == (40.0, 50.0, 80.0)
    assert found.flows[0].claimants["A"].at_second(at(9)) == (40.0, 50.0, 80.0)


@pytest.mark.parametrize(
    "figures",
    [
        (5.0, 4.0, 9.0),
        (5.0, 6.0, 5.5),
        (-1.0, 2.0, 3.0),
        (float("nan"), 2.0, 3.0),
        (1.0, 1e18, OPEN),
        (1.0, OPEN, OPEN),
    ],
)
def test_figures_that_make_no_sense_bound_nothing(figures: tuple[float, float, float]) -> None:
    low, best, high = figures
    found = of(total("x", "a>c", 0, 9, 40, 60), total("y", "a>c", 0, 9, low, high, best=best))
    assert found.flows[0].reports == ("x",)
    assert found.conflicts == ()


def test_enormous_figures_beside_small_ones_are_solved() -> None:
    found = of(total("x", "a>c", 0, 9, 9e14, 1e15), total("y", "a>c", 0, 5, 3, OPEN, claimant="B"))
    assert found.flows[0].curve.at_second(at(9))[::2] == (9e14, 1e15)


def test_ids_may_be_missing_or_the_same() -> None:
    found = of(*(total(name, "a>c", 0, 9, low, OPEN) for name, low in (("", 5), ("", 7), ("x", 6), ("x", 9))))
    assert found.flows[0].curve.at_second(at(9))[0] == 9.0
    assert found.flows[0].reports == ("", "x")


def test_no_reports_are_no_volumes() -> None:
    found = of()
    assert (found.flows, found.conflicts, found.complete) == ((), (), True)


def test_a_moment_is_a_window_too() -> None:
    assert of(total("x", "a>c", 4, 4, 5, 5)).flows[0].curve.at_second(at(5))[0] == 5.0


def test_the_solver_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    of(total("x", "a>c", 0, 9, 40, 60))
    assert capfd.readouterr() == ("", "")


def test_a_part_elsewhere_than_its_whole_bounds_the_whole_all_the_same() -> None:
    whole = total("whole", "a>c", 0, 10, 180, 220, mode=1)
    part = total("part", "a>c", 3, 5, 45, 55, claimant="B", mode=2, part_of="whole")
    found = flow(of(whole, part), "a>c", 1)
    assert found.curve.at_second(at(2)) == (0.0, pytest.approx(found.curve.at_second(at(2))[1]), 175.0)
    assert found.curve.at_second(at(6))[0] == 45.0


def test_two_claimants_on_two_months_agree() -> None:
    """What is said of one window says nothing of the time before it, whoever else speaks of that."""
    found = of(total("winter", "a>c", 0, 3, 450, 550), total("june", "a>c", 6, 9, 90, 110, claimant="B"))
    assert found.conflicts == ()
    curve = found.flows[0].curve
    assert [curve.at_second(at(day))[::2] for day in (3, 6, 9)] == [(450.0, 550.0), (450.0, OPEN), (540.0, OPEN)]


def test_no_report_is_taken_off_itself() -> None:
    """What may have gone before June is what the year allows less what went in June, and not June's most less its
    least."""
    year = total("year", "K>R", 0, 20, 1800, 2200, running="yes")
    found = flow(of(year, total("june", "a>c", 10, 13, 90, 110)), "a>c").curve
    assert found.at_second(at(10))[2] == 2110.0
    taken_off = Term("june", -1.0, 90.0, "low")
    assert taken_off in found.high_by[int(np.searchsorted(found.time, at(10)))]


@pytest.mark.parametrize("finer", [{"mode": 1}, {"route": "a>R"}])
def test_what_does_not_say_how_or_whence_may_be_the_same_goods_as_a_finer_report(finer: dict[str, object]) -> None:
    route = str(finer.get("route", "K>R"))
    said = total("all", "K>R", 0, 9, 90, 100), total("finer", route, 0, 9, 90, 100, mode=int(str(finer.get("mode", 0))))
    found = of(*said, carried=[leg("K>R", 2, 4, 50, mode=0)])
    assert found.conflicts == ()
    assert [each.curve.at_second(at(9))[::2] for each in found.flows] == [(90.0, 100.0)] * 2
    itemised = {(each.scope.origin, each.scope.mode): each.itemised for each in found.flows}
    assert itemised == {("K", 0): 50.0, (route[0], int(str(finer.get("mode", 0)))): 0.0}


def test_a_flow_inside_another_never_has_more_without_a_contradiction() -> None:
    """The containers of an onward leg were in the wider flow before."""
    carried = leg("a>c", 1, 2, 50, shipment="s"), leg("a>e", 4, 5, (100, OPEN), shipment="s")
    said = total("wide", "K>R", 0, 9, 0, 60), total("narrow", "a>e", 0, 9, 0, OPEN, claimant="B")
    assert of(*said, carried=carried).conflicts != ()
    modest = leg("a>c", 1, 2, 50, shipment="s"), leg("a>e", 4, 5, (50, OPEN), shipment="s")
    found = of(*said, carried=modest)
    assert found.conflicts == ()
    assert flow(found, "a>e").curve.at_second(at(9))[::2] == (50.0, 60.0)
