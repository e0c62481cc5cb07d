"""A file that holds two tables is named for it, and nothing of it is taken for anything."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import propose

LEGS = "from,to,departed,containers"
BESIDE = [
    LEGS + ",,code,name,lat,lon",
    "Najin,Old Quay,2023-09-01,300,,Q1,Old Quay,42.9,132.2",
    "Old Quay,Najin,2023-09-05,200,,Q2,New Quay,42.8,132.3",
]
BELOW = [
    "origin,destination,depart,containers",
    "Najin,Dunai,2023-09-01,300",
    "code,name,lat,lon",
    "Q1,Quay,42.9,132.2",
]


def _of(lines: list[str]) -> tuple[str, str]:
    found = propose(read_sheet("\n".join(lines).encode()))
    assert found.shape is not None
    assert not found.mapping.columns
    assert not found.shape.offered
    return found.shape.name, found.shape.what


def test_legs_beside_places_are_two_tables() -> None:
    name, what = _of(BESIDE)
    assert name == "two-tables"
    assert "side by side: “from” and “to” are the ends of legs, “code”, “lat” and “lon” those of places" in what


def test_places_below_legs_are_two_tables() -> None:
    name, what = _of(BELOW)
    assert (name, "from line 3 on the columns are “code”, “name”, “lat” and “lon”" in what) == ("two-tables", True)


@pytest.mark.parametrize(
    "lines",
    [
        ["origin,destination,depart,containers,lat,lon", "Najin,Dunai,2023-09-01,3,42.2,130.3"],
        ["from,to,date,boxes,port name,lat,lon", "Najin,Dunai,2023-09-01,3,Najin,42.2,130.3"],
        ["origin,destination,depart,containers", "Najin,Dunai,2023-09-01,3", "origin,destination,depart,containers"],
    ],
)
def test_a_position_of_an_end_or_a_header_again_is_no_second_table(lines: list[str]) -> None:
    assert propose(read_sheet("\n".join(lines).encode())).shape is None


def test_a_kind_that_is_said_is_read_from_either() -> None:
    assert propose(read_sheet("\n".join(BESIDE).encode()), "legs").mapping.columns["from"] == "origin"
