"""Matrices and columns of periods become one row a figure, each on its line; totals and empty rows are listed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DialectError, MappingError
from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.matching.shapes.reshape import reshape
from geo.sheet import Sheet
from geo.tables.read import Reading, take

MATRIX = """From \\ To,Odesa,Istanbul,Mersin,Total
Odesa,0,120,30,150
Istanbul,12,0,55,67
Mersin,2,,7,9
Reni,,0,,
Total,14,120,92,226
"""
YEARS = "Supplier,Recipient,2019,2020,2021,Total\nRussia,India,100,0,300,400\nTotal,,100,0,300,400\n"


def made(text: str) -> tuple[Sheet, str]:
    sheet = read_sheet(text.encode())
    proposal = propose(sheet)
    assert proposal.shape is not None
    assert proposal.shape.offered
    assert not proposal.mapping.columns
    return reshape(sheet, proposal.shape.name), proposal.shape.name


def rows(sheet: Sheet) -> list[tuple[str, ...]]:
    return list(zip(*(sheet.columns[header].to_pylist() for header in sheet.header), strict=True))


def taken(sheet: Sheet, **fixed: str) -> Reading:
    mapping = propose(sheet).mapping
    return take(sheet, "legs", mapping=replace(mapping, fixed={**mapping.fixed, **fixed}))


def test_a_matrix_becomes_a_leg_a_figure() -> None:
    sheet, shape = made(MATRIX)
    assert shape == "matrix"
    assert sheet.header == ("origin", "destination", "count")
    assert rows(sheet) == [
        ("Odesa", "Istanbul", "120"),
        ("Odesa", "Mersin", "30"),
        ("Istanbul", "Odesa", "12"),
        ("Istanbul", "Mersin", "55"),
        ("Mersin", "Odesa", "2"),
        ("Mersin", "Mersin", "7"),
    ]
    assert sheet.lines.tolist() == [2, 2, 3, 3, 4, 4]
    assert [(each.line, each.rule) for each in sheet.broken] == [
        (5, "a row of this table has a figure"),
        (6, "a total row is not data"),
    ]
    assert propose(sheet).missing == ("depart", "unit"), "neither the day nor the unit is made up"
    reading = taken(sheet, depart="2023-01-01", unit="container")
    assert reading.kept == 5
    (same,) = (each for each in reading.problems if each.column == "destination")
    assert (same.row, same.rule) == (4, "origin and destination must differ")
    assert reading.set_aside["line"].tolist() == ["4", "5", "6"]


def test_the_corner_tells_which_side_is_which_and_what_is_counted() -> None:
    sheet, _ = made("To \\ From,Busan,Shanghai\nBusan,,5\nShanghai,4,\n")
    assert rows(sheet) == [("Busan", "Shanghai", "5"), ("Shanghai", "Busan", "4")]
    assert sheet.header[:2] == ("destination", "origin")
    sheet, _ = made("TEU,Busan,Shanghai,Ningbo\nBusan,,5,6\nShanghai,4,,3\n")
    assert propose(sheet).mapping.fixed["unit"] == "TEU"


def test_years_become_periods() -> None:
    sheet, shape = made(YEARS)
    assert shape == "wide"
    assert rows(sheet) == [("Russia", "India", "2019", "100"), ("Russia", "India", "2021", "300")]
    assert [(each.line, each.rule) for each in sheet.broken] == [(3, "a total row is not data")]
    table = taken(sheet, unit="USD").table
    assert [str(each)[:10] for each in table["depart"]] == ["2019-01-01", "2021-01-01"]
    assert [str(each)[:10] for each in table["depart_latest"]] == ["2020-01-01", "2022-01-01"]


@pytest.mark.parametrize(
    ("headers", "depart"),
    [
        ("Jan 2023,Feb 2023", ["2023-01-01", "2023-02-01"]),
        ("2023-01-01,2023-02-01", ["2023-01-01", "2023-02-01"]),
        ("2023M01,2023M02", ["2023-01-01", "2023-02-01"]),
        ("Q1 2023 (TEU),Q2 2023 (TEU)", ["2023-01-01", "2023-04-01"]),
        ("X2022,X2023", ["2022-01-01", "2023-01-01"]),
    ],
)
def test_periods_are_named_in_many_ways(headers: str, depart: list[str]) -> None:
    sheet, _ = made(f"From,To,{headers}\nBusan,Najin,1,2\nBusan,Dunay,3,4\n")
    table = taken(sheet, unit="TEU").table
    assert [str(each)[:10] for each in table["depart"]] == depart * 2
    assert (table["depart_latest"] - table["depart"]).dt.days.min() > 27, "a month is no day"


def test_months_go_with_a_column_of_years() -> None:
    sheet, _ = made("From,To,Year,Jan,Feb\nBusan,Najin,2023,1,2\n")
    assert [str(each)[:10] for each in taken(sheet, unit="TEU").table["depart"]] == ["2023-01-01", "2023-02-01"]
    shape = propose(read_sheet(b"From,To,Jan,Feb\nBusan,Najin,1,2\n")).shape
    assert shape is not None
    assert "a year is not made up" in shape.rule


def test_figures_of_one_line_are_mended_in_the_file_alone() -> None:
    reading = taken(made(MATRIX)[0], depart="2023-01-01", unit="container")
    with pytest.raises(MappingError, match="several rows come from one line"):
        reading.recheck({4: {"count": "8"}})


@pytest.mark.parametrize(
    "text",
    [
        "From,To,Date,TEU,2023\nBusan,Najin,2023-01-01,4,5\n",
        "From,To,Date,TEU\nBusan,Najin,2023-01-01,4\n",
        "code,name,lat,lon\nX,Busan,1,2\n",
    ],
)
def test_other_tables_are_left_as_they_are(text: str) -> None:
    sheet = read_sheet(text.encode())
    assert propose(sheet).shape is None
    for shape in ("matrix", "wide", "routes", "trade"):
        with pytest.raises(DialectError):
            reshape(sheet, shape)


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3))
def test_no_figure_of_a_matrix_is_lost(figures: list[list[int]]) -> None:
    names = ["Busan", "Najin", "Shanghai"]
    lines = [",".join([name, *map(str, row)]) for name, row in zip(names, figures, strict=True)]
    sheet = reshape(read_sheet("\n".join([",".join(["From", *names]), *lines]).encode()), "matrix")
    told = np.array(figures)
    assert sum(map(int, sheet.columns["count"].to_pylist())) == told.sum()
    assert len(sheet) == np.count_nonzero(told)
    assert len(sheet.broken) == np.count_nonzero(~told.any(axis=1))
