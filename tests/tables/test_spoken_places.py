"""What stands beside a place: a country, a mode, a position, other places. And the name that a reader uses."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.matching.propose import propose
from geo.tables.by_kind import read_places
from geo.tables.read import Reading, read, take

HEAD = "origin,destination,depart,containers"


def of(rows: str, head: str = HEAD, places: Places | None = None) -> Reading:
    return read(f"{head}\n{rows}".encode(), "legs", places=places)


def ends(reading: Reading) -> list[tuple[str, str]]:
    return list(zip(reading.table["origin"], reading.table["destination"], strict=True))


BESIDE = "origin,origin_in_country,destination,destination_in_country,depart,containers"


def test_a_country_column_settles_which_place_is_meant() -> None:
    reading = of(
        "Tripoli,Libya,Cartagena,COL,2023-01-01,1\nTripoli,Lebanon,Cartagena,Spain,2023-01-02,2\n"
        "Kingston,Jamaïque,Georgetown,Гайана,2023-01-03,3",
        BESIDE,
    )
    assert ends(reading) == [("LYTIP", "COCTG"), ("LBKYE", "ESCAR"), ("JMKIN", "GYGEO")]
    assert not reading.problems
    assert not reading.unplaced


def test_a_country_that_is_not_known_warns_and_one_that_contradicts_sets_aside() -> None:
    reading = of("Busan,Narnia,Shanghai,China,2023-01-01,1\nBusan,Peru,Shanghai,China,2023-01-02,2", BESIDE)
    assert ends(reading) == [("KRPUS", "CNSHA")]
    assert [(each.row, each.column, each.severity) for each in reading.problems] == [
        (2, "origin_in_country", "warning"),
        (3, "origin", "set aside"),
    ]


def test_country_columns_are_proposed_beside_ports_and_are_the_ends_without_them() -> None:
    ports = b"Origin port,Origin country,Destination port,Destination country,Date,TEU\n"
    sheet = read_sheet(ports + b"Tripoli,Libya,Odessa,Ukraine,2023-01-01,10\n")
    columns = dict(propose(sheet).mapping.columns)
    assert columns["Origin port"] == "origin"
    assert columns["Origin country"] == "origin_in_country"
    assert columns["Destination country"] == "destination_in_country"
    alone = b"Origin country,Destination country,Date,TEU\nLibya,Ukraine,2023-01-01,10\n"
    columns = dict(propose(read_sheet(alone)).mapping.columns)
    assert (columns["Origin country"], columns["Destination country"]) == ("origin", "destination")


def test_country_to_country_flows_are_areas() -> None:
    reading = of("Ukraine,Turkey,2022-08-01,1\nUkraine,Spain,2022-08-02,1\nRussia,Brazil,2022-08-05,1")
    assert ends(reading) == [("UA", "TR"), ("UA", "ES"), ("RU", "BR")]


def test_a_country_with_the_name_of_a_port_is_asked_about_among_ports() -> None:
    reading = of("Busan,Rotterdam,2023-01-01,1\nShanghai,Turkey,2023-01-02,1\nNingbo,Hamburg,2023-01-03,1")
    assert [each.text for each in reading.unplaced] == ["Turkey"]
    assert set(reading.unplaced[0].candidates) == {"TR", "USTKR"}


@pytest.mark.parametrize(("origin", "code"), [("Busan", "SGSIN"), ("Ukraine", "SG")])
def test_singapore_is_a_port_among_ports_and_a_country_among_countries(origin: str, code: str) -> None:
    assert ends(of(f"{origin},Singapore,2023-01-01,1"))[0][1] == code


def test_the_other_end_alone_asks_nothing() -> None:
    assert ends(of("Odesa,Mexico,2023-01-01,1"))[0][1] == "MX"


def test_three_capitals_are_airports_where_the_mode_or_the_name_of_the_column_says_air() -> None:
    assert ends(of("DXB,LED,2023-01-01,1,air", f"{HEAD},mode")) == [("airport-OMDB", "airport-ULLI")]
    assert not ends(of("DXB,LED,2023-01-01,1,maritime", f"{HEAD},mode"))
    mixed = of("DXB,LED,2023-01-01,1,air\nDXB,LED,2023-01-01,1,rail", f"{HEAD},mode")
    assert (mixed.kept, len(mixed.set_aside)) == (1, 1)
    sheet = read_sheet(b"origin airport,destination airport,depart,containers\nDXB,LED,2023-01-01,1\n")
    assert take(sheet, "legs", mapping=propose(sheet, "legs").mapping).kept == 1


POSITIONS = "origin,origin_lat,origin_lon,destination,destination_lat,destination_lon,depart,containers"


def test_a_position_that_contradicts_its_name_warns_and_says_when_exchanging_fits() -> None:
    reading = of(
        "Rotterdam,4.48,51.92,Singapore,1.26,103.83,2023-09-07,300\n"
        "Vladivostok,31.9,43.1,Busan,35.1,129.04,2023-09-08,100\n"
        "Tripoli,32.9,13.2,Tripoli,34.4,35.8,2023-09-09,100\n"
        "Pier 7,10,20,Russia,55,80,2023-09-10,100",
        POSITIONS,
    )
    assert (reading.rows, reading.kept) == (4, 4)
    swapped, other = reading.problems
    assert (swapped.row, swapped.column, swapped.severity) == (2, "origin", "warning")
    assert "km from Rotterdam, NL (NLRTM)" in swapped.hint
    assert "Exchanging latitude and longitude would put it 3 km from there" in swapped.hint
    assert (other.row, "Exchanging" in other.hint) == (3, False)


def test_both_sides_of_the_antimeridian_are_one_meridian() -> None:
    reading = of("Here,10,-180,Busan,35.1,129.04,2023-09-07,1\nHere,10,180,Busan,35.1,129.04,2023-09-08,2", POSITIONS)
    assert reading.table["origin"].nunique() == 1
    assert len(reading.own_places) == 2


def test_a_city_goes_with_the_file_and_a_place_has_the_name_that_the_file_uses() -> None:
    reading = of("Moscow,Одеса,2023-01-01,1\nMoscow,Владивосток,2023-01-01,2\nMoscow,RUVVO,2023-01-01,2")
    shown = dict(zip(reading.own_places["code"], reading.own_places["name"], strict=True))
    assert shown == {"geonames-524901": "Moscow", "UAODS": "Одеса", "RUVVO": "Владивосток"}
    assert "Vladivostok" in reading.own_places.set_index("code").loc["RUVVO", "aliases"]


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (["ODESA"], {"UAODS": "Odesa"}),
        (["Odesa (UA)"], {"UAODS": "Odesa"}),
        (["Odesa", "Одеса"], {}),
        (["ODESSA", "Port of Odessa"], {}),
        (["UAODS"], {}),
        (["CNSHG"], {}),
        (["cn shg"], {}),
        (["Türkei"], {"TR": "Türkei"}),
        (["TUR"], {}),
    ],
)
def test_where_a_file_uses_several_names_or_ours_ours_is_shown(spellings: list[str], shown: dict[str, str]) -> None:
    reading = of("\n".join(f"{each},Vladivostok,2023-01-0{day},1" for day, each in enumerate(spellings, 1)))
    assert dict(zip(reading.own_places["code"], reading.own_places["name"], strict=True)) == shown


def test_what_was_taken_though_others_bear_the_name_is_told() -> None:
    reading = of("Moscow,Vladivostok,2023-01-01,1\nMoscow,Busan,2023-01-02,1")
    (taken,) = reading.preferred
    assert (taken.text, taken.rows, taken.candidates[0]) == ("Moscow", 2, "geonames-524901")
    assert "there is also Moscow, US" in taken.message


def test_places_of_the_reader_win_in_a_file_read_beside_them() -> None:
    rows = b"X1,Istanbul,28.98,41.01\nX2,Moscow,37.62,55.75\nX3,Vladivostok,131.9,43.1\n"
    own, _ = read_places(b"code,name,lon,lat\n" + rows)
    legs = "Vladivostok,Moscow,2023-09-01,10\nIstanbul,Moscow,2023-09-01,10\nX1,X2,2023-09-01,10"
    reading = of(legs, places=Places.load().plus(own))
    assert ends(reading) == [("X3", "X2"), ("X1", "X2"), ("X1", "X2")]
    assert not reading.preferred
    assert not len(reading.own_places)
