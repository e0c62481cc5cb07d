"""What is too large is refused at once, and the limit is named."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import TooLarge
from geo.files import archives, limits
from geo.files.read import read_sheet
from geo.sheet import Dialect
from tests.files.books import ods, xlsx, xlsx_rows, zipped


def test_a_line_without_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge, match="length of line 1: more than 1 MiB"):
        read_sheet(b"x" * 500 * limits.MIB)
    with pytest.raises(TooLarge, match="length of line 3"):
        read_sheet(b"a,b\n1,2\n" + b"y" * 40 * limits.MIB + b"\n1,2\n")
    with pytest.raises(TooLarge, match="length of line 2"):
        read_sheet(b"a,b\n" + b"y" * (limits.MIB + 1) + b"\n" + b"1,2\n" * limits.MIB, dialect=Dialect())


def test_a_line_as_long_as_allowed_is_read() -> None:
    sheet = read_sheet(b"a,b\n1," + b"y" * (limits.MIB - 3) + b"\n3,4\n")
    assert len(sheet) == 2


def test_columns() -> None:
    with pytest.raises(TooLarge, match="number of columns: 100,000, and the limit is 1,000"):
        read_sheet(",".join(f"c{number}" for number in range(100_000)).encode() + b"\n")


def test_a_bomb_in_gzip(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.RATIO_FROM == 64 * limits.MIB
    monkeypatch.setattr(limits, "RATIO_FROM", limits.MIB)
    bomb = gzip.compress(b"a,b\n" + b"\n" * 4 * limits.MIB)
    with pytest.raises(TooLarge, match="400 to 1 beyond 1 MiB"):
        read_sheet(bomb)


def test_what_an_archive_claims_is_believed_before_it_is_unpacked() -> None:
    archive = bytearray(zipped({"a.csv": b"a,b\n1,2\n"}))
    at = archive.index(b"PK\x01\x02")
    struct.pack_into("<L", archive, at + 24, 2**32 - 2)
    with pytest.raises(TooLarge, match="unpacked size"):
        read_sheet(bytes(archive))


def test_a_directory_without_end() -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 10**9, 0, 0)
    with pytest.raises(TooLarge, match="directory of the archive"):
        archives.directory(io.BytesIO(b"PK\x03\x04" + end), "x")


def test_two_cells_far_apart() -> None:
    cell = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'
    wide = f'<row r="1">{cell.format("A1")}{cell.format("XFD1")}</row>'
    with pytest.raises(TooLarge, match="number of columns"):
        read_sheet(xlsx({"A": wide}))
    deep = f'<row r="1">{cell.format("A1")}</row><row r="1048576">{cell.format("ZZ1048576")}</row>'
    spellings = (
        deep,
        deep.replace('r="', "r = '").replace('"', "'"),
        deep.replace("ZZ", "zz"),
        deep.replace("c r=", "c\tr="),
    )
    for rows in spellings:
        with pytest.raises(TooLarge, match="the memory that reading it takes: more than 960 MiB"):
            read_sheet(xlsx({"A": rows}))


def test_a_cell_repeated_a_billion_times() -> None:
    cell = '<table:table-cell table:number-columns-repeated="900" office:value-type="string"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-cell></table:table-row>'
    with pytest.raises(TooLarge, match="cells of a sheet, each as often as it is repeated: 900,000,000"):
        read_sheet(ods({"A": row}))
    gaps = '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    plain = '<table:table-row><table:table-cell office:value-type="string"><text:p>port</text:p></table:table-cell>'
    assert read_sheet(ods({"A": f"{plain}</table:table-row>{gaps}"})).header == ("port",)


def parquet(columns: dict[str, pa.Array]) -> bytes:
    """A Parquet file of these columns."""
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def test_parquet_of_a_few_bytes_with_many_rows() -> None:
    one = pa.DictionaryArray.from_arrays(pa.array(np.zeros(25_000_000, np.int8)), pa.array(["KPRJN"]))
    content = parquet({"origin": one})
    assert len(content) < 200_000
    with pytest.raises(TooLarge, match=r"25,000,000 rows of 1 columns: 2 GiB, and the limit is 1\.9 GiB"):
        read_sheet(content)


def test_a_long_text_that_many_rows_repeat_is_held_once() -> None:
    long = pa.DictionaryArray.from_arrays(pa.array(np.zeros(60_000, np.int32)), pa.array(["x" * 50_000]))
    for column in (long, long.slice(0, 20_000).cast(pa.string())):
        sheet = read_sheet(parquet({"note": column, "origin": pa.array(["KPRJN"] * len(column))}))
        assert (len(sheet), len(sheet.columns["note"].dictionary)) == (len(column), 1)


def test_rows_that_become_too_much_are_refused_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TABLE_BYTES", 1_000_000)
    rows = [{"type": "Feature", "properties": {"a": f"{number:0100}"}, "geometry": None} for number in range(7_000)]
    features = json.dumps({"type": "FeatureCollection", "features": rows}).encode()
    text = b"a,b\n" + b"1,2\n" * 20_000
    book = xlsx({"A": xlsx_rows([["a", "b"], *([1.0, 2.0] for _ in range(20_000))])})
    for content in (features, text, book, gzip.compress(text)):
        with pytest.raises(TooLarge, match=r"the memory for [0-9,]+ rows"):
            read_sheet(content)


def test_files_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    with pytest.raises(TooLarge, match="the size of the file: 20 bytes, and the limit is 10 bytes"):
        read_sheet(b"a,b\n" * 5)


def test_a_member_of_a_zip_that_becomes_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000)
    with pytest.raises(TooLarge, match="unpacked size"):
        read_sheet(zipped({"a.csv": b"a,b\n" * 500}))
    with pytest.raises(TooLarge, match="unpacked size"):
        read_sheet(gzip.compress(b"a,b\n" * 500))


def test_one_text_that_fills_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_MEMORY", 200 * limits.MIB)
    cell = f'<c r="A1" t="inlineStr"><is><t>{"x" * 60 * limits.MIB}</t></is></c>'
    with pytest.raises(TooLarge, match="the memory that reading it takes: more than 200 MiB") as error:
        read_sheet(xlsx({"A": f'<row r="1">{cell}</row>'}))
    assert "Save its table as CSV" in str(error.value)


def test_a_file_of_a_form_that_is_not_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HELD_BYTES", 500)
    features = json.dumps({"type": "FeatureCollection", "features": [], "note": "x" * 600}).encode()
    for content in (xlsx({"A": xlsx_rows([["a"]])}), features, gzip.compress(features)):
        with pytest.raises(TooLarge, match="the size of a file of this form"):
            read_sheet(content)


def test_limits_in_words() -> None:
    assert [limits.in_words(size) for size in (10, 1024, 1.5 * limits.MIB, 4 * limits.GIB)] == [
        "10 bytes",
        "1 KiB",
        "1.5 MiB",
        "4 GiB",
    ]


def test_stored_members_need_no_unpacking() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as book:
        book.writestr("a.csv", b"port,qty\nRajin,1\n")
    assert len(read_sheet(archive.getvalue())) == 1
