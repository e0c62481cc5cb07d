"""Each charset is told from its own text, also where one word is all there is; what cannot be told is asked for."""

from __future__ import annotations

import random

import pytest

from geo.errors import TooLarge, UnreadableFile
from geo.files import limits
from geo.files.detect.charset import encoding_of
from geo.files.read import read_sheet
from geo.files.text.decode import MARK, SHOWN
from geo.sheet import Dialect, Sheet

TEXTS = {
    "cp1252": (
        "origin,destination\nKPRJN,São Paulo\n",
        "Hafen;Größe;Länge\nKöln;12;1\nMünchen;13;2\n",
        "vessel\nL’Étoile – Malmö\n",
        "NORGE,ÅLESUND,TROMSØ\nBODØ,1,2\n",
        "port,price\nCoruña,£5\nAlmería,€6\n",
    ),
    "cp1251": (
        "порт отправления;порт назначения;дата\nВладивосток;Раджин;07.09.23\nНаходка;Восточный;08.09.23\n",
        "origin,destination\nKPRJN,Владивосток\n",
        "ПОРТ\nЗАРУБИНО\n",
        "a,note\n1,около 300\n",
    ),
    "cp932": (
        "出発港,到着港,日付\n羅津,ウラジオストク,2023-09-07\n",
        "origin,destination\nRajin,清津\n",
        "港\n横浜\n神戸\n",
        "vessel,備考\nAngara,約300個\n",
    ),
    "cp949": (
        "출발항,도착항,일자\n나진,블라디보스토크,2023-09-07\n청진,나홋카\n",
        "origin,destination\nRajin,부산\n",
        "note\n약 300개\n",
    ),
    "gb18030": (
        "出发港,目的港,日期\n罗津,符拉迪沃斯托克,2023-09-07\n清津,大连\n",
        "origin,destination\nRajin,上海\n",
        "a,b\nx,大连\n",
        "note\n约300个\n",
    ),
}


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    """The cells below the header."""
    return list(zip(*(column.to_pylist() for column in sheet.columns.values()), strict=True))


CASES = [(encoding, text) for encoding, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(("encoding", "text"), CASES)
def test_a_charset_is_told_from_its_letters(encoding: str, text: str) -> None:
    found, reason = encoding_of(text.encode(encoding), "x")
    assert found == encoding
    assert reason.endswith(".")


@pytest.mark.parametrize(("encoding", "text"), CASES)
def test_few_foreign_bytes_in_a_long_file_are_enough(encoding: str, text: str) -> None:
    plain = "vessel,note\n" + "Angara,plain\n" * 100_000
    sheet = read_sheet((plain + text.replace(";", ",")).encode(encoding))
    assert sheet.dialect.encoding == encoding
    assert len(sheet) + len(sheet.broken) == 100_000 + text.count("\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-32"])
@pytest.mark.parametrize("text", ["порт,дата\nРаджин,2023\n", "a,b\n日本,2\n", "a,b\n1,2\n"])
def test_unicode_tells_itself(encoding: str, text: str) -> None:
    sheet = read_sheet(text.encode(encoding))
    assert list(sheet.header) == text.split("\n", maxsplit=1)[0].split(",")
    assert len(sheet) == 1


def test_what_cannot_be_told_waits_until_somebody_says() -> None:
    content = "a,b\n\u0411,1\nx,2\n".encode("cp1251")
    sheet = read_sheet(content)
    assert sheet.columns["a"].to_pylist() == ["\ufffd\\xc1", "x"]
    assert "character set is unclear" in sheet.reasons["encoding"]
    assert sheet.reasons["encoding"].endswith("choose its encoding.")
    assert read_sheet(content, dialect=Dialect(encoding="cp1251")).columns["a"].to_pylist() == ["\u0411", "x"]


MOSTLY = "place,note\n" + "K\u00f6ln,\u5317\u4eac\n" * 20


@pytest.mark.parametrize("before", [0, 1, 100_000], ids=["at once", "after one row", "after much ASCII"])
@pytest.mark.parametrize("encoding", ["cp1252", "cp949"])
def test_a_row_in_another_charset_does_not_change_that_of_the_file(before: int, encoding: str) -> None:
    plain, row = "Angara,plain\n" * before, {"cp1252": "Malm\u00f6,x\n", "cp949": "\ubd80\uc0b0,x\n"}[encoding]
    head, *rows = MOSTLY.splitlines(keepends=True)
    for text in (
        (head + plain).encode() + row.encode(encoding) + "".join(rows).encode(),
        MOSTLY.encode() + row.encode(encoding),
    ):
        sheet = read_sheet(text)
        assert (sheet.dialect.encoding, sheet.broken) == ("utf-8", ())
        odd = [place for place in sheet.columns["place"].dictionary.to_pylist() if MARK in place]
        assert odd == [row.encode(encoding).partition(b",")[0].decode("utf-8", SHOWN)]
        assert sheet.columns["note"].to_pylist().count("\u5317\u4eac") == 20


def test_bytes_that_are_no_text_are_shown() -> None:
    shown = "caf\ufffd\\xe9"
    for encoding, byte in (("utf-8", b"\xe9"), ("ascii", b"\xe9"), ("cp932", b"\xe9")):
        sheet = read_sheet(b"a,b\ncaf" + byte + b",1\n", dialect=Dialect(encoding=encoding))
        assert rows_of(sheet) == [(shown, "1")]
    odd = read_sheet("a,b\nx,1".encode("utf-16-le") + b"y", dialect=Dialect(encoding="utf-16-le"))
    assert rows_of(odd) == [("x", "1\ufffd\\x79")]


def test_very_many_bytes_that_are_no_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNDECODED_BYTES", 10)
    content = b"a,b\n" + b"\xe9,1\n" * 10
    assert len(read_sheet(content, dialect=Dialect())) == 10
    for encoding in ("utf-8", "cp932"):
        with pytest.raises(TooLarge, match="not text in its encoding: more than 10"):
            read_sheet(content + b"\xe9,1\n", dialect=Dialect(encoding=encoding))


def test_noise_is_no_text() -> None:
    noise = random.Random(7)
    for _ in range(200):
        with pytest.raises(UnreadableFile):
            encoding_of(noise.randbytes(300), "x")
