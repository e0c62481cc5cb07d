"""The laws of volume, against an evaluator that adds up one flow at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import volume
from geo.arrays import Floats, Ints
from tests.flows import CORRIDORS, FLOWS, YEAR, table

LAWS = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Curves:
    offsets: Ints
    time: Floats
    low: Floats
    best: Floats
    high: Floats
    closed: Floats
    open: Floats


def curves(flows: pa.Table) -> Curves:
    table = volume.knots(flows)
    column = {name: table[name].to_numpy().astype(float) for name in ("time", "low", "best", "high", "closed", "open")}
    offsets = np.searchsorted(table["corridor"].to_numpy(), np.arange(CORRIDORS + 1))
    return Curves(offsets=offsets, **column)


def brute(rows: list[tuple[float, ...]], t: float) -> Floats:
    """low, best, closed, open per corridor: [4, CORRIDORS]."""
    found = np.zeros((4, CORRIDORS))
    for corridor, start, end, low, best, high in rows:
        share = float(t > start) if end <= start else min(max((t - start) / (end - start), 0.0), 1.0)
        amounts = (low, best, best if np.isinf(high) else high, best if np.isinf(high) else 0.0)
        found[:, int(corridor)] += share * np.array(amounts)
    return found


def moments(rows: list[tuple[float, ...]]) -> list[float]:
    edges = [edge for row in rows for edge in row[1:3]]
    return sorted({*edges, *(edge - 0.5 for edge in edges), *(edge + 1e4 for edge in edges), -1.0, 2.0 * YEAR})


@LAWS
@given(FLOWS)
def test_equals_adding_up_one_flow_at_a_time(rows: list[tuple[float, ...]]) -> None:
    found = curves(table(rows))
    whole = brute(rows, 1e18)
    for t in moments(rows):
        low, best, closed, open_ = brute(rows, t)
        near = 1e-9 * whole.max(axis=0) + 1e-12
        values = volume.at(found, t)
        assert (np.abs(values[0] - low) <= near).all()
        assert (np.abs(values[1] - best) <= near).all()
        bounded = open_ == 0
        assert (np.abs(values[2] - closed)[bounded] <= near[bounded]).all()
        assert np.isinf(values[2][open_ > 0]).all()


@LAWS
@given(FLOWS, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(rows: list[tuple[float, ...]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert volume.knots(table(rows)).equals(volume.knots(table(shuffled)))


@LAWS
@given(FLOWS)
def test_never_falls_and_low_best_high_stay_in_order(rows: list[tuple[float, ...]]) -> None:
    found = curves(table(rows))
    for first, stop in zip(found.offsets[:-1], found.offsets[1:], strict=True):
        part = slice(first, stop)
        assert (np.diff(found.time[part]) >= 0).all()
        for column in (found.low, found.best, found.closed, found.open):
            assert (np.diff(column[part]) >= 0).all()
    assert (found.low <= found.best).all()
    assert (found.best <= found.closed).all()
    assert (found.closed <= found.high).all()


@LAWS
@given(FLOWS)
def test_nothing_is_lost(rows: list[tuple[float, ...]]) -> None:
    low, best, _ = volume.at(curves(table(rows)), 3.0 * YEAR)
    whole = brute(rows, 3.0 * YEAR)
    np.testing.assert_allclose([low, best], whole[:2], rtol=1e-12, atol=1e-15 * whole.max())


def test_whole_numbers_come_out_whole() -> None:
    rows = [(0, 7 * n, 7 * n + 1 + n % 977, 3, 3, 3) for n in range(5_000)]
    assert volume.at(curves(table(rows)), 1e9)[1][0] == 15_000


@LAWS
@given(FLOWS, st.floats(0, YEAR), st.floats(1, YEAR))
def test_a_window_and_what_came_before_make_the_whole(rows: list[tuple[float, ...]], t: float, width: float) -> None:
    found = curves(table(rows))
    low, best, high = volume.window(found, t, width)
    before, whole = volume.at(found, t - width), volume.at(found, t)
    scale = 1e-9 * brute(rows, 1e18).max(axis=0) + 1e-12
    assert (np.abs(low + before[0] - whole[0]) <= scale).all()
    assert (np.abs(best + before[1] - whole[1]) <= scale).all()
    assert (low <= best + scale).all()
    assert (best <= high + scale).all()
    assert np.array_equal(np.isinf(high) | np.isinf(before[2]), np.isinf(whole[2]))


def test_a_window_after_an_open_report_is_bounded_again() -> None:
    rows = [(0, 0, 100, 11, 11, np.inf), (0, 200, 300, 90, 100, 110)]
    found = curves(table(rows))
    assert np.isinf(volume.at(found, 300)[2][0])
    assert volume.window(found, 300, 200)[2][0] == 110
    assert np.isinf(volume.window(found, 300, 201)[2][0])


@pytest.mark.parametrize(
    ("t", "expected"), [(-1, 0), (0, 0), (86_399, 10 * 86_399 / 86_400), (86_400, 10), (90_000, 10)]
)
def test_a_day_is_half_open(t: float, expected: float) -> None:
    assert volume.at(curves(table([(0, 0, 86_400, 10, 10, 10)])), t)[1][0] == pytest.approx(expected, abs=1e-12)


def test_a_step_at_midnight_is_two_knots_and_belongs_to_the_day_that_begins() -> None:
    found = curves(table([(0, 86_400, 86_400, 4, 5, 6), (0, 0, 172_800, 2, 2, 2)]))
    assert found.time.tolist() == [0, 86_400, 86_400, 172_800]
    assert found.best.tolist() == [0, 1, 6, 7]
    assert volume.at(found, 86_400 - 1e-3)[1][0] == pytest.approx(1, abs=1e-6)
    assert volume.at(found, 86_400)[1][0] == 1
    assert volume.at(found, 86_400 + 1e-3)[1][0] == pytest.approx(6, abs=1e-6)
    assert volume.window(found, 86_400, 86_400)[1][0] == 1
    assert volume.window(found, 172_800, 86_400)[1][0] == 6


def test_an_open_high_opens_when_its_flow_begins_to_add() -> None:
    found = curves(table([(0, 100, 200, 11, 11, np.inf), (0, 0, 50, 1, 1, 2)]))
    assert [volume.at(found, t)[2][0] for t in (50, 100, 100.5, 1e6)] == [2, 2, np.inf, np.inf]


def test_a_giant_does_not_drown_a_dwarf() -> None:
    """A billion within one second leaves nothing behind in the slope of what follows for a year."""
    rows = [(0, 0, 1, 1e9, 1e9, 1e9), (0, 1, YEAR, 3, 3, 3)]
    found = curves(table(rows))
    assert volume.at(found, 1 + (YEAR - 1) / 2)[1][0] == pytest.approx(1e9 + 1.5, abs=1e-6)
    half = 1 + (YEAR - 1) // 2
    found = curves(table([*rows, (0, half, half, 4, 4, 4)]))
    assert volume.at(found, half)[1][0] == pytest.approx(1e9 + 1.5, abs=1e-6)


def test_no_flows_no_knots() -> None:
    found = curves(table([]))
    assert found.time.size == 0
    assert [values.tolist() for values in volume.at(found, 5.0)] == [[0, 0, 0]] * 3


def test_whatever_other_corridors_carry_a_curve_is_its_own() -> None:
    """Each is summed on a grid of its own: those of thousands together go beyond what an integer holds."""
    rows = [(corridor, 10 * n, 10 * n + 7, 3, 3, 3) for corridor in range(10_000) for n in range(2)]
    alone = volume.knots(table(rows[-2:]))
    assert volume.knots(table(rows)).slice(4 * 9_999).equals(alone)
    assert alone["best"].to_pylist() == [0, 3, 3, 6]


def test_zero_containers_are_a_curve_of_zeros() -> None:
    found = curves(table([(1, 0, 10, 0, 0, 0), (2, 5, 5, 0, 0, 0)]))
    assert volume.at(found, 10)[2].tolist() == [0, 0, 0]
    assert found.offsets.tolist() == [0, 0, 2, 4]
