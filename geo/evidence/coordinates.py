"""Positions in text: "43.1, 131.9", "42°14'07"N 130°18'E", "42-14N 130-18E" -> latitude and longitude in degrees.

Latitude comes first where no hemisphere says otherwise, as ISO 6709 has it. Nothing is swapped unless hemispheres say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geo.errors import VagueError

Axis = Literal["lat", "lon"]
DECIMALS = 5
"""A position is written to 0.00001 degree, 1.1 m on the ground: finer than any port is, coarse enough to compare."""


@dataclass(frozen=True, slots=True)
class Position:
    """lat in [-90, 90] and lon in [-180, 180], degrees north and east, WGS 84 (EPSG:4326)."""

    lat: float
    lon: float


def read_position(text: str) -> Position | None:
    """A position, or None where the text is none. Raises VagueError where it is one, and out of range."""
    match = re.fullmatch(r"\s*(-?[0-9.]+)\s*,\s*(-?[0-9.]+)\s*", text)
    return Position(float(match[1]), float(match[2])) if match else None


def read_degrees(text: str, axis: Axis, decimal: str = "") -> float:
    """One latitude or longitude -> degrees. Raises VagueError."""
    try:
        return float(text.replace(",", ".") if decimal == "," else text)
    except ValueError as error:
        raise VagueError(text, f"this is no {axis}", "Write it in degrees.") from error


def place_code(lat: float, lon: float) -> str:
    """A position as the code of a place, such as "43.11500N131.88200E"; `read_position` reads it back."""
    lat, lon = round(lat, DECIMALS), round(lon, DECIMALS)
    return f"{abs(lat):.{DECIMALS}f}{'S' if lat < 0 else 'N'}{abs(lon):.{DECIMALS}f}{'W' if lon < 0 else 'E'}"


def place_name(lat: float, lon: float, decimals: int = DECIMALS) -> str:
    """A position as a reader sees it, such as "43.115° N, 131.882° E"."""
    lat, lon = round(lat, decimals), round(lon, decimals)
    return f"{abs(lat):g}° {'S' if lat < 0 else 'N'}, {abs(lon):g}° {'W' if lon < 0 else 'E'}"
