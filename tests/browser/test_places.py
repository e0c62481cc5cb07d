"""A place of the map: reached by keys or a click, its routes in and out, and those alone drawn."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_a_place_is_opened_by_keys_and_its_routes_drawn_alone(open_map: Open) -> None:
    shown = open_map("?data=wider")
    shown.until_settled()
    places, panel = shown.player.get_by_role("listbox"), shown.player.locator(".wb-place-panel")
    places.focus()
    expect(places.locator("[aria-selected=true]")).to_have_count(1)
    while places.locator("[aria-selected=true]").text_content() != "Russia":
        shown.page.keyboard.press("ArrowRight")
    expect(shown.player.locator(".wb-tooltip")).to_contain_text("Russia")
    shown.page.keyboard.press("Enter")
    expect(panel).to_have_attribute("aria-label", "Place: Russia")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("As reported for the largest route; the others are part of it.")
    expect(panel.locator(".wb-route")).to_have_count(3)
    shown.until_link(place="RU", side=None)

    panel.get_by_role("button", name="In", exact=True).click()
    expect(shown.player.locator(".wb-figures")).to_contain_text("2 of 8 routes shown: into Russia")
    shown.until_link(place="RU", side="in")
    again = open_map("?" + shown.page.url.split("?", 1)[1])
    expect(again.player.locator(".wb-figures")).to_contain_text("2 of 8 routes shown: into Russia")

    shown.page.keyboard.press("Escape")
    expect(shown.player.locator(".wb-figures")).not_to_contain_text("into Russia")
    shown.until_link(place="RU", side=None)
    shown.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(places).to_be_focused()
    shown.until_link(place=None)


def test_a_click_on_a_place_opens_it(open_map: Open) -> None:
    shown = open_map()
    shown.until_settled()
    shown.player.get_by_role("listbox").focus()
    ring = shown.player.locator(".wb-place-ring").bounding_box()
    assert ring is not None
    name = shown.player.get_by_role("listbox").locator("[aria-selected=true]").text_content()
    shown.player.focus()
    shown.page.mouse.click(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    panel = shown.player.locator(".wb-place-panel")
    expect(panel).to_have_attribute("aria-label", f"Place: {name}")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
