"""Rows of one bill that name different containers are parts of it; a bill whose figure they repeat counts once."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.scene.movements import leg_moves
from geo.tables.read import Reading, take

HEADER = "B/L No,Container No,POL,POD,ETD,{}\n"
BY_CONTAINER = """HLCU998877,TCLU1234567,Busan,Vladivostok,2024-04-01,2
HLCU998877,TCLU 123457-2,Busan,Vladivostok,2024-04-01,2
HLCU998877,TCLU1234588,Busan,Vladivostok,2024-04-01,1
"""
ONWARD = """HLCU998877,TCLU1234567,Vladivostok,Moscow,2024-04-09,2
HLCU998877,TCLU1234572,Vladivostok,Moscow,2024-04-09,2
HLCU998877,TCLU1234588,Vladivostok,Moscow,2024-04-09,1
"""


def read(rows: str, count: str = "TEU") -> Reading:
    sheet = read_sheet((HEADER.format(count) + rows).encode())
    return take(sheet, "legs", mapping=propose(sheet).mapping)


def counted(reading: Reading) -> float:
    """What its shipments carry, each once."""
    moves = leg_moves(reading.table, reading.table["unit"].iloc[0])
    return float(moves.best[~moves.onward].sum())


def test_the_containers_of_a_bill_add_up() -> None:
    reading = read(BY_CONTAINER)
    assert counted(reading) == 5
    assert reading.table["shipment"].iloc[1] == "HLCU998877 TCLU1234572"


def test_each_counts_on_its_first_leg() -> None:
    assert counted(read(BY_CONTAINER + ONWARD)) == 5


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (BY_CONTAINER.replace(",2\n", ",75\n").replace(",1\n", ",75\n"), "Weight (t)"),
        (BY_CONTAINER.replace("TCLU1234588", ""), "TEU"),
        (BY_CONTAINER.replace("TCLU 123457-2", "TCLU1234567").replace("TCLU1234588", "TCLU1234567"), "TEU"),
        (BY_CONTAINER.replace("TCLU", "Lot "), "TEU"),
    ],
    ids=["the weight of the bill", "one without a number", "one container", "other numbers"],
)
def test_a_bill_that_does_not_say_so_counts_once_as_before(rows: str, count: str) -> None:
    reading = read(rows, count)
    assert set(reading.table["shipment"]) == {"HLCU998877"}
    assert counted(reading) == reading.table["containers_best"].iloc[0]


def test_weights_that_a_container_holds_add_up() -> None:
    assert counted(read(BY_CONTAINER.replace(",1\n", ",2\n"), "Weight (t)")) == 6


def test_what_was_kept_is_read_again_as_it_is() -> None:
    reading = read(BY_CONTAINER)
    again = take(read_sheet(reading.kept_csv().encode()), "legs")
    assert again.table["shipment"].tolist() == reading.table["shipment"].tolist()
