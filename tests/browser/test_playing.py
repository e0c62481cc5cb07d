"""Playing is the browser's own business: the server hears nothing until the clock rests."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.library import Library
from geo.tables.read import read
from tests.browser.conftest import Open
from tests.browser.map_page import END, START, MapPage, agrees, reported

FRAMES = "root => Number(root.dataset.frames)"


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: no test of this file leaves more behind than a clock that was moved."""
    return resting_map


def test_ten_seconds_of_playing_send_nothing(map_page: MapPage) -> None:
    map_page.until_settled()
    map_page.press("Home")
    map_page.until_link(at="2023-08-01T00:00:00.000Z")
    map_page.until_settled()
    map_page.record()
    before = map_page.read().frames
    map_page.press(" ")
    expect(map_page.player).to_have_attribute("data-playing", "true")
    sent, asked = len(map_page.sent), len(map_page.asked)
    map_page.until_recorded(f"kept.some(one => one.playing && one.time > '{START + 0.96 * (END - START):%Y-%m-%d}')")
    assert (len(map_page.sent) - sent, map_page.asked[asked:]) == (0, [])
    expect(map_page.player).to_have_attribute("data-playing", "false")
    # The clock at rest tells the page, which shows that a message would have been seen.
    map_page.until_link(at="2023-11-03T00:00:00.000Z")
    assert len(map_page.sent) > sent

    kept = [reading for reading in map_page.recorded() if reading.time is not None]
    times = [reading.time for reading in kept if reading.time is not None]
    playing = [reading for reading in kept if reading.playing]
    assert times == sorted(times)
    assert (times[0], times[-1]) == (START, END)
    # Figures follow at most four times a second, so ten seconds hold some forty of them.
    assert 10 <= len({reading.time for reading in playing}) <= 45
    assert [reading.frames for reading in kept] == sorted(reading.frames for reading in kept)
    assert map_page.read().frames - before >= 20
    for reading in playing:
        assert reading.time is not None
        assert agrees(reading.founding, reported(reading.time))


def test_it_opens_at_the_end_and_play_begins_at_the_start(open_map: Open) -> None:
    shown = open_map(still=False)
    shown.until_settled()
    opened = shown.read()
    assert (opened.playing, opened.time) == (False, END)
    invitation = shown.player.locator(".wb-invitation")
    expect(invitation).to_be_visible()
    shown.record()
    shown.press(" ")
    expect(invitation).to_be_hidden()
    expect(shown.player).to_have_attribute("data-playing", "true")
    shown.until_recorded("kept.filter(one => one.playing).length >= 3")
    playing = [reading for reading in shown.recorded() if reading.playing]
    assert playing[-1].frames > playing[0].frames
    assert playing[0].time is not None
    assert playing[-1].time is not None
    assert playing[0].time < playing[-1].time < END


def test_reduced_motion_rests_at_the_end_and_draws_nothing_more(map_page: MapPage) -> None:
    first = map_page.read()
    assert (first.playing, first.time) == (False, END)
    assert first.frames >= 1
    settled = map_page.player.evaluate(
        # Thirty frames of the browser without one of the map.
        """root => new Promise(done => {
          let last = root.dataset.frames, still = 0, seen = 0;
          const next = () => {
            still = root.dataset.frames === last ? still + 1 : 0;
            last = root.dataset.frames;
            if (still >= 30 || ++seen > 600) done(still >= 30); else requestAnimationFrame(next);
          };
          next();
        })"""
    )
    assert settled
    assert map_page.read().time == END


def test_speed_chosen_and_typed(map_page: MapPage) -> None:
    player = map_page.player
    speed = player.get_by_role("combobox", name="Speed", exact=True)
    speed.select_option(label="10×")
    map_page.press("Home")
    map_page.record()
    map_page.press(" ")
    map_page.until_recorded("kept.length > 2 && !kept.at(-1).playing")
    # A pass of one second has room for few figures; at 1× there are four a second, forty in all.
    assert len({reading.time for reading in map_page.recorded() if reading.playing}) <= 12
    assert map_page.read().time == END

    speed.select_option(label="Other…")
    typed = player.get_by_role("spinbutton", name="Speed, as a number")
    typed.fill("40")
    typed.press("Enter")
    expect(speed).to_have_value("40")
    expect(typed).to_be_hidden()


def test_a_loop_goes_round(map_page: MapPage) -> None:
    loop = map_page.button("Repeat")
    loop.click()
    expect(loop).to_have_attribute("aria-pressed", "true")
    map_page.player.get_by_role("combobox", name="Speed", exact=True).select_option(label="10×")
    map_page.press("Home")
    map_page.record()
    map_page.press(" ")
    map_page.until_recorded("kept.some((one, i) => i > 1 && one.playing && one.time < kept[i - 1].time)")
    assert map_page.read().playing
    map_page.press(" ")
    assert not map_page.read().playing


def test_a_press_on_the_bar_goes_to_the_day_there(map_page: MapPage) -> None:
    track = map_page.player.locator(".wb-plot").bounding_box()
    assert track is not None
    map_page.page.mouse.click(track["x"] + track["width"] / 2, track["y"] + track["height"] / 2)
    reading = map_page.read()
    assert reading.time is not None
    assert abs(reading.time - (START + (END - START) / 2)) <= timedelta(days=1)
    assert (reading.time - START) % timedelta(days=1) == timedelta(0)
    assert agrees(reading.founding, reported(reading.time))


_SLOW_WHEN_TOLD = """(() => {
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = draw => ask(time => {
    const until = performance.now() + (window.waybillSlow ? 80 : 0);
    while (performance.now() < until);
    draw(time);
  });
})()"""
_AS_WIDE_AS = "([canvas, width]) => Math.abs(canvas.width - width) <= 2"


_PORTS = (
    *("KPRJN", "RUVVO", "KRPUS", "JPTYO", "CNSHA", "SGSIN", "NLRTM", "BEANR", "DEHAM", "ESVLC", "AEJEA"),
    *("LKCMB", "ZADUR", "BRSSZ", "USNYC"),
)


def test_a_machine_that_cannot_keep_up_plays_with_fewer_pixels_and_rests_with_all(
    open_map: Open, library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = [f"{one},{other},2023-09-07,2023-09-20,40" for one, other in permutations(_PORTS, 2)]
    path.write_text("\n".join(["origin,destination,depart,arrive,containers", *rows]))
    kept = Library.open(library).keep(read(path), path, path.name).id
    shown = open_map(f"?data={kept}", still=False, script=_SLOW_WHEN_TOLD)
    shown.until_settled()
    canvas = shown.player.locator(".map-arcs canvas").element_handle()
    whole = canvas.evaluate("canvas => canvas.width")
    shown.page.evaluate("() => { window.waybillSlow = true; }")
    shown.press(" ")
    shown.page.wait_for_function(_AS_WIDE_AS, arg=[canvas, whole / 2])
    expect(shown.player).to_have_attribute("data-playing", "true")
    # What stands still, such as names and coasts, keeps all of its pixels.
    below = shown.player.locator(".map-land canvas").element_handle()
    assert below.evaluate("canvas => canvas.width") == whole
    shown.press(" ")
    expect(shown.player).to_have_attribute("data-playing", "false")
    shown.page.wait_for_function(_AS_WIDE_AS, arg=[canvas, whole])


def test_few_arcs_keep_all_their_pixels_on_any_machine(open_map: Open) -> None:
    shown = open_map(still=False, script=_SLOW_WHEN_TOLD)
    shown.until_settled()
    canvas = shown.player.locator(".map-arcs canvas").element_handle()
    whole = canvas.evaluate("canvas => canvas.width")
    shown.page.evaluate("() => { window.waybillSlow = true; }")
    before = shown.press(" ").frames
    shown.page.wait_for_function(
        "([root, before]) => Number(root.dataset.frames) > before + 12", arg=[shown.player.element_handle(), before]
    )
    assert canvas.evaluate("canvas => canvas.width") == whole
