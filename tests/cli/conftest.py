"""Every command runs on a library of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from geo.cli import app
from geo.library_folder import VARIABLE

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands of this test keep what they load."""
    folder = tmp_path / "library"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture
def run() -> Run:
    """`waybill` with arguments -> its result, on a terminal 200 characters wide."""

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": "200"})

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Text -> a file with it."""

    def write(text: str, name: str = "legs.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write
