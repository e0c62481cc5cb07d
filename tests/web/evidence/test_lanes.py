"""Windows of reports as pieces of a bar: sure and vague, in order, inside what is shown."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from geo.web.evidence.lanes import Lane

times = st.none() | st.integers(0, 1_000)


def lane(opens: int | None, sure_from: int | None, sure_to: int | None, closes: int | None) -> Lane:
    return Lane("", opens, sure_from, sure_to, closes, None, sets=False, off=False, tooltip={})


def test_a_precise_window_is_one_solid_piece() -> None:
    assert lane(10, 10, 20, 20).pieces((0, 100)) == [(10, 20, False)]


def test_vague_ends_are_pieces_of_their_own() -> None:
    assert lane(10, 15, 20, 30).pieces((0, 100)) == [(10, 15, True), (15, 20, False), (20, 30, True)]


def test_a_window_that_is_sure_nowhere_is_vague_throughout() -> None:
    assert lane(10, 25, 20, 30).pieces((0, 100)) == [(10, 30, True)]


def test_an_unknown_beginning_reaches_back_to_the_edge_and_is_vague() -> None:
    assert lane(None, None, 20, 20).pieces((5, 100)) == [(5, 20, True)]


def test_what_lies_outside_is_cut_off() -> None:
    assert lane(10, 10, 200, 200).pieces((50, 100)) == [(50, 100, False)]
    assert lane(10, 10, 20, 20).pieces((50, 100)) == []


@given(times, times, times, times, st.integers(0, 500), st.integers(1, 500))
def test_pieces_are_in_order_inside_the_span_and_not_empty(
    opens: int | None, sure_from: int | None, sure_to: int | None, closes: int | None, first: int, length: int
) -> None:
    given_times = sorted(each for each in (opens, sure_from, sure_to, closes) if each is not None)
    ordered = [None if each is None else given_times.pop(0) for each in (opens, sure_from, sure_to, closes)]
    pieces = lane(*ordered).pieces((first, first + length))
    assert all(first <= start < end <= first + length for start, end, _ in pieces)
    assert pieces == sorted(pieces)
    assert all(one[1] == other[0] for one, other in pairwise(pieces))
