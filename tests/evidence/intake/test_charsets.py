"""Each charset is told from its own text, also where one word is all there is; what cannot be told is asked for."""

from __future__ import annotations

import random

import pytest

from geo.errors import UnreadableFile
from geo.evidence.intake.charsets import encoding_of
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.opening import read_sheet

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


def test_what_cannot_be_told_is_asked_for_and_read_when_said() -> None:
    content = "a,b\n\u0411,1\n".encode("cp1251")
    with pytest.raises(UnreadableFile, match="charset cannot be told") as asked:
        read_sheet(content)
    assert asked.value.hint == "Choose its encoding."
    assert read_sheet(content, dialect=Dialect(encoding="cp1251")).columns["a"].to_pylist() == ["\u0411"]


def test_noise_is_no_text() -> None:
    noise = random.Random(7)
    for _ in range(200):
        with pytest.raises(UnreadableFile):
            encoding_of(noise.randbytes(300), "x")


def test_a_charset_that_does_not_fit_is_said() -> None:
    with pytest.raises(UnreadableFile, match="not UTF-8 text at line 2"):
        read_sheet("a\nSão\n".encode("cp1252"), dialect=Dialect())
    with pytest.raises(UnreadableFile, match="not text in the charset utf-16-le"):
        read_sheet(b"a,b\n1,2", dialect=Dialect(encoding="utf-16-le"))
