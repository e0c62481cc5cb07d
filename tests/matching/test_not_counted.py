"""Rates, averages, shares, capacities, forecasts and stocks are named for what they are, and never counted."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.not_counted import not_counted
from geo.matching.propose import propose
from geo.matching.spellings import SYNONYMS
from geo.matching.synonyms import FIGURES
from tests.matching.proposals import by_header

RATE = "a rate, so much in a time"
AVERAGE, SHARE, CAPACITY, PLAN = "an average", "a share or a change", "a capacity", "a forecast or a plan"


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Boxes per month", RATE),
        ("FEU p.d.", RATE),
        ("Tonnes/day", RATE),
        ("Вагонов в сутки", RATE),
        ("Boxes pro Woche", RATE),
        ("Mean daily boxes", AVERAGE),
        ("avg_containers", AVERAGE),
        ("Durchschnittliche TEU", AVERAGE),
        ("среднесуточная погрузка, вагонов", AVERAGE),
        ("日均箱量 (平均)", AVERAGE),
        ("Containers, % of all", SHARE),
        ("TEU YoY", SHARE),
        ("Доля контейнеров", SHARE),
        ("TEU 同比", SHARE),
        ("capacityTEU", CAPACITY),
        ("Kapazität (TEU)", CAPACITY),
        ("Capacité en conteneurs", CAPACITY),
        ("вместимость, ДФЭ", CAPACITY),
        ("운송능력 (TEU)", CAPACITY),
        ("Booked boxes", PLAN),
        ("TEU (plan)", PLAN),
        ("Geplante Container", PLAN),
        ("Conteneurs prévus", PLAN),
        ("План, тонн", PLAN),
        ("예상 컨테이너", PLAN),
        ("计划箱量", PLAN),
        ("Freight rate (USD)", "a rate"),
        ("Inventory (boxes)", "a stock"),
    ],
)
def test_such_figures_are_no_count(header: str, what: str) -> None:
    assert not_counted(header) == what
    found = propose(
        read_sheet(f'POL,POD,ETD,"{header}"\nBusan,Hamburg,2024-01-05,15\nBusan,Hamburg,2024-02-05,9\n'.encode())
    )
    assert found.shape is not None
    assert (found.shape.name, found.shape.offered, dict(found.mapping.columns)) == ("other-figures", False, {})
    assert f"“{header}” is {what}." in found.shape.what


@pytest.mark.parametrize(
    "header", ["Daily TEU", "Monthly containers", "Est. boxes", "TEU", "Planet", "Shared boxes", "Packages", "Operated"]
)
def test_a_count_of_a_day_or_an_estimate_is_one(header: str) -> None:
    assert not not_counted(header)


def test_no_usual_name_of_a_count_says_something_else() -> None:
    for names in SYNONYMS.values():
        for column in FIGURES & names.keys():
            assert not [each for spellings in names[column].values() for each in spellings if not_counted(each)]


def test_beside_a_count_they_are_passed_over_and_named() -> None:
    found = propose(read_sheet(b"POL,POD,ETD,TEU capacity,TEU\nBusan,Hamburg,2024-01-05,900,15\n"))
    assert (found.mapping.columns["TEU"], found.shape) == ("containers", None)
    assert by_header(found)["TEU capacity"].reason == "“TEU capacity” is a capacity, and not how many were moved."


def test_a_column_that_says_of_each_row_what_it_is_may_hold_capacities() -> None:
    header = "claimant,said_on,origin,destination,window,nature,TEU capacity"
    found = propose(read_sheet(f"{header}\nA ministry,2024-03-01,Busan,Hamburg,2024-01,capacity,900\n".encode()))
    assert (found.kind, found.shape) == ("totals", None)
