"""A formula that failed says so with its text, and its row is set aside for that."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.tables.read import read, take
from tests.files.books import ods, ods_rows, xlsx, xlsx_rows

HEADER = ["origin", "destination", "depart", "containers", "note"]
ROW = ["Najin", "Vladivostok", "2023-09-01", "300", "x"]


def book(**failed: str) -> bytes:
    """A workbook whose second row of data has these cells in error: D3="#N/A"."""
    rows = xlsx_rows([HEADER, ROW, ROW])  # type: ignore[list-item]
    for at, text in failed.items():
        begin = rows.index(f'<c r="{at}"')
        end = rows.index("</c>", begin)
        rows = f'{rows[:begin]}<c r="{at}" t="e"><v>{text}</v>{rows[end:]}'
    return xlsx({"First": xlsx_rows([["nothing"]]), "Second": rows})


def test_the_text_of_an_error_is_kept() -> None:
    sheet = read_sheet(book(B3="#REF!", D3="#DIV/0!", E3="#N/A"), "a.xlsx")
    assert [sheet.columns[name][1].as_py() for name in HEADER] == ["Najin", "#REF!", "2023-09-01", "#DIV/0!", "#N/A"]
    reading = take(sheet, "legs")
    rule = "an error of a spreadsheet is no value"
    assert [(each.row, each.column, each.given, each.rule) for each in reading.problems] == [
        (3, "destination", "#REF!", rule),
        (3, "containers", "#DIV/0!", rule),
    ]
    assert reading.unplaced == (), "an error is no unknown place"
    assert reading.recheck({3: {"destination": "Vladivostok", "containers": "4"}}).kept == 2


def test_an_error_in_a_note_costs_no_row() -> None:
    assert take(read_sheet(book(E3="#N/A"), "a.xlsx"), "legs").kept == 2


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#NV", " #value! "])
def test_errors_that_were_saved_as_text(text: str) -> None:
    reading = read(f"origin,destination,depart,containers\nNajin,{text},2023-09-01,3\n".encode())
    assert [each.rule for each in reading.problems] == ["an error of a spreadsheet is no value"]


def failed(text: str, value: str) -> str:
    """A cell of an .ods whose formula failed."""
    return f'<table:table-cell table:formula="of:=1/0" {value}><text:p>{text}</text:p></table:table-cell>'


def of_ods(repeated: int = 1) -> bytes:
    """An .ods in which two cells of the last row failed, one of them with 0 beside its error."""
    first = ods_rows([["Najin"]]).partition("<table:table-row>")[2].partition("</table:table-row>")[0]
    when = ods_rows([["2023-09-01"]]).partition("<table:table-row>")[2].partition("</table:table-row>")[0]
    one = failed("#REF!", 'office:value-type="string" office:string-value=""')
    other = failed("Err:502", 'office:value-type="float" office:value="0"')
    last = f'<table:table-row table:number-rows-repeated="{repeated}">{first}{one}{when}{other}</table:table-row>'
    rows = ods_rows([HEADER[:4], ROW[:4]])  # type: ignore[list-item]
    return ods({"Other": ods_rows([["nothing"]]), "Legs": rows + last})


def test_an_error_in_an_ods_is_no_zero() -> None:
    sheet = read_sheet(of_ods(), "a.ods")
    assert [sheet.columns[name][1].as_py() for name in HEADER[:4]] == ["Najin", "#REF!", "2023-09-01", "Err:502"]
    reading = take(sheet, "legs")
    assert reading.kept == 1
    assert {(each.column, each.given) for each in reading.problems} == {
        ("destination", "#REF!"),
        ("containers", "Err:502"),
    }


def test_rows_that_repeat_fail_each() -> None:
    sheet = read_sheet(of_ods(repeated=3), "a.ods")
    assert sheet.columns["containers"].to_pylist() == ["300", "Err:502", "Err:502", "Err:502"]
    assert take(sheet, "legs").kept == 1
