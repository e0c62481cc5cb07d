"""The founding article's totals, reconciled: the figures that everything else quotes."""

from __future__ import annotations

import numpy as np
import pytest

from geo import data_folder
from geo.gazetteer.scopes import Scope
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Flow, Term, Volumes
from geo.tables.by_kind import read_totals
from tests.reconcile.reports import OPEN, legs, moment

NO_LEGS = legs()


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
