"""A frame on the map becomes the view that shows it, wherever on the globe it lies."""

from __future__ import annotations

import math

import numpy as np
import pytest

from geo.brief.plate.projection import LEAST_KM, MapView, fitted
from geo.brief.plate.viewfinder import framed
from geo.brief.spec.keys import KEYS
from geo.scene.view import Bounds

BOX = (24.0, 90.0, 900.0, 586.0)
PLACES = {
    "two ports": Bounds(129.6, 41.9, 132.6, 43.5),
    "a continent": Bounds(-10, 35, 60, 70),
    "across the antimeridian": Bounds(160, -30, 215, 20),
    "the south": Bounds(-75, -56, -40, -20),
    "the world": Bounds(-175, -60, 175, 75),
}


def part(view: MapView, left: float, top: float, size: float) -> tuple[float, float, float, float]:
    """In widths and heights of the map."""
    wide, tall = view.right - view.left, view.bottom - view.top
    x, y = view.left + left * wide, view.top + top * tall
    return x, y, x + size * wide, y + size * tall


def middle(view: MapView, box: tuple[float, float, float, float]) -> np.ndarray:
    return view.where(np.array([[(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]]))[0]


@pytest.mark.parametrize("frame", [(0, 0, 1), (0.2, -0.1, 1), (0.25, 0.25, 0.5), (0.5, 0, 0.5), (-0.2, -0.2, 1.4)])
@pytest.mark.parametrize("where", PLACES.values(), ids=PLACES)
def test_the_view_shows_what_was_framed(where: Bounds, frame: tuple[float, float, float]) -> None:
    view = fitted(where, BOX)
    asked = part(view, *frame)
    found = fitted(framed(view, asked), BOX, padded=False)
    aim, got = middle(view, asked), middle(found, BOX)
    if found.projection.world:
        return  # A map shows no more beyond the globe than it must: the nearest view is what there is, as below.
    assert got == pytest.approx([aim[0] + 360 * round((got[0] - aim[0]) / 360), aim[1]], abs=0.01 * where.width)
    closest = (BOX[3] - BOX[1]) / (LEAST_KM * 1000)
    assert found.scale == pytest.approx(min(view.scale / frame[2], closest), rel=0.01)


@pytest.mark.parametrize("where", [PLACES["two ports"], PLACES["the south"]])
def test_dragging_to_and_fro_comes_back(where: Bounds) -> None:
    view = fitted(where, BOX, padded=False)
    away = fitted(framed(view, part(view, 0.3, 0.2, 1)), BOX, padded=False)
    back = fitted(framed(away, part(away, -0.3, -0.2, 1)), BOX, padded=False)
    shift = view.place(*middle(back, BOX)[:, None])[0] - [(BOX[0] + BOX[2]) / 2, (BOX[1] + BOX[3]) / 2]
    # North turns where the projection is centred anew, so a drag back is a little off far in the north.
    assert np.abs(shift).max() < 0.1 * (BOX[2] - BOX[0])
    assert back.scale == pytest.approx(view.scale, rel=0.02)


@pytest.mark.parametrize("where", [*PLACES.values(), Bounds(-180, 70, 180, 90), Bounds(10, -90, 40, -80)])
@pytest.mark.parametrize(
    "frame", [(5, 5, 1), (-9, 0, 1), (0, -20, 30), (0, 0, 30), (0.5, 0.5, 1e-9), (0.5, -0.5, 1), (0, 0.9, 0.03)]
)
def test_whatever_is_framed_is_a_view_that_a_brief_can_say(where: Bounds, frame: tuple[float, float, float]) -> None:
    view = fitted(where, BOX)
    found = framed(view, part(view, *frame))
    sides = [found.west, found.south, found.east, found.north]
    assert all(map(math.isfinite, sides))
    read = next(key.read for key in KEYS if key.name == "picture.view")
    assert read(sides) == tuple(sides)
    fitted(found, BOX, padded=False)
