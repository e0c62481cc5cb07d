"""A country beside the name of a place: of two that share a name, one with territories, one that contradicts."""

from __future__ import annotations

import pytest

from geo.gazetteer.places import Places
from geo.tables.read import Reading, read

PLACES = Places.load()


def reading_of(name: str, country: str) -> Reading:
    head = "origin,origin_in_country,destination,depart,containers"
    return read(f"{head}\n{name},{country},Rotterdam,2023-01-01,1\n".encode(), "legs")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Korea", ("KR", "KP")),
        ("KOREA", ("KR", "KP")),
        ("Корея", ("KR", "KP")),
        ("Corée", ("KR", "KP")),
        ("Congo", ("CG", "CD")),
        ("the Congo", ("CG", "CD")),
        ("Virgin Islands", ("VI", "VG")),
    ],
)
def test_a_name_that_two_countries_share_is_asked(name: str, codes: tuple[str, ...]) -> None:
    found = PLACES.find(name)
    assert (found.place, found.candidates) == (None, codes)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Korea, Dem. People's Rep.", "KP"),
        ("Congo, Rep.", "CG"),
        ("DR Congo", "CD"),
        ("Guinea", "GN"),
        ("Samoa", "WS"),
        ("Sudan", "SD"),
        ("Ireland", "IE"),
        ("British Virgin Islands", "VG"),
    ],
)
def test_a_name_that_is_one_country_is_not(name: str, code: str) -> None:
    assert PLACES.find(name).place == code


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("Ulsan", "Korea", "KRUSN"),
        ("Wonsan", "Korea", "KPWON"),
        ("Chongjin", "Korea", "KPCHO"),
        ("Boma", "Congo", "CDBOA"),
        ("Pointe Noire", "Congo", "CGPNR"),
        ("Kaohsiung", "China", "TWKHH"),
        ("Shanghai", "China", "CNSHA"),
        ("Papeete", "France", "PFPPT"),
        ("Marseille", "France", "FRMRS"),
        ("Ponce", "US", "PRPSE"),
    ],
)
def test_a_port_decides_which_country_is_meant(name: str, country: str, code: str) -> None:
    assert PLACES.find(f"{name}, {country}").place == code
    assert PLACES.find(f"{name} ({country})").place == code
    assert list(reading_of(name, country).table["origin"]) == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("San Juan, US", {"PRSJU", "geonames-4726440"}),
        ("Saint-Denis, France", {"geonames-935264", "geonames-2980916"}),
        ("Willemstad, Netherlands", {"CWWIL", "NLWIL"}),
    ],
)
def test_a_name_of_a_country_and_of_its_territory_is_asked(text: str, codes: set[str]) -> None:
    found = PLACES.find(text)
    assert (found.place, set(found.candidates)) == (None, codes)
    name, _, country = text.partition(", ")
    assert set(reading_of(name, country).unplaced[0].candidates) == codes


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("Nakhodka", "Japan", "RUNJK"),
        ("Rajin", "South Korea", "KPRJN"),
        ("Valencia", "Ukraine", "ESVLC"),
        ("Nakhodka", "Texas", "RUNJK"),
        ("Keelung", "Japan", "TWKEL"),
    ],
)
def test_a_country_that_contradicts_is_said(name: str, country: str, code: str) -> None:
    found = PLACES.find(f"{name}, {country}")
    assert found.place is None
    assert code in found.candidates
    assert found.message.startswith(f"'{name}' is known, but not in {country}: ")
    assert "Correct the name or the country" in found.message


def test_a_column_of_countries_that_contradicts_is_said() -> None:
    reading = reading_of("Nakhodka", "Japan")
    assert [each.text for each in reading.unplaced] == ["Nakhodka"]
    assert reading.unplaced[0].candidates == ("RUNJK",)
    assert "is known, but not in Japan" in reading.unplaced[0].message
    assert any("is known, but not in Japan" in problem.hint for problem in reading.problems)


def test_a_name_that_is_nowhere_is_not_said_to_be_elsewhere() -> None:
    assert "not in the gazetteer" in PLACES.find("Lyonesse", "KP").message
    assert "not in the gazetteer" in PLACES.find("Lyonesse, North Korea").message
