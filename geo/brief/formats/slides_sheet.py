"""A drawn plate as the shapes of a slide: its groups, and every line, polygon and text in them, where they stand.

What a plate's sheet holds is read off it, so that a slide cannot differ from the picture. Corridors alone are drawn
from their own geometry: see `geo.brief.formats.slides_arcs`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text

from geo.brief.formats.slides_arcs import draw_corridors, hatching
from geo.brief.formats.slides_shapes import (
    NO_FILL,
    Pen,
    Ring,
    Shape,
    bounds,
    clipped,
    is_circle,
    is_rectangle,
    solid,
    stroke,
)
from geo.brief.formats.slides_text import Line, Writer, blocks
from geo.brief.plate.figure import Drawn
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.panel import Panel
from geo.brief.plate.plate import Plate
from geo.brief.plate.sheet import Group
from geo.scene.style import Colour

_APART = ("title", "sources", "note", "small-type", "handling")
"""Groups whose texts stand on the slide by themselves, so that a click takes hold of them."""


class SheetReader:
    """Reads one drawn plate. coarse: layout px by which the coast may be simplified beyond the plate's own."""

    def __init__(
        self, plate: Plate, drawn: Drawn, ink: Ink, emu: float, link: Callable[[str], str], coarse: float
    ) -> None:
        self.plate, self.drawn, self.ink, self.coarse = plate, drawn, ink, coarse
        self.pen = Pen(emu)
        self.sheet = drawn.sheet
        self.back = drawn.sheet.down.inverted()
        boxes = [each.box for each in drawn.text_boxes()]
        self.measured = {id(text): box for (_, text), box in zip(drawn.sheet.texts, boxes, strict=True)}
        self.writer = Writer(self.pen, Box(0, 0, self.sheet.width, self.sheet.height), drawn.layout.margin, link)
        names = ["map"] if len(drawn.panels) == 1 else [f"map-{place + 1}" for place in range(len(drawn.panels))]
        self.panels: dict[str, Panel] = dict(zip(names, drawn.panels, strict=True))

    def read(self) -> str:
        """The XML of every shape, in drawing order."""
        found: list[Shape] = []
        for artist in self.sheet.figure.artists:
            if not isinstance(artist, Group):
                continue
            name = str(artist.get_gid())
            shapes = self._children(artist)
            if name in _APART:
                found.extend(shapes)
                continue
            group = self.pen.group(_spoken(name), shapes, self._alt(name))
            found.extend([group] if group is not None else [])
        return "".join(shape.xml for shape in found)

    def _alt(self, name: str) -> str:
        if name not in self.panels:
            return ""
        if len(self.panels) == 1:
            return self.drawn.description
        said = [text.get_text() for group, text in self.sheet.texts if group == f"{name}-caption"]
        return f"Map: {', '.join(said)}. {self.drawn.title}."

    def _children(self, group: Group) -> list[Shape]:
        name = str(group.get_gid())
        for panel_name, panel in self.panels.items():
            if name == f"{panel_name}-corridors":
                view = panel.view
                box = Box(view.left, view.top, view.right, view.bottom)
                shapes = draw_corridors(self.pen, self.plate.scene, panel.arcs, self.ink, box)
                return shapes + [shape for each in group.children for shape in self._hatches(each)]
        found: list[Shape] = []
        for run in _runs(group.children):
            if isinstance(run[0], Text):
                found.extend(self._texts(name, run))
            else:
                found.extend(shape for artist in run for shape in self._artist(name, artist))
        return found

    def _hatches(self, artist: Artist) -> list[Shape]:
        return self._artist("hatch", artist) if isinstance(artist, Polygon) else []

    def _artist(self, name: str, artist: Artist) -> list[Shape]:
        if isinstance(artist, Group):
            shape = self.pen.group(_spoken(str(artist.get_gid())), self._children(artist))
            return [shape] if shape is not None else []
        if isinstance(artist, PathPatch):
            return self._path(_spoken(name), artist)
        if isinstance(artist, Polygon):
            # The map's own rectangles: the sea below everything, the frame above it.
            own = "frame" if to_rgba(artist.get_facecolor())[3] == 0 else "sea"
            spoken = own if name in self.panels else _spoken(name)
            return self._polygon(spoken, artist)
        if isinstance(artist, Line2D):
            return self._line(_spoken(name), artist)
        return []

    def _clip(self, artist: Artist) -> Box | None:
        held = artist.get_clip_box()
        if held is None:
            return None
        return bounds(self.back.transform(np.asarray(held.get_points())))

    def _inked(self, patch: Patch) -> tuple[str, str]:
        width = patch.get_linewidth() / self.sheet.point * self.pen.emu
        return solid(to_rgba(patch.get_facecolor())), stroke(to_rgba(patch.get_edgecolor()), width)

    def _polygon(self, name: str, patch: Polygon) -> list[Shape]:
        points, clip = np.asarray(patch.get_xy(), float), self._clip(patch)
        fill, line = self._inked(patch)
        if not np.isfinite(points).all():
            return []
        if patch.get_hatch():
            shape = hatching(self.pen, points, str(patch.get_hatch()), to_rgba(patch.get_edgecolor()), clip)
            return [shape] if shape is not None else []
        whole = clip is None or clip.grown(0.5).holds(bounds(points))
        if whole and is_circle(points):
            return [self.pen.preset(name, "ellipse", bounds(points), fill, line)]
        if whole and is_rectangle(points):
            return [self.pen.preset(name, "rect", bounds(points), fill, line)]
        shape = self.pen.freeform(name, [Ring(part) for part in clipped(points, clip)], fill, line)
        return [shape] if shape is not None else []

    def _line(self, name: str, line: Line2D) -> list[Shape]:
        points = np.asarray(line.get_xydata(), float)
        opacity = line.get_alpha()
        ink = to_rgba(line.get_color(), opacity if isinstance(opacity, float) else None)
        width = line.get_linewidth() / self.sheet.point * self.pen.emu
        rings = [Ring(part, closed=False) for part in clipped(points, self._clip(line), closed=False)]
        shape = self.pen.freeform(name, rings, NO_FILL, stroke(ink, width))
        return [shape] if shape is not None else []

    def _path(self, name: str, patch: PathPatch) -> list[Shape]:
        """Land: one shape, whose rings leave out what lies in them. Borders: one of many lines."""
        closed = to_rgba(patch.get_facecolor())[3] > 0
        path = patch.get_transform().transform_path(patch.get_path())
        vertices = self.back.transform(np.asarray(path.vertices, float))
        starts = np.flatnonzero(np.asarray(path.codes) == Path.MOVETO)[1:]
        clip = self._clip(patch)
        rings: list[Ring] = []
        for ring in np.split(vertices, starts):
            for part in clipped(ring, clip, closed=closed):
                kept = shapely.simplify(shapely.linestrings(part), self.coarse) if self.coarse > 0 else None
                points = part if kept is None else shapely.get_coordinates(kept)
                if len(points) > (3 if closed else 1):
                    rings.append(Ring(points, closed=closed))
        fill, line = self._inked(patch)
        if patch.get_linestyle() != "solid":
            line = line.replace("<a:round/>", '<a:prstDash val="dash"/><a:round/>')
        shape = self.pen.freeform(name, rings, fill, line, grain=self.pen.emu / 20)
        return [shape] if shape is not None else []

    def _texts(self, name: str, run: list[Artist]) -> list[Shape]:
        lines = [self._written(each) for each in run if isinstance(each, Text) and id(each) in self.measured]
        return [self.writer.write(name, block, glow=self._glow(name))
                for block in blocks(lines)]  # fmt: skip

    def _glow(self, name: str) -> Colour | None:
        """Names on a map read over what lies below them; of a plain base map they need no help."""
        return self.ink.land if name.endswith("labels") else None

    def _written(self, text: Text) -> Line:
        size = float(text.get_fontsize()) / self.sheet.point
        x, y = text.get_position()
        return Line(
            text.get_text(), self.measured[id(text)], float(x), float(y), float(size), to_rgba(text.get_color())[:3],
            text.get_fontweight() != "normal", str(text.get_horizontalalignment()), str(text.get_url() or ""),
            italic=text.get_fontstyle() == "italic",
        )  # fmt: skip


def _spoken(gid: str) -> str:
    return gid.replace("-", " ")


def _runs(children: list[Artist]) -> Iterator[list[Artist]]:
    """Texts that follow one another, and rectangles that adjoin, together; all else one by one."""
    run: list[Artist] = []
    for artist in children:
        if run and not _follows(run[-1], artist):
            yield run
            run = []
        run.append(artist)
    if run:
        yield run


def _follows(before: Artist, artist: Artist) -> bool:
    if isinstance(before, Text) and isinstance(artist, Text):
        return True
    if not (isinstance(before, Polygon) and isinstance(artist, Polygon)) or before.get_hatch() or artist.get_hatch():
        return False
    first, second = (np.asarray(each.get_xy(), float) for each in (before, artist))
    if not (is_rectangle(first) and is_rectangle(second)):
        return False
    a, b = bounds(first), bounds(second)
    return (a.top, a.bottom) == (b.top, b.bottom) and a.left < b.left <= a.right < b.right
