"""Speaker notes: the reports behind a slide in full, and what sets its ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from geo.brief import wording
from geo.brief.figure import Drawn
from geo.brief.lines import tame
from geo.brief.plate import Plate
from geo.links import web_link
from geo.scene import words
from geo.scene.moment import Moment, at
from geo.scene.scene import Bounds, Scene

MOST_WORDS = 2_000
"""Letters of a quotation."""
MOST_CORRIDORS = 100
"""Whose ranges are explained; the busiest first."""

Parts = list[tuple[str, str]]
"""Texts of one paragraph, each with its web address or ""."""


def notes(plate: Plate, drawn: Drawn) -> list[Parts]:
    """Paragraphs: title, moments, what sets each range, every report, and what the slide was made from."""
    scene = plate.scene
    held = [(t, at(scene, t, plate.window)) for t in plate.moments]
    rows = sorted({row for _, each in held for row in wording.behind(scene, each)})
    found: list[Parts] = [[(drawn.title, "")]]
    for t, moment in held:
        when = wording.stretch_words(scene, t, plate.window)
        found.append([(f"{when[:1].upper()}{when[1:]} (UTC): {wording.figures(scene, moment)}", "")])
        found.extend([(text, "")] for text in _ranges(scene, t, plate.window, moment))
    found.append([(f"Reports: {words.number(len(rows))}", "")])
    found.extend(_report(scene, row) for row in rows)
    made = f"Waybill {tame(plate.version, 80)}".strip()
    found.append([(f"Made with {made}; data {tame(plate.data_hash, 160) or 'without a hash'}", "")])
    return found


def _ranges(scene: Scene, t: float, window: float | None, moment: Moment) -> Iterator[str]:
    """What each corridor carried, and which reports say that it is no less and no more."""
    bounds = {each.corridor: each for each in scene.bounds}
    shown = np.flatnonzero((moment.best > 0) | (moment.high > 0))
    shown = shown[np.argsort(-moment.best[shown], kind="stable")]
    for corridor in (int(each) for each in shown[:MOST_CORRIDORS]):
        mode = wording.MODE_WORDS.get(int(scene.corridors.mode[corridor]), wording.MODE_WORDS[0])
        name = f"{wording.corridor_name(scene, corridor)}, {mode}"
        told = f"{name}: {moment.amount(corridor).said(tame(scene.unit, 40))}"
        yield f"{told}. {_set_by(scene, corridor, bounds.get(corridor), t, window)}"
    if shown.size > MOST_CORRIDORS:
        yield f"And {wording.several(shown.size - MOST_CORRIDORS, 'more corridor')}, explained on the page."


def _set_by(scene: Scene, corridor: int, bound: Bounds | None, t: float, window: float | None) -> str:
    if bound is None:
        reports = scene.reports
        behind = [row for row, of in enumerate(reports.corridors_of) if reports.drawn[row] and corridor in of]
        return f"Added up from {_numbers(np.array(behind, np.int64)) or 'no report'}."
    place = int(np.searchsorted(bound.time, t, side="right")) - 1
    if place < 0:
        return "Nothing sets it yet."
    low = f"set by {named}" if (named := _numbers(bound.low_by[place])) else "set by no report"
    high = f"set by {named}" if (named := _numbers(bound.high_by[place])) else "no figure was given"
    since = "Up to this moment, lower" if window is not None else "Lower"
    said = f"{since} bound: {low}; upper bound: {high}."
    if scene.corridors.contested[corridor] <= t and bound.conflicts:
        sets = "; ".join(_numbers(each) for each in bound.conflicts[:20])
        said += f" Contested: these cannot all be right: {sets}."
    return said


def _numbers(rows: NDArray[np.integer]) -> str:
    return ", ".join(f"[{int(row) + 1}]" for row in rows)


def _report(scene: Scene, row: int) -> Parts:
    """ "[1] Claimant, outlet, said on 4 Oct 2023. Summary. “Words” https://…"."""
    reports = scene.reports
    claimant, outlet, said_on, summary = (
        tame(str(column[row])) for column in (reports.claimant, reports.outlet, reports.said_on, reports.summary)
    )
    quoted = tame(str(reports.words[row]), MOST_WORDS)
    who = ", ".join(
        filter(
            None, (claimant or wording.NOBODY, outlet if outlet != claimant else "", said_on and f"said on {said_on}")
        )
    )
    quote = f"“{quoted}”" if quoted else ""
    said = " ".join(filter(None, (f"[{row + 1}] {who}.", f"{summary}." if summary else "", quote)))
    given = str(reports.url[row]).strip()
    if not given:
        return [(said, "")]
    link = web_link(given)
    return [(said, ""), (" ", ""), (link.address, link.address) if link else (tame(given), "")]


def paragraphs(found: list[Parts], link: Callable[[str], str]) -> str:
    """The notes as DrawingML. link: a web address -> the id of its relationship."""
    return "".join(f"<a:p>{''.join(_run(text, url, link) for text, url in parts)}</a:p>" for parts in found)


def _run(text: str, url: str, link: Callable[[str], str]) -> str:
    to = f'<a:hlinkClick r:id="{link(url)}"/>' if url else ""
    return f'<a:r><a:rPr lang="en-GB" dirty="0">{to}</a:rPr><a:t>{escape(text)}</a:t></a:r>'
