"""Readings of a table that its sources do not say: told apart, and taken back one by one."""

from __future__ import annotations

import pandas as pd
import pytest

from geo import data_folder
from geo.dataset.assumptions import Assumption, assumptions, reaching, read_as
from geo.dataset.dataset import data_set
from geo.dataset.parts import of_bundled
from geo.dataset.selection import Selection, resolved, select
from geo.reconcile.explain.citations import said
from geo.reconcile.reconcile import reconcile
from geo.tables.by_kind import read_legs, read_totals

FOUNDING = data_set(of_bundled(data_folder.FOUNDING))
US, ROK = "us-1000-containers", "rok-2000-containers"


def high_by(selection: Selection, day: str) -> float:
    """The most that Rason → Vladivostok may have carried before a day."""
    left = select(FOUNDING, selection)
    flows = reconcile(left.totals, left.legs, FOUNDING.places).flows
    (flow,) = (each for each in flows if (each.scope.origin, each.scope.unit) == ("KPRJN", "container"))
    return flow.curve.at(pd.Timestamp(day, tz="UTC").to_pydatetime())[2]


def test_the_readings_of_the_founding_article() -> None:
    found = assumptions(FOUNDING.totals, Selection())
    assert Assumption("part_of", US, ROK, holds=True) in found
    assert Assumption("running", ROK, "", holds=True) in found
    assert not any(each.report == US and each.kind == "running" for each in found), "its days are exact"


def test_1199_before_7_september_rests_on_one_report_being_part_of_another() -> None:
    assert high_by(Selection(), "2023-09-07") == 1199.0
    assert high_by(Selection(apart=(US,)), "2023-09-07") == 2200.0
    assert high_by(Selection(apart=("all",)), "2023-10-02") == 2200.0
    assert Assumption("part_of", US, ROK, holds=False) in assumptions(FOUNDING.totals, Selection(apart=(US,)))


def test_a_total_that_counts_its_own_window_alone_caps_nothing_before_it() -> None:
    assert high_by(Selection(not_running=(ROK,)), "2023-08-01") == float("inf")
    again = Selection(running=(ROK,))
    assert Assumption("running", ROK, "", holds=True) in assumptions(FOUNDING.totals, again)
    assert high_by(again, "2023-09-07") == 1199.0


def test_what_the_table_says_of_running_is_where_the_readings_begin() -> None:
    head = b"claimant,said_on,origin,destination,window,quantity,running\n"
    rows = b"A,2023-10-02,KPRJN,RUVVO,2023-08/2023-10-01,300,no\nB,2023-10-02,KPRJN,RUVVO,2023-08-02/2023-10-01,300,\n"
    totals, problems = read_totals(head + rows)
    assert not list(problems)
    (found,) = assumptions(totals, Selection())
    assert (found.kind, found.holds) == ("running", False)
    assert read_as(totals, Selection(running=("all",)))["running"].tolist() == ["yes", "yes"]
    assert read_as(totals, Selection())["running"].tolist() == ["no", ""]


def test_what_is_neither_yes_nor_no_is_refused_with_what_is_allowed() -> None:
    head = b"claimant,said_on,origin,destination,window,quantity,running\n"
    table, problems = read_totals(head + b"A,2023-10-02,KPRJN,RUVVO,2023-08-01/2023-10-01,300,perhaps\n")
    assert not len(table)
    (problem,) = problems
    assert problem.column == "running"
    assert '"yes" or "no"' in problem.rule


def test_an_id_that_no_total_has_is_named() -> None:
    kept, (unknown,) = resolved(FOUNDING, Selection(apart=("us-1000-container",)))
    assert kept.apart == ()
    assert unknown.nearest == US


@pytest.mark.parametrize(("percent", "low", "high"), [(10, 1800, 2200), (20, 1600, 2400), (0, 2000, 2000)])
def test_how_far_about_reaches_is_the_readers(percent: int, low: float, high: float) -> None:
    left = select(FOUNDING, Selection(about=percent))
    flows = reconcile(left.totals, left.legs, FOUNDING.places).flows
    (flow,) = (each for each in flows if (each.scope.origin, each.scope.unit) == ("KPRJN", "container"))
    end = flow.curve.at(pd.Timestamp("2023-11-03", tz="UTC").to_pydatetime())
    assert (end[0], end[2]) == (low, high)
    assert flow.curve.at(pd.Timestamp("2023-10-02", tz="UTC").to_pydatetime())[0] == 1001, "that is no about"


def test_only_what_says_about_reaches_otherwise_in_legs_too() -> None:
    rows = ["about 300", "270-330", "280-320", "300", "up to 300", "more than 300"]
    lines = "\n".join(f"KPRJN,RUVVO,2023-09-01,{text}" for text in rows)
    legs, problems = read_legs(f"origin,destination,depart,containers\n{lines}\n".encode())
    assert not list(problems)
    wider = reaching(legs, 20)
    same = [legs["containers_low"][row] == wider["containers_low"][row] for row in range(len(rows))]
    # 270 to 330 is as wide as "about 300", and its source's own range.
    assert same == [False, True, True, True, True, True]
    assert (wider["containers_low"][0], wider["containers_high"][0]) == (240, 360)
    assert reaching(legs, 10) is legs


def test_a_source_is_not_told_as_saying_what_the_reader_makes_of_its_about() -> None:
    def told(percent: int) -> dict[str, str]:
        return {name: each.figure for name, each in said(select(FOUNDING, Selection(about=percent)).totals).items()}

    assert told(10)[ROK] == "about 2,000"
    assert told(20)[ROK] == "about 2,000 (±20 %)"
    assert told(0)[ROK] == "about 2,000 (±0 %)"
    assert told(20)[US] == "more than 1,000"
