"""Volume -> width, mode -> colour, and the width key that says so.

Width is linear in volume, from zero, and one scale holds for the whole span of a scene. The one exception is the
floor: a corridor that carries anything is at least `Style.floor` wide, and the legend says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo.arrays import Floats
from geo.errors import SceneError

Theme = Literal["dark", "light"]
Colour = tuple[int, int, int]

FULL_WIDTH_PX, LEAST_FULL_WIDTH_PX = 32.0, 6.0
"""Width of the largest corridor at the end of the span, where there are few and where there are hundreds: wide enough
to tell a tenth of it from nothing, and no wider than leaves the map to be seen."""
WIDTH_RANGE_PX = (4.0, 64.0)
"""What a reader may ask for instead."""
FEW = 12
"""Corridors that may all have the full width."""
_FALL = 0.5
"""Power of FEW / corridors by which the width falls: 18 px for 38 corridors, 6 px for 300."""
MOST_OPAQUE, LEAST_OPACITY, CROWD = 40, 0.8, 400
"""Corridors up to which bodies are opaque, what is left of it, and from how many on."""
FLOOR_PX = 1.0
HALO_OPACITY = 0.22
CORE_LIGHTER = 0.15
FADED_OPACITY = 0.3


def _rgb(hex_colour: str) -> Colour:
    return int(hex_colour[1:3], 16), int(hex_colour[3:5], 16), int(hex_colour[5:7], 16)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme, 0-255. `mode` is by UN/ECE Rec 19 number; 0 (not stated) is a neutral.

    Of the base map: border, the lines between countries; country, city, water: the names of each.
    """

    sea: Colour
    land: Colour
    border: Colour
    country: Colour
    city: Colour
    water: Colour
    label: Colour
    mode: Mapping[int, Colour]

    def __post_init__(self) -> None:
        missing = set(range(5)) - set(self.mode)
        if missing:
            raise ValueError(f"a palette needs a colour for each mode 0-4; missing {sorted(missing)}")


# Okabe and Ito's set, safe for colour-blind readers; the light theme's are darkened to 3:1 against the land.
PALETTES: Mapping[Theme, Palette] = {
    "dark": Palette(
        sea=_rgb("#0C1824"),
        land=_rgb("#26323C"),
        border=_rgb("#71808C"),
        country=_rgb("#A3AFBA"),
        city=_rgb("#B9C4CE"),
        water=_rgb("#7FB0D2"),
        label=_rgb("#C9D4DE"),
        mode={0: _rgb("#A9B4BE"), 1: _rgb("#E69F00"), 2: _rgb("#CC79A7"), 3: _rgb("#009E73"), 4: _rgb("#56B4E9")},
    ),
    "light": Palette(
        sea=_rgb("#C9DBE7"),
        land=_rgb("#F7F4EE"),
        border=_rgb("#9C9284"),
        country=_rgb("#5F574C"),
        city=_rgb("#4A4F55"),
        water=_rgb("#2A5678"),
        label=_rgb("#33414D"),
        mode={0: _rgb("#5B6874"), 1: _rgb("#B35900"), 2: _rgb("#9A3E75"), 3: _rgb("#00704F"), 4: _rgb("#1F6FA8")},
    ),
}


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of `other` in `colour`, channel by channel."""
    red, green, blue = (round(a + share * (b - a)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def core(colour: Colour) -> Colour:
    """The colour of the solid core: a little lighter than the body."""
    return mix(colour, (255, 255, 255), CORE_LIGHTER)


@dataclass(frozen=True, slots=True)
class Style:
    """per_unit: px of width per container. full_width: px at the top of the scale. floor: px, the least width.

    opacity: of the arcs' bodies, 0-1.
    """

    per_unit: float
    full_width: float = FULL_WIDTH_PX
    floor: float = FLOOR_PX
    opacity: float = 1.0

    def __post_init__(self) -> None:
        for name in ("per_unit", "full_width", "floor", "opacity"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(f"Style.{name} must be a finite number of at least 0, not {value}")

    @property
    def full_volume(self) -> float:
        """The volume drawn at full width; 0 where there is no scale because nothing was carried."""
        return self.full_width / self.per_unit if self.per_unit > 0 else 0.0

    def width(self, volume: Floats | float) -> Floats:
        """px for a volume (array or number): 0 for none, else linear from zero with the floor under it."""
        volume = np.asarray(volume, dtype=np.float64)
        return np.where(volume > 0, np.maximum(self.floor, self.per_unit * volume), 0.0)

    def legend(self, steps: int = 3) -> list[tuple[float, float]]:
        """(containers, px) for the width key, largest first: 1-2-5 numbers, none above the full width."""
        if self.per_unit <= 0:
            return []
        volumes: list[float] = []
        volume = round_below(self.full_volume)
        while len(volumes) < steps and (volume >= 1 or not volumes):
            volumes.append(volume)
            volume = round_below(volume / 2.5)
        return [(volume, float(self.width(volume))) for volume in volumes]


def full_width(corridors: int) -> float:
    """px of the largest of so many corridors: the more there are, the narrower, so that the map stays in sight."""
    narrowed = FULL_WIDTH_PX * (FEW / max(corridors, FEW)) ** _FALL
    return round(float(max(narrowed, LEAST_FULL_WIDTH_PX)), 1)


def opacity(corridors: int) -> float:
    """Of the bodies of so many corridors: 1 up to MOST_OPAQUE, and evenly less on a scale of their logarithm."""
    crowding = math.log(max(corridors, 1) / MOST_OPAQUE) / math.log(CROWD / MOST_OPAQUE)
    return round(1.0 - (1.0 - LEAST_OPACITY) * min(max(crowding, 0.0), 1.0), 3)


def scale(
    largest: float, full_width_at: float | None = None, *, corridors: int = 1, width: float | None = None
) -> Style:
    """The style whose full width stands for `full_width_at` containers, or for the largest volume of the scene.

    Two scenes with the same `full_width_at` and the same width can be compared. corridors: how many are drawn, by which
    the width falls; width: px of the full width that a reader asks for, whatever their number. Raises SceneError where
    full_width_at is not a number above 0, or width is not within WIDTH_RANGE_PX.
    """
    if full_width_at is not None and not (math.isfinite(full_width_at) and full_width_at > 0):
        raise SceneError(
            f"The width scale must stand for more than 0 containers, not {full_width_at:g}. Give a number."
        )
    least, most = WIDTH_RANGE_PX
    if width is not None and not least <= width <= most:
        raise SceneError(f"The largest width must be between {least:g} and {most:g} px, not {width:g}. Give a number.")
    top = full_width_at if full_width_at is not None else largest
    px = full_width(corridors) if width is None else width
    return Style(per_unit=px / top if top > 0 else 0.0, full_width=px, opacity=opacity(corridors))


def round_below(value: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above `value` > 0."""
    power = 10.0 ** math.floor(math.log10(value))
    # A hair of tolerance: 5 * 10**-1 and its like are not exact.
    return max(digit * power for digit in (1, 2, 5, 0.5) if digit * power <= value * (1 + 1e-12))
