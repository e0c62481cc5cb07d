"""`waybill library` lists, shows, takes back, verifies and exports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo import data_folder
from geo.library import Import, Library
from geo.tables.read import read

LEGS = "origin,destination,depart,containers,cargo\n"
GOOD = "Najin,Vladivostok,2023-09-07,300,=2+3\n"
BAD = "@Nowhere,Vladivostok,2023-09-07,dozens,\n"


@pytest.fixture
def kept(run: Callable, file: Callable, own_library: Path) -> Import:
    run("load", file(LEGS + GOOD + BAD, "[bold]legs\x1b[31m.csv"))
    (made,) = Library.open(own_library).imports()
    return made


def test_an_empty_library_says_how_to_begin(run: Callable) -> None:
    result = run("library", "list")
    assert result.exit_code == 0
    assert "waybill load" in result.stdout
    assert json.loads(run("library", "list", "--json").stdout) == []


def test_a_piped_list_is_a_line_for_each_import(run: Callable, file: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{'a very long name of a file ' * 2}{number}.csv" for number in range(2)]
    for number, name in enumerate(names):
        run("load", file(f"origin,destination,depart,containers\nNajin,Vladivostok,2023-09-0{number + 1},3\n", name))
    lines = run("library", "list").stdout.splitlines()
    assert [line.split("\t")[2] for line in lines] == names
    assert [len(line.split("\t")) for line in lines] == [7, 7]
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    assert "made, UTC" in run("library", "list").stdout


def test_list_shows_every_import_safely(run: Callable, kept: Import) -> None:
    output = run("library", "list").stdout
    assert kept.id in output
    assert "[bold]legs‹U+001B›[31m.csv" in output
    assert "\x1b" not in output
    (plain,) = json.loads(run("library", "list", "--json").stdout)
    assert (plain["id"], plain["kept"], plain["set_aside"], plain["withdrawn"]) == (kept.id, 1, 1, False)


def test_show_takes_the_beginning_of_an_id(run: Callable, kept: Import) -> None:
    output = run("library", "show", kept.id[:5]).stdout
    assert kept.id in output
    assert kept.sha256 in output
    assert "dozens" in output
    plain = json.loads(run("library", "show", kept.id, "--json").stdout)
    assert plain["mapping"]["columns"]["cargo"] == "cargo"
    assert plain["dialect"]["delimiter"] == ","
    assert [entry["what"] for entry in plain["history"]] == ["kept"]


def test_withdraw_and_restore_are_in_the_history(run: Callable, kept: Import) -> None:
    assert "is now withdrawn" in run("library", "withdraw", kept.id, "--why", "[red]wrong[/] month").stdout
    assert "was already withdrawn" in run("library", "withdraw", kept.id).stdout
    assert "withdrawn" in run("library", "list").stdout
    assert "[red]wrong[/] month" in run("library", "show", kept.id).stdout
    assert json.loads(run("library", "restore", kept.id, "--json").stdout)["withdrawn"] is False
    history = json.loads(run("library", "show", kept.id, "--json").stdout)["history"]
    assert [entry["what"] for entry in history] == ["kept", "withdrawn", "restored"]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("command", ["show", "withdraw", "restore"])
def test_an_unknown_id_is_told_in_words(run: Callable, command: str) -> None:
    result = run("library", command, "nothing")
    assert result.exit_code == 2
    assert "waybill library list" in result.stderr


def test_verify_names_what_was_changed(run: Callable, kept: Import, own_library: Path) -> None:
    assert run("library", "verify").exit_code == 0
    assert json.loads(run("library", "verify", "--json").stdout) == []
    (own_library / kept.path("table")).write_bytes(b"x")
    result = run("library", "verify")
    assert result.exit_code == 2
    assert f"{kept.id} table" in result.stdout
    (fault,) = json.loads(run("library", "verify", "--json").stdout)
    assert (fault["id"], fault["part"], fault["severity"]) == (kept.id, "table", "fault")


@pytest.mark.usefixtures("kept")
def test_remnants_do_not_fail_verify(run: Callable, own_library: Path) -> None:
    (own_library / "packages" / ("0" * 16)).mkdir()
    (own_library / "packages" / ("0" * 16) / "half").write_bytes(b"x")
    result = run("library", "verify")
    assert result.exit_code == 0
    assert "Note: " in result.stdout


def test_a_newer_package_is_told_and_the_others_are_listed(run: Callable, kept: Import, own_library: Path) -> None:
    newer = own_library / "packages" / ("0" * 16)
    newer.mkdir()
    (newer / "manifest.json").write_text('{"format": 3}')
    result = run("library", "list")
    assert result.exit_code == 2
    assert kept.id in result.stdout
    assert "made by a newer Waybill (format 3); this one reads 2. Update Waybill." in result.stderr


def test_export_writes_files_that_no_spreadsheet_runs(run: Callable, kept: Import, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "deep"
    result = run("library", "export", kept.id, "-o", folder)
    assert result.exit_code == 0
    names = {path.name for path in folder.iterdir()}
    assert names == {"original.csv", "kept.csv", "set-aside.csv", "problems.csv", "mapping.json", "dialect.json"}
    assert (folder / "original.csv").read_bytes() == (LEGS + GOOD + BAD).encode()
    for name in ("kept.csv", "set-aside.csv", "problems.csv"):
        cells = pd.read_csv(folder / name, dtype=str, keep_default_na=False).to_numpy().ravel().tolist()
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
    assert read(folder / "kept.csv").table["cargo"].tolist() == ["=2+3"]
    assert read(folder / "set-aside.csv").rows == 1
    assert json.loads((folder / "mapping.json").read_text())["kind"] == "legs"


def test_export_replaces_nothing_unasked_and_stays_in_its_folder(run: Callable, kept: Import, tmp_path: Path) -> None:
    mine, folder = tmp_path / "mine.csv", tmp_path / "out"
    mine.write_text("mine")
    folder.mkdir()
    (folder / "kept.csv").symlink_to(mine)
    result = run("library", "export", kept.id, "-o", folder)
    assert result.exit_code == 2
    assert "kept.csv" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["kept.csv"]
    assert run("library", "export", kept.id, "-o", folder, "--force").exit_code == 0
    assert mine.read_text() == "mine"
    assert not (folder / "kept.csv").is_symlink()


@pytest.mark.parametrize("kind", ["legs", "totals", "places", "events"])
def test_exported_rows_of_every_kind_load_again(run: Callable, tmp_path: Path, kind: str) -> None:
    run("load", data_folder.path(f"{kind}.csv"), "--kind", kind)
    (made,) = json.loads(run("library", "list", "--json").stdout)
    run("library", "export", made["id"], "-o", tmp_path)
    was, again = read(data_folder.path(f"{kind}.csv"), kind).table, read(tmp_path / "kept.csv", kind).table
    same = [name for name in was.columns if name not in ("row", "geometry")]
    pd.testing.assert_frame_equal(pd.DataFrame(again[same]), pd.DataFrame(was[same]))


def test_a_link_to_nothing_counts_as_a_file_that_is_there(run: Callable, kept: Import, tmp_path: Path) -> None:
    (tmp_path / "kept.csv").symlink_to(tmp_path / "nothing")
    result = run("library", "export", kept.id, "-o", tmp_path)
    assert result.exit_code == 2
    assert "there already: kept.csv" in result.stderr
    assert not (tmp_path / "nothing").exists()
