"""Reconciling by example: the article, the contradiction of February 2024, and each kind of report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from geo import data_folder
from geo.gazetteer.places import Places
from geo.gazetteer.scopes import Scope
from geo.reconcile.model.itemised_legs import MOST_MOMENTS
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Curve, Flow, Term, Volumes
from geo.tables.by_kind import read_totals
from tests.reconcile.reports import OPEN, Report, at, leg, legs, total, totals, world

NO_LEGS = legs()


def moment(text: str) -> int:
    """A UTC time as epoch seconds."""
    return int(pd.Timestamp(text, tz="UTC").timestamp())


def of(*reports: Report, carried: Sequence[Report] = ()) -> Volumes:
    """These reports reconciled in the small world."""
    return reconcile(totals(*reports), legs(*carried), world())


def flow(volumes: Volumes, route: str, mode: int = 0) -> Flow:
    """The flow on a route."""
    return next(f for f in volumes.flows if (f"{f.scope.origin}>{f.scope.destination}", f.scope.mode) == (route, mode))


def same(one: Curve, other: Curve) -> None:
    """The two curves are one volume, whatever their moments."""
    for day in range(-1, 40):
        assert one.at_second(at(day)) == pytest.approx(other.at_second(at(day))), f"day {day}"


@pytest.fixture(scope="module")
def article() -> Volumes:
    table, _ = read_totals(data_folder.path("totals.csv"))
    return reconcile(table, NO_LEGS)


@pytest.fixture(scope="module")
def containers(article: Volumes) -> Flow:
    (found,) = (each for each in article.flows if each.scope.unit == "container")
    return found


def test_the_articles_containers_are_one_flow(containers: Flow) -> None:
    assert containers.scope == Scope("container", "KPRJN", "RUVVO", 1)
    assert containers.reports == containers.bearing == ("rok-2000-containers", "us-1000-containers")
    assert containers.inside == ()
    assert (containers.naive_sum, containers.itemised, containers.coverage) == (3001.0, 0.0, 0.0)


def test_the_end_of_1_october_2023_lies_between_1001_and_2200(containers: Flow) -> None:
    low, _, high = containers.curve.at_second(moment("2023-10-02"))
    assert (low, high) == (1001.0, 2200.0)


def test_the_end_of_2_november_2023_is_about_2000(containers: Flow) -> None:
    assert containers.curve.at_second(moment("2023-11-03")) == (1800.0, 2000.0, 2200.0)
    assert not containers.contested
    assert containers.contested_from is None
    assert list(containers.sides) == [("South Korean military", "United States Government")]


def test_up_to_7_september_2023_at_most_1199_which_no_single_report_says(containers: Flow) -> None:
    curve = containers.curve
    why = (Term("rok-2000-containers", 1.0, 2200.0, "high"), Term("us-1000-containers", -1.0, 1001.0, "low"))
    for day in ("2022-07-01", "2023-08-01", "2023-09-07"):
        assert curve.at_second(moment(day))[2] == 1199.0
    assert curve.high_by[int(np.searchsorted(curve.time, moment("2023-09-07")))] == why
    assert curve.at_second(moment("2023-09-08"))[2] == 2200.0


def test_nothing_is_drawn_before_the_printed_start(containers: Flow) -> None:
    assert containers.curve.at_second(moment("2023-08-01"))[1] == 0.0
    assert containers.curve.at_second(moment("2023-08-20"))[1] > 0.0


def test_each_claimant_is_told_alone(containers: Flow) -> None:
    alone = containers.claimants
    assert sorted(alone) == ["South Korean military", "United States Government"]
    assert len(alone) == 2
    assert alone["South Korean military"].at_second(moment("2023-10-02"))[0] == 0.0
    assert alone["United States Government"].at_second(moment("2023-10-02")) == (1001.0, 1001.0, OPEN)


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


def test_running_totals_of_one_claimant_are_never_added() -> None:
    found = of(
        total("x", "a>c", 0, 10, 1800, 2200), total("y", "a>c", 0, 20, 4500, 5500), total("z", "a>c", 0, 30, 6000, 7000)
    )
    assert found.flows[0].curve.at_second(at(30)) == (6000.0, 6500.0, 7000.0)
    assert found.flows[0].naive_sum == 2000 + 5000 + 6500
    assert found.conflicts == ()


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


def test_a_later_window_has_something_before_it_and_the_first_has_not() -> None:
    first = of(total("x", "a>c", (2, 6), 9, 5, 7)).flows[0].curve
    assert first.at_second(at(9))[2] == 7.0
    later = of(total("o", "a>c", 0, 3, 1, OPEN), total("x", "a>c", (2, 6), 9, 5, 7)).flows[0].curve
    assert later.at_second(at(9))[2] == OPEN


def test_an_open_start_reaches_back_to_the_beginning() -> None:
    found = of(total("x", "a>c", None, 9, 5, 7), total("y", "a>c", 3, 5, 1, OPEN, claimant="B")).flows[0].curve
    assert found.time[0] == at(3)
    assert found.at_second(at(9)) == (5.0, 6.0, 7.0)
    alone = of(total("x", "a>c", None, 9, 5, 7)).flows[0].curve
    assert alone.time.tolist() == [at(8), at(9)]


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


def test_legs_certainly_carry_what_they_carry() -> None:
    carried = leg("a>c", 2, 4, (30, 50)), leg("a>c", 3, 5, (20, 20)), leg("b>e", 1, 2, 7)
    found = flow(of(total("x", "a>c", 0, 9, 40, 60), carried=carried), "a>c")
    assert [found.curve.at_second(at(day))[0] for day in (3, 4, 5, 9)] == [0.0, 30.0, 50.0, 50.0]
    assert found.curve.at_second(at(2))[2] == 10.0
    assert found.itemised == 50.0
    assert found.coverage == pytest.approx(50 / found.curve.best[-1])
    assert found.bearing[0].startswith("legs-")


def test_legs_that_cross_one_another_share_a_stretch() -> None:
    carried = leg("a>c", 1, 4, 10), leg("a>c", 3, 6, 10), leg("a>c", 4, 5, 10)
    found = flow(of(total("x", "a>c", 0, 9, 0, OPEN), carried=carried), "a>c")
    assert [found.curve.at_second(at(day))[0] for day in (3, 4, 5, 6)] == [0.0, 10.0, 20.0, 30.0]


def test_the_containers_of_a_shipment_count_once() -> None:
    carried = leg("a>c", 1, 2, 30, shipment="s"), leg("c>e", 3, 4, 30, shipment="s"), leg("c>d", 5, 6, 30, shipment="s")
    found = of(
        total("x", "a>R", 0, 9, 0, OPEN),
        total("y", "R>R", 0, 9, 0, OPEN),
        total("z", "c>d", 0, 9, 0, OPEN),
        carried=carried,
    )
    assert flow(found, "a>R").curve.at_second(at(9))[0] == 30.0
    assert flow(found, "R>R").curve.at_second(at(9))[0] == 30.0
    assert flow(found, "c>d").curve.at_second(at(9))[0] == 30.0
    assert [f.itemised for f in found.flows] == [30.0, 30.0, 30.0]


def test_a_leg_can_contradict_a_total() -> None:
    found = of(total("x", "a>c", 0, 9, 40, 60), carried=[leg("a>c", 2, 4, 70, claimant="B")])
    (conflict,) = found.conflicts
    assert conflict[0].startswith("legs-")
    assert conflict[1] == "x"
    assert found.flows[0].contested
    assert set(found.flows[0].sides) == {("A",), ("B",)}


def test_a_claimant_who_contradicts_himself_is_one_side_of_many_minds() -> None:
    found = of(total("x", "a>c", 0, 9, 40, 60), total("y", "a>c", 0, 9, 70, 80))
    assert found.conflicts == (("x", "y"),)
    assert list(found.flows[0].sides) == [("A",)]
    assert found.flows[0].curve.at_second(at(9)) == (40.0, 50.0, 80.0)
    assert found.flows[0].claimants["A"].at_second(at(9)) == (40.0, 50.0, 80.0)


def test_more_legs_than_moments_lose_no_truth() -> None:
    days = np.linspace(0.5, 300, MOST_MOMENTS)
    carried = [leg("a>c", day, day + 0.3, 1) for day in days.tolist()]
    found = of(total("x", "a>c", 0, 400, 0, OPEN), carried=carried).flows[0].curve
    assert found.time.size < MOST_MOMENTS + 5
    for day in range(0, 320, 7):
        certain = int(np.count_nonzero(days + 0.3 <= day))
        assert certain - 5 <= found.at_second(at(day))[0] <= certain
    assert found.at_second(at(400))[0] == MOST_MOMENTS


def test_many_legs_outside_every_scope_are_passed_over() -> None:
    one = legs(leg("a>c", 1, 2, 3), leg("b>e", 1, 2, 3), leg("a>c", 1, 2, 3, unit="t"))
    many = pd.concat([one] + [one.iloc[1:]] * 10_000, ignore_index=True)
    table = totals(total("x", "a>c", 0, 9, 0, OPEN))
    found = reconcile(table, many, world())
    assert found.flows[0].itemised == 3.0
    same(found.flows[0].curve, reconcile(table, one, world()).flows[0].curve)


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


@pytest.mark.parametrize(("running", "most"), [("", 7.0), ("yes", 7.0), ("no", OPEN)])
def test_a_vague_start_is_that_of_a_running_total_unless_the_report_says_no(running: str, most: float) -> None:
    found = of(total("x", "a>c", (2, 6), 9, 5, 7, running=running), total("o", "a>c", 2, 3, 0, OPEN, claimant="B"))
    assert found.flows[0].curve.at_second(at(9))[2] == most


@pytest.mark.parametrize(("running", "most"), [("", 7.0), ("yes", 7.0), ("no", OPEN)])
def test_an_open_start_caps_all_before_unless_the_report_says_no(running: str, most: float) -> None:
    found = of(total("x", "a>c", None, 9, 5, 7, running=running), total("o", "a>c", 2, 3, 0, OPEN, claimant="B"))
    assert found.flows[0].curve.at_second(at(9))[2] == most


def test_a_running_total_caps_from_its_earliest_start_and_not_from_before() -> None:
    found = of(total("x", "a>c", 4, 9, 5, 7, running="yes"), total("o", "a>c", 2, 3, 0, OPEN)).flows[0].curve
    assert found.at_second(at(9))[2] == OPEN


@pytest.mark.parametrize("finer", [{"mode": 1}, {"route": "a>R"}])
def test_what_does_not_say_how_or_whence_may_be_the_same_goods_as_a_finer_report(finer: dict[str, object]) -> None:
    route = str(finer.get("route", "K>R"))
    said = total("all", "K>R", 0, 9, 90, 100), total("finer", route, 0, 9, 90, 100, mode=int(str(finer.get("mode", 0))))
    found = of(*said, carried=[leg("K>R", 2, 4, 50, mode=0)])
    assert found.conflicts == ()
    assert [each.curve.at_second(at(9))[::2] for each in found.flows] == [(90.0, 100.0)] * 2
    itemised = {(each.scope.origin, each.scope.mode): each.itemised for each in found.flows}
    assert itemised == {("K", 0): 50.0, (route[0], int(str(finer.get("mode", 0)))): 0.0}


def test_a_leg_that_does_not_say_how_adds_to_no_finer_flow() -> None:
    said = total("all", "a>R", 0, 9, 0, 1000), total("sea", "a>R", 0, 9, 39, OPEN, mode=1, claimant="B")
    found = of(*said, carried=[leg("a>c", 2, 4, 271, mode=0)])
    assert flow(found, "a>R").curve.at_second(at(9))[::2] == (271.0, 1000.0)
    assert flow(found, "a>R", 1).curve.at_second(at(9))[::2] == (39.0, 1000.0)


def test_a_leg_of_another_unit_is_no_part_of_a_flow_on_the_same_route() -> None:
    said = total("all", "K>R", 0, 9, 90, 100), total("trips", "a>c", 0, 9, 1, OPEN, unit="trip", mode=1)
    found = of(*said, carried=[leg("a>c", 2, 4, 95, unit="trip")])
    assert flow(found, "K>R").curve.at_second(at(2))[2] == 100.0
    assert flow(found, "a>c", 1).curve.at_second(at(4))[0] == 95.0


def test_an_onward_leg_explains_nothing_outside_its_own_time() -> None:
    """A leg of days 8 and 9 is none of what a report counts in days 0 to 4."""
    carried = leg("a>c", 5, 6, 30, shipment="s"), leg("c>d", 8, 9, 30, shipment="s")
    said = total("x", "c>d", 0, 4, 20, 30), total("y", "R>R", 0, 4, 0, 10, claimant="B"), total("o", "a>c", 0, 9, 0, 99)
    assert of(*said, carried=carried).conflicts == (("x", "y"),)


def test_a_flow_inside_another_never_has_more_without_a_contradiction() -> None:
    """The containers of an onward leg were in the wider flow before."""
    carried = leg("a>c", 1, 2, 50, shipment="s"), leg("a>e", 4, 5, (100, OPEN), shipment="s")
    said = total("wide", "K>R", 0, 9, 0, 60), total("narrow", "a>e", 0, 9, 0, OPEN, claimant="B")
    assert of(*said, carried=carried).conflicts != ()
    modest = leg("a>c", 1, 2, 50, shipment="s"), leg("a>e", 4, 5, (50, OPEN), shipment="s")
    found = of(*said, carried=modest)
    assert found.conflicts == ()
    assert flow(found, "a>e").curve.at_second(at(9))[::2] == (50.0, 60.0)


def test_without_a_start_nothing_is_known_of_before() -> None:
    """Neither that nothing moved until a day before, nor how much: elsewhere something began on day 0."""
    back = flow(of(total("there", "a>c", 0, 10, 5, 9), total("back", "c>a", None, 20, 300, OPEN)), "c>a")
    assert back.curve.at_second(at(1)) == (0.0, 0.0, OPEN)
    assert back.curve.at_second(at(18)) == (0.0, 0.0, OPEN)
    assert back.curve.at_second(at(20))[:2] == (300.0, 300.0)
