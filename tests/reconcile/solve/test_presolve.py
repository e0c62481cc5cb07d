"""A question asked with what matters to it alone has the answer that the whole program gives, and the same reasons."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve import model, presolve
from geo.reconcile.solve.presolve import Essentials
from geo.reconcile.solve.program import Matrix, Program
from tests.examples import examples
from tests.reconcile.histories import World, worlds
from tests.reconcile.reports import legs, totals, world
from tests.reconcile.test_tightness import as_tight_as_plainly, explained

FEW = examples(20)  # each is a small linear program or many
OPEN = np.inf
NONE = np.zeros(0, np.int64)


@FEW
@given(worlds(most=6), st.data())
def test_every_range_is_still_what_a_plain_linear_program_finds(truth: World, data: st.DataObject) -> None:
    with patch.object(model, "MANY_COLUMNS", 0), patch.object(presolve, "WORTH", 1.0):
        found = reconcile(totals(*truth.totals), legs(*truth.legs), world())
    explained(as_tight_as_plainly(found, truth, data).curve)


def asked(*rows: tuple[list[int], tuple[float, float]], cells: list[int]) -> Essentials:
    """Rows: the columns of each sum, and its bounds. cells: of each column its cell."""
    matrix = Matrix.of(len(cells), [(np.array(held), NONE) for held, _ in rows])
    return Essentials(Program(matrix, [bounds for _, bounds in rows]), np.array(cells))


def test_a_low_that_a_free_gain_meets_asks_nothing_of_the_others_and_is_met() -> None:
    question = asked(([0, 1], (5.0, OPEN)), ([0], (2.0, OPEN)), cells=[0, 0])
    found = question.of(np.array([1.0, 0.0]))
    assert (found.rows.tolist(), found.columns.tolist()) == ([1], [0])
    with patch.object(presolve, "WORTH", 1.0):
        duals, values = question.least(np.array([1.0, 0.0]))
    assert duals.tolist() == [0.0, 1.0]
    assert values[0] == 2.0
    assert values.sum() >= 5.0


def test_a_gain_under_a_high_is_not_free() -> None:
    question = asked(([0, 1], (5.0, OPEN)), ([1], (-OPEN, 3.0)), cells=[0, 0])
    assert question.of(np.array([1.0, 0.0])).rows.tolist() == [0, 1]


def test_of_two_gains_beside_each_other_one_that_helps_no_more_is_spare() -> None:
    # Two windows, over gains 0 to 2 and 1 to 3: those in both are worth more than the others, and one is enough.
    windows = [([0, 1, 2], (5.0, OPEN)), ([1, 2, 3], (4.0, OPEN))]
    assert asked(*windows, cells=[0, 0, 0, 0]).of(np.ones(4)).columns.tolist() == [2]
    assert asked(*windows, cells=[0, 0, 1, 1]).of(np.ones(4)).columns.tolist() == [1, 2]


def test_highs_of_what_nothing_asks_for_say_nothing() -> None:
    question = asked(([0], (5.0, OPEN)), ([1], (-OPEN, 3.0)), cells=[0, 1])
    assert question.of(np.array([1.0, 0.0])).rows.tolist() == [0]
    assert question.of(np.array([0.0, -1.0])).rows.tolist() == [1]
