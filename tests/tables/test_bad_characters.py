"""A byte that is no character costs its row alone: told where it stands, mended by hand, and never lost."""

from __future__ import annotations

import pytest

from geo.matching.mapping import ColumnMap
from geo.tables.read import Reading, read
from geo.tables.validator import RULE

HEAD = b"origin,destination,depart,containers,note,Bemerkung\n"
GOOD = "Najin,Vladivostok,2023-09-07,300,Straße,北京\n".encode() * 3
ROWS = {
    "a column of ours": (b"Najin,Vladivostok,2023-09-08,300,caf\xe9,x\n", "note", "caf�\\xe9"),
    "a place": (b"Naj\xedn,Vladivostok,2023-09-08,300,,x\n", "origin", "Naj�\\xedn"),
    "an unused column": (b"Najin,Vladivostok,2023-09-08,300,,caf\xe9\n", "Bemerkung", "caf�\\xe9"),
}


def told(reading: Reading) -> list[tuple[int, str, str, str]]:
    """(row, column, given, rule) of what is set aside."""
    return [(each.row, each.column, each.given, each.rule) for each in reading.problems.set_aside]


@pytest.mark.parametrize(("row", "column", "given"), ROWS.values(), ids=ROWS)
def test_only_the_row_with_the_byte_is_set_aside(row: bytes, column: str, given: str) -> None:
    reading = read(HEAD + GOOD + row + GOOD, "legs")
    assert (reading.rows, reading.kept, told(reading)) == (7, 6, [(5, column, given, RULE)])
    assert (reading.unplaced, reading.dialect.encoding) == ((), "utf-8")
    again = read(reading.set_aside_csv().encode(), "legs")
    assert [each[1:] for each in told(again)] == [(column, given, RULE)]
    mended = reading.recheck({5: {column: "Najin"}})
    assert (mended.kept, told(mended)) == (7, [])


def test_the_byte_is_all_that_is_said_of_its_row() -> None:
    reading = read(HEAD + GOOD + b"Nowhere,Vladivostok,\xe9,dozens,\xe9,\n", "legs")
    assert told(reading) == [(5, "depart", "�\\xe9", RULE), (5, "note", "�\\xe9", RULE)]


def test_an_unused_column_with_a_name_of_ours_keeps_its_own_text() -> None:
    map_ = ColumnMap(
        "legs", {**{name: name for name in ("origin", "destination", "depart", "containers")}, "Bemerkung": "note"}
    )
    reading = read(HEAD + GOOD + b"Najin,Vladivostok,2023-09-08,300,caf\xe9,good\n", mapping=map_)
    assert told(reading) == [(5, "note (yours)", "caf�\\xe9", RULE)]


def test_a_broken_row_may_hold_such_bytes() -> None:
    reading = read(HEAD + GOOD + b"caf\xe9,x\n", "legs")
    assert (reading.rows, reading.kept) == (4, 3)
    assert reading.set_aside["overflow"].tolist() == ["caf�\\xe9,x"]
