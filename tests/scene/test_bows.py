"""The side to which an arc bows, and its lane."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.scene.bows import bows

SEA, RAIL = 1, 2
ROUTES = {
    "Rason, Vladivostok": ((130.3, 42.25), (131.9, 43.1), -1),
    "Vladivostok, Rason": ((131.9, 43.1), (130.3, 42.25), 1),
    "Santos, Recife": ((-46.3, -24.0), (-34.9, -8.05), -1),
    "A Coruna, Lisbon": ((-8.4, 43.37), (-9.15, 38.7), -1),
    "Yokohama, Los Angeles": ((139.65, 35.45), (-118.25, 33.7), 1),
}


def bow(start: tuple[float, float], end: tuple[float, float], mode: int = SEA) -> int:
    lon, lat = np.array([start, end], float).T
    return int(bows(np.array([0]), np.array([1]), np.array([mode], np.uint8), lon, lat)[0])


@pytest.mark.parametrize("name", ROUTES)
def test_at_sea_an_arc_bows_to_the_seaward_side(name: str) -> None:
    start, end, side = ROUTES[name]
    assert bow(start, end) == side


def test_other_modes_keep_left() -> None:
    start, end, _ = ROUTES["Rason, Vladivostok"]
    assert bow(start, end, RAIL) == 1


def test_a_place_that_sends_to_itself_has_a_side() -> None:
    assert bow((0.0, 0.0), (0.0, 0.0)) == 1


corridors = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 4)), min_size=1, max_size=30, unique=True
)


@given(corridors, st.randoms(use_true_random=False))
def test_no_two_arcs_lie_on_each_other_whatever_their_order(rows: list[tuple[int, int, int]], chance: object) -> None:
    lon = np.array([130.3, 131.9, 129.0, -118.2, 0.0, 179.0])
    lat = np.array([42.2, 43.1, 35.1, 33.7, 0.0, -17.0])

    def found(rows: list[tuple[int, int, int]]) -> dict[tuple[int, int, int], int]:
        origin, destination, mode = np.array(rows).T
        return dict(zip(rows, bows(origin, destination, mode.astype(np.uint8), lon, lat).tolist(), strict=True))

    told = found(rows)
    assert all(told.values())
    # Where an arc stands: the pair, the side seen from its first place, and the lane.
    taken = [(min(a, b), max(a, b), (value > 0) == (a <= b), abs(value)) for (a, b, _), value in told.items()]
    assert len(set(taken)) == len(taken)
    shuffled = rows[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(shuffled) == told
