"""The strip under a map: the cumulative range of what the headline tells, with an axis, and the moments shown.

Its scale is that of the whole span, so that the strips of two moments can be compared. It is the twin of the player's
(player/src/track.ts).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo import formatting
from geo.arrays import Floats
from geo.brief.plate import captions
from geo.brief.plate.fonts import LEADING, cut
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.sheet import Sheet
from geo.scene.moment import at
from geo.scene.scene import Scene
from geo.scene.style import HALO_OPACITY, Colour

_EVEN = 49
_MOST_BENDS = 120
_MOST_EVENTS = 60
_STEPS = ((1, 2, 5), (2.5, 4), (1.5, 3, 6, 8))
"""Between the lines of the axis, times a power of ten; the roundest first."""
_FEWEST, _MOST = 2, 3
"""Lines of the axis above zero."""
_LABEL, _ABOVE = 1.2, 0.66
"""Height of a line's value, and how much of it is above the line, in sizes of its text."""
_HEADROOM = 1.04
_TOUCH = 2.0
"""Layout px of a line of text that are air."""
_TRIES = 4
"""A lower plot may have other lines."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The total over time: seconds, low, best, high (+inf where open), each (k,).

    A step is two points a second apart.
    """

    time: Floats
    low: Floats
    best: Floats
    high: Floats

    @property
    def top(self) -> float:
        """The largest finite figure; a hair above 0 where there is none."""
        finite = self.high[np.isfinite(self.high)]
        return max(1e-9, *(float(each.max(initial=0)) for each in (self.best, self.low, finite)))

    def until(self, t: float) -> Series:
        """Its beginning, up to and with `t`, which is one of its times."""
        kept = self.time <= t
        return Series(self.time[kept], self.low[kept], self.best[kept], self.high[kept])


def series(scene: Scene, window: float | None, moments: tuple[float, ...] = ()) -> Series:
    """Totals of `geo.scene.moment.at` over the span: at even times, at moments, on both sides of bends of ranges."""
    bends = np.unique(np.concatenate([_led(scene), scene.knots.time[: 4 * _MOST_BENDS]]))
    bends = bends[(bends > 0) & (bends < scene.seconds)]
    if bends.size > _MOST_BENDS:
        bends = bends[np.linspace(0, bends.size - 1, _MOST_BENDS).astype(int)]
    if scene.corridors.id.size > 1_000:
        bends = bends[:0]
    even = np.linspace(0.0, scene.seconds, _EVEN)
    time = np.unique(np.concatenate([even, bends, np.minimum(bends + 1.0, scene.seconds), moments]))
    totals = [at(scene, float(t), window).total for t in time]
    low, best, high = (np.array([getattr(each, name) for each in totals]) for name in ("low", "best", "high"))
    return Series(time, low, best, high)


def _led(scene: Scene) -> Floats:
    """Where the curve that the words tell bends."""
    offsets = scene.knots.offsets
    return scene.knots.time[offsets[scene.lead] : offsets[scene.lead + 1]] if scene.lead >= 0 else np.zeros(0)


def axis(top: float, least: float = 0.0) -> list[float]:
    """Round values for lines above zero, evenly apart, none above `top`: two or three, each with room for its label.

    least: share of `top` that a label takes. Values are whole, so that below 2 there is the line at 1; and where labels
    have no room for two lines there is one.
    """
    for digits in _STEPS:
        step = _largest_step(top / _FEWEST, digits)
        if step and top / step < _MOST + 1 and step >= least * top:
            return [step * k for k in range(1, _MOST + 1) if step * k <= top * (1 + 1e-9)]
    alone = _largest_step(top, _STEPS[0])
    return [alone] if alone else []


def _largest_step(most: float, digits: Sequence[float]) -> float:
    """The largest whole one of some digits times a power of ten; 0 where all are above `most`."""
    if most < 1 - 1e-9:
        return 0.0
    power = 10.0 ** math.floor(math.log10(most) + 1e-12)
    steps = (digit * scale for scale in (power, power / 10) for digit in digits)
    return max((each for each in steps if each <= most * (1 + 1e-9) and each >= 1 and each % 1 == 0), default=0.0)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the strip is drawn: its box, and what its sides stand for."""

    box: Box
    seconds: float
    top: float

    def x(self, time: Floats | float) -> Floats:
        return self.box.left + np.asarray(time, float) / max(self.seconds, 1) * self.box.width

    def y(self, value: Floats | float) -> Floats:
        return self.box.bottom - np.minimum(value, self.top) / self.top * self.box.height


def _axed(box: Box, seconds: float, top: float, size: float) -> tuple[_Plot, list[float]]:
    """The plot with the lines of its axis: lower by what the uppermost line's value would reach into the heading."""
    heading = box.top - _TOUCH
    for _ in range(_TRIES):
        plot = _Plot(box, seconds, top * _HEADROOM)
        lines = axis(top, _LABEL * size / max(box.height, 1.0) * _HEADROOM)
        over = heading + _ABOVE * size - float(plot.y(lines[-1])) if lines else 0.0
        if over <= 0:
            break
        box = Box(box.left, box.top + over * plot.top / lines[-1], box.right, box.bottom)
    return plot, lines


def draw_inset(
    sheet: Sheet, box: Box, scene: Scene, moments: tuple[float, ...], window: float | None, ink: Ink, hue: Colour,
    *, brief: bool = False,
) -> Series:  # fmt: skip
    """Range as a band, best as a line, each moment as a mark; nothing beyond the last moment.

    brief: its heading is as short as it can be, since the events of a film stand beside it.
    """
    group = sheet.group("timeline")
    whole = series(scene, window, moments)
    found = whole.until(moments[-1])
    size = sheet.strip_size
    head, foot = size * LEADING + 1, size * LEADING + 3
    plot, lines = _axed(Box(box.left, box.top + head, box.right, box.bottom - foot), scene.seconds, whole.top, size)
    across, opened = plot.x(found.time), np.isinf(found.high)
    high = np.where(opened, plot.top, found.high)
    band = np.concatenate([np.column_stack([across, plot.y(high)]), np.column_stack([across, plot.y(found.low)])[::-1]])
    sheet.polygon(group, band, fill=hue, opacity=HALO_OPACITY if not opened.any() else 0.6 * HALO_OPACITY)
    bottom = plot.box.bottom
    base = np.concatenate([np.column_stack([across, plot.y(found.low)]), [[across[-1], bottom], [across[0], bottom]]])
    sheet.polygon(group, base, fill=hue, opacity=0.45)
    sheet.line(group, np.column_stack([across, plot.y(found.best)]), colour=hue, width=1.6)
    for value in (0.0, *lines):
        y = float(plot.y(value))
        sheet.line(group, [(plot.box.left, y), (plot.box.right, y)], colour=ink.rule, width=0.6 if value else 1.0)
    for event in _events(scene):
        at_x = float(plot.x(float(event)))
        sheet.line(group, [(at_x, bottom), (at_x, bottom + 3)], colour=ink.muted, width=0.9)
    for t in moments:
        at_x = float(plot.x(t))
        sheet.line(group, [(at_x, plot.box.top), (at_x, bottom + 4)], colour=ink.text, width=1.1)
    _axis_words(sheet, plot, lines, ink)
    _words(sheet, box, scene, moments, window, ink, (whole, bottom + 3, brief))
    return found


def _axis_words(sheet: Sheet, plot: _Plot, lines: Sequence[float], ink: Ink) -> None:
    """Each line's value at its left end."""
    group, size = sheet.group("timeline axis"), sheet.strip_size
    for value in lines:
        top = float(plot.y(value)) - size * _ABOVE
        sheet.text(group, plot.box.left + 2, top, formatting.number(value), size=size, colour=ink.muted, halo=ink.paper)


def _events(scene: Scene) -> Floats:
    """Seconds at which the line has a tick."""
    time = np.asarray(scene.events.time[:_MOST_EVENTS], float)
    return time[(time >= 0) & (time < scene.seconds)]


def _words(
    sheet: Sheet,
    box: Box,
    scene: Scene,
    moments: tuple[float, ...],
    window: float | None,
    ink: Ink,
    said: tuple[Series, float, bool],
) -> None:
    """What the inset shows above it, and dates below it that leave each other room."""
    group = sheet.group("timeline words")
    whole, y, brief = said
    small = sheet.strip_size
    unit = captions.units(scene.unit)
    what = f"{unit[:1].upper()}{unit[1:]}{' in the period' if window is not None else ' up to each moment'}"
    most = "any number (no upper limit)" if np.isinf(whole.high).any() else "at most"
    line = "smoothest course" if scene.lead >= 0 else "best estimate"
    ticks = "; ticks: events" if _events(scene).size else ""
    texts = [
        f"{what}: band from at least to {most}, line {line}{ticks}",
        f"{what}, at least to at most{ticks}",
        f"{what}{ticks}",
    ][2 if brief or np.array_equal(whole.low, whole.high) else 0 :]
    fitting = (text for text in texts if cut(text, box.width, small, sheet.fonts) == text)
    text = next(fitting, cut(texts[-1], box.width, small, sheet.fonts))
    sheet.text(group, box.left, box.top, text, size=small, colour=ink.muted)
    taken: list[tuple[float, float]] = []
    wanted = [(t, captions.moment_words(scene, t), True) for t in moments[-1:]]
    wanted += [(0.0, captions.moment_words(scene, 0), False)]
    wanted += [(float(scene.seconds), captions.moment_words(scene, scene.seconds), False)]
    wanted += [(t, captions.moment_words(scene, t), True) for t in moments[:-1]]
    for t, label, bold in wanted:
        wide = sheet.fonts.width(label, small, bold=bold) * 1.03
        tick = box.left + t / max(scene.seconds, 1) * box.width
        # Of two moments that are near one another the earlier has its date before its mark.
        lefts = [min(max(each, box.left), box.right - wide) for each in (tick - wide / 2, tick - wide + 2)[: 1 + bold]]
        free = (x for x in lefts if not any(x < right + 8 and other - 8 < x + wide for other, right in taken))
        if (left := next(free, None)) is None:
            continue
        taken.append((left, left + wide))
        sheet.text(group, left, y, label, size=small, colour=ink.text if bold else ink.muted, bold=bold)
