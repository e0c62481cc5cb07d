"""A route in one column ("Busan - Najin") -> its two ends."""

from __future__ import annotations

import re

import numpy as np

from geo.errors import DialectError
from geo.gazetteer.places import Places
from geo.matching.shapes.rows import beside, coded, each_text, listed, made
from geo.matching.shapes.shape import Shape
from geo.matching.traits import sample
from geo.sheet import Sheet

NAME = "routes"
OFFER = "Split the route into its two ends"
RULE = (
    "The place before the mark or the word “to” is the origin, the one behind it the destination. Rows whose route has "
    "one place alone, or more than two, are listed, and no leg is made of them."
)
_MARKS = (
    r"\s*(?:→|➔|➝|⇒|->|-->|=>|»|>)\s*",
    r"\s+[-–—−]+\s+",
    r"\s*[–—]\s*",
    r"\s+to\s+",
    r"\s+/\s+",
    r"\s*/\s*",
    r"\s*-\s*",
)
"""What stands between two ends, the surest first: the first that is there parts them."""
_LONGEST = 120
_SPLITS, _KNOWN = 0.6, 0.5
"""So many texts of a column of routes have two ends, and so many of these ends are known places."""
NO_ROUTE = (
    "a route names its two ends",
    "Fill in origin and destination here. A route with stops takes a row for each leg.",
)


def routes(sheet: Sheet, places: Places) -> Shape | None:
    """What such a table is; None where no column of it holds routes."""
    header = _column(sheet, places)
    if not header:
        return None
    what = f"Both ends stand in one column: {listed([header])} holds routes from one place to another."
    return Shape(NAME, what, RULE, OFFER)


def legs_of_routes(sheet: Sheet) -> Sheet:
    """The rows with an origin and a destination. Raises DialectError."""
    places = Places.load()
    header = _column(sheet, places)
    if not header:
        raise DialectError("shape", NAME, "the file has no column whose texts name two places each")
    ends = each_text(sheet, header, lambda text: _ends(text, places))
    whole = np.array([each is not None for each in ends], bool)
    columns = {
        name: coded(each[side] if each is not None else "" for each in ends)
        for side, name in enumerate(("origin", "destination"))
    }
    columns |= {name: sheet.columns[each] for each, name in beside(sheet, (), tuple(columns)).items()}
    return made(sheet, columns, sheet.lines, dict.fromkeys(np.flatnonzero(~whole).tolist(), NO_ROUTE), RULE)


def _column(sheet: Sheet, places: Places) -> str:
    for header in sheet.header:
        texts = sample(sheet.columns[header].dictionary).to_pylist()
        found = [stops for text in texts if (stops := _ends(text, places) or _stops(text, places))]
        if not found or len(found) < _SPLITS * len(texts):
            continue
        known = sum(places.knows(stop) for stops in found for stop in stops)
        if known >= _KNOWN * sum(map(len, found)) and not all(places.knows(text) for text in texts):
            return header
    return ""


def _stops(text: str, places: Places) -> tuple[str, ...]:
    """The stops of a route of more than two places, all of them known; () where it is none."""
    if len(text) > _LONGEST:
        return ()
    for mark in _MARKS[:-1]:
        parts = [part.strip() for part in re.split(mark, text.strip(), flags=re.IGNORECASE) if part.strip()]
        if len(parts) > 1:
            return tuple(parts) if len(parts) > len(("origin", "destination")) and all(map(places.knows, parts)) else ()
    return ()


def _ends(text: str, places: Places) -> tuple[str, str] | None:
    """The two ends of a route; None where it has not two."""
    if len(text) > _LONGEST or not any(mark.isalpha() for mark in text):
        return None
    plain = re.sub(r"^from\s+", "", text.strip(), flags=re.IGNORECASE)
    for mark in _MARKS:
        parts = [part for part in re.split(mark, plain, flags=re.IGNORECASE) if part]
        if len(parts) == 2:
            return parts[0], parts[1]
        if len(parts) > 2:
            return _known_halves(plain, mark, places) if mark == _MARKS[-1] else None
    return None


def _known_halves(text: str, mark: str, places: Places) -> tuple[str, str] | None:
    """Of a text with several such marks ("Port-au-Prince-Miami") the one split into two known places."""
    cuts = [(text[: each.start()], text[each.end() :]) for each in re.finditer(mark, text, re.IGNORECASE)]
    found = [(one, other) for one, other in cuts if places.knows(one) and places.knows(other)]
    return found[0] if len(found) == 1 else None
