"""Thousands that stand beside a table are asked about, and never passed over."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching.propose import propose
from geo.matching.shapes.scale_beside import stated_scale
from geo.tables.read import take
from tests.files.books import Cell, xlsx, xlsx_rows

ROWS = "Busan,Hamburg,2024-01-05,15\nBusan,Hamburg,2024-02-05,9\n"
ABOVE = "Box traffic between ports (thousand TEU)"


def _shape_of(file: bytes, name: str = "a.csv") -> str:
    found = propose(read_sheet(file, name)).shape
    return found.name if found else ""


@pytest.mark.parametrize(
    ("text", "scale", "unit"),
    [
        (ABOVE, "thousand", "teu"),
        ("Traffic, thousand tonnes", "thousand", "tonne"),
        ("(all figures in millions)", "million", ""),
        ("Unit: 1000 t", "thousand", "tonne"),
        ("单位：万吨", "ten thousand", "tonne"),
        ("(단위: 천 TEU)", "thousand", "teu"),
        ("в тыс. тонн", "thousand", "tonne"),
        ("* in thousands", "thousand", ""),
        ("meta.unit: '000 TEU", "thousand", "teu"),
        ("Thousands of boxes for Hamburg", "", ""),
        ("More than 3 million boxes in 2024", "", ""),
        ("Two thousand boxes", "", ""),
        ("Table 1000", "", ""),
        ("The first 1,000 rows", "", ""),
        ("Box traffic 2024", "", ""),
    ],
)
def test_only_a_measure_of_figures_is_a_scale(text: str, scale: str, unit: str) -> None:
    assert stated_scale(text) == (scale, unit)


@pytest.mark.parametrize(
    "file",
    [
        f"{ABOVE}\nPOL,POD,ETD,TEU\n{ROWS}",
        f"POL,POD,ETD,TEU*\n{ROWS}* in thousands,,,\n",
        f"POL,POD,ETD,TEU*\n{ROWS}Note: figures in thousands\n",
        f"POL,POD,ETD,TEU\n{ROWS}figures in thousands,,,\n",
        f"Unit: million t\nPOL,POD,ETD,Quantity\n{ROWS}",
    ],
)
def test_it_is_asked_about(file: str) -> None:
    assert _shape_of(file.encode()) == "scale-beside"


def test_it_is_asked_about_in_json_and_workbooks() -> None:
    rows = [{"POL": "Busan", "POD": "Hamburg", "ETD": f"2024-0{month}-05", "TEU": 15} for month in (1, 2)]
    for unit, name in (("thousand TEU", "scale-beside"), ("TEU", "")):
        assert _shape_of(json.dumps({"meta": {"unit": unit}, "data": rows}).encode(), "a.json") == name
    assert _shape_of(json.dumps(rows).encode(), "a.json") == ""
    cells: list[list[Cell]] = [[*line.split(",")] for line in f"POL,POD,ETD,TEU\n{ROWS}".splitlines()]
    assert _shape_of(xlsx({"Traffic (1000 TEU)": xlsx_rows(cells)}), "a.xlsx") == "scale-beside"


@pytest.mark.parametrize(
    "file",
    [
        f"{ABOVE}\nPOL,POD,ETD,TEU ('000)\n{ROWS}",
        f"Value in million USD\nPOL,POD,ETD,TEU\n{ROWS}",
        f"Rail line of (1,000 km)\nPOL,POD,ETD,TEU\n{ROWS}",
        f"{ABOVE}\nPOL,POD,ETD,Qty,Unit\n{ROWS}".replace("15\n", "15,thousand TEU\n").replace(
            "9\n", "9,thousand TEU\n"
        ),
    ],
)
def test_names_that_say_it_themselves_and_other_units_ask_nothing(file: str) -> None:
    assert _shape_of(file.encode()) == ""


@pytest.mark.parametrize(("unit", "best"), [("thousand TEU", 15_000), ("TEU", 15)])
def test_what_is_said_of_the_unit_answers_it(unit: str, best: float) -> None:
    sheet = read_sheet(f"{ABOVE}\nPOL,POD,ETD,TEU\n{ROWS}".encode())
    given = propose(sheet, "legs").mapping
    said = replace(given, fixed={**given.fixed, "unit": unit})
    assert take(sheet, "legs", places=Places.load(), mapping=said).table["containers_best"][0] == best
