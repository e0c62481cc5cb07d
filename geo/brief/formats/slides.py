"""Plates as native slides: every text a text box, every arc, port and coast a shape, the reports in the notes.

Positions and widths are those of the plate: `geo.brief.formats.slides_sheet` reads them off the drawn sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu

from geo import formatting
from geo.brief.formats.files import check_carried, put
from geo.brief.formats.slides_package import carried, describe, packed, plain
from geo.brief.formats.slides_sheet import SheetReader
from geo.brief.plate import captions, cited, difference, headline
from geo.brief.plate.callouts import AUTHOR
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.fonts import tame
from geo.brief.plate.palettes import LOOKS, hex_of
from geo.brief.plate.plate import Frame, Plate
from geo.errors import BriefError
from geo.safe_text import web_link
from geo.scene.comparison import Comparison
from geo.scene.moment import Moment, at
from geo.scene.scene import Bounds, Scene

__all__ = ["carried", "emu_per_px", "encode", "save_slides"]
MOST_BYTES, MOST_EACH = 2_000_000, 100_000
"""Of a file, and of each slide where there are many: beyond it coasts become simpler."""
MOST_SLIDES = 200
_INCH = 914_400
_PX = _INCH / 96
"""EMU of a layout pixel where the frame is in pixels: 16:9 is then 13.33 by 7.5 inches, as PowerPoint's own is."""
_WIDEST, _NARROWEST = 56 * _INCH, _INCH
"""Sides that PowerPoint takes."""
_COARSE = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Layout px by which coasts are simplified, one after another until the file is small enough."""
_TITLE_ONLY = 5
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def emu_per_px(frame: Frame) -> float:
    """EMU of a layout pixel on a slide."""
    wanted = _PX if frame.unit == "px" else frame.layout_inch * _INCH
    return min(wanted, _WIDEST / max(frame.layout))


def save_slides(
    plates: Sequence[Plate], out: str | Path | IO[bytes], *, carry: Mapping[str, str] | None = None
) -> list[Drawn]:
    """Writes one slide for each plate, and returns what was drawn.

    The plates share a frame. carry: further texts to travel in the file, as in `save_plate`. Equal plates make
    equal bytes.
    Raises BriefError.
    """
    check(plates, carry or {})
    drawn = [compose(plate) for plate in plates]
    content = encode(plates, drawn, carry or {})
    put(content, out)
    return drawn


def check(plates: Sequence[Plate], carry: Mapping[str, str]) -> None:
    """Whether these can be slides of one file. Raises BriefError."""
    if not 0 < len(plates) <= MOST_SLIDES:
        raise BriefError(f"{len(plates)} slides", f"a file has 1 to {MOST_SLIDES}", "Make several files.")
    if len({plate.frame.layout for plate in plates}) > 1 or len({emu_per_px(plate.frame) for plate in plates}) > 1:
        frames = ", ".join(dict.fromkeys(str(plate.frame) for plate in plates))
        raise BriefError(f"frames {frames}", "all slides of a file have one size", "Make a file for each frame.")
    check_carried(carry)


def encode(plates: Sequence[Plate], drawn: Sequence[Drawn], carry: Mapping[str, str]) -> bytes:
    """The bytes of plates that have been drawn. Coasts become simpler until the file is small enough."""
    content = b""
    for coarse in _COARSE:
        content = _deck(plates, drawn, coarse, carry)
        if len(content) <= max(MOST_BYTES, len(plates) * MOST_EACH):
            break
    return content


def _deck(plates: Sequence[Plate], drawn: Sequence[Drawn], coarse: float, carry: Mapping[str, str]) -> bytes:
    deck = Presentation()
    plain(deck, LOOKS[plates[0].look])
    wide, tall = plates[0].frame.layout
    emu = emu_per_px(plates[0].frame)
    _resize(deck, max(round(wide * emu), _NARROWEST), max(round(tall * emu), _NARROWEST))
    for plate, each in zip(plates, drawn, strict=True):
        _slide(deck, plate, each, emu, coarse)
    describe(deck, facts(plates, drawn, carry))
    return packed(deck)


def facts(plates: Sequence[Plate], drawn: Sequence[Drawn], carry: Mapping[str, str]) -> dict[str, str]:
    """What travels in the file: as in other formats, "plate" for the first slide and "plate-2" and so on for others."""
    found = {
        "title": drawn[0].title,
        "description": drawn[0].description,
        "software": f"Waybill {tame(plates[0].version, 80)}".strip(),
        "plate": plates[0].describe(),
        "data": plates[0].data_hash,
    }
    found.update({f"plate-{number}": plate.describe() for number, plate in enumerate(plates[1:], start=2)})
    return {**found, **carry}


def _resize(deck: Deck, wide: int, tall: int) -> None:
    """The slide's size, and the places of its master and layouts with it, for the slides that a user adds."""
    across, down = wide / int(deck.slide_width or wide), tall / int(deck.slide_height or tall)
    deck.slide_width, deck.slide_height = Emu(wide), Emu(tall)
    master = deck.slide_master
    for holder in (master, *master.slide_layouts):
        for offset in holder.element.iter("{*}off"):
            offset.set("x", str(round(int(offset.get("x")) * across)))
            offset.set("y", str(round(int(offset.get("y")) * down)))
        for extent in holder.element.iter("{*}ext"):
            if extent.get("cx") is not None:
                extent.set("cx", str(round(int(extent.get("cx")) * across)))
                extent.set("cy", str(round(int(extent.get("cy")) * down)))


def _slide(deck: Deck, plate: Plate, drawn: Drawn, emu: float, coarse: float) -> None:
    ink = LOOKS[plate.look]
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    part = slide.part

    def link(url: str) -> str:
        return str(part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    reader = SheetReader(plate, drawn, ink, emu, link, coarse)
    paper = f'<a:solidFill><a:srgbClr val="{hex_of(ink.paper)[1:].upper()}"/></a:solidFill>'
    # Read as a whole: to move a hundred thousand points from one tree into another takes seconds.
    part._element = parse_xml(  # noqa: SLF001
        f"<p:sld {_SPACES}><p:cSld><p:bg><p:bgPr>{paper}<a:effectLst/></p:bgPr></p:bg><p:spTree><p:nvGrpSpPr>"
        f'<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{reader.read()}</p:spTree>'
        "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )
    _annotate(slide, plate, drawn)


def _annotate(slide: Slide, plate: Plate, drawn: Drawn) -> None:
    page = slide.notes_slide
    frame = page.notes_text_frame
    if frame is None:
        return

    def link(url: str) -> str:
        return str(page.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    body = frame._txBody  # noqa: SLF001 -- thousands of reports, and one call for all of them
    for paragraph in list(body.p_lst):
        body.remove(paragraph)
    for paragraph in list(parse_xml(f"<p:txBody {_SPACES}>{paragraphs(notes(plate, drawn), link)}</p:txBody>")):
        body.append(paragraph)


MOST_WORDS = 2_000
"""Letters of a quotation."""
MOST_CORRIDORS = 100
"""Whose ranges are explained; the busiest first."""

Parts = list[tuple[str, str]]
"""Texts of one paragraph, each with its web address or ""."""


def notes(plate: Plate, drawn: Drawn) -> list[Parts]:
    """Paragraphs: title, subtitle, moments, what sets each range, how two moments differ, the author's notes, every
    report, what it was made from."""
    scene = plate.scene
    held = [(t, at(scene, t, plate.window)) for t in plate.moments]
    rows = sorted({row for _, each in held for row in captions.behind(scene, each)})
    found: list[Parts] = [[(drawn.title, "")]]
    if subtitle := tame(plate.words.subtitle):
        found.append([(subtitle, "")])
    for t, moment in held:
        when = captions.stretch_words(scene, t, plate.window)
        found.append([(f"{when[:1].upper()}{when[1:]} (UTC): {captions.figures(scene, moment)}", "")])
        found.extend([(text, "")] for text in _ranges(scene, t, plate.window, moment))
    if (both := headline.compared(plate)) is not None:
        found.extend(_differences(scene, both))
    said = dict.fromkeys(tame(each.callout.text) for panel in drawn.panels for each in panel.callouts)
    found.extend([(f"{AUTHOR}: {text}", "")] for text in said)
    found.append([(f"Reports: {formatting.number(len(rows))}", "")])
    found.extend(_report(scene, row) for row in rows)
    made = f"Waybill {tame(plate.version, 80)}".strip()
    found.append([(f"Made with {made}; data {tame(plate.data_hash, 160) or 'without a hash'}", "")])
    return found


def _differences(scene: Scene, both: Comparison) -> list[Parts]:
    """Of what the words tell, and of each route where there are several."""
    routes = difference.routes(scene, both)
    found = [f"Compared. {difference.sentence(scene, both)}"]
    if len(routes) > 1:
        found += [f"{each.name}, {captions.MODE_WORDS[each.mode]}: {each.sentence}" for each in routes[:MOST_CORRIDORS]]
    return [[(text, "")] for text in found]


def _ranges(scene: Scene, t: float, window: float | None, moment: Moment) -> Iterator[str]:
    """What each corridor carried, and which reports say that it is no less and no more."""
    bounds = {each.corridor: each for each in scene.bounds}
    shown = np.flatnonzero((moment.best > 0) | (moment.high > 0))
    shown = shown[np.argsort(-moment.best[shown], kind="stable")]
    for corridor in (int(each) for each in shown[:MOST_CORRIDORS]):
        mode = captions.MODE_WORDS.get(int(scene.corridors.mode[corridor]), captions.MODE_WORDS[0])
        name = f"{captions.corridor_name(scene, corridor)}, {mode}"
        told = f"{name}: {moment.amount(corridor).said(tame(scene.unit, 40))}"
        yield f"{told}. {_set_by(scene, corridor, bounds.get(corridor), t, window)}"
    if shown.size > MOST_CORRIDORS:
        yield f"And {captions.several(shown.size - MOST_CORRIDORS, 'more route')}, explained on the Evidence page."


def _set_by(scene: Scene, corridor: int, bound: Bounds | None, t: float, window: float | None) -> str:
    if bound is None:
        reports = scene.reports
        behind = [row for row, of in enumerate(reports.corridors_of) if reports.drawn[row] and corridor in of]
        return f"Added up from {_numbers(np.array(behind, np.int64)) or 'no report'}."
    place = int(np.searchsorted(bound.time, t, side="right")) - 1
    if place < 0:
        return "No report sets it yet."
    low = f"set by {named}" if (named := _numbers(bound.low_by[place])) else "no report sets one"
    high = f"set by {named}" if (named := _numbers(bound.high_by[place])) else "no upper limit reported"
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
        filter(None, (claimant or cited.NOBODY, outlet if outlet != claimant else "", said_on and f"said on {said_on}"))
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
