"""The frame of a picture: its size, and the layout pixel that everything in it is measured in."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from geo.errors import BriefError

MM_PER_INCH = 25.4
MOST_PX = 10_000
"""A side. 100 million pixels take 400 MB while they are drawn; more is a poster, for which SVG and PDF are made."""
LEAST_PX = 320
LEAST_MM, MOST_MM = 60.0, 2_000.0
LEAST_DPI, MOST_DPI = 50.0, 1_200.0
MOST_ASPECT = 4.0
"""Times as long as wide: beyond it no arrangement of map, legend and sources can be read."""
SCREEN_DPI, PRINT_DPI = 96.0, 200.0
SHORT_SIDE = 720.0
"""Layout pixels on the short side of a frame, so that text keeps its share of a slide at any resolution."""
LEAST_LAYOUT_PX = 0.85
"""Screen pixels that a layout pixel has at least; the smallest text is then still legible."""
LEAST_LAYOUT_PT = 0.62
"""Likewise in print: text of 10 layout pixels is then 6 points high."""

_SIZE = re.compile(
    r"\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(px|mm)?\s*(?:@\s*(\d+(?:\.\d+)?)\s*(?:dpi)?)?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Frame:
    """width, height in `unit`; dpi: pixels per inch of a picture in pixels, which is also its print resolution.

    Raises BriefError for a size that cannot be drawn.
    """

    width: float
    height: float
    unit: Literal["px", "mm"] = "px"
    dpi: float = SCREEN_DPI

    def __post_init__(self) -> None:
        given = f"frame {self.width:g}x{self.height:g} {self.unit} at {self.dpi:g} dpi"
        if self.unit not in ("px", "mm"):
            raise BriefError(given, "the unit is px or mm", "Give for example 1920x1080 or 180x120mm.")
        sides = (self.width, self.height, self.dpi)
        if not all(math.isfinite(side) and side > 0 for side in sides):
            raise BriefError(given, "a side and a resolution are numbers above 0", "Give for example 1920x1080.")
        if not LEAST_DPI <= self.dpi <= MOST_DPI:
            rule = f"the resolution lies between {LEAST_DPI:g} and {MOST_DPI:,.0f} dpi"
            raise BriefError(given, rule, "200 dpi are enough for most print.")
        if self.unit == "mm" and not all(LEAST_MM <= side <= MOST_MM for side in sides[:2]):
            rule = f"a side lies between {LEAST_MM:g} and {MOST_MM:,.0f} mm"
            raise BriefError(given, rule, "Choose another size.")
        if self.unit == "px" and not all(float(side).is_integer() for side in sides[:2]):
            raise BriefError(given, "pixels are whole", "Round the sides.")
        if min(self.pixels) < LEAST_PX or max(self.pixels) > MOST_PX:
            wide, tall = self.pixels
            rule = f"a side lies between {LEAST_PX} and {MOST_PX:,} pixels, and this is {wide:,} x {tall:,}"
            raise BriefError(given, rule, "Choose another size or resolution.")
        if max(sides[:2]) > MOST_ASPECT * min(sides[:2]):
            rule = f"a side is at most {MOST_ASPECT:g} times the other"
            raise BriefError(given, rule, "Make the frame less narrow.")

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height."""
        per = self.dpi if self.unit == "px" else MM_PER_INCH
        return self.width / per, self.height / per

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a picture in pixels."""
        wide, tall = self.inches
        return round(wide * self.dpi), round(tall * self.dpi)

    @property
    def layout_inch(self) -> float:
        """Inches of a layout pixel, the unit in which widths, texts and boxes are measured."""
        share = min(self.inches) / SHORT_SIDE
        least = LEAST_LAYOUT_PX / self.dpi if self.unit == "px" else LEAST_LAYOUT_PT / 72
        return max(share, least)

    @property
    def layout(self) -> tuple[float, float]:
        """Width and height in layout pixels."""
        wide, tall = self.inches
        return wide / self.layout_inch, tall / self.layout_inch

    def __str__(self) -> str:
        if self.unit == "mm":
            return f"{self.width:g}x{self.height:g}mm@{self.dpi:g}"
        return f"{self.width:g}x{self.height:g}" + ("" if self.dpi == SCREEN_DPI else f"@{self.dpi:g}")


PRESETS: Mapping[str, Frame] = MappingProxyType(
    {
        "16:9": Frame(1920, 1080),
        "4:3": Frame(1600, 1200),
        "a4": Frame(297, 210, "mm", PRINT_DPI),
        "a4-portrait": Frame(210, 297, "mm", PRINT_DPI),
        "square": Frame(1080, 1080),
    }
)


def read_frame(words: str) -> Frame:
    """ "16:9", "1200x800", "180x120mm" or "180x120mm@300" -> its frame. Raises BriefError for anything else."""
    text = words.strip().lower() if len(words) <= 64 else ""
    if text in PRESETS:
        return PRESETS[text]
    found = _SIZE.fullmatch(text)
    if not found:
        hint = f"Give one of {', '.join(PRESETS)}, or a size like 1200x800, 180x120mm or 180x120mm@300."
        raise BriefError(f"frame {words[:64]!r}", "there is no frame of that name", hint)
    wide, tall, unit, dpi = found.groups()
    mm = unit == "mm"
    return Frame(float(wide), float(tall), "mm" if mm else "px", float(dpi or (PRINT_DPI if mm else SCREEN_DPI)))
