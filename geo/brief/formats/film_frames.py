"""The frames of a film: a plate's furniture drawn once, and over it what moves: arcs, ports, figures and timeline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from matplotlib.artist import Artist

from geo.arrays import DAY, Bytes, Floats
from geo.brief.formats.film_canvas import Canvas, Cover
from geo.brief.formats.film_timeline import FilmTimeline, moving_parts
from geo.brief.plate import captions
from geo.brief.plate.arc_layers import inked
from geo.brief.plate.arcs import Arcs, arcs
from geo.brief.plate.area_shapes import anchored
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.fonts import FittedText, fit, tame
from geo.brief.plate.headline import figures_line
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import LOOKS
from geo.brief.plate.panel import draw_ports, draw_ribbons, port_radii, write_labels
from geo.brief.plate.plate import Plate
from geo.brief.plate.sheet import Group
from geo.scene.largest import drawn, largest, places_of
from geo.scene.moment import Moment, at
from geo.timeline import HOURS_BELOW

_HOUR = 3_600
"""Seconds of a scene below which its words tell the minute."""
_UNSEEN = 0.3
"""Pixels by which an arc or a ring may be wider or narrower before it is drawn anew: half of that on either side."""


class Frames:
    """Pictures of one plate at many moments. times: seconds since the start, ascending, the last that of the plate.

    Legend and sources are those of the whole film. Words hold for the end of the day that they name.
    """

    def __init__(self, plate: Plate, times: Sequence[float]) -> None:
        plate = replace(plate, film=True)
        self.plate, self.scene, self.ink = plate, plate.scene, LOOKS[plate.look]
        self.until = plate.moments[-1]
        self.kept = largest(self.scene, plate.largest)
        self.places = places_of(self.scene, self.kept)
        self._held: dict[float, Moment] = {}
        self.told = [self._told_at(t) for t in times]
        self.times = list(times)
        self.drawn: Drawn = compose(plate, sorted({*self.times, *self.told}))
        self.sheet, self.view = self.drawn.sheet, self.drawn.panels[0].view
        self.scene = anchored(self.scene, self.view)
        self.canvas = Canvas(self.sheet)
        self._groups = {str(each.get_gid()): each for each in self.sheet.figure.artists if isinstance(each, Group)}
        self.figures = self._fitted_figures()
        self._draw_still()
        self._keys: dict[str, object] = {}
        self._sizes = np.zeros(0)
        self._least = _UNSEEN * plate.frame.layout[0] / plate.frame.pixels[0]
        self._passed = 0
        self._due: tuple[Arcs, Floats, dict[int, str]] | None = None

    def __iter__(self) -> Iterator[Bytes]:
        """Frames (height, width, 4), in order; each is the same array, and holds until the next is asked for."""
        return map(self.picture, range(len(self.times)))

    def picture(self, number: int) -> Bytes:
        """One frame (height, width, 4), by its place in times. Places ascend; leaving some out changes no other frame.

        It is always the same array, and holds until the next is asked for.
        """
        if number == len(self.times) - 1:
            return self.finished
        t, told = self.times[number], self.told[number]
        for each in range(self._passed, number + 1):
            self._pass(self.times[each], self.told[each])
        self._passed = number + 1
        self._map()
        self._figures(told)
        if self.timeline is not None:
            self.timeline.draw(t, told)
        return self.canvas.picture

    def _told_at(self, t: float) -> float:
        """The end of the day, or of the minute, that words at `t` name; no later than the film."""
        step = 60 if self.scene.seconds < HOURS_BELOW else DAY
        start = self.scene.start
        past = (start.hour * _HOUR + start.minute * 60 + start.second) % step
        return min(math.ceil((t + past) / step) * step - past, self.until) if t > 0 else 0.0

    def _at(self, t: float) -> Moment:
        if t not in self._held:
            if len(self._held) > 3:
                self._held.clear()
            self._held[t] = at(self.scene, t, self.plate.window)
        return self._held[t]

    # ---- what stands still

    def _fitted_figures(self) -> FittedText:
        """The figures of the last moment, in a size in which those of every other fit as well."""
        head = self.drawn.layout.head.figures
        most, size = max(1, len(head.lines)), head.size
        for told in dict.fromkeys(self.told):
            size = self._fit_figures(told, most, size).size
        return FittedText(head.lines, size)

    def _fit_figures(self, told: float, most: int, largest: float) -> FittedText:
        held = self._at(told)
        text = tame(figures_line(self.scene, held, told, self.plate.window, self.plate.largest))
        wide, fonts = self.sheet.width - 2 * self.drawn.layout.margin, self.sheet.fonts
        return fit(
            fonts.settable(text),
            width=wide,
            most=most,
            largest=largest,
            smallest=min(self.sheet.sizes[-1], largest),
            fonts=fonts,
        )

    def _draw_still(self) -> None:
        """The finished plate, what lies under the moving parts, and what lies over them."""
        figure = self.sheet.figure
        figure.draw(self.canvas.renderer)
        self.finished = self.canvas.picture.copy()
        parts = self._groups["map"].children
        names = [str(each.get_gid()) for each in parts]
        corridors, ports = names.index("map-corridors"), names.index("map-ports")
        over: list[Artist] = parts[ports + 1 :]
        labels = next(each for each in over if each.get_gid() == "map-labels")
        placed = self.drawn.panels[0].placed
        self.amounts = tuple(each for each in placed if each.label.corridor >= 0)
        if isinstance(labels, Group):
            labels.children.clear()
            write_labels(self.sheet, labels, [each for each in placed if each.label.corridor < 0], self.ink)
        hidden = [*parts[corridors:], *self._figure_texts(), *self._timeline_parts()]
        for each in hidden:
            each.set_visible(False)
        figure.draw(self.canvas.renderer)
        self.under = self.canvas.picture.copy()
        for each in over:
            each.set_visible(True)
        self.over = Cover.drawn(over, self.canvas.apart, (slice(None), slice(None)))
        self.ranges = Cover.nothing()
        self.timeline = self._timeline()
        self.canvas.picture[...] = self.under

    def _figure_texts(self) -> list[Artist]:
        lines = len(self.drawn.layout.head.figures.lines)
        return self._groups["title"].children[-lines:] if lines else []

    def _timeline_parts(self) -> list[Artist]:
        if self.drawn.layout.timeline is None:
            return []
        return moving_parts(self._groups["timeline"], self._groups["timeline-words"])

    def _timeline(self) -> FilmTimeline | None:
        box, groups = self.drawn.layout.timeline, self._groups
        if box is None:
            return None
        graph, words, axis = (groups[name] for name in ("timeline", "timeline-words", "timeline-axis"))
        return FilmTimeline(self.canvas, self.scene, self.ink, box, self.under, graph, words, axis)

    # ---- what moves

    def _changed(self, part: str, key: object) -> bool:
        if self._keys.get(part) == key:
            return False
        self._keys[part] = key
        return True

    def _pass(self, t: float, told: float) -> None:
        """What the map shows from this frame on, if it differs from what it shows by what an eye may see."""
        held, words = drawn(self._at(t), self.kept), self._amount_words(told)
        radii = port_radii(self.scene, held)
        found = arcs(self.scene, held, self.view, radii)
        moved = self._moved(found, radii)
        if self._changed("words", tuple(words.values())) or moved:
            self._due = found, radii, words

    def _map(self) -> None:
        """Draws what is due, which may have been so since a frame that was left out."""
        if self._due is None:
            return
        (found, radii, words), self._due = self._due, None
        view, sheet, scene, group = self.view, self.sheet, self.scene, self.canvas.moving
        box = Box(view.left, view.top, view.right, view.bottom)
        rect = self.canvas.rect(box.grown(2.0))
        self.canvas.picture[rect] = self.under[rect]
        if self.ink.hatch:
            draw_ribbons(sheet, group, scene, found, self.ink, box)
        elif found.corridor.size:
            layers = inked(found, scene.corridors.mode, self.ink, scene.style.opacity)
            sheet.polygons(group, layers.polygons, layers.colours, box)
        draw_ports(sheet, group, scene, radii, view, self.ink, apart=False, places=self.places)
        self.canvas.draw()
        self.over.lay(self.canvas.picture)
        if self._changed("ranges", words):
            self._write_ranges(words)
        self.ranges.lay(self.canvas.picture)

    def _moved(self, found: Arcs, radii: Floats) -> bool:
        """Whether anything differs from the map as it was last drawn by what an eye may see."""
        kinds = tuple(each.tobytes() for each in (found.corridor, found.open, found.contested))
        sizes = np.concatenate([found.low, found.body, found.high, 2 * radii])
        if not self._changed("kinds", kinds) and np.abs(sizes - self._sizes).max(initial=0.0) <= self._least:
            return False
        self._sizes = sizes
        return True

    def _write_ranges(self, words: dict[int, str]) -> None:
        """Drawn apart, since they change more seldom than what they stand on."""
        told_of = [
            replace(each, label=replace(each.label, lines=(words[each.label.corridor],)))
            for each in self.amounts
            if each.label.corridor in words
        ]
        write_labels(self.sheet, self.canvas.moving, told_of, self.ink)
        view = self.view
        self.ranges = self.canvas.cover(Box(view.left, view.top, view.right, view.bottom))

    def _amount_words(self, told: float) -> dict[int, str]:
        """Corridor -> the range that its label tells, with the numbers of its reports."""
        if not self.amounts:
            return {}
        held = self._at(told)
        found = {}
        for each in self.amounts:
            corridor = each.label.corridor
            if held.best[corridor] > 0 or held.high[corridor] > 0:
                _, bracket, numbers = each.label.lines[0].partition(" [")
                found[corridor] = f"{captions.range_words(held.amount(corridor))}{bracket}{numbers}"
        return found

    def _figures(self, told: float) -> None:
        if not self._changed("figures", told):
            return
        layout = self.drawn.layout
        top = layout.head.ys[2]
        rect = self.canvas.rect(Box(0.0, top - 1, self.sheet.width, layout.head.bottom + 3))
        self.canvas.picture[rect] = self.under[rect]
        lines = self._fit_figures(told, max(1, len(self.figures.lines)), self.figures.size)
        self.sheet.lines(self.canvas.moving, layout.margin, top, lines.lines, size=lines.size, colour=self.ink.text)
        self.canvas.draw()
