"""Thousands and millions that a header or a unit says are never lost, and a rate is never taken for a count."""

from __future__ import annotations

import math

import pytest

from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching import count_units
from geo.matching.mapping import ColumnMap
from geo.matching.propose import propose
from geo.parsing.units import scaled
from geo.tables.read import Reading, take


def _taken(header: str, cell: str, unit: str = "") -> Reading:
    beside, cells = (",Unit", f",{unit}") if unit else ("", "")
    sheet = read_sheet(f'Exporter,Importer,Year,{header}{beside}\nRussia,China,2022,"{cell}"{cells}'.encode())
    return take(sheet, "legs", places=Places.load(), mapping=propose(sheet).mapping)


@pytest.mark.parametrize(
    ("header", "cell", "unit", "best"),
    [
        ("Value (million USD)", "3.1", "usd", 3.1e6),
        ("Value (USD m)", "3", "usd", 3e6),
        ("Throughput ('000 TEU)", "12.5", "teu", 12_500),
        ("Volume (thousand tonnes)", "7", "tonne", 7_000),
        ("Volume (kt)", "7", "tonne", 7_000),
        ("тыс. тонн", "12", "tonne", 12_000),
        ("Mio EUR", "2.5", "eur", 2.5e6),
        ("Tonnes", "12", "tonne", 12),
    ],
)
def test_what_a_header_says_of_its_figures_counts(header: str, cell: str, unit: str, best: float) -> None:
    row = _taken(header, cell).table.iloc[0]
    assert (row["unit"], row["containers_best"]) == (unit, pytest.approx(best))


@pytest.mark.parametrize(
    ("unit", "name", "times"),
    [("kt", "tonne", 1e3), ("thousand tonnes", "tonne", 1e3), ("1000 t", "tonne", 1e3), ("mln bbl", "barrel", 1e6)],
)
def test_what_a_column_of_units_says_counts(unit: str, name: str, times: float) -> None:
    row = _taken("Quantity", "5", unit).table.iloc[0]
    assert (row["unit"], row["containers_best"]) == (name, 5 * times)


def test_a_scale_without_a_unit_goes_with_the_unit_beside_it() -> None:
    row = _taken("Quantity (thousands)", "5", "t").table.iloc[0]
    assert (row["unit"], row["containers_best"]) == ("tonne", 5_000)


def test_more_than_three_thousand_is_not_four_thousand() -> None:
    row = _taken("Volume (thousand tonnes)", "more than 3").table.iloc[0]
    assert (row["containers_low"], row["containers_high"]) == (3_001, math.inf)


def test_the_rows_kept_give_the_same_when_read_again() -> None:
    reading = _taken("Volume (thousand tonnes)", "7")
    again = take(read_sheet(reading.kept_csv().encode()), "legs", places=Places.load())
    assert again.table["containers_best"].tolist() == reading.table["containers_best"].tolist() == [7_000]


@pytest.mark.parametrize(
    "header", ["Barrels per day", "TEU/month", "Oil (bpd) barrels", "Volume (Mt)", "Value (US$ mil)", "тонн в сутки"]
)
def test_a_rate_and_a_scale_of_two_readings_are_asked(header: str) -> None:
    mapping = ColumnMap(
        "legs", {"Exporter": "origin", "Importer": "destination", "Year": "depart", header: "containers"}
    )
    assert count_units.lacking(mapping) == ["unit"]


def test_bags_are_no_scale() -> None:
    assert scaled("bags") == ("", "bags")


@pytest.mark.parametrize("cell", ["", "n/a", "unknown"])
def test_no_figure_is_no_thousand(cell: str) -> None:
    assert _taken("Volume (thousand tonnes)", cell).kept == 0


def test_a_figure_beyond_all_measure_is_refused_with_its_scale_too() -> None:
    assert _taken("Value (million USD)", "999999999999").kept == 0


def test_a_doubtful_figure_is_asked_as_it_stands() -> None:
    unsure = _taken("Volume (thousand tonnes)", "1.200").unsure
    assert unsure is not None
    assert unsure.text == "1.200"
