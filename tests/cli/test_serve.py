"""`waybill serve` starts the page of this very installation."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def test_serve_runs_the_page_of_the_repository_headless(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["geo.cli.serve"]  # In geo.cli the name is the command's.
    ran: list[list[str]] = []
    folders: list[Path] = []
    monkeypatch.setattr(module.os, "execv", lambda _, command: ran.append(command))
    monkeypatch.setattr(module.os, "chdir", folders.append)
    monkeypatch.setattr(module.subprocess, "call", lambda command: ran.append(command) or 0)
    run("serve", "--port", "8599")
    command = ran[0]
    assert command[1:4] == ["-m", "streamlit", "run"]
    assert Path(command[4]) == ROOT / "app.py"
    assert folders == [ROOT]
    options = {"--server.port=8599", "--server.headless=true", "--browser.gatherUsageStats=false"}
    assert options <= set(command)
    monkeypatch.setenv("PORT", "8600")
    run("serve", "--browser")
    assert {"--server.port=8600", "--server.headless=false"} <= set(ran[-1])


@pytest.mark.parametrize("command", ["check", "load", "library", "serve"])
def test_every_command_has_its_help(run: Callable, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert command in run("--help").stdout


def test_without_a_command_the_help_is_shown(run: Callable) -> None:
    assert "Commands" in run().output
