"""How large the maps are and where they look: the same for everything that is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """CSS pixels of the map itself, without bars and buttons."""

    width: int
    height: int

    @classmethod
    def read(cls, text: str) -> Size:
        """ "820x482" -> Size(820, 482). Raises ValueError."""
        width, height = (int(part) for part in text.lower().split("x"))
        if not (200 <= width <= 4000 and 150 <= height <= 4000):
            raise ValueError(f"a map of {text} is not between 200x150 and 4000x4000")
        return cls(width, height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class View:
    """Degrees (EPSG:4326) and deck.gl zoom; no pitch, no bearing."""

    longitude: float = 40.0
    latitude: float = 15.0
    zoom: float = 0.5

    def __str__(self) -> str:
        return f"{self.longitude},{self.latitude},{self.zoom}"


WORLD = View()
COLOUR = (179, 89, 0, 240)
"""Of every peer's arcs: red, green, blue, opacity."""


@dataclass(frozen=True, slots=True)
class Pace:
    """fps: frames a second. cpu_ms: processor time of all of Chromium for a frame; None where it is not told."""

    fps: float
    cpu_ms: float | None

    @classmethod
    def of(cls, frames: float, seconds: float, spent: float | None, all_spent: float | None) -> Pace:
        """From frames drawn in so many seconds, and processor seconds (`chromium_seconds`) before and after."""
        if spent is None or all_spent is None or frames <= 0:
            return cls(frames / seconds, None)
        return cls(frames / seconds, (all_spent - spent) / frames * 1000)
