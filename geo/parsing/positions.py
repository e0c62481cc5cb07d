"""Positions in text: "43.1, 131.9", "42°14'07\\"N 130°18'E", "42-14N 130-18E", "4214N/13018E" -> degrees, WGS 84.

Latitude comes first where no hemisphere says otherwise, as in ISO 6709. Only hemispheres turn the order around; where a
number fits the other axis alone, the two look swapped, and are refused with these words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from geo.errors import VagueError

Axis = Literal["lat", "lon"]
DECIMALS = 5
"""A position is written to 0.00001 degree, 1.1 m on the ground: finer than any port is, coarse enough to compare."""
LONGEST = 100
"""A text with more characters is no position."""
MOST = {"lat": 90, "lon": 180}
NAMES = {"lat": "latitude", "lon": "longitude"}
_HINT = "Write latitude, then longitude: 43.115, 131.882 or 43°06.9'N 131°52.9'E."
SWAPPED = "latitude and longitude look swapped"
"""The rule of what fits the other axis alone."""
_SWAPPED = "Write the latitude first, north and south of the equator, then the longitude."

NO_POSITION = (
    "0, 0 is what programs write for no position",
    "Give the position. Where it is not known leave latitude and longitude empty, so that the name counts.",
)
"""Rule and hint of a position in the Gulf of Guinea, 600 km off any port."""
_AXES: dict[str, Axis] = {"N": "lat", "S": "lat", "E": "lon", "W": "lon"}
_MARKS = str.maketrans(
    dict.fromkeys("º˚∘⁰ᵒ゜", "°") | dict.fromkeys("′’‘ʹ´`ʼ＇", "'") | dict.fromkeys("″”“˝ʺ＂〃", '"') | {"\u2212": "-"}
)
"""What keyboards and word processors put in place of the signs for degrees, minutes and seconds."""
_RUSSIAN = (("с", "N"), ("ю", "S"), ("в", "E"), ("з", "W"))
_RUSSIAN_WORDS = tuple(
    (re.compile(rf"{letter}\.?\s?[шд]\.?(?![а-я])", re.IGNORECASE), name) for letter, name in _RUSSIAN
)
""" "43° с. ш." and "131° в. д." are 43° N and 131° E."""

_FIGURES = r"[+-]?[0-9][0-9.,°'\": -]*?"
_BEHIND = re.compile(rf"({_FIGURES})\s*([NSEW])[\s,;/]*({_FIGURES})\s*([NSEW])")
_BEFORE = re.compile(rf"([NSEW])\s*({_FIGURES})[\s,;/]*([NSEW])\s*({_FIGURES})")
_ONE_BEHIND = re.compile(rf"({_FIGURES})\s*([NSEW])")
_ONE_BEFORE = re.compile(rf"([NSEW])\s*({_FIGURES})")
_WHOLE = r"[+-]?[0-9]{1,3}"
_PAIRS = (
    re.compile(rf"({_WHOLE}(?:\.[0-9]+)?)\s*°?\s*(?:;|,(?=\s)|,(?=[^,]*\.))\s*({_WHOLE}(?:\.[0-9]+)?)\s*°?"),
    re.compile(rf"({_WHOLE}\.[0-9]+)\s*°?\s*,({_WHOLE})\s*°?"),
    re.compile(rf"({_WHOLE}\.[0-9]+)\s*°?\s*[\s,/]\s*({_WHOLE}\.[0-9]+)\s*°?"),
    re.compile(rf"({_WHOLE},[0-9]+)\s*°?(?:\s*[;/]\s*|,?\s+)({_WHOLE},[0-9]+)\s*°?"),
    re.compile(r"([+-]?[0-9]{1,3}°[0-9.,'\" ]*?)[\s,;/]+([+-]?[0-9]{1,3}°[0-9.,'\" ]*)"),
)
"""Two numbers without hemispheres. "43,131" is none: it may be one number with a decimal comma."""

_PART = r"([0-9]{1,2}(?:[.,][0-9]{1,15})?)"
_ANGLES = (
    re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,20})?)\s*°?"),
    re.compile(rf"([0-9]{{1,3}})\s*[°\s:-]\s*{_PART}\s*'?"),
    re.compile(rf"([0-9]{{1,3}})\s*[°\s:-]\s*([0-9]{{1,2}})\s*['\s:-]\s*{_PART}\s*(?:\"|'')?"),
)
_PACKED: dict[Axis, re.Pattern[str]] = {
    "lat": re.compile(r"([0-9]{2})([0-9]{2}(?:\.[0-9]+)?)([0-9]{2}(?:\.[0-9]+)?)?"),
    "lon": re.compile(r"([0-9]{3})([0-9]{2}(?:\.[0-9]+)?)([0-9]{2}(?:\.[0-9]+)?)?"),
}


@dataclass(frozen=True, slots=True)
class Position:
    """lat in [-90, 90] and lon in [-180, 180], degrees north and east, WGS 84 (EPSG:4326)."""

    lat: float
    lon: float


def read_position(text: str) -> Position | None:
    """A position, or None where the text has not the form of one. Raises VagueError where it has, and cannot be."""
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    if match := _BEHIND.fullmatch(plain) or _BEFORE.fullmatch(plain):
        sided = [_sided(*match.group(1, 2)), _sided(*match.group(3, 4))]
        axes = {_AXES[name]: _angle(text, figures, name) for figures, name in sided}
        if len(axes) != 2:
            raise VagueError(text, "a position has one latitude and one longitude", _HINT)
        return _placed(text, axes["lat"], axes["lon"])
    for pattern in _PAIRS:
        if match := pattern.fullmatch(plain):
            lat, lon = _signed(text, match[1]), _signed(text, match[2])
            if MOST["lat"] < abs(lat) <= MOST["lon"] and abs(lon) <= MOST["lat"]:
                raise VagueError(text, SWAPPED, _SWAPPED)
            return _placed(text, _within(text, lat, "lat"), _within(text, lon, "lon"))
    return None


def _placed(text: str, lat: float, lon: float) -> Position:
    if round(lat, DECIMALS) == round(lon, DECIMALS) == 0:
        raise VagueError(text, *NO_POSITION)
    return Position(lat, lon)


def read_degrees(text: str, axis: Axis, decimal: str = "") -> float:
    """One latitude or longitude -> degrees. decimal: "," or "." where the file has told; "" takes both.

    Raises VagueError. A latitude beyond 90 that would be a longitude looks swapped; whether the other column bears that
    out is for the caller to say.
    """
    plain = _plain(text)
    if not plain or len(text) > LONGEST:
        raise VagueError(text[:LONGEST], f"a {NAMES[axis]} is needed", "Write it in degrees, such as 43.115.")
    if decimal == "." and "," in plain:
        raise VagueError(text, "this file's decimal mark is a point", "Write 43.115.")
    if match := _ONE_BEHIND.fullmatch(plain) or _ONE_BEFORE.fullmatch(plain):
        figures, name = _sided(*match.group(1, 2))
        if _AXES[name] != axis:
            raise VagueError(text, SWAPPED, f"{name} is not a {NAMES[axis]}.")
        return _angle(text, figures, name)
    if re.fullmatch(r"[+-]?[0-9]\.[0-9]{1,20}E-[0-9]{1,2}", plain):
        return float(plain)  # as programs write a number that is nearly nought
    degrees = _signed(text, plain)
    if axis == "lat" and MOST["lat"] < abs(degrees) <= MOST["lon"]:
        raise VagueError(text, SWAPPED, "A latitude is between -90 and 90.")
    return _within(text, degrees, axis)


def beyond(axis: Axis) -> tuple[str, str]:
    """Rule and hint of degrees that are not on their axis."""
    return f"a {NAMES[axis]} is between -{MOST[axis]} and {MOST[axis]}", _HINT


def place_code(lat: float, lon: float) -> str:
    """A position as the code of a place, such as "43.11500N131.88200E"; `read_position` reads it back."""
    lat, lon = round(lat, DECIMALS), round(lon, DECIMALS)
    return f"{abs(lat):.{DECIMALS}f}{'S' if lat < 0 else 'N'}{abs(lon):.{DECIMALS}f}{'W' if lon < 0 else 'E'}"


def place_name(lat: float, lon: float, decimals: int = DECIMALS) -> str:
    """A position as a reader sees it, such as "43.115° N, 131.882° E"; `read_position` reads it back."""
    lat, lon = round(lat, decimals), round(lon, decimals)
    north, east = (f"{abs(each):.{decimals}f}".rstrip("0").rstrip(".") for each in (lat, lon))
    return f"{north}° {'S' if lat < 0 else 'N'}, {east}° {'W' if lon < 0 else 'E'}"


def _plain(text: str) -> str:
    """Capitals, plain signs, N S E W; brackets around the whole removed."""
    plain = unicodedata.normalize("NFKC", text.translate(_MARKS)).strip()
    plain = plain[1:-1].strip() if plain[:1] + plain[-1:] in ("()", "[]") else plain
    for pattern, name in _RUSSIAN_WORDS:
        plain = pattern.sub(name, plain)
    return re.sub(r"\s+", " ", plain.upper().replace("''", '"'))


def _sided(first: str, second: str) -> tuple[str, str]:
    """Figures, then hemisphere, in whichever order they were written."""
    return (second, first) if first in _AXES else (first, second)


def _angle(text: str, figures: str, name: str) -> float:
    """Figures with their hemisphere N, S, E or W -> degrees, signed."""
    axis = _AXES[name]
    if figures[0] in "+-":
        raise VagueError(text, "a sign and a hemisphere say the same twice", "Leave out the sign, or the letter.")
    packed = _PACKED[axis].fullmatch(figures)
    degrees = _sum(text, packed.groups()) if packed else _signed(text, figures)
    return _within(text, -degrees if name in "SW" else degrees, axis)


def _signed(text: str, figures: str) -> float:
    """Degrees, degrees and minutes, or degrees, minutes and seconds, with a sign or none."""
    sign, unsigned = (figures[0], figures[1:]) if figures[0] in "+-" else ("+", figures)
    for pattern in _ANGLES:
        if match := pattern.fullmatch(unsigned.strip()):
            degrees = _sum(text, match.groups())
            return -degrees if sign == "-" else degrees
    raise VagueError(text, "these are not degrees", _HINT)


def _sum(text: str, parts: tuple[str | None, ...]) -> float:
    """Degrees, minutes and seconds -> degrees."""
    degrees, *rest = (float((part or "0").replace(",", ".")) for part in parts)
    if any(part >= 60 for part in rest):
        raise VagueError(text, "minutes and seconds are below 60", _HINT)
    return degrees + sum(part / 60.0**power for power, part in enumerate(rest, 1))


def _within(text: str, degrees: float, axis: Axis) -> float:
    if abs(degrees) > MOST[axis]:
        raise VagueError(text, *beyond(axis))
    return degrees
