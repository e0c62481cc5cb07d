"""The commands on the pages exist with the options that are given there, and print what is said of them."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from geo.cli import app
from tests.docs.pages import PAGES, ROOT, page

WAYBILL = typer.main.get_command(app)


def said() -> Iterator[tuple[str, ...]]:
    """Every command line of Waybill in a block of shell on a page."""
    for name in PAGES:
        for block in re.findall(r"^```sh\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if words[:1] == ["waybill"]:
                    yield tuple(words[1:])


LINES = sorted(set(said()))


def test_every_command_is_shown() -> None:
    assert {line[0] for line in LINES} == set(WAYBILL.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_command_line_can_be_read(line: tuple[str, ...]) -> None:
    command, words = WAYBILL.commands[line[0]], list(line[1:])  # type: ignore[attr-defined]
    while words and hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known


EXAMPLES = [
    (name, command, printed)
    for name in PAGES
    for command, printed in re.findall(
        r"^```console\n\$ waybill (.*?)\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL
    )
]


def test_there_is_an_example_with_its_output() -> None:
    assert [command.split()[0] for _, command, _ in EXAMPLES] == ["explain"]


@pytest.mark.parametrize(("name", "command", "printed"), EXAMPLES)
def test_an_example_prints_what_is_said(name: str, command: str, printed: str) -> None:
    assert CliRunner().invoke(app, shlex.split(command)).stdout == printed, name


def keys_of(command: str) -> set[str]:
    """The keys of the outermost object that a page says `--json` prints."""
    prints = page("docs/command-line.md")
    shape = re.search(rf"`{command}`.*?With `--json`.*?prints `(\{{.*?\}})`", prints, re.DOTALL)
    assert shape, command
    inner = shape[1].replace("\n", " ")[1:-1]
    while (shorter := re.sub(r"\[\{[^{}]*\}\]|\[[^\[\]]*\]", "", inner)) != inner:
        inner = shorter
    return set(re.findall(r'"(\w+)"', inner))


def test_check_prints_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYBILL_LIBRARY", str(tmp_path / "library"))
    printed = json.loads(CliRunner().invoke(app, ["check", str(ROOT / "data" / "totals.csv"), "--json"]).stdout)
    assert set(printed) == keys_of("check")


def test_volumes_prints_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYBILL_LIBRARY", str(tmp_path / "library"))
    printed = json.loads(CliRunner().invoke(app, ["volumes", "--json"]).stdout)
    assert set(printed) == keys_of("volumes")


def test_explain_prints_what_is_said() -> None:
    printed = json.loads(CliRunner().invoke(app, ["explain", "--flow", "KPRJN>RUVVO", "--json"]).stdout)
    assert set(printed) == keys_of("explain")
