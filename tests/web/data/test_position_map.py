"""A map to point at: what the browser asks for, and the position that answers as a pasted row does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from geo.brief.plate.base_picture import WORLD
from geo.brief.plate.projection import fitted
from geo.scene.view import Bounds
from geo.web.data.position_map import Pointed, take

BOX = (0.0, 0.0, 1000.0, 440.0)


def pointed(extent: Bounds = WORLD) -> Pointed:
    return Pointed(extent, {"one": fitted(extent, BOX, padded=False)})


def at(state: Pointed, lat: float, lon: float) -> list[float]:
    """The click that means a position, as shares of the picture."""
    x, y = state.drawn["one"].place(np.array([lon]), np.array([lat]))[0]
    return [float(x) / 1000, float(y) / 440]


@pytest.mark.parametrize(("lat", "lon"), [(43.1, 131.9), (-33.9, 18.4), (51.0, -170.0)])
def test_a_click_is_a_position_as_exact_as_a_pixel(lat: float, lon: float) -> None:
    rough = pointed()
    said = take(rough, {"of": "one", "point": at(rough, lat, lon)})
    assert [float(each) for each in said.split(", ")] == pytest.approx([lat, lon], abs=0.06)
    assert all(len(each.partition(".")[2]) == 1 for each in said.split(", ")), "no digits that nobody pointed at"
    close = pointed(Bounds(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1))
    fine = take(close, {"of": "one", "point": at(close, lat + 0.0123, lon)})
    assert [float(each) for each in fine.split(", ")] == pytest.approx([lat + 0.0123, lon], abs=6e-4)


def test_a_longitude_is_told_within_one_turn() -> None:
    state = pointed(Bounds(170, -20, 200, 10))
    assert float(take(state, {"of": "one", "point": at(state, -14.0, -171.0)}).split(", ")[1]) == pytest.approx(
        -171, abs=0.1
    )


def test_a_part_of_the_map_is_shown_and_the_world_again() -> None:
    state = pointed()
    assert take(state, {"of": "one", "part": [0.5, 0.0, 0.75, 0.25]}) == ""
    assert state.extent != WORLD
    assert state.extent.width < 180
    take(state, {"of": "one", "whole": True})
    assert state.extent == WORLD


HOSTILE = [
    None, "one", {"of": "other", "point": [0.5, 0.5]}, {"of": ["one"], "point": [0.5, 0.5]},
    {"of": "one", "point": [0.5]},
    {"of": "one", "point": [math.nan, 0.5]}, {"of": "one", "point": [True, 0.5]}, {"of": "one", "point": ["0", "0"]},
    {"of": "one", "point": [1e9, 0.5]}, {"of": "one", "part": [0.5, 0, 0.2, 1]}, {"of": "one", "part": "0011"},
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE)
def test_what_is_not_as_it_should_be_is_nothing(asked: object) -> None:
    state = pointed()
    assert take(state, asked) == ""
    assert state.extent == WORLD


@pytest.mark.parametrize("corner", [[0.005, 0.01], [0.995, 0.01], [0.0, 0.99]])
def test_a_click_beyond_the_globe_is_no_position(corner: list[float]) -> None:
    assert take(pointed(), {"of": "one", "point": corner}) == ""
