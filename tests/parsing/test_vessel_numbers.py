"""IMO ship numbers check themselves; an MMSI has nine digits and a country."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.matching import traits


@pytest.mark.parametrize("text", ["9074729", "IMO 9074729", "imo9074729", " IMO: 9074729 ", "9319466"])
def test_a_ship_number_checks_itself(text: str) -> None:
    assert traits.is_imo(text)


@pytest.mark.parametrize("text", ["", "9074728", "907472", "90747290", "IMO", "0000000", "９０７４７２９", "9074729x"])
def test_other_numbers_are_no_ship_numbers(text: str) -> None:
    assert not traits.is_imo(text)


@given(st.integers(100_000, 999_999), st.integers(0, 9))
def test_one_digit_in_ten_checks_a_ship_number(six: int, seventh: int) -> None:
    digit = sum(int(figure) * weight for figure, weight in zip(str(six), traits.IMO_WEIGHTS, strict=True)) % 10
    assert traits.is_imo(f"{six}{seventh}") == (seventh == digit)


@pytest.mark.parametrize("text", ["273345678", "MMSI 440123456", "201000000", "775999999"])
def test_a_ship_station_has_nine_digits_and_a_country(text: str) -> None:
    assert traits.is_mmsi(text)


@pytest.mark.parametrize("text", ["", "27334567", "2733456789", "200123456", "776123456", "002731234", "97012345x"])
def test_other_identities_are_no_ship_stations(text: str) -> None:
    assert not traits.is_mmsi(text)
