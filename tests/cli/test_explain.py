"""`waybill explain` says why a figure is what it is, and which routes there are where one is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import data_input

TOTALS = "id,claimant,said_on,origin,destination,window,quantity\n"
ABOUT = 'about,Alpha,2023-11-02,KPRJN,RUVVO,2023-08-01/2023-11-02,"about 2,000"\n'
LEAST = 'least,Beta,2023-10-13,KPRJN,RUVVO,2023-09-07/2023-10-01,"more than 1,000"\n'
BAD = "bad,Beta,2023-10-13,KPRJN,RUVVO,2023-09-07/2023-10-01,many\n"


def test_it_is_the_figure_of_volumes_with_its_sum(run: Callable) -> None:
    days = ("--from", "2023-10-02", "--to", "2023-11-02", "--json")
    why = json.loads(run("explain", "--flow", "KPRJN>RUVVO", *days).stdout)["explanation"]
    flows = json.loads(run("volumes", "--unit", "container", *days).stdout)["flows"]
    assert (why["low"]["figure"], why["high"]["figure"]) == (0, 1199)
    assert [flow["period"] for flow in flows] == [{"from": "2023-10-02", "to": "2023-11-02", "low": 0, "high": 1199}]
    assert sum(each["factor"] * each["figure"] for each in why["high"]["terms"]) == 1199
    assert {"origin": "KPRJN", "destination": "RUVVO", "mode": "maritime", "unit": "container"}.items() <= why.items()


def test_without_a_day_it_is_the_end(run: Callable) -> None:
    said = run("explain", "--flow", "Rason>Vladivostok").stdout.splitlines()
    assert said[:2] == ["Rason → Vladivostok, maritime", "1,800–2,200 containers by 2 Nov 2023."]


def test_the_end_is_that_of_a_period_in_which_legs_departed(run: Callable, tmp_path: Path) -> None:
    file = tmp_path / "months.csv"
    file.write_text(
        "origin,destination,depart,containers\nNajin,Vladivostok,2023-05,90\nNajin,Vladivostok,2023-06,30\n"
    )
    said = run("explain", str(file), "--flow", "Najin>Vladivostok").stdout.splitlines()
    assert said[1].startswith("120 containers by 30 June 2023")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--flow", "Rason>Lyonesse"), "KPRJN>RUVVO --mode maritime (Rason → Vladivostok, maritime, container)"),
        ((), "FROM>TO"),
        (("--flow", "KPRJN>RUVVO", "--mode", "air"), "Known: KPRJN>RUVVO --mode maritime"),
        (("--flow", "KPRJN>RUVVO", "--at", "soon"), "no day"),
        (("--flow", "KPRJN>RUVVO", "--at", "2023-10-01", "--from", "2023-09-01", "--to", "2023-10-01"), "one of them"),
        (("--flow", "KPRJN>RUVVO", "--data", "none"), "Known: founding; wider"),
    ],
)
def test_what_cannot_be_explained_says_why(run: Callable, arguments: tuple[str, ...], said: str) -> None:
    result = run("explain", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_of_files_rows_set_aside_end_it_with_1(run: Callable, file: Callable) -> None:
    path = file(TOTALS + ABOUT + LEAST + BAD, "a.csv")
    result = run("explain", path, "--flow", "KPRJN>RUVVO", "--at", "2023-10-05", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [term["report"] for term in told["explanation"]["low"]["terms"]] == ["least"]
    assert [each["set_aside"] for each in told["files"]] == [1]
    bad = run("explain", file("a,b\n1,2\n", "b.csv"), "--flow", "KPRJN>RUVVO", "--json")
    assert bad.exit_code == 2
    assert json.loads(bad.stdout)["explanation"] is None


def test_an_import_is_named_by_its_id_or_name(run: Callable, file: Callable, own_library: Path) -> None:
    assert run("load", file(TOTALS + ABOUT, "one.csv")).exit_code == 0
    _, made = data_input.import_named("one.csv")
    for name in ("one.csv", made.id, made.id[:6]):
        told = run("explain", "--data", name, "--flow", "KPRJN>RUVVO")
        assert "At most 2,200: Alpha, about 2,000" in told.stdout
        (flow,) = json.loads(run("volumes", "--data", name, "--json").stdout)["flows"]
        assert flow["reports"] == ["about"]
    run("load", file(TOTALS + LEAST, "one.csv"))
    several = run("volumes", "--data", "one.csv")
    assert several.exit_code == 2
    assert "2 imports are called" in several.stderr
    run("library", "withdraw", made.id)
    assert run("volumes", "--data", made.id).exit_code == 2
    assert own_library.exists()
