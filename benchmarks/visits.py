"""Visits to the served page: time to the first frame, bytes received, frames a second, heap."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from benchmarks.browser import Heap, heap, opened
from benchmarks.views import Size, View

TRIAL_HEIGHT = 640
LAST_QUARTER = 0.75
_MAP = """() => {
  const host = [...document.querySelectorAll('*')].find((node) => node.shadowRoot?.querySelector('.waybill'));
  const box = host.shadowRoot.querySelector('.wb-stage');
  return [box.clientWidth, box.clientHeight];
}"""
_CANVAS = """() => {
  const canvas = [...document.querySelectorAll('canvas')].find((each) => each.clientWidth > 0);
  return [canvas.clientWidth, canvas.clientHeight];
}"""
_PROBE = "() => window.waybillProbe"
_READY = "() => window.waybillProbe.ready !== null"
_PLAYED = """() => {
  const {ready, frames} = window.waybillProbe;
  return ready !== null && frames.length > 3 && !frames.at(-1)[3];
}"""
_DREW = "(count) => window.waybillProbe.draws[count] !== undefined"

Frame = tuple[float, float, str, bool]


@dataclass(frozen=True, slots=True)
class Visit:
    """Medians over the visits of one page.

    first_frame_s     from navigation until the first frame was drawn
    message_bytes     the message with the data, as the page received it
    fps, last_fps     frames a second over a pass, and over its last quarter, where widths are largest; None for a
                      page that cannot play
    heap              after the first frame (and the pass)
    size              of the map, CSS px
    """

    first_frame_s: float
    message_bytes: int
    fps: float | None
    last_fps: float | None
    heap: Heap | None
    size: Size


def player_height(browser: Browser, address: str, legs: int, size: Size, view: View) -> int:
    """The height of the player at which its map alone is `size`: its bars come on top."""
    with opened(browser) as page:
        page.goto(_url(address, "player", legs, Size(size.width, TRIAL_HEIGHT), view))
        page.wait_for_function(_READY)
        _, height = page.evaluate(_MAP)
    return TRIAL_HEIGHT + size.height - int(height)


def player(
    browser: Browser, address: str, legs: int, size: Size, view: View, visits: int, *, play: bool, weigh: bool
) -> Visit:
    """Waybill's player at the outer `size`; play: lets it play a pass each time; weigh: measures the heap."""

    def seen(page: Page) -> tuple[float, float | None, float | None]:
        page.wait_for_function(_READY)
        if play:
            page.wait_for_function(_PLAYED)
        told = page.evaluate(_PROBE)
        return float(told["ready"]), *(_rates([tuple(each) for each in told["frames"]]) if play else (None, None))

    return _visited(browser, _url(address, "player", legs, size, view), visits, seen, _MAP, weigh=weigh)


def chart(browser: Browser, address: str, legs: int, size: Size, view: View, visits: int, *, weigh: bool) -> Visit:
    """st.pydeck_chart: its first frame is the first call that draws as many arcs as there are legs."""

    def seen(page: Page) -> tuple[float, float | None, float | None]:
        page.wait_for_function(_DREW, arg=str(legs))
        return float(page.evaluate(_PROBE)["draws"][str(legs)][1]), None, None

    return _visited(browser, _url(address, "chart", legs, size, view), visits, seen, _CANVAS, weigh=weigh)


def _visited(
    browser: Browser,
    url: str,
    visits: int,
    seen: Callable[[Page], tuple[float, float | None, float | None]],
    measure: str,
    *,
    weigh: bool,
) -> Visit:
    """The first visit warms the server's and the browser's caches, and is not counted."""
    with opened(browser) as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url)
        seen(page)
        told, sizes = [], []
        for _ in range(visits):
            page.goto("about:blank")
            page.goto(url)
            told.append(seen(page))
            sizes.append(max(page.evaluate(_PROBE)["sockets"]))
        if faults:
            raise RuntimeError(f"the page at {url} failed: {faults[0]}")
        weight = heap(page) if weigh else None
        width, height = page.evaluate(measure)
    return Visit(
        first_frame_s=statistics.median(each[0] for each in told) / 1000,
        message_bytes=int(statistics.median(sizes)),
        fps=_median([each[1] for each in told]),
        last_fps=_median([each[2] for each in told]),
        heap=weight,
        size=Size(int(width), int(height)),
    )


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


def _url(address: str, show: str, legs: int, size: Size, view: View) -> str:
    asked = {"show": show, "legs": legs, "width": size.width, "height": size.height, "view": str(view)}
    return f"{address}?{urlencode(asked)}"
