"""How everything in a file travels, where its headers say it: a list of flights is of the air."""

from __future__ import annotations

from collections.abc import Iterable

from geo.matching.synonyms import words_of

_WORDS = {
    "air": frozenset(
        ("airport", "aerodrome", "airline", "aircraft", "flight", "flights", "icao24", "callsign", "adep", "ades")
    ),
    "rail": frozenset(
        (
            *("wagon", "wagons", "railcar", "railcars", "train", "trains", "railway", "вагон", "вагона", "вагонов"),
            *("вагоны", "поезд", "поезда", "поездов"),
        )
    ),
}
_OTHERS = frozenset(
    ("vessel", "ship", "imo", "mmsi", "barge", "truck", "trucks", "mode", "transport", "судно", "судна")
)
"""Beside these a word above says how some of it travels."""


def mode_in(headers: Iterable[str]) -> str:
    """ "air" or "rail" where headers say that all of it goes so; else ""."""
    words = {word for header in headers for word in words_of(header)}
    said = [mode for mode, names in _WORDS.items() if names & words]
    return said[0] if len(said) == 1 and not words & _OTHERS else ""
