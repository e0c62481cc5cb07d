"""Archives, workbooks and Parquet become the same sheets that a CSV would."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import DialectError, UnreadableFile
from geo.files.read import read_sheet
from geo.sheet import Dialect
from tests.files.books import Cell, ods, ods_rows, xlsx, xlsx_rows, zipped
from tests.files.cells import rows_of

CSV = b"origin,destination,depart,containers\nKPRJN,RUVVO,2023-09-07,300\n\nKPRJN,RUVVO,2023-09-08,1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_packed_texts_are_read_as_the_text(encoding: str) -> None:
    text = CSV.decode().encode(encoding)
    plain = read_sheet(text)
    for packed, packing in ((gzip.compress(text), "gzip"), (zipped({"a/b.csv": text}), "zip")):
        sheet = read_sheet(packed, "x.csv")
        assert (rows_of(sheet), sheet.lines.tolist(), sheet.header) == (rows_of(plain), [2, 4], plain.header)
        assert (sheet.dialect.packing, sheet.dialect.encoding) == (packing, plain.dialect.encoding)
        again = read_sheet(packed, dialect=sheet.dialect)
        assert (rows_of(again), again.sha256) == (rows_of(plain), sheet.sha256)
        assert len(read_sheet(packed, at_most=1)) == 1


def test_an_archive_holds_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableFile, match=r"holds 2 files: 'a\.csv', 'b\.csv'"):
        read_sheet(zipped({"a.csv": CSV, "b.csv": CSV}))
    assert len(read_sheet(zipped({"a.csv": CSV, "b.csv": b"x"}), dialect=Dialect(packing="zip", member="a.csv"))) == 2
    nameless = zipped({"x.csv": CSV}).replace(b"x.csv", b"\0.csv")
    for nothing in (zipped({}), zipped({"folder/": b""}), nameless):
        with pytest.raises(UnreadableFile, match="holds 0 files"):
            read_sheet(nothing)
    with pytest.raises(UnreadableFile, match="archive within an archive"):
        read_sheet(gzip.compress(gzip.compress(CSV)))
    with pytest.raises(UnreadableFile, match="archive within an archive"):
        read_sheet(zipped({"a.zip": zipped({"a.csv": CSV})}))
    nothing_known = zipped({"a": CSV, "b": CSV})
    with pytest.raises(UnreadableFile, match="holds 2 files: 'a', 'b'"):
        read_sheet(nothing_known)
    evil = read_sheet(zipped({"../../x\x07.csv": CSV, "__MACOSX/._x.csv": b"x"}))
    assert (evil.dialect.member, len(evil)) == ("../../x\x07.csv", 2)
    assert list(tmp_path.iterdir()) == []


BESIDE: dict[str, tuple[list[str], str]] = {
    "a Mac's and a Windows's": (["x.csv", ".DS_Store", "__MACOSX/._x.csv", "Thumbs.db"], "'.DS_Store', 'Thumbs.db'"),
    "notes": (["README.txt", "a/x.CSV"], "'README.txt'"),
    "hidden": (["._x.csv", "x.csv"], "'._x.csv'"),
    "a text": (["x.txt", "picture.png"], "'picture.png'"),
}


@pytest.mark.parametrize(("names", "left"), BESIDE.values(), ids=BESIDE)
def test_the_one_table_of_an_archive_is_taken(names: list[str], left: str) -> None:
    table = next(name for name in names if "x." in name and "._" not in name)
    content = zipped({name: CSV if name == table else b"\0\1" for name in names})
    sheet = read_sheet(content)
    assert (sheet.dialect.member, len(sheet)) == (table, 2)
    assert sheet.reasons["packing"] == f"{table!r} is the only table in the archive; left in it: {left}."
    assert len(read_sheet(content, dialect=sheet.dialect)) == 2


def test_of_two_tables_in_an_archive_none_is_taken() -> None:
    for names in (("a.csv", "b.xlsx"), ("a.txt", "b.txt")):
        with pytest.raises(UnreadableFile, match=f"holds 2 files: '{names[0]}', '{names[1]}'"):
            read_sheet(zipped({names[0]: CSV, names[1]: CSV, ".DS_Store": b""}))
    assert read_sheet(zipped({"x.csv": CSV})).reasons["packing"] == "It is the only file in the archive."


def test_broken_archives_are_said_to_be_broken() -> None:
    packed = gzip.compress(CSV * 100)
    with pytest.raises(UnreadableFile, match="broken archive"):
        read_sheet(packed[:-20])
    archive = bytearray(zipped({"a.csv": CSV * 100}))
    archive[60] ^= 0xFF
    with pytest.raises(UnreadableFile, match="broken"):
        read_sheet(bytes(archive))


BOOK = [
    ["Voyages in 2023"],
    [],
    ["origin", "destination", "depart", "seen", "containers", "sure"],
    ["KPRJN", "RUVVO", (45176, 1), (45176.5, 2), 300, True],
    [None, None, None, None, None, None],
    ["KPRJN", "RUVVO", "about May", None, 12.5, False],
]
BOOK_ROWS = [
    ("KPRJN", "RUVVO", "2023-09-07", "2023-09-07T12:00:00", "300", "true"),
    ("KPRJN", "RUVVO", "about May", "", "12.5", "false"),
]


def test_a_workbook() -> None:
    content = xlsx({"Voyages": xlsx_rows(BOOK), "Others": xlsx_rows([["port", "qty"], ["Rajin", 5]])})  # type: ignore[arg-type]
    sheet = read_sheet(content, "x.csv")
    assert (rows_of(sheet), sheet.lines.tolist()) == (BOOK_ROWS, [4, 6])
    assert (sheet.choices, sheet.preamble) == (("Voyages", "Others"), ("Voyages in 2023",))
    assert (sheet.dialect.form, sheet.dialect.sheet, sheet.dialect.header_line) == ("workbook", "Voyages", 3)
    assert set(sheet.reasons) == {"sheet", "header_line", "decimal"}
    other = read_sheet(content, dialect=Dialect(form="workbook", sheet="Others"))
    assert (other.header, rows_of(other)) == (("port", "qty"), [("Rajin", "5")])
    assert rows_of(read_sheet(content, dialect=sheet.dialect)) == BOOK_ROWS
    assert rows_of(read_sheet(content, at_most=1)) == BOOK_ROWS[:1]
    told = read_sheet(content, said={"sheet": "Others"})
    assert (told.header, told.dialect.header_line) == (("port", "qty"), 1)
    assert told.reasons["sheet"] == "You chose “Others”; the other is “Voyages”."
    assert read_sheet(content, said={"sheet": "Others", "header_line": 2}).header == ("Rajin", "5")
    with pytest.raises(DialectError, match="'Voyages', 'Others'"):
        read_sheet(content, dialect=Dialect(form="workbook", sheet="None"))


TABLE: list[list[Cell]] = [["POL", "POD", "ETD", "TEU"], ["Busan", "Nakhodka", "2023-09-07", 5]]
SHEETS: dict[str, tuple[list[list[list[Cell]]], int, str]] = {
    "a cover": ([[["Voyages"], ["by us"]], [["By month"], [], *TABLE]], 1, "is the first sheet whose names we know"),
    "a summary": (
        [[["Port", "TEU", "Vessel"], ["Busan", 5, "Maia"]], TABLE],
        1,
        "is the first sheet whose names we know",
    ),
    "the table first": ([TABLE, TABLE], 0, "is the first sheet"),
    "nothing known": ([[["a", "b"], ["x", 1]], [["c", "d"], ["y", 2]]], 0, "is the first sheet"),
    "an empty one": ([[], TABLE], 1, "is the first sheet whose names we know"),
}


@pytest.mark.parametrize(("tables", "taken", "why"), SHEETS.values(), ids=SHEETS)
def test_the_first_sheet_with_known_names_is_taken(tables: list[list[list[Cell]]], taken: int, why: str) -> None:
    content = xlsx({f"S{number}": xlsx_rows(rows) for number, rows in enumerate(tables)})
    sheet = read_sheet(content)
    assert sheet.dialect.sheet == f"S{taken}"
    assert sheet.reasons["sheet"] == f"“S{taken}” {why}; the other is “S{1 - taken}”."
    assert read_sheet(content, at_most=1).dialect == sheet.dialect


def test_a_preview_of_a_large_workbook_reads_its_beginning() -> None:
    rows: list[list[str | float | tuple[float, int] | None]] = [
        ["port", "qty"],
        *(["Rajin", float(n)] for n in range(30_000)),
    ]
    content = xlsx({"A": xlsx_rows(rows), "B": xlsx_rows([["x"], ["y"]])})
    whole, some = read_sheet(content), read_sheet(content, at_most=50)
    assert (rows_of(some), some.choices) == (rows_of(whole)[:50], whole.choices)
    assert (some.dialect, some.reasons, some.sha256) == (whole.dialect, whole.reasons, whole.sha256)
    assert len(read_sheet(content, at_most=29_999)) == 29_999
    assert rows_of(read_sheet(content, dialect=Dialect(form="workbook", sheet="B"), at_most=5)) == [("y",)]


def test_a_workbook_whose_table_stands_apart() -> None:
    cell = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    rows = f'<row r="5">{cell.format("C5", "port")}{cell.format("D5", "qty")}</row>'
    rows += '<row r="6"><c r="C6" t="inlineStr"><is><t>Rajin</t></is></c><c r="D6"><v>5</v></c></row>'
    sheet = read_sheet(xlsx({"A": rows}))
    assert (sheet.header, sheet.lines.tolist(), sheet.dialect.header_line) == (
        ("column 1", "column 2", "port", "qty"),
        [6],
        5,
    )


def test_an_open_document() -> None:
    rows: list[list[str | float | None]] = [["port", "qty"], ["Rajin", 5], [None, None], ["Rason", "x"]]
    sheet = read_sheet(ods({"Tabelle": ods_rows(rows)}))
    assert (rows_of(sheet), sheet.lines.tolist(), sheet.choices) == (
        [("Rajin", "5"), ("Rason", "x")],
        [2, 4],
        ("Tabelle",),
    )


def test_broken_workbooks() -> None:
    whole = xlsx({"A": xlsx_rows(BOOK)})  # type: ignore[arg-type]
    with pytest.raises(UnreadableFile, match="broken"):
        read_sheet(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match="broken workbook"):
        read_sheet(zipped({"xl/workbook.xml": "<nonsense", "[Content_Types].xml": "x"}))
    with pytest.raises(UnreadableFile, match="is empty"):
        read_sheet(xlsx({"A": ""}))


def parquet(**columns: pa.Array) -> bytes:
    """A Parquet file of these columns."""
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def test_parquet() -> None:
    moment = dt.datetime(2023, 9, 7, 10, 30, tzinfo=dt.UTC)
    content = parquet(
        port=pa.array(["Rajin", None, "Rajin"]).dictionary_encode(),
        qty=pa.array([300.0, 12.5, None]),
        many=pa.array([3, None, 10**18]),
        day=pa.array([dt.date(2023, 9, 7), None, None]),
        zoned=pa.array([moment, None, None], pa.timestamp("ns", "Asia/Tokyo")),
        plain=pa.array(
            [moment.replace(tzinfo=None), moment.replace(tzinfo=None, hour=0, minute=0), None], pa.timestamp("us")
        ),
        sure=pa.array([True, False, None]),
        raw=pa.array([b"x", b"y", None]),
    )
    sheet = read_sheet(content, "x.csv")
    assert rows_of(sheet) == [
        ("Rajin", "300", "3", "2023-09-07", "2023-09-07T10:30:00Z", "2023-09-07T10:30:00", "true", "x"),
        ("", "12.5", "", "", "", "2023-09-07", "false", "y"),
        ("Rajin", "", "1000000000000000000", "", "", "", "", ""),
    ]
    assert (sheet.dialect.form, sheet.lines.tolist()) == ("parquet", [2, 3, 4])
    assert rows_of(read_sheet(content, at_most=2)) == rows_of(sheet)[:2]


def test_lists_in_parquet_are_cells_and_records_are_columns() -> None:
    sheet = read_sheet(
        parquet(
            tags=pa.array([["coal", "bulk"], ["ore"], None]),
            sizes=pa.array([[1, 2], None, [3]]),
            end=pa.array([{"name": "Rajin", "at": {"lat": 42.5}}, None, {"name": "Dunay", "at": None}]),
            none=pa.array([], pa.list_(pa.int64())).take(pa.array([None] * 3, pa.int64())),
        )
    )
    assert sheet.header == ("tags", "sizes", "end.name", "end.at.lat", "none")
    assert rows_of(sheet) == [
        ("coal, bulk", "[1, 2]", "Rajin", "42.5", ""),
        ("ore", "", "", "", ""),
        ("", "[3]", "Dunay", "", ""),
    ]


def test_what_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="column 'raw' is not text"):
        read_sheet(parquet(raw=pa.array([b"\xff\xfe"])))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_bytes_that_a_broken_file_calls_text_are_refused(kind: pa.DataType) -> None:
    plain = parquet(note=pa.array(["x", "zzzz", "y"], kind))
    with pytest.raises(UnreadableFile, match="column 'note' is not text"):
        read_sheet(plain.replace(b"zzzz", b"zz\xff\xfe"))


def test_a_locked_member_is_said_to_be_locked() -> None:
    content = bytearray(zipped({"a.csv": CSV}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.start_dir
    content[at + 8] |= 1
    with pytest.raises(UnreadableFile, match="protected by a password"):
        read_sheet(bytes(content))
