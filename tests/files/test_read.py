"""What is no table is refused in plain words; headers, names, formula guards, previews, progress."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import Cancelled, DialectError, GeoError, UnreadableFile
from geo.files import formulas
from geo.files.read import content_of, read_sheet
from geo.sheet import Dialect

UNREADABLE = {
    "empty": (b"", "is empty"),
    "blank lines": (b"\n\n  \n", "is empty"),
    "byte order mark alone": (b"\xef\xbb\xbf", "is empty"),
    "broken archive": (b"PK\x03\x04rest", "broken zip archive"),
    "old workbook": (b"\xd0\xcf\x11\xe0rest", "broken workbook"),
    "broken gzip": (b"\x1f\x8brest", "broken archive"),
    "PDF": (b"%PDF-1.7", "PDF"),
    "NUL": (b"origin,\0destination\n1,2", "NUL byte"),
    "commas": (b",,,\n,,\n", "no line of column names"),
    "bad Parquet": (b"PAR1xxxx", "broken Parquet"),
    "bad GeoPackage": (b"SQLite format 3\0xxxx", "broken GeoPackage"),
    "bad GeoJSON": (b'{"type": "FeatureCollection", "features": [', "broken JSON"),
}


@pytest.mark.parametrize(("content", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        read_sheet(content)
    assert refused.value.hint


def test_folders_missing_files_and_pipes(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "x.csv", "does not exist"),
        ("a\0b", "cannot be opened"),
    ):
        with pytest.raises(UnreadableFile, match=words):
            read_sheet(path)
    with pytest.raises(UnreadableFile, match="a device or a pipe"):
        read_sheet("/dev/null")


def test_paths_bytes_and_open_files_give_the_same(tmp_path: Path) -> None:
    content = b"a,b\n1,2\n"
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    for file in (path, str(path), content, io.BytesIO(content), io.StringIO(content.decode())):
        sheet = read_sheet(file)
        assert (sheet.sha256, sheet.header) == (hashlib.sha256(content).hexdigest(), ("a", "b"))
        assert content_of(file)[0] == content
    assert read_sheet(content, "../../x\0.csv").file == "../../x\0.csv"


HEADERS = {
    "trimmed": (b" Origin ,dest\n1,2\n", ("Origin", "dest")),
    "without a name": (b"port,,x\n1,2,3\n", ("port", "column 2", "x")),
    "twice the same": (b"port,Port,PORT \n1,2,3\n", ("port", "Port (2)", "PORT (3)")),
    "a taken name": (b"port,port (2),port\n1,2,3\n", ("port", "port (2)", "port (3)")),
    "numbers that come anew": (
        b"a,a,a (2),A,,column 5\n1,2,3,4,5,6\n",
        ("a", "a (3)", "a (2)", "A (4)", "column 5 (2)", "column 5"),
    ),
    "a delimiter at every end": (b"port,x,\n1,2,\n", ("port", "x")),
    "a name guarded against spreadsheets": (b"'=port,x\n1,2\n", ("=port", "x")),
}


@pytest.mark.parametrize(("content", "names"), HEADERS.values(), ids=HEADERS)
def test_names_of_columns(content: bytes, names: tuple[str, ...]) -> None:
    assert read_sheet(content, dialect=Dialect()).header == names


def test_each_text_is_held_once() -> None:
    sheet = read_sheet(b"a,b\nx,'=1\ny,=1\nx,=1\nx,\n", dialect=Dialect())
    column = sheet.columns["b"]
    assert column.type == pa.dictionary(pa.int32(), pa.string())
    assert column.dictionary.to_pylist() == ["=1", ""]
    assert column.to_pylist() == ["=1", "=1", "=1", ""]


def test_texts_of_lines_that_are_no_rows_are_not_held() -> None:
    sheet = read_sheet(b"a,b\nx,1\na,b\ny,2\n , \n", dialect=Dialect())
    assert [column.dictionary.to_pylist() for column in sheet.columns.values()] == [["x", "y"], ["1", "2"]]
    assert [(each.line, each.cells) for each in sheet.broken] == [(3, ("a", "b"))]


def test_a_preview_is_the_beginning() -> None:
    rows = b"".join(b"%d,x\n" % number for number in range(400_000))
    sheet = read_sheet(b"origin,destination\n" + rows, at_most=7)
    assert sheet.columns["origin"].to_pylist() == list("0123456")
    assert sheet.sha256 == hashlib.sha256(b"origin,destination\n" + rows).hexdigest()


def test_progress_rises_and_may_stop_the_work() -> None:
    content = b"origin,destination\n" + b"KPRJN,RUVVO\n" * 4_000_000
    seen: list[float] = []
    read_sheet(content, progress=lambda share, doing: seen.append(share) if doing == "reading rows" else None)
    assert len(seen) >= 3
    assert seen == sorted(seen)
    assert seen[-1] == 1.0

    def stop(_share: float, _doing: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_sheet(content, progress=stop)


DIALECTS = {
    "delimiter": (Dialect(delimiter=""), Dialect(delimiter="a"), Dialect(delimiter="\n"), Dialect(delimiter="|" * 9)),
    "quote": (Dialect(quote='""'), Dialect(quote=","), Dialect(quote="“"), Dialect(quote="x")),
    "escape": (Dialect(escape="x"),),
    "encoding": (
        Dialect(encoding="nonsense"),
        Dialect(encoding="base64"),
        Dialect(encoding="rot13"),
        Dialect(encoding="a\0"),
    ),
    "form": (Dialect(form="pdf"),),
    "header_line": (Dialect(header_line=-1), Dialect(header_line=9), Dialect(header_line=10**9)),
    "header_lines": (Dialect(header_lines=0), Dialect(header_lines=99)),
    "decimal": (Dialect(decimal=";"),),
}


@pytest.mark.parametrize(("field", "dialect"), [(field, each) for field, some in DIALECTS.items() for each in some])
def test_a_dialect_that_cannot_be_is_refused(field: str, dialect: Dialect) -> None:
    with pytest.raises(DialectError) as refused:
        read_sheet(b"a,b\n1,2\n", dialect=dialect)
    assert refused.value.field == field


@given(
    st.binary(max_size=200),
    st.sampled_from([None, Dialect(), Dialect(delimiter="||", encoding="cp1252", header_line=0)]),
)
def test_any_bytes_are_read_or_refused(content: bytes, dialect: Dialect | None) -> None:
    try:
        sheet = read_sheet(content, dialect=dialect)
    except GeoError:
        return
    assert all(len(column) == len(sheet) and column.null_count == 0 for column in sheet.columns.values())
    assert sorted({*sheet.lines.tolist(), *(each.line for each in sheet.broken)}) == sorted(
        [*sheet.lines.tolist(), *(each.line for each in sheet.broken)]
    )


@given(st.text(max_size=20))
def test_a_neutral_cell_is_harmless_and_comes_back(text: str) -> None:
    if any("\ud800" <= mark <= "\udfff" for mark in text):
        return
    neutral = formulas.neutral(text)
    assert not neutral.startswith(formulas.MARKS[:-1])
    assert formulas.restored(pa.array([neutral], pa.string()))[0].as_py() == text or text.startswith("'")


@given(st.text("=+-@＝;'\"\t\r\n, a1", max_size=12))
@example(text="rates;=1+1")
@example(text="a\n=1;b")
@example(text="\r\n''=1")
def test_no_part_of_a_cell_runs_where_a_spreadsheet_parts_it_at_semicolons(text: str) -> None:
    neutral = formulas.neutral(text)
    (cell,) = formulas.written(pa.array([text], pa.large_string())).to_pylist()
    assert cell in (neutral, '"' + neutral.replace('"', '""') + '"')
    for part in re.split("[;\r\n]", neutral):
        assert not part.lstrip("'").startswith(tuple("=+-@＝")) or part.startswith("'")
    assert formulas.as_given(neutral) == text
    assert formulas.restored(pa.array([neutral], pa.string())).to_pylist() == [text]
    assert formulas.may_be_guarded(pa.array([neutral])) or neutral == text
