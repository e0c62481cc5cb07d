"""Visits to the served page: time to the first frame, bytes received, frames a second, heap."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from benchmarks.browser import Heap, heap, opened
from benchmarks.processor import chromium_seconds
from benchmarks.views import Pace, Size, View

TRIAL_HEIGHT = 640
LAST_QUARTER = 0.75
_MAP_HEIGHT = """() => {
  const host = [...document.querySelectorAll('*')].find((node) => node.shadowRoot?.querySelector('.waybill'));
  return host.shadowRoot.querySelector('.map-arcs').clientHeight;
}"""
_PROBE = "() => window.waybillProbe"
_READY = "() => window.waybillProbe.done !== null"
_PLAYED = """() => {
  const {done, frames} = window.waybillProbe;
  return done !== null && frames.length > 3 && !frames.at(-1)[3];
}"""

Frame = tuple[float, float, str, bool]


@dataclass(frozen=True, slots=True)
class Once:
    """One visit, as in Visit; play is of the whole pass, and late_fps of its last quarter."""

    asked_ms: float
    first_frame_ms: float
    play: Pace | None = None
    late_fps: float | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Medians over the visits of one page.

    asked_s           from navigation until all of the first frame had been asked of the GPU
    first_frame_s     from navigation until the GPU had finished it
    message_bytes     the message with the data, as the page received it
    fps, late_fps     frames a second over a pass, and over its last quarter, where arcs are widest; None for a page
                      that was not played
    cpu_ms            processor time of Chromium for a frame of the pass
    heap              after the first frame (and the pass)
    """

    asked_s: float
    first_frame_s: float
    message_bytes: int
    fps: float | None
    late_fps: float | None
    cpu_ms: float | None
    heap: Heap | None


def player_height(browser: Browser, address: str, legs: int, size: Size, view: View) -> int:
    """The height of the player at which its map alone is `size`: its bars come on top."""
    with opened(browser) as page:
        page.goto(url(address, "player", legs, Size(size.width, TRIAL_HEIGHT), view))
        page.wait_for_function(_READY)
        return TRIAL_HEIGHT + size.height - int(page.evaluate(_MAP_HEIGHT))


def player(
    browser: Browser,
    address: str,
    visits: int,
    *,
    play: bool,
    weigh: bool,
    between: Callable[[], None],
) -> Visit:
    """Waybill's player. play: lets it play a pass each time, and calls `between` after it; weigh: measures the heap."""

    def seen(page: Page) -> Once:
        page.wait_for_function(_READY)
        if not play:
            return Once(*_first_frame(page))
        spent, before = chromium_seconds(), _drawn(page)
        _play(page)
        all_spent, after = chromium_seconds(), _drawn(page)
        told = page.evaluate(_PROBE)
        between()
        fps, late_fps = _rates([tuple(each) for each in told["frames"]])
        cpu_ms = Pace.of(after - before, 1, spent, all_spent).cpu_ms
        return Once(*_first_frame(page), None if fps is None else Pace(fps, cpu_ms), late_fps)

    return _visited(browser, address, visits, lambda page: page.wait_for_function(_READY), seen, weigh=weigh)


def pass_of(page: Page) -> float | None:
    """Frames a second over one pass of the player on an open page."""
    _play(page)
    fps, _ = _rates([tuple(each) for each in page.evaluate(_PROBE)["frames"]])
    return fps


def _play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(_PLAYED)


def chart(browser: Browser, address: str, visits: int, *, weigh: bool) -> Visit:
    """st.pydeck_chart: its first frame is the first that draws as many arcs as there are legs."""

    def seen(page: Page) -> Once:
        page.wait_for_function(_READY)
        return Once(*_first_frame(page))

    return _visited(browser, address, visits, seen, seen, weigh=weigh)


def _visited(
    browser: Browser,
    address: str,
    visits: int,
    shown: Callable[[Page], object],
    seen: Callable[[Page], Once],
    *,
    weigh: bool,
) -> Visit:
    """The first visit warms the server's and the browser's caches, and is not counted."""
    with opened(browser) as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        shown(page)
        told: list[Once] = []
        sizes: list[int] = []
        for _ in range(visits):
            page.goto("about:blank")
            page.goto(address)
            told.append(seen(page))
            sizes.append(max(page.evaluate(_PROBE)["sockets"]))
        if faults:
            raise RuntimeError(f"the page at {address} failed: {faults[0]}")
        weight = heap(page) if weigh else None
    plays = [each.play for each in told if each.play is not None]
    return Visit(
        asked_s=statistics.median(each.asked_ms for each in told) / 1000,
        first_frame_s=statistics.median(each.first_frame_ms for each in told) / 1000,
        message_bytes=int(statistics.median(sizes)),
        fps=_median([each.fps for each in plays]),
        late_fps=_median([each.late_fps for each in told]),
        cpu_ms=_median([each.cpu_ms for each in plays]),
        heap=weight,
    )


def _first_frame(page: Page) -> tuple[float, float]:
    told = page.evaluate(_PROBE)
    return float(told["asked"]), float(told["done"])


def _drawn(page: Page) -> int:
    frames = page.evaluate(_PROBE)["frames"]
    return int(frames[-1][1]) if frames else 0


def _rates(frames: list[Frame]) -> tuple[float | None, float | None]:
    """Frames a second over what was played, and over its last quarter, from the player's own count."""
    # The first count is written at rest, at the span's end, before the pass begins.
    playing = [each for each in frames[1:] if each[3]]
    if len(playing) < 2:
        return None, None
    times = [datetime.fromisoformat(each[2]).timestamp() for each in playing]
    late = times[0] + LAST_QUARTER * (times[-1] - times[0])
    return _rate(playing), _rate([each for each, time in zip(playing, times, strict=True) if time >= late])


def _rate(frames: list[Frame]) -> float | None:
    if len(frames) < 2 or frames[-1][0] <= frames[0][0]:
        return None
    return (frames[-1][1] - frames[0][1]) / (frames[-1][0] - frames[0][0]) * 1000


def _median(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def url(address: str, show: str, legs: int, size: Size, view: View) -> str:
    """What page.py is asked for."""
    asked = {"show": show, "legs": legs, "width": size.width, "height": size.height, "view": str(view)}
    return f"{address}?{urlencode(asked)}"
