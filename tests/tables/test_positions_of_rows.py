"""Positions that cannot be meant: 0, 0, and those that go the other way than their names."""

from __future__ import annotations

import pytest

from geo.tables.exchanged_ends import RULE
from geo.tables.read import Reading, read

NOWHERE = "0, 0 is what programs write for no position"
HEAD = "origin,origin_lat,origin_lon,destination,destination_lat,destination_lon,depart,containers"


def legs(rows: str, head: str = HEAD) -> Reading:
    return read(f"{head}\n{rows}\n".encode(), "legs")


@pytest.mark.parametrize("text", ["0, 0", "0.0 0.0", "0N 0E", "0\u00b0 S, 0\u00b0 W", "0.000001, -0.000001"])
def test_null_island_is_no_place(text: str) -> None:
    reading = legs(f'Osaka,"{text}",2023-01-01,1\nOsaka,Manila,2023-01-01,1', "origin,destination,depart,containers")
    assert len(reading.table) == 1
    assert [(each.row, each.rule, each.severity) for each in reading.problems] == [(2, NOWHERE, "set aside")]


def test_null_island_in_columns_sets_its_row_aside_and_the_equator_does_not() -> None:
    rows = "Osaka,0,0,Manila,,,2023-01-01,1\nOsaka,,,Libreville,0,9.45,2023-01-02,1\nOsaka,,,Tema,5.6,0.0,2023-01-03,1"
    reading = legs(rows)
    assert len(reading.table) == 2
    assert [(each.row, each.column, each.rule) for each in reading.problems] == [(2, "origin_lat", NOWHERE)]
    assert "so that the name counts" in next(iter(reading.problems)).hint


def test_null_island_in_a_file_of_places() -> None:
    reading = read(b"code,name,lon,lat\na,Alpha,0,0\nb,Beta,0,5\n", "places")
    assert list(reading.table["code"]) == ["b"]
    assert [each.rule for each in reading.problems] == [NOWHERE]


@pytest.mark.parametrize(
    ("first", "last", "exchanged"),
    [
        (("Rotterdam", 51.95, 4.14), ("Antwerp", 51.24, 4.41), False),
        (("Rotterdam", 51.24, 4.41), ("Antwerp", 51.95, 4.14), True),
        (("Osaka", 34.65, 135.43), ("Kobe", 34.68, 135.2), False),
        (("Osaka", 34.68, 135.2), ("Kobe", 34.65, 135.43), True),
        (("Busan", 43.1, 131.9), ("Vladivostok", 35.1, 129.05), True),
        (("Busan", 34.9, 128.6), ("Vladivostok", 42.8, 132.9), False),
        (("Somewhere", 43.1, 131.9), ("Busan", 35.1, 129.05), False),
    ],
)
def test_positions_that_go_the_other_way_than_their_names_warn(
    first: tuple[str, float, float], last: tuple[str, float, float], exchanged: bool
) -> None:
    row = ",".join(map(str, (*first, *last)))
    reading = legs(f"{row},2023-01-01,1")
    assert len(reading.table) == 1
    warned = [each for each in reading.problems if each.rule == RULE]
    assert [(each.row, each.severity) for each in warned] == ([(2, "warning")] if exchanged else [])


def test_a_line_drawn_against_its_names_warns() -> None:
    line = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"origin":"%s","destination":"%s",'
        '"depart":"2023-01-01","containers":5},"geometry":{"type":"LineString","coordinates":[[4.14,51.95],[4.41,51.24]]}}]}'
    )
    along, against = (
        read((line % names).encode(), "legs") for names in (("Rotterdam", "Antwerp"), ("Antwerp", "Rotterdam"))
    )
    assert [each.rule for each in along.problems] == []
    assert [each.rule for each in against.problems] == [RULE]
    hint = next(iter(against.problems)).hint
    assert "Exchange the positions or the names" in hint
