"""A click selects, the page shows what stands behind it, and the address bar restores it all."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.arc_pixels import middle
from tests.browser.conftest import Open
from tests.browser.map_page import CORRIDOR, MapPage

OUTLINE = np.array([0x17, 0x21, 0x2B])
OTHER = """origin,destination,depart,arrive,containers,mode,claimant,outlet,said_on
RUVVO,KPRJN,2023-08-05,2023-08-25,900,rail,Somebody else,A newspaper,2023-10-01
"""


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: the tests that take it leave no more behind than a clock that was moved."""
    return resting_map


def _heading(shown: MapPage) -> Locator:
    return shown.page.locator(".st-key-cards_head .wb-heading")


def _outline(shown: MapPage) -> int:
    """Pixels in the outline's colour around the middle of the maritime arc."""
    picture = shown.picture()
    x, y = (int(value) for value in middle(picture))
    near = picture[max(y - 40, 0) : y + 40, max(x - 40, 0) : x + 40]
    return int((abs(near - OUTLINE).max(axis=2) < 24).sum())


def test_a_click_on_the_arc_selects_and_escape_clears(open_map: Open) -> None:
    map_page = open_map()
    map_page.load(other=OTHER)
    expect(map_page.player.locator("[data-corridor]")).to_have_count(2)
    cards = map_page.page.locator(".wb-card")
    expect(cards).to_have_count(5)
    map_page.press("f")
    map_page.bare_map()
    plain = _outline(map_page)
    map_page.page.mouse.click(*map_page.on_page(middle(map_page.picture())))
    expect(_heading(map_page)).to_contain_text("Reports behind the selection")
    expect(cards.filter(has_text="Somebody else")).to_have_count(0)
    expect(cards.filter(has_text="South Korean military")).to_have_count(1)
    map_page.until_link(selected=CORRIDOR)
    assert _outline(map_page) > plain + 60

    map_page.press("Escape")
    expect(_heading(map_page)).to_contain_text("Reports shown on the map")
    expect(cards).to_have_count(5)
    map_page.until_link(selected=None)
    assert _outline(map_page) <= plain + 10


def test_a_click_on_the_sea_selects_nothing(map_page: MapPage) -> None:
    map_page.bare_map()
    x, y = map_page.on_page(middle(map_page.picture()))
    map_page.page.mouse.click(x, y)
    map_page.until_link(selected=CORRIDOR)
    map_page.page.mouse.click(x, y - 120)
    map_page.until_link(selected=None)


def test_the_cards_keep_their_place_when_a_reason_comes_before_them(map_page: MapPage) -> None:
    map_page.until_settled()
    map_page.page.evaluate(
        """() => { window.headings = [];
          new MutationObserver(() => {
            const now = [...document.querySelectorAll('.st-key-cards_head .wb-heading')];
            const said = now.map(each => each.textContent).join(' | ');
            if (said !== window.headings.at(-1)) window.headings.push(said);
          }).observe(document.body, { subtree: true, childList: true, characterData: true }); }"""
    )
    map_page.player.locator(".wb-sentence").click()
    expect(_heading(map_page)).to_contain_text("Reports behind the selection")
    map_page.until_idle()
    map_page.press("Escape")
    map_page.until_link(selected=None)
    expect(_heading(map_page)).to_contain_text("Reports shown on the map")
    shown = [said for said in map_page.page.evaluate("window.headings") if not said.startswith("Reports shown")]
    assert shown == ["Reports behind the selection 2"]


def test_a_click_on_the_figure_says_why_it_is_what_it_is(map_page: MapPage) -> None:
    why = map_page.page.locator(".wb-why")
    expect(why).to_have_count(0)
    map_page.player.get_by_role("button", name="1,800–2,200 containers").click()
    expect(why.locator("details[open]")).to_contain_text("At most 2,200: South Korean military, about 2,000")
    map_page.until_link(selected=CORRIDOR)
    map_page.until_idle()
    map_page.press("Escape")
    expect(why).to_have_count(0)
    map_page.until_idle()
    map_page.player.locator(".wb-sentence").click()
    expect(why).to_contain_text("“About” is read as ±10 %.")
    map_page.until_idle()
    map_page.press("Escape")
    map_page.until_link(selected=None)


def test_the_pointer_over_an_arc_or_a_port_tells_about_it(map_page: MapPage) -> None:
    map_page.until_settled()
    map_page.go_to(datetime(2023, 9, 17, tzinfo=UTC))
    map_page.until_link(at="2023-09-17T00:00:00.000Z")
    map_page.until_settled()
    map_page.bare_map()
    at = map_page.on_page(middle(map_page.picture()))
    map_page.player.locator(".wb-tooltip").evaluate("tip => { tip.style.visibility = ''; }")
    sent = len(map_page.sent)
    map_page.page.mouse.move(at[0] - 3, at[1])
    map_page.page.mouse.move(*at, steps=3)
    tip = map_page.player.locator(".wb-tooltip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Rason → Vladivostok")
    expect(tip).to_contain_text("0–2,200 containers")
    expect(tip).to_contain_text("Maximum set byreport 1 (South Korean military, 2 Nov 2023)")
    expect(tip).to_contain_text("about 2,000 containers (1,800–2,200)")
    expect(tip).to_contain_text("2 reports")
    map_page.page.mouse.move(at[0], at[1] - 150)
    expect(tip).to_be_hidden()
    assert len(map_page.sent) == sent


def test_a_link_restores_view_moment_mode_and_selection(open_map: Open) -> None:
    first = open_map()
    first.bare_map()
    first.page.mouse.click(*first.on_page(middle(first.picture())))
    first.until_link(selected=CORRIDOR)
    first.button("Window").click()
    first.go_to(datetime(2023, 9, 12, tzinfo=UTC))
    first.until_link(at="2023-09-12T00:00:00.000Z", play="window")
    before = first.link()["view"][0]
    first.press("-", "ArrowUp")
    first.page.wait_for_function("view => new URLSearchParams(location.search).get('view') !== view", arg=before)
    link, wanted, place = first.link(), first.read(), middle(first.picture())

    second = open_map("?" + first.page.url.split("?", 1)[1], still=False)
    second.bare_map()
    restored = second.read()
    assert (restored.time, restored.playing) == (wanted.time, False)
    assert restored.corridors == wanted.corridors
    expect(second.button("Window")).to_have_attribute("aria-pressed", "true")
    expect(_heading(second)).to_contain_text("Reports behind the selection")
    # A link holds the zoom to two decimals: a few pixels at the most.
    assert np.hypot(*(np.array(middle(second.picture())) - np.array(place))) <= 12
    second.press("ArrowRight")
    second.until_link(at="2023-09-13T00:00:00.000Z")
    assert {**second.link(), "at": link["at"]} == link


def test_back_leaves_the_map_at_once_whatever_was_looked_at(open_map: Open) -> None:
    shown = open_map("?data=founding", own=True)
    shown.until_settled()
    before = shown.page.evaluate("history.length")
    shown.go_to(datetime(2023, 9, 12, tzinfo=UTC))
    shown.until_link(at="2023-09-12T00:00:00.000Z")
    shown.press("ArrowRight")
    shown.until_link(at="2023-09-13T00:00:00.000Z")
    assert shown.page.evaluate("history.length") == before
    shown.page.evaluate("history.back()")
    shown.page.wait_for_url("about:blank")
