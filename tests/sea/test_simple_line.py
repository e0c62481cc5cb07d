"""What a line goes around for nothing is left out, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.sea.simple_line import simple

places = st.lists(st.tuples(st.integers(170, 190), st.integers(-10, 10)), min_size=3, max_size=9, unique=True)


def test_a_line_that_does_not_cross_itself_stays_as_it_is() -> None:
    line = np.array([(0.0, 0.0), (1.0, 0.5), (2.0, 0.0)])
    assert simple(line) is line


def test_a_loop_is_left_out_at_its_crossing() -> None:
    line = np.array([(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 2.0), (2.0, -2.0)])
    assert simple(line).tolist() == [[0.0, 0.0], [2.0, 0.0], [2.0, -2.0]]


def test_there_and_back_is_left_out() -> None:
    line = np.array([(0.0, 0.0), (2.0, 0.0), (1.0, 0.0), (1.0, 3.0)])
    assert simple(line).tolist() == [[0.0, 0.0], [1.0, 0.0], [1.0, 3.0]]


@given(places)
def test_what_is_left_lies_on_the_line_from_end_to_end_and_crosses_nothing(given: list[tuple[int, int]]) -> None:
    line = np.array(given, float)
    found = simple(line)
    assert found[[0, -1]].tolist() == line[[0, -1]].tolist()
    left = shapely.linestrings(found)
    assert left.is_simple
    assert left.length <= shapely.linestrings(line).length + 1e-9
    apart = shapely.distance(shapely.linestrings(line), shapely.points(found))
    assert apart.max() == pytest.approx(0.0, abs=1e-9)
