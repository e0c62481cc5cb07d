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


PERMUTED = [
    "POL,POD,ETD,TEU",
    "Busan,Vladivostok,2024-04-01,300",
    ",,,",
    "POD,POL,ETD,Tonnes",
    "Busan,Nakhodka,2024-04-01,5000",
]
TITLED = [
    "POL,POD,ETD,TEU",
    "Busan,Vladivostok,2024-04-01,300",
    "Exports,,,",
    "From,To,Sailing date,Net weight (t)",
    "Vladivostok,Busan,2024-04-01,5000",
]
TWICE = ["From,To,Date,TEU,,From,To,Date,TEU", "Busan,Nakhodka,2024-04-01,300,,Nakhodka,Busan,2024-04-11,30"]


@pytest.mark.parametrize("lines", [PERMUTED, TITLED], ids=["ends exchanged", "a title above"])
def test_legs_below_legs_under_other_names_are_two_tables(lines: list[str]) -> None:
    name, what = _of(lines)
    assert (name, "from line 4 on" in what) == ("two-tables", True)


def test_they_are_found_below_many_rows() -> None:
    rows = [f"Busan,Vladivostok,2024-04-01,{number}" for number in range(1, 2500)]
    assert _of([PERMUTED[0], *rows, *PERMUTED[3:]])[0] == "two-tables"


def test_legs_beside_legs_are_two_tables() -> None:
    name, what = _of(TWICE)
    assert name == "two-tables"
    assert "“From” and “To” of the first and “From (2)” and “To (2)” of the second" in what


@pytest.mark.parametrize(
    "lines",
    [
        ["From,From,To,To,Date,TEU", "KRPUS,Busan,RUVVO,Vladivostok,2024-04-01,300"],
        ["From,To,Date,Unit,Quantity", "Busan,Nakhodka,2024-04-01,TEU,3", "Busan,Nakhodka,2024-04-02,Containers,3"],
    ],
    ids=["codes and names", "units that are names too"],
)
def test_names_twice_and_words_in_cells_are_no_second_table(lines: list[str]) -> None:
    assert propose(read_sheet("\n".join(lines).encode())).shape is None
