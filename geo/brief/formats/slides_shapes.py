"""Shapes of a slide as DrawingML (ISO/IEC 29500-1, part 20): freeforms, ovals, rectangles and groups, in layout pixels.

Written as text and read once: a map has thousands of points, and a call for each of them would take seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import numpy as np
import shapely

from geo.arrays import Floats, Ints
from geo.brief.plate.labels import Box

NO_FILL = "<a:noFill/>"
NO_LINE = "<a:ln><a:noFill/></a:ln>"
FULL_TURN = 360.0
_ROUND = 0.01
"""Share of a radius by which the points of a circle may miss it."""
_LEAST_CIRCLE = 24
_SAME_SHADE = 0.04
"""Of a channel in 0-1, by which a gradient may miss the plate's."""
_STOPS = 17
"""Even shares at which a gradient is asked for its colours, before those that say nothing are left out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Its XML, and where it stands in EMU: left, top, right, bottom."""

    xml: str
    edges: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Ring:
    """Points (n, 2) in layout px, of a closed shape or of a line. apart: filled by itself, over those before it."""

    points: Floats
    closed: bool = True
    apart: bool = False


def colour(rgba: Sequence[float]) -> str:
    """Red, green, blue, opacity in 0-1."""
    red, green, blue, opacity = (float(each) for each in rgba)
    value = f"{round(red * 255):02X}{round(green * 255):02X}{round(blue * 255):02X}"
    if opacity >= 1:
        return f'<a:srgbClr val="{value}"/>'
    return f'<a:srgbClr val="{value}"><a:alpha val="{round(opacity * 100_000)}"/></a:srgbClr>'


def solid(rgba: Sequence[float]) -> str:
    return f"<a:solidFill>{colour(rgba)}</a:solidFill>" if rgba[3] > 0 else NO_FILL


def stroke(rgba: Sequence[float], emu: float) -> str:
    if rgba[3] <= 0 or emu <= 0:
        return NO_LINE
    return f'<a:ln w="{round(emu)}" cap="flat">{solid(rgba)}<a:round/></a:ln>'


def gradient(stops: Sequence[tuple[float, Sequence[float]]], degrees: float) -> str:
    """Colours at shares of the way across a shape's box, in a direction clockwise from the right.

    Shares below 0 and above 1 lie outside the box, where an arc leaves the map: what shows of them is the colour that
    the way in between has at the box's edge.
    """
    told = _fewest(_even(np.array([(at, *c) for at, c in stops], float)))
    marks = "".join(f'<a:gs pos="{round(at * 100_000)}">{colour(c)}</a:gs>' for at, *c in told.tolist())
    turn = round(degrees % FULL_TURN * 60_000) % round(FULL_TURN * 60_000)
    return f'<a:gradFill rotWithShape="1"><a:gsLst>{marks}</a:gsLst><a:lin ang="{turn}" scaled="0"/></a:gradFill>'


def _even(stops: Floats) -> Floats:
    """The same colours at even shares from 0 to 1, each share once. stops: (n, 5) of share and colour."""
    stops = stops[np.argsort(stops[:, 0], kind="stable")]
    at = np.linspace(0.0, 1.0, _STOPS)
    return np.column_stack([at, *(np.interp(at, stops[:, 0], stops[:, c]) for c in range(1, 5))])


def _fewest(stops: Floats) -> Floats:
    """The stops (n, 5: share, colour; each share once) that the others lie between, but for a shade nobody sees.

    LibreOffice before 7.6 shows a gradient of more than two stops as one colour.
    """
    flat = np.flatnonzero((np.abs(stops[:, 1:] - stops[-1, 1:]) > _SAME_SHADE / 4).any(axis=1))
    stops = stops[: flat[-1] + 2] if flat.size else stops[[0, -1]]
    kept = np.zeros(len(stops), bool)
    kept[[0, -1]] = True
    # Each turn keeps one more, so after as many turns as there are stops all are kept.
    for _ in range(len(stops)):
        line = np.column_stack([np.interp(stops[:, 0], stops[kept, 0], stops[kept, c]) for c in range(1, 5)])
        off = np.where(kept, 0.0, np.abs(line - stops[:, 1:]).max(axis=1))
        if off.max() <= _SAME_SHADE:
            break
        kept[int(off.argmax())] = True
    return stops[kept]


class Pen:
    """Draws the shapes of one slide, numbering them as it goes. emu: of a layout pixel."""

    def __init__(self, emu: float) -> None:
        self.emu = emu
        self._last = 1

    def number(self) -> int:
        self._last += 1
        return self._last

    def measure(self, px: float) -> int:
        return round(px * self.emu)

    def head(self, name: str, alt: str = "") -> str:
        told = f" descr={quoteattr(alt)}" if alt else ""
        return f'<p:cNvPr id="{self.number()}" name={quoteattr(name)}{told}/>'

    def placed(self, box: Box) -> tuple[str, tuple[int, int, int, int]]:
        """The xfrm of a box, and its edges."""
        left, top, right, bottom = (self.measure(each) for each in (box.left, box.top, box.right, box.bottom))
        size = f'<a:ext cx="{max(right - left, 0)}" cy="{max(bottom - top, 0)}"/>'
        return f'<a:xfrm><a:off x="{left}" y="{top}"/>{size}</a:xfrm>', (left, top, right, bottom)

    def preset(self, name: str, kind: str, box: Box, fill: str, line: str, alt: str = "") -> Shape:
        """kind: "rect" or "ellipse"."""
        where, edges = self.placed(box)
        body = f'{where}<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>{fill}{line}'
        return Shape(self._shape(name, body, alt), edges)

    def freeform(self, name: str, rings: Sequence[Ring], fill: str, line: str, *, grain: float = 1.0) -> Shape | None:
        """One shape of several rings. grain: EMU of the finest step in it; None where nothing of it is left."""
        step = grain / self.emu
        found = [(np.round(ring.points / step).astype(np.int64), ring) for ring in rings if len(ring.points) > 1]
        kept = [(_plain(points), ring) for points, ring in found]
        kept = [(points, ring) for points, ring in kept if len(points) > (2 if ring.closed else 1)]
        if not kept:
            return None
        every = np.concatenate([points for points, _ in kept])
        (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
        wide, tall = int(right - left), int(bottom - top)
        edges = tuple(round(int(each) * grain) for each in (left, top, right, bottom))
        size = f'w="{wide}" h="{tall}"'
        paths: list[str] = []
        for points, ring in kept:
            drawn = _path(points - (left, top), ring.closed)
            if paths and not ring.apart:
                paths[-1] += drawn
            else:
                paths.append(drawn)
        unfilled = "" if any(ring.closed for _, ring in kept) else ' fill="none"'
        listed = "".join(f"<a:path {size}{unfilled}>{drawn}</a:path>" for drawn in paths)
        where = (
            f'<a:xfrm><a:off x="{edges[0]}" y="{edges[1]}"/>'
            f'<a:ext cx="{edges[2] - edges[0]}" cy="{edges[3] - edges[1]}"/></a:xfrm>'
        )
        shape = (
            f"{where}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{listed}</a:pathLst></a:custGeom>{fill}{line}'
        )
        return Shape(self._shape(name, shape), (edges[0], edges[1], edges[2], edges[3]))

    def _shape(self, name: str, properties: str, alt: str = "") -> str:
        return (
            f"<p:sp><p:nvSpPr>{self.head(name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{properties}</p:spPr></p:sp>"
        )

    def group(self, name: str, shapes: Sequence[Shape], alt: str = "") -> Shape | None:
        """Shapes that are moved together, in the coordinates of the slide; None for none."""
        if not shapes:
            return None
        sides = np.array([shape.edges for shape in shapes])
        left, top, right, bottom = (
            *(int(each) for each in sides[:, :2].min(axis=0)),
            *(int(each) for each in sides[:, 2:].max(axis=0)),
        )
        at, size = f'x="{left}" y="{top}"', f'cx="{right - left}" cy="{bottom - top}"'
        inside = "".join(shape.xml for shape in shapes)
        xml = (
            f"<p:grpSp><p:nvGrpSpPr>{self.head(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
            f"<a:off {at}/><a:ext {size}/><a:chOff {at}/><a:chExt {size}/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
        )
        return Shape(xml, (left, top, right, bottom))


def _plain(points: Ints) -> Ints:
    """Without points that repeat the one before them."""
    keep = np.ones(len(points), bool)
    keep[1:] = (points[1:] != points[:-1]).any(axis=1)
    return points[keep]


def _path(points: Ints, closed: bool) -> str:
    if closed and len(points) > 1 and (points[0] == points[-1]).all():
        points = points[:-1]
    pairs = points.tolist()
    first = f'<a:moveTo><a:pt x="{pairs[0][0]}" y="{pairs[0][1]}"/></a:moveTo>'
    rest = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in pairs[1:])
    return f"{first}{rest}{'<a:close/>' if closed else ''}"


def bounds(points: Floats) -> Box:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def clipped(points: Floats, clip: Box | None, *, closed: bool = True) -> list[Floats]:
    """What of a shape, or of a line, lies within a box: the same points where all of it does."""
    if clip is None or clip.grown(0.5).holds(bounds(points)):
        return [points]
    box = (clip.left, clip.top, clip.right, clip.bottom)
    if not closed:
        cut = shapely.clip_by_rect(shapely.linestrings(points), *box)
        return [shapely.get_coordinates(part) for part in shapely.get_parts(cut) if len(shapely.get_coordinates(part))]
    if len(points) < 3:
        return []
    whole = shapely.make_valid(shapely.polygons(points))
    parts = shapely.get_parts(shapely.clip_by_rect(whole, *box))
    return [shapely.get_coordinates(ring) for part in parts for ring in shapely.get_rings(part)]


def is_rectangle(points: Floats) -> bool:
    """Four corners with upright sides."""
    corners = points[:-1] if len(points) == 5 and np.allclose(points[0], points[-1]) else points
    box = bounds(points)
    on_edge = (np.isin(corners[:, 0], (box.left, box.right)) & np.isin(corners[:, 1], (box.top, box.bottom))).all()
    return len(corners) == 4 and bool(on_edge) and len(np.unique(corners, axis=0)) == 4


def is_circle(points: Floats) -> bool:
    if len(points) < _LEAST_CIRCLE:
        return False
    box = bounds(points)
    middle = np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2])
    reach = np.linalg.norm(points - middle, axis=1)
    return bool(np.ptp(reach) <= _ROUND * reach.max())
