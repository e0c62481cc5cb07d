"""The page in one file, opened by double click: no server, no network, and it plays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geo import data_folder
from geo.brief.formats.page import Opening, save_page
from geo.brief.plate.plate import Words
from geo.gazetteer.places import Places
from geo.reconcile.reconcile import reconcile
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.tables.read import read
from tests.browser.arc_pixels import middle, stroke
from tests.browser.map_page import CLOSES, END, READY_MS, START, WAIT_MS, MapPage, agrees, reported
from tests.browser.watch import QUIET

LAND = {"light": (0xF7, 0xF4, 0xEE), "dark": (0x26, 0x32, 0x3C)}
GROUND = {"light": "rgb(250, 251, 252)", "dark": "rgb(11, 17, 25)"}
EVIL = "</script><img src=x onerror=alert(1)>"

OpenFile = Callable[..., MapPage]


@pytest.fixture(scope="module")
def scene() -> Scene:
    """The founding article."""
    places = Places.load()
    kinds = ("legs", "totals", "events")
    legs, totals, events = (read(data_folder.path(f"{kind}.csv"), kind, places=places).table for kind in kinds)
    return build_scene(legs, totals, events, places.frame, volumes=reconcile(totals, legs, places))


@pytest.fixture
def open_file(browser: Browser, scene: Scene, tmp_path: Path) -> Iterator[OpenFile]:
    """Writes the page and opens it from the disk, offline: open_file(words, opening, colours="dark", still=False, …).

    Fails the test on any request but that for the file itself, and on anything said in the console but what is
    `forgiven`.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    allowed: list[str] = []
    file = tmp_path / "Brief, 1 Oct #1.html"  # A name as people give them.

    def watch(page: Page) -> None:
        page.on("request", lambda request: None if request.url == file.as_uri() else faults.append(request.url))
        page.on("websocket", lambda websocket: faults.append(websocket.url))
        page.on("console", lambda said: None if said.type in QUIET else faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))

    def opened(
        words: Words | None = None,
        opening: Opening | None = None,
        *,
        colours: str = "light",
        still: bool = True,
        size: tuple[int, int] = (1440, 900),
        forgiven: str = "",
    ) -> MapPage:
        allowed.extend(filter(None, [forgiven]))
        save_page(scene, file, words, "ab" * 32, "1.2.3", opening=opening)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if colours == "dark" else "light",
            reduced_motion="reduce" if still else "no-preference",
            offline=True,
        )
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        watch(page)
        shown = MapPage(page)
        page.goto(file.as_uri())
        expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
        return shown

    yield opened
    for context in contexts:
        context.close()
    assert [fault for fault in faults if not any(part in fault for part in allowed)] == []


def _land(shown: MapPage, colours: str) -> float:
    return float((abs(shown.picture() - np.array(LAND[colours])).max(axis=2) <= 3).mean())


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_file_shows_the_map_and_what_is_reported(open_file: OpenFile, colours: str) -> None:
    shown = open_file(colours=colours)
    told = shown.read()
    assert told.time == END
    assert agrees(told.founding, reported(END))
    assert _land(shown, colours) > 0.1
    expect(shown.page.locator("body")).to_have_css("background-color", GROUND[colours])
    expect(shown.player).to_have_attribute("data-theme", colours)
    shown.bare_map()
    if colours == "light":
        picture = shown.picture()
        assert abs(stroke(picture, middle(picture)) - told.founding.width) <= 2


def test_it_opens_at_the_end_and_plays_from_the_start(open_file: OpenFile) -> None:
    shown = open_file(still=False)
    told = shown.read()
    assert (told.time, told.playing) == (END, False)
    shown.record()
    shown.press(" ")
    shown.until_recorded("new Set(kept.filter(one => one.playing).map(one => one.time)).size > 2")
    expect(shown.player).to_have_attribute("data-playing", "false")
    expect(shown.player).to_have_attribute("data-time", END.strftime("%Y-%m-%dT00:00:00.000Z"))
    assert agrees(shown.read().founding, reported(END))


def test_it_opens_at_its_moment_and_rests(open_file: OpenFile) -> None:
    shown = open_file(opening=Opening(moment=(CLOSES - START).total_seconds()), still=False)
    told = shown.read()
    assert (told.time, told.playing) == (CLOSES, False)
    low, best, high = reported(CLOSES)
    assert (told.founding.low, told.founding.high) == (low, high)
    assert abs(told.founding.best - best) < 0.1


def test_the_colours_follow_the_system(open_file: OpenFile) -> None:
    shown = open_file()
    shown.page.emulate_media(color_scheme="dark")
    expect(shown.player).to_have_attribute("data-theme", "dark")
    shown.page.emulate_media(color_scheme="light")
    expect(shown.player).to_have_attribute("data-theme", "light")


def test_a_picture_can_be_saved_from_it(open_file: OpenFile) -> None:
    shown = open_file()
    with shown.page.expect_download() as saved:
        shown.button("Save a picture, PNG").click()
    assert saved.value.suggested_filename == "waybill-rason-vladivostok-2023-11-02.png"
    assert Path(saved.value.path()).stat().st_size > 20_000


def test_its_policy_lets_nothing_out(open_file: OpenFile) -> None:
    shown = open_file(forgiven="Content Security Policy")
    broken = shown.page.evaluate(
        """async () => {
          const broken = [];
          document.addEventListener('securitypolicyviolation', event => broken.push(event.effectiveDirective));
          await fetch('data:text/plain,x').catch(() => undefined);
          const picture = new Image();
          picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(picture, script);
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          return [broken.sort(), window.ran === undefined];
        }"""
    )
    assert broken == [["connect-src", "img-src", "script-src-elem"], True]


def test_words_are_text_and_fit_a_telephone(open_file: OpenFile) -> None:
    shown = open_file(Words(EVIL, EVIL * 3, "TLP:AMBER", EVIL), size=(390, 844))
    expect(shown.page.locator("h1")).to_have_text(EVIL)
    assert shown.page.locator("img").count() == 0
    expect(shown.page.locator(".handling")).to_have_text(["TLP:AMBER"] * 2)
    assert shown.page.evaluate("document.documentElement.scrollWidth") == 390
    # Links leave only by a click, and tell nobody where from.
    expect(shown.page.locator("aside li")).to_have_count(4)
    expect(shown.page.locator("aside a").first).to_have_attribute("rel", "noopener noreferrer")
