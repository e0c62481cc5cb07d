"""One run: makes the data, opens the pages in turn, and collects the figures."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import bare, peer, peers, targets, visits
from benchmarks.briefing import briefing_figures
from benchmarks.figures import Figure
from benchmarks.first_visit import first_visit_figures
from benchmarks.memory import memory_figures
from benchmarks.peers import PeerFigures
from benchmarks.reading import reading_figures, workbook_figures
from benchmarks.reconciling import reconciling_figures
from benchmarks.sessions import SESSIONS, session_figures
from benchmarks.start import start_figures
from benchmarks.tables import Made, arcs, corridor_arcs, make
from benchmarks.trade import Moments
from benchmarks.views import Pace, Size, View
from benchmarks.visits import Visit

UNSIZED = ("start", "page", "sessions", "reconciling", "brief", "memory")
PAGES = ("bytes", "frame", "fps", "heap")
GROUPS = (*UNSIZED, "reading", "python", *PAGES)
"""UNSIZED: whatever numbers of legs are asked for. PAGES: measured on a page."""
APART = ("peers",)
"""Measured only where asked for by name: what they need is in no environment of ours."""
SIZES, PEER_SIZES = (1_000, 10_000, 100_000, 1_000_000), (10_000, 100_000)
CHART = "st.pydeck_chart"
CHART_AT_MOST = 100_000
"""With more arcs its message passes Streamlit's limit; the size is computed instead."""
BARE = "bare deck.gl"
BARE_SECONDS = 5.0
BARE_MAP = "the map without borders and names, as it was"


@dataclass(frozen=True, slots=True)
class Settings:
    """What to measure. sizes: legs; only: of GROUPS and APART; size: px of the map; repeat: visits of a median.

    sessions: so many are opened and closed.
    """

    sizes: tuple[int, ...]
    only: frozenset[str]
    size: Size
    view: View
    moments: Moments
    repeat: int
    gpu: bool
    sessions: int = SESSIONS

    @property
    def drives_chromium(self) -> bool:
        """Whether anything asked for needs the browser."""
        return self.opens_pages or not self.only.isdisjoint({"memory", "page"})

    @property
    def opens_pages(self) -> bool:
        """Whether anything asked for needs the benchmark's own page."""
        return not self.only.isdisjoint({*PAGES, "peers"})


@dataclass(slots=True)
class Run:
    """One run's surroundings. address is "" and browser None where only Python is measured."""

    settings: Settings
    folder: Path
    say: Callable[[str], None]
    browser: Browser | None = None
    address: str = ""
    notes: list[str] = field(default_factory=list)
    peers: list[PeerFigures] = field(default_factory=list)
    _player_height: int | None = None
    _bare_script: Path | None = None
    _bare_fails: bool = False

    def figures(self) -> Iterator[Figure]:
        """What has a size of its own, then size by size, the smallest first."""
        yield from self._unsized_figures()
        if not self.settings.only <= {*UNSIZED}:
            yield from self._sized_figures()

    def _unsized_figures(self) -> Iterator[Figure]:
        if "start" in self.settings.only:
            yield from start_figures(self.folder, self.settings.repeat, self.say)
        if "page" in self.settings.only and self.browser is not None:
            yield from first_visit_figures(self.browser, self.folder, self.settings.repeat, self.say)
        if "sessions" in self.settings.only:
            yield from session_figures(self.folder, self.say, sessions=self.settings.sessions)
        if "reconciling" in self.settings.only:
            yield from reconciling_figures(self.settings.repeat, self.say)
        if "brief" in self.settings.only:
            yield from briefing_figures(self.folder, self.settings.repeat, self.say)
        if "reading" in self.settings.only:
            yield from workbook_figures(self.folder, self.settings.repeat, self.say)
        if "memory" in self.settings.only and self.browser is not None:
            yield from memory_figures(self.browser, self.folder, self.say)

    def _sized_figures(self) -> Iterator[Figure]:
        for legs in self.settings.sizes:
            if "reading" in self.settings.only:
                yield from reading_figures(legs, self.folder, self.settings.moments, self.settings.repeat, self.say)
            if self.settings.only <= {*UNSIZED, "reading"}:
                continue
            self.say(f"{legs:,} legs: CSV to wire")
            made = make(legs, self.folder, self.settings.moments, self.settings.repeat)
            if "python" in self.settings.only:
                yield from python_figures(made)
            if self.browser is not None and not self.settings.only.isdisjoint(PAGES):
                yield from self._page_figures(self.browser, made)
            if self.browser is not None and "peers" in self.settings.only:
                yield from self._peer_figures(self.browser, made)
            for each in self.folder.glob(f"{legs}.*"):
                each.unlink()

    def _page_figures(self, browser: Browser, made: Made) -> Iterator[Figure]:
        only, legs = self.settings.only, made.legs
        bare_paces: list[Pace] = []
        ours = self._ours(browser, made, bare_paces)
        chart = self._chart(browser, made)
        if "bytes" in only:
            yield from byte_figures(made, ours, chart)
        if "frame" in only:
            yield from frame_figures(legs, ours, chart)
        if "fps" in only:
            yield from fps_figures(made, ours, bare_paces, gpu=self.settings.gpu)
        if "heap" in only:
            yield from heap_figures(made, ours, chart)

    def _peer_figures(self, browser: Browser, made: Made) -> Iterator[Figure]:
        if made.legs > CHART_AT_MOST:
            return
        settings, height = self.settings, self._height(browser, made.legs)
        place = peers.Place(browser, self.folder, self.address, settings.size, height, settings.view, settings.repeat)
        found = list(peers.peers_at(place, made.legs, arcs(made.scene), self.say))
        self.peers += found
        self.notes += [f"{each.peer} {each.why}." for each in found if each.why]
        yield from peers.lines(found)

    def _ours(self, browser: Browser, made: Made, bare_paces: list[Pace]) -> Visit:
        """The player's visits; after each, while the player rests, the bare page has its turn."""
        settings = self.settings
        height = self._height(browser, made.legs)
        self.say(f"{made.legs:,} legs: the player" + (" and the bare page" if self._bare_at(made.legs) else ""))
        address = visits.url(self.address, "player", made.legs, Size(settings.size.width, height), settings.view)
        lanes = corridor_arcs(made.scene)

        def between() -> None:
            if script := self._bare_at(made.legs):
                bare_paces.append(bare.pace(browser, script, lanes, settings.size, settings.view, BARE_SECONDS))

        play, weigh = "fps" in settings.only, "heap" in settings.only
        return visits.player(browser, address, settings.repeat, play=play, weigh=weigh, between=between)

    def _height(self, browser: Browser, legs: int) -> int:
        if self._player_height is None:
            place = (self.settings.size, self.settings.view)
            self._player_height = visits.player_height(browser, self.address, legs, *place)
        return self._player_height

    def _chart(self, browser: Browser, made: Made) -> Visit | None:
        settings = self.settings
        if made.legs > CHART_AT_MOST or not settings.only & {"bytes", "frame", "heap"}:
            return None
        self.say(f"{made.legs:,} legs: {CHART}")
        address = visits.url(self.address, "chart", made.legs, settings.size, settings.view)
        return visits.chart(browser, address, settings.repeat, weigh="heap" in settings.only)

    def _bare_at(self, legs: int) -> Path | None:
        """The bare page's script where it is to run: beside a scene that has its 2,000 corridors."""
        if legs < targets.MANY or "fps" not in self.settings.only or self._bare_fails:
            return None
        try:
            self._bare_script = self._bare_script or bare.bundle(self.folder)
        except bare.NotBuilt as reason:
            self._bare_fails = True
            self.notes.append(f"The bare page {reason}.")
        return self._bare_script


def frame_figures(legs: int, ours: Visit, chart: Visit | None) -> Iterable[Figure]:
    """Seconds from navigation. What counts is the frame finished: what is only asked for, nobody sees."""
    name, target = CHART if chart else "", targets.first_frame(legs)
    yield Figure(legs, "first frame asked for", "s", ours.asked_s, chart.asked_s if chart else None, name)
    yield Figure(
        legs, "first frame drawn", "s", ours.first_frame_s, chart.first_frame_s if chart else None, name, target
    )
    before = targets.base_map(legs)
    if before and chart and ours.first_frame_s and chart.first_frame_s:
        share = ours.first_frame_s / chart.first_frame_s
        yield Figure(legs, f"of it, to {CHART}", "×", share, targets.FRAME_BEFORE, BARE_MAP, before)


def fps_figures(made: Made, ours: Visit, bare_paces: list[Pace], *, gpu: bool) -> Iterable[Figure]:
    """Frames a second over a pass, and in its last quarter, beside the bare page's with widths as at the end."""
    legs = made.legs
    fps = _median([each.fps for each in bare_paces])
    cpu_ms = _median([each.cpu_ms for each in bare_paces if each.cpu_ms is not None])
    name = BARE if bare_paces else ""
    beside = targets.beside_bare(legs, gpu=gpu)
    count = f"{made.scene.corridors.id.size:,} corridors"
    yield Figure(legs, "frames, playing a pass", "frames/s", ours.fps, None, "", targets.frames(legs, gpu=gpu), count)
    if beside is not None:
        yield Figure(legs, "frames, beside a bare page", "frames/s", ours.fps, fps, name, beside)
    yield Figure(legs, "frames, last quarter of it", "frames/s", ours.late_fps, fps, name, beside)
    yield Figure(legs, "processor time of a frame", "ms", ours.cpu_ms, cpu_ms, name)
    before = targets.base_map(legs)
    if before and ours.cpu_ms and cpu_ms:
        yield Figure(legs, f"of it, to {BARE}", "×", ours.cpu_ms / cpu_ms, targets.PROCESSOR_BEFORE, BARE_MAP, before)


def python_figures(made: Made) -> Iterable[Figure]:
    """Seconds in Python, without a browser."""
    yield Figure(made.legs, "CSV to legs", "s", made.read_s, made.duckdb_s, "DuckDB read_csv to Arrow")
    yield Figure(made.legs, "legs to wire", "s", made.wire_s, target=targets.to_wire(made.legs))
    yield Figure(
        made.legs,
        "of it, legs to knots",
        "s",
        made.knots_s,
        made.engine_s,
        "geo.engine on DuckDB",
        note=f"{made.knots:,} knots",
    )


def byte_figures(made: Made, ours: Visit, chart: Visit | None) -> Iterable[Figure]:
    """Bytes as the page received them; the leg tables as they were sent."""
    legs = made.legs
    beside, name = float(peer.lean_bytes(made.scene)), f"{CHART} (computed)"
    if chart is not None:
        beside, name = float(chart.message_bytes), CHART
    yield Figure(
        legs, "bytes of a leg", "B", made.leg_bytes / legs,
        target=targets.bytes_a_leg(legs, whole=False),
    )  # fmt: skip
    yield Figure(
        legs, "message, by leg", "B", ours.message_bytes / legs, beside / legs, name,
        targets.bytes_a_leg(legs, whole=True),
    )  # fmt: skip
    yield Figure(legs, "message", "MB", ours.message_bytes / 1e6, beside / 1e6, name, targets.message(legs))
    if before := targets.base_map(legs):
        yield Figure(
            legs, "of it, with the map", "MB", ours.message_bytes / 1e6, targets.MESSAGE_BEFORE, BARE_MAP, before
        )
    full = peer.full_bytes(made.scene)
    over = f"over its limit, {peer.limit_bytes() / 1e6:.0f} MB" if full > peer.limit_bytes() else ""
    yield Figure(
        legs, "message, equal content", "MB", ours.message_bytes / 1e6, full / 1e6, f"{CHART} (computed)", note=over
    )


def heap_figures(made: Made, ours: Visit, chart: Visit | None) -> Iterable[Figure]:
    """What a page holds after its garbage is collected."""
    for name, part in (("JS heap", "objects"), ("array buffers", "buffers")):
        own = getattr(ours.heap, part) if ours.heap else None
        beside = getattr(chart.heap, part) if chart and chart.heap else None
        yield Figure(made.legs, name, "MB", own, beside, CHART if chart else "")


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None
