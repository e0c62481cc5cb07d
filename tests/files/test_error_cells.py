"""A formula that failed says so with its text, and its row is set aside for that."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.tables.read import read, take
from tests.files.books import xlsx, xlsx_rows

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
