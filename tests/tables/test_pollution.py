"""One clean file of 200 legs, polluted in every way that files from elsewhere are: each gives the clean table, or names
what it set aside and why. The traits are those that the Pollock benchmark measures, and some that it does not."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest

from geo.errors import UnreadableFile
from geo.files.read import read_sheet
from geo.sheet import Dialect
from geo.tables.read import Reading, read

HEADER = ["origin", "destination", "depart", "arrive", "containers", "vessel", "cargo", "note"]
PORTS = ["KPRJN", "RUVVO", "CNSHA", "KRPUS", "JPTYO", "CNTAO", "SGSIN", "VNHPH"]
NOTES = ["", "deck cargo; part load", 'said to be "urgent"', "seen, not counted", "two\nlines", "Владивосток", "plain"]
ROWS = 200
Rows = list[list[str]]


def clean_rows() -> Rows:
    """200 legs, every sort of text among their notes; no two are alike."""
    rows = []
    for number in range(ROWS):
        origin, destination = PORTS[number % 8], PORTS[(number * 3 + 1) % 8]
        if origin == destination:
            destination = PORTS[(number + 2) % 8]
        month, day = 1 + number % 9, 1 + number % 28
        count = str(100 + number)
        cells = [origin, destination, f"2023-{month:02d}-{day:02d}", f"2023-{month + 1:02d}-{day:02d}", count]
        rows.append([*cells, f"Vessel {number}", "textiles", NOTES[number % len(NOTES)]])
    return rows


def written(rows: Rows, header: Rows | None = None, **dialect: object) -> str:
    text = io.StringIO()
    writer = csv.writer(text, **{"lineterminator": "\n", **dialect})  # type: ignore[arg-type]
    writer.writerows([*([HEADER] if header is None else header), *rows])
    return text.getvalue()


def flat(rows: Rows) -> Rows:
    """The same without line breaks and letters beyond ASCII in the notes."""
    return [[cell.replace("\n", " ").replace("Владивосток", "Vladivostok") for cell in row] for row in rows]


@cache
def clean() -> pd.DataFrame:
    reading = read(written(clean_rows()).encode())
    assert (reading.rows, len(reading.table), len(reading.problems)) == (ROWS, ROWS, 0)
    return reading.table


def assert_clean(reading: Reading, notes: bool = True, expected: pd.DataFrame | None = None) -> None:
    """The table of the clean file; line numbers aside, and without the notes where the pollution cannot carry them."""
    assert [problem.rule for problem in reading.problems] == []
    left_out = ["row", "geometry", *([] if notes else ["note"])]
    want = (clean() if expected is None else expected).drop(columns=left_out)
    found = reading.table.drop(columns=left_out)
    pd.testing.assert_frame_equal(found, want)
    assert reading.rows == ROWS == len(reading.table)


DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


@pytest.mark.parametrize("delimiter", DELIMITERS.values(), ids=DELIMITERS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["some quoted", "all quoted"])
def test_delimiters_line_ends_and_quoting(delimiter: str, line_end: str, quoting: int) -> None:
    rows = flat(clean_rows()) if line_end == "\r" else clean_rows()
    text = written(rows, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    reading = read(text.encode())
    assert_clean(reading, notes=line_end != "\r")
    assert (reading.dialect.delimiter, reading.dialect.line_end) == (delimiter, line_end)


@pytest.mark.parametrize("delimiter", ["||", "::", "~|~"])
def test_delimiters_of_several_characters(delimiter: str) -> None:
    plain = written(flat(clean_rows()), delimiter="\x1f", quoting=csv.QUOTE_NONE, quotechar=None)
    reading = read(plain.replace("\x1f", delimiter).encode())
    assert reading.dialect.delimiter == delimiter
    assert_clean(reading, notes=False)


QUOTES: dict[str, dict[str, object]] = {
    "single quotes": {"quotechar": "'"},
    "backslash": {"doublequote": False, "escapechar": "\\"},
    "single quotes, backslash": {"quotechar": "'", "doublequote": False, "escapechar": "\\"},
}


@pytest.mark.parametrize("style", QUOTES.values(), ids=QUOTES)
def test_quotes_and_escapes(style: dict[str, object]) -> None:
    text = written(flat(clean_rows()), quoting=csv.QUOTE_ALL, **style)
    assert_clean(read(text.encode()), notes=False)
    notes = read(text.encode()).table["note"].tolist()
    assert notes == [row[-1] for row in flat(clean_rows())]


ENCODINGS = {
    "UTF-8": ("utf-8", b"", "Владивосток"),
    "UTF-8 with its mark": ("utf-8", codecs.BOM_UTF8, "Владивосток"),
    "UTF-16 LE with its mark": ("utf-16-le", codecs.BOM_UTF16_LE, "Владивосток"),
    "UTF-16 BE with its mark": ("utf-16-be", codecs.BOM_UTF16_BE, "Владивосток"),
    "UTF-16 LE": ("utf-16-le", b"", "Владивосток"),
    "UTF-16 BE": ("utf-16-be", b"", "Владивосток"),
    "Windows-1252": ("cp1252", b"", "Fähre nach São Luís – überfällig"),
    "Windows-1251": ("cp1251", b"", "Контейнеры из порта Раджин во Владивосток"),
    "Shift-JIS": ("shift_jis", b"", "羅津港からウラジオストクへのコンテナ"),
    "EUC-KR": ("euc_kr", b"", "나진항에서 블라디보스토크로 가는 컨테이너"),
    "GB18030": ("gb18030", b"", "从罗津港运往符拉迪沃斯托克的集装箱"),
}


@pytest.mark.parametrize(("encoding", "mark", "note"), ENCODINGS.values(), ids=ENCODINGS)
def test_encodings(encoding: str, mark: bytes, note: str) -> None:
    rows = [[*row[:-1], f"{note} {number % 10}"] for number, row in enumerate(clean_rows())]
    reading = read(mark + written(rows).encode(encoding))
    assert_clean(reading, notes=False)
    assert reading.table["note"].tolist() == [row[-1] for row in rows]
    assert reading.reasons["encoding"]


PREAMBLES = {
    "a title": "Shipments from Rason, 2023\n",
    "a title and a source": "Shipments from Rason, 2023\nSource: port watch, compiled 2 Nov 2023\n",
    "a title and a blank line": "Shipments 2023\n\n",
    "a title with as many commas": "Shipments,,,,,,,\n,,,,,,,\n",
    "comments": "# made by hand\n# do not edit\n",
    "blank lines": "\n\n\n",
}


@pytest.mark.parametrize("above", PREAMBLES.values(), ids=PREAMBLES)
def test_lines_above_the_header(above: str) -> None:
    reading = read((above + written(clean_rows())).encode())
    assert_clean(reading)
    assert reading.dialect.header_line == above.count("\n") + 1
    assert reading.table["row"].tolist()[0] == above.count("\n") + 2


def test_no_header_is_seen_as_none() -> None:
    reading_of = Dialect(header_line=0, header_lines=0)
    sheet = read_sheet(written(clean_rows(), header=[]).encode())
    assert (sheet.dialect.header_line, len(sheet), sheet.header[0]) == (0, ROWS, "column 1")
    told = read_sheet(written(clean_rows(), header=[]).encode(), dialect=reading_of)
    assert len(told) == ROWS


def test_two_header_lines() -> None:
    units = ["", "", "UTC", "UTC", "boxes", "", "", ""]
    sheet = read_sheet(written(clean_rows(), header=[HEADER, units]).encode())
    assert (sheet.dialect.header_lines, len(sheet)) == (2, ROWS)
    assert sheet.header[2].startswith("depart")


def named(reading: Reading, line: int) -> str:
    """What is said of a line that was set aside."""
    assert str(line) in reading.set_aside["line"].tolist()
    return " ".join(f"{problem.rule} {problem.hint}" for problem in reading.problems if problem.row == line)


def without(reading: Reading, numbers: set[int]) -> None:
    kept = clean()["vessel"].drop(index=sorted(numbers)).tolist()
    assert reading.table["vessel"].tolist() == kept
    assert reading.rows == len(reading.table) + len(reading.set_aside)


def test_repeated_headers_are_named() -> None:
    rows = flat(clean_rows())
    reading = read(written([*rows[:50], HEADER, *rows[50:120], HEADER, *rows[120:]]).encode())
    without(reading, set())
    assert "names appear once" in named(reading, 52)
    assert reading.rows == ROWS + 2


def test_footers_are_named() -> None:
    text = written(flat(clean_rows())) + "Source: port watch\n"
    reading = read(text.encode())
    without(reading, set())
    assert named(reading, ROWS + 2)


@pytest.mark.parametrize("word", ["Total", "TOTAL:", "Итого", "합계", "Sum"])
def test_a_total_row_is_named(word: str) -> None:
    rows = flat(clean_rows())
    total = str(sum(int(row[4]) for row in rows))
    reading = read(written([*rows, [word, "", "", "", total, "", "", ""]]).encode())
    without(reading, set())
    assert "sum" in named(reading, ROWS + 2).lower()


def test_ragged_rows_are_named() -> None:
    rows = flat(clean_rows())
    rows[10] = [*rows[10][:4], "1", "000", *rows[10][5:]]
    rows[20] = rows[20][:5]
    reading = read(written(rows).encode())
    without(reading, {10, 20})
    assert "cells" in named(reading, 12)
    assert "cells" in named(reading, 22)


def test_an_open_quote_is_named() -> None:
    lines = written(flat(clean_rows())).splitlines()
    lines[31] = '"' + lines[31]
    reading = read("\n".join(lines).encode())
    without(reading, {30})


def test_blank_lines_and_trailing_delimiters_cost_nothing() -> None:
    lines = written(flat(clean_rows())).splitlines()
    assert_clean(read("\n\n".join(lines).encode()), notes=False)
    assert_clean(read("".join(f"{line},\n" for line in lines).encode()), notes=False)
    assert_clean(read("".join(f"{line},,,\n" for line in lines).encode()), notes=False)


NUMBERS: dict[str, tuple[str, Callable[[int], str]]] = {
    "decimal comma, points": (",", lambda n: f"{n:,}".replace(",", ".")),
    "commas": (".", lambda n: f"{n:,}"),
    "spaces": ("", lambda n: f"{n:,}".replace(",", " ")),
    "narrow spaces": ("", lambda n: f"{n:,}".replace(",", "\u202f")),
    "no-break spaces": ("", lambda n: f"{n:,}".replace(",", "\u00a0")),
    "apostrophes": ("", lambda n: f"{n:,}".replace(",", "'")),
    "typographic apostrophes": ("", lambda n: f"{n:,}".replace(",", "\u2019")),
}


@pytest.mark.parametrize(("decimal", "shape"), NUMBERS.values(), ids=NUMBERS)
def test_thousands(decimal: str, shape: Callable[[int], str]) -> None:
    rows = [[*row[:4], shape(int(row[4]) * 12_345), *row[5:]] for row in flat(clean_rows())]
    text = written(rows, delimiter=";")
    told = Dialect(delimiter=";", decimal=decimal) if decimal else None
    expected = [float(row[4]) * 12_345 for row in clean_rows()]
    assert read(text.encode(), dialect=told).table["containers_best"].tolist() == expected
    assert read(text.encode()).table["containers_best"].tolist() == expected


DATES = {
    "day first, points": "%d.%m.%Y",
    "day first, two-digit years": "%d.%m.%y",
    "day first, slashes": "%d/%m/%Y",
    "month first": "%m/%d/%Y",
    "month names": "%d-%b-%Y",
    "basic ISO": "%Y%m%d",
}


@pytest.mark.parametrize("form", DATES.values(), ids=DATES)
def test_dates(form: str) -> None:
    def again(text: str) -> str:
        return pd.Timestamp(text).strftime(form)

    rows = [[*row[:2], again(row[2]), again(row[3]), *row[4:]] for row in flat(clean_rows())]
    assert_clean(read(written(rows).encode()), notes=False)


def test_packed_files() -> None:
    content = written(clean_rows()).encode()
    assert_clean(read(gzip.compress(content), name="legs.csv.gz"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../legs.csv", content)
    reading = read(packed.getvalue(), name="legs.zip")
    assert_clean(reading)
    assert reading.dialect.packing == "zip"


def test_a_table_file_holds_the_same() -> None:
    frame = pd.DataFrame(clean_rows(), columns=HEADER)
    parquet = io.BytesIO()
    frame.to_parquet(parquet)
    reading = read(parquet.getvalue(), name="legs.parquet")
    assert reading.dialect.form == "parquet"
    assert_clean(reading)


def test_an_empty_file_and_a_header_alone() -> None:
    with pytest.raises(UnreadableFile, match="is empty"):
        read(b"")
    reading = read((",".join(HEADER) + "\n").encode())
    assert (reading.rows, len(reading.table)) == (0, 0)


def test_the_order_of_the_columns_does_not_matter() -> None:
    rows = [list(reversed(row)) for row in clean_rows()]
    assert_clean(read(written(rows, header=[list(reversed(HEADER))]).encode()))
