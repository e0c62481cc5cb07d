"""What comes from the browser is taken field by field, and never trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.player import MAX_SELECTED, Picked, View, read_picked

VIEW = {"longitude": 131.5, "latitude": 42.5, "zoom": 6, "pitch": 0, "bearing": 10}
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["longitude", "zoom", "x"]), inner),
)


def test_a_whole_message_is_read() -> None:
    sent = {"selected": ["A>B>1"], "view": VIEW, "moment": "2023-10-01T00:00:00Z", "mode": "window", "window": 864000}
    view = View(131.5, 42.5, 6.0, 0.0, 10.0)
    assert read_picked(sent) == Picked(("A>B>1",), view, "2023-10-01T00:00:00Z", "window", 864000.0)


@pytest.mark.parametrize(
    ("sent", "read"), [("routes", "routes"), ("arcs", "arcs"), ("lines", "arcs"), (["routes"], "arcs")]
)
def test_what_is_drawn_between_places_is_one_of_two(sent: object, read: str) -> None:
    assert read_picked({"paths": sent}).paths == read


@given(anything)
def test_anything_else_counts_as_not_sent(value: object) -> None:
    assert read_picked(value) == Picked()


@given(st.dictionaries(st.sampled_from(["selected", "view", "moment", "mode", "window"]), anything))
def test_one_bad_field_does_not_spoil_the_others(fields: dict[str, object]) -> None:
    fields.pop("view", None)
    assert read_picked({**fields, "view": VIEW}).view == View(131.5, 42.5, 6.0, 0.0, 10.0)


@pytest.mark.parametrize("window", [0, -1, float("nan"), float("inf"), True, "10", None])
def test_a_window_is_a_positive_number_of_seconds(window: object) -> None:
    assert read_picked({"window": window}).window is None


@pytest.mark.parametrize("fields", [{"place": "x" * 300}, {"side": "under"}, {"place": 7}, {"side": ["in"]}])
def test_a_place_and_its_side_are_known_words(fields: dict[str, object]) -> None:
    assert read_picked(fields) == Picked()
    assert read_picked({"place": "RUVVO", "side": "in"}) == Picked(place="RUVVO", side="in")


@pytest.mark.parametrize("turn", [-1, 0, True, 10**9, 1.5, "2", None])
def test_a_turn_is_a_number_that_a_page_may_have_taken(turn: object) -> None:
    assert read_picked({"turn": turn}) == Picked()
    assert read_picked({"turn": 2}) == Picked(turn=2)


def test_a_selection_is_bounded() -> None:
    assert len(read_picked({"selected": ["x"] * (MAX_SELECTED + 5)}).selected) == MAX_SELECTED
