"""Plates as native slides: every text a text box, every arc, port and coast a shape, the reports in the notes.

Positions and widths are those of the plate: `geo.brief.slides_sheet` reads them off the drawn sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu

from geo.brief.figure import Drawn, compose
from geo.brief.files import check_carried, put
from geo.brief.frame import Frame
from geo.brief.lines import tame
from geo.brief.looks import LOOKS, hex_of
from geo.brief.plate import Plate
from geo.brief.slides_notes import notes, paragraphs
from geo.brief.slides_package import carried, describe, packed, plain
from geo.brief.slides_sheet import SheetReader
from geo.errors import BriefError

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

    The plates share a frame. carry: further texts to travel in the file, as in `geo.brief.saving.save`. Equal plates
    are equal bytes. Raises BriefError.
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
