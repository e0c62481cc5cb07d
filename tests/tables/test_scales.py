"""Thousands and millions that a header or a unit says are never lost, and a rate is never taken for a count."""

from __future__ import annotations

import math

import pytest

from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching import count_units
from geo.matching.mapping import ColumnMap
from geo.matching.propose import propose
from geo.parsing.scales import scaled
from geo.tables.read import Reading, take


def _taken(header: str, cell: str, unit: str = "") -> Reading:
    beside, cells = (",Unit", f",{unit}") if unit else ("", "")
    sheet = read_sheet(f'Exporter,Importer,Year,"{header}"{beside}\nRussia,China,2022,"{cell}"{cells}'.encode())
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
        ("Boxes (x1000)", "15", "container", 15_000),
        ("TEU × 1,000", "15", "teu", 15_000),
        ("TEU (10^3)", "15", "teu", 15_000),
        ("TEU (10³)", "1.5", "teu", 1_500),
        ("Containers (hundreds)", "15", "container", 1_500),
        ("Barrels (10,000s)", "15", "barrel", 150_000),
        ("Tonnes (1,000,000)", "15", "tonne", 15e6),
        ("Hundred thousand tonnes", "15", "tonne", 15e5),
        ("Throughput 1000 TEU", "1,300", "teu", 1_300_000),
        ("货运量（万吨）", "15", "tonne", 150_000),
        ("吞吐量(万标箱)", "1.5", "teu", 15_000),
        ("货物 亿吨", "1.5", "tonne", 150e6),
        ("물동량(천톤)", "15", "tonne", 15_000),
        ("컨테이너 (만 TEU)", "about 2", "teu", 20_000),
        ("貨物量(万トン)", "15", "tonne", 150_000),
        ("Объём, тыс. т", "1 512,5", "tonne", 1_512_500),
        ("miles de toneladas", "15", "tonne", 15_000),
    ],
)
def test_what_a_header_says_of_its_figures_counts(header: str, cell: str, unit: str, best: float) -> None:
    row = _taken(header, cell).table.iloc[0]
    assert (row["unit"], row["containers_best"]) == (unit, pytest.approx(best))


@pytest.mark.parametrize(
    ("unit", "name", "times"),
    [
        ("kt", "tonne", 1e3),
        ("thousand tonnes", "tonne", 1e3),
        ("1000 t", "tonne", 1e3),
        ("mln bbl", "barrel", 1e6),
        ("万吨", "tonne", 1e4),
        ("тыс. т", "tonne", 1e3),
        ("TEU (thousands)", "teu", 1e3),
        ("10^6 t", "tonne", 1e6),
    ],
)
def test_what_a_column_of_units_says_counts(unit: str, name: str, times: float) -> None:
    row = _taken("Quantity", "5", unit).table.iloc[0]
    assert (row["unit"], row["containers_best"]) == (name, 5 * times)


def test_a_scale_without_a_unit_goes_with_the_unit_beside_it() -> None:
    row = _taken("Quantity (thousands)", "5", "t").table.iloc[0]
    assert (row["unit"], row["containers_best"]) == ("tonne", 5_000)


@pytest.mark.parametrize("line", ["thousands", "'000", "x1000", "thousand TEU", "(10^3)", "тыс. TEU"])
def test_a_line_of_units_may_say_thousands_alone(line: str) -> None:
    file = f"POL,POD,ETD,TEU\n,,,{line}\nBusan,Rotterdam,2024-01-05,15\nBusan,Rotterdam,2024-02-05,16\n"
    sheet = read_sheet(file.encode())
    table = take(sheet, "legs", places=Places.load(), mapping=propose(sheet).mapping).table
    assert (table["unit"].tolist(), table["containers_best"].tolist()) == (["teu", "teu"], [15_000, 16_000])


def test_thousands_without_a_unit_are_no_containers() -> None:
    assert _taken("Quantity", "5", "thousands").kept == 0


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


@pytest.mark.parametrize(
    ("header", "unit"), [("Quantity", "Mt"), ("Quantity", "2 Mt"), ("Tonnes", "kg"), ("TEU", "FEU")]
)
def test_a_unit_of_two_readings_or_another_than_the_header_says_is_set_aside(header: str, unit: str) -> None:
    reading = _taken(header, "5", unit)
    assert (reading.kept, [problem.column for problem in reading.problems][:1]) == (0, ["unit"])


@pytest.mark.parametrize(("header", "unit"), [("Tonnes", "t"), ("Containers", "TEU"), ("Quantity", "MT")])
def test_units_that_agree_are_taken(header: str, unit: str) -> None:
    assert _taken(header, "5", unit).kept == 1
