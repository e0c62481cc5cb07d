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


@dataclass(frozen=True, slots=True)
class View:
    """Degrees (EPSG:4326) and deck.gl zoom; no pitch, no bearing."""

    longitude: float = 40.0
    latitude: float = 15.0
    zoom: float = 0.5

    def __str__(self) -> str:
        return f"{self.longitude},{self.latitude},{self.zoom}"


WORLD = View()
