"""Places in words, and in the order of their distance to others: what a question about a name offers."""

from __future__ import annotations

import numpy as np

from geo.arrays import Floats
from geo.gazetteer.places import Places


def by_distance(codes: list[str], near: list[str], places: Places) -> list[str]:
    """Codes of places, those first that lie nearest to any of the others; as given where there are no others."""
    if not near or len(codes) < 2:
        return codes
    ours, theirs = (_on_the_globe(places.positions(each)) for each in (codes, near))
    closest = (ours @ theirs.T).max(axis=1)
    return [codes[at] for at in np.argsort(-closest, kind="stable").tolist()]


def _on_the_globe(positions: tuple[Floats, Floats]) -> Floats:
    """lon, lat of n places, degrees -> n × 3 on the unit sphere: the larger the product of two, the nearer they lie."""
    lon, lat = (np.radians(each) for each in positions)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


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
