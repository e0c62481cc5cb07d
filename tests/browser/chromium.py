"""One Playwright, one Chromium and one tab for all browser tests that follow one another in a process.

A tab that stays has the page's programs parsed and compiled: opening the page in it again takes half as long, and is
a new session with the server all the same.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from benchmarks.browser import ARGS
from tests.browser.map_page import WAIT_MS, MapPage
from tests.browser.watch import Watch

PLAIN = (*ARGS, "--disable-gpu-compositing", "--js-flags=--no-opt")
"""The map is drawn with OpenGL in software; the page around it is put together without, at a third of the work. Scripts
of a page that lives for seconds are not optimized: that takes an eighth longer than it saves."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is shown."""

    size: tuple[int, int] = (1440, 900)
    dark: bool = False
    still: bool = True
    pixels: int = 1

    def context(self, browser: Browser) -> BrowserContext:
        """A context of this look, with no memory of any other."""
        context = browser.new_context(
            viewport={"width": self.size[0], "height": self.size[1]},
            device_scale_factor=self.pixels,
            color_scheme="dark" if self.dark else "light",
            reduced_motion="reduce" if self.still else "no-preference",
        )
        context.set_default_timeout(WAIT_MS)
        return context

    def give(self, page: Page) -> None:
        """To a page that has another look, but for the pixels, which it keeps."""
        page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        page.emulate_media(
            color_scheme="dark" if self.dark else "light", reduced_motion="reduce" if self.still else "no-preference"
        )


class Resting:
    """A map that tests share which leave nothing behind but what `MapPage.rest` gives back."""

    def __init__(self, shown: MapPage, watch: Watch) -> None:
        shown.until_settled()
        self.shown, self.watch = shown, watch
        self._first, self._controls = self._now(), shown.controls()

    def _now(self) -> tuple[object, ...]:
        link = {name: value for name, value in self.shown.link().items() if name != "at"}
        reading = self.shown.read()
        return link, reading.state, reading.time, reading.playing, reading.corridors

    def again(self) -> bool:
        """Gives back what was changed. -> whether the map now is as it was opened."""
        try:
            self.shown.rest(self._controls)
        except Error:
            return False
        return self._now() == self._first

    def end(self) -> None:
        """Listens no longer."""
        self.watch.end()
        self.shown.end()


class Chromium:
    """What browser tests share. Each part is started when it is first wanted."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._manager = sync_playwright()
        self.playwright: Playwright = self._manager.start()
        self._browser: Browser | None = None
        self._tab: Page | None = None
        self.resting: Resting | None = None
        """The map that stands in the tab, if it is as it was opened."""

    @property
    def browser(self) -> Browser:
        """Chromium, with a profile of its own."""
        if self._browser is None:
            environment: dict[str, str | float | bool] = {**os.environ, "LIBGL_ALWAYS_SOFTWARE": "1"}
            self._browser = self.playwright.chromium.launch(
                executable_path=self._program, args=list(PLAIN), env=environment
            )
        return self._browser

    def tab(self, look: Look) -> Page:
        """The tab, which must be left before it is asked for again."""
        if self._tab is None:
            self._tab = look.context(self.browser).new_page()
        self._disturb()
        look.give(self._tab)
        return self._tab

    def leave(self, blank: str) -> None:
        """The tab goes to an empty page of the same server, and forgets what the last one kept; or it is given up."""
        self._disturb()
        if self._tab is None:
            return
        try:
            self._tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            self._tab.context.clear_cookies()
            self._tab.mouse.move(0, 0)
            self._tab.goto(blank)
        except Error:
            with suppress(Error):
                self._tab.context.close()
            self._tab = None

    def _disturb(self) -> None:
        if self.resting is not None:
            self.resting.end()
            self.resting = None

    def close(self) -> None:
        """All of it."""
        if self._browser is not None:
            self._browser.close()
        self._manager.__exit__()
