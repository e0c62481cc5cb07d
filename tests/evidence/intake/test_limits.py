"""What is too large is refused at once, and the limit is named."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import TooLarge
from geo.evidence.intake import limits, packing
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.opening import read_sheet
from tests.evidence.intake.books import ods, xlsx, zipped


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


def test_a_bomb_in_gzip() -> None:
    bomb = gzip.compress(b"a,b\n" + b"\n" * 200 * limits.MIB)
    with pytest.raises(TooLarge, match="400 to 1"):
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
        packing.directory(b"PK\x03\x04" + end, "x")


def test_two_cells_far_apart() -> None:
    cell = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'
    wide = f'<row r="1">{cell.format("A1")}{cell.format("XFD1")}</row>'
    with pytest.raises(TooLarge, match="number of columns"):
        read_sheet(xlsx({"A": wide}))
    deep = f'<row r="1">{cell.format("A1")}</row><row r="1048576">{cell.format("ZZ1048576")}</row>'
    with pytest.raises(TooLarge, match="cells of a sheet"):
        read_sheet(xlsx({"A": deep}))


def test_a_cell_repeated_a_billion_times() -> None:
    cell = '<table:table-cell table:number-columns-repeated="900" office:value-type="string"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-cell></table:table-row>'
    with pytest.raises(TooLarge, match="cells of a sheet"):
        read_sheet(ods({"A": row}))
    gaps = '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    plain = '<table:table-row><table:table-cell office:value-type="string"><text:p>port</text:p></table:table-cell>'
    assert read_sheet(ods({"A": f"{plain}</table:table-row>{gaps}"})).header == ("port",)


def test_parquet_that_claims_much(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    table = pa.table({f"c{number}": pa.nulls(200_000, pa.int8()) for number in range(60)})
    monkeypatch.setattr(limits, "TABLE_CELLS", 10**7)
    pq.write_table(table, file)
    with pytest.raises(TooLarge, match="cells of the table"):
        read_sheet(file.getvalue())


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


def test_a_workbook_that_unpacks_to_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HELD_BYTES", 3000)
    book = xlsx({"A": '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 5000})
    assert len(book) < 3000
    with pytest.raises(TooLarge, match="unpacked size of the workbook"):
        read_sheet(book)


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
