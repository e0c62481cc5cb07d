"""A phone's width, and no pointer: everything fits, has a name, and is reached by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import START, MapPage, agrees, reported

SIZES = [(1440, 900), (390, 844)]
OVERFLOW = """() => ['html', 'body', '[data-testid=stMain]', '[data-testid=stMainBlockContainer]']
  .map(one => document.querySelector(one)).filter(box => box.scrollWidth > box.clientWidth)
  .map(box => [box.tagName, box.scrollWidth, box.clientWidth])"""
SPOKEN = {"button", "slider", "combobox", "textbox", "spinbutton", "checkbox", "tab", "link", "menuitem", "switch"}
# The element in focus, through every shadow root, as its role or tag and its label.
FOCUSED = """() => {
  let here = document.activeElement;
  while (here?.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
  return `${here.getAttribute('role') ?? here.tagName.toLowerCase()} ${here.getAttribute('aria-label') ?? ''}`;
}"""


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: no test of this file leaves more behind than a clock that was moved."""
    return resting_map


@pytest.fixture
def phone(open_map: Open) -> MapPage:
    return open_map(size=(390, 844))


def test_a_phone_shows_it_all_without_scrolling_sideways(phone: MapPage) -> None:
    assert phone.page.evaluate(OVERFLOW) == []
    bar = phone.player.locator(".wb-timebar")
    for piece in (phone.button("Play"), bar.locator(".wb-now"), bar.locator(".wb-plot"), phone.button("More controls")):
        expect(piece).to_be_visible()
        box = piece.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    expect(bar.locator(".wb-now")).to_have_text("2 Nov 2023")
    expect(phone.page.locator(".wb-card").first).to_be_attached()
    cards, player = phone.page.locator(".wb-card").first.bounding_box(), phone.player.bounding_box()
    assert cards is not None
    assert player is not None
    assert cards["y"] >= player["y"] + player["height"] - 1

    # WCAG 2.2, 2.5.8: a finger is given 24 by 24 CSS pixels.
    sizes = phone.player.locator("button:visible").evaluate_all(
        "all => all.map(one => [one.getAttribute('aria-label') ?? one.textContent, one.offsetWidth, one.offsetHeight])"
    )
    assert [size for size in sizes if min(size[1:]) < 24] == []

    more = phone.button("More controls")
    more.click()
    for name in ("One step back", "One step forward", "Since start", "Window", "Repeat"):
        expect(phone.button(name)).to_be_visible()
    assert phone.page.evaluate(OVERFLOW) == []
    phone.page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(phone.button("Window")).to_be_hidden()


def _everything_that_can_be_used_has_a_name(shown: MapPage) -> None:
    """As the browser's own accessibility tree has it."""
    session = shown.page.context.new_cdp_session(shown.page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    used = [node for node in nodes if not node["ignored"] and node.get("role", {}).get("value") in SPOKEN]
    names = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in used]
    assert {("button", "Play"), ("slider", "Moment"), ("button", "Save a picture, PNG")} <= set(names)
    assert [role for role, name in names if not name] == []


@pytest.mark.parametrize("size", SIZES)
def test_by_keys_alone_and_by_name(open_map: Open, size: tuple[int, int]) -> None:
    shown = open_map(size=size)
    _everything_that_can_be_used_has_a_name(shown)
    shown.player.focus()
    stops = []
    for _ in range(32):
        shown.page.keyboard.press("Tab")
        stops.append(shown.page.evaluate(FOCUSED))
    wanted = ["button Save a picture, PNG", "button Play", "slider Moment"]
    assert [stop for stop in stops if stop in wanted] == wanted
    # The slider moves by the same keys as the map.
    shown.player.get_by_role("slider", name="Moment").focus()
    shown.page.keyboard.press("Home")
    assert agrees(shown.read().founding, reported(START))


def test_what_is_seen_is_also_told(map_page: MapPage) -> None:
    told = map_page.player.get_by_role("status").filter(has_text="Rason")
    expect(told).to_contain_text("Rason → Vladivostok: about 2,000 containers by 2 Nov 2023, as reported")
    expect(told).to_contain_text("1,800–2,200 containers")
    map_page.press("Home", "ArrowRight")
    expect(told).to_contain_text("by 1 Aug 2023")
