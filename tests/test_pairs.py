"""No pair of values is left out, and the rows are fewer than the product."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.pairs import pairwise

VALUES = st.lists(st.integers(1, 5).map(range), min_size=2, max_size=4)


@given(VALUES)
def test_every_two_values_meet(values: list[range]) -> None:
    rows = pairwise(*values)
    for (one, first), (other, second) in itertools.combinations(enumerate(values), 2):
        assert {(row[one], row[other]) for row in rows} == set(itertools.product(first, second))
    assert len(rows) == len(set(rows))


def test_rows_are_few() -> None:
    assert pairwise("ab", "cd", "ef") == [("a", "c", "e"), ("a", "d", "f"), ("b", "c", "f"), ("b", "d", "e")]
    assert len(pairwise(range(11), range(4), range(2))) == 44
