"""The picture drawn once, and what a careful reader would ask before it leaves the house. Nothing here forbids."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from geo.brief import wording
from geo.brief.brief_outputs import carry_of
from geo.brief.figure import Drawn, compose
from geo.brief.fonts import STAND_IN
from geo.brief.lines import tame
from geo.brief.plate import Plate
from geo.brief.saving import encode
from geo.scene.moment import at
from geo.web.briefing.making import Made

_UNFINISHED = re.compile(r"\b(draft|todo|tbc|tbd|fixme|xxx+|lorem ipsum)\b|\?\?\?", re.IGNORECASE)
WORDS = ("title", "subtitle", "handling", "note")
_CUT = "…"


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """png: the very file that PNG gives. reports: ids of those behind the picture; unlinked: how many have no link."""

    png: bytes
    title: str
    description: str
    reports: tuple[str, ...]
    unlinked: int
    told: tuple[str, ...]


def preview(made: Made) -> Preview:
    """The picture, drawn where it was not drawn before. Raises BriefError."""
    return _drawn(made.key, made)


@st.cache_resource(show_spinner=False, max_entries=24)
def _drawn(key: str, _made: Made) -> Preview:
    del key
    plate = _made.shown.plate
    drawn = compose(plate)
    rows = _behind(plate)
    reports = plate.scene.reports
    return Preview(
        encode(drawn, plate, "png", _carried(_made)),
        drawn.title,
        drawn.description,
        tuple(str(reports.id[row]) for row in rows),
        sum(not str(reports.url[row]).strip() for row in rows),
        tuple(_of_picture(plate, drawn, len(rows))),
    )


def _carried(made: Made) -> dict[str, str]:
    if made.base.why:
        return {}
    return carry_of(made.shown.brief, (made.shown,), "png")


def _behind(plate: Plate) -> list[int]:
    held = (at(plate.scene, t, plate.window) for t in plate.moments)
    return sorted({row for each in held for row in wording.behind(plate.scene, each)})


def _of_picture(plate: Plate, drawn: Drawn, reports: int) -> list[str]:
    scene = plate.scene
    held = [at(scene, t, plate.window) for t in plate.moments]
    told = []
    if any(each.contested.any() for each in held) and "contested" not in drawn.title.casefold():
        told.append("A flow in it is contested, and the title does not say so.")
    if not reports:
        told.append("No report stands behind it: it shows nothing at its moment.")
    words = plate.words
    unfinished = {name: _UNFINISHED.search(tame(getattr(words, name))) for name in WORDS}
    told += [f"The {name} says “{found[0]}”." for name, found in unfinished.items() if found]
    boxes = drawn.text_boxes()
    if cut := [box.text for box in boxes if box.text.endswith(_CUT)]:
        told.append(
            f"A text was too long for its place and is shortened: “{cut[0][:80]}”. Shorten it, or widen the frame."
        )
    if drawn.sources[1]:
        left = wording.several(drawn.sources[1], "source")
        told.append(f"{left} have no room in the list and are only counted. A larger frame lists more.")
    if any(STAND_IN in box.text for box in boxes):
        told.append(f"A sign that no font here has is shown as {STAND_IN}.")
    return told


def warnings(found: Preview, graded: Collection[str]) -> list[str]:
    """Sentences about the picture. graded: ids of the reports with a grade."""
    told = list(found.told)
    count = len(found.reports)
    if count and found.unlinked:
        told.append(f"{found.unlinked} of {wording.several(count, 'report')} behind it have no link to their source.")
    if bare := sum(each not in graded for each in found.reports):
        told.append(
            f"{bare} of {wording.several(count, 'report')} behind it are not graded yet: see the Evidence page."
        )
    return told
