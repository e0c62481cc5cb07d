"""`waybill volumes --since` tells which ranges an import, a file or a report changed, and why."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

HEAD = "id,claimant,said_on,origin,destination,window,quantity\n"
OLD = 'old,Alpha,2023-11-02,KPRJN,RUVYP,2023-08-01/2023-11-02,"about 2,000"\n'
NEW = 'new,Beta,2023-11-02,KPRJN,RUVYP,2023-08-01/2023-11-02,"more than 1,900"\n'
LESS = 'new,Beta,2023-11-02,KPRJN,RUVYP,2023-08-01/2023-11-02,"more than 100"\n'
TOLD = "  By 2 Nov 2023: 1,800–2,200 → 1,901–2,200 containers"
OLD_DATA, NEW_DATA = ("--data", "old.csv"), ("--data", "new.csv")


@pytest.fixture
def loaded(run: Callable, file: Callable) -> None:
    """Two imports: an old one and a new one."""
    for name, row in (("old.csv", OLD), ("new.csv", NEW)):
        assert run("load", file(HEAD + row, name)).exit_code == 0


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("data", [(), OLD_DATA, (*OLD_DATA, *NEW_DATA), ("--data", "founding", *OLD_DATA)])
def test_of_an_import_in_all_that_is_loaded_or_in_what_is_named(run: Callable, data: tuple[str, ...]) -> None:
    lines = run("volumes", "--since", "new.csv", *data).stdout.splitlines()
    assert lines[0] == "With new.csv 1 range changed:"
    # Beside the founding article, which begins before August, nobody caps what had moved by then.
    assert {TOLD, "  By 2 Nov 2023: at least 1,800 → more than 1,900 containers"} & set(lines)
    assert "    More than 1,900: Beta, more than 1,900 from 1 Aug to 2 Nov 2023." in lines
    assert lines[-1].startswith("  Because of new: Beta")


@pytest.mark.usefixtures("loaded")
def test_by_itself_an_import_makes_ranges_where_there_was_none(run: Callable) -> None:
    assert "no range → more than 1,900 containers" in run("volumes", "--since", "new.csv", *NEW_DATA).stdout


def test_of_a_file_and_of_a_report(run: Callable, file: Callable) -> None:
    paths = file(HEAD + OLD, "a.csv"), file(HEAD + NEW, "b.csv")
    assert TOLD in run("volumes", *paths, "--since", "b.csv").stdout.splitlines()
    said = run("volumes", *paths, "--since", "new").stdout.splitlines()
    assert said[0] == "With report new 1 range changed:"
    assert TOLD in said
    same = run("volumes", paths[0], file(HEAD + LESS, "c.csv"), "--since", "new")
    assert same.stdout == "No range is another one with report new.\n"


def test_a_period_is_told_too_and_json_has_both(run: Callable, file: Callable) -> None:
    days = ("--from", "2023-08-01", "--to", "2023-11-02")
    told = json.loads(run("volumes", file(HEAD + OLD + NEW), "--since", "new", *days, "--json").stdout)
    assert told["since"] == "report new"
    assert len(told["flows"]) == 1
    (change,) = told["changes"]
    assert [each["was"] for each in change["differences"]] == [{"low": 1800, "high": 2200}] * 2
    assert [each["is"] for each in change["differences"]] == [{"low": 1901, "high": 2200}] * 2
    assert change["differences"][1]["when"] == {"from": "2023-08-01T00:00:00Z", "before": "2023-11-03T00:00:00Z"}
    assert [each["id"] for each in change["reports"]] == ["new"]


def test_a_claimant_that_is_new_says_nothing_before(run: Callable, file: Callable) -> None:
    paths = file(HEAD + OLD, "a.csv"), file(HEAD + NEW, "b.csv")
    told = run("volumes", *paths, "--since", "b.csv", "--claimant", "Beta").stdout
    assert "no range → more than 1,900 containers" in told


def test_what_is_not_there_is_said(run: Callable) -> None:
    result = run("volumes", "--since", "none.csv")
    assert result.exit_code == 2
    assert "Known: founding; wider" in result.stderr
