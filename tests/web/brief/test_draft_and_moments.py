"""Days of several maps, names of files, and the map's view as degrees."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.brief.spec.keys import seconds
from geo.player import View
from geo.web.brief import draft
from geo.web.brief.downloads import LONGEST, every, safe_name
from geo.web.brief.draft import bounds_of
from geo.web.brief.page import spread
from geo.web.brief.picture import not_latest, window_of

FIRST = date(2023, 8, 1)


@given(st.sampled_from([4, 6]), st.integers(6, 5_000))
def test_days_are_spread_evenly_each_once_and_the_last_is_among_them(count: int, days: int) -> None:
    last = FIRST + timedelta(days=days - 1)
    found = spread(count, FIRST, last)
    assert len(set(found)) == count
    assert found == sorted(found)
    assert found[0] >= FIRST
    assert found[-1] == last
    steps = {(b - a).days for a, b in pairwise(found)}
    assert max(steps) - min(steps) <= 1


@given(st.text())
def test_a_name_of_a_file_is_letters_digits_and_hyphens_whatever_was_typed(words: str) -> None:
    name = safe_name(words)
    assert 0 < len(name) <= LONGEST
    assert all(letter.isalnum() or letter == "-" for letter in name if letter.isascii())
    assert not name.startswith("-")
    assert "/" not in name
    assert "\\" not in name


def test_devices_and_nothing_get_another_name() -> None:
    assert [safe_name(each) for each in ("CON", "", "../..", "lpt1")] == ["brief"] * 4
    assert safe_name("Rason → Vladivostok: 2 Nov") == "rason-vladivostok-2-nov"
    assert safe_name("라선") == "라선"


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-2, 24))
def test_the_view_of_a_map_is_one_that_a_picture_can_have(lon: float, lat: float, zoom: float) -> None:
    west, south, east, north = bounds_of(View(lon, lat, zoom))
    assert -90 <= south <= north <= 90
    assert 0 <= east - west <= 360 + 1e-3
    assert math.isclose((west + east) / 2, lon, abs_tol=1e-3)
    assert abs(west) <= 360


@given(st.floats(1, 3e8))
def test_a_window_is_a_length_that_briefs_know(length: float) -> None:
    assert abs(seconds(window_of(length)) - max(length, 3_600)) <= 1_800


def test_slides_come_first() -> None:
    assert next(iter(every())) == "pptx"


def test_a_picture_of_an_earlier_moment_is_pointed_out() -> None:
    early, last = geo.plates_of(geo.Brief(moments=("2023-10-01", "2023-11-02")))
    assert not_latest(early) == ["This is not the latest moment: the data run to 2 Nov 2023."]
    assert not_latest(last) == []


def test_another_data_set_keeps_the_words_and_neither_the_frame_on_the_map_nor_the_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(streamlit, "session_state", state)
    draft.of_data("founding")
    draft.draft().update(title="Mine", view="own", own_view=(1, 2, 3, 4), days=("2023-09-01",) * 4)
    draft.of_data("founding")
    assert draft.draft()["view"] == "own"
    draft.of_data("wider")
    held = draft.draft()
    assert (held["title"], held["view"], held["own_view"], held["days"]) == ("Mine", "whole", (), ())
