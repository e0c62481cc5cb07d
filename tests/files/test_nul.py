"""A NUL byte costs its row and no other; text of UTF-16 is full of them, and a binary file is no table."""

from __future__ import annotations

import io
import random
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UnreadableFile
from geo.files.read import read_sheet
from geo.files.text.decode import NUL
from geo.tables.by_kind import read_legs
from geo.tables.validator import NUL_RULE
from tests.examples import examples

HEAD = b"origin,destination,depart,containers,claimant\n"
ROW = b"RUVVO,CNSHA,2023-09-01,300,Port watch\n"
HURT = b"RUVVO,CNSHA,2023-09-02,300,Port\0watch\n"


def rows_aside(content: bytes) -> tuple[int, list[tuple[int, str, str, str]]]:
    """How many rows are kept, and (line, column, given, rule) of what sets rows aside."""
    legs, problems = read_legs(io.BytesIO(content))
    return len(legs), [(each.row, each.column, each.given, each.rule) for each in problems.set_aside]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_one_nul_costs_one_row(encoding: str) -> None:
    content = (HEAD + ROW * 60 + HURT + ROW * 40).decode().encode(encoding)
    assert rows_aside(content) == (100, [(62, "claimant", f"Port{NUL}watch", NUL_RULE)])


@pytest.mark.parametrize("letters", ["Находка, порт приписки судна", "Gdańsk Łódź Świnoujście"])
def test_in_other_charsets_too(letters: str) -> None:
    row = f'RUVVO,CNSHA,2023-09-01,300,"{letters}"\n'
    charset = "cp1251" if "п" in letters else "utf-8"
    content = HEAD + (row * 30).encode(charset) + HURT
    assert rows_aside(content) == (30, [(32, "claimant", f"Port{NUL}watch", NUL_RULE)])


def test_beyond_what_is_looked_at_first() -> None:
    kept, aside = rows_aside(HEAD + ROW * 40_000 + HURT + ROW)
    assert (kept, len(aside)) == (40_001, 1)


def test_in_a_file_of_one_row() -> None:
    assert rows_aside(HEAD + b"RUVVO,CNSHA,2023-09-01,3\x0000,x\n") == (0, [(2, "containers", f"3{NUL}00", NUL_RULE)])


@pytest.mark.parametrize("rest", [b"", b"RUVVO,CN"])
def test_the_end_of_a_file_that_a_disk_filled_with_nul_costs_its_last_line(rest: bytes) -> None:
    kept, aside = rows_aside(HEAD + ROW * 5 + rest + b"\0" * 4096)
    assert (kept, [line for line, *_ in aside]) == (5, [7])
    assert aside[0][2].endswith(f"{NUL}×4096")


def test_a_mended_row_is_read() -> None:
    reading = read_sheet(HEAD + ROW + HURT.replace(b"\0", NUL.encode()))
    assert reading.columns["claimant"].to_pylist() == ["Port watch", f"Port{NUL}watch"]
    assert rows_aside(HEAD + ROW + HURT.replace(b"\0", b" "))[0] == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["порт,место\nНаходка,Владивосток\n", "a,b\n1,2\n", "港,日\n釜山,九月\n" + "a,b\n" * 9]
)
def test_utf16_without_a_mark_is_read_as_ever(text: str, encoding: str) -> None:
    sheet = read_sheet(text.encode(encoding))
    assert sheet.dialect.encoding == encoding
    assert ["".join(sheet.header), *(cell for name in sheet.header for cell in sheet.columns[name].to_pylist())]
    assert "".join(sheet.header) == text.partition("\n")[0].replace(",", "")


def tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("legs.csv")
        info.size = len(HEAD + ROW * 50)
        archive.addfile(info, io.BytesIO(HEAD + ROW * 50))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (random.Random(1).randbytes(5_000), "not a text table"),
        (b"\0" * 5_000, "not a text table"),
        (HEAD + HURT * 10, "not a text table"),
        (b"\x7fELF\x02\x01\x01\0" * 500, "not a text table"),
        ((HEAD + ROW * 5).decode().encode("utf-32-le"), "not a text table"),
        (HEAD + ROW * 40_000 + HURT * 50_000, "not a text table"),
        (tar(), "tar archive"),
    ],
)
def test_a_binary_file_is_refused_in_words(content: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what):
        read_sheet(content)


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\ufffd", exclude_categories=["Cc", "Cs"]), max_size=6
)


@examples(60)
@given(st.lists(st.tuples(CELL, st.booleans()), min_size=1, max_size=12))
def test_no_row_is_lost(rows: list[tuple[str, bool]]) -> None:
    """Rows kept and rows set aside are the rows of the file, and those with a NUL are set aside."""
    body = "".join(
        f'RUVVO,CNSHA,2023-09-01,300,"{text.replace(chr(34), "")}{chr(0) if hurt else ""}"\n' for text, hurt in rows
    )
    plain = ROW.decode() * (len(rows) + 1)
    kept, aside = rows_aside((HEAD.decode() + plain + body).encode())
    hurt_lines = [len(rows) + 3 + at for at, (_, hurt) in enumerate(rows) if hurt]
    assert [line for line, _, _, rule in aside if rule == NUL_RULE] == hurt_lines
    assert kept + len({line for line, *_ in aside}) == 2 * len(rows) + 1
