"""The expression on DuckDB gives the curves of `geo.volume`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from numpy.testing import assert_allclose

from geo import volume
from geo.engine import expression
from tests.flows import FLOWS, YEAR, table

# Each example asks DuckDB, which takes a tenth of a second on a small machine.
LAWS = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def assert_same_curves(flows: pa.Table) -> None:
    """The same knots, and at each the same figures, but for what rounding may leave of a corridor's whole."""
    found, expected = expression.knots(flows), volume.knots(flows)
    assert found.schema == expected.schema
    for name in ("corridor", "time"):
        assert found[name].equals(expected[name])
    corridor = expected["corridor"].to_numpy()
    whole = np.zeros(corridor.max(initial=0) + 1)
    np.maximum.at(whole, corridor, expected["closed"].to_numpy())
    for name in (*volume.MEASURES, "high"):
        of_whole = [each[name].to_numpy() / np.where(whole > 0, whole, 1.0)[corridor] for each in (found, expected)]
        assert_allclose(*of_whole, rtol=0, atol=1e-12)


@LAWS
@given(FLOWS)
def test_random_flows(rows: list[tuple[float, ...]]) -> None:
    assert_same_curves(table(rows))


@pytest.mark.parametrize("seed", range(3))
def test_many_flows(seed: int) -> None:
    chance = np.random.default_rng(seed)
    corridor, start = chance.integers(0, 50, 5_000), chance.integers(0, YEAR, 5_000)
    end = start + chance.choice([0, 1, 86_400, 30 * 86_400], 5_000)
    best = chance.choice([1.0, 300.0, 1e9], 5_000) * chance.random(5_000)
    high = np.where(chance.random(5_000) < 0.1, np.inf, best * 1.2)
    assert_same_curves(volume.flows(corridor, start, end, best * 0.5, best, high))


def test_no_flows() -> None:
    assert_same_curves(table([]))
