"""Light and dark, as the system asks, and a change of mind while the page is open."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.arc_pixels import middle
from tests.browser.conftest import Open
from tests.browser.map_page import CANVASES, MapPage

SEA = {"light": "#C9DBE7", "dark": "#0C1824"}
LAND = {"light": "#F7F4EE", "dark": "#26323C"}
GROUND = {"light": "#FAFBFC", "dark": "#0B1119"}
MARITIME = {"light": "#B35900", "dark": "#E69F00"}
SEA_VARIABLE = "root => getComputedStyle(root).getPropertyValue('--wb-sea').trim()"


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: no test of this file leaves more behind than a clock that was moved."""
    return resting_map


def _rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)


def _luminance(colour: np.ndarray) -> float:
    """Relative luminance, WCAG 2.2."""
    part = colour / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(one: np.ndarray, other: np.ndarray) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _is_drawn_in(shown: MapPage, colours: str) -> None:
    expect(shown.player).to_have_attribute("data-theme", colours)
    assert shown.player.evaluate(SEA_VARIABLE).upper() == SEA[colours]
    shown.page.wait_for_function(
        "([root, colour]) => getComputedStyle(root).backgroundColor === colour",
        arg=[shown.player.element_handle(), "rgb({:.0f}, {:.0f}, {:.0f})".format(*_rgb(GROUND[colours]))],
    )
    shown.bare_map()
    picture = shown.picture()
    for wanted in (SEA, LAND):
        share = (abs(picture - _rgb(wanted[colours])).max(axis=2) <= 3).mean()
        assert share > 0.1
    x, y = (int(value) for value in middle(picture))
    around = picture[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3).mean(axis=0)
    # The hue is the mode's, lightened in its core and paled toward the origin; against the land it stands at 3:1.
    assert abs(around - _rgb(MARITIME[colours])).max() < 75
    assert _contrast(around, _rgb(LAND[colours])) >= 2.5


def test_colours_follow_the_system(open_map: Open) -> None:
    _is_drawn_in(open_map(colours="dark"), "dark")


def test_a_change_of_mind_is_followed_on_the_same_canvas(map_page: MapPage) -> None:
    _is_drawn_in(map_page, "light")
    canvases = map_page.player.locator("canvas")
    canvases.evaluate_all("all => all.forEach((canvas, i) => { canvas.waybillTag = i + 1; })")
    moment = map_page.press("Home", "Shift+ArrowRight", "Shift+ArrowRight").time
    for colours in ("dark", "light"):
        map_page.page.emulate_media(color_scheme="dark" if colours == "dark" else "light", reduced_motion="reduce")
        _is_drawn_in(map_page, colours)
        assert canvases.evaluate_all("all => all.map(canvas => canvas.waybillTag)") == CANVASES
        assert map_page.read().time == moment
