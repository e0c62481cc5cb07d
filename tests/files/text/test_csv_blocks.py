"""Reading in bulk gives what reading with care gives, wherever the blocks are cut; no line with text is lost."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import TooLarge
from geo.files import limits
from geo.files import text_file as text_module
from geo.files.text.csv_repair import Lines, read_block
from geo.files.text.records import Marks, read_record
from geo.files.text_file import read_text
from geo.sheet import Dialect, Sheet
from tests.examples import examples

HEADER = b"a,b,c\n"
TEXT = st.text(st.sampled_from(list("ab,;\"'\\ \n\r\u00e9\ufeff\x0b")), max_size=80)
MARKS = st.sampled_from([('"', '"'), ('"', "\\"), ('"', ""), ("'", "'"), ("", "")])
Found = tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, tuple[str, ...]]]]


def rows_of(sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    """(line, cells) of the rows."""
    columns = [column.to_pylist() for column in sheet.columns.values()]
    return list(zip(sheet.lines.tolist(), zip(*columns, strict=True), strict=True))


def with_care(text: str, marks: Marks) -> Found:
    """(rows, broken) of the same text, one record after the other; repeated headers are rows to it."""
    whole = text if text.endswith(("\n", "\r")) else text + "\n"
    lines = _split(whole)
    rows, broken, at = [], [], 0
    while at < len(lines):
        record = read_record(lines, at, marks)
        filled = any(cell.strip() for cell in record.cells)
        if record.fault or (filled and (len(record.cells) < 3 or any(cell.strip() for cell in record.cells[3:]))):
            broken.append((at + 2, tuple(record.cells)))
        elif filled:
            rows.append((at + 2, tuple(record.cells[:3])))
        at += record.lines
    return rows, broken


def _split(text: str) -> list[str]:
    """Lines with their ends, at the three that there are."""
    lines, line = [], ""
    for at, mark in enumerate(text):
        line += mark
        if mark == "\n" or (mark == "\r" and text[at + 1 : at + 2] != "\n"):
            lines.append(line)
            line = ""
    return lines


@examples(400)
@given(TEXT, MARKS)
@example('x,"1\n2",3\n', ('"', '"'))
@example('x,"1\n2,3\na,"b",c', ('"', '"'))
@example('"a","b","c",\n"d","e","f"', ('"', '"'))
@example('x,"\n1,2,3\n4,5,6\n",z\n7,8,9\n', ('"', '"'))
@example("1,2,3\n" * 50 + 'x,"\n1,2,3\n",z\n' + "7,8,9\n" * 50, ('"', '"'))
@example('x,"a\\"b",c\n', ('"', "\\"))
@example("\ufeffx,y,z", ('"', '"'))
def test_in_bulk_is_as_with_care(text: str, style: tuple[str, str]) -> None:
    if "'" in text:
        text = text.replace("a", "x")
    if not text:
        return
    sheet = read_text([HEADER + text.encode()], "x", Dialect(quote=style[0], escape=style[1]))
    rows, broken = with_care(text, Marks(",", *style))
    kept = rows_of(sheet)
    again = [each for each in sheet.broken if "appear once" in each.rule]
    assert sorted([*kept, *((each.line, each.cells) for each in again)]) == rows
    assert [(each.line, each.cells) for each in sheet.broken if each not in again] == broken


@examples(200)
@given(TEXT, MARKS, st.lists(st.integers(1, 30), min_size=1, max_size=6), st.sampled_from([",", "; ", "||"]))
@example('1,2,3\nx,"\n4,5,6\n\n7,8",9\nx,y,z\n', ('"', '"'), [7], ",")
@example('1,2,3\nx,"\n4,5,6\n\n7,8",9\nx,y,z\n', ('"', '"'), [3], "||")
def test_it_does_not_matter_where_blocks_are_cut(
    text: str, style: tuple[str, str], sizes: list[int], delimiter: str
) -> None:
    content = (HEADER.decode() + text).replace(",", delimiter).encode()
    parts, at = [], 0
    while at < len(content):
        size = sizes[len(parts) % len(sizes)]
        parts.append(content[at : at + size])
        at += size
    dialect = Dialect(delimiter=delimiter, quote=style[0], escape=style[1])
    if "\u00e9".encode() in content or "\ufeff".encode() in content:
        dialect = replace(dialect, encoding="utf-8-sig")
    whole = read_text([content], "x", dialect)
    with mock.patch.object(text_module, "_WIDTH_FROM", 0):  # So that the first blocks are not joined.
        cut = read_text(parts, "x", dialect)
    assert (rows_of(whole), whole.broken, whole.header) == (rows_of(cut), cut.broken, cut.header)


@given(
    st.lists(
        st.lists(st.text(st.sampled_from(list('ab,;|\t" \n\u00e9')), max_size=6), min_size=3, max_size=3), max_size=8
    )
)
def test_the_dialect_does_not_change_the_cells(rows: list[list[str]]) -> None:
    found = []
    for delimiter, quote, end, encoding in (
        (",", '"', "\n", "utf-8"),
        ("::", "'", "\r\n", "utf-16-le"),
        ("|", '"', "\n", "cp1252"),
    ):
        lines = [["x", "y", "z"], *rows]
        text = end.join(
            delimiter.join(f"{quote}{cell.replace(quote, quote * 2)}{quote}" for cell in row) for row in lines
        )
        dialect = Dialect(delimiter=delimiter, quote=quote, escape=quote, encoding=encoding)
        sheet = read_text([text.encode(encoding)], "x", dialect)
        assert sheet.broken == ()
        found.append([cells for _, cells in rows_of(sheet)])
    assert found[0] == found[1] == found[2] == [tuple(row) for row in rows if any(cell.strip() for cell in row)]


def test_a_fault_costs_one_line_and_no_neighbour() -> None:
    text = b'1,2,3\n4,"5,6\n7,8,9\n"x"y,1,2\n1,2\n1,2,3,4\n1,"2\n2",3\n\n , ,\n7,7,7'
    sheet = read_text([HEADER + text], "x", Dialect())
    assert rows_of(sheet) == [
        (2, ("1", "2", "3")),
        (4, ("7", "8", "9")),
        (8, ("1", "2\n2", "3")),
        (12, ("7", "7", "7")),
    ]
    assert [(each.line, each.hint.split(".")[0]) for each in sheet.broken] == [
        (3, "In cell 2, text follows the closing quote"),
        (5, "In cell 1, text follows the closing quote"),
        (6, "This one has 2 and the header 3"),
        (7, "This one has 4 and the header 3"),
    ]


def test_a_quote_that_never_closes_costs_one_line() -> None:
    text = HEADER + b'"1,2,3\n' + b"4,5,6\n" * 200_000
    sheet = read_text([text], "x", Dialect())
    assert (len(sheet), [each.line for each in sheet.broken]) == (200_000, [2])
    assert "not closed" in sheet.broken[0].hint


def test_work_row_by_row_has_an_end() -> None:
    clock = iter(range(0, 10**6, 100))
    with pytest.raises(TooLarge, match="one by one"):
        read_text([HEADER + b"1,2\n" * 2000], "x", Dialect(), clock=lambda: float(next(clock)))
    assert limits.CAREFUL_SECONDS < 100 * 2000 / 256


def test_one_record_has_an_end_too() -> None:
    one = HEADER + b'"' * 40_001 + b"\n"
    assert [each.line for each in read_text([one], "x", Dialect()).broken] == [2]
    clock = iter(range(0, 10**6, 100))
    with pytest.raises(TooLarge, match="one by one"):
        read_text([one], "x", Dialect(), clock=lambda: float(next(clock)))


@pytest.mark.parametrize("line", ['"' + 500 * '""' + '"\n', 500 * '"a",' + "b\n", 500 * '"a""b",' + "b\n"])
def test_a_line_is_decoded_once_however_many_quotes_it_has(line: str) -> None:
    decoded: list[object] = []

    class Text(bytes):
        def __getitem__(self, at: object) -> bytes:  # type: ignore[override]
            decoded.append(at)
            return bytes(self)

    lines = Lines(Text(line.encode()), np.array([0]), np.array([len(line) - 1]))
    assert (read_record(lines, 0, Marks()).fault, len(decoded)) == ("", 1)


def test_a_block_tells_what_it_left_over() -> None:
    text = b'1,2\n3,"4\n'
    block = read_block(text, 2, 2, Marks(), final=False)
    assert (block.used, block.line_count, block.lines.tolist()) == (4, 1, [2])
