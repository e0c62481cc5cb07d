"""The sheet that a plate is drawn on: named groups of shapes and texts, placed in layout pixels with y down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox

from geo.arrays import Floats
from geo.brief.plate.fonts import LEADING, Fonts
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import hex_of
from geo.brief.plate.plate import Frame
from geo.brief.plate.rc_settings import settings
from geo.safe_text import one_line
from geo.scene.style import Colour

_UNNAMED = re.compile(r"[^A-Za-z0-9_.]+")
"""What the name of a group, which is an XML id, may not hold."""
ASCENT, DESCENT = 0.92, 0.26
"""Of the fonts, in sizes of the text: how high an accented capital reaches, and how low the tail of a g."""
BASELINE = 0.98
"""Sizes of text from the top of a line's box to its baseline."""


class Group(Artist):
    """Artists drawn one after another under one name: a named group in SVG."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.set_gid(name)
        self.children: list[Artist] = []

    def add(self, artist: Artist) -> None:
        figure = self.get_figure()
        if figure is not None:
            artist.set_figure(figure)
        self.children.append(artist)

    def get_children(self) -> list[Artist]:
        return self.children

    def draw(self, renderer: RendererBase) -> None:
        if not self.get_visible():
            return
        renderer.open_group("group", gid=self.get_gid())
        for child in self.children:
            child.draw(renderer)
        renderer.close_group("group")
        self.stale = False


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text as the renderer measures it: layout px. group: the part of the plate that it stands in."""

    group: str
    text: str
    box: Box


class Sheet:
    """A figure of a frame's size. Everything is placed in layout pixels: (0, 0) is the top left corner."""

    def __init__(self, frame: Frame, paper: Colour, fonts: Fonts) -> None:
        self.frame = frame
        self.fonts = fonts
        self.width, self.height = frame.layout
        self.sizes = frame.type_sizes
        self.strip_size = self.sizes[min(1, len(self.sizes) - 1)]
        wide, tall = frame.pixels
        # Whole pixels, so that a size in millimetres is not cut or padded by a fraction of one.
        self.figure = Figure(figsize=(wide / frame.dpi, tall / frame.dpi), dpi=frame.dpi, facecolor=hex_of(paper))
        FigureCanvasAgg(self.figure)
        inch = frame.layout_inch
        self.point = inch * 72.0
        top = self.figure.get_figheight()
        self.down = Affine2D().scale(inch, -inch).translate(0, top) + self.figure.dpi_scale_trans
        self._up = Affine2D().scale(inch, inch) + self.figure.dpi_scale_trans
        self._tall = top / inch
        self.texts: list[tuple[str, Text]] = []
        self._named: Counter[str] = Counter()

    def group(self, name: str, within: Group | None = None) -> Group:
        plain = _UNNAMED.sub("-", name).strip("-") or "part"
        self._named[plain] += 1
        found = Group(plain if self._named[plain] == 1 else f"{plain}-{self._named[plain]}")
        if within is None:
            self.figure.add_artist(found, clip=False)
        else:
            within.add(found)
        return found

    def clip(self, artist: Artist, box: Box | None) -> None:
        if box is not None:
            rect = Bbox([[box.left, self._tall - box.bottom], [box.right, self._tall - box.top]])
            artist.set_clip_box(TransformedBbox(rect, self._up))

    def text(  # noqa: PLR0913 -- all by name but where and what
        self,
        group: Group,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        colour: Colour,
        bold: bool = False,
        align: str = "left",
        url: str = "",
        halo: Colour | None = None,
        italic: bool = False,
    ) -> None:
        """One line whose box begins at y. halo: an outline in that colour, so that it reads over shapes."""
        text = one_line(self.fonts.settable(text))
        if not text:
            return
        properties = self.fonts.properties(size * self.point, bold=bold)
        if italic:
            properties.set_style("italic")
        common = {"fontproperties": properties, "ha": align, "va": "baseline", "parse_math": False, "usetex": False}
        at = (x, y + size * BASELINE)
        if halo is not None:
            # An effect on the text itself would turn it into paths in SVG and PDF.
            shade = Text(*at, text, color=hex_of(halo), transform=self.down, **common)  # type: ignore[arg-type]
            shade.set_path_effects([Stroke(linewidth=3.2 * self.point, foreground=hex_of(halo), joinstyle="round")])
            group.add(shade)
        made = Text(*at, text, color=hex_of(colour), transform=self.down, **common)  # type: ignore[arg-type]
        if url:
            made.set_url(url)
        group.add(made)
        self.texts.append((str(group.get_gid()), made))

    def lines(  # noqa: PLR0913
        self,
        group: Group,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float,
        colour: Colour,
        bold: bool = False,
        align: str = "left",
        url: str = "",
    ) -> float:
        """Lines below one another; -> where they end."""
        for line in lines:
            self.text(group, x, y, line, size=size, colour=colour, bold=bold, align=align, url=url)
            y += size * LEADING
        return y

    def polygon(
        self,
        group: Group,
        points: Floats | Sequence[tuple[float, float]],
        *,
        fill: Colour | None = None,
        edge: Colour | None = None,
        width: float = 0.0,
        opacity: float = 1.0,
        hatch: str = "",
        clip: Box | None = None,
    ) -> None:
        """A closed shape. hatch: drawn in the colour of the edge."""
        made = Polygon(
            np.asarray(points, float),
            closed=True,
            facecolor=hex_of(fill) if fill is not None else "none",
            edgecolor=hex_of(edge) if edge is not None else "none",
            linewidth=width * self.point,
            alpha=opacity if opacity < 1 else None,
            hatch=hatch or None,
            transform=self.down,
        )
        self.clip(made, clip)
        group.add(made)

    def rectangle(
        self,
        group: Group,
        box: Box,
        fill: Colour,
        *,
        opacity: float = 1.0,
        hatch: str = "",
        over: Colour | None = None,
    ) -> None:
        corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
        self.polygon(group, corners, fill=fill, opacity=opacity)
        if hatch and over is not None:
            self.polygon(group, corners, edge=over, hatch=hatch)

    def line(
        self,
        group: Group,
        points: Floats | Sequence[tuple[float, float]],
        *,
        colour: Colour,
        width: float,
        clip: Box | None = None,
        opacity: float = 1.0,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        xy = np.asarray(points, float)
        made = Line2D(
            xy[:, 0], xy[:, 1], color=hex_of(colour), linewidth=width * self.point, transform=self.down, alpha=opacity,
            solid_capstyle="butt", solid_joinstyle="round",
        )  # fmt: skip
        if dashes is not None:
            made.set_dashes([each / width for each in dashes])
        self.clip(made, clip)
        group.add(made)

    def path(
        self, group: Group, path: Path, to_layout: Affine2D, *, fill: Colour, edge: Colour, width: float, clip: Box
    ) -> None:
        """A path in other units, which `to_layout` brings to layout pixels."""
        made = PathPatch(
            path,
            facecolor=hex_of(fill),
            edgecolor=hex_of(edge),
            linewidth=width * self.point,
            transform=to_layout + self.down,
        )
        self.clip(made, clip)
        group.add(made)

    def strokes(
        self,
        group: Group,
        path: Path,
        to_layout: Affine2D,
        *,
        colour: Colour,
        width: float,
        clip: Box,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """The lines of a path in other units, which `to_layout` brings to layout pixels."""
        made = PathPatch(
            path,
            facecolor="none",
            edgecolor=hex_of(colour),
            linewidth=width * self.point,
            transform=to_layout + self.down,
        )
        if dashes is not None:
            made.set_linestyle((0, tuple(each / width for each in dashes)))
        self.clip(made, clip)
        group.add(made)

    def polygons(
        self,
        group: Group,
        polygons: Sequence[Floats],
        fills: Floats,
        clip: Box | None = None,
        *,
        edge: Colour | None = None,
        width: float = 0.0,
    ) -> None:
        """Many filled shapes, drawn in order; fills (n, 4) or (1, 4) in 0-1; width: of the edge of all, layout px."""
        made = PathCollection(
            _paths(polygons),
            facecolors=fills,
            edgecolors=hex_of(edge) if edge is not None else "none",
            linewidths=width * self.point,
            transform=self.down,
        )
        self.clip(made, clip)
        group.add(made)

    def measured(self) -> list[TextBox]:
        """Every text: as wide as the renderer measures it, and as high as its letters with their accents reach.

        What a font declares as its line is higher than anything that is drawn.
        """
        with settings():
            renderer = self.figure.canvas.get_renderer()  # type: ignore[attr-defined]
            back = self.down.inverted()
            found = []
            for group, text in self.texts:
                (x0, _), (x1, _) = back.transform(text.get_window_extent(renderer).get_points())
                size, baseline = float(text.get_fontsize()) / self.point, float(text.get_position()[1])
                box = Box(float(x0), baseline - ASCENT * size, float(x1), baseline + DESCENT * size)
                found.append(TextBox(group, text.get_text(), box))
            return found


def _paths(polygons: Sequence[Floats]) -> list[Path]:
    """Closed paths. Those of one length are made together, which takes a tenth of the time."""
    alike: dict[int, list[int]] = {}
    for place, polygon in enumerate(polygons):
        alike.setdefault(len(polygon), []).append(place)
    found: dict[int, Path] = {}
    for places in alike.values():
        corners: Any = np.stack([polygons[place] for place in places])
        found.update(zip(places, PolyCollection(corners).get_paths(), strict=True))
    return [found[place] for place in range(len(polygons))]
