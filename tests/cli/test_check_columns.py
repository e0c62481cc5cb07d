"""`waybill check` of columns with other names than ours: what they may be, and what is asked before they are taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.sample_rows import FOREIGN, GOOD, LEGS


def test_foreign_columns_are_shown_and_not_applied(run: Callable, file: Callable) -> None:
    path = file(FOREIGN)
    result = run("check", path)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert "--map" in result.stderr
    assert all(each in result.stderr for each in ("POL", "origin", "certain"))
    report = json.loads(run("check", path, "--json").stdout)
    assert (report["rows"], report["kept"]) == (0, 0)
    assert report["mapping"]["agreed"] is False
    assert set(report["mapping"]["missing"]) == {"origin", "destination", "depart", "containers"}
    assert report["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert report["problems"][0]["row"] == 0


def test_a_file_without_dates_is_taken_with_a_day_that_is_stated(run: Callable, file: Callable) -> None:
    path = file("origin,dest,boxes\nNajin,Vladivostok,3\n")
    refused = run("check", path, "--yes")
    assert refused.exit_code == 2
    assert "It holds no dates. Use --yes --set depart=2" in refused.stderr
    assert "your statement, not the file's" in refused.stderr
    report = json.loads(run("check", path, "--yes", "--set", "depart=2023-09-01", "--json").stdout)
    assert (report["kept"], report["mapping"]["fixed"]) == (1, {"depart": "2023-09-01", "unit": "container"})
    dated = run("check", file("origin,dest,boxes,said_on\nNajin,Vladivostok,3,2023-09-01\n"), "--kind", "legs", "--yes")
    assert "holds no dates" not in dated.stderr


def test_arrivals_without_departures_are_taken_once_that_is_agreed_to(run: Callable, file: Callable) -> None:
    path = file("origin,destination,arrive,containers\nNajin,Vladivostok,2023-09-09,3\n")
    refused = run("check", path)
    assert refused.exit_code == 2
    assert "it gives arrivals and no departures" in refused.stderr
    taken = run("check", path, "--yes")
    assert taken.exit_code == 0
    assert "No column gives a departure: each leg counts when it arrives." in taken.stdout


def test_a_column_that_is_called_week_is_named_where_a_departure_is_lacking(run: Callable, file: Callable) -> None:
    path = file("origin,destination,week,containers\nNajin,Vladivostok,?,3\n")
    refused = run("check", path, "--yes")
    assert "holds no dates" not in refused.stderr
    assert "--map 'week'=depart" in refused.stderr


def test_a_kind_that_nothing_tells_is_asked_for(run: Callable, file: Callable) -> None:
    path = file("Colour,Shape\nred,round\n")
    result = run("check", path)
    assert result.exit_code == 2
    assert "do not show what its rows are" in result.stderr
    assert "legs need origin, destination, depart, containers" in result.stderr
    assert "events need date, title" in result.stderr
    report = json.loads(run("check", path, "--json").stdout)
    assert (report["kind"], report["problems"][0]["rule"]) == (
        None,
        "its columns do not show what its rows are",
    )
    assert "--map" in run("check", path, "--kind", "events").stderr


def test_agreeing_applies_them(run: Callable, file: Callable) -> None:
    result = run("check", file(FOREIGN), "--yes", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["kept"], report["mapping"]["agreed"]) == (0, 2, True)
    assert report["mapping"]["columns"]["POL"] == "origin"
    assert report["mapping"]["dates"] == {"depart": "day first"}
    assert report["dialect"]["delimiter"] == ";"


def test_what_is_missing_is_named_once(run: Callable, file: Callable) -> None:
    path = file("Main Port Name,UN/LOCODE,Latitude,Longitude\nNajin,KP RJN,42.2,130.3\n")
    refused = " ".join(run("check", path).stderr.split())
    assert "these columns of places are guesses, shown above, and not applied yet: name, lon, lat, code." in refused


def test_saying_each_column_needs_no_yes(run: Callable, file: Callable) -> None:
    said = [f"--map={pair}" for pair in ("POL=origin", "POD=destination", "ETD=depart", "Boxes=containers")]
    assert run("check", file(FOREIGN), *said).exit_code == 0
    # One that is not said is not guessed either.
    assert run("check", file(FOREIGN), *said[:-1]).exit_code == 2
    assert run("check", file(FOREIGN), *said[:-1], "--set", "containers=1").exit_code == 0


def test_what_is_said_counts_more_than_what_is_guessed(run: Callable, file: Callable) -> None:
    swapped = ["--yes", "--map", "POL=destination", "--map", "POD=origin", "--dates", "depart=day", "--json"]
    report = json.loads(run("check", file(FOREIGN), *swapped).stdout)
    assert (report["mapping"]["columns"]["POL"], report["mapping"]["columns"]["POD"]) == ("destination", "origin")


@pytest.mark.parametrize(
    "said",
    [
        ["--map", "Nothing=origin"],
        ["--map", "POL=harbour"],
        ["--map", "POL"],
        ["--set", "harbour=x"],
        ["--set", "unit"],
        ["--dates", "depart=someday"],
        ["--dates", "origin=day"],
        ["--place", "Najin=95, 200"],
        ["--map", "POL=origin", "--map", "POD=origin"],
        ["--delimiter", ""],
        ["--encoding", "klingon"],
        ["--kind", "ships"],
        ["--header-line", "-1"],
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Callable, file: Callable, said: list[str]) -> None:
    result = run("check", file(FOREIGN), "--yes", *said)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.output
    assert "fault of Waybill" not in result.output


def test_places_under_foreign_names_are_taken_once_agreed(
    run: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    flows, locations = Path("flows.csv"), Path("locations.csv")
    flows.write_text("origin,dest,boxes,time\n1,2,30,2023-09-07\n2,1,44,2023-09-08\n")
    locations.write_text("id,name,lat,lon\n1,Alpha,43.1,131.9\n2,Beta,42.2,130.3\n")
    result = run("check", flows, "--places", locations)
    assert result.exit_code == 2
    assert "locations.csv" in result.output
    result = run("check", flows, "--places", locations, "--yes", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["kept"]) == (0, 2)


CALLS = "Vessel,Port,ETA,ETD\nMaya,Busan,2023-09-01,2023-09-02\nMaya,Najin,2023-09-05,2023-09-06\n"


def test_port_calls_are_named_with_the_command_that_makes_legs_of_them(run: Callable, file: Callable) -> None:
    path = file(CALLS)
    for extra in ([], ["--yes"]):
        refused = run("check", path, *extra)
        assert refused.exit_code == 2
        words = " ".join(refused.output.split())
        assert "Each row is a port call of a ship" in words
        assert f"waybill check {path} --shape port-calls" in words
    question = json.loads(run("check", path, "--json").stdout)["mapping"]["questions"][0]
    assert (question["option"], question["answers"]) == ("--shape", ["port-calls"])
    report = json.loads(run("check", path, "--shape", "port-calls", "--json").stdout)
    assert (report["kind"], report["kept"], report["set_aside"]) == ("legs", 1, 0)
    assert report["dialect"]["shape"] == "port-calls"
    wrong = run("check", file(LEGS + GOOD), "--shape", "port-calls")
    assert wrong.exit_code == 2
    assert "no columns of a ship" in " ".join(wrong.output.split())


def test_places_without_codes_are_taken_once_agreed(run: Callable, file: Callable) -> None:
    path = file("Port name,Lat,Lon\nMy pier,42.23,130.3\n")
    refused = run("check", path)
    assert refused.exit_code == 2
    assert "no codes of places" in " ".join(refused.output.split())
    assert run("check", path, "--yes").exit_code == 0


def test_two_dates_that_may_be_ends_of_a_period_are_asked_about(run: Callable, file: Callable) -> None:
    path = file("Origin,Destination,From,To,Containers\nNajin,Vladivostok,2023-05-03,2023-05-09,5\n")
    got = run("check", path, "--yes")
    assert got.exit_code == 2
    assert "--map From=depart_from --map To=depart_to" in " ".join(got.stderr.split())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("origin,dest,boxes,เดือน\nNajin,Vladivostok,3,มี.ค. 2566\n", "'เดือน' look Buddhist (2566 would be 2023)"),
        ("origin,dest,boxes,Month,Year\nNajin,Vladivostok,3,5,2565\n", "'Year' look Buddhist (2565 would be 2022)"),
        ("origin,dest,boxes,tempo\nNajin,Vladivostok,3,quinto mez 2023\n", "'tempo' may hold dates"),
        ("origin,dest,May 2023 TEU,May 2023 kg\nNajin,Vladivostok,3,4\n", "'May 2023 TEU' and others have dates in"),
    ],
)
def test_dates_that_cannot_be_read_are_named(run: Callable, file: Callable, text: str, told: str) -> None:
    refused = run("check", file(text), "--yes")
    assert refused.exit_code == 2
    said = " ".join(refused.stderr.split())
    assert told in said
    assert "holds no dates" not in said
