"""What names a sum over places, or none, is told from places."""

from __future__ import annotations

import pytest

from geo.gazetteer.places import Places
from geo.parsing.aggregates import is_aggregate


@pytest.mark.parametrize(
    "text",
    [
        *("World", " WORLD ", "EU27", "EU-27", "EU27_2020", "EU", "Extra-EU", "EA19", "G7", "All countries", "Other"),
        *("Rest of World", "Areas, nes", "Other Africa, n.e.s.", "Asia", "Весь мир", "世界", "Alle Länder", "Monde"),
    ],
)
def test_sums_over_places(text: str) -> None:
    assert is_aggregate(text)


@pytest.mark.parametrize(
    "text", ["Najin", "Ukraine", "US", "EA", "G", "Nes", "Georgia", "Asia Minor Port", "Odesa nes", "", "x" * 500]
)
def test_places(text: str) -> None:
    assert not is_aggregate(text)


def test_no_country_is_an_aggregate() -> None:
    places = Places.load()
    named = [
        places.fact(place).name for place in (places.find(code).place for code in ("UA", "RU", "CD", "KR")) if place
    ]
    assert len(named) == 4
    assert not any(map(is_aggregate, named))
