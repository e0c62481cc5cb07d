"""Texts of a slide: native, editable boxes that stand where the plate has its lines.

Set in Calibri, which comes with PowerPoint and is as wide as the plate's own Source Sans 3, to a hundredth; a machine
without it shows Carlito, which has its widths.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from geo.brief.formats.slides_shapes import Pen, Shape, solid
from geo.brief.plate.labels import Box
from geo.scene.style import Colour

FONT = "Calibri"
ASCENT, HEIGHT = 0.952, 1.221
"""Of the font, in sizes of its text: from the top of a line to its baseline, and to the line's foot."""
_GLOW = 1.6
_SLACK = 1.03
"""By which a wrapped box is wider than its lines: another font may set them a little wider."""
_TEXT_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr xmlns:ahyp='
    '"http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
"""A link in the colour of its text and not of the theme: [MS-ODRAWXML] 2.28."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plate, layout px. x, y: where it is anchored, at its baseline; colour in 0-1."""

    text: str
    box: Box
    x: float
    y: float
    size: float
    colour: tuple[float, float, float]
    bold: bool
    align: str
    url: str
    italic: bool = False

    def goes_on(self, after: Line) -> bool:
        """Whether `after` is the next line of the same text."""
        alike = (self.x, self.size, self.colour, self.bold, self.align, self.url) == (
            after.x, after.size, after.colour, after.bold, after.align, after.url,
        )  # fmt: skip
        return alike and 1.2 * self.size < after.y - self.y < 1.45 * self.size


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that are one text, together."""
    found: list[list[Line]] = []
    for line in lines:
        if found and found[-1][-1].goes_on(line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


class Writer:
    """Writes texts within a slide. link: a web address -> the id of its relationship."""

    def __init__(self, pen: Pen, slide: Box, margin: float, link: Callable[[str], str]) -> None:
        self.pen, self.slide, self.margin, self.link = pen, slide, margin, link
        self._titled = False

    def write(self, group: str, lines: Sequence[Line], glow: Colour | None = None) -> Shape:
        """One text box; the first text of the group "title" is the slide's title."""
        first = lines[0]
        titled = group == "title" and not self._titled
        self._titled |= titled
        wraps = group in ("title", "note", "small-type") or len(lines) > 1
        where, edges = self.pen.placed(self._box(group, lines, wraps))
        kind, place = '<p:cNvSpPr txBox="1"/>', "<p:nvPr/>"
        if titled:
            kind, place = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>', '<p:nvPr><p:ph type="title"/></p:nvPr>'
        name = "title" if titled else _name(group, first.text)
        frame = (
            f'<a:bodyPr wrap="{"square" if wraps else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">'
            f"{'<a:normAutofit/>' if titled else '<a:noAutofit/>'}</a:bodyPr><a:lstStyle/>"
        )
        xml = (
            f"<p:sp><p:nvSpPr>{self.pen.head(name)}{kind}{place}</p:nvSpPr><p:spPr>{where}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f"<p:txBody>{frame}{self._paragraph(lines, glow)}</p:txBody></p:sp>"
        )
        return Shape(xml, edges)

    def _box(self, group: str, lines: Sequence[Line], wraps: bool) -> Box:
        first, last = lines[0], lines[-1]
        left, right = min(line.box.left for line in lines), max(line.box.right for line in lines)
        top, bottom = first.y - ASCENT * first.size, last.y + (HEIGHT - ASCENT) * last.size
        if len(lines) > 1:
            # Some programs space the first line as the others.
            bottom += max(lines[1].y - first.y - HEIGHT * first.size, 0.0)
        if group in ("title", "note", "small-type"):
            right = self.slide.right - self.margin / 2
        elif wraps:
            right = left + (right - left) * _SLACK + 2
        if first.align == "left":
            left = min(left, first.x)
        return Box(max(left, 0.0), max(top, 0.0), min(right, self.slide.right), min(bottom, self.slide.bottom))

    def _paragraph(self, lines: Sequence[Line], glow: Colour | None) -> str:
        first = lines[0]
        align = {"left": "l", "right": "r", "center": "ctr"}[first.align]
        spacing = ""
        if len(lines) > 1:
            leading = (lines[1].y - first.y) / first.size / HEIGHT
            spacing = f'<a:lnSpc><a:spcPct val="{round(leading * 100_000)}"/></a:lnSpc>'
        ends = '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft><a:buNone/>'
        attributes, elements = self._properties(first, glow)
        runs = ""
        for part, linked in _runs(lines):
            to = self._leads(first.url) if linked else ""
            runs += (
                f"<a:br><a:rPr {attributes}/></a:br>"
                if part is None
                else f"<a:r><a:rPr {attributes}>{elements}{to}</a:rPr><a:t>{escape(part)}</a:t></a:r>"
            )
        return f'<a:p><a:pPr marL="0" indent="0" algn="{align}">{spacing}{ends}</a:pPr>{runs}</a:p>'

    def _leads(self, url: str) -> str:
        """A link, its host shown to whoever points at it."""
        host = quoteattr(urlsplit(url).netloc)
        return f'<a:hlinkClick r:id="{self.link(url)}" tooltip={host}>{_TEXT_COLOUR}</a:hlinkClick>'

    def _properties(self, line: Line, glow: Colour | None) -> tuple[str, str]:
        """Attributes and elements of a run."""
        points = round(line.size * self.pen.emu / 12_700 * 100)
        attributes = (
            f'lang="en-GB" sz="{max(points, 100)}" b="{int(line.bold)}" i="{int(line.italic)}" noProof="1" dirty="0"'
        )
        shine = ""
        if glow is not None:
            tint = "{:02X}{:02X}{:02X}".format(*glow)
            reach = self.pen.measure(_GLOW)
            shine = f'<a:effectLst><a:glow rad="{reach}"><a:srgbClr val="{tint}"/></a:glow></a:effectLst>'
        face = f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
        return attributes, f"{solid((*line.colour, 1.0))}{shine}{face}"


def _runs(lines: Sequence[Line]) -> list[tuple[str | None, bool]]:
    """The text in parts (None is a break), and whether each is the link: the first line, as far as who says it.

    LibreOffice breaks a link anywhere, within words too, so none is longer than a line.
    """
    first, *rest = joined([line.text for line in lines])
    parts: list[tuple[str | None, bool]] = [(part, False) for part in rest]
    if not (lines[0].url and first):
        return [(first, False), *parts]
    head = lines[0].text.partition(": ")[0]
    after = [(first[len(head) :], False)] if first[len(head) :] else []
    return [(head, True), *after, *parts]


def joined(lines: Sequence[str]) -> list[str | None]:
    """The lines as running text; None for a break, after a line that may have been broken within a word."""
    parts: list[str | None] = [lines[0]]
    for before, line in pairwise(lines):
        if " " in before and isinstance(parts[-1], str):
            parts[-1] = f"{parts[-1]} {line}"
        else:
            parts += [None, line]
    return parts


def _name(group: str, text: str) -> str:
    return f"{group.replace('-', ' ')}: {text[:40]}"
