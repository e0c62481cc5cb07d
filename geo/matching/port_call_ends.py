"""The ends of a leg where each row is a call at a port: from the last port to it, or from it to the next."""

from __future__ import annotations

from collections.abc import Sequence

from geo.matching.spellings import STANDARD, WEAK
from geo.matching.synonyms import Known, known_as

LAST = frozenset({"last port", "previous port", "last port of call", "previous port of call", "prev port"})
CURRENT = frozenset({"current port", "port of call", "this port", "current port of call", "reporting port"})
NEXT = frozenset({"next port", "next port of call"})
_ESTIMATED = frozenset({"eta", "etd", "estimated", "expected", "scheduled", "next"})


def has_come(names: Sequence[str]) -> bool:
    """Whether rows are calls at a port with the port before it, the departure there and then the arrival here.

    Where the arrival comes first, or is an estimate, departures are from this port to the next one.
    """
    if LAST.isdisjoint(names) or CURRENT.isdisjoint(names):
        return False
    times = [
        each.column
        for name in names
        if _ESTIMATED.isdisjoint(name.split())
        for each in known_as(name, "legs")[:1]
        if each.column in ("depart", "arrive") and each.strength > WEAK
    ]
    return times[:2] == ["depart", "arrive"]


def of_call(name: str, known: list[Known]) -> list[Known]:
    """What a header is where each row leads from the last port to this one; to the next the ship has yet to go."""
    if name in CURRENT:
        return [Known("destination", STANDARD)]
    if name in LAST:
        return [Known("origin", STANDARD)]
    return [] if name in NEXT else known
