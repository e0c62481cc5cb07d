"""Rows of tags and footers are no data: they are set aside with the reason, and nothing is asked about them."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.tables.read import take

HXL = b"""Departure Port,Destination,Date,Containers
#loc+origin,#country+destination,#date,#indicator+num
Odesa,Egypt,2022-08-15,23
Chornomorsk,Kenya,2022-09-02,30
"""


def test_hxl_tags_are_known() -> None:
    sheet = read_sheet(HXL)
    assert sheet.lines.tolist() == [3, 4]
    (tags,) = sheet.broken
    assert (tags.line, tags.rule) == (2, "a row of HXL tags is not data")
    reading = take(sheet, "legs", mapping=propose(sheet).mapping)
    assert (reading.rows, reading.kept, reading.unplaced) == (3, 2, ())
    assert "overflow" not in reading.set_aside
    assert reading.set_aside["Date"].tolist() == ["#date"]


@pytest.mark.parametrize("footer", ["Source: MND", "Note: provisional.", "Источник: МО", "* provisional figures only"])
def test_footers_are_known(footer: str) -> None:
    text = f"origin,destination,depart,containers\nNajin,Vladivostok,2023-09-01,3\n{footer},,,\n"
    sheet = read_sheet(text.encode())
    assert len(sheet) == 1
    assert [each.rule for each in sheet.broken] == ["a footer is not data"]
    assert take(sheet, "legs").unplaced == ()


@pytest.mark.parametrize(
    "text",
    [
        "origin,destination,depart,containers\nNote: first,,,\nNajin,Vladivostok,2023-09-01,3\n",
        "origin,destination,depart,containers\nNajin,Vladivostok,2023-09-01,3\nBusan,,,\n",
        "a,b,c\n#1,#2,#3\n#4,#5,#6\n",
    ],
    ids=["above data", "a place alone", "numbers"],
)
def test_other_rows_stay(text: str) -> None:
    sheet = read_sheet(text.encode())
    assert (len(sheet), sheet.broken) == (2, ())
