"""The assignment with the highest sum, against trying all."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.matching import score

TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(-2, 6), min_size=columns, max_size=columns), min_size=1, max_size=4)
)


@given(TABLES)
def test_no_other_assignment_has_a_higher_sum(table: list[list[int]]) -> None:
    scores = np.array(table, np.float64)
    rows, columns = scores.shape

    def worth(pick: tuple[int, ...]) -> float:
        return sum(scores[row, column] for row, column in enumerate(pick) if column >= 0)

    found = tuple(score.best(scores))
    taken = [column for column in found if column >= 0]
    assert len(taken) == len(set(taken))
    assert all(scores[row, column] > 0 for row, column in enumerate(found) if column >= 0)
    picks = (pick for pick in product(range(-1, columns), repeat=rows) if _once(pick))
    assert worth(found) == max(worth(pick) for pick in picks)


def _once(pick: tuple[int, ...]) -> bool:
    taken = [column for column in pick if column >= 0]
    return len(taken) == len(set(taken))


@pytest.mark.parametrize(
    ("scores", "found"), [([[3.0, 2.9], [3.0, 1.0]], [1, 0]), ([[0.0]], [-1]), ([[-1.0, 2.0]], [1])]
)
def test_what_scores_nothing_is_left_alone_and_the_sum_counts(scores: list[list[float]], found: list[int]) -> None:
    assert score.best(np.array(scores)) == found


def test_nothing_to_choose_from() -> None:
    assert score.best(np.zeros((2, 0))) == [-1, -1]
