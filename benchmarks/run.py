"""One run: makes the data, opens the pages in turn, and collects the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import bare, peer, targets, visits
from benchmarks.figures import Figure
from benchmarks.tables import Made, corridor_arcs, make
from benchmarks.trade import Moments
from benchmarks.views import Size, View
from benchmarks.visits import Visit

GROUPS = ("python", "bytes", "frame", "fps", "heap")
CHART = "st.pydeck_chart"
CHART_AT_MOST = 100_000
"""With more arcs its message passes Streamlit's limit; the size is computed instead."""
BARE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What to measure. sizes: legs; only: of GROUPS; size: px of the map; repeat: visits that a median is of."""

    sizes: tuple[int, ...]
    only: frozenset[str]
    size: Size
    view: View
    moments: Moments
    repeat: int
    gpu: bool

    @property
    def opens_pages(self) -> bool:
        """Whether anything asked for needs the browser."""
        return bool(self.only & {"bytes", "frame", "fps", "heap"})


@dataclass(slots=True)
class Run:
    """One run's surroundings. address is "" and browser None where only Python is measured."""

    settings: Settings
    folder: Path
    say: Callable[[str], None]
    browser: Browser | None = None
    address: str = ""
    notes: list[str] = field(default_factory=list)
    _player_height: int | None = None
    _bare_script: Path | None = None

    def figures(self) -> Iterator[Figure]:
        """Size by size, the smallest first."""
        for legs in self.settings.sizes:
            self.say(f"{legs:,} legs: CSV to wire")
            made = make(legs, self.folder, self.settings.moments, self.settings.repeat)
            if "python" in self.settings.only:
                yield from python_figures(made)
            if self.browser is not None:
                yield from self._page_figures(self.browser, made)
            for each in self.folder.glob(f"{legs}.*"):
                each.unlink()

    def _page_figures(self, browser: Browser, made: Made) -> Iterator[Figure]:
        only = self.settings.only
        ours, chart = self._ours(browser, made), self._chart(browser, made)
        if "bytes" in only:
            yield from byte_figures(made, ours, chart)
        if "frame" in only:
            beside = chart.first_frame_s if chart else None
            name = CHART if chart else ""
            yield Figure(
                made.legs, "navigation to first frame", "s", ours.first_frame_s, beside, name,
                targets.first_frame(made.legs),
            )  # fmt: skip
        if "fps" in only:
            yield from self._fps_figures(made, ours, self._bare(browser, made))
        if "heap" in only:
            yield from heap_figures(made, ours, chart)

    def _ours(self, browser: Browser, made: Made) -> Visit:
        settings = self.settings
        if self._player_height is None:
            self._player_height = visits.player_height(browser, self.address, made.legs, settings.size, settings.view)
        self.say(f"{made.legs:,} legs: the player")
        return visits.player(
            browser,
            self.address,
            made.legs,
            Size(settings.size.width, self._player_height),
            settings.view,
            settings.repeat,
            play="fps" in settings.only,
            weigh="heap" in settings.only,
        )

    def _chart(self, browser: Browser, made: Made) -> Visit | None:
        settings = self.settings
        if made.legs > CHART_AT_MOST or not settings.only & {"bytes", "frame", "heap"}:
            return None
        self.say(f"{made.legs:,} legs: {CHART}")
        weigh = "heap" in settings.only
        place = (settings.size, settings.view, settings.repeat)
        return visits.chart(browser, self.address, made.legs, *place, weigh=weigh)

    def _bare(self, browser: Browser, made: Made) -> float | None:
        try:
            self._bare_script = self._bare_script or bare.bundle(self.folder)
        except bare.NotBuilt as reason:
            if not any(str(reason) in note for note in self.notes):
                self.notes.append(f"The bare page {reason}.")
            return None
        self.say(f"{made.legs:,} legs: the bare page")
        rates = [
            bare.frames_a_second(
                browser,
                self._bare_script,
                corridor_arcs(made.scene),
                self.settings.size,
                self.settings.view,
                BARE_SECONDS,
            )
            for _ in range(self.settings.repeat)
        ]
        return sorted(rates)[len(rates) // 2]

    def _fps_figures(self, made: Made, ours: Visit, beside: float | None) -> Iterable[Figure]:
        legs, gpu = made.legs, self.settings.gpu
        count = f"{made.scene.corridors.id.size:,} corridors"
        peer_name = "bare deck.gl" if beside is not None else ""
        yield Figure(legs, "frames while playing a pass", "frames/s", ours.fps, target=targets.frames(legs, gpu=gpu))
        yield Figure(
            legs, "the same, beside a bare page", "frames/s", ours.fps, beside, peer_name,
            targets.beside_bare(legs, gpu=gpu), count,
        )  # fmt: skip
        yield Figure(
            legs, "in its last quarter (full widths)", "frames/s", ours.last_fps, beside, peer_name,
            targets.beside_bare(legs, gpu=gpu),
        )  # fmt: skip


def python_figures(made: Made) -> Iterable[Figure]:
    """Seconds in Python, without a browser."""
    yield Figure(made.legs, "CSV to legs", "s", made.read_s, made.duckdb_s, "DuckDB read_csv to Arrow")
    yield Figure(made.legs, "legs to wire (build_scene, to_wire)", "s", made.wire_s)
    yield Figure(made.legs, "of it, legs to knots", "s", made.knots_s, note=f"{made.knots:,} knots")


def byte_figures(made: Made, ours: Visit, chart: Visit | None) -> Iterable[Figure]:
    """Bytes as the page received them; the leg tables as they were sent."""
    legs = made.legs
    if chart is not None:
        beside, name = float(chart.message_bytes), CHART
    else:
        beside, name = (
            float(peer.message_bytes(made.scene)),
            f"{CHART}, computed: above its limit, {peer.limit_mb():g} MB",
        )
        if beside <= peer.limit_mb() * 2**20:
            name = f"{CHART}, computed"
    yield Figure(
        legs, "a leg, in the tables with a row a leg", "B", made.leg_bytes / legs,
        target=targets.bytes_a_leg(legs, whole=False),
    )  # fmt: skip
    yield Figure(
        legs, "a leg, of the whole message", "B", ours.message_bytes / legs, beside / legs, name,
        targets.bytes_a_leg(legs, whole=True),
    )  # fmt: skip
    yield Figure(legs, "message", "MB", ours.message_bytes / 1e6, beside / 1e6, name, targets.message(legs))


def heap_figures(made: Made, ours: Visit, chart: Visit | None) -> Iterable[Figure]:
    """What a page holds after its garbage is collected."""
    for name, part in (("JS heap", "objects"), ("array buffers", "buffers")):
        own = getattr(ours.heap, part) if ours.heap else None
        beside = getattr(chart.heap, part) if chart and chart.heap else None
        yield Figure(made.legs, name, "MB", own, beside, CHART if chart else "")
