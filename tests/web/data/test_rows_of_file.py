"""The lines around a row are the file's own, and only what was changed in the grid is a correction."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

import pandas as pd
import pytest

from geo.files.read import read_sheet
from geo.web.data.problems import AROUND, changes, lines_around
from geo.web.data.upload import Held

TEXT = "origin,destination\n" + "".join(f"Süd {line},there\n" for line in range(2, 60))


def _zip(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("legs.csv", content)
    return file.getvalue()


def held(content: bytes, name: str = "legs.csv") -> Held:
    return Held(1, name, content, "", sheet=read_sheet(content, name))


@pytest.mark.parametrize("line", [1, 2, 30, 58, 59])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_lines_stand_as_they_are(line: int, end: str) -> None:
    found = lines_around(held(TEXT.replace("\n", end).encode()), line)
    lines = TEXT.splitlines()
    wanted = range(max(line - AROUND, 1), min(line + AROUND, len(lines)) + 1)
    assert [(number, text) for number, text in found if text] == [(number, lines[number - 1]) for number in wanted]


@pytest.mark.parametrize("encode", [lambda text: text.encode("utf-16"), lambda text: text.encode("cp1252")])
def test_in_any_charset(encode: Callable[[str], bytes]) -> None:
    assert (10, "Süd 10,there") in lines_around(held(encode(TEXT)), 10)


def test_out_of_what_it_is_packed_in() -> None:
    for content, name in ((gzip.compress(TEXT.encode()), "legs.csv.gz"), (_zip(TEXT.encode()), "legs.zip")):
        assert (10, "Süd 10,there") in lines_around(held(content, name), 10)


def aside(**cells: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"line": ["7", "9"], "why": ["x", "x"], **cells}, dtype="str")


def test_only_rows_that_were_changed_are_corrections() -> None:
    before = aside(origin=["A", "B"], note=["", "n"])
    after = before.copy()
    assert changes(before, after) == {}
    after.loc[1, "origin"] = "C"
    assert changes(before, after) == {9: {"origin": "C", "note": "n"}}


def test_a_cell_that_was_emptied_is_empty_text() -> None:
    before = aside(origin=["A", "B"])
    after = before.astype("object")
    after.loc[0, "origin"] = None
    assert changes(before, after) == {7: {"origin": ""}}


def test_a_header_that_is_named_like_ours_is_the_files_own() -> None:
    before = aside(**{"line (yours)": ["1", "2"]}, overflow=["", ""])
    after = before.copy()
    after.loc[0, ["line (yours)", "overflow"]] = ["3", "never"]
    assert changes(before, after) == {7: {"line": "3"}}


def test_emptying_the_overflow_says_that_the_row_is_right_as_it_stands() -> None:
    before = aside(origin=["A", "B"], overflow=["x,y", ""])
    after = before.copy()
    after.loc[0, "overflow"] = ""
    assert changes(before, after) == {7: {"origin": "A"}}
    assert changes(before, after, again=True) == {7: {"origin": "A", "overflow": ""}}
