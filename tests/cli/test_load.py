"""`waybill load` keeps what `check` shows, and the mapping that was agreed to."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fsspec.implementations.local import LocalFileSystem

from geo.cli import file_input
from geo.errors import LibraryError
from geo.library import Library
from geo.library.store import Store

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
BAD = "Nowhere,Vladivostok,2023-09-07,dozens\n"
FOREIGN = "POL;POD;ETD;Boxes\nNajin;Vladivostok;07.09.2023;300\nNajin;Vladivostok;25.09.2023;12\n"


def test_a_file_is_kept_with_its_bytes_and_its_rows(run: Callable, file: Callable, own_library: Path) -> None:
    path = file(LEGS + GOOD + BAD)
    result = run("load", path)
    assert result.exit_code == 1
    library = Library.open(own_library)
    (kept,) = library.imports()
    assert kept.id in result.stdout
    assert (kept.name, kept.kept, kept.set_aside) == ("legs.csv", 1, 1)
    assert library.original(kept.id) == path.read_bytes()
    assert library.table(kept.id)["origin"].tolist() == ["KPRJN"]
    assert "not in the gazetteer" in library.set_aside(kept.id)["why"][0]


def test_several_files_are_kept_and_the_worst_is_the_exit_code(
    run: Callable, file: Callable, tmp_path: Path, own_library: Path
) -> None:
    fine, half = file(LEGS + GOOD, "fine.csv"), file(LEGS + GOOD + BAD, "half.csv")
    assert run("load", fine).exit_code == 0
    result = run("load", half, tmp_path / "none.csv", file(LEGS, "empty.csv"), "--json")
    assert result.exit_code == 2
    reports = json.loads(result.stdout)
    assert [report["kept"] for report in reports] == [1, 0, 0]
    assert [report["import"] is None for report in reports] == [False, True, False]
    assert {each.name for each in Library.open(own_library).imports()} == {"fine.csv", "half.csv", "empty.csv"}


def test_loading_twice_says_so(run: Callable, file: Callable) -> None:
    path = file(LEGS + GOOD)
    run("load", path)
    result = run("load", path)
    assert result.exit_code == 0
    assert "Already kept" in result.stdout


def test_loading_what_was_withdrawn_takes_it_in_again(run: Callable, file: Callable, own_library: Path) -> None:
    path = file(LEGS + GOOD)
    run("load", path)
    library = Library.open(own_library)
    library.withdraw(library.imports()[0].id)
    assert "now restored" in run("load", path).stdout
    assert not library.imports()[0].withdrawn
    assert [entry.what for entry in library.history()] == ["kept", "withdrawn", "restored"]


def test_what_is_not_agreed_is_not_kept(run: Callable, file: Callable, own_library: Path) -> None:
    result = run("load", file(FOREIGN))
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert Library.open(own_library).imports() == []


def test_an_agreed_mapping_is_offered_again(run: Callable, file: Callable) -> None:
    changed = ["--map", "POL=destination", "--map", "POD=origin"]
    assert run("load", file(FOREIGN), "--yes", *changed).exit_code == 0
    again = file(FOREIGN.replace("300", "301"), "next.csv")
    assert "saved in the library" in run("check", again).stderr
    report = json.loads(run("check", again, "--yes", "--json").stdout)
    assert report["mapping"]["columns"]["POL"] == "destination"


def test_our_own_names_leave_no_mapping_behind(run: Callable, file: Callable, own_library: Path) -> None:
    run("load", file(LEGS + GOOD))
    assert Library.open(own_library).mapping_for(LEGS.strip().split(",")) is None


def test_places_given_beside_a_file_are_kept_with_it(run: Callable, file: Callable, own_library: Path) -> None:
    path = file(LEGS + "Grey Harbour,Vladivostok,2023-09-07,300\n")
    places = file("code,name,lon,lat\ngrey,Grey Harbour,130.4,42.3\n", "places.csv")
    assert run("load", path).exit_code == 1
    result = run("load", path, "--places", places)
    assert result.exit_code == 0
    library = Library.open(own_library)
    first, second = library.imports()
    # The same file is there twice now, and whoever loaded it is told.
    assert f"waybill library withdraw {first.id}" in result.stdout
    assert [each.id for each in library.twins(second)] == [first.id]
    library.withdraw(first.id)
    assert library.twins(second) == []
    assert (first.kept, second.kept) == (0, 1)
    assert library.places(second.id)["name"].tolist() == ["Grey Harbour"]


def test_places_that_were_loaded_are_known_to_the_next_file(run: Callable, file: Callable) -> None:
    path = file(LEGS + "Grey Harbour,Vladivostok,2023-09-07,300\n")
    places = file("code,name,lon,lat\ngrey,Grey Harbour,130.4,42.3\n", "places.csv")
    assert run("check", path).exit_code == 1
    assert run("load", places, path).exit_code == 0
    assert run("check", path).exit_code == 0


def test_stopping_keeps_what_came_before(
    run: Callable, file: Callable, own_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = file_input.take

    def stopping(sheet: object, *more: object, **named: object) -> object:
        if Path(sheet.file).name == "second.csv":
            raise KeyboardInterrupt
        return take(sheet, *more, **named)

    monkeypatch.setattr(file_input, "take", stopping)
    result = run("load", file(LEGS + GOOD, "first.csv"), file(LEGS, "second.csv"), file(LEGS, "third.csv"))
    assert result.exit_code == 130
    assert "Stopped." in result.stderr
    assert [each.name for each in Library.open(own_library).imports()] == ["first.csv"]
    assert [fault.what for fault in Library.open(own_library).verify()] == []


def test_a_full_disk_is_told_in_words(
    run: Callable, file: Callable, own_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = LocalFileSystem.open

    def full(self: object, path: str, mode: str = "rb", **more: object) -> object:
        if mode == "wb":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(self, path, mode, **more)

    path = file(LEGS + GOOD)
    monkeypatch.setattr(LocalFileSystem, "open", full)
    result = run("load", path)
    assert result.exit_code == 2
    # It is the library's disk that is full, and not that of the file that was given.
    assert f"legs.csv was not kept. {own_library}: the disk is full. Make room" in result.stderr.replace("\n", " ")
    assert Library.open(own_library).imports() == []


def test_a_mapping_that_could_not_be_saved_is_told_and_the_file_is_kept(
    run: Callable, file: Callable, own_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_once = Store.put_once

    def full(self: Store, path: str, content: bytes) -> bool:
        if path.startswith("mappings/"):
            raise LibraryError(self.root, "the disk is full", "Make room.")
        return put_once(self, path, content)

    monkeypatch.setattr(Store, "put_once", full)
    result = run("load", file(FOREIGN), "--yes")
    assert result.exit_code == 0
    assert "Its mapping was not saved." in result.stderr
    assert "Kept as" in result.stdout
    assert "offered for files" not in result.stdout
    assert len(Library.open(own_library).imports()) == 1


def test_a_library_that_is_a_file_is_told_in_words(
    run: Callable, file: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(LEGS + GOOD)
    monkeypatch.setenv("WAYBILL_LIBRARY", str(path))
    result = run("load", path)
    assert result.exit_code == 2
    assert "there is a file where a folder is needed" in result.stderr


def test_a_damaged_mapping_is_told_and_replaced_by_the_next(run: Callable, file: Callable, own_library: Path) -> None:
    run("load", file(FOREIGN), "--yes")
    for path in (own_library / "mappings").rglob("*.json"):
        path.write_text("{")
    result = run("load", file(FOREIGN.replace("300", "301")), "--yes")
    assert result.exit_code == 0
    assert "cannot be asked for a saved mapping" in result.stderr
    assert Library.open(own_library).mapping_for(["POL", "POD", "ETD", "Boxes"])
