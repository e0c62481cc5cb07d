"""What a finished picture is asked to be. Two equal plates are the same bytes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

from geo.errors import BriefError
from geo.scene.scene import Scene
from geo.scene.view import Bounds
from geo.sea.basemap import LAYERS, ORDINARY_LAYERS

Look = Literal["light", "dark", "grey"]
MM_PER_INCH = 25.4
MOST_PX = 10_000
"""A side. 100 million pixels take 400 MB while they are drawn; more is a poster, for which SVG and PDF are made."""
LEAST_PX = 320
LEAST_MM, MOST_MM = 60.0, 2_000.0
LEAST_DPI, MOST_DPI = 50.0, 1_200.0
SMALLEST_PT = 11.0
"""Of anything on a slide SLIDE_INCHES wide, points."""
SLIDE_INCHES, SLIDE_DPI = 1280 / 96, 96.0
"""Width of a 16:9 slide, and layout pixels to its inch."""
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
    def type_sizes(self) -> tuple[float, ...]:
        """Layout px of the small type, the largest first: it is set in the first that fits.

        On a 16:9 slide there is one, SMALLEST_PT: what is smaller is not read from the back of a room.
        """
        wide, tall = self.layout
        usual = SMALLEST_PT / 72 / self.layout_inch if self.unit == "mm" else SMALLEST_PT / 72 * SLIDE_DPI
        if self.unit == "px" and wide >= SLIDE_INCHES * SLIDE_DPI - 1 and tall >= SHORT_SIDE - 1:
            return (usual,)
        room = min(1.0, wide / 900.0, tall / 620.0)
        return tuple(max(usual * share * room, 7.5) for share in (0.9, 0.82, 0.75, 0.68, 0.62))

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
        "9:16": Frame(1080, 1920),
    }
)


def read_frame(words: str) -> Frame:
    """ "16:9", "1200x800", "180x120mm" or "180x120mm@300" -> its frame. Raises BriefError for anything else."""
    text = words.strip().lower() if len(words) <= 64 else ""
    text = "square" if text == "1:1" else text
    if text in PRESETS:
        return PRESETS[text]
    found = _SIZE.fullmatch(text)
    if not found:
        hint = f"Give one of {', '.join(PRESETS)}, or a size like 1200x800, 180x120mm or 180x120mm@300."
        raise BriefError(f"frame {words[:64]!r}", "there is no frame of that name", hint)
    wide, tall, unit, dpi = found.groups()
    mm = unit == "mm"
    return Frame(float(wide), float(tall), "mm" if mm else "px", float(dpi or (PRINT_DPI if mm else SCREEN_DPI)))


LOOKS: tuple[Look, ...] = ("light", "dark", "grey")
COUNTS = (1, 2, 4, 6)
"""Moments on one plate: one map, two that are compared, or small multiples that fill a grid."""
COMPARED = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What the user writes. title, subtitle: "" for those made from the data. handling stands above and below."""

    title: str = ""
    subtitle: str = ""
    handling: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A note that an author puts on a map: no report says it. lon, lat: degrees of the point that it is about.

    offset: layout px to the right and down from the point to the middle of its box, or () where it is to find room.
    """

    text: str
    lon: float
    lat: float
    offset: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """One picture of a scene.

    moments    seconds since the scene's start, in time order: 1, 2, 4 or 6; each map shows what holds before its
               moment, and the words of two maps tell their difference
    window     seconds that a trailing window looks back, or None for everything up to the moment
    view       degrees, EPSG:4326, or None for all of the scene
    largest    how many corridors are drawn, the largest at the end of the span; 0 is all
    film       it is what the frames of a film are drawn on: its title holds no figure, and date and figures are large
    layers     of the base map: of `geo.sea.basemap.LAYERS`
    callouts   an author's notes on it
    locator    whether a close map has a globe that says where it lies
    version    of Waybill; data_hash: of the data, as the small type and the file's metadata give it
    Raises BriefError.
    """

    scene: Scene
    moments: tuple[float, ...]
    window: float | None = None
    frame: Frame = PRESETS["16:9"]
    look: Look = "light"
    largest: int = 0
    film: bool = False
    words: Words = field(default_factory=Words)
    view: Bounds | None = None
    layers: tuple[str, ...] = ORDINARY_LAYERS
    locator: bool = True
    callouts: tuple[Callout, ...] = ()
    version: str = ""
    data_hash: str = ""

    def __post_init__(self) -> None:
        if len(self.moments) not in COUNTS:
            raise BriefError(
                f"{len(self.moments)} moments", "a plate shows 1, 2, 4 or 6", "Leave some out, or make several plates."
            )
        if not all(math.isfinite(t) and 0 <= t <= self.scene.seconds for t in self.moments):
            last = self.scene.start + timedelta(seconds=self.scene.seconds)
            rule = f"a moment lies between {self.scene.start:%Y-%m-%d} and {last:%Y-%m-%d}, in seconds since the former"
            raise BriefError(f"moments {self.moments}", rule, "Choose moments within the data.")
        if list(self.moments) != sorted(set(self.moments)):
            raise BriefError(f"moments {self.moments}", "each moment is later than the one before it", "Sort them.")
        if self.window is not None and not (math.isfinite(self.window) and self.window > 0):
            raise BriefError(f"window {self.window}", "a window is a number of seconds above 0", "Or give none.")
        if self.look not in LOOKS:
            raise BriefError(f"look {self.look!r}", f"looks are {', '.join(LOOKS)}", "Choose one of them.")
        if any(layer not in LAYERS for layer in self.layers):
            raise BriefError(f"layers {self.layers}", f"layers are {', '.join(LAYERS)}", "Choose among them.")
        if self.view is not None:
            _check(self.view)

    def describe(self) -> str:
        """What was asked for, as JSON with sorted keys: it travels in the file's metadata."""
        view = None if self.view is None else [self.view.west, self.view.south, self.view.east, self.view.north]
        asked = {
            "data": self.data_hash,
            "frame": str(self.frame),
            "largest": self.largest,
            "layers": list(self.layers),
            "locator": self.locator,
            "look": self.look,
            "moments": [(self.scene.start + timedelta(seconds=t)).isoformat() for t in self.moments],
            "unit": self.scene.unit,
            "version": self.version,
            "view": view,
            "window": self.window,
            "words": {name: getattr(self.words, name) for name in ("title", "subtitle", "handling", "note")},
        }
        if self.scene.paths is not None:
            asked["paths"] = "routes"
        if self.callouts:
            asked["callouts"] = [[each.text, each.lon, each.lat, list(each.offset)] for each in self.callouts]
        return json.dumps(asked, sort_keys=True, ensure_ascii=True)


def _check(view: Bounds) -> None:
    sides = (view.west, view.south, view.east, view.north)
    given = f"view {', '.join(f'{side:g}' for side in sides)}"
    if not all(map(math.isfinite, sides)):
        raise BriefError(given, "its sides are degrees", "Give west, south, east, north.")
    if not (-90 <= view.south < view.north <= 90 and 0 < view.width <= 360 and -360 <= view.west <= 360):
        rule = "south lies below north, within ±90, and west before east, at most one turn apart"
        raise BriefError(given, rule, "Across the antimeridian east is above 180.")
