"""What a merged cell says once counts for each of its rows, and the reason says so; numbers are not multiplied."""

from __future__ import annotations

from geo.files.merged_cells import Merged
from geo.files.read import read_sheet
from geo.tables.read import take
from tests.files.books import Cell, ods, xlsx, xlsx_rows

ROWS: list[list[Cell | tuple[float, int]]] = [
    ["origin", "destination", "depart", "containers", "imo"],
    ["Rason", "Dunay", "2023-09-08", 300.0, 9179842.0],
    [None, "Vostochny", "2023-09-09", None, None],
    [None, "Vladivostok", "2023-09-10", 10.0, None],
    ["Chongjin", "Vladivostok", "2023-09-10", 7.0, None],
]


def test_a_merged_origin_counts_for_its_rows() -> None:
    sheet = read_sheet(xlsx({"Data": xlsx_rows(ROWS)}, ["A2:A4", "D2:D3", "E2:E4"]), "a.xlsx")
    assert sheet.columns["origin"].to_pylist() == ["Rason", "Rason", "Rason", "Chongjin"]
    assert sheet.columns["containers"].to_pylist() == ["300", "", "10", "7"], "300 is not counted twice"
    assert sheet.columns["imo"].to_pylist() == ["9179842", "9179842", "9179842", ""]
    assert "Merged cells count for each of their rows: “origin” of rows 2 to 4" in sheet.reasons["merged"]
    assert "A merged number is left" in sheet.reasons["merged"]
    assert take(sheet, "legs").kept == 3


def test_a_merged_origin_of_an_ods_counts_for_its_rows() -> None:
    text = '<table:table-cell office:value-type="string"{0}><text:p>{1}</text:p></table:table-cell>'
    covered = "<table:covered-table-cell/>"

    def row(*cells: str, more: str = "") -> str:
        return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"

    names = row(*(text.format("", name) for name in ("origin", "destination", "depart", "containers")))
    below = [text.format("", cell) for cell in ("2023-09-08", "7")]
    first = text.format(' table:number-rows-spanned="3" table:number-columns-spanned="1"', "Rason")
    rows = [
        row(first, text.format("", "Dunay"), *below),
        row(covered, text.format("", "Vladivostok"), *below, more=' table:number-rows-repeated="2"'),
        row(text.format("", "Chongjin"), text.format("", "Dunay"), *below),
    ]
    sheet = read_sheet(ods({"Cover": row(first), "Data": names + "".join(rows)}), "a.ods")
    assert sheet.columns["origin"].to_pylist() == ["Rason", "Rason", "Rason", "Chongjin"]
    assert "“origin” of rows 2 to 4" in sheet.reasons["merged"]


def test_merged_names_and_titles_are_left_alone() -> None:
    rows: list[list[Cell | tuple[float, int]]] = [["Shipments", None], ["From", "To"], ["Busan", "Najin"]]
    sheet = read_sheet(xlsx({"Data": xlsx_rows(rows)}, ["A1:B1"]), "a.xlsx")
    assert sheet.header == ("From", "To")
    assert "merged" not in sheet.reasons


def test_a_range_goes_on_in_the_next_batch() -> None:
    merged = Merged([(1, 0, 3, 0)])
    first: list[tuple[int, list[str]]] = [(2, ["Busan", "a"]), (3, ["", "b"])]
    second: list[tuple[int, list[str]]] = [(4, ["", "c"]), (5, ["", "d"])]
    merged.fill(first)
    merged.fill(second)
    assert [cells[0] for _, cells in [*first, *second]] == ["Busan", "Busan", "Busan", ""]
