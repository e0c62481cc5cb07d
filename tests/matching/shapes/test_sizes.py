"""Counts of 20- and 40-foot containers are counted in TEU once somebody agrees."""

from __future__ import annotations

import pytest

from geo.errors import DialectError
from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.matching.shapes.reshape import reshape
from geo.tables.read import take


@pytest.mark.parametrize(
    "headers", ["20ft,40ft", "20',40'", "20GP,40HC", "20 ft containers,40 ft containers", "No. 20,No. 40"]
)
def test_two_sizes_make_one_count(headers: str) -> None:
    text = f"From,To,Date,{headers}\nBusan,Najin,2023-01-01,3,4\nBusan,Dunay,2023-01-02,,5\nBusan,Najin,2023-01-03,,\n"
    sheet = read_sheet(text.encode())
    proposal = propose(sheet)
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == ("sizes", True)
    made = reshape(sheet, "sizes")
    assert made.columns["TEU"].to_pylist() == ["11", "10", ""]
    agreed = propose(made)
    assert agreed.missing == ()
    assert agreed.mapping.fixed["unit"] == "TEU"
    assert take(made, "legs", mapping=agreed.mapping).kept == 2


def test_types_of_one_size_are_counted_together() -> None:
    text = (
        "POL,POD,ETD,20GP,20RF,40GP,40HC,45HC\nCNSHA,USLAX,2024-01-03,100,5,200,50,3\nCNSHA,USLAX,2024-02-03,1,,,2,\n"
    )
    sheet = read_sheet(text.encode())
    shape = propose(sheet).shape
    assert shape is not None
    assert "of 20, 40 and 45 feet" in shape.what
    assert reshape(sheet, "sizes").columns["TEU"].to_pylist() == ["611", "5"]


@pytest.mark.parametrize("headers", ["20' full,20' empty,20' total,40'", "20ft,40ft,40ft total"])
def test_nothing_is_counted_with_its_own_sum(headers: str) -> None:
    row = ",".join("7" for _ in headers.split(","))
    sheet = read_sheet(f"From,To,Date,{headers}\nBusan,Najin,2023-01-01,{row}\n".encode())
    shape = propose(sheet).shape
    assert shape is None or shape.name != "sizes"


def test_what_is_no_count_is_listed() -> None:
    made = reshape(
        read_sheet(b"From,To,Date,20ft,40ft\nBusan,Najin,2023-01-01,1.5,4\nBusan,Najin,2023-01-02,1,4\n"), "sizes"
    )
    assert made.lines.tolist() == [3]
    assert [(each.line, each.rule) for each in made.broken] == [
        (2, "a count of containers of one size is a whole number")
    ]


@pytest.mark.parametrize("header", ["20ft,40ft,TEU", "Age 2020,Age 2040", "20ft,Notes"])
def test_other_columns_are_left_alone(header: str) -> None:
    row = ",".join("7" for _ in header.split(","))
    sheet = read_sheet(f"From,To,Date,{header}\nBusan,Najin,2023-01-01,{row}\n".encode())
    shape = propose(sheet).shape
    assert shape is None or shape.name != "sizes"
    if "TEU" not in header:
        with pytest.raises(DialectError):
            reshape(sheet, "sizes")
