"""A speed is told only where nothing could reach it, however the dates and the places are read."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import places
from geo.sea.routes import route
from geo.voyages import finding, speeds
from geo.voyages.findings import findings
from tests.voyages.few_voyages import data, found


def test_the_reckoning_is_told_in_numbers_and_in_words() -> None:
    (one,) = found("NLRTM,SGSIN,2024-09-01,2024-09-05,100,maritime,,,")
    assert (one.kind, one.legs) == ("too fast", (0,))
    reckoning = one.reckoning
    assert reckoning is not None
    assert (reckoning.hours, reckoning.basis) == (120.0, "great circle")
    assert reckoning.km / 120.0 == pytest.approx(reckoning.kmh)
    assert 47 < reckoning.knots < 48
    assert one.sentence == (
        "Rotterdam → Singapore, 1 Sept 2024 to 5 Sept 2024: at least 5,683 nm as the crow flies in at most 5.0 days, "
        "that is 47 knots; no cargo ship goes faster than 45 knots."
    )


def test_whole_days_are_taken_as_the_longest_time() -> None:
    """700 nm from day to day would be 58 knots over 12 hours, but a day and its next may be 48 hours apart."""
    assert not found("RUVVO,KRPUS,2024-09-01,2024-09-01,100,maritime,,,")
    assert found("RUVVO,KRPUS,2024-09-01T10:00,2024-09-01T16:00,100,maritime,,,", kind="too fast")
    assert not found("RUVVO,CNSHA,September 2024,September 2024,100,maritime,,,")


@pytest.mark.parametrize(
    ("mode", "told"), [("rail", "no train"), ("road", "no lorry"), ("air", "no freighter"), ("", "nothing")]
)
def test_each_mode_has_its_limit(mode: str, told: str) -> None:
    fast = f"RUVVO,NLRTM,2024-09-01T00:00,2024-09-01T04:00,1,{mode},,,"
    assert told in found(fast, kind="too fast")[0].sentence
    assert ("nm" in found(fast)[0].sentence) is False


def test_an_unstated_mode_is_that_of_a_ship_where_a_ship_is_named_by_its_number() -> None:
    week = "NLRTM,SGSIN,2024-09-01,2024-09-05,1,,Star,{imo},"
    assert not found(week.format(imo=""))
    assert "knots" in found(week.format(imo="9179842"))[0].sentence


def test_nothing_is_said_of_a_country_or_of_a_leg_that_ends_before_it_begins() -> None:
    assert not found("RU,KP,2024-09-01T00:00,2024-09-01T00:10,1,maritime,,,")
    assert not found("RUVVO,CNSHA,2024-09-01,,1,maritime,,,")


def test_the_way_by_sea_counts_between_ports() -> None:
    """Across the Malay Peninsula it is a hundred miles as the crow flies, and a thousand by sea."""
    (one,) = found("THSGZ,MYPEN,2024-10-11T00:00,2024-10-11T12:00,300,maritime,,,")
    assert one.reckoning is not None
    assert one.reckoning.basis == "sea route"
    assert one.reckoning.knots > 45
    assert "by sea" in one.sentence
    assert not found("THSGZ,MYPEN,2024-10-11,2024-10-13,300,maritime,,,")


def test_no_more_than_so_many_are_listed_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speeds, "MOST_LISTED", 2)
    rows = [f"NLRTM,SGSIN,2024-09-01,2024-09-0{day},1,maritime,,," for day in (2, 3, 4, 5)]
    told = findings(data(*rows))
    assert [each.legs for each in told.findings] == [(0,), (1,)], "the fastest are listed"
    assert told.notes == ("Of the speeds that nothing reaches the 2 highest are listed, and 2 more are not.",)


def test_an_infinite_speed_is_words_too() -> None:
    one = found("RUVVO,KRPUS,2024-09-01T10:00,2024-09-01T10:00,1,maritime,,,")[0]
    assert one.reckoning is not None
    assert math.isinf(one.reckoning.kmh)
    assert "at the same time; no cargo ship" in one.sentence


def test_reckonings_are_checked_against_the_limit_they_name() -> None:
    assert finding.Reckoning(83.34, 1.0, 83.34, "great circle").knots == pytest.approx(45.0)


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(["RUVVO", "KRPUS", "CNSHA", "SGSIN", "NLRTM", "USLAX"]), st.integers(0, 3), st.integers(0, 40))
def test_an_ordinary_voyage_is_never_told(port: str, wait: int, extra: int) -> None:
    """Fourteen knots by sea, with whatever time in port: nothing of it is a finding."""
    ends = [(places.fact(code).lon, places.fact(code).lat) for code in ("JPYOK", port)]
    days = math.ceil(route(*ends).days(14.0)) + wait + extra
    start = date(2024, 3, 1)
    assert not found(f"JPYOK,{port},{start},{start + timedelta(days)},1,maritime,Maru,,A")
