"""Lists of UN/LOCODE -> places with a code of five letters and a position in degrees."""

from __future__ import annotations

import numpy as np

from geo.errors import DialectError, VagueError
from geo.matching.shapes.rows import beside, called, cells, coded, each_text, listed, made
from geo.matching.shapes.shape import Shape
from geo.matching.traits import sample
from geo.parsing.positions import Position, read_position
from geo.sheet import Sheet

NAME = "unlocode"
OFFER = "Make places of them"
RULE = (
    "Each row becomes a place: its code is the country with the location, its position that of the coordinates, which "
    "UN/LOCODE gives in degrees and minutes. Rows without coordinates are listed."
)
_NAMES = ("name wo diacritics", "namewodiacritics", "name")
NO_PLACE = (
    "a place has a code and a position",
    "UN/LOCODE gives no coordinates for it, or no location. Fill in code, lat and lon, or leave it out.",
)


def unlocode(sheet: Sheet) -> Shape | None:
    """What such a list is; None where it is none."""
    found = _columns(sheet)
    if found is None:
        return None
    what = f"Each row is an entry of UN/LOCODE: {listed(found)} say so."
    return Shape(NAME, what, RULE, OFFER)


def places_of_unlocode(sheet: Sheet) -> Sheet:
    """The places, in our own columns. Raises DialectError."""
    found = _columns(sheet)
    if found is None:
        raise DialectError("shape", NAME, "the file has no columns of a country, a location, a name and coordinates")
    country, location, name, position = found
    at = each_text(sheet, position, _position)
    lands, locations = cells(sheet, country), cells(sheet, location)
    known = np.array([point is not None for point in at], bool) & (locations != "") & (lands != "")
    columns = {
        "code": coded(f"{land}{place}" if place else "" for land, place in zip(lands, locations, strict=True)),
        "name": sheet.columns[name],
        "country": sheet.columns[country],
        "lat": coded(f"{point.lat:.5f}" if point else "" for point in at),
        "lon": coded(f"{point.lon:.5f}" if point else "" for point in at),
    }
    others = beside(sheet, (country, name), tuple(columns))
    columns |= {each: sheet.columns[header] for header, each in others.items()}
    return made(sheet, columns, sheet.lines, dict.fromkeys(np.flatnonzero(~known).tolist(), NO_PLACE), RULE)


def _position(text: str) -> Position | None:
    try:
        return read_position(text) if text else None
    except VagueError:
        return None


def _columns(sheet: Sheet) -> tuple[str, str, str, str] | None:
    """The columns of the country, the location, the name and the coordinates."""
    sought = ({"country", "country code"}, {"location", "location code"}, {"coordinates", "coordinate"})
    found = [next(iter(called(sheet, names)), "") for names in sought]
    name = next(iter(sorted(called(sheet, _NAMES), key=lambda each: each.casefold() != "name")), "")
    if not all(found) or not name:
        return None
    texts = sample(sheet.columns[found[1]].dictionary).to_pylist()
    short = all(len(text) == len("VVO") and text.isalnum() for text in texts)
    return (found[0], found[1], name, found[2]) if short and texts else None
