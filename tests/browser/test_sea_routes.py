"""Routes by sea in place of arcs: chosen in the menu, kept in the link, as wide and as easy to take hold of as arcs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.arc_pixels import Mask, arc_mask, middle, stroke
from tests.browser.conftest import Open
from tests.browser.map_page import CORRIDOR, MapPage, Pixels

PIXELS = 2
PICTURES, LEAST = 200, 500
TOLD = "Indicative sea route, not observed"


def _choose(shown: MapPage, kind: str) -> None:
    shown.button("Arcs: how many and how wide").click()
    shown.player.get_by_role("radio", name=kind, exact=True).click()


def _drawn(shown: MapPage, before: Mask | None = None) -> Pixels:
    """The map once a line is on it, away from the one that was: the first of a kind may come some frames late."""
    for _ in range(PICTURES):
        mask = arc_mask(picture := shown.picture())
        if mask.sum() > LEAST and (before is None or (before & ~mask).sum() > 0.4 * before.sum()):
            return picture
    pytest.fail("no such line was drawn")


def test_routes_are_chosen_in_the_menu_and_kept_in_the_link(open_map: Open) -> None:
    shown = open_map()
    shown.until_settled()
    arc = arc_mask(_drawn(shown))
    _choose(shown, "Sea routes")
    shown.until_link(paths="routes")
    legend = shown.player.locator(".wb-legend")
    expect(legend).to_contain_text(TOLD)
    expect(shown.player.locator(".wb-attribution")).to_contain_text("Sea routes: indicative, not observed")
    shown.until_idle()
    picture = _drawn(shown, arc)
    x, y = shown.on_page(middle(picture))
    shown.page.mouse.click(x, y)
    shown.until_link(selected=CORRIDOR, paths="routes")
    shown.press("Escape")
    _choose(shown, "Arcs")
    shown.until_link(paths=None)
    expect(legend).not_to_contain_text("Indicative")
    assert shown.read().state == "ready"


def test_a_link_opens_with_routes_as_wide_as_their_volumes(open_map: Open) -> None:
    shown = open_map("?paths=routes", pixels=PIXELS)
    expect(shown.player.locator(".wb-legend")).to_contain_text(TOLD)
    shown.bare_map()
    picture = _drawn(shown)
    assert stroke(picture, middle(picture)) / PIXELS == pytest.approx(shown.read().founding.width, abs=1)
    shown.press("+", "+")
    picture = shown.picture()
    assert stroke(picture, middle(picture)) / PIXELS == pytest.approx(shown.read().founding.width, abs=1)
