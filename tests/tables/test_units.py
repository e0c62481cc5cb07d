"""What a row counts: as its header, its cell or its column of units says; and never containers by default."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.columns import CURRENCIES
from geo.errors import UnitUnsaid
from geo.matching.mapping import ColumnMap
from geo.parsing.units import IN_CELLS
from tests.examples import examples

ROW = "Rason,Vladivostok,2023-09-01"
NAMES = {"origin": "origin", "destination": "destination", "depart": "depart"}


def read(header: str, *cells: str, unit: str = "", column: str = "") -> geo.Reading:
    """Rows of one count under a header. unit: for every row; column: header of a column of units, last in each cell."""
    names = ["origin", "destination", "depart", header, *([column] if column else [])]
    text = "\n".join([";".join(names), *(f"{ROW.replace(',', ';')};{cell}" for cell in cells)])
    mapping = ColumnMap(
        "legs",
        {**NAMES, header: "containers", **({column: "unit"} if column else {})},
        {"unit": unit} if unit else {},
    )
    return geo.read(text.encode(), mapping=mapping)


def counted(reading: geo.Reading) -> list[tuple[str, float]]:
    return list(zip(reading.table["unit"], reading.table["containers_best"], strict=True))


@pytest.mark.parametrize("header", ["Value", "Weight", "qty", "count", "volume", "Total"])
def test_a_count_whose_unit_nobody_says_is_not_read(header: str) -> None:
    with pytest.raises(UnitUnsaid, match=f"nothing says what '{header}' counts"):
        read(header, "1200500")


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Value (USD)", "usd"), ("Boxes", "container"), ("TEU", "teu"), ("Weight kg", "kg"), ("containers", "container")],
)
def test_a_header_says_it_even_where_a_mapping_by_hand_does_not(header: str, unit: str) -> None:
    assert counted(read(header, "300")) == [(unit, 300)]


def test_each_cell_may_say_its_own() -> None:
    cells = ("25 000 t", "300 containers", "20 TEU", "$1.2m", "about 5 bbl")
    found = read("quantity", *cells, unit=IN_CELLS)
    assert counted(found) == [("tonne", 25_000), ("container", 300), ("teu", 20), ("usd", 1_200_000), ("barrel", 5)]


def test_a_cell_that_says_none_is_set_aside_or_has_the_answer_for_all_that_lack_it() -> None:
    aside = read("quantity", "25 000 t", "500", unit=IN_CELLS)
    assert counted(aside) == [("tonne", 25_000)]
    assert [(problem.row, problem.given, problem.rule) for problem in aside.problems] == [
        (3, "500", "nothing says what this figure counts")
    ]
    assert counted(read("quantity", "25 000 t", "500", unit="boxes")) == [("tonne", 25_000), ("container", 500)]


def test_a_column_of_units_is_never_overruled_and_an_empty_cell_of_it_is_asked() -> None:
    found = read("qty", "300;kg", "20 TEU;kg", "20 TEU;", "7;", column="uom")
    assert counted(found) == [("kg", 300), ("teu", 20)]
    assert [problem.row for problem in found.problems] == [3, 5]


def test_our_own_form_counts_containers_where_nothing_else_is_said() -> None:
    legs, problems = geo.read_legs(
        b"origin,destination,depart,containers,unit\nNajin,RUVVO,2023-09-01,300,\nNajin,RUVVO,2023-09-02,20 TEU,"
    )
    assert not problems
    assert list(zip(legs["unit"], legs["containers_best"], strict=True)) == [("container", 300), ("teu", 20)]


@examples(60)
@given(st.sampled_from(sorted(CURRENCIES)), st.integers(1, 10**9), st.booleans())
def test_a_sum_of_money_is_in_its_currency_wherever_that_stands(code: str, amount: int, before: bool) -> None:
    cell = f"{code.upper()} {amount:,}" if before else f"{amount:,} {code.upper()}"
    assert counted(read("Value", cell, unit=IN_CELLS)) == [(code, amount)]
