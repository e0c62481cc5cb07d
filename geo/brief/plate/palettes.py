"""Colours of a finished picture: the map's own (`geo.scene.style`), and those of its paper and type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.brief.plate.plate import Look
from geo.scene.style import PALETTES, Colour, mix

CORE_INK = 0.15
"""Share of the ink in the core's colour: lighter on dark, darker on light, as in the player."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours 0-255. border, country, city, water: of the base map, as in `geo.scene.style`.

    pale: an arc at its origin; line: rings and the core's ink; hatch: by mode, for greyscale."""

    paper: Colour
    text: Colour
    muted: Colour
    rule: Colour
    sea: Colour
    land: Colour
    border: Colour
    country: Colour
    city: Colour
    water: Colour
    coast: Colour
    graticule: Colour
    label: Colour
    line: Colour
    pale: Colour
    mode: Mapping[int, Colour]
    hatch: Mapping[int, str]

    def core(self, colour: Colour) -> Colour:
        return mix(colour, self.line, CORE_INK)


def hex_of(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _grey(level: int) -> Colour:
    return level, level, level


def _of(theme: Look) -> Ink:
    if theme == "grey":
        return _GREY
    palette = PALETTES["dark" if theme == "dark" else "light"]
    dark = theme == "dark"
    return Ink(
        paper=(0x12, 0x1B, 0x26) if dark else (255, 255, 255),
        text=(0xF2, 0xF6, 0xFA) if dark else (0x17, 0x21, 0x2B),
        muted=(0x9A, 0xA9, 0xB6) if dark else (0x56, 0x64, 0x70),
        rule=(0x33, 0x43, 0x52) if dark else (0xC9, 0xD2, 0xDA),
        sea=palette.sea,
        land=palette.land,
        border=palette.border,
        country=palette.country,
        city=palette.city,
        water=palette.water,
        coast=mix(palette.land, palette.label, 0.22),
        graticule=mix(palette.sea, palette.label, 0.13),
        label=palette.label,
        line=(0xF2, 0xF6, 0xFA) if dark else (0x17, 0x21, 0x2B),
        pale=(0xE8, 0xED, 0xF2) if dark else (0x59, 0x63, 0x6C),
        mode=palette.mode,
        hatch={},
    )


# Told apart by lightness and by hatch, so that it survives a photocopier; 3:1 against the land and more.
_GREY = Ink(
    paper=_grey(255),
    text=_grey(0x14),
    muted=_grey(0x55),
    rule=_grey(0xC4),
    sea=_grey(0xD8),
    land=_grey(0xF8),
    border=_grey(0x8C),
    country=_grey(0x55),
    city=_grey(0x48),
    water=_grey(0x4C),
    coast=_grey(0xA6),
    graticule=_grey(0xBE),
    label=_grey(0x26),
    line=_grey(0),
    pale=_grey(0x7A),
    mode={0: _grey(0x6E), 1: _grey(0x20), 2: _grey(0x48), 3: _grey(0x5C), 4: _grey(0x34)},
    hatch={2: "////", 3: "....", 4: "xxxx"},
)
LOOKS: Mapping[Look, Ink] = {look: _of(look) for look in ("light", "dark", "grey")}
