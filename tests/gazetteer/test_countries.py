"""Countries by name and code."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import data_folder
from geo.gazetteer.countries import countries, country_code, country_scope, key, names_of, shown_name
from geo.gazetteer.place_parts import states
from geo.gazetteer.places import Places

GAZETTEER = Places.load()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Russia", "RU"), ("ru", "RU"), ("RUS", "RU"), ("Russian Federation", "RU"), ("Россия", "RU")),
        *(
            ("South Korea", "KR"),
            ("Korea, South", "KR"),
            ("Republic of Korea", "KR"),
            ("북한", "KP"),
            ("D.P.R.K.", "KP"),
        ),
        *(("U.S.A.", "US"), ("the Netherlands", "NL"), ("Cote d’Ivoire", "CI"), ("Türkiye", "TR"), ("Turkiye", "TR")),
        *(("St. Kitts & Nevis", "KN"), ("DEU", "DE"), ("YEM", "YE"), ("MMR", "MM")),
        *(("", None), ("Europe", None), ("XX", None), ("Ontario", None)),
    ],
)
def test_a_country_is_known_by_name_and_code(text: str, code: str | None) -> None:
    assert country_code(text) == code


OFFICES = {
    "Korea, Dem. People's Rep.": "KP",
    "Dem. People's Rep. of Korea": "KP",
    "Korea, Democratic People's Republic of": "KP",
    "Korea, Rep.": "KR",
    "Rep. of Korea": "KR",
    "Iran (Islamic Republic of)": "IR",
    "Iran, Islamic Rep.": "IR",
    "Congo, Dem. Rep.": "CD",
    "Dem. Rep. of the Congo": "CD",
    "Congo, Rep.": "CG",
    "Egypt, Arab Rep.": "EG",
    "Yemen, Rep.": "YE",
    "Venezuela, RB": "VE",
    "Venezuela (Bolivarian Republic of)": "VE",
    "Bolivia (Plurinational State of)": "BO",
    "Micronesia, Fed. Sts.": "FM",
    "Bahamas, The": "BS",
    "Gambia, The": "GM",
    "Moldova, Republic of": "MD",
    "Rep. of Moldova": "MD",
    "Tanzania, United Republic of": "TZ",
    "Turkey, Republic of": "TR",
    "Republic of Türkiye": "TR",
    "Taiwan, Province of China": "TW",
    "China, Hong Kong SAR": "HK",
    "Hong Kong SAR, China": "HK",
    "Virgin Islands, British": "VG",
    "Virgin Islands (U.S.)": "VI",
    "Solomon Isds": "SB",
    "Br. Virgin Isds": "VG",
    "Dominican Rep.": "DO",
    "Lao People's Dem. Rep.": "LA",
    "Côte d'Ivoire": "CI",
    "Macedonia, FYR": "MK",
    "Republic of China": "TW",
    "People's Republic of China": "CN",
    "Republic": None,
    "United States": "US",
}


@pytest.mark.parametrize(("text", "code"), OFFICES.items(), ids=OFFICES)
def test_long_names_in_any_order_and_shortened(text: str, code: str | None) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Ägypten", "EG"), ("Vereinigte Staaten", "US"), ("Corea del Norte", "KP"), ("Alemania", "DE")),
        *(
            ("États-Unis", "US"),
            ("朝鮮民主主義人民共和国", "KP"),
            ("俄罗斯", "RU"),
            ("Иран", "IR"),
            ("Туреччина", "TR"),
        ),
        *(("إيران", "IR"), ("터키", "TR"), ("トルコ", "TR"), ("Северная Корея", "KP"), ("Росія", "RU")),
    ],
)
def test_names_in_other_languages(text: str, code: str) -> None:
    assert country_code(text) == code
    assert GAZETTEER.find(text).place == code


ASKED = {"França", "Granada", "Guadalupe", "Salvador", "Korea", "Congo", "콩고", "Конго"}
"""Names of a country in one language, and of a large city elsewhere, or of two countries: which is meant is asked."""


def test_every_name_of_every_country_is_that_country() -> None:
    for code in countries():
        for name in names_of(code):
            assert code in country_scope(name).split(), name
            found = GAZETTEER.find(name)
            assert found.place == code or (found.place is None and code in found.candidates), (name, found)


def test_hardly_any_name_of_a_country_is_asked() -> None:
    asked = {name for code in countries() for name in names_of(code) if GAZETTEER.find(name).place != code}
    assert asked == ASKED


def test_the_keys_of_the_file_are_those_of_its_names() -> None:
    with data_folder.path("country_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spellings = [row["name"], *filter(None, row["names"].split(";"))]
            assert row["keys"].split(";") == [key(each) for each in spellings], row["iso2"]


def test_every_country_has_names_in_ten_languages() -> None:
    """Script by script, as the file does not say which language a name is of."""
    scripts = {"ar": "ا-ي", "ja": "ァ-ヺ", "ko": "가-힣", "ru": "а-яА-Я", "zh": "一-鿿"}
    for code in countries():
        text = "".join(names_of(code))
        for script, letters in scripts.items():
            first, last = letters[0], letters[2]
            if script == "ja" and any("一" <= mark <= "鿿" for mark in text):
                continue
            assert any(first <= mark <= last for mark in text), (code, script)


def test_the_countries_of_the_gazetteer_are_known_but_for_dissolved_ones() -> None:
    dissolved = {"AN", "CS"}  # Netherlands Antilles, Serbia and Montenegro: still in the ports' codes
    assert {code for code in set(GAZETTEER.frame["country"]) if country_code(code) != code} <= dissolved


def test_a_country_is_an_area_with_its_code() -> None:
    for code in countries():
        place = GAZETTEER.get(code)
        assert (place["code"], place["country"], place["kind"]) == (code, code, "area")
        assert place["name"] == shown_name(code)
        assert place["radius_km"] > 0


@pytest.mark.parametrize(
    "text", ["TR", "TUR", "Turkey", "turkey", "TÜRKIYE", "Republic of Türkiye", "Turkey, Republic of"]
)
def test_a_bare_country_is_the_country_and_never_a_port(text: str) -> None:
    assert GAZETTEER.find(text).place == "TR"


@pytest.mark.parametrize("text", ["in", "la", "per", "can", "no", "is"])
def test_a_word_that_is_a_code_in_small_letters_is_no_country(text: str) -> None:
    assert GAZETTEER.find(text).place not in countries()


def test_among_ports_a_port_with_the_name_of_a_country_is_asked() -> None:
    found = GAZETTEER.find("Turkey", ports=True)
    assert found.place is None
    assert {"TR", "USTKR"} == set(found.candidates)
    assert GAZETTEER.find("Ukraine", ports=True).place == "UA"


def test_a_country_as_small_as_its_port_is_its_port_among_ports() -> None:
    assert GAZETTEER.find("Singapore").place == "SG"
    found = GAZETTEER.find("Singapore", ports=True)
    assert (found.place, found.others) == ("SGSIN", ("SG",))


def test_port_of_spain_is_not_spain() -> None:
    assert GAZETTEER.find("Spain", ports=True).place == "ES"
    assert GAZETTEER.find("Port of Spain").place == "TTPOS"
    assert GAZETTEER.find("Port of Singapore").place == "SGSIN"
    assert GAZETTEER.find("Port of Ukraine").place is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("California", [("US", "CA")]),
        ("WA", [("US", "WA"), ("AU", "WA")]),
        ("new south wales", [("AU", "NSW")]),
        ("Scotland", [("GB", "SCT")]),
        ("Bavaria", []),
    ],
)
def test_states_by_name_and_abbreviation(text: str, found: list[tuple[str, str]]) -> None:
    assert states(text) == found


@given(st.text(max_size=60))
def test_any_text_is_a_country_or_none(text: str) -> None:
    code = country_code(text)
    assert code is None or code in countries()
