"""`waybill legs` lists what stands behind a sum, and says what it could not list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.engine import whereabouts

LEGS = "origin,destination,depart,containers,vessel\n"
GOOD = "Najin,Vladivostok,2023-09-07,300,\x1b[31m=Angara\nNajin,Vladivostok,2023-09-08,>20,Maria\n"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What this machine remembers, empty at first."""
    monkeypatch.setenv(whereabouts.VARIABLE, str(tmp_path / "state"))
    return tmp_path / "state"


def test_the_legs_of_a_route_are_listed(run: Callable, file: Callable, tmp_path: Path) -> None:
    file(LEGS + GOOD, "one.csv")
    two = file(LEGS + GOOD, "two.csv")
    out = tmp_path / "volumes.parquet"
    told = run("sum", tmp_path / "*.csv", "-o", out)
    assert "This machine remembers where these legs lie, and the file does not say it" in " ".join(told.stdout.split())
    listed = run("legs", out, "--flow", "Rason>Vladivostok")
    assert listed.exit_code == 0
    assert listed.stdout.splitlines()[0].split("\t")[2:] == ["more than 20", "", "2023-09-08", "Maria", "one.csv"]
    assert "\x1b" not in listed.stdout
    assert "4 legs, from 2 files." in listed.stderr
    two.unlink()
    again = run("legs", out, "--flow", "KPRJN>RUVVO>0", "--from", "2023-09-07", "--to", "2023-09-07", "--json")
    told = json.loads(again.stdout)
    assert again.exit_code == 1
    assert (told["rows"], told["searched"], told["files"]) == (1, 1, 2)
    assert told["left_out"] == [{"file": "two.csv", "why": "it is not there any more"}]
    assert [(each["best"], each["file"]) for each in told["listed"]] == [(300, "one.csv")]
    (tmp_path / "one.csv").unlink()
    assert run("legs", out, "--flow", "KPRJN>RUVVO").exit_code == 2


def test_what_is_not_to_be_remembered_is_not(run: Callable, file: Callable, tmp_path: Path, own_state: Path) -> None:
    out = tmp_path / "volumes.parquet"
    assert "remembers" not in run("sum", file(LEGS + GOOD), "-o", out, "--no-legs").stdout
    result = run("legs", out, "--flow", "KPRJN>RUVVO")
    assert result.exit_code == 2
    assert "this machine does not know where the legs behind it lie" in " ".join(result.stderr.split())
    assert not own_state.exists()


def test_a_state_folder_that_cannot_be_written_costs_only_the_list(
    run: Callable, file: Callable, tmp_path: Path, own_state: Path
) -> None:
    own_state.write_text("a file")
    result = run("sum", file(LEGS + GOOD), "-o", tmp_path / "volumes.parquet")
    assert result.exit_code == 0
    assert "cannot be remembered" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none.parquet", "--flow", "A>B"], "is not there"),
        (["there.parquet"], "FROM>TO"),
        (["there.parquet", "--flow", "A>B", "--mode", "magic"], "is no mode"),
        (["there.parquet", "--flow", "A>B", "--from", "soon", "--to", "later"], "no day"),
    ],
)
def test_what_cannot_be_listed_is_said(
    run: Callable, file: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run("sum", file(LEGS + GOOD), "-o", "there.parquet")
    result = run("legs", *words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
