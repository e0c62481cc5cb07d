"""From where to where, and when: which columns are the two ends, and which of several dates is the departure."""

from __future__ import annotations

import pytest

from geo.matching.propose import propose
from tests.matching.proposals import by_header
from tests.tables.field import CODES, COUNT, DAYS, FROM, LAT, LATER, LON, TO, WHO
from tests.tables.sheets import sheet


def test_source_is_who_says_so_or_where_it_left_as_its_values_tell() -> None:
    rest = {"POD": TO, "ETD": DAYS, "TEU": COUNT}
    assert propose(sheet({"source": WHO, "POL": FROM, **rest})).mapping.columns["source"] == "claimant"
    assert propose(sheet({"source": FROM, **rest})).mapping.columns["source"] == "origin"


def test_source_beside_target_is_where_it_left_even_if_nobody_knows_the_place() -> None:
    sites = ["Site A", "Site B", "Pier 9", "Depot"]
    found = propose(sheet({"source": sites, "target": sites[::-1], "date": DAYS, "count": COUNT}))
    assert (found.mapping.columns["source"], found.mapping.columns["target"]) == ("origin", "destination")
    named = by_header(propose(sheet({"source name": FROM, "target name": TO, "date": DAYS, "count": COUNT})))
    assert named["source name"].confidence == "likely"


def test_of_three_columns_of_places_the_first_two_are_the_ends() -> None:
    found = propose(sheet({"column 1": FROM, "column 2": TO, "column 3": CODES, "column 4": DAYS, "column 5": COUNT}))
    assert (found.mapping.columns["column 1"], found.mapping.columns["column 2"]) == ("origin", "destination")
    assert "column 3" not in found.mapping.columns


def test_of_two_columns_of_dates_the_earlier_in_most_rows_is_the_departure() -> None:
    day_first = ["28.09.23", "13.09.23", "30.09.23", "29.09.23"]
    later = ["02.10.23", "15.09.23", "03.10.23", "01.09.23"]
    for first, second in ((day_first, later), (later, day_first)):
        found = by_header(propose(sheet({"a": FROM, "b": TO, "c": first, "d": second, "qty": COUNT})))
        assert found["c" if first is day_first else "d"].column == "depart"
        assert found["d" if first is day_first else "c"].column == "arrive"


def test_the_departure_is_never_made_up() -> None:
    found = propose(sheet({"origin": FROM, "dest": TO, "count": COUNT}))
    assert (found.missing, found.undated) == (("depart", "unit"), True)
    assert "depart" not in {*found.mapping.columns.values(), *found.mapping.fixed}


def test_a_file_with_any_dates_is_not_said_to_hold_none() -> None:
    found = propose(sheet({"origin": FROM, "dest": TO, "count": COUNT, "reported": DAYS}), "legs")
    assert (found.missing, found.undated) == (("depart", "unit"), False)
    assert not propose(sheet({"date": DAYS}), "places").undated


@pytest.mark.parametrize(
    "period", [("From date", "To date"), ("Period start", "Period end"), ("Start date", "End date")]
)
def test_claims_over_a_period_are_totals(period: tuple[str, str]) -> None:
    columns = {"Claimant": WHO, "Date reported": DAYS, "Origin": FROM, "Destination": TO, "Containers": COUNT}
    found = propose(sheet({**columns, period[0]: DAYS, period[1]: LATER}))
    assert (found.kind, found.missing) == ("totals", ())
    assert {found.mapping.columns[header] for header in period} == {"start", "end"}
    del columns["Claimant"], columns["Date reported"]
    assert propose(sheet({**columns, period[0]: DAYS, period[1]: LATER})).kind == "legs"


def test_a_port_and_its_country_are_no_two_ends() -> None:
    columns = {"date": DAYS, "portname": ["Busan", "Rotterdam"] * 2, "country": ["South Korea", "Netherlands"] * 2}
    found = propose(sheet({**columns, "import_container": COUNT}))
    assert {"origin", "destination"} <= set(found.missing)
    assert "But both ends would be one place in every row." in by_header(found)["portname"].reason
    apart = propose(sheet({**columns, "country": ["Netherlands", "South Korea"] * 2, "import_container": COUNT}))
    assert apart.mapping.columns["portname"] == "origin"
    named = propose(sheet({"from": ["Busan"] * 4, "to": ["South Korea"] * 4, "date": DAYS, "boxes": COUNT}))
    assert named.missing == ()


def test_two_pairs_of_degrees_under_any_two_names_are_two_ends() -> None:
    columns = {
        "home_lat": LAT,
        "home_lng": LON,
        "work_lat": LAT[::-1],
        "work_lng": LON[::-1],
        "ETD": DAYS,
        "Boxes": COUNT,
    }
    assert propose(sheet(columns)).mapping.columns == {
        "home_lat": "origin_lat", "home_lng": "origin_lon", "work_lat": "destination_lat",
        "work_lng": "destination_lon", "ETD": "depart", "Boxes": "containers",
    }  # fmt: skip
    third = propose(sheet({**columns, "shop_lat": LAT, "shop_lng": LON}))
    assert "origin_lat" not in third.mapping.columns.values()


def test_between_exporter_and_importer_the_origin_is_where_goods_were_made() -> None:
    found = propose(sheet({"Importer": TO, "Exporter": FROM, "Origin": TO, "ETD": DAYS, "Boxes": COUNT}))
    assert found.mapping.columns == {
        "Exporter": "origin",
        "Importer": "destination",
        "ETD": "depart",
        "Boxes": "containers",
    }
    assert propose(sheet({"Importer": TO, "Origin": FROM, "ETD": DAYS})).mapping.columns["Origin"] == "origin"


def test_what_is_not_in_our_gazetteer_may_be_in_another() -> None:
    from geo.gazetteer.places import Places

    whole = Places.load()
    few = Places(whole.frame.loc[["NLRTM"]])
    assert by_header(propose(sheet({"x": CODES, "POD": TO, "ETD": DAYS, "TEU": COUNT})))["x"].column == "origin"
    without = propose(sheet({"x": CODES, "POD": TO, "ETD": DAYS, "TEU": COUNT}), places=few)
    assert by_header(without)["x"].column == ""
