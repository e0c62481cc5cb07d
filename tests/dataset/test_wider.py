"""The wider set reads without a problem, every row traces to its source, and its one contradiction is found."""

from __future__ import annotations

import csv
import re
from itertools import combinations

import pandas as pd
import pytest

from geo import data_folder
from geo.columns import PRECISIONS
from geo.gazetteer.places import Places
from geo.parsing.units import unit_name
from geo.reconcile.reconcile import reconcile
from geo.tables.by_kind import read_events, read_legs, read_totals
from geo.tables.read import read

TOTALS, _ = read_totals(data_folder.path("wider/totals.csv"))
EVENTS, _ = read_events(data_folder.path("wider/events.csv"))
LEGS, _ = read_legs(data_folder.path("wider/legs.csv"))
FOUNDING, _ = read_totals(data_folder.path("totals.csv"))
BY_ID = TOTALS.set_index("id")
ROWS = TOTALS["id"].tolist()
COUNTED_BY_US = {
    "rusi-5-trips": "the page was read from its beginning alone; the note says where the number was read",
}
"""Reports whose figure their own source, as it was seen, does not spell out; and why."""
SPELT = {
    "5": "five",
    "10": "ten",
    "1000000": "a million",
    "1600000": "1.6 million",
    "2000000": "two million",
    "3000000": "three million",
    "40000006000000": "four to six million",
    "5000000": "five million",
    "6000000": "six million",
    "9000000": "nine million",
    "9400000": "9.4 million",
    "12000000": "twelve million",
}
"""Figures that sources write out."""


def rows_of(name: str) -> list[dict[str, str]]:
    with data_folder.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["wider/totals.csv", "wider/legs.csv", "wider/events.csv"])
def test_the_wider_files_have_no_problem(name: str) -> None:
    reading = read(data_folder.path(name))
    assert (list(reading.problems), reading.ignored, len(reading.set_aside)) == ([], (), 0)
    assert reading.kept == len(rows_of(name))


def test_every_report_and_event_has_its_source_listed_and_seen() -> None:
    sources = {row["url"]: row for row in rows_of("wider/sources.csv")}
    assert set(TOTALS["url"]) | set(LEGS["url"]) | set(EVENTS["url"]) <= set(sources)
    assert all(row["states"] and row["seen"] and row["outlet"] and row["date"] for row in sources.values())
    ids = [row["id"] for row in rows_of("wider/sources.csv")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("report", ROWS)
def test_every_report_says_all_that_a_card_needs(report: str) -> None:
    row = BY_ID.loc[report]
    for name in ("claimant", "outlet", "words", "note", "url", "nature", "window_words", "quantity_words", "unit"):
        assert row[name], name
    assert row["precision"] in PRECISIONS[1:]
    assert row["said_on"] + pd.Timedelta(days=1) >= row["end_earliest"], "nothing is said of what has not happened"
    assert (row["reliability"], row["credibility"]) == ("", ""), "Waybill never grades"
    assert (row["archive_url"], row["archive_sha256"]) == ("", "")
    assert row["accessed"] is pd.NaT


@pytest.mark.parametrize("report", sorted({*ROWS} - {*COUNTED_BY_US}))
def test_every_figure_is_in_its_source(report: str) -> None:
    row = BY_ID.loc[report]
    source = next(each for each in rows_of("wider/sources.csv") if each["url"] == row["url"])
    told = f"{source['title']} {source['states']}".casefold()
    figure = re.sub(r"[^0-9]", "", row["quantity_words"])
    assert figure in told.replace(",", "") or SPELT[figure] in told


def test_capacities_are_of_a_statement_and_bound_nothing() -> None:
    capacities = TOTALS[TOTALS["nature"] == "capacity"]
    assert set(capacities["unit"]) == {"artillery round"}
    for _, row in capacities.iterrows():
        statement = re.search(r"Of the statement (\S+)\.$", row["note"])
        assert statement, row["id"]
        parent = BY_ID.loc[statement[1]]
        same = ("claimant", "outlet", "said_on", "origin", "destination", "start_earliest", "end_latest", "url")
        assert all(str(row[name]) == str(parent[name]) for name in same), row["id"]
        assert parent["nature"] != "capacity"


def test_what_was_seen_is_an_observation_with_its_reason() -> None:
    observed = BY_ID[BY_ID["nature"] == "observed"]
    assert {"us-5-railcars", "us-300-containers", "osc-64-trips", "nkpro-32-trips"} <= set(observed.index)
    assert observed["note"].str.contains("bounds from below").all()


def test_each_unit_and_each_claimant_has_one_name() -> None:
    assert all(unit_name(unit) == unit for unit in TOTALS["unit"])
    assert sorted(TOTALS["unit"].unique()) == ["artillery round", "container", "railcar", "shipment", "tonne", "trip"]
    assert {name for name in TOTALS["claimant"] if "South Korea" in name} == {
        "South Korean military",
        "South Korea's Defense Intelligence Agency",
        "South Korea's National Intelligence Service",
        "South Korean intelligence (agency not named)",
    }
    assert {name for name in TOTALS["claimant"] if "United States" in name} == {"United States Government"}


def test_the_founding_statements_are_in_it_as_they_are() -> None:
    same = ["claimant", "outlet", "said_on", "origin", "destination", "window_words", "quantity_words", "unit", "mode"]
    same += ["cargo", "nature", "part_of", "words", "url", "low", "best", "high", "start_earliest", "end_latest"]
    founding = FOUNDING.set_index("id")[same]
    pd.testing.assert_frame_equal(BY_ID.loc[founding.index, same].astype(founding.dtypes), founding)


def test_the_two_ports_of_the_far_east_lie_in_their_area() -> None:
    within = Places.load().frame.set_index("code")["within"]
    assert within["dunay"] == within["RUVYP"] == "vostochny-dunay"
    assert within["vostochny-dunay"] == within["RUVVO"] == "near-vladivostok"
    assert within["khasan"] == "russian-far-east"
    assert within["western-russia"] == within["russian-far-east"] == "RU"


def test_the_events_name_what_the_story_turns_on() -> None:
    titles = dict(zip(EVENTS["date"].dt.strftime("%Y-%m-%d"), EVENTS["title"], strict=True))
    assert titles["2023-09-13"] == "Kim Jong Un meets Vladimir Putin"
    assert titles["2024-02-23"] == "United States sanctions name Vostochny and Dunay"
    assert EVENTS["date"].is_monotonic_increasing
    assert (EVENTS["source"] != "").all()


def test_the_contradiction_of_february_2024_is_found_and_minimal() -> None:
    volumes = reconcile(TOTALS, LEGS)
    found = {frozenset(each) for each in volumes.conflicts}
    february = frozenset({"us-10000-containers", "rok-6700-containers"})
    assert february in found
    assert not any(one < other for one, other in combinations(found, 2))
    assert all("us-10000-containers" in each and len(each) == 2 for each in found)
    for left_out in february:
        pair = TOTALS[TOTALS["id"].isin(february - {left_out})]
        assert not reconcile(pair, LEGS).conflicts, "each of the two by itself can be true"
    contested = [flow.scope for flow in volumes.flows if flow.contested]
    assert [(scope.unit, scope.origin, scope.destination, scope.mode) for scope in contested] == [
        ("container", "KP", "RU", 0)
    ]


def test_what_each_side_of_it_holds_shows_the_disagreement() -> None:
    """By 26 February: Seoul's about 6,700 since July 2023, and Washington's more than 10,000, with what nobody
    contradicts. Of the time before July 2023 Seoul says nothing, and the totals since mid-2022 leave room there."""
    (flow,) = (each for each in reconcile(TOTALS, LEGS).flows if each.contested)
    by = int(pd.Timestamp("2024-02-27", tz="UTC").timestamp())
    of = {name: curve.at_second(by) for names, curve in flow.sides.items() for name in names}
    july = int(pd.Timestamp("2023-07-01", tz="UTC").timestamp())
    before = {name: curve.at_second(july) for names, curve in flow.sides.items() for name in names}
    assert before["South Korean military"][::2] == (0.0, 10799.0)
    assert of["South Korean military"][::2] == (6030.0, 7370.0 + 10799.0)
    assert of["United States Government"][::2] == (10001.0, 30800.0)
    assert flow.claimants["South Korean military"].at_second(by)[0] == 6030.0


def test_the_one_voyage_that_was_dated_is_a_leg_and_covers_a_part_of_the_trips() -> None:
    (voyage,) = LEGS.to_dict("records")
    told = [voyage[name] for name in ("vessel", "imo", "unit", "containers_best")]
    assert told == ["Lady R", "9161003", "trip", 1.0]
    counted = next(flow for flow in reconcile(TOTALS, LEGS).flows if "osc-64-trips" in flow.reports)
    assert counted.itemised == 1.0
    assert counted.coverage is not None
    assert 1 / 80 < counted.coverage <= 1 / 64


def test_no_start_is_made_up_for_a_total_that_has_none() -> None:
    unsaid = TOTALS[TOTALS["note"].str.startswith("No start is stated") | TOTALS["id"].eq("rok-9000-back")]
    opened = TOTALS[TOTALS["start"].isna()]
    assert set(unsaid["id"]) - {"rok-2000-containers"} <= set(opened["id"])
    assert opened["window_words"].str.startswith("../").all()


def test_said_twice_is_said_once() -> None:
    twice = pd.concat([TOTALS, TOTALS.assign(id=TOTALS["id"] + "-again", part_of=TOTALS["part_of"])])
    once, again = reconcile(TOTALS, LEGS), reconcile(twice, LEGS)
    for one, other in zip(once.flows, again.flows, strict=True):
        assert one.scope == other.scope
        assert one.curve.low.tolist() == pytest.approx(other.curve.low.tolist())
        assert one.curve.high.tolist() == pytest.approx(other.curve.high.tolist())
