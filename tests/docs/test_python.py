"""The Python on the pages runs as it stands."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import ROOT, page

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BRIEF = """time.moments = ["2023-09-15", "2023-10-01"]
picture.frame = "640x360"
"""
FOREIGN = """POL,POD,ETD,Boxes
Najin,Vladivostok,2023-09-07,300
"""


def ran(name: str, block: int) -> dict[str, Any]:
    """The names that a block of a page has made."""
    made: dict[str, Any] = {}
    exec(compile(BLOCK.findall(page(name))[block], f"{name}, block {block}", "exec"), made)  # our own page
    return made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the pages suppose it: the data of a checkout, a brief, and a foreign file."""
    (tmp_path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    (tmp_path / "brief.toml").write_text(BRIEF, "utf-8")
    (tmp_path / "foreign.csv").write_text(FOREIGN, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_nothing_else_to_run() -> None:
    assert {name: len(BLOCK.findall(page(name))) for name in ("README.md", "docs/python.md")} == {
        "README.md": 1,
        "docs/python.md": 4,
    }


def test_that_of_the_readme() -> None:
    made = ran("README.md", 0)
    assert made["flow"].curve.at(made["moment"]) == (1800.0, 2000.0, 2200.0)
    assert made["flow"].curve.at(datetime(2023, 9, 7, tzinfo=UTC))[2] == 1199.0


def test_three_lines_to_a_picture(folder: Path) -> None:
    made = ran("docs/python.md", 0)
    assert made["shown"].scene.unit == "container"
    assert (folder / "plate.png").read_bytes()[1:4] == b"PNG"


def test_from_reports_to_pictures(folder: Path) -> None:
    made = ran("docs/python.md", 1)
    assert 0 <= made["low"] <= made["best"] <= made["high"]
    assert made["deck"].layers
    assert {path.name for path in folder.glob("*.png")} == {"plate-0.png", "plate-1.png"}


def test_what_the_page_shows() -> None:
    made = ran("docs/python.md", 2)
    assert made["data"].totals["id"].is_unique
    assert made["scene"].reports.id.size == len(made["data"].totals)


def test_a_foreign_file_into_a_library() -> None:
    made = ran("docs/python.md", 3)
    assert (made["reading"].rows, made["reading"].kept) == (1, 1)
    assert [each.withdrawn for each in made["library"].imports()] == [True]
