"""Columns as trade lists, schedules and registers have them: what each stands for, and what it never stands for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching.mode_in import mode_in
from geo.matching.propose import Proposal, propose
from geo.tables.read import take

ENDS = {"from": "Busan", "to": "Vladivostok"}


def proposed(columns: Mapping[str, str], *more: Mapping[str, str]) -> Proposal:
    rows = "\n".join(",".join(f'"{row[name]}"' for name in columns) for row in (columns, *more))
    return propose(read_sheet(f"{','.join(columns)}\n{rows}".encode()), None, Places.load())


def test_an_end_beside_a_start_is_the_arrival() -> None:
    found = proposed(
        {"Start": "2023-09-01", "End": "2023-09-05", "Origin": "Busan", "Destination": "Otaru", "TEU": "5"}
    )
    assert (found.kind, found.missing) == ("legs", ())
    assert (found.mapping.columns["Start"], found.mapping.columns["End"]) == ("depart", "arrive")


def test_nobody_who_says_it_makes_no_totals() -> None:
    found = proposed({**ENDS, "period start": "2023-08-01", "period end": "2023-09-01", "TEU": "5"})
    assert found.kind == "legs"


def test_a_leg_ends_where_it_is_unloaded_and_not_where_the_goods_go() -> None:
    columns = {
        "Port of loading": "Busan",
        "Port of unlading": "Long Beach",
        "Final destination": "Chicago",
        "ETA": "2023-09-05",
        "TEU": "5",
    }
    assert proposed(columns).mapping.columns["Port of unlading"] == "destination"


def test_a_week_of_departure_lies_in_the_year_beside_it() -> None:
    found = proposed({**ENDS, "Departure week": "36", "Year": "2023", "TEU": "5"})
    assert (found.mapping.columns["Departure week"], found.mapping.columns["Year"]) == ("depart_week", "depart_year")


@pytest.mark.parametrize("count", ["value", "Amount", "FOB value", "Price"])
def test_a_currency_is_the_unit_of_what_something_is_worth(count: str) -> None:
    found = proposed({**ENDS, "date": "2023-01", count: "1200", "Currency": "EUR"})
    assert (found.mapping.columns.get(count), found.mapping.columns.get("Currency")) == ("containers", "unit")


def test_a_currency_is_no_unit_of_a_weight() -> None:
    assert (
        "unit"
        not in proposed({**ENDS, "date": "2023-01", "weight": "1200", "Currency": "EUR"}).mapping.columns.values()
    )


def test_how_heavy_counts_before_what_it_was_worth() -> None:
    found = proposed({**ENDS, "date": "2023-01", "value usd": "3400", "cargo mt": "12"})
    assert (found.mapping.columns["cargo mt"], found.mapping.fixed["unit"]) == ("containers", "tonne")


def test_a_ship_sails_from_where_it_is() -> None:
    columns = {
        "vessel": "Maya",
        "last port": "Busan",
        "current port": "Nakhodka",
        "next port": "Otaru",
        "eta": "2023-09-05",
    }
    assert proposed(columns).mapping.columns["current port"] == "origin"


def test_a_ship_that_has_come_sailed_from_its_last_port() -> None:
    columns = {
        "vessel": "Maya",
        "previous port": "Busan",
        "sailed": "2023-09-01",
        "port of call": "Nakhodka",
        "arrived": "2023-09-04",
        "next port": "Otaru",
        "eta next": "2023-09-09",
    }
    found = proposed(columns).mapping.columns
    assert (found["previous port"], found["port of call"]) == ("origin", "destination")
    assert (found["sailed"], found["arrived"]) == ("depart", "arrive")
    assert "next port" not in found
    of_the_stay = {name: columns[name] for name in ("vessel", "previous port", "port of call", "arrived", "sailed")}
    assert proposed({**of_the_stay, "next port": "Otaru"}).mapping.columns["next port"] == "destination"


def test_a_way_in_three_columns_has_no_two_ends() -> None:
    found = proposed({"Call 1": "Busan", "Call 2": "Vladivostok", "Call 3": "Otaru", "Departure": "2023-09-05"})
    assert {"origin", "destination"} <= set(found.missing)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Contenedores", "container"),
        ("EVP", "TEU"),
        ("ДФЭ", "TEU"),
        ("how many boxes", "container"),
        ("No. of trains", "train"),
    ],
)
def test_a_header_in_another_tongue_says_what_is_counted(header: str, unit: str) -> None:
    found = proposed({**ENDS, "date": "2023-09-01", header: "5"})
    assert (found.mapping.columns[header], found.mapping.fixed["unit"]) == ("containers", unit)


def test_letters_of_a_code_are_no_source() -> None:
    columns = {"Importer": "US", "Exporter": "RU", "Year": "2022", "Quantity": "5", "Unit": "kg", "Source": "W"}
    assert "claimant" not in proposed(columns).mapping.columns.values()


@pytest.mark.parametrize(
    ("headers", "mode"),
    [
        (("Origin airport", "Passengers"), "air"),
        (("Flight no", "From", "To"), "air"),
        (("Количество вагонов", "Станция"), "rail"),
        (("Vessel", "Flight"), ""),
        (("Mode", "Aircraft type"), ""),
        (("Trains", "Flights"), ""),
        (("From", "To"), ""),
    ],
)
def test_headers_say_how_all_of_it_goes(headers: tuple[str, ...], mode: str) -> None:
    assert mode_in(headers) == mode


def test_codes_of_a_list_of_flights_are_those_of_airports() -> None:
    text = b"Flight no,From,To,STD,Cargo kg\nSU123,SVO,VVO,2023-09-01,12000"
    sheet = read_sheet(text)
    reading = take(sheet, "legs", places=Places.load(), mapping=propose(sheet).mapping)
    assert reading.table.iloc[0][["origin", "destination", "mode"]].tolist() == ["airport-UUEE", "airport-UHWW", 4]


def test_counted_places_are_no_list_of_places() -> None:
    found = proposed({"name": "Najin", "lat": "42.2", "lon": "130.3", "containers": "300"})
    assert found.shape is not None
    assert (found.shape.name, dict(found.mapping.columns)) == ("place-statistics", {})


def test_events_that_count_something_are_no_events() -> None:
    found = proposed({"title": "Seen", "date": "2023-09-01", "containers": "300"})
    assert (found.kind, found.missing) == ("legs", ("origin", "destination"))


def test_throughput_by_year_is_of_places_though_each_has_one_row() -> None:
    found = proposed({"Port": "Busan", "Year": "2022", "Imports TEU": "12", "Exports TEU": "9"})
    assert found.shape is not None
    assert found.shape.name == "place-statistics"


def test_positions_beside_port_calls_are_said_to_be_unused() -> None:
    row = {
        "MMSI": "273456780",
        "LAT": "42.1",
        "LON": "131.1",
        "Port": "Najin",
        "ETA": "2023-09-01",
        "ETD": "2023-09-02",
    }
    found = proposed(row, row | {"Port": "Vladivostok", "ETA": "2023-09-04", "ETD": "2023-09-05"})
    assert found.shape is not None
    assert (found.shape.name, "“LAT” and “LON”: they are not used" in found.shape.what) == ("port-calls", True)


def test_the_unit_that_is_taken_is_the_one_that_is_told() -> None:
    found = proposed(
        {**ENDS, "date": "2023-09-01", "manifest_quantity": "12", "manifest_unit": "CTN", "weight_unit": "kg"}
    )
    told = {guess.header: guess for guess in found.guesses}
    assert (found.mapping.columns["manifest_unit"], told["manifest_unit"].column) == ("unit", "unit")
    assert told["weight_unit"].column == ""
    assert told["weight_unit"].reason == "“weight_unit” may be the unit, but “manifest_unit” fits better."


def test_a_unit_of_another_figure_is_told_as_that() -> None:
    found = proposed({**ENDS, "date": "2023-09-01", "TEU": "12", "weight_unit": "kg"})
    told = {guess.header: guess for guess in found.guesses}
    assert "unit" not in found.mapping.columns.values()
    assert told["weight_unit"].reason == "“weight_unit” may be the unit, but it is that of another figure."


def test_beside_passengers_the_freight_was_shipped() -> None:
    flight = {**ENDS, "date": "2023-09-01", "PASSENGERS": "180"}
    assert proposed(flight, flight).mapping.columns["PASSENGERS"] == "containers"
    found = proposed(flight | {"FREIGHT": "350000"}, flight | {"FREIGHT": "0"})
    assert (found.mapping.columns["FREIGHT"], found.missing) == ("containers", ("unit",))
    assert "PASSENGERS" not in found.mapping.columns


def test_figures_of_unknown_names_are_pointed_at_where_none_says_how_many() -> None:
    row = {**ENDS, "date": "2023-09-01", "Asylum-seekers": "120", "In need": "7", "Note": "seen"}
    assert proposed(row, row | {"In need": "9"}).figures == ("Asylum-seekers", "In need")
    assert proposed(row | {"TEU": "5"}).figures == ()
