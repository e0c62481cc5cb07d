"""`waybill check` says what it found by exit code, JSON and table, and never shows a traceback."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo import cli
from geo.evidence import facts
from tests import zoo

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
BAD = "Nowhere,Vladivostok,2023-09-07,dozens\n"
RUN = CliRunner()


@pytest.fixture
def legs(tmp_path: Path) -> Path:
    return tmp_path / "legs.csv"


@pytest.mark.parametrize(
    ("text", "code"), [(LEGS + GOOD, 0), (LEGS, 0), (LEGS + GOOD + BAD, 1), ("a,b\n1,2\n", 2), ("", 2)]
)
@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_the_exit_code_says_how_it_went(legs: Path, text: str, code: int, extra: list[str]) -> None:
    legs.write_text(text)
    assert RUN.invoke(cli.app, ["check", str(legs), *extra]).exit_code == code


def test_json_has_exactly_these_keys(legs: Path) -> None:
    legs.write_text(LEGS + GOOD + BAD)
    report = json.loads(RUN.invoke(cli.app, ["check", str(legs), "--json"]).stdout)
    assert list(report) == ["file", "kind", "sha256", "rows", "kept", "set_aside", "problems"]
    assert (report["file"], report["kind"]) == (str(legs), "legs")
    assert report["sha256"] == hashlib.sha256(legs.read_bytes()).hexdigest()
    assert (report["rows"], report["kept"], report["set_aside"]) == (2, 1, 1)
    assert [(problem["row"], problem["column"]) for problem in report["problems"]] == [(3, "origin"), (3, "containers")]
    assert all(list(problem) == ["row", "column", "given", "rule", "hint"] for problem in report["problems"])


def test_json_of_what_cannot_be_read_has_the_same_keys(tmp_path: Path) -> None:
    result = RUN.invoke(cli.app, ["check", str(tmp_path), "--json"])
    report = json.loads(result.stdout)
    assert (result.exit_code, report["sha256"], report["problems"][0]["rule"]) == (2, None, "is a folder")
    assert list(report) == ["file", "kind", "sha256", "rows", "kept", "set_aside", "problems"]


@pytest.mark.parametrize("kind", ["legs", "totals", "places", "events"])
def test_the_committed_facts_pass(kind: str) -> None:
    assert RUN.invoke(cli.app, ["check", str(facts.path(f"{kind}.csv")), "--kind", kind]).exit_code == 0


def test_a_reader_sees_counts_lines_and_hints(legs: Path) -> None:
    legs.write_text(LEGS + GOOD + BAD)
    output = RUN.invoke(cli.app, ["check", str(legs)], env={"COLUMNS": "200"}).stdout
    assert "2 rows read, 1 kept, 1 set aside" in output
    assert "'Nowhere' is not in the gazetteer" in output
    assert "the least and the most" in output


@pytest.mark.parametrize("name", ["escape_sequence", "right_to_left", "zero_width"])
def test_control_and_invisible_marks_are_shown_as_text(legs: Path, name: str) -> None:
    mark = zoo.HOSTILE_TEXT[name]
    legs.write_text(f"{LEGS}{mark},RUVVO,2023-09-07,x\n", encoding="utf-8")
    output = RUN.invoke(cli.app, ["check", str(legs)], env={"COLUMNS": "200"}).stdout
    assert not any(each in output for each in ("\x1b", "\u202e", "\u200b"))
    assert "\\x1b" in output or "\\u20" in output


def test_markup_is_text(legs: Path) -> None:
    legs.write_text(f"{LEGS}[bold red]x[/],RUVVO,2023-09-07,:smile:\n")
    output = RUN.invoke(cli.app, ["check", str(legs)], env={"COLUMNS": "200"}).stdout
    assert "[bold red]x[/]" in output
    assert ":smile:" in output


def test_a_fault_of_ours_is_a_sentence_too(legs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(cli, "read", broken)
    result = RUN.invoke(cli.app, ["check", str(legs)])
    assert result.exit_code == 2
    assert "boom" in result.stderr
    assert "Traceback" not in result.output


def test_serve_runs_the_page_of_the_repository_headless(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    folders: list[Path] = []
    monkeypatch.setattr(cli.os, "execv", lambda _, command: ran.append(command))
    monkeypatch.setattr(cli.os, "chdir", folders.append)
    monkeypatch.setattr(cli.subprocess, "call", lambda command: ran.append(command) or 0)
    RUN.invoke(cli.app, ["serve", "--port", "8599"])
    command = ran[0]
    assert command[1:4] == ["-m", "streamlit", "run"]
    assert Path(command[4]) == Path(__file__).parent.parent / "app.py"
    assert folders == [Path(__file__).parent.parent]
    options = {"--server.port=8599", "--server.headless=true", "--browser.gatherUsageStats=false"}
    assert options <= set(command)
    RUN.invoke(cli.app, ["serve", "--browser"], env={"PORT": "8600"})
    assert {"--server.port=8600", "--server.headless=false"} <= set(ran[-1])
