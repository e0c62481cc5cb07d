"""The oldest library and the oldest brief that we have still open, and say what in them is another now."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo.brief.pictures import prepared
from geo.brief.spec.brief import read_brief
from geo.brief.spec.data import DataChanged
from geo.library import Library

OLDEST = Path(__file__).parents[1] / "fixtures" / "oldest"
FOUNDING_SHA256 = "eb04e74060036da3e6057ae303d4eeffb28c07989c9dc967b024d577182eee12"


def test_the_oldest_library_opens_whole(tmp_path: Path) -> None:
    shutil.copytree(OLDEST / "library", tmp_path / "library")
    library = Library.open(tmp_path / "library")
    (made,) = library.imports()
    assert (made.name, made.rows, made.kept, made.set_aside) == ("legs.csv", 4, 3, 1)
    assert library.verify() == []
    table = library.table(made.id)
    assert table["containers_best"].tolist()[::2] == [300, 120]
    assert table["note"].tolist() == ["first", "", "a third"]
    assert library.original(made.id).startswith(b"origin,destination,depart,arrive,containers,vessel,note\nNajin,")


def test_the_oldest_brief_opens_and_says_what_changed_since() -> None:
    brief = read_brief(OLDEST / "brief.toml")
    assert [part.sha256 for part in brief.data] == [FOUNDING_SHA256]
    with pytest.raises(DataChanged, match="Waybill's own places"):
        prepared(brief)
    (picture,) = prepared(brief, changed=True).pictures
    assert picture.plate.words.title == "Rason to Vladivostok"
