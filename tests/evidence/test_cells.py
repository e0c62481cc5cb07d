"""What is no table of text is refused in plain words; both parsers agree where both can read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UnreadableFile
from geo.evidence import cells, formula

UNREADABLE = {
    "empty": (b"", "is empty"),
    "blank lines": (b"\n\n  \n", "is empty"),
    "byte order mark alone": (b"\xef\xbb\xbf", "is empty"),
    "workbook": (b"PK\x03\x04rest", "Excel workbook"),
    "old workbook": (b"\xd0\xcf\x11\xe0rest", "old Excel"),
    "compressed": (b"\x1f\x8brest", "compressed"),
    "NUL": (b"origin,\0destination\n1,2", "binary"),
    "Latin-1": (b"origin,destination\nKPRJN,S\xe3o\n", "not UTF-8 text at line 2"),
    "two columns of one name": (b"origin,Origin\n1,2\n", "two columns 'origin'"),
    "commas": (b",,,\n,,\n", "no line of column names"),
}


@pytest.mark.parametrize(("content", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        cells.read_sheet(content)
    assert refused.value.hint


def test_folders_and_missing_files(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "is a folder"), (tmp_path / "x.csv", "no such file"), ("a\0b", "cannot be opened")):
        with pytest.raises(UnreadableFile, match=words):
            cells.read_sheet(path)


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"'), max_size=8)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_the_fast_and_the_careful_parser_agree(rows: list[tuple[str, str, str]], newline: str) -> None:
    lines = ["a,b,c", *(",".join(f'"{cell}"' for cell in row) for row in rows)]
    text = newline.join(lines).encode()
    fast = cells._strict(text, ",", ("a", "b", "c"))
    careful = cells._row_by_row(text, ",", 3)
    assert fast is not None
    filled = [number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert careful[1].tolist() == filled
    kept = [number - 2 for number in filled]
    assert [column.take(pa.array(kept, pa.int64())).to_pylist() for column in fast[0]] == [
        column.to_pylist() for column in careful[0]
    ]


@given(st.text(max_size=20))
def test_a_neutral_cell_is_harmless_and_comes_back(text: str) -> None:
    if any("\ud800" <= mark <= "\udfff" for mark in text):
        return
    neutral = formula.neutral(text)
    assert not neutral.startswith(formula.MARKS[:-1])
    assert formula.restored(pa.array([neutral], pa.string()))[0].as_py() == text or text.startswith("'")
    if formula._DANGEROUS.match(text):
        assert formula.restored(pa.array([neutral], pa.string()))[0].as_py() == text
