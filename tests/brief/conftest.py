"""The founding article as a scene, and the same with other names and more sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from geo import data_folder
from geo.brief.pictures import prepared
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.plate import Plate
from geo.brief.spec.brief import Brief, DataRef
from geo.gazetteer.places import Places
from geo.reconcile.reconcile import reconcile
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.tables.read import read

NAMES = {
    "latin": ("Rason", "Vladivostok"),
    "cyrillic": ("Расон", "Владивосток"),
    "hangul": ("라선", "블라디보스토크"),
    "chinese": ("罗先", "海参崴"),
}


def _scene(folder: str) -> Scene:
    places = Places.load()
    tables = {
        kind: read(data_folder.path(f"{folder}{kind}.csv"), kind, places=places).table for kind in ("totals", "events")
    }
    legs = read(data_folder.path("legs.csv"), "legs", places=places).table
    totals, events = tables["totals"], tables["events"]
    return build_scene(legs, totals, events, places.frame, volumes=reconcile(totals, legs, places))


@pytest.fixture(scope="session")
def article() -> Scene:
    """The founding article."""
    return _scene("")


@pytest.fixture(scope="session")
def wider() -> Scene:
    """The wider set: contested, open and vague flows to areas."""
    return _scene("wider/")


class Composed:
    """Plates that were composed, for tests that only look: of equal plates one. At most `MOST`, the last that came."""

    MOST = 24

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, str], tuple[Plate, Drawn]] = {}

    def __call__(self, plate: Plate) -> Drawn:
        """The plate, drawn now or before."""
        key = (id(plate.scene), plate.describe())
        self._drawn[key] = found = self._drawn.pop(key, None) or (plate, compose(plate))
        if len(self._drawn) > self.MOST:
            del self._drawn[next(iter(self._drawn))]
        return found[1]


@pytest.fixture(scope="session")
def composed() -> Composed:
    """A function: plate -> what is drawn of it, to be looked at and left as it is."""
    return Composed()


LEGS = (
    "origin,destination,depart,arrive,containers,mode,claimant,said_on,"
    "origin_lat,origin_lon,destination_lat,destination_lon"
)
Leg = tuple[str, str, int, str, str, tuple[float, float], tuple[float, float]]
"""Origin, destination, containers, mode, claimant; (latitude, longitude) of both."""


@pytest.fixture(scope="session")
def of_legs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Leg]], Scene]:
    """A function: legs of April 2024 -> their scene."""

    def make(legs: list[Leg]) -> Scene:
        rows = [
            f"{a},{b},2024-04-03,2024-04-14,{count},{mode},{who},2024-05-01,{p[0]},{p[1]},{q[0]},{q[1]}"
            for a, b, count, mode, who, p, q in legs
        ]
        path = tmp_path_factory.mktemp("legs") / "legs.csv"
        path.write_text("\n".join([LEGS, *rows]), "utf-8")
        made = prepared(replace(Brief(), data=(DataRef("file", path.name),), folder=path.parent))
        return made.pictures[-1].plate.scene

    return make


def _texts(values: list[str]) -> np.ndarray:
    column = np.empty(len(values), object)
    column[:] = values
    return column


@pytest.fixture(scope="session")
def renamed(article: Scene) -> Callable[..., Scene]:
    """A function: (names of the two places, sources, what each claims) -> the article's scene with these."""

    def make(names: tuple[str, str], sources: int, summary: str | None = None, url: str | None = None) -> Scene:
        reports = article.reports
        rows = [row % 2 for row in range(sources)]
        made = replace(
            reports,
            **{
                field: _texts([str(getattr(reports, field)[row]) for row in rows])
                for field in ("id", "kind", "outlet", "said_on", "words")
            },
            claimant=_texts([f"{names[row]} {number}" for number, row in enumerate(rows)]),
            summary=_texts([summary if summary is not None else str(reports.summary[row]) for row in rows]),
            url=_texts([url if url is not None else f"https://example.org/{number}" for number in range(sources)]),
            drawn=np.ones(sources, bool),
            corridors_of=tuple(np.zeros(1, np.uint32) for _ in rows),
            shares_of=tuple({} for _ in rows),
        )
        return replace(article, places=replace(article.places, name=_texts(list(names))), reports=made)

    return make


@pytest.fixture(scope="session")
def square_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a font that draws a full square for each Hangul and Chinese letter of these tests."""
    letters = sorted({ord(letter) for key in ("hangul", "chinese") for name in NAMES[key] for letter in name})
    names = [".notdef", *(f"uni{letter:04X}" for letter in letters)]
    pen = TTGlyphPen(None)
    for point in ((40, -120), (40, 840), (960, 840), (960, -120)):
        pen.lineTo(point) if point != (40, -120) else pen.moveTo(point)
    pen.closePath()
    glyph = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(letters, names[1:], strict=True)))
    builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 40)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Waybill Test Squares", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    folder = tmp_path_factory.mktemp("fonts")
    builder.save(folder / "squares.ttf")
    return folder
