"""The committed facts read without a problem, and say what the founding article says."""

from __future__ import annotations

import csv

import pytest

from geo import data_folder
from geo.errors import UnreadableFile
from geo.tables.read import Kind, read


@pytest.mark.parametrize("kind", ["legs", "totals", "places", "events"])
def test_the_committed_files_have_no_problem(kind: Kind) -> None:
    reading = read(data_folder.path(f"{kind}.csv"))
    assert (reading.kind, reading.problems, reading.ignored) == (kind, (), ())


def test_the_ports_have_no_problem() -> None:
    assert read(data_folder.path("ports.csv"), "places").problems == ()


def test_the_founding_article() -> None:
    totals = read(data_folder.path("totals.csv")).table.set_index("id")
    rok = totals.loc["rok-2000-containers"]
    assert (rok["low"], rok["best"], rok["high"], rok["origin"], rok["destination"]) == (
        1800,
        2000,
        2200,
        "KPRJN",
        "RUVVO",
    )
    assert [str(rok[name])[:10] for name in ("start_earliest", "start", "end")] == [
        "2022-06-01",
        "2023-08-01",
        "2023-11-03",
    ]
    assert totals.loc["us-1000-containers", "part_of"] == "rok-2000-containers"
    assert sorted(totals["unit"].unique()) == ["artillery round", "container", "shipment"]
    assert len(read(data_folder.path("legs.csv")).table) == 0, "no single voyage of the ten shipments is dated"


def test_every_report_and_event_has_its_source_listed() -> None:
    with data_folder.path("sources.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["url"] for row in csv.DictReader(file)}
    for kind in ("totals", "events"):
        urls = read(data_folder.path(f"{kind}.csv")).table["url"]
        assert set(urls) <= listed, kind


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(UnreadableFile, match=r"nothing\.csv"):
        data_folder.path("nothing.csv")
