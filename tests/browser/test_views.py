"""A view is saved under a name, and opens again in place."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import OPENS


def test_a_view_is_saved_and_opened(open_map: Open) -> None:
    shown = open_map()
    shown.until_settled()
    shown.choose("From", "Rason")
    shown.until_link(**{"from": "KPRJN"})
    shown.go_to(OPENS)
    shown.page.wait_for_function("() => location.search.includes('at=2023-09-07')")
    shown.until_idle()
    saved = shown.link()

    shown.press_button("Views")
    shown.page.get_by_label("Name", exact=True).fill("<b>Early</b> September")
    shown.press_button("Save this view")
    expect(shown.page.get_by_role("button", name="<b>Early</b> September", exact=True)).to_be_visible()
    shown.until_idle()
    shown.page.keyboard.press("Escape")
    shown.press_button("Clear filters")
    shown.until_link(**{"from": None})
    shown.press("End")
    shown.page.wait_for_function("() => !location.search.includes('at=2023-09-07')")
    shown.until_idle()

    shown.press_button("Views")
    shown.press_button("<b>Early</b> September")
    shown.until_link(**{"from": "KPRJN"})
    shown.until_idle()
    assert shown.link() == saved
    expect(shown.player).to_have_attribute("data-time", OPENS.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
