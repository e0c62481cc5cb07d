"""One flow by itself: shortest paths say what a linear program says, and so do the reports they name."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.solve.chain import Chain
from geo.reconcile.solve.program import Matrix, Program

NONE = np.zeros(0, np.int64)
Bounds = tuple[int, Ints, Ints, Mask, Floats]


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    """Moments, and lows and highs on the windows between them, of which some contradict one another."""
    moments = draw(st.integers(2, 9))
    ends = st.tuples(st.integers(0, moments - 2), st.integers(1, moments - 1)).filter(lambda each: each[0] < each[1])
    said = draw(st.lists(st.tuples(ends, st.booleans(), st.integers(0, 20)), min_size=1, max_size=9))
    first, last = np.array([each for each, *_ in said], np.int64).T
    low = np.array([each for _, each, _ in said], bool)
    # The highs are larger, so that one case in two is without contradiction.
    figures = np.array([figure if each else figure + 6 for _, each, figure in said], np.float64)
    return moments, first, last, low, figures


def plainly(case: Bounds, kept: Mask | None = None) -> Program:
    moments, first, last, low, figures = case
    rows = [(np.arange(start, end), NONE) for start, end in zip(first, last, strict=True)]
    told = np.stack([np.where(low, figures, -np.inf), np.where(low, np.inf, figures)], axis=1)
    told[~(np.ones(low.size, bool) if kept is None else kept)] = -np.inf, np.inf
    return Program(Matrix.of(moments - 1, rows), told, largest=1.0)


@given(bounds())
def test_a_contradiction_is_one_and_is_found_where_there_is_one(case: Bounds) -> None:
    moments, first, last, low, figures = case
    found = Chain(moments, first, last, low).contradiction(figures)
    assert (found is None) == plainly(case).feasible()
    if found is not None:
        assert not plainly(case, np.isin(np.arange(low.size), found)).feasible()


@given(bounds(), st.data())
def test_least_and_most_and_their_sums_are_those_of_the_program(case: Bounds, data: st.DataObject) -> None:
    moments, first, last, low, figures = case
    chain = Chain(moments, first, last, low)
    if chain.contradiction(figures) is not None:
        return
    start = data.draw(st.integers(0, moments - 2))
    end = data.draw(st.integers(start + 1, moments - 1))
    capped = np.zeros(moments - 1, bool)
    for begun, ended in zip(first[~low], last[~low], strict=True):
        capped[begun:ended] = True
    cost = np.zeros(moments - 1)
    cost[start:end] = 1.0
    for least in (True, False) if capped[start:end].all() else (True,):
        sign = 1.0 if least else -1.0
        duals, volumes = chain.between(figures, start, end, low=least)
        _, plain = plainly(case).least(sign * cost)
        assert np.isclose(volumes[end] - volumes[start], plain[start:end].sum(), atol=1e-6)
        assert np.isclose(sign * (duals @ figures), plain[start:end].sum(), atol=1e-6)
        gains = np.diff(volumes)
        assert np.all(gains >= 0)
        grown = volumes[last] - volumes[first]
        assert np.all(np.where(low, grown >= figures - 1e-6, grown <= figures + 1e-6))


@given(bounds())
def test_what_is_not_needed_changes_nothing(case: Bounds) -> None:
    moments, first, last, low, figures = case
    chain = Chain(moments, first, last, low)
    if chain.contradiction(figures) is not None:
        return
    needed = chain.needed(figures)
    told = (first[needed], last[needed], low[needed])
    for end in range(1, moments):
        _, volumes = chain.between(figures, 0, end, low=True)
        _, fewer = Chain(moments, *told).between(figures[needed], 0, end, low=True)
        assert np.isclose(volumes[end], fewer[end])


def test_the_shortest_sum_is_told() -> None:
    """2,000 as one report has it, and not as two others together do."""
    chain = Chain(3, np.array([0, 0, 1]), np.array([2, 1, 2]), np.ones(3, bool))
    duals, _ = chain.between(np.array([2_000.0, 1_500.0, 500.0]), 0, 2, low=True)
    assert duals.tolist() == [1.0, 0.0, 0.0]
