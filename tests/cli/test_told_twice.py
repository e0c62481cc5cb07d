"""One movement told twice is named at check, at load, in volumes and in a brief, and answered by its id, or by all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

HEAD = "origin,destination,depart,arrive,containers,claimant,vessel\n"
US = "Rason,Vladivostok,2023-09-10,2023-09-12,300,US,Angara\n"
ROK = US.replace("US", "ROK")
TOTAL = (
    "id,claimant,said_on,origin,destination,window,quantity\n"
    "tot,ROK,2023-11-02,Rason,Vladivostok,2023-09-01/2023-10-31,about 400\n"
)


@pytest.fixture
def legs(file: Callable[..., Path]) -> Path:
    """One voyage that two claimants tell."""
    return file(HEAD + US + ROK)


def asked(run: Callable, *arguments: object) -> dict[str, object]:
    """The one question of a command's JSON."""
    (one,) = json.loads(run(*arguments, "--json").stdout)["told_twice"]
    return dict(one)


def test_check_names_the_lines_and_both_readings(run: Callable, legs: Path) -> None:
    told = run("check", legs)
    assert told.exit_code == 0
    assert "1 movement told more than once" in told.stdout
    assert "Lines 2, 3: ROK and US each report 300 containers, Rason → Vladivostok, 10 Sept 2023." in told.stdout
    assert "Counts as 300–600. Same: 300; separate: 600." in told.stdout
    one = asked(run, "check", legs)
    assert one["legs"] == [{"line": 3, "claimant": "ROK"}, {"line": 2, "claimant": "US"}]
    assert one["both"] == {"low": 600.0, "best": 600.0, "high": 600.0}


def test_a_total_and_a_voyage_told_twice_do_not_contradict(run: Callable, file: Callable, legs: Path) -> None:
    total = file(TOTAL, "total.csv")
    printed = json.loads(run("volumes", legs, total, "--json").stdout)
    (flow,) = printed["flows"]
    assert (flow["coverage"], printed["conflicts"]) == (0.75, [])
    (one,) = printed["told_twice"]
    assert "ROK and US each report 300 containers" in run("volumes", legs, total).stdout
    assert one["id"] == asked(run, "check", legs)["id"]

    separate = json.loads(run("volumes", legs, total, "--separate", one["id"], "--json").stdout)
    assert separate["flows"][0]["coverage"] == 2.0
    assert len(separate["conflicts"]) == 1
    assert separate["told_twice"][0]["answer"] == "separate"
    same = run("volumes", legs, total, "--same", "all")
    assert "each report" not in same.stdout
    unknown = run("volumes", legs, "--same", "move-0")
    assert unknown.exit_code == 2
    assert "move-0" in unknown.stderr


def test_a_brief_names_it_until_it_is_answered(run: Callable, legs: Path, tmp_path: Path) -> None:
    brief = tmp_path / "brief.toml"
    assert run("brief", "--data", legs, "-o", tmp_path / "open.svg", "--write", brief).exit_code == 0
    told = run("brief", brief, "-o", tmp_path / "again.svg")
    assert "ROK and US each report 300 containers" in told.stderr
    assert "300–600 containers" in (tmp_path / "open.svg").read_text("utf-8")
    answered = tmp_path / "answered.toml"
    told = run("brief", brief, "--separate", "all", "-o", tmp_path / "two.svg", "--write", answered)
    assert "each report" not in told.stderr
    assert 'separate = ["all"]' in answered.read_text("utf-8")
    assert "600 containers" in (tmp_path / "two.svg").read_text("utf-8")


def test_load_says_which_rows_an_earlier_import_has(run: Callable, file: Callable) -> None:
    first = file(HEAD + US, "week1.csv")
    second = file(HEAD + US + US.replace("2023-09-1", "2023-09-2"), "week2.csv")
    (made,) = json.loads(run("load", first, "--json").stdout)
    told = run("load", second)
    assert "1 of 2 rows are already in week1.csv, and count once." in told.stdout
    assert f"`waybill library withdraw {made['import']}`" in told.stdout
    (again,) = json.loads(run("load", second, "--json").stdout)
    assert again["already"] == [{"import": made["import"], "rows": 1, "whole": True, "revised": 0}]
    run("library", "withdraw", made["import"])
    (gone,) = json.loads(run("load", second, "--json").stdout)
    assert gone["already"] == []


def test_load_names_the_rows_that_may_correct_those_of_an_earlier_import(run: Callable, file: Callable) -> None:
    later = US.replace("2023-09-1", "2023-09-2")
    first = file(HEAD + US + later, "week1.csv")
    (made,) = json.loads(run("load", first, "--json").stdout)
    second = file(HEAD + US + later.replace("300", "275"), "week2.csv")
    told = run("load", second)
    assert "1 of 2 rows are already in week1.csv, and count once." in told.stdout
    assert "1 row with other figures for the same route, day and source may correct rows of week1.csv" in told.stdout
    (again,) = json.loads(run("load", second, "--json").stdout)
    assert again["already"] == [{"import": made["import"], "rows": 1, "whole": False, "revised": 1}]
