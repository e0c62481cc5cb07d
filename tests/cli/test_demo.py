"""`waybill demo` leaves two files that work and says what to do next, and takes nobody's file away."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.brief.formats.page import facts_of
from geo.cli import app
from geo.cli.demo import NAMES


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_leaves_a_picture_and_a_page_and_says_what_is_next(folder: Path) -> None:
    ended = CliRunner().invoke(app, ["demo"])
    assert ended.exit_code == 0
    picture, page = ((folder / name).read_bytes() for name in NAMES)
    assert picture[1:4] == b"PNG"
    assert "containers" in facts_of(page)["title"]
    assert "waybill serve" in ended.output
    assert all(f"Written: {name}" in ended.output for name in NAMES)


def test_a_file_that_is_there_stays(folder: Path) -> None:
    (folder / NAMES[0]).write_text("mine", "utf-8")
    ended = CliRunner().invoke(app, ["demo"])
    assert ended.exit_code == 2
    assert "--force" in ended.output
    assert [path.name for path in folder.iterdir()] == [NAMES[0]]
    assert (folder / NAMES[0]).read_text("utf-8") == "mine"
