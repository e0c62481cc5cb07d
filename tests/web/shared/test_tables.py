"""Every table and every download of the pages goes through one door, and nothing that leaves by it runs or hides."""

from __future__ import annotations

import ast
import csv
import io
import tomllib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.files import formulas
from geo.safe_text import legible
from geo.web.shared import tables
from tests.examples import examples

ROOT = Path(__file__).parents[3]
DOOR = ROOT / "geo" / "web" / "shared" / "tables.py"
TABLES = {"dataframe", "data_editor", "download_button"}
OF_STREAMLIT = {"table", "write", "json", "experimental_data_editor", "link_button"}
"""Names that other things have too: asked about where they are `st`'s own."""


def unguarded(source: str) -> list[str]:
    """What in a page's source shows a table or offers a file by itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            ours = isinstance(node.value, ast.Name) and node.value.id in ("st", "streamlit")
            if node.attr in TABLES or (ours and node.attr in OF_STREAMLIT):
                found.append(node.attr)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            found += [name.name for name in node.names if name.name in TABLES | OF_STREAMLIT]
    return found


PAGES = [ROOT / "app.py", *sorted((ROOT / "geo" / "web").rglob("*.py"))]


@pytest.mark.parametrize("path", [str(each.relative_to(ROOT)) for each in PAGES if each != DOOR])
def test_no_page_shows_a_table_or_gives_a_file_but_through_the_door(path: str) -> None:
    assert unguarded((ROOT / path).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "st.dataframe(x)",
        "left.dataframe(x)",
        "st.data_editor(x)",
        "with a: st.download_button('x', y)",
        "st.table(x)",
        "st.write(x)",
        "from streamlit import dataframe",
    ],
)
def test_a_table_of_its_own_is_seen(source: str) -> None:
    assert unguarded(source)


def test_streamlits_own_csv_is_off() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["client"]["disableDataExport"] is True


CELLS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from([*"=+-@\t\r\n'＝", "\u202e", "א"])))
HOSTILE = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1", "=cmd|' /C calc'!A0", "-120", "", "נמל"]


def downloaded(monkeypatch: pytest.MonkeyPatch, table: pd.DataFrame) -> list[list[str]]:
    given: list[Callable[[], bytes]] = []
    monkeypatch.setattr(tables.st, "download_button", lambda _, content, **__: given.append(content))
    tables.download_csv("Download CSV", lambda: table, "x.csv", "key")
    return list(csv.reader(io.StringIO(given[0]().decode("utf-8-sig"), newline="")))


@examples(50)
@given(st.lists(CELLS, min_size=1, max_size=5), CELLS)
@example(HOSTILE, "=head")
def test_no_cell_of_a_download_begins_with_a_sign_that_runs(cells: list[str], head: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        rows = downloaded(patch, pd.DataFrame({head: cells, "n": "x"}, dtype="str"))
    assert len(rows) == len(cells) + 1
    for row in rows:
        assert not row[0].startswith(formulas.MARKS[:-1])


def test_a_download_holds_the_data_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame(
        {
            "Name": ["Raj\u200bin", "נמל"],
            "Low": [300.0, float("nan")],
            "Said on": pd.to_datetime(["2023-09-01", None]),
            "Link": [None, "https://a.example/"],
        }
    )
    assert downloaded(monkeypatch, table) == [
        ["Name", "Low", "Said on", "Link"],
        ["Raj\u200bin", "300", "2023-09-01", ""],
        ["נמל", "", "", "https://a.example/"],
    ]


def edited(table: pd.DataFrame, change: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """What comes back of a grid once it was changed as it is shown."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables.st, "data_editor", lambda shown, **_: change(shown.copy()))
        return tables.edit(table, "key", {}, [])


@examples(50)
@given(st.lists(CELLS, min_size=1, max_size=5))
@example(HOSTILE)
def test_a_grid_that_nobody_changed_gives_the_cells_as_they_stand(cells: list[str]) -> None:
    table = pd.DataFrame({"a": cells, "b": cells[::-1]}, dtype="str")
    assert edited(table, lambda grid: grid).to_numpy().tolist() == table.to_numpy().tolist()


def test_cells_of_a_grid_can_be_copied_into_a_spreadsheet_and_hide_nothing() -> None:
    shown: list[pd.DataFrame] = []
    table = pd.DataFrame({"a": [*HOSTILE, "Raj\u200bin"], "a\u202e": "x", "a‹U+202E›": "y"}, dtype="str")
    edited(table, lambda grid: shown.append(grid) or grid)
    for cell in shown[0]["a"]:
        assert legible(cell) == cell
        assert not cell.startswith(("=", "@", "\t", "\r")), cell
    assert "-120" in shown[0]["a"].tolist(), "a figure stays one"
    assert shown[0].columns.is_unique


def test_what_is_written_over_a_guarded_or_hidden_sign_is_taken_as_meant() -> None:
    table = pd.DataFrame({"a": ["=1+1", "Raj\u200bin", "x"]}, dtype="str")

    def change(grid: pd.DataFrame) -> pd.DataFrame:
        grid["a"] = ["'=2", "Raj‹U+200B›on", "Rajin"]
        return grid

    assert edited(table, change)["a"].tolist() == ["=2", "Raj\u200bon", "Rajin"]


def test_a_table_shows_what_is_hidden_and_keeps_its_other_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[pd.DataFrame] = []
    monkeypatch.setattr(tables.st, "dataframe", lambda table, **_: shown.append(table))
    kinds = pd.Categorical(["\u202eabc", "d"])
    table = pd.DataFrame(
        {"n": [1.5, 2], "name": ["Raj\u200bin", None], "kind": kinds, "day": pd.to_datetime(["2023-09-01"] * 2)}
    )
    tables.show(table)
    assert shown[0]["name"].fillna("").tolist() == ["Raj‹U+200B›in", ""]
    assert shown[0]["kind"].tolist() == ["‹U+202E›abc", "d"]
    assert shown[0].dtypes[["n", "day"]].equals(table.dtypes[["n", "day"]])
    assert table["name"][0] == "Raj\u200bin", "the data keep their signs"
