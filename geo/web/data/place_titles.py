"""Places in words: what a question about a name offers."""

from __future__ import annotations

from geo.gazetteer.places import Places


def title(code: str, places: Places) -> str:
    """A place with its country and position."""
    place = places.fact(code)
    where = f"{in_degrees(place.lat, 'NS')} {in_degrees(place.lon, 'EW')}"
    if places.is_country(code):
        return f"{place.name}, the country ({code}), {where}"
    country = f", {place.country}" if place.country else ""
    return f"{place.name}{country} ({code}), {where}"


def in_degrees(value: float, sides: str) -> str:
    """ "43.1°N": sides are the letters of a positive and of a negative value."""
    return f"{abs(value):.1f}°{sides[0] if value >= 0 else sides[1]}"
