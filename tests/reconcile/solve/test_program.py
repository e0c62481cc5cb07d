"""The door to HiGHS: least squares by its quadratic solver, and by tangents where that gives up."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.arrays import Floats, Ints
from geo.reconcile.solve.program import NEAR_ENOUGH, Matrix, Program

NONE = np.zeros(0, np.int64)


def program(sums: list[tuple[Ints, tuple[float, float]]], columns: int) -> Program:
    return Program(Matrix.of(columns, [(held, NONE) for held, _ in sums]), [bounds for _, bounds in sums], largest=1.0)


@st.composite
def problems(draw: st.DrawFn) -> tuple[int, list[tuple[Ints, tuple[float, float]]], Floats]:
    """Columns, sums of neighbours that must be reached, and weights."""
    columns = draw(st.integers(2, 8))
    sums: list[tuple[Ints, tuple[float, float]]] = []
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, columns - 1))
        last = draw(st.integers(first, columns - 1))
        sums.append((np.arange(first, last + 1), (float(draw(st.integers(1, 3_000))), np.inf)))
    weights = np.array(draw(st.lists(st.integers(1, 30), min_size=columns, max_size=columns)), np.float64)
    return columns, sums, weights


@given(problems())
def test_tangents_come_as_near_as_they_say(
    problem: tuple[int, list[tuple[Ints, tuple[float, float]]], Floats],
) -> None:
    columns, sums, weights = problem
    exact = program(sums, columns).smoothest(weights)
    asked = program(sums, columns)
    near = asked._by_tangents(weights) * asked.scale
    assert weights @ near**2 <= (weights @ exact**2) * (1 + 5 * NEAR_ENOUGH)
    for held, (least, _) in sums:
        assert near[held].sum() >= least * (1 - 1e-6)


def test_where_the_quadratic_solver_gives_up_the_gains_are_still_even() -> None:
    asked = program([(np.arange(4), (1_000.0, 1_000.0))], 4)
    asked.solver = _GivesUp(asked.solver)
    weights = np.array([1.0, 1.0, 2.0, 4.0])
    found = asked.smoothest(weights)
    share = (1 / weights) / (1 / weights).sum()
    assert found == pytest.approx(1_000 * share, rel=0.06)
    assert found.sum() == pytest.approx(1_000)


class _GivesUp:
    """A solver that finds nothing."""

    def __init__(self, solver: highspy.Highs) -> None:
        self._solver = solver

    def getModelStatus(self) -> highspy.HighsModelStatus:  # noqa: N802 -- HiGHS's own name
        return highspy.HighsModelStatus.kSolveError

    def __getattr__(self, name: str) -> object:
        return getattr(self._solver, name)
