"""The timeline of a plate: the range of what had moved, up to its moment, and where that lies in the whole span."""

from __future__ import annotations

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
_SMALL = 9.5


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The total over time: seconds, low, best, high (+inf where open), each (k,)."""

    time: Floats
    low: Floats
    best: Floats
    high: Floats


def series(scene: Scene, until: float, window: float | None) -> Series:
    """Totals of `geo.scene.moment.at` at even times and at the bends of the ranges, up to `until`."""
    bends = np.unique(np.concatenate([_led(scene), scene.knots.time[: 4 * _MOST_BENDS]]))
    bends = bends[(bends > 0) & (bends < until)]
    if bends.size > _MOST_BENDS:
        bends = bends[np.linspace(0, bends.size - 1, _MOST_BENDS).astype(int)]
    if scene.corridors.id.size > 1_000:
        bends = bends[:0]
    time = np.unique(np.concatenate([np.linspace(0.0, until, _EVEN), bends]))
    totals = [at(scene, float(t), window).total for t in time]
    low, best, high = (np.array([getattr(each, name) for each in totals]) for name in ("low", "best", "high"))
    return Series(time, low, best, high)


def _led(scene: Scene) -> Floats:
    """Where the curve that the words tell bends."""
    offsets = scene.knots.offsets
    return scene.knots.time[offsets[scene.lead] : offsets[scene.lead + 1]] if scene.lead >= 0 else np.zeros(0)


def draw_inset(
    sheet: Sheet, box: Box, scene: Scene, moments: tuple[float, ...], window: float | None, ink: Ink, hue: Colour
) -> Series:
    """Range as a band, best as a line, each moment as a mark; nothing beyond the last moment."""
    group = sheet.group("timeline")
    found = series(scene, moments[-1], window)
    head, foot = _SMALL * LEADING + 1, _SMALL * LEADING + 3
    plot = Box(box.left, box.top + head, box.right, box.bottom - foot)
    finite = found.high[np.isfinite(found.high)]
    top = max(float(found.best.max(initial=0)), float(finite.max(initial=0)), float(found.low.max(initial=0)), 1e-9)

    def x(time: Floats | float) -> Floats:
        return plot.left + np.asarray(time, float) / max(scene.seconds, 1) * plot.width

    def y(value: Floats) -> Floats:
        return plot.bottom - np.minimum(value, top) / top * plot.height

    across = x(found.time)
    opened = np.isinf(found.high)
    high = np.where(opened, top, found.high)
    band = np.concatenate([np.column_stack([across, y(high)]), np.column_stack([across, y(found.low)])[::-1]])
    sheet.polygon(group, band, fill=hue, opacity=HALO_OPACITY if not opened.any() else 0.6 * HALO_OPACITY)
    base = np.concatenate(
        [np.column_stack([across, y(found.low)]), [[across[-1], plot.bottom], [across[0], plot.bottom]]]
    )
    sheet.polygon(group, base, fill=hue, opacity=0.45)
    sheet.line(group, np.column_stack([across, y(found.best)]), colour=hue, width=1.6)
    sheet.line(group, [(plot.left, plot.bottom), (plot.right, plot.bottom)], colour=ink.rule, width=1.0)
    for event in _events(scene):
        at_x = float(x(float(event)))
        sheet.line(group, [(at_x, plot.bottom), (at_x, plot.bottom + 3)], colour=ink.muted, width=0.9)
    for t in moments:
        at_x = float(x(t))
        sheet.line(group, [(at_x, plot.top), (at_x, plot.bottom + 4)], colour=ink.text, width=1.1)
    _words(sheet, box, scene, moments, window, ink, (top, bool(opened.any()), plot.bottom + 3))
    return found


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
    said: tuple[float, bool, float],
) -> None:
    """What the inset shows above it, and dates below it that leave each other room."""
    group = sheet.group("timeline words")
    top, opened, y = said
    unit = captions.units(scene.unit)
    what = f"{unit[:1].upper()}{unit[1:]}{' in the period' if window is not None else ' up to each moment'}"
    most = "any number (no upper limit)" if opened else "at most"
    ticks = "; ticks: events" if _events(scene).size else ""
    texts = [
        f"{what}: band from at least to {most}, line best estimate; full height {formatting.number(top)}{ticks}",
        f"{what}, at least to at most; full height {formatting.number(top)}{ticks}",
        f"{what}{ticks}",
    ]
    fitting = (text for text in texts if cut(text, box.width, _SMALL, sheet.fonts) == text)
    text = next(fitting, cut(texts[-1], box.width, _SMALL, sheet.fonts))
    sheet.text(group, box.left, box.top, text, size=_SMALL, colour=ink.muted)
    taken: list[tuple[float, float]] = []
    wanted = [(t, captions.moment_words(scene, t), True) for t in moments[-1:]]
    wanted += [(0.0, captions.moment_words(scene, 0), False)]
    wanted += [(float(scene.seconds), captions.moment_words(scene, scene.seconds), False)]
    wanted += [(t, captions.moment_words(scene, t), True) for t in moments[:-1]]
    for t, label, bold in wanted:
        wide = sheet.fonts.width(label, _SMALL, bold=bold) * 1.03
        left = min(max(box.left + t / max(scene.seconds, 1) * box.width - wide / 2, box.left), box.right - wide)
        if any(left < right + 8 and other - 8 < left + wide for other, right in taken):
            continue
        taken.append((left, left + wide))
        sheet.text(group, left, y, label, size=_SMALL, colour=ink.text if bold else ink.muted, bold=bold)
