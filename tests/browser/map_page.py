"""The page as a test sees it: what the player says of itself, and the hands that move it."""

from __future__ import annotations

import io
import math
import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, Request, WebSocket, expect

READY_MS = 60_000
WAIT_MS = 60_000
"""Patience with a busy machine that draws in software: for a page to open, and for anything after that."""
CANVASES = [1, 2, 3, 4, 5, 6]
"""Of the map, numbered: land, names of the base map, arcs, names of places, ranges, locator."""
SHOWN = {
    "Map": ".wb-cards li",
    "Evidence": "[data-testid=stCaptionContainer]",
    "Brief": ".vf-map",
    "Data": ".st-key-imports_section",
    "Method": ".wb-sum",
    "Guide": ".st-key-guide img",
}
"""What each page shows once there is all of it to look at."""
MARGIN = 6
"""CSS pixels left out around the map: the ring of a focused player lies there."""

CORRIDOR = "KPRJN>RUVVO>1"
START = datetime(2023, 8, 1, tzinfo=UTC)
END = datetime(2023, 11, 3, tzinfo=UTC)
OPENS, CLOSES = datetime(2023, 9, 7, tzinfo=UTC), datetime(2023, 10, 2, tzinfo=UTC)
"""The window of the United States' report."""

Pixels = NDArray[np.float64]

_READ = """root => ({
  state: root.dataset.state, time: root.dataset.time, playing: root.dataset.playing === 'true',
  frames: Number(root.dataset.frames),
  corridors: Object.fromEntries([...root.querySelectorAll('[data-corridor]')].map(item => [item.dataset.corridor, [
    item.dataset.volumeLow, item.dataset.volumeBest, item.dataset.volumeHigh, item.dataset.width].map(Number)]))
})"""
# Each time the figures are written, data-time comes last: what stands there then belongs together.
_RECORD = """root => {
  const read = READ;
  window.waybillRecord = [read(root)];
  window.waybillRecorder?.disconnect();
  window.waybillRecorder = new MutationObserver(() => window.waybillRecord.push(read(root)));
  window.waybillRecorder.observe(root,
    {attributes: true, attributeFilter: ['data-time', 'data-state', 'data-playing']});
}""".replace("READ", _READ)


@dataclass(frozen=True, slots=True)
class Volume:
    """One corridor at the moment, as the mirror says it; width in CSS pixels."""

    low: float
    best: float
    high: float
    width: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The player's attributes and its mirror, read at one instant."""

    state: str
    time: datetime | None
    playing: bool
    frames: int
    corridors: dict[str, Volume]

    @classmethod
    def of(cls, raw: dict[str, object]) -> Reading:
        time = raw.get("time")
        return cls(
            state=str(raw["state"]),
            time=datetime.fromisoformat(str(time)) if time else None,
            playing=bool(raw["playing"]),
            frames=int(str(raw["frames"])),
            corridors={name: Volume(*values) for name, values in dict(raw["corridors"]).items()},  # type: ignore[call-overload]
        )

    @property
    def founding(self) -> Volume:
        """The one corridor of the founding article; all zero before it has carried anything."""
        return self.corridors.get(CORRIDOR, Volume(0, 0, 0, 0))


def reported(moment: datetime) -> tuple[float, float, float]:
    """Low, best and high of the founding article up to a moment of its span, worked out by hand.

    Seoul: 1,800-2,200 by the end of 2 November; Washington: at least 1,001 of them from 7 September to 1 October. So
    until that window begins no more than 2,200 - 1,001 can have gone; once it is over, no less than 1,001. The
    smoothest way to 2,000 takes 1,001 over its 25 days, and the other 999 over the other 69.
    """
    before, within, after = (_days(moment, *ends) for ends in ((START, OPENS), (OPENS, CLOSES), (CLOSES, END)))
    best = (before + after) * 999 / 69 + within * 1001 / 25
    low = 1800 if moment >= END else 1001 if moment >= CLOSES else 0
    return low, best, 1200 if moment <= OPENS else 2200


def trailing(start: datetime, end: datetime) -> tuple[float, float, float]:
    """The same of the stretch [start, end): what the range at its two ends leaves possible."""
    (low, best, high), (least, middle, most) = reported(start), reported(end)
    # Of 2,200, which is "about 2,000", nothing is told in single containers.
    return max(0, least - high), middle - best, math.ceil((most - low) / 100) * 100


def _days(moment: datetime, start: datetime, end: datetime) -> float:
    return (min(max(moment, start), end) - start) / timedelta(days=1)


def close(value: float, wanted: float) -> bool:
    """Equal but for rounding: clocks are told to the millisecond."""
    return abs(value - wanted) <= 1e-3


def agrees(volume: Volume, wanted: tuple[float, float, float]) -> bool:
    """Low, best and high are what is wanted; the best, which is no bound, to a tenth of a container."""
    low, best, high = wanted
    return close(volume.low, low) and abs(volume.best - best) <= 0.1 and close(volume.high, high)


class MapPage:
    """A page with the player on it. `sent` and `asked` grow with each message and each request to the server."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.player = page.get_by_test_id("waybill-player")
        self.sent: list[str | bytes] = []
        self.asked: list[str] = []
        self._socket: WebSocket | None = None
        page.on("websocket", self._listen)
        page.on("request", self._note)

    def end(self) -> None:
        """Listens no longer: the tab is for the next test."""
        self.page.remove_listener("websocket", self._listen)
        self.page.remove_listener("request", self._note)

    def _listen(self, websocket: WebSocket) -> None:
        self._socket = websocket
        websocket.on("framesent", self._count)

    def _count(self, payload: str | bytes) -> None:
        self.sent.append(payload)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    def sending(self) -> AbstractContextManager[object]:
        """A block in which a message goes to the server, or the test fails."""
        assert self._socket is not None
        return self._socket.expect_event("framesent", timeout=WAIT_MS)

    def read(self) -> Reading:
        """What the player says of itself now."""
        return Reading.of(self.player.evaluate(_READ))

    def record(self) -> None:
        """From now on keep a reading for each change of data-time, data-state or data-playing."""
        self.player.evaluate(_RECORD)

    def recorded(self) -> list[Reading]:
        """The readings kept since `record`."""
        return [Reading.of(raw) for raw in self.page.evaluate("window.waybillRecord")]

    def until_recorded(self, condition: str) -> None:
        """Waits until `condition`, JavaScript over `kept` (the readings so far, raw), holds."""
        self.page.wait_for_function(f"() => {{ const kept = window.waybillRecord; return {condition}; }}")

    def controls(self) -> list[str]:
        """What every control of the player stands at."""
        states: list[str] = self.player.evaluate(
            "root => [...root.querySelectorAll('input, select, [aria-pressed]')]"
            ".map(one => `${one.value} ${one.getAttribute('aria-pressed')}`)"
        )
        return states

    def rest(self, controls: list[str]) -> None:
        """Gives back what a reader may have changed on a map of the founding article: clock, playing, dates, cover."""
        self.page.mouse.move(0, 0)
        self.press("Escape")
        self.page.evaluate("window.waybillRecorder?.disconnect()")
        self.player.locator(".wb-stage").evaluate(
            "box => [...box.children].forEach(child => { child.style.visibility = ''; })"
        )
        if self.read().playing:
            self.press(" ")
        if self.controls() != controls:
            self._reset_controls()
        self.press("End")
        self.until_idle()

    def _reset_controls(self) -> None:
        loop = self.button("Repeat")
        if loop.get_attribute("aria-pressed") == "true":
            loop.click()
        self.button("Since start").click()
        self.player.get_by_role("combobox", name="Speed", exact=True).select_option(label="1×")
        for name, day in (("From", START), ("to", END - timedelta(days=1))):
            field = self.player.get_by_role("textbox", name=name, exact=True)
            field.fill(f"{day:%Y-%m-%d}")
            field.press("Enter")

    def press(self, *keys: str) -> Reading:
        """Presses keys with the player's root in focus. -> what it says then."""
        self.player.focus()
        for key in keys:
            self.page.keyboard.press(key)
        return self.read()

    def go_to(self, moment: datetime) -> Reading:
        """The clock to the start of a day, by keys alone. -> what the player says then."""
        weeks, days = divmod((moment - START) // timedelta(days=1), 7)
        self.press("Home", *["Shift+ArrowRight"] * weeks, *["ArrowRight"] * days)
        expect(self.player).to_have_attribute("data-time", moment.strftime("%Y-%m-%dT00:00:00.000Z"))
        return self.read()

    def button(self, name: str) -> Locator:
        """A visible button of the player by its spoken name."""
        return self.player.get_by_role("button", name=name, exact=True)

    def link(self) -> dict[str, list[str]]:
        """What the address bar holds."""
        return parse_qs(urlsplit(self.page.url).query)

    def until_settled(self) -> None:
        """Waits until the map has told its first view, and the page has nothing left to run."""
        self.page.wait_for_function("() => new URLSearchParams(location.search).has('view')")
        self.until_idle()

    def until_idle(self) -> None:
        """Waits until no run of the page is under way: its widgets may be new ones after it."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    def until_link(self, **wanted: str | None) -> None:
        """Waits until the address bar holds each value, or (None) does not hold the name."""
        self.page.wait_for_function(
            """wanted => { const now = new URLSearchParams(location.search);
              return Object.entries(wanted).every(([name, value]) => now.get(name) === value); }""",
            arg=wanted,
        )

    def choose(self, label: str, option: str) -> None:
        """Picks an option of a filter in the sidebar, by its name or what stands before the colon in it."""
        self.until_idle()
        box = self.page.get_by_test_id("stSidebar").get_by_role("combobox", name=label)
        box.click()
        self.page.get_by_role("option", name=re.compile(rf"^{re.escape(option)}(:|$)")).click()

    def load(self, **files: str) -> None:
        """Loads CSVs in our own columns: the name (without .csv) and the text of each. Everything is shown then."""
        self.load_named({f"{name}.csv": text for name, text in files.items()})

    def load_named(self, files: dict[str, str]) -> None:
        """Loads files of any name, by the Data page. Everything is shown then."""
        self.until_settled()
        self.to("Data")
        self.drop(files)
        self.press_button("Load and show on the map")
        expect(self.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
        self.until_settled()
        self.choose("Data set", "Everything loaded")
        self.until_link(data="everything")

    def to(self, page: str) -> None:
        """By the link in the sidebar to the Map or the Data page."""
        self.page.get_by_test_id("stSidebar").get_by_role("link", name=page, exact=True).click()
        # Until the new page's run is over, what both pages have is there twice.
        self.until_idle()
        ready = self.page.get_by_test_id("stFileUploader") if page == "Data" else self.player
        expect(ready).to_be_visible(timeout=READY_MS)

    def drop(self, files: dict[str, str]) -> None:
        """Gives files to the drop zone of the Data page: name and text of each."""
        payload = [{"name": name, "mimeType": "text/csv", "buffer": text.encode()} for name, text in files.items()]
        zone = self.page.get_by_test_id("stFileUploader").locator("input[type=file]")
        zone.set_input_files(payload)  # type: ignore[arg-type]

    def press_button(self, name: str) -> None:
        """A button of the page, once it can be pressed."""
        button = self.page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_enabled(timeout=READY_MS)
        self.until_idle()
        button.click()

    def bare_map(self) -> None:
        """Hides what lies over the map, so that a screenshot holds nothing but sea, land, arcs, ports and names."""
        self.player.locator(".wb-stage").evaluate(
            "box => [...box.children].forEach(child => {"
            " if (!child.classList.contains('map')) child.style.visibility = 'hidden'; })"
        )

    def picture(self) -> Pixels:
        """The map as it is on screen, but for its margin: height × width × 3, 0–255, in device pixels."""
        box = self._inner()
        shot = self.page.screenshot(clip={"x": box[0], "y": box[1], "width": box[2], "height": box[3]})
        return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), dtype=np.float64)

    def on_page(self, at: tuple[float, float], pixels: int = 1) -> tuple[float, float]:
        """A point of `picture` (device pixels) in CSS pixels of the page."""
        left, top, _, _ = self._inner()
        return left + at[0] / pixels, top + at[1] / pixels

    def _inner(self) -> tuple[float, float, float, float]:
        box = self.player.locator(".wb-stage").bounding_box()
        assert box is not None
        width, height = box["width"] - 2 * MARGIN, box["height"] - 2 * MARGIN
        return round(box["x"]) + MARGIN, round(box["y"]) + MARGIN, round(width), round(height)
