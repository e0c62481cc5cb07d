"""The same legs drawn by Waybill and by those that people would use instead, moved by the same hand in one run."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page, Request
from playwright.sync_api import TimeoutError as TooLate

import geo
from benchmarks import peer_pages, visits
from benchmarks.browser import heap, opened
from benchmarks.figures import Figure
from benchmarks.machine import deck_version
from benchmarks.processor import chromium_seconds
from benchmarks.views import Pace, Size, View

OURS, CHART, PLAIN = "Waybill", "st.pydeck_chart", "plain deck.gl"
MOVED_SECONDS = 6.0
SETTLE_MS, PATIENCE_MS = 1_000, 300_000
TURN = 40.0
"""Steps of the mouse in one circle; each is a frame where the page keeps up."""
OFFLINE = "Failed to fetch"
"""What kepler.gl says of the base map that it asks for before it reads that it is to draw none; nothing leaves here."""
_DRAWN = "() => [performance.now(), window.waybillProbe.drawn]"
_READY = "() => window.waybillProbe.done !== null"
_LARGEST = """() => {
  const found = [], search = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.localName === 'canvas') found.push(node.getBoundingClientRect());
      if (node.shadowRoot) search(node.shadowRoot);
    }
  };
  search(document);
  const {x, y, width, height} = found.sort((one, other) => other.width * other.height - one.width * one.height)[0];
  return [x + width / 2, y + height / 2, Math.min(width, height)];
}"""


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What one peer took for so many legs; see README.md. None: not measured, for `why`.

    *_mb: what a page is given of data, and all that it received at its first visit. moved: while dragged. played: over
    a pass of the player, None for those that cannot play.
    """

    legs: int
    peer: str
    version: str = ""
    data_mb: float | None = None
    received_mb: float | None = None
    first_frame_s: float | None = None
    moved_fps: float | None = None
    moved_cpu_ms: float | None = None
    played_fps: float | None = None
    heap_mb: float | None = None
    buffers_mb: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything is measured. streamlit: the address of `page.py`; height: of the player, bars and all."""

    browser: Browser
    folder: Path
    streamlit: str
    size: Size
    height: int
    view: View
    repeat: int


def peers_at(place: Place, legs: int, arcs: pd.DataFrame, say: Callable[[str], None]) -> Iterator[PeerFigures]:
    """All of them, one after the other, with so many legs."""
    say(f"{legs:,} legs: {OURS}")
    ours = visits.url(place.streamlit, "player", legs, Size(place.size.width, place.height), place.view)
    yield _seen(place, legs, OURS, geo.__version__, ours, plays=True)
    say(f"{legs:,} legs: {CHART}")
    chart = visits.url(place.streamlit, "chart", legs, place.size, place.view)
    yield _seen(place, legs, CHART, f"Streamlit {version('streamlit')}, pydeck {version('pydeck')}", chart)
    with peer_pages.hosted(place.folder) as address:
        for name, peer in peer_pages.WIDGETS.items():
            say(f"{legs:,} legs: {peer}")
            yield _widget(place, legs, arcs, address, name, peer)
        say(f"{legs:,} legs: {PLAIN}")
        try:
            peer_pages.write_plain(arcs, place.size, place.view, place.folder)
        except peer_pages.NotThere as reason:
            yield PeerFigures(legs, PLAIN, why=str(reason))
        else:
            data = peer_pages.data_bytes("plain", place.folder)
            yield _seen(place, legs, PLAIN, deck_version(), f"{address}plain.html?show=plain&legs={legs}", data=data)


def _widget(place: Place, legs: int, arcs: pd.DataFrame, address: str, name: str, peer: str) -> PeerFigures:
    try:
        made_by = peer_pages.write_widget(name, arcs, place.size, place.view, place.folder)
    except peer_pages.NotThere as reason:
        return PeerFigures(legs, peer, why=str(reason))
    data = peer_pages.data_bytes(name, place.folder)
    return _seen(place, legs, peer, made_by, f"{address}{name}.html?show={name}&legs={legs}", data=data)


def _seen(
    place: Place, legs: int, peer: str, told_version: str, address: str, *, data: int = 0, plays: bool = False
) -> PeerFigures:
    """Visits of one page, as `_measured` makes them; what does not draw in time is said to have drawn nothing."""
    try:
        return _measured(place, legs, peer, told_version, address, data=data, plays=plays)
    except TooLate:
        return PeerFigures(legs, peer, told_version, why=f"drew nothing within {PATIENCE_MS // 1000} s")


def _measured(
    place: Place, legs: int, peer: str, told_version: str, address: str, *, data: int, plays: bool
) -> PeerFigures:
    """The first visit weighs what comes, the others are timed, and in the last one the map is moved."""
    with opened(place.browser) as page:
        page.set_default_timeout(PATIENCE_MS)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        received = _received(page, lambda: _visit(page, address))
        data = data or _message(page)
        times = []
        for _ in range(place.repeat):
            page.goto("about:blank")
            _visit(page, address)
            times.append(float(page.evaluate("() => window.waybillProbe.done")) / 1000)
        page.wait_for_timeout(SETTLE_MS)
        moved = drag(page, MOVED_SECONDS)
        played = visits.pass_of(page) if plays else None
        weight = heap(page)
        if faults and set(faults) != {OFFLINE}:
            raise RuntimeError(f"{peer} failed: {faults[0]}")
    return PeerFigures(
        legs, peer, told_version, data / 1e6, received / 1e6, statistics.median(times), moved.fps, moved.cpu_ms,
        played, weight.objects, weight.buffers,
    )  # fmt: skip


def _visit(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(_READY)


def _message(page: Page) -> int:
    """The largest message of Streamlit's websocket, which has the data."""
    return int(max(page.evaluate("() => window.waybillProbe.sockets")))


def _received(page: Page, visit: Callable[[], None]) -> int:
    """Bytes of all that a visit fetched, as they came over the wire, and of the messages of its websocket."""
    fetched: list[Request] = []

    def note(request: Request) -> None:
        fetched.append(request)

    page.on("requestfinished", note)
    visit()
    page.remove_listener("requestfinished", note)
    bodies = sum(int(request.sizes()["responseBodySize"]) for request in fetched)
    return bodies + int(sum(page.evaluate("() => window.waybillProbe.sockets")))


def drag(page: Page, seconds: float) -> Pace:
    """Frames drawn while the mouse drags the map in circles, step by step, each once the page has taken the last."""
    x, y, across = page.evaluate(_LARGEST)
    page.mouse.move(x, y)
    page.mouse.down()
    (began, before), spent = page.evaluate(_DRAWN), chromium_seconds()
    ends, step = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        step += 1
        angle = step * 2 * math.pi / TURN
        page.mouse.move(x + across / 8 * math.sin(angle), y + across / 8 * (1 - math.cos(angle)))
    (ended, after), all_spent = page.evaluate(_DRAWN), chromium_seconds()
    page.mouse.up()
    return Pace.of(after - before, (ended - began) / 1000, spent, all_spent)


def lines(found: Sequence[PeerFigures]) -> Iterator[Figure]:
    """Ours beside each peer's, figure by figure."""
    for legs in sorted({each.legs for each in found}):
        ours = next((each for each in found if each.legs == legs and each.peer == OURS), None)
        for other in found:
            if ours is None or other is ours or other.legs != legs or other.why:
                continue
            for name, unit, own, beside in (
                ("data", "MB", ours.data_mb, other.data_mb),
                ("all received at first", "MB", ours.received_mb, other.received_mb),
                ("first frame drawn", "s", ours.first_frame_s, other.first_frame_s),
                ("frames, moved", "frames/s", ours.moved_fps, other.moved_fps),
                ("processor time of one", "ms", ours.moved_cpu_ms, other.moved_cpu_ms),
                ("JS heap", "MB", ours.heap_mb, other.heap_mb),
                ("array buffers", "MB", ours.buffers_mb, other.buffers_mb),
            ):
                yield Figure(legs, name, unit, own, beside, other.peer)
