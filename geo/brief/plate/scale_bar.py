"""What stands on the map: the scale bar, and north where one arrow is true for all of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import EARTH_M, MapView, north_at, true_scale
from geo.brief.plate.sheet import Group, Sheet

_MOST_LEAN = 4.0
"""Degrees between north at one corner of the map and at another, up to which one arrow can speak for the map."""
_LEAST_FOR_NORTH = 140.0
_WIDE_KM = 1_500.0
"""Beyond it the scale differs enough over the map that the bar says where it is true."""


@dataclass(frozen=True, slots=True)
class ScaleBar:
    metres: float
    px: float
    words: str


def scale_bar(view: MapView, most: float) -> ScaleBar | None:
    """A round distance no longer than `most` layout px, true at the middle of the map."""
    per_metre = true_scale(view)
    if per_metre <= 0:
        return None
    metres = _round_below(min(most / per_metre, math.pi * EARTH_M))
    said = f"{metres / 1000:,.0f} km" if metres >= 1000 else f"{metres:,.0f} m"
    wide = (view.right - view.left) / per_metre / 1000 > _WIDE_KM
    return ScaleBar(metres, metres * per_metre, f"{said} at the middle of the map" if wide else said)


def _round_below(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return max(digit * power for digit in (1, 2, 5) if digit * power <= value * (1 + 1e-9))


def draw_scale(sheet: Sheet, group: Group, view: MapView, ink: Ink, marks: Sequence[Box] = ()) -> list[Box]:
    """Scale bar at the bottom right, and north at the top where one arrow is true for the map. -> boxes taken.

    marks: of places, which the arrow stays away from: it stands on the right, else on the left, else nowhere.
    """
    right, bottom = view.right - 14.0, view.bottom - 14.0
    taken = []
    bar = scale_bar(view, min(130.0, 0.3 * (view.right - view.left)))
    if bar is not None:
        left = right - bar.px
        ends = [(left, bottom - 5), (left, bottom), (right, bottom), (right, bottom - 5)]
        sheet.line(group, ends, colour=ink.sea, width=4.0)
        sheet.line(group, ends, colour=ink.label, width=1.4)
        said = cut_to_fit(sheet, bar.words, view.right - view.left - 28.0)
        wide = sheet.fonts.width(said, 11)
        sheet.text(group, right, bottom - 22, said, size=11, colour=ink.label, align="right", halo=ink.sea)
        taken.append(Box(min(left, right - wide) - 6, bottom - 24, view.right, view.bottom))
    return taken + _draw_north(sheet, group, view, ink, marks)


def _draw_north(sheet: Sheet, group: Group, view: MapView, ink: Ink, marks: Sequence[Box]) -> list[Box]:
    y = view.top + 34.0
    for x in (view.right - 24.0, view.left + 24.0):
        lean = arrow_lean(view, x)
        box = Box(x - 16, view.top, x + 16, y + 16)
        if lean is None or view.bottom - view.top < _LEAST_FOR_NORTH or any(box.meets(mark) for mark in marks):
            continue
        a = math.radians(lean)
        along, aside = np.array([math.sin(a), -math.cos(a)]), np.array([math.cos(a), math.sin(a)])
        middle = np.array([x, y])
        tip, foot = middle + 13 * along, middle - 10 * along
        sheet.polygon(group, [tuple(tip), tuple(foot + 6 * aside), tuple(foot + 3 * along)], fill=ink.label)
        hollow = [tuple(tip), tuple(foot - 6 * aside), tuple(foot + 3 * along)]
        sheet.polygon(group, hollow, fill=ink.sea, edge=ink.label, width=0.9)
        at = middle + 21 * along
        sheet.text(
            group,
            float(at[0]),
            float(at[1]) - 7.5,
            "N",
            size=10,
            colour=ink.label,
            bold=True,
            align="center",
            halo=ink.sea,
        )
        return [box]
    return []


def cut_to_fit(sheet: Sheet, text: str, width: float) -> str:
    """The words of a scale bar; the distance alone on a narrow map, and nothing where not even that fits."""
    short = " ".join(text.split()[:2])
    return next((each for each in (text, short) if sheet.fonts.width(each, 11) * 1.03 <= width), "")


def arrow_lean(view: MapView, x: float) -> float | None:
    """Degrees that north leans at the top of the map at x; None where no one arrow is true for all of it."""
    corners = [(view.left, view.top), (view.right, view.top), (view.left, view.bottom), (view.right, view.bottom)]
    leans = [north_at(view, *corner) for corner in corners]
    if view.projection.world or not all(map(math.isfinite, leans)) or max(leans) - min(leans) > _MOST_LEAN:
        return None
    return north_at(view, x, view.top + 34.0)
