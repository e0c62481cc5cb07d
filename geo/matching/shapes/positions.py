"""Positions of ships or aircraft over time (AIS, tracks): recognised, so that they are forced into nothing."""

from __future__ import annotations

import numpy as np

from geo.matching.shapes.rows import cells, listed
from geo.matching.shapes.shape import Shape
from geo.matching.synonyms import words_of
from geo.sheet import Sheet

NAME = "positions"
_LAT, _LON = frozenset({"lat", "latitude"}), frozenset({"lon", "lng", "long", "longitude"})
_TIMES = frozenset({"time", "timestamp", "date", "datetime", "ts", "utc", "epoch", "seen", "when", "received"})
_MOTIONS = frozenset(
    {"sog", "cog", "rot", "heading", "course", "velocity", "speed", "navstat", "navigational", "bearing"}
)
_IDS = frozenset(
    ("mmsi", "imo", "ssvid", "icao24", "callsign", "vessel", "ship", "shipname", "seg", "track", "hex", "aircraft")
)
_COUNTS = frozenset({"title", "event", "headline", "fatalities", "containers", "teu", "tonnes", "quantity", "cargo"})
RULE = (
    "Waybill draws movements from one place to another, and takes no track apart: it does not guess where a voyage "
    "begins or ends, and the first and last positions of a ship are where somebody began and ceased to listen. Make a "
    "list of port calls of them (ship, port, arrival, departure), as most sources of positions offer one, or write a "
    "row for each voyage: origin, destination, depart, arrive. Load that."
)
_ROWS = 1_000
"""So many rows show whether a ship is in several positions."""


def positions(sheet: Sheet) -> Shape | None:
    """What a table of positions is; None where it is none: one pair of degrees, a time, and what moves or how."""
    words = {header: set(words_of(header)) for header in sheet.header}
    lats, lons = degrees_of(sheet) or ("", "")
    time = next((header for header, each in words.items() if each & _TIMES), "")
    if not lats or not lons or not time:
        return None
    motions = [header for header, each in words.items() if each & _MOTIONS]
    ids = [header for header, each in words.items() if each & _IDS]
    others = any(each & _COUNTS and header not in ids for header, each in words.items())
    bare = all(header in (lats, lons, time) or _is_bare(sheet, header) for header in sheet.header)
    moving = any(_moves(sheet, each, lats, lons) for each in ids) or bare
    if not motions and (others or not moving):
        return None
    told = listed([*ids[:1], time, lats, lons, *motions[:1]])
    return Shape(NAME, f"Each row is a position at a moment, as AIS gives them, and no voyage: {told} say so.", RULE)


def degrees_of(sheet: Sheet) -> list[str]:
    """The one latitude and the one longitude that a table has; [] where it has no such pair."""
    words = {header: set(words_of(header)) for header in sheet.header}
    found = [_one(words, axis) for axis in (_LAT, _LON)]
    return found if all(found) else []


def _one(words: dict[str, set[str]], axis: frozenset[str]) -> str:
    """The one header of an axis; "" where there are several, or none."""
    found = [header for header, each in words.items() if each & axis]
    return found[0] if len(found) == 1 else ""


def _is_bare(sheet: Sheet, header: str) -> bool:
    """Whether a column holds no words: of a bare track nothing else is said."""
    return not any(mark.isalpha() for text in sheet.columns[header].dictionary[:_ROWS].to_pylist() for mark in text)


def _moves(sheet: Sheet, ship: str, lat: str, lon: str) -> bool:
    """Whether one ship is in several positions."""
    names, *axes = (cells(sheet, header)[:_ROWS] for header in (ship, lat, lon))
    seen: dict[str, tuple[str, ...]] = {}
    where = list(zip(*axes, strict=True))
    return any(name and seen.setdefault(name, at) != at for name, at in zip(np.asarray(names), where, strict=True))
