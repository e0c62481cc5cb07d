"""The pixels of an arc are as wide as its volume says: seen in screenshots, at two moments and two zooms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.browser.arc_pixels import middle, stroke
from tests.browser.conftest import Open
from tests.browser.map_page import MapPage, Reading

PIXELS = 2  # device pixels to a CSS pixel: the bands of low, best and high are 1.5 CSS px apart
MOMENT = datetime(2023, 9, 12, tzinfo=UTC)


def _measured(shown: MapPage) -> float:
    picture = shown.picture()
    return stroke(picture, middle(picture)) / PIXELS


def _agree(readings: tuple[Reading, Reading], widths: tuple[float, float]) -> None:
    volumes = [reading.founding for reading in readings]
    assert volumes[1].best < 0.6 * volumes[0].best
    for volume, width in zip(volumes, widths, strict=True):
        assert width == pytest.approx(volume.width, abs=1)
    assert widths[1] == pytest.approx(widths[0] * volumes[1].best / volumes[0].best, abs=1)


def test_widths_are_in_the_ratio_of_the_volumes(open_map: Open) -> None:
    shown = open_map(pixels=PIXELS)
    shown.bare_map()
    late, wide = shown.read(), _measured(shown)
    early, narrow = shown.go_to(MOMENT), _measured(shown)
    _agree((late, early), (wide, narrow))

    # A closer look widens nothing.
    before = shown.picture()
    shown.press("+")
    assert shown.read().founding == early.founding
    assert abs(before - shown.picture()).max() > 50
    again, narrow = shown.read(), _measured(shown)
    late, wide = shown.press("End"), _measured(shown)
    _agree((late, again), (wide, narrow))

    # And where nothing may have been carried yet, the body is the thinnest line there is.
    first = shown.press("Home").founding
    assert (first.low, first.best, first.high, first.width) == (0, 0, 1200, 1)
    assert _measured(shown) == pytest.approx(1, abs=1)
