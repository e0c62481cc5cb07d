"""A plate drawn: from a Scene to a finished picture, without a browser."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from geo.brief.plate import callouts, captions, cited, headline, legend_words
from geo.brief.plate.cited import Cited
from geo.brief.plate.fonts import LEADING, Fonts, cut, fit, fonts_for, tame
from geo.brief.plate.labels import Box
from geo.brief.plate.layout import Layout, Need, PlateTexts, arrange
from geo.brief.plate.legend import Rows, legend_rows, neutral
from geo.brief.plate.palettes import LOOKS, Ink
from geo.brief.plate.panel import Panel, draw_panel
from geo.brief.plate.plate import COMPARED, Plate
from geo.brief.plate.projection import MapView, extent, fitted
from geo.brief.plate.rc_settings import settings
from geo.brief.plate.sheet import Sheet, TextBox
from geo.brief.plate.source_list import SourceList, draw_sources, height, list_sources
from geo.brief.plate.timeline_chart import Series, draw_inset
from geo.scene.largest import drawn, largest, places_of
from geo.scene.moment import Moment, at
from geo.scene.view import Bounds

SMALLER, BESIDE = 0.6, 0.8
"""Of the scene's widths in small multiples, and in two maps: one scale for all of them and for their key."""
LARGER = 1.25
"""Times the small type: date and figure over each of two maps."""
_GAP = 10.0
_MOST_DESCRIBED = 40
"""Sources that the description lists."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A finished plate and what stands in it, for tests and for films.

    panels  one map for each moment; legend: (volume, layout px) of the width key; factor: layout px of width for each
            px of the scene's style
    sources how many are listed, and how many are only counted
    """

    figure: Figure
    sheet: Sheet
    layout: Layout
    panels: tuple[Panel, ...]
    legend: tuple[tuple[float, float], ...]
    factor: float
    sources: tuple[int, int]
    series: Series | None
    title: str
    description: str

    def text_boxes(self) -> list[TextBox]:
        """Every text as the renderer measures it, layout px."""
        return self.sheet.measured()


def draw(plate: Plate) -> Figure:
    """The figure of a plate, at the frame's size and resolution. Raises BriefError."""
    return compose(plate).figure


def compose(plate: Plate, along: Sequence[float] = ()) -> Drawn:
    """The plate with its parts at hand. Raises BriefError where a text needs a font that is not here.

    along: further moments that the legend and the sources are to speak for, since a film of the plate shows them.
    """
    with settings():
        return _Composer(plate, along).compose()


def fonts_of(plate: Plate) -> Fonts:
    """Those that its texts need. Raises BriefError for a script that no font here has."""
    return _Composer(plate).fonts


class _Composer:
    def __init__(self, plate: Plate, along: Sequence[float] = ()) -> None:
        self.plate = plate
        self.scene = plate.scene
        self.ink: Ink = LOOKS[plate.look]
        self.held: list[Moment] = [at(self.scene, t, plate.window) for t in plate.moments]
        shown = [*self.held, *(at(self.scene, t, plate.window) for t in along)]
        rows = sorted({row for held in shown for row in captions.behind(self.scene, held)})
        self.sources = cited.sources(self.scene, rows)
        self.told = [
            self.sources,
            cited.brief_sources(self.scene, rows),
            *(cited.claimant_sources(self.scene, rows, years=years) for years in (False, True)),
        ]
        self.kept = largest(self.scene, plate.largest)
        self.used = legend_words.used(self.scene, [drawn(held, self.kept) for held in shown])
        self.title = tame(plate.words.title) or headline.title(plate)
        self.subtitle = tame(plate.words.subtitle)
        self.figures = headline.figures(plate)
        self.extent: Bounds = plate.view or extent(self.scene)
        self.factor = {1: 1.0, COMPARED: BESIDE}.get(len(plate.moments), SMALLER)
        said = self._texts()
        self.fonts: Fonts = fonts_for([tame(text) for _, text in said], [where for where, _ in said])
        self.sheet = Sheet(plate.frame, self.ink.paper, self.fonts)

    def _texts(self) -> list[tuple[str, str]]:
        """What each text is, and the text."""
        words, plate = self.plate.words, self.plate
        texts = [("the title", self.title), ("the subtitle", self.subtitle), ("the figures", self.figures),
                 ("the handling line", words.handling), ("the note", words.note),
                 ("the unit", self.scene.unit)]  # fmt: skip
        texts += [("the name of a place", tame(str(name), 80)) for name in self.scene.places.name]
        texts += [(f"source {each.numbers[0]}", each.text) for each in self.sources]
        texts += [("a callout", tame(each.text)) for each in self.plate.callouts]
        return [*texts, ("the version", plate.version), ("the data's hash", plate.data_hash)]

    def compose(self) -> Drawn:
        layout = self._arranged()
        used = self.used
        rows = self._legend(layout.legend.width, layout.legend_columns, layout.legend.height)
        listing = self._listing(layout, rows.bottom(layout.legend))
        self._head(layout)
        panels = self._maps(layout, listing[1].numbers)
        legend = rows.draw(layout.legend)
        draw_sources(self.sheet, self.ink, *listing)
        left = sum(len(each.numbers) for each in listing[1].left)
        listed = (len(self.sources) - left, left)
        series = None
        if layout.timeline is not None:
            hue = neutral(used, self.ink)
            plate = self.plate
            series = draw_inset(
                self.sheet, layout.timeline, self.scene, plate.moments, plate.window, self.ink, hue, brief=plate.film
            )
        self._foot(layout)
        return Drawn(
            self.sheet.figure, self.sheet, layout, panels, legend.values, self.factor, listed, series,
            self.title, self._description(panels),
        )  # fmt: skip

    def _settable(self, text: str) -> str:
        return self.fonts.settable(tame(text))

    def _legend(self, width: float, columns: int, room: float) -> Rows:
        return legend_rows(
            self.sheet, self.scene, self.used, self.ink, width=width, columns=columns, factor=self.factor, room=room
        )

    def _needed(self, width: float, columns: int, room: float) -> Need:
        rows = self._legend(width, columns, room)
        return Need(rows.height(), rows.height(least=True))

    def _arranged(self) -> Layout:
        words = self.plate.words
        texts = (self.title, self.subtitle, self.figures, words.note, self._small(), words.handling)
        return arrange(
            self.plate.frame,
            self.fonts,
            replace(PlateTexts(*map(self._settable, texts)), large=self.plate.film),
            legend=self._needed,
            sources=len(self.sources),
            listed=lambda width: height(self._set(self.sources), width, self.fonts, self.sheet.sizes[0]),
        )

    def _small(self) -> str:
        from geo.brief.plate.basemap import detail
        from geo.brief.plate.projection import choose

        plate = self.plate
        box = (0.0, 0.0, *plate.frame.layout)
        scale = detail(fitted(self.extent, box, padded=plate.view is None).region())
        parts = [
            f"Made with Waybill{f' {tame(plate.version, 40)}' if plate.version else ''}",
            f"data {tame(plate.data_hash, 40)[:16]}" if plate.data_hash else "",
            choose(self.extent).words,
            f"land: Natural Earth 1:{'10' if scale == '10m' else '50'} million",
            *legend_words.base_map(plate.layers),
            *legend_words.sea_routes(self.used),
            callouts.KEY if plate.callouts else "",
            "all times UTC",
        ]
        return " · ".join(filter(None, parts))

    def _head(self, layout: Layout) -> None:
        group, head, ink = self.sheet.group("title"), layout.head, self.ink
        self.sheet.lines(
            group, layout.margin, head.ys[0], head.title.lines, size=head.title.size, colour=ink.text, bold=True
        )
        for lines, y, colour in ((head.subtitle, head.ys[1], ink.muted), (head.figures, head.ys[2], ink.text)):
            self.sheet.lines(group, layout.margin, y, lines.lines, size=lines.size, colour=colour)

    def _maps(self, layout: Layout, cited: frozenset[int]) -> tuple[Panel, ...]:
        moments, box = self.plate.moments, layout.map
        if len(moments) == 1:
            return (self._panel("map", self.held[0], self._view(box), cited, locator=self.plate.locator),)
        caption = 2 * self._caption_size * LEADING + 4
        panels = []
        for place, (t, held, cell) in enumerate(zip(moments, self.held, self._cells(box, caption), strict=True)):
            name = f"map {place + 1}"
            self._caption(sheet_name=f"{name} caption", box=cell, t=t, held=held)
            view = self._view(replace(cell, top=cell.top + caption))
            panels.append(self._panel(name, held, view, cited, furniture=place == 0))
        return tuple(panels)

    @property
    def _caption_size(self) -> float:
        usual = self.sheet.sizes[0]
        return LARGER * usual if len(self.plate.moments) == COMPARED else usual

    def _cells(self, box: Box, caption: float) -> list[Box]:
        """A box for each map with its caption; two maps lie so that what they show is larger."""
        count = len(self.plate.moments)
        if count == COMPARED:
            both = (_grid(box, count, columns) for columns in (2, 1))
            return max(both, key=lambda cells: self._view(replace(cells[0], top=cells[0].top + caption)).scale)
        return _grid(box, count, 3 if count == 6 and box.width > box.height else 2)

    def _panel(
        self, name: str, held: Moment, view: MapView, cited: frozenset[int],
        *, furniture: bool = True, locator: bool = False,
    ) -> Panel:  # fmt: skip
        return draw_panel(
            self.sheet, self.scene, drawn(held, self.kept), view, self.ink,
            name=name, factor=self.factor, furniture=furniture, cited=cited,
            places=places_of(self.scene, self.kept), layers=self.plate.layers, locator=locator,
            callouts=self.plate.callouts,
        )  # fmt: skip

    def _caption(self, *, sheet_name: str, box: Box, t: float, held: Moment) -> None:
        group = self.sheet.group(sheet_name)
        when = captions.stretch_words(self.scene, t, self.plate.window)
        size = self._caption_size
        when = cut(when[:1].upper() + when[1:], box.width, size, self.fonts, bold=True)
        self.sheet.text(group, box.left, box.top, when, size=size, colour=self.ink.text, bold=True)
        said = fit(
            self._settable(held.total.said(tame(self.scene.unit, 40))),
            width=box.width,
            most=1,
            largest=size,
            smallest=self.sheet.sizes[-1],
            fonts=self.fonts,
        )
        self.sheet.lines(group, box.left, box.top + size * LEADING, said.lines, size=said.size, colour=self.ink.muted)

    def _view(self, box: Box) -> MapView:
        return fitted(self.extent, (box.left, box.top, box.right, box.bottom), padded=self.plate.view is None)

    def _listing(self, layout: Layout, legend_bottom: float) -> tuple[Box, SourceList]:
        """Where the sources stand, and how they are set in it."""
        box = layout.sources
        if layout.legend.left == box.left and layout.legend.top < box.top:
            box = Box(box.left, legend_bottom + 10, box.right, box.bottom)
        room = Box(box.left, box.top + self.sheet.sizes[0] * LEADING + 3, box.right, box.bottom)
        told = [self._set(each) for each in self.told]
        return box, list_sources(told, room, layout.source_columns, self.fonts, self.sheet.sizes, _MOST_DESCRIBED)

    def _set(self, sources: list[Cited]) -> list[Cited]:
        return [replace(each, text=self._settable(each.text)) for each in sources]

    def _foot(self, layout: Layout) -> None:
        ink, sheet = self.ink, self.sheet
        if layout.note.lines:
            group = sheet.group("note")
            sheet.lines(
                group, layout.margin, layout.note_top, layout.note.lines, size=layout.note.size, colour=ink.text
            )
        group = sheet.group("small type")
        sheet.lines(
            group, layout.margin, layout.small_top, layout.small.lines, size=layout.small.size, colour=ink.muted
        )
        if not layout.handling.lines:
            return
        group, marked = sheet.group("handling"), layout.handling
        for y in (layout.margin * 0.45, sheet.height - layout.margin * 0.45 - marked.height):
            sheet.lines(
                group, sheet.width / 2, y, marked.lines, size=marked.size, colour=ink.text, bold=True, align="center"
            )

    def _description(self, panels: Sequence[Panel]) -> str:
        """The picture in sentences, for those who cannot see it."""
        listed = "; ".join(f"{each.numbers[0]}: {each.text}" for each in self.sources[:_MOST_DESCRIBED])
        rest = len(self.sources) - _MOST_DESCRIBED
        more = f"; and {rest} more" if rest > 0 else ""
        maps = "" if len(self.held) == 1 else f" {len(self.held)} maps, the last of them:"
        routes = f" {legend_words.ROUTE}s." if self.used.routes else ""
        said = dict.fromkeys(tame(each.callout.text) for panel in panels for each in panel.callouts)
        notes = "".join(f" {callouts.AUTHOR}: “{text}”." for text in said)
        return f"{self.title}.{maps} {self.figures}.{routes}{notes} Sources: {listed or 'none'}{more}."


def _grid(box: Box, count: int, columns: int) -> list[Box]:
    """Cells of one size, row by row."""
    rows = count // columns
    wide, tall = (box.width - _GAP * (columns - 1)) / columns, (box.height - _GAP * (rows - 1)) / rows
    corners = [
        (box.left + place % columns * (wide + _GAP), box.top + place // columns * (tall + _GAP))
        for place in range(count)
    ]
    return [Box(left, top, left + wide, top + tall) for left, top in corners]


def widest_shown(drawn: Drawn) -> float:
    """Layout px of the widest body in the plate; 0 where nothing is drawn."""
    widths = [float(panel.arcs.body.max()) for panel in drawn.panels if panel.arcs.body.size]
    return max(widths, default=0.0) if all(map(math.isfinite, widths)) else 0.0
