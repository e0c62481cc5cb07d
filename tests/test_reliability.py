"""RELIABILITY.md is what its results say, and each figure is read from what its command really prints."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from benchmarks import crash, fuzz, reliability, rows
from benchmarks.reliability_page import PAGE, PYTHONS, RESULT, SENTENCES, Check, page


def ran(main: object, *arguments: str) -> str:
    """What a command prints."""
    app = typer.Typer()
    app.command()(main)  # type: ignore[type-var]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_page_is_what_its_results_say_and_no_more() -> None:
    told = json.loads(RESULT.read_text("utf-8"))
    assert PAGE.read_text("utf-8") == page(told)
    assert told["machine"]["cpus"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["day"])
    assert {each["key"] for each in told["checks"]} <= {*SENTENCES, "suite", "few"}


def test_no_figure_is_part_of_a_sentence_but_100_000_legs() -> None:
    for _, sentence in SENTENCES.values():
        assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", sentence).replace("100,000 legs", ""))


def test_a_check_that_did_not_end_well_has_no_figures_and_says_why() -> None:
    bad = Check("rows", "python -m x", 3, {}, "ended with 1: it | broke")
    here = Check("suite", "python -m pytest -q", 600, {"python": "3.12.1", "passed": 4_000})
    told = {"day": "2026-01-31", "quick": False, "machine": {"cpus": 2}}
    text = page(told | {"checks": [bad.as_json(), here.as_json()]})
    assert "| rows lost | **ended with 1: it / broke** | `python -m x` | 3 s |" in text
    assert "| engines compared | not run | – | – |" in text
    assert "| 3.12.1 | 4,000 passed, the whole suite: `python -m pytest -q`, 10 min |" in text
    assert [version for version in PYTHONS if f"| {version} | not run |" in text] == ["3.11", "3.13", "3.14"]


def test_what_the_fuzzer_prints_is_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert fuzz._run(3, 0, 1.0, None) == {}
    assert reliability.fuzzed(capsys.readouterr().out) == {"inputs": 3, "failed": 0}
    assert reliability.fuzzed("7 inputs from seed 0\n     1,002  FAILED: a hang\n 5  read whole") == {
        "inputs": 7, "failed": 1_002,
    }  # fmt: skip
    monkeypatch.setattr(crash, "rounds", lambda number, _: iter([{"kept": 2, "halves": 1}] * number))
    assert reliability.killed(ran(crash.main, "--rounds", "3")) == {"kills": 3, "halves": 3, "kept": 6}


def test_rows_are_counted_by_their_making() -> None:
    found = reliability.counted(ran(rows.main, "--files", "4"))
    assert found["files"] == 4
    assert found["rows"] == sum(rows.ROWS[:4])
    assert found["taken"] + found["aside"] == found["rows"]
    assert found["aside"] > 0
    assert found["lost"] == 0


def test_a_row_that_is_gone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "counts", lambda *_: (10, 8, 1))
    app = typer.Typer()
    app.command()(rows.main)
    result = CliRunner().invoke(app, ["--files", "2"])
    assert result.exit_code == 1
    assert reliability.counted(result.output)["lost"] == 2


def test_sessions_and_tests_are_read_from_what_is_told() -> None:
    figures = [
        {"name": "each session more", "ours": 12.34, "beside": None, "legs": 50},
        {"name": "server, all closed", "ours": 480.2, "beside": 470.6, "legs": 50},
    ]
    assert reliability.held(json.dumps({"figures": figures})) == {
        "sessions": 50, "each_mb": 12.3, "before_mb": 471, "after_mb": 480,
    }  # fmt: skip
    assert reliability.passed("....\n1 skipped, 12 passed in 3.4s") == {"passed": 12}
    assert reliability.scenes("2 passed in 1s")["scenes"] == 300


def test_a_check_made_anew_takes_the_place_of_the_last_one() -> None:
    def of(key: str, python: str = "", seconds: int = 1) -> Check:
        return Check(key, "python -m x", seconds, {"python": python} if python else {})

    kept = [of("texts"), of("rows"), of("few", "3.11.7"), of("suite", "3.14.1")]
    assert reliability.renewed(kept, of("texts", seconds=9)) == [of("texts", seconds=9), *kept[1:]]
    whole = reliability.renewed(kept, of("suite", "3.11.7"))
    assert whole == [*kept[:2], of("suite", "3.11.7"), kept[3]]
    assert reliability.renewed(kept, of("suite", "3.13.2")) == [*kept, of("suite", "3.13.2")]


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    script = "import sys; print('1 passed'); sys.exit('boom')"
    made = reliability.checked("oldest", sys.executable, ["-c", script], reliability.passed)
    assert made.why == "ended with 1: boom"
    silent = reliability.checked("oldest", sys.executable, ["-c", ""], reliability.passed)
    assert silent.why == "ended with 0: it said nothing"
    tests = "print('FAILED tests/x.py::test_a - boom'); print('1 failed, 2 passed in 3s'); raise SystemExit(1)"
    named = reliability.checked("suite", sys.executable, ["-c", tests], reliability.passed)
    assert named.why == "ended with 1: tests/x.py::test_a; 1 failed, 2 passed in 3s"
    loud = f"import sys; print('a leak', file=sys.stderr); {tests}"
    heard = reliability.checked("suite", sys.executable, ["-c", loud], reliability.passed)
    assert heard.why == "ended with 1: tests/x.py::test_a; a leak"
    assert Path(reliability.OLDEST).name == "test_oldest.py"
