"""The trailing window, and the dates that playing runs between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import END, START, MapPage, agrees, reported, trailing


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: no test of this file leaves more behind than a clock that was moved."""
    return resting_map


@pytest.fixture
def windowed(map_page: MapPage) -> MapPage:
    """The map with a trailing window of ten days."""
    map_page.button("Window").click()
    length = map_page.player.get_by_role("spinbutton", name="Length of the window in days")
    length.fill("10")
    length.press("Enter")
    map_page.until_link(play="window", window="864000")
    return map_page


def test_a_window_holds_what_its_two_ends_allow(windowed: MapPage) -> None:
    ten = timedelta(days=10)
    for reading in (windowed.read(), windowed.go_to(datetime(2023, 9, 20, tzinfo=UTC))):
        assert reading.time is not None
        assert agrees(reading.founding, trailing(reading.time - ten, reading.time))
    expect(windowed.player.locator(".wb-sentence")).to_contain_text("between 10 Sept and 19 Sept 2023")

    # A window that opens before the span begins with it.
    fourth = START + timedelta(days=4)
    assert agrees(windowed.go_to(fourth).founding, trailing(START, fourth))
    windowed.press("End")
    windowed.button("Since start").click()
    assert agrees(windowed.read().founding, reported(END))
    windowed.until_link(play=None)


def test_the_windows_edge_is_dragged(windowed: MapPage) -> None:
    plot = windowed.player.locator(".wb-plot").bounding_box()
    edge = windowed.player.get_by_role("slider", name="Length of the window").bounding_box()
    assert plot is not None
    assert edge is not None
    mouse, y = windowed.page.mouse, plot["y"] + plot["height"] / 2
    mouse.move(edge["x"] + edge["width"] / 2, y)
    mouse.down()
    mouse.move(plot["x"] + plot["width"] * (1 - 47 / 94), y, steps=6)
    mouse.up()
    windowed.until_link(window=str(47 * 86_400))
    assert agrees(windowed.read().founding, trailing(END - timedelta(days=47), END))


def test_typed_dates_bound_the_playing(map_page: MapPage) -> None:
    first = map_page.player.get_by_role("textbox", name="From")
    last = map_page.player.get_by_role("textbox", name="to", exact=True)
    first.fill("1 Sept 2023")
    first.press("Enter")
    last.fill("2023-09-30")
    last.press("Enter")
    expect(last).to_have_value("30 Sept 2023")
    assert map_page.press("Home").time == datetime(2023, 9, 1, tzinfo=UTC)
    # The last day is played to its end.
    assert map_page.press("End").time == datetime(2023, 10, 1, tzinfo=UTC)
    map_page.player.get_by_role("combobox", name="Speed", exact=True).select_option(label="10×")
    map_page.record()
    map_page.press(" ")
    map_page.until_recorded("kept.length > 2 && !kept.at(-1).playing")
    times = [reading.time for reading in map_page.recorded() if reading.time and reading.playing]
    assert all(datetime(2023, 9, 1, tzinfo=UTC) <= time <= datetime(2023, 10, 1, tzinfo=UTC) for time in times)
    assert map_page.read().time == datetime(2023, 10, 1, tzinfo=UTC)


def test_what_is_no_date_is_told_and_changes_nothing(map_page: MapPage) -> None:
    first = map_page.player.get_by_role("textbox", name="From")
    first.evaluate("field => field.addEventListener('invalid', () => { field.told = field.validationMessage; })")
    for words in ("yesterday", "31 Feb 2023", "2023-13-01", "4 Nov 2023"):
        first.evaluate("field => { field.told = ''; }")
        first.fill(words)
        first.press("Enter")
        told = str(first.evaluate("field => field.told"))
        assert told.startswith("The first day must not" if words == "4 Nov 2023" else "Write a date")
        first.press("Escape")
        expect(first).to_have_value("1 Aug 2023")
    assert map_page.press("Home").time == START
    assert map_page.press("End").time == END


def test_escape_leaves_a_half_typed_date(map_page: MapPage) -> None:
    first = map_page.player.get_by_role("textbox", name="From")
    first.fill("1 Au")
    first.press("Escape")
    expect(first).to_have_value("1 Aug 2023")
    expect(first).not_to_be_focused()
