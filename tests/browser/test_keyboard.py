"""The keys of the player: they move the clock, they stay out of fields, and the page around takes none of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Download, expect

from tests.browser.map_page import END, START, MapPage

DAY = timedelta(days=1)


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: no test of this file leaves more behind than a clock that was moved."""
    return resting_map


def test_keys_move_the_clock(map_page: MapPage) -> None:
    assert map_page.press("Home").time == START
    assert map_page.press("ArrowRight").time == START + DAY
    assert map_page.press("Shift+ArrowRight").time == START + 8 * DAY
    assert map_page.press("ArrowLeft").time == START + 7 * DAY
    assert map_page.press("End").time == END
    assert map_page.press("ArrowRight").time == END
    assert map_page.press("Home", "ArrowLeft").time == START
    assert map_page.press(" ").playing
    expect(map_page.button("Pause")).to_be_visible()
    assert not map_page.press(" ").playing
    expect(map_page.button("Play")).to_be_visible()
    # A button that has the focus takes the space for itself.
    map_page.button("Play").focus()
    map_page.page.keyboard.press(" ")
    assert map_page.read().playing
    map_page.page.keyboard.press(" ")
    assert not map_page.read().playing
    map_page.button("Repeat").focus()
    map_page.page.keyboard.press(" ")
    expect(map_page.button("Repeat")).to_have_attribute("aria-pressed", "true")
    assert not map_page.read().playing


def test_what_is_typed_in_a_field_is_text(map_page: MapPage) -> None:
    saved: list[Download] = []

    def keep(download: Download) -> None:
        saved.append(download)

    map_page.page.on("download", keep)
    map_page.go_to(datetime(2023, 9, 1, tzinfo=UTC))
    expect(map_page.page).to_have_url(re.compile("view="))
    view = map_page.link()["view"]
    for name in ("From", "to"):
        field = map_page.player.get_by_role("textbox", name=name, exact=True)
        before = field.input_value()
        field.focus()
        for key in (" ", "ArrowLeft", "ArrowRight", "Home", "End", "s", "f", "r", "c", "+", "-"):
            map_page.page.keyboard.press(key)
        assert field.input_value().endswith("sfrc+-")
        field.fill(before)
        field.press("Enter")
        reading = map_page.read()
        assert (reading.time, reading.playing) == (datetime(2023, 9, 1, tzinfo=UTC), False)
    assert saved == []
    assert map_page.link()["view"] == view


def test_streamlits_own_keys_stay_silent_on_the_map(map_page: MapPage) -> None:
    map_page.until_settled()
    map_page.press("Home")
    map_page.until_link(at="2023-08-01T00:00:00.000Z")
    map_page.until_settled()
    # Away from the map "r" runs the page again, so a message of it would be seen.
    map_page.page.mouse.click(5, 500)
    with map_page.sending():
        map_page.page.keyboard.press("r")
    map_page.until_settled()
    # A view that was moved makes no room for the list of routes, so that it has nothing to tell.
    view = map_page.link()["view"]
    map_page.press("+")
    map_page.page.wait_for_function(
        "before => new URLSearchParams(location.search).get('view') !== before", arg=view[0]
    )
    map_page.until_settled()
    # On the map it opens the list of routes, and closes it again.
    sent = len(map_page.sent)
    routes = map_page.player.locator(".wb-routes")
    map_page.press("r")
    expect(routes).to_be_visible()
    map_page.press("r")
    expect(routes).to_be_hidden()
    map_page.press("c")
    map_page.until_settled()
    assert len(map_page.sent) == sent
    map_page.press("ArrowRight")
    map_page.until_link(at="2023-08-02T00:00:00.000Z")
    expect(map_page.page.get_by_test_id("stDialog")).to_have_count(0)
