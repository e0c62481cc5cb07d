"""Where the library lies, and whether it was ever used."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo import library_folder
from geo.library import Library
from geo.library_folder import VARIABLE


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_that_is_not_there_or_is_empty_was_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    folder = tmp_path / "library"
    if made:
        folder.mkdir()
    monkeypatch.setenv(VARIABLE, str(folder))
    assert library_folder.is_unused()
    Library.open().grade("founding", "r1", "A", "1")
    assert not library_folder.is_unused()


def test_what_cannot_be_looked_into_is_left_to_the_library_to_tell_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    for place in (str(tmp_path / "file"), "memory://somewhere"):
        monkeypatch.setenv(VARIABLE, place)
        assert not library_folder.is_unused()
