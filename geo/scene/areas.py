"""The areas of a scene: which shape each has, and where its arcs end in a view that does not show its label point."""

from __future__ import annotations

from geo.scene.scene import Places

Shape = tuple[str, tuple[float, float, float] | None]
"""A country, and the circle that a region of it lies in or None for all of it: as `geo.sea.areas.shape_of` takes it."""


def place_shapes(places: Places) -> list[Shape | None]:
    """Of each place the shape, or None where it has none."""
    rows = zip(places.country, places.whole, places.lon, places.lat, places.radius_km, strict=True)
    return [
        (str(code), None if whole else (float(lon), float(lat), float(radius))) if code else None
        for code, whole, lon, lat, radius in rows
    ]
