"""A route in one column is split into its two ends; what has not two is listed."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.matching.shapes.reshape import reshape


@pytest.mark.parametrize(
    ("route", "ends"),
    [
        ("Busan - Najin", ("Busan", "Najin")),
        ("Busan → Najin", ("Busan", "Najin")),
        ("Busan–Najin", ("Busan", "Najin")),
        ("from Busan to Najin", ("Busan", "Najin")),
        ("KRPUS-KPRJN", ("KRPUS", "KPRJN")),
        ("Port-au-Prince-Miami", ("Port-au-Prince", "Miami")),
        ("Ust-Luga - Port Said", ("Ust-Luga", "Port Said")),
    ],
)
def test_a_route_has_two_ends(route: str, ends: tuple[str, str]) -> None:
    sheet = read_sheet(f"Route,Date,Containers\n{route},2023-09-01,5\n{route},2023-09-02,6\n".encode())
    proposal = propose(sheet)
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == ("routes", True)
    legs = reshape(sheet, "routes")
    assert (legs.columns["origin"][0].as_py(), legs.columns["destination"][0].as_py()) == ends
    assert not propose(legs).missing


def test_stops_and_places_alone_are_listed() -> None:
    rows = ["Busan - Najin", "Busan - Dunay", "Najin - Busan", "Dunay - Busan", "Busan - Najin - Dunay", "Busan"]
    text = "Route,Date,TEU\n" + "".join(f"{route},2023-09-0{at + 1},5\n" for at, route in enumerate(rows))
    legs = reshape(read_sheet(text.encode()), "routes")
    assert legs.lines.tolist() == [2, 3, 4, 5]
    assert [(each.line, each.rule) for each in legs.broken] == [
        (6, "a route names its two ends"),
        (7, "a route names its two ends"),
    ]


@pytest.mark.parametrize("text", ["Port,Notes\nUst-Luga,a - b\nPort-au-Prince,c - d\n", "A,B\n1-2,3/4\n5-6,7/8\n"])
def test_marks_alone_make_no_route(text: str) -> None:
    shape = propose(read_sheet(text.encode())).shape
    assert shape is None or shape.name != "routes"


def test_routes_with_stops_are_known_for_what_they_are_and_listed() -> None:
    sheet = read_sheet(
        b"Route,Date,TEU\nBusan - Vladivostok - Nakhodka,2024-04-01,300\nBusan - Vladivostok,2024-04-05,200\n"
    )
    shape = propose(sheet).shape
    assert shape is not None
    assert shape.name == "routes"
    legs = reshape(sheet, "routes")
    assert legs.columns["destination"].to_pylist() == ["Vladivostok"]
    assert [(each.line, each.rule) for each in legs.broken] == [(2, "a route names its two ends")]


def test_a_file_of_routes_with_stops_alone_says_so() -> None:
    shape = propose(read_sheet(b"Route,Date,TEU\nBusan - Vladivostok - Nakhodka,2024-04-01,300\n")).shape
    assert shape is not None
    assert shape.name == "routes"
