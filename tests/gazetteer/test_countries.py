"""Countries by name and code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.place_parts import STATES, country_code
from geo.gazetteer.places import Places


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


def test_the_countries_of_the_gazetteer_are_known_but_for_dissolved_ones() -> None:
    dissolved = {"AN", "CS"}  # Netherlands Antilles, Serbia and Montenegro: still in the ports' codes
    assert {code for code in Places.load().frame["country"] if country_code(code) != code} <= dissolved


def test_states_are_countries_codes_too() -> None:
    assert all(country_code(state) == state for state in STATES)


@given(st.text(max_size=60))
def test_any_text_is_a_country_or_none(text: str) -> None:
    code = country_code(text)
    assert code is None or len(code) == 2
