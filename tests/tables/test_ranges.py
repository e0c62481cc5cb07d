"""The least and the most in columns of their own: a range with or without a best figure, and never the one for all."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching.propose import propose
from geo.tables.read import Reading, take

ENDS = ["containers_low", "containers_best", "containers_high"]


def _taken(header: str, *cells: str) -> Reading:
    rows = "".join(f"Busan,Hamburg,2024-0{month}-05,{cell}\n" for month, cell in enumerate(cells, 1))
    sheet = read_sheet(f"POL,POD,ETD,{header}\n{rows}".encode())
    return take(sheet, "legs", places=Places.load(), mapping=propose(sheet).mapping)


def _ranges(table: pd.DataFrame) -> list[tuple[float, ...]]:
    return [tuple(row) for row in table[ENDS].to_numpy().tolist()]


@pytest.mark.parametrize(
    ("header", "unit", "times"),
    [
        ("Containers (min),Containers (max)", "container", 1),
        ("containers low,containers high", "container", 1),
        ("containers_low,containers_high", "container", 1),
        ("Maximum TEU,Minimum TEU", "teu", 1),
        ("TEU min ('000),TEU max ('000)", "teu", 1_000),
        ("Мин. контейнеров,Макс. контейнеров", "container", 1),
    ],
)
def test_two_columns_are_a_range(header: str, unit: str, times: float) -> None:
    cells = "50,30" if header.startswith("Max") else "30,50"
    table = _taken(header, cells).table
    assert (table["unit"][0], _ranges(table)) == (unit, [(30 * times, 40 * times, 50 * times)])


def test_a_row_with_one_end_is_open_at_the_other() -> None:
    reading = _taken("Containers (min),Containers (max)", "30,50", "30,", ",50", ",")
    assert _ranges(reading.table) == [(30, 40, 50), (30, 30, math.inf), (0, 50, 50)]
    assert len(reading.set_aside) == 1


def test_beside_a_best_figure_they_are_its_ends() -> None:
    reading = _taken("TEU,TEU min,TEU max", "45,30,50", "about 45,30,", "45,50,60")
    assert _ranges(reading.table)[0] == (30, 45, 50)
    assert _ranges(reading.table)[1][0] == 30
    assert [problem.row for problem in reading.problems if problem.severity == "set aside"] == [4]


def test_their_unit_is_asked_where_nothing_says_it() -> None:
    assert propose(read_sheet(b"POL,POD,ETD,Min,Max\nBusan,Hamburg,2024-01-05,30,50\n")).missing == ("unit",)


def test_one_end_alone_is_no_count() -> None:
    found = propose(read_sheet(b"POL,POD,ETD,Containers (max)\nBusan,Hamburg,2024-01-05,50\n"))
    assert found.missing == ("containers",)
    cubes = propose(read_sheet(b"POL,POD,ETD,High cube containers\nBusan,Hamburg,2024-01-05,50\n"))
    assert cubes.mapping.columns["High cube containers"] == "containers"
