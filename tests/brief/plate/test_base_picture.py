"""The base map alone: it fills its frame, and the mark stands at its position."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from geo.brief.plate.base_picture import WORLD, base_picture
from geo.brief.plate.palettes import LOOKS
from geo.brief.plate.plate import Frame, Look
from geo.scene.view import Bounds

FRAME = Frame(640, 320)
NEAR = Bounds(125, 38, 140, 48)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), int)


@pytest.mark.parametrize("extent", [WORLD, NEAR], ids=["world", "near"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_mark_stands_at_its_position_and_nowhere_else(extent: Bounds, look: Look) -> None:
    marked, view = base_picture(extent, FRAME, look, (43.1, 131.9))
    plain, _ = base_picture(extent, FRAME, look, None)
    assert pixels(marked).shape == (320, 640, 3)
    ink = np.abs(pixels(marked) - LOOKS[look].mode[1]).sum(axis=2) < 12
    assert not (np.abs(pixels(plain) - LOOKS[look].mode[1]).sum(axis=2) < 12).any()
    rows, columns = np.nonzero(ink)
    x, y = view.place(np.array([131.9]), np.array([43.1]))[0] * 640 / (view.right - view.left)
    assert (columns.mean(), rows.mean()) == pytest.approx((x, y), abs=1.5)


def test_land_and_sea_are_there() -> None:
    found = pixels(base_picture(NEAR, FRAME, "light", None)[0])
    for colour in (LOOKS["light"].land, LOOKS["light"].sea):
        assert (np.abs(found - colour).sum(axis=2) == 0).mean() > 0.2
