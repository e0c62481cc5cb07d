"""Plates, films, slides and pages, beside bare matplotlib: in this process, and the picture in a fresh one as well."""

from __future__ import annotations

import io
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import bare_plate, plates, targets
from benchmarks.clock import timed
from benchmarks.figures import Figure, Target
from geo.brief.formats.film import HOLD, save_film
from geo.brief.formats.images import save_plate
from geo.brief.formats.page import save_page
from geo.brief.formats.slides import save_slides
from geo.brief.plate.plate import Plate
from geo.brief.plate.projection import extent

BARE = "matplotlib and geopandas: land, 200 arcs"
MANY = 10_000
SECONDS, FPS = 4.0, 30


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where its files go, and how often a median is of."""

    folder: Path
    repeat: int
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Filmed:
    """Seconds from the call to the file, and processor seconds."""

    seconds: float
    busy_s: float


def briefing_figures(folder: Path, repeat: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """The article in every kind of file, then plates of ever more corridors."""
    bench = _Bench(folder, repeat, say)
    article = plates.article()
    yield from _article(bench, article)
    yield from _films(bench, article)
    for corridors in (bare_plate.ARCS, MANY):
        say(f"brief: {corridors:,} corridors")
        plate = plates.made(corridors, folder)
        bare = _bare(bench, plate) if corridors == bare_plate.ARCS else None
        target = targets.crowded_plate() if corridors == MANY else None
        yield _figure(plate, "PNG, warm", _png(bench, plate), bare, target)
        if corridors == bare_plate.ARCS:
            yield from _films(bench, plate)


def _figure(
    plate: Plate, name: str, ours_s: float, bare_s: float | None = None, target: Target | None = None
) -> Figure:
    count = int(plate.scene.corridors.id.size)
    return Figure(count, name, "s", ours_s, bare_s, BARE if bare_s else "", target, of=_of(count))


def _of(count: int) -> str:
    return "corridor, the article's" if count == 1 else "corridors"


def _article(bench: _Bench, plate: Plate) -> Iterator[Figure]:
    bench.say("brief: the article")
    yield _figure(plate, "PNG, warm", _png(bench, plate), _bare(bench, plate), targets.plate())
    view = [f"{side:g}" for side in _view(plate)]
    ours = _fresh(bench, "benchmarks.plates", [])
    yield _figure(plate, "PNG, fresh process", ours, _fresh(bench, "benchmarks.bare_plate", view))
    path = bench.folder / "article.html"
    for kind in ("svg", "pdf"):
        seconds, _ = timed(partial(save_plate, plate, path.with_suffix(f".{kind}"), kind), bench.repeat)
        yield _figure(plate, f"{kind.upper()}, warm", seconds)
    slides_s, _ = timed(lambda: save_slides([plate], io.BytesIO()), bench.repeat)
    yield _figure(plate, "PPTX, warm", slides_s, target=targets.slides())
    page_s, _ = timed(lambda: save_page(plate.scene, path), bench.repeat)
    yield _figure(plate, "HTML, warm", page_s)
    size = path.stat().st_size / 1e6
    yield Figure(1, "HTML, its size", "MB", size, note="player, land and data", of=_of(1))


def _films(bench: _Bench, plate: Plate) -> Iterator[Figure]:
    """Frames a second of 1920 x 1080, from the call to the finished file; every one of them counts, held or not."""
    frames = round(SECONDS * FPS)
    running = frames - round(min(HOLD, SECONDS / 4) * FPS)
    path, view, count = bench.folder / "film.mp4", _view(plate), int(plate.scene.corridors.id.size)
    bench.say(f"brief: films of {frames} frames")
    own = _filmed(lambda: save_film(plate, path, seconds=SECONDS, fps=FPS), bench.repeat)
    for how in bare_plate.FILMS:
        bare = _filmed(partial(bare_plate.film, view, path, frames, running, FPS, how), bench.repeat)
        peer, first = f"{BARE}, {how}", how == bare_plate.FILMS[0]
        target = targets.film() if first else targets.film_beside()
        yield Figure(count, "MP4", "frames/s", frames / own.seconds, frames / bare.seconds, peer, target, of=_of(count))
        busy = (own.busy_s / frames * 1000, bare.busy_s / frames * 1000)
        yield Figure(count, "MP4, processor time of a frame", "ms", *busy, peer, of=_of(count))
    path.unlink()


def _filmed(work: Callable[[], None], repeat: int) -> _Filmed:
    """Medians. Processor time tells more than frames a second where other programs are at work."""
    busy: list[float] = []

    def once() -> None:
        before = _busy()
        work()
        busy.append(_busy() - before)

    return _Filmed(timed(once, repeat)[0], statistics.median(busy))


def _busy() -> float:
    """Processor seconds of this process and of those that it has waited for: ffmpeg is one."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _png(bench: _Bench, plate: Plate) -> float:
    save_plate(plate, io.BytesIO(), "png")
    return timed(lambda: save_plate(plate, io.BytesIO(), "png"), bench.repeat)[0]


def _bare(bench: _Bench, plate: Plate) -> float:
    view = _view(plate)
    bare_plate.picture(view)
    return timed(lambda: bare_plate.picture(view), bench.repeat)[0]


def _fresh(bench: _Bench, module: str, more: list[str]) -> float:
    path = bench.folder / "fresh.png"
    command = [sys.executable, "-m", module, str(path), *more]
    return timed(lambda: subprocess.run(command, check=True, cwd=Path(__file__).parents[1]), bench.repeat)[0]


def _view(plate: Plate) -> bare_plate.View:
    """What the plate's scene spans, with as much again on each side: about what the plate shows."""
    found = extent(plate.scene)
    wide, tall = found.east - found.west, found.north - found.south
    west, east = max(found.west - wide, -180.0), min(found.east + wide, 180.0)
    return west, max(found.south - tall, -85.0), east, min(found.north + tall, 85.0)
