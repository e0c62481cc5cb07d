"""What a careful reader would ask of a picture before it leaves the house. Nothing here forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from geo.brief.outputs import Output
from geo.brief.plate import captions
from geo.brief.plate.arcs import pieces
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.fonts import STAND_IN, tame
from geo.brief.plate.panel import Panel
from geo.brief.plate.plate import Plate
from geo.scene.moment import Moment, at
from geo.scene.scene import Scene

_UNFINISHED = re.compile(r"\b(draft|todo|tbc|tbd|fixme|xxx+|lorem ipsum)\b|\?\?\?", re.IGNORECASE)
WORDS = ("title", "subtitle", "handling", "note")
_CUT = "…"
_CROWDED = 0.25
"""Share of a map that arcs cover, from which a reader sees a slab and no arcs."""
_CELLS = 80
_LONGEST = 80
"""Characters of a text that is told."""


def behind(plate: Plate) -> list[int]:
    """Rows of the reports behind what its maps show."""
    return _behind(plate.scene, _held(plate))


def told(plate: Plate, drawn: Drawn) -> list[str]:
    """Sentences about a picture; what would be missed most comes first."""
    scene = plate.scene
    held = _held(plate)
    found = _cut(plate, drawn)
    if any(each.contested.any() for each in held) and "contested" not in drawn.title.casefold():
        found.append("Sources disagree about a route in it, and the title does not say “contested”.")
    covered = _covered(drawn)
    if covered >= _CROWDED:
        found.append(f"Arcs cover {covered:.0%} of the map: show fewer of them, or make them narrower.")
    if not _behind(scene, held):
        found.append("It shows nothing: no report covers its moment.")
    unfinished = {name: _UNFINISHED.search(tame(getattr(plate.words, name))) for name in WORDS}
    found += [f"The {name} says “{hit[0]}”." for name, hit in unfinished.items() if hit]
    there = {each.callout for panel in drawn.panels for each in panel.callouts}
    found += [
        f"The callout “{tame(each.text)[:_LONGEST]}” lies outside the map and is not drawn."
        for each in plate.callouts
        if each not in there
    ]
    if drawn.sources[1]:
        left, have = captions.several(drawn.sources[1], "source"), "has" if drawn.sources[1] == 1 else "have"
        is_ = "is" if drawn.sources[1] == 1 else "are"
        found.append(f"{left} {have} no room in the list and {is_} only counted there. A larger frame lists more.")
    if any(STAND_IN in box.text for box in drawn.text_boxes()):
        found.append(f"A character that no installed font has is shown as {STAND_IN}.")
    return found


def of_outputs(outputs: Sequence[Output]) -> Iterator[tuple[str, str]]:
    """Name of a file, sentence about a picture in it. A picture that is in several files is looked at once.

    Not of a page of HTML: its texts wrap, and its list has room for all.
    """
    seen: set[int] = set()
    for output in outputs:
        for picture in output.pictures if output.format.name != "html" else ():
            if id(picture) not in seen:
                seen.add(id(picture))
                yield from ((output.path.name, sentence) for sentence in told(picture.plate, compose(picture.plate)))


def _covered(drawn: Drawn) -> float:
    """Share of the fullest map that its arcs cover, 0-1; what lies on other arcs counts once."""
    return max((_share(panel) for panel in drawn.panels), default=0.0)


def _share(panel: Panel) -> float:
    found, view = panel.arcs, panel.view
    if not found.corridor.size:
        return 0.0
    # Cells instead of a union of polygons: ten thousand arcs take no longer than one.
    quads = pieces(found, np.maximum(found.body, np.where(found.open, 0.0, found.high))).reshape(-1, 4, 2)
    shapes = shapely.polygons(quads[np.isfinite(quads).all(axis=(1, 2))])
    xs = np.linspace(view.left, view.right, _CELLS + 1)[:-1] + (view.right - view.left) / _CELLS / 2
    ys = np.linspace(view.top, view.bottom, _CELLS + 1)[:-1] + (view.bottom - view.top) / _CELLS / 2
    points = shapely.points(np.column_stack([each.ravel() for each in np.meshgrid(xs, ys)]))
    hit = shapely.STRtree(points).query(shapes, predicate="intersects")[1]
    return float(np.unique(hit).size / points.size)


def _held(plate: Plate) -> list[Moment]:
    return [at(plate.scene, t, plate.window) for t in plate.moments]


def _behind(scene: Scene, held: Sequence[Moment]) -> list[int]:
    return sorted({row for each in held for row in captions.behind(scene, each)})


def _cut(plate: Plate, drawn: Drawn) -> list[str]:
    """The handling line first and by its name: what is cut from it may be what forbids."""
    short = [box for box in drawn.text_boxes() if box.text.endswith(_CUT)]
    found = []
    handling = [box.text for box in short if box.group == "handling"]
    if handling:
        end = tame(plate.words.handling)[-_LONGEST // 2 :]
        found.append(
            f"The handling line is too long: its end, “{end}”, is not on the picture. Shorten it, or widen the frame."
        )
    if others := [box.text for box in short if box.group != "handling"]:
        found.append(f"A text was too long and is shortened: “{others[0][:_LONGEST]}”. Shorten it, or widen the frame.")
    return found
