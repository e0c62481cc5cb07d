"""The timeline of a film: what of it lies before the frame's moment, the mark there, the date, and the last event."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from matplotlib.artist import Artist

from geo import formatting
from geo.arrays import Bytes
from geo.brief.formats.film_canvas import Canvas, Cover
from geo.brief.plate import captions
from geo.brief.plate.fonts import cut, tame
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.sheet import Group
from geo.scene.scene import Scene

_CAPTION = 0.12
"""Share of the span for which an event is told after its day."""


def moving_parts(graph: Group, words: Group) -> list[Artist]:
    """Both bands and the line, the mark, and the dates: all but the heading, the base line and the events."""
    return [*graph.children[:3], graph.children[-1], *words.children[1:]]


class FilmTimeline:
    """The timeline within its box, in layout px. under: the picture without what moves.

    The groups are those of the finished plate, of which it draws all but the mark over the canvas's picture, once.
    """

    def __init__(
        self, canvas: Canvas, scene: Scene, ink: Ink, box: Box, under: Bytes, graph: Group, words: Group, axis: Group
    ) -> None:
        self.canvas, self.sheet, self.scene, self.ink, self.box, self.under = (
            canvas,
            canvas.sheet,
            scene,
            ink,
            box,
            under,
        )
        self._ends: dict[float, tuple[float, float, Cover]] = {}
        self._dates: list[Cover] = []
        self._told: float | None = None
        (_, top), (_, bottom) = graph.children[-1].get_xydata()  # type: ignore[attr-defined]
        self._mark = (float(top), float(bottom))
        self._heading = str(words.children[0].get_text()) if words.children else ""  # type: ignore[attr-defined]
        canvas.picture[...] = (*self.ink.paper, 255)
        for each in [*graph.children[:-1], axis]:
            each.set_visible(True)
            each.draw(canvas.renderer)
        # Of it a frame shows what lies before its moment.
        self.history = canvas.picture.copy()

    def draw(self, t: float, told: float) -> None:
        """As of t, in seconds since the start; told: the moment that words name."""
        box, (top, bottom) = self.box, self._mark
        if self._told != told:
            self._told = told
            self._dates = [*self._date_covers(box, bottom - 1, told), *self._event_cover(box, told)]
        x = box.left + t / max(self.scene.seconds, 1) * box.width
        rows, columns = self.canvas.rect(Box(box.left - 2, box.top - 1, box.right + 2, box.bottom + 2))
        graph = self.canvas.rect(Box(box.left, top, box.right, bottom))[0]
        past = slice(columns.start, max(self.canvas.rect(Box(box.left, top, x, bottom))[1].stop, columns.start))
        self.canvas.picture[rows, columns] = self.under[rows, columns]
        self.canvas.picture[graph, past] = self.history[graph, past]
        for each in self._dates:
            each.lay(self.canvas.picture)
        self.sheet.line(self.canvas.moving, [(x, top), (x, bottom)], colour=self.ink.text, width=1.1)
        self.canvas.draw()

    def _date_covers(self, box: Box, y: float, told: float) -> list[Cover]:
        """The date under its end, and both ends of the span where they leave it room."""
        sheet, scene = self.sheet, self.scene
        label = captions.moment_words(scene, told)
        wide = sheet.fonts.width(label, self.sheet.strip_size, bold=True) * 1.03
        x = box.left + told / max(scene.seconds, 1) * box.width
        left = min(max(x - wide / 2, box.left), box.right - wide)
        sheet.text(self.canvas.moving, left, y, label, size=self.sheet.strip_size, colour=self.ink.text, bold=True)
        covers, taken = [self.canvas.cover(box.grown(2.0))], [(left, left + wide)]
        for end in (0.0, float(scene.seconds)):
            start, stop, cover = self._end_date(box, y, end)
            if all(start >= right + 8 or stop <= other - 8 for other, right in taken):
                taken.append((start, stop))
                covers.append(cover)
        return covers

    def _event_cover(self, box: Box, told: float) -> list[Cover]:
        """The last event before the moment, for a while, above the strip at its right end."""
        time = self.scene.events.time
        past = int(np.searchsorted(time, told, side="left")) - 1
        if past < 0 or told - time[past] > _CAPTION * self.scene.seconds:
            return []
        fonts, size = self.sheet.fonts, self.sheet.strip_size
        day = formatting.day(self.scene.start + timedelta(seconds=float(time[past])))
        heading = fonts.width(self._heading, size) * 1.03 + 24
        text = fonts.settable(tame(f"{day}: {self.scene.events.title[past]}"))
        text = cut(text, max(box.width - heading, 0.3 * box.width), size, fonts, bold=True)
        self.sheet.text(
            self.canvas.moving, box.right, box.top, text, size=size, colour=self.ink.text, bold=True, align="right"
        )
        return [self.canvas.cover(box.grown(2.0))]

    def _end_date(self, box: Box, y: float, end: float) -> tuple[float, float, Cover]:
        """The date of the span's start or end: from where to where, and its pixels, drawn once."""
        if end not in self._ends:
            text = captions.moment_words(self.scene, end)
            wide = self.sheet.fonts.width(text, self.sheet.strip_size) * 1.03
            start = box.left if end == 0 else box.right - wide
            self.sheet.text(self.canvas.moving, start, y, text, size=self.sheet.strip_size, colour=self.ink.muted)
            cover = self.canvas.cover(box.grown(2.0))
            self._ends[end] = (start, start + wide, cover)
        return self._ends[end]
