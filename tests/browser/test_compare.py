"""Two moments beside one another: linked views, clocks of their own, the difference in words, and the link to it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open

MOMENTS = (
    "By 6 Sept 2023: 0–1,200 containers. By 2 Nov 2023: 1,800–2,200 containers. In between: 1,001–2,200 containers."
)


def _two(page: Page) -> tuple[Locator, Locator]:
    """Both players, once they are drawn."""
    first, second = (page.get_by_role("group", name=f"{which} of two: Map") for which in ("First", "Second"))
    for player in (first, second):
        expect(player).to_have_attribute("data-state", "ready")
    # The map that stood alone may still be there for a moment.
    expect(page.get_by_test_id("waybill-player")).to_have_count(2)
    return first, second


def test_two_maps_look_at_one_place_at_moments_of_their_own(open_map: Open) -> None:
    shown = open_map()
    shown.until_settled()
    page = shown.page
    page.get_by_text("Compare two moments").click()
    first, second = _two(page)
    difference = page.locator(".wb-difference")
    # Switched on, the first map stands half way to the moment of the second.
    expect(difference).to_have_text(
        re.compile(r"^By 16 Sept 2023: .* By 2 Nov 2023: 1,800–2,200 containers\. In between")
    )
    expect(page).to_have_url(re.compile("beside=2023-09-17"))

    # The length of the bar tells the zoom, since its words may stay the same.
    bars = [each.locator(".wb-scale-line") for each in (first, second)]
    before = bars[1].get_attribute("d") or ""
    first.get_by_role("button", name="Zoom in").click()
    expect(bars[1]).not_to_have_attribute("d", before)
    expect(bars[1]).to_have_attribute("d", bars[0].get_attribute("d") or "")

    first.focus()
    page.keyboard.press("Home")
    expect(first.locator(".wb-moment")).to_contain_text("1 Aug 2023")
    expect(second.locator(".wb-moment")).to_contain_text("2 Nov 2023")
    expect(difference).to_have_text(re.compile(r"^Before 1 Aug 2023"))

    page.goto(re.sub(r"beside=[^&]*", "beside=2023-09-07T00:00:00Z", page.url))
    first, second = _two(page)
    expect(difference).to_have_text(MOMENTS)
    for each in (first, second):
        each.get_by_role("button", name="More controls").click()
    counted = [each.get_by_role("group", name="What is counted").get_by_role("button").last for each in (first, second)]
    counted[1].click()
    expect(counted[0]).to_have_attribute("aria-pressed", "true")
    expect(difference).to_have_text(re.compile(r"^Between .* The ranges do not say which is larger\.$"))

    shown.until_idle()
    page.get_by_text("Compare two moments").click()
    expect(page.get_by_test_id("waybill-player")).to_have_count(1)
    expect(page).not_to_have_url(re.compile("beside="))
    expect(shown.player).to_have_attribute("data-state", "ready")
