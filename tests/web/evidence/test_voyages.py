"""Evidence for voyages as a reader meets it: routes, running sums, a table, what does not fit, and hostile names."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from geo.voyages.accounts import accounts
from geo.web.evidence.chart import ChartInk
from geo.web.evidence.voyages_chart import running_chart
from tests.voyages.few_voyages import data
from tests.web.evidence.test_page import IMG, charts, told
from tests.web.hands import go, html, load

HEAD = "origin,destination,depart,arrive,containers,mode,vessel,claimant\n"
FAST = "NLRTM,SGSIN,2024-09-01,2024-09-05,100,maritime,Star,Desk A\n"
ROWS = f"{HEAD}{FAST}RUVVO,CNSHA,2024-09-01,2024-09-06,300,maritime,Lady,Desk B\n"
HOSTILE = f'{HEAD}NLRTM,SGSIN,2024-09-01,2024-09-05,100,maritime,"{IMG}","{IMG}"\n'
TOTALS = (
    b"claimant,said_on,origin,destination,window,quantity\nMinistry,2024-10-01,RUVVO,CNSHA,2024-09-01/2024-09-30,500\n"
)
ROUTE = "Route"


@pytest.fixture
def evidence(page: AppTest) -> AppTest:
    """The Evidence page of two voyages."""
    load(page, ("voyages.csv", ROWS.encode()))
    return go(page, "evidence")


def test_all_routes_are_told_at_first_with_what_does_not_fit_and_its_reports(evidence: AppTest) -> None:
    said = told(evidence)
    assert "What does not fit 1" in said
    assert "that is 47 knots; no cargo ship goes faster than 45 knots. Report 1" in said
    assert "Reports on voyages 2" in said
    assert len(charts(evidence)) == 1
    (table,) = evidence.dataframe
    assert table.value["Source"].tolist() == ["Desk B", "Desk A"]
    assert table.value["Containers"].tolist() == ["300", "100"]
    assert "Grade" not in table.value, "nothing is graded"


def test_a_route_narrows_all_of_it_and_stands_in_the_link(evidence: AppTest) -> None:
    (route,) = [each for each in evidence.selectbox if each.label == ROUTE]
    assert [option.split(" · ")[0] for option in route.options] == [
        "All routes (2)", "Vladivostok → Shanghai", "Rotterdam → Singapore",
    ]  # fmt: skip
    route.set_value("RUVVO>CNSHA>1").run()
    assert not evidence.exception
    assert "Nothing was found that cannot be" in told(evidence)
    assert "Reports on voyages 1" in told(evidence)
    assert evidence.query_params["selected"] == "RUVVO>CNSHA>1"


def test_a_source_that_is_filtered_away_takes_its_findings_with_it(evidence: AppTest) -> None:
    evidence.multiselect(key="filter_claimant").set_value(["Desk B"]).run()
    assert not evidence.exception
    assert "47 knots" not in told(evidence)


def test_totals_and_voyages_stand_on_one_page_and_no_report_twice(page: AppTest) -> None:
    load(page, ("voyages.csv", ROWS.encode()), ("totals.csv", TOTALS))
    go(page, "evidence")
    assert "Who says what" in told(page)
    assert "What does not fit 1" in told(page)
    assert len([each for each in page.selectbox if each.label == "Route of voyages"]) == 1


def test_hostile_names_are_text(page: AppTest) -> None:
    load(page, ("voyages.csv", HOSTILE.encode()))
    go(page, "evidence")
    assert IMG in told(page)
    assert IMG not in html(page)


def test_the_chart_has_a_line_for_each_source_from_nothing_to_its_sum() -> None:
    found = accounts(
        data("RUVVO,CNSHA,2024-09-01,2024-09-06,300,maritime,,,A", "RUVVO,CNSHA,2024-09-02,,50,,,,").legs, "container"
    )
    chart = running_chart(
        found, "container", 1725148800, (1725148800, 1726000000), ChartInk("red", "black", "grey"), ["a", "b"]
    )
    spec = json.loads(chart.to_json())
    rows = next(rows for rows in spec["datasets"].values() if "sum" in rows[0])
    sums = {name: [row["sum"] for row in rows if row["source"] == name] for name in ("A", "Source not stated")}
    assert (sums["A"][0], sums["A"][-1]) == (0.0, 300.0)
    assert (sums["Source not stated"][0], sums["Source not stated"][-1]) == (0.0, 50.0)
    assert "A, 300 containers in 1 voyage" in chart["description"]
