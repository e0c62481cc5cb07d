"""What a newcomer sees first: the founding article, and no more than it says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.map_page import CLOSES, CORRIDOR, END, OPENS, START, MapPage, Reading, agrees, reported


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: no test of this file leaves more behind than a clock that was moved."""
    return resting_map


def _says_no_more_than_reported(reading: Reading) -> bool:
    assert reading.time is not None
    return list(reading.corridors) == [CORRIDOR] and agrees(reading.founding, reported(reading.time))


def test_at_the_end_stand_about_two_thousand(map_page: MapPage) -> None:
    reading = map_page.read()
    assert (reading.state, reading.time, reading.playing) == ("ready", END, False)
    volume = reading.founding
    assert (volume.low, volume.best, volume.high) == (1800, 2000, 2200)
    assert list(reading.corridors) == [CORRIDOR]
    expect(map_page.player.locator(".wb-sentence")).to_contain_text("about 2,000 containers by 2 Nov 2023")
    expect(map_page.player.locator(".wb-figures")).to_contain_text("1,800–2,200 containers")

    # No single voyage is drawn for the ten shipments that nobody dated: the legend would explain pulses with the first
    # itemised leg in the scene, and drift is how totals move.
    legend = map_page.player.locator(".wb-legend")
    expect(legend).to_contain_text("Moving bands")
    expect(legend).not_to_contain_text("Pulse")
    # Nothing is open or contested, and neither place is an area.
    for word in ("≥", "Dashed", "Circle"):
        expect(legend).not_to_contain_text(word)
    expect(map_page.page.get_by_role("tab", name="Legs (0)")).to_be_visible()
    cards = map_page.page.locator(".wb-card")
    expect(cards).to_have_count(4)
    expect(
        cards.filter(
            has_text="Counted as part of report 1, as the table reads it; raises the minimum to 1,001 by 1 Oct 2023"
        )
    ).to_have_count(1)
    expect(cards.filter(has_text="Not on the map")).to_have_count(2)


def test_no_moment_adds_the_united_states_thousand(map_page: MapPage) -> None:
    map_page.record()
    map_page.press("Home", *["ArrowRight"] * 5, *["Shift+ArrowRight"] * 8, "ArrowLeft")
    track = map_page.player.locator(".wb-plot").bounding_box()
    assert track is not None
    mouse, y = map_page.page.mouse, track["y"] + track["height"] / 2
    mouse.move(track["x"] + 0.3 * track["width"], y)
    mouse.down()
    # A scrub over 7 September to 13 October, where the thousand would appear.
    mouse.move(track["x"] + 0.85 * track["width"], y, steps=25)
    mouse.up()
    scrubbed = map_page.read().time
    assert scrubbed is not None
    assert abs(scrubbed - (START + 0.85 * (END - START))) <= timedelta(days=1)
    map_page.press("End")
    kept = map_page.recorded()
    assert {reading.time for reading in kept} >= {START, START + timedelta(days=5), END}
    assert any(reading.time is not None and OPENS < reading.time < CLOSES for reading in kept)
    assert len({reading.time for reading in kept}) > 25
    assert [reading for reading in kept if not _says_no_more_than_reported(reading)] == []


def test_each_bound_is_explained_by_its_reports(map_page: MapPage) -> None:
    map_page.until_settled()
    map_page.go_to(OPENS)
    sentence = map_page.player.locator(".wb-sentence")
    expect(sentence).to_contain_text("0–1,200 containers by 6 Sept 2023")
    map_page.go_to(CLOSES)
    expect(sentence).to_contain_text("1,001–2,200 containers by 1 Oct 2023")
