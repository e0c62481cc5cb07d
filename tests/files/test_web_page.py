"""Tables of web pages become the sheets that a workbook would; what no reader sees is not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.child.spanned_cells import Table
from geo.files.read import read_sheet
from geo.sheet import Dialect
from tests.files.cells import rows_of

ROWS = "<tr><td>Rajin<td>Vladivostok<td>2023-09-07<td>300<tr><td>Rajin<td>Dunay<td>2023-09-08<td>12.5"
NAMES = "<tr><th>Origin<th>Destination<th>Depart<th>Containers</tr>"
CELLS = [("Rajin", "Vladivostok", "2023-09-07", "300"), ("Rajin", "Dunay", "2023-09-08", "12.5")]


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


BEGINNINGS = {
    "a page": page(f"<p>x</p><table>{NAMES}{ROWS}</table>"),
    "an export": f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>{NAMES}{ROWS}</table></html>'.encode(),
    "a table alone": f"<table>{NAMES}{ROWS}</table>".encode(),
    "a comment first": f"<!-- report --><style>td{{}}</style><table>{NAMES}{ROWS}</table>".encode(),
    "a heading first": f"<h2>Voyages</h2><table>{NAMES}{ROWS}</table>".encode("utf-16"),
    "ends written": page(
        "<table><thead>"
        + NAMES
        + "</thead><tbody>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>\n" for cell in row) + "</tr>\n" for row in CELLS)
        + "</tbody></table>"
    ),
}


@pytest.mark.parametrize("content", BEGINNINGS.values(), ids=BEGINNINGS)
def test_a_table_of_a_web_page_is_read_as_a_sheet(content: bytes) -> None:
    sheet = read_sheet(content, "report.xls")
    assert (sheet.header, rows_of(sheet), sheet.dialect.form) == (
        ("Origin", "Destination", "Depart", "Containers"),
        CELLS,
        "web-page",
    )
    assert sheet.lines.tolist() == [2, 3]
    assert rows_of(read_sheet(content, dialect=sheet.dialect)) == CELLS
    assert rows_of(read_sheet(content, at_most=1)) == CELLS[:1]


def test_tables_are_named_by_caption_or_heading_and_that_with_known_names_is_taken() -> None:
    body = (
        "<table><tr><td>Home<td>News<tr><td>Ports<td>About</table>"
        f"<h2>Voyages</h2><table>{NAMES}{ROWS}</table>"
        "<table><caption> All\nports</caption><tr><td>a<td>b<tr><td>c<td>d</table>"
        "<table><tr><td>one cell</table><table><tr><td>e<td>f<tr><td>g<td>h</table>"
    )
    sheet = read_sheet(page(body))
    assert sheet.choices == ("Table 1", "Voyages", "All ports", "Voyages (2)")
    assert sheet.dialect.sheet == "Voyages"
    assert "“Voyages” is the first table whose names we know; the others are “Table 1”" in sheet.reasons["sheet"]
    assert rows_of(read_sheet(page(body), said={"sheet": "Voyages (2)"}))[-1] == ("g", "h")
    with pytest.raises(DialectError, match="the file has 'Table 1'"):
        read_sheet(page(body), said={"sheet": "x"})


def test_only_what_a_reader_sees_is_in_a_cell() -> None:
    cell = (
        "1&nbsp;200<sup class='reference'><a href='#n'>[1]</a></sup><span style='display: none'>999</span>"
        "<script>document.write('7')</script><style>b{}</style><select><option>5</select><!-- 8 -->"
    )
    table = f"<table>{NAMES}<tr><td>Rajin<br>Port<td><b>Dunay</b> <i hidden>x</i><td>2023-09-07<td>{cell}</table>"
    assert rows_of(read_sheet(page(table))) == [("Rajin\nPort", "Dunay", "2023-09-07", "1 200")]
    power = page("<table><tr><td>name<td>value<tr><td>a<td>10<sup>3</sup></table>")
    assert rows_of(read_sheet(power))[-1] == ("a", "103")


@pytest.mark.parametrize(
    "left_open", ["<span hidden>", "<sup>", "<div style='display:none'>", "<select><option>5", "<b>"]
)
def test_what_is_left_open_in_a_cell_ends_with_it(left_open: str) -> None:
    table = f"<table>{NAMES}<tr><td>Rajin<td>Dunay{left_open}<td>2023-09-07<td>300<tr><td>a<td>b<td>c<td>4</table>"
    assert rows_of(read_sheet(page(table)))[0][2:] == ("2023-09-07", "300")
    assert rows_of(read_sheet(page(table)))[1] == ("a", "b", "c", "4")


def test_rows_and_columns_that_a_page_hides_are_read_as_those_of_a_workbook_are() -> None:
    hidden = "<tr hidden><td>A<td style='display:none'>B<td>C<td>D"
    table = f"<div style='display:none'><table>{NAMES}{ROWS}{hidden}</table></div>"
    assert rows_of(read_sheet(page(table))) == [*CELLS, ("A", "B", "C", "D")]


def test_a_table_within_another_is_one_of_its_own() -> None:
    inner = f"<table>{NAMES}{ROWS}</table>"
    sheet = read_sheet(page(f"<table><tr><td>menu<td>{inner}<tr><td>below<td>more</table>"))
    assert rows_of(sheet) == CELLS
    outer = read_sheet(page(f"<table><tr><td>menu<td>{inner}<tr><td>below<td>more</table>"), said={"sheet": "Table 1"})
    assert [cell for row in [outer.header, *rows_of(outer)] for cell in row][-2:] == ["below", "more"]


def test_cells_that_reach_over_rows_count_for_each_and_names_over_two_rows_are_one() -> None:
    names = "<tr><th rowspan=2>From<th rowspan=2>To<th colspan=2>Cargo<th rowspan=2>Departure<tr><th>Containers<th>Ship"
    rows = "<tr><td rowspan=2>Rajin<td>Dunay<td>300<td>Angara<td rowspan='0'>2023-09-07<tr><td>Vostochny<td>20<td>Maria"
    sheet = read_sheet(page(f"<table>{names}{rows}</table>"))
    assert sheet.header == ("From", "To", "Cargo Containers", "Cargo Ship", "Departure")
    assert rows_of(sheet) == [
        ("Rajin", "Dunay", "300", "Angara", "2023-09-07"),
        ("Rajin", "Vostochny", "20", "Maria", "2023-09-07"),
    ]
    assert "“From” of rows 3 to 4" in sheet.reasons["merged"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=euc-kr>", "cp949"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=ks_c_5601-1987'>", "cp949"),
        ("<meta charset='utf-16'>", "utf-8"),
        ("<meta charset='iso-8859-1'>", "utf-8"),
        ("<meta charset=iso-2022-kr>", "iso2022_kr"),
        ("<meta charset='no-such-charset'>", "utf-8"),
        ("<meta charset='unicode_escape'>", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_the_charset_that_a_page_declares_is_taken_where_it_fits(declared: str, encoding: str) -> None:
    table = f"<table>{NAMES}<tr><td>나진항<td>블라디보스토크<td>2023-09-07<td>300</table>"
    content = page(table, declared).decode().encode(encoding)
    assert rows_of(read_sheet(content)) == [("나진항", "블라디보스토크", "2023-09-07", "300")]


def test_pages_without_tables_and_tables_wider_than_any_are_refused() -> None:
    for body in ("<p>300 containers", "<table><tr><td>one cell</table>", "<table></table>"):
        with pytest.raises(UnreadableFile, match="is a web page without a table") as refused:
            read_sheet(page(body), "x.html")
        assert refused.value.hint
    wide = "".join("<td colspan=1000>x" for _ in range(300))
    with pytest.raises(TooLarge, match="the cells of a table"):
        read_sheet(page(f"<table>{f'<tr>{wide}' * 80}</table>"))
    with pytest.raises(TooLarge, match="number of columns"):
        read_sheet(page(f"<table><tr>{wide}<tr><td>x</table>"))


SPANS = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(st.lists(st.lists(SPANS, max_size=4), min_size=1, max_size=6))
def test_no_cell_is_lost_or_written_twice_and_none_reaches_below_the_table(rows: list[list[tuple[int, int]]]) -> None:
    table, written = Table("x"), 0
    for row in rows:
        table.begin_row()
        for columns, down in row:
            table.begin_cell(columns, down)
            table.add(f"c{written}")
            written += 1
    table.end()
    texts = [cell for row in table.rows for cell in row if cell]
    assert (texts, len(table.rows)) == ([f"c{number}" for number in range(written)], len(rows))
    covered = [
        (row, column)
        for top, left, bottom, right in table.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    assert all(bottom < len(table.rows) for _, _, bottom, _ in table.merged)
    filled = {(row, column) for row, cells in enumerate(table.rows) for column, cell in enumerate(cells) if cell}
    starts = {(top, left) for top, left, _, _ in table.merged}
    assert not (set(covered) - starts) & filled


def test_a_table_is_bounded_before_it_takes_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEET_CELLS", 100)
    table = Table("x")
    table.begin_row()
    table.begin_cell(60, 1)
    table.end_row()
    with pytest.raises(TooLarge):
        [(table.begin_row(), table.begin_cell(60, 1)) for _ in range(3)]


def test_a_dialect_of_a_page_is_no_dialect_of_a_text() -> None:
    with pytest.raises((UnreadableFile, DialectError)):
        read_sheet(b"origin,destination\nRajin,Dunay\n", dialect=Dialect(form="web-page"))
