"""Rows that stand for many places are set aside, and nothing is asked about them."""

from __future__ import annotations

from geo.gazetteer.places import Places
from geo.matching.mapping import ColumnMap
from geo.tables.by_kind import read_places
from geo.tables.read import read

ROWS = b"""origin,destination,depart,containers
Najin,Vladivostok,2023-09-01,120
Najin,World,2023-09-01,400
EU27,Vladivostok,2023-09-01,7
Najin,Asia,2023-09-02,8
"""


def test_an_aggregate_is_never_a_place_nor_a_question() -> None:
    reading = read(ROWS)
    assert reading.kept == 1
    assert reading.unplaced == ()
    assert reading.preferred == (), "Asia is also a town of the Philippines"
    told = [(each.row, each.column, each.given, each.rule) for each in reading.problems]
    rule = "an aggregate is not a place"
    assert told == [(3, "destination", "World", rule), (4, "origin", "EU27", rule), (5, "destination", "Asia", rule)]


def test_an_answer_and_a_file_of_places_win() -> None:
    own = {name: name for name in ("origin", "destination", "depart", "containers")}
    answered = read(ROWS, mapping=ColumnMap("legs", own, places={"Asia": "PHMNL"}))
    assert answered.kept == 2
    place, _ = read_places(b"code,name,lon,lat\nX1,World,10,50\n")
    assert read(ROWS, places=Places.load().plus(place)).kept == 2
