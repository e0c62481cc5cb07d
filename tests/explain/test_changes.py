"""What a report changed: every flow whose range is another one, with the sums and reports that make it so."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import geo
from geo.dataset.selection import Selection
from geo.explain.changes import changes
from geo.explain.routes import Grounds
from geo.gazetteer.scopes import Scope
from geo.reconcile.volumes import Flow

RASON = Scope("container", "KPRJN", "RUVVO", 1)
HEAD = "id,claimant,said_on,origin,destination,window,quantity,part_of\n"
ABOUT = 'about,Alpha,2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,"about 2,000",\n'
MORE = 'more,Beta,2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,"more than 10,000",\n'


def without(data: geo.DataSet, *reports: str) -> Grounds:
    return Grounds.of(data, Selection(without_report=reports))


def differ(one: Flow | None, other: Flow | None) -> bool:
    """Whether two flows are not the same at some moment, asked of each by itself."""
    if one is None or other is None:
        return True
    times = np.union1d(one.curve.time, other.curve.time).tolist()
    ranges = [[flow.curve.at_second(time)[::2] for time in (*times, times[-1] + 1)] for flow in (one, other)]
    return not np.allclose(*ranges, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", ["founding", "wider"])
def test_each_report_changes_what_differs_without_it_and_nothing_else(name: str) -> None:
    data = geo.open_data(name)
    after = Grounds.of(data)
    reports = sorted(data.totals["id"].astype(str))
    for report in reports if name == "founding" else reports[::4]:
        before = without(data, report)
        old, new = ({flow.scope: flow for flow in each.volumes.flows} for each in (before, after))
        expected = {scope for scope in {*old, *new} if differ(old.get(scope), new.get(scope))}
        found = list(changes(before, after))
        assert {change.scope for change in found} == expected
        assert {each.id for change in found for each in change.reports} <= {report}
        for change in found:
            assert all(each.because for each in change.differences)
            json.dumps(change.as_json(), allow_nan=False)


def test_a_range_is_told_before_and_after_with_the_sum_that_makes_it() -> None:
    data = geo.open_data("founding")
    period = (datetime(2023, 10, 2, tzinfo=UTC), datetime(2023, 11, 3, tzinfo=UTC))
    (change,) = changes(without(data, "us-1000-containers"), Grounds.of(data), period)
    assert change.scope == RASON
    assert [each.sentence for each in change.differences] == [
        "By 31 July 2023: 0–2,200 → 0–1,200 containers",
        "Between 2 Oct and 2 Nov 2023: 0–2,200 → 0–1,200 containers",
    ]
    assert all("2,200 (South Korean military" in each.because[0] for each in change.differences)
    assert [report.id for report in change.reports] == ["us-1000-containers"]
    assert change.as_json()["differences"][1]["was"] == {"low": 0, "high": 2200}


def test_nothing_is_told_of_what_stays() -> None:
    data = geo.open_data("founding")
    assert list(changes(Grounds.of(data), Grounds.of(data))) == []


@pytest.fixture
def of(tmp_path: Path) -> Callable[[str], Grounds]:
    """Totals as text -> what figures of them rest on."""

    def opened(table: str) -> Grounds:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_text(HEAD + table, "utf-8")
        return Grounds.of(geo.open_data(path))

    return opened


def test_a_flow_that_is_new_and_one_that_is_none_any_more(of: Callable[[str], Grounds]) -> None:
    elsewhere = ABOUT.replace("RUVVO", "RUVYP").replace("about,", "other,", 1)
    (new,) = changes(of(elsewhere), of(ABOUT + elsewhere))
    assert new.differences[0].sentence == "By 2 Nov 2023: no range → 1,800–2,200 containers"
    part = 'part,Beta,2023-10-13,KP,RU,2023-09-07/2023-10-01,"more than 1,000",about\n'
    after = of(ABOUT + part)
    gone = {each.name: each for each in changes(without(after.data, "about"), after)}["North Korea → Russia"]
    assert gone.differences[0].after is None
    assert gone.differences[0].sentence == "By 1 Oct 2023: more than 1,000 containers → no range"
    assert "counted among another one" in gone.differences[0].because[0]


def test_a_contradiction_is_a_reason(of: Callable[[str], Grounds]) -> None:
    (change,) = changes(of(ABOUT), of(ABOUT + MORE))
    (difference,) = change.differences
    assert difference.after is not None
    assert math.isinf(difference.after.high.figure)
    assert difference.because[-1].endswith("cannot both hold for Rason → Vladivostok.")
    assert [report.id for report in change.reports] == ["more"]
