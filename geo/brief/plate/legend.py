"""The legend: the width key in real volumes, and samples of what the drawing means.

What a plate draws is explained on it. Where there is little room the type becomes smaller, then the further volumes of
the key and the sample of direction are left out; the largest volume, the floor and every other sign stay.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from geo import formatting
from geo.brief.plate import captions, legend_words
from geo.brief.plate.arc_layers import OPEN_FADE
from geo.brief.plate.fonts import LEADING, FittedText, cut, fit, tame
from geo.brief.plate.labels import Box
from geo.brief.plate.legend_words import Used
from geo.brief.plate.palettes import Ink
from geo.brief.plate.sheet import Group, Sheet
from geo.scene.scene import Scene
from geo.scene.style import HALO_OPACITY, Colour

SIGN = 46.0
"""Layout px: length of a stroke in the legend."""
_SAMPLE = (7.0, 14.0, 22.0)
"""Layout px of core, body and halo where no range at the last moment has an upper limit."""
_BESIDE = SIGN + 10.0
_BETWEEN = 20.0
_LINES, _LINES_OF_ROUTES = 2, 8
"""A label's at most; of what routes are every word is told, since they are nobody's observation."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One row of the legend. rank: 0 stays; the higher, the sooner it is left out where there is no room."""

    rank: int
    height: float
    draw: Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Legend:
    """What was drawn: (volume, layout px) of the width key, and where it ends."""

    values: tuple[tuple[float, float], ...]
    bottom: float


def legend_rows(
    sheet: Sheet, scene: Scene, used: Used, ink: Ink, *, width: float, columns: int, factor: float, room: float
) -> Rows:
    """The width key in real volumes, then what of the drawing's language the plate uses, ready to be drawn.

    room: the height to keep to, in the largest type that does.
    """
    for size in sheet.sizes:
        rows = _rows(sheet, scene, used, ink, LegendShape(width, columns, size), factor)
        if rows.height() <= room + 1e-6:
            break
    return rows


def _rows(sheet: Sheet, scene: Scene, used: Used, ink: Ink, shape: LegendShape, factor: float) -> Rows:
    key = tuple((volume, px * factor) for volume, px in scene.style.legend())
    rows = Rows(sheet, ink, used, scene.style.floor * factor, shape)
    rows.title(tame(legend_words.key_title(scene)))
    for place, (volume, px) in enumerate(key):
        rows.key(
            0 if place == 0 else 2 + place, formatting.counted(formatting.number(volume), tame(scene.unit, 40)), px
        )
    rows.values = key
    if not key:
        rows.plain(0, "Nothing above 0 reported")
    if len(used.modes) > 1 or used.modes != (0,):
        for mode in used.modes:
            rows.mode(0, mode)
    _signs(rows, scene, used, factor)
    return rows


def _signs(rows: Rows, scene: Scene, used: Used, factor: float) -> None:
    """A row for each thing drawn, and none for what is not."""
    if used.doubt:
        rows.doubt(0, *((px * factor for px in used.section) if used.section else _SAMPLE))
    if used.contested:
        rows.sample(0, legend_words.CONTESTED, _dashes)
    if used.open:
        rows.sample(0, legend_words.OPEN, _open)
    if used.arcs:
        rows.sample(1, legend_words.DIRECTION, _direction)
    if used.routes:
        rows.sample(0, used.routes, _route)
    if used.areas:
        rows.sample(0, legend_words.AREA, _area)
    if floor := legend_words.floor_words(scene):
        rows.sample(0, floor, _thin)


def neutral(used: Used, ink: Ink) -> Colour:
    """Of what speaks for all arcs: the hue of their mode, or that of no mode where there are several."""
    return ink.mode[used.main] if len(used.modes) == 1 else ink.label


@dataclass(frozen=True, slots=True)
class LegendShape:
    """Width of the whole, layout px; columns; size of its text."""

    width: float
    columns: int
    size: float


class Rows:
    """Rows of a legend, gathered first and drawn once it is known which of them fit."""

    def __init__(self, sheet: Sheet, ink: Ink, used: Used, floor: float, shape: LegendShape) -> None:
        self.sheet, self.ink, self.floor = sheet, ink, floor
        self.colour, self.hue = neutral(used, ink), ink.mode[used.main]
        self.columns, self.whole, self.size = shape.columns, shape.width, shape.size
        self.wide = (shape.width - _BETWEEN * (shape.columns - 1)) / shape.columns
        self.group: Group = Group("legend")
        self.values: tuple[tuple[float, float], ...] = ()
        self.head: LegendEntry | None = None
        self.entries: list[LegendEntry] = []

    def height(self, *, least: bool = False) -> float:
        """What all rows need, with the title; least: those that stay."""
        kept = [not least or each.rank == 0 for each in self.entries]
        tall = [each.height for each, held in zip(self.entries, kept, strict=True) if held]
        height = max(*tall, sum(tall) / self.columns)
        while self._columns(kept, height) is None:
            height += 2.0
        return height + self._head_height + 1

    @property
    def _head_height(self) -> float:
        return self.head.height if self.head is not None else 0.0

    def bottom(self, box: Box) -> float:
        """Where it ends in a box."""
        _, placed = self._fitting(box.height)
        ends = [y + self.entries[place].height for place, (_, y) in placed.items()]
        return box.top + self._head_height + max(ends, default=0.0)

    def draw(self, box: Box) -> Legend:
        """Draws what fits, the least needed left out first."""
        self.group = self.sheet.group("legend")
        kept, placed = self._fitting(box.height)
        if self.head is not None:
            self.head.draw(box.left, box.top)
        for place, (column, y) in placed.items():
            self.entries[place].draw(box.left + column * (self.wide + _BETWEEN), box.top + self._head_height + y)
        values = tuple(pair for place, pair in enumerate(self.values) if kept[place])
        return Legend(values, self.bottom(box))

    def _fitting(self, room: float) -> tuple[list[bool], dict[int, tuple[int, float]]]:
        """Which rows are kept in a height, and where they stand. Rows of rank 0 are, whatever the height."""
        kept = [True] * len(self.entries)
        placed = self._columns(kept, room - self._head_height)
        while placed is None:
            spare = [place for place, each in enumerate(self.entries) if kept[place] and each.rank > 0]
            if not spare:
                room, placed = room + 2.0, self._columns(kept, room + 2.0 - self._head_height)
                continue
            kept[max(spare, key=lambda place: (self.entries[place].rank, place))] = False
            placed = self._columns(kept, room - self._head_height)
        return kept, placed

    def _columns(self, kept: list[bool], room: float) -> dict[int, tuple[int, float]] | None:
        """Row -> (column, y) in columns no taller than `room`; None where they do not fit."""
        found: dict[int, tuple[int, float]] = {}
        column, y = 0, 0.0
        for place, entry in enumerate(self.entries):
            if not kept[place]:
                continue
            if y > 0 and y + entry.height > room:
                column, y = column + 1, 0.0
            if column >= self.columns or entry.height > room:
                return None
            found[place] = (column, y)
            y += entry.height
        return found

    def title(self, text: str) -> None:
        line = cut(text, self.whole, self.size, self.sheet.fonts, bold=True)
        self.head = LegendEntry(0, self.size * LEADING + 3, lambda x, y: self._text(x, y, line, bold=True))

    def plain(self, rank: int, text: str) -> None:
        self._beside(rank, text, 0, lambda *_: None, at=0.0)

    def key(self, rank: int, text: str, px: float) -> None:
        def sign(x: float, y: float) -> None:
            box = Box(x, y - px / 2, x + SIGN, y + px / 2)
            self.sheet.rectangle(self.group, box, self.colour)

        self._beside(rank, text, px + 5, sign)

    def mode(self, rank: int, mode: int) -> None:
        name = captions.MODE_WORDS.get(mode, captions.MODE_WORDS[0])

        def sign(x: float, y: float) -> None:
            box, hatch = Box(x, y - 5.5, x + SIGN, y + 5.5), self.ink.hatch.get(mode, "")
            self.sheet.rectangle(self.group, box, self.ink.mode[mode], hatch=hatch, over=self.ink.sea)

        self._beside(rank, name[:1].upper() + name[1:], 15, sign)

    def doubt(self, rank: int, low: float, body: float, high: float) -> None:
        """Core, body and halo of one stroke, so many px wide, each with its name beside it."""
        most, best, least = legend_words.DOUBT
        height = max(3 * self.size * LEADING, high) + 4
        ink = self.ink

        def draw(x: float, y: float) -> None:
            group, middle = self.group, y + height / 2 - 1
            for px, colour, opacity in (
                (high, self.colour, HALO_OPACITY),
                (body, self.colour, 1.0),
                (low, ink.core(self.colour), 1.0),
            ):
                box = Box(x, middle - px / 2, x + SIGN, middle + px / 2)
                self.sheet.rectangle(group, box, colour, opacity=opacity)
            # From the middle of what shows of each: its upper rim, and of the core the centre line.
            offsets = (-(high + body) / 4, -(body + low) / 4, 0.0)
            for place, (text, offset) in enumerate(zip((most, best, least), offsets, strict=True)):
                at = middle + (place - 1) * self.size * LEADING
                leader = [
                    (x + SIGN - 4, middle + offset),
                    (x + SIGN + 2, middle + offset),
                    (x + SIGN + 9, at),
                    (x + SIGN + 12, at),
                ]
                self.sheet.line(group, leader, colour=ink.muted, width=0.7)
                self._text(x + SIGN + 15, at - self.size * LEADING / 2, text)

        self._add(rank, height, draw)

    def sample(self, rank: int, text: str, draw: Callable[[Rows, float, float], None]) -> None:
        height = 20.0 if draw in (_open, _area) else 15.0
        lines = _LINES_OF_ROUTES if draw is _route else _LINES
        self._beside(rank, text, height, lambda x, y: draw(self, x, y), lines=lines)

    def _beside(
        self,
        rank: int,
        text: str,
        height: float,
        sign: Callable[[float, float], None],
        *,
        at: float = _BESIDE,
        lines: int = _LINES,
    ) -> None:
        fonts, smallest = self.sheet.fonts, self.sheet.sizes[-1]
        found: FittedText = fit(
            text, width=self.wide - at, most=lines, largest=self.size, smallest=smallest, fonts=fonts
        )
        tall = max(height, found.height) + 2.5

        def draw(x: float, y: float) -> None:
            sign(x, y + tall / 2)
            self.sheet.lines(
                self.group, x + at, y + (tall - found.height) / 2, found.lines, size=found.size, colour=self.ink.text
            )

        self._add(rank, tall, draw)

    def _add(self, rank: int, height: float, draw: Callable[[float, float], None]) -> None:
        self.entries.append(LegendEntry(rank, height, draw))

    def _text(self, x: float, y: float, text: str, *, bold: bool = False, size: float = 0.0) -> None:
        self.sheet.text(self.group, x, y, text, size=size or self.size, colour=self.ink.text, bold=bold)


def _dashes(rows: Rows, x: float, y: float) -> None:
    for start, wide in ((0.0, 10.0), (15.0, 13.0), (33.0, 13.0)):
        rows.sheet.rectangle(rows.group, Box(x + start, y - 5, x + start + wide, y + 5), rows.colour)


def _open(rows: Rows, x: float, y: float) -> None:
    for step in range(6, 0, -1):
        half = 2.5 + OPEN_FADE * 0.75 * step / 6
        rows.sheet.rectangle(rows.group, Box(x, y - half, x + SIGN, y + half), rows.colour, opacity=0.5 / 6)
    rows.sheet.rectangle(rows.group, Box(x, y - 2.5, x + SIGN, y + 2.5), rows.colour)


def _direction(rows: Rows, x: float, y: float) -> None:
    neck = SIGN - 12
    edge = [(0.0, 1.5), (SIGN * 0.2, 3.1), (SIGN * 0.4, 4.0), (neck, 4.0), (neck, 7.0)]
    points = np.array([*edge, (SIGN, 0.0), *((along, -out) for along, out in reversed(edge))])
    rows.sheet.polygon(rows.group, points + np.array([x, y]), fill=rows.hue)


def _route(rows: Rows, x: float, y: float) -> None:
    at = np.linspace(0.0, 1.0, 25)
    rows.sheet.line(
        rows.group,
        np.column_stack([x + SIGN * at, y + 4.0 * np.sin(2 * math.pi * at)]),
        colour=rows.hue,
        width=3.0,
    )


def _area(rows: Rows, x: float, y: float) -> None:
    turn = np.linspace(0, 2 * math.pi, 40)
    points = np.column_stack([x + SIGN / 2 + 8 * np.cos(turn), y + 8 * np.sin(turn)])
    rows.sheet.polygon(rows.group, points, fill=rows.ink.label, opacity=0.13)
    rows.sheet.polygon(rows.group, points, edge=rows.ink.label, width=1.0, opacity=0.5)


def _thin(rows: Rows, x: float, y: float) -> None:
    half = rows.floor / 2
    rows.sheet.rectangle(rows.group, Box(x, y - half, x + SIGN, y + half), rows.colour)
