"""How many, and of what: which column counts, and the unit that a header, a cell or a column beside it says."""

from __future__ import annotations

import pytest

from geo.matching import count_units
from geo.matching.propose import propose
from geo.parsing.units import IN_CELLS
from tests.matching.proposals import by_header
from tests.tables.field import COUNT, DAYS, FROM, IMO, NUMBERS, TO
from tests.tables.sheets import sheet


def test_seven_digits_without_their_check_digit_are_no_ship() -> None:
    found = propose(sheet({"column 1": FROM, "column 2": TO, "column 3": DAYS, "column 4": ["1234568"] * 4}))
    assert by_header(found)["column 4"].column == "containers"


def test_the_one_column_of_quantities_may_be_how_many() -> None:
    rest = {"POL": FROM, "POD": TO, "ETD": DAYS}
    found = by_header(propose(sheet({**rest, "Sztuk": COUNT})))["Sztuk"]
    assert (found.column, found.confidence) == ("containers", "possible")
    assert found.reason == (
        "No name says what “Sztuk” is; all 4 values are quantities, so it may be how many there are."
    )
    for others in (
        {"Sztuk": COUNT, "Waga": COUNT[::-1]},
        {"Wiersz": NUMBERS},
        {"Typ": ["20ft", "40ft", "45ft", "20ft"]},
        {"Sztuk": ["1", "2", "none", "x"]},
    ):
        assert propose(sheet({**rest, **others})).missing == ("containers",)


@pytest.mark.parametrize(
    ("cells", "unit"),
    [
        (["300 TEU", "about 200 teu", "10TEU", "20-30 TEU"], "TEU"),
        (["300 t", "20 tonnes", "5 t", ""], "tonne"),
        (["300 boxes", "20 cntrs", "5 containers", "1 container"], "container"),
        (["$300", "US$ 20m", "USD 5 million", "1"], IN_CELLS),
        (["300 TEU", "200", "100 TEU", "90 TEU"], IN_CELLS),
        (["300 TEU", "200 FEU", "100 TEU", "90 TEU"], IN_CELLS),
        (["300 TEU", "200", "100", "90"], ""),
        (["300 seen", "200 seen", "100 seen", "90 seen"], ""),
    ],
)
def test_a_unit_that_all_cells_say_is_proposed_for_every_row(cells: list[str], unit: str) -> None:
    columns = {"POL": FROM, "POD": TO, "ETD": DAYS, "qty": cells}
    found = propose(sheet(columns))
    assert found.mapping.fixed.get("unit", "") == unit
    assert found.missing == (() if unit else ("unit",))
    all_of_them = f"All of them are in {unit}, which would stand for every row."
    said = "Each cell says its own unit." if unit == IN_CELLS else all_of_them
    assert by_header(found)["qty"].reason.endswith(said) == bool(unit)
    beside = propose(sheet({**columns, "Unit": ["FEU"] * 4}))
    assert "unit" not in beside.mapping.fixed
    assert "All of them" not in by_header(beside)["qty"].reason


@pytest.mark.parametrize(
    ("headers", "unit"),
    [
        (("weight", "weight_unit"), "weight_unit"),
        (("manifest_quantity", "weight", "weight_unit"), ""),
        (("manifest_quantity", "manifest_unit", "weight", "weight_unit"), "manifest_unit"),
        (("Net Weight", "Weight Unit", "FOB Value"), "Weight Unit"),
        (("qty", "qtyUnitAbbr", "altQty", "altQtyUnitAbbr"), "qtyUnitAbbr"),
        (("Quantity", "Unit"), "Unit"),
        (("数量", "单位"), "单位"),
        (("수량", "단위"), "단위"),
        (("Количество", "Единица измерения"), "Единица измерения"),
    ],
)
def test_a_column_of_units_belongs_to_its_own_count(headers: tuple[str, ...], unit: str) -> None:
    values = {header: ["kg"] * 4 if header == unit or "nit" in header else COUNT for header in headers}
    found = propose(sheet({"POL": FROM, "POD": TO, "ETD": DAYS, **values}))
    assert found.mapping.columns[headers[0]] == "containers"
    assert {header for header, to in found.mapping.columns.items() if to == "unit"} == ({unit} - {""})
    assert found.missing == (() if unit else ("unit",))


@pytest.mark.parametrize(
    ("header", "unit", "first"),
    [
        ("Value", None, "USD"),
        ("Value (USD)", "USD", ""),
        ("Value, $", "USD", ""),
        ("Net Weight", None, "tonne"),
        ("Weight (kg)", "kg", ""),
        ("Metric tons", "tonne", ""),
        ("Tons", "ton", ""),
        ("Tonnage", "tonne", ""),
        ("Barrels", "barrel", ""),
        ("bbl", "barrel", ""),
        ("Passengers", "person", ""),
        ("No. of ships", "ship", ""),
        ("Flow", None, "person"),
        ("Quantity", None, "container"),
        ("Boxes", "container", ""),
        ("количество вагонов", "railcar", ""),
        ("عدد الحاويات", "container", ""),
    ],
)
def test_what_a_header_counts_is_said_by_it_or_asked(header: str, unit: str | None, first: str) -> None:
    found = propose(sheet({"POL": FROM, "POD": TO, "ETD": DAYS, header: COUNT}))
    assert found.mapping.columns[header] == "containers"
    assert found.mapping.fixed.get("unit") == unit
    assert found.missing == (() if unit else ("unit",))
    if not unit:
        assert count_units.suggested(header)[0] == first


def test_a_unit_column_wins_over_the_unit_in_a_header() -> None:
    found = propose(sheet({"POL": FROM, "POD": TO, "ETD": DAYS, "Volume (TEU)": COUNT, "Unit": ["FEU"] * 4}))
    assert "unit" not in found.mapping.fixed
    assert found.mapping.columns["Unit"] == "unit"


def test_numbers_of_ships_are_no_quantities() -> None:
    found = propose(sheet({"column 1": FROM, "column 2": TO, "column 3": DAYS, "column 4": IMO}))
    assert found.missing == ("containers",)
    assert by_header(found)["column 4"].column == "imo"
