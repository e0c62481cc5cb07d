"""A rerun of the page leaves the player alone: the same canvas, the same view, the same clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from playwright.sync_api import expect

from tests.browser.map_page import CANVASES, MapPage, agrees

ONE_DAY = timedelta(days=1)
MOMENT = datetime(2023, 9, 12, tzinfo=UTC)
TAG = "all => all.forEach((canvas, i) => { canvas.waybillTag = i + 1; })"
LEAVE_AND_STEP = """name => {
  const links = [...document.querySelectorAll('[data-testid=stPageLink-NavLink]')];
  links.find(link => link.textContent.trim() === name).click();
  const root = find(document, '[data-testid=waybill-player]');
  root.dispatchEvent(new KeyboardEvent('keydown', {key: 'Home', bubbles: true}));
  function find(under, selector) {
    for (const box of under.querySelectorAll('*')) {
      if (box.matches(selector)) return box;
      const within = box.shadowRoot && find(box.shadowRoot, selector);
      if (within) return within;
    }
  }
}"""
TAGS = "all => all.map(canvas => canvas.waybillTag)"


def _settle(shown: MapPage) -> list[str]:
    """A view and a moment of the reader's own. -> the view as the address bar has it."""
    shown.until_settled()
    first = shown.link()["view"]
    shown.go_to(MOMENT)
    shown.until_link(at="2023-09-12T00:00:00.000Z", view=first[0])
    shown.press("+", "ArrowUp")
    shown.page.wait_for_function("first => new URLSearchParams(location.search).get('view') !== first", arg=first[0])
    return shown.link()["view"]


def test_a_rerun_that_comes_back_to_the_same_data_touches_nothing(map_page: MapPage) -> None:
    canvases = map_page.player.locator("canvas")
    canvases.evaluate_all(TAG)
    view = _settle(map_page)
    map_page.bare_map()
    before, picture = map_page.read(), map_page.picture()
    map_page.choose("Source", "South Korean military")
    map_page.until_link(claimant="South Korean military")
    map_page.choose("Source", "United States Government")
    map_page.page.wait_for_function("() => new URLSearchParams(location.search).getAll('claimant').length === 2")
    expect(map_page.player.locator(".wb-figures")).to_contain_text("2 reports")
    map_page.bare_map()
    assert canvases.evaluate_all(TAGS) == CANVASES
    assert map_page.read().corridors == before.corridors
    assert map_page.read().time == MOMENT
    assert map_page.link()["view"] == view
    assert np.array_equal(map_page.picture(), picture)


def test_a_filter_that_changes_the_scene_keeps_canvas_view_and_clock(map_page: MapPage) -> None:
    canvases = map_page.player.locator("canvas")
    canvases.evaluate_all(TAG)
    view = _settle(map_page)
    map_page.bare_map()
    before, picture = map_page.read(), map_page.picture()
    map_page.choose("Source", "South Korean military")
    map_page.until_link(claimant="South Korean military")
    expect(map_page.page.locator(".wb-card")).to_have_count(1)
    expect(map_page.player.locator(".wb-figures")).to_contain_text("1 report")
    assert canvases.evaluate_all(TAGS) == CANVASES
    after = map_page.read()
    assert after.time == MOMENT
    # Without Washington's window nothing bends Seoul's even pace over 94 days, of which 42 are over.
    assert before.corridors != after.corridors
    assert agrees(after.founding, (0, 2000 * 42 / 94, 2200))
    assert map_page.link()["view"] == view
    map_page.bare_map()
    # Away from the arc, drawn anew from new textures, and from the names, the map is what it was.
    assert np.array_equal(map_page.picture()[:, :60], picture[:, :60])


def test_a_filter_while_playing_lets_it_play(map_page: MapPage) -> None:
    map_page.player.get_by_role("combobox", name="Speed", exact=True).select_option(label="0.25×")
    map_page.press("Home", " ")
    expect(map_page.player).to_have_attribute("data-playing", "true")
    map_page.record()
    map_page.choose("Source", "South Korean military")
    map_page.until_link(claimant="South Korean military")
    kept = map_page.recorded()
    assert all(reading.playing for reading in kept)
    times = [reading.time for reading in kept if reading.time]
    assert times == sorted(times)
    expect(map_page.player.locator(".wb-figures")).to_contain_text("1 report")
    shown = map_page.read().time
    assert shown is not None
    map_page.until_recorded(f"kept.some(one => one.playing && one.time > '{shown + ONE_DAY:%Y-%m-%dT%H:%M}')")


def test_what_is_told_while_the_page_is_left_does_not_bring_it_back(map_page: MapPage) -> None:
    map_page.until_settled()
    map_page.page.evaluate(LEAVE_AND_STEP, "Data")
    expect(map_page.page.get_by_test_id("stFileUploader")).to_be_visible()
    map_page.until_idle()
    expect(map_page.page.get_by_test_id("stFileUploader")).to_be_visible()
    # The next map tells its view again.
    map_page.to("Map")
    map_page.press("Home")
    map_page.until_link(at="2023-08-01T00:00:00.000Z")
