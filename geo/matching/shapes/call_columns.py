"""Which columns of a table say what ship called at what port, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.matching.shapes.rows import called, cells, each_text, spelt, with_word
from geo.matching.spellings import USUAL
from geo.matching.synonyms import known_as, normal
from geo.matching.traits import sample
from geo.sheet import Sheet

SHIPS = ("imo", "mmsi", "vessel")
"""What tells ships apart, the surest first."""
_OTHER_SHIPS = frozenset({"ssvid", "vessel id", "ship id", "vesselid", "shipid", "callsign", "call sign"})
_CODES = frozenset({"unlocode", "un locode", "locode", "port unlocode", "port locode", "port un locode", "port code"})
_PORTS = frozenset(
    (
        *("port", "port name", "portname", "port of call", "call port", "port call", "place", "location", "anchorage"),
        *("station", "station name", "airport", "harbour", "harbor", "place name", "location name", "facility"),
        *("порт", "порт захода", "港口", "港", "항구", "hafen", "puerto", "الميناء"),
    )
)
_COUNTRIES = frozenset({"country", "country code", "port country", "port country code", "country name"})
_ARRIVAL_WORDS = frozenset({"arr", "arrives", "in", "start", "begin", "entry", "entered", "inbound"})
_DEPARTURE_WORDS = frozenset({"dep", "departs", "out", "end", "exit", "exited", "sailed", "outbound"})
_TIME_WORDS = frozenset({"time", "timestamp", "date", "datetime", "utc", "day", "when"})
_ACTUAL = frozenset({"ata", "atd", "actual", "arrived", "departed", "sailed"})
_KIND_WORDS = frozenset({"type", "move", "movement", "event", "action", "status", "activity", "kind", "direction"})
ARRIVED, DEPARTED = "arrived", "departed"
MOVES = {
    **dict.fromkeys(("arrival", "arrivals", "arrived", "arr", "a", "in", "ata", "eta", "arrive", "entry"), ARRIVED),
    **dict.fromkeys(("inbound", "enter", "entered", "port entry", "прибытие", "приход"), ARRIVED),
    **dict.fromkeys(("departure", "departures", "departed", "dep", "d", "out", "atd", "etd", "depart"), DEPARTED),
    **dict.fromkeys(("sailed", "exit", "outbound", "exited", "port exit", "отправление", "отход"), DEPARTED),
}
"""What a column of movements says, as spellings are compared."""
_NUMBERED = {"0": ARRIVED, "1": DEPARTED}
"""The same in figures, under a header that says "move type" (MarineTraffic)."""


@dataclass(frozen=True, slots=True)
class CallColumns:
    """The columns of a list of port calls.

    ship       the columns that name it: header -> imo, mmsi, vessel, or "" for another number of it; the surest first
    ports      of the port: codes before names, a row taking the first that it has
    countries  of its country, likewise
    arrivals, departures  of these times, actual before estimated
    time, move one time and which of the two it is of; move is "" where nothing says it
    """

    ship: dict[str, str]
    ports: tuple[str, ...]
    countries: tuple[str, ...]
    arrivals: tuple[str, ...]
    departures: tuple[str, ...]
    time: str = ""
    move: str = ""

    @property
    def used(self) -> tuple[str, ...]:
        """All of them."""
        move = (self.time, self.move)
        return (
            *self.ship,
            *self.ports,
            *self.countries,
            *self.arrivals,
            *self.departures,
            *(name for name in move if name),
        )


def call_columns(sheet: Sheet) -> CallColumns | None:
    """The columns of a table with a ship, a port and a time in each row; None where it is no such table."""
    ship = _ships(sheet)
    ports = (*called(sheet, _CODES), *called(sheet, _PORTS)) or tuple(called(sheet, {"terminal"}))
    if not ship or not ports:
        return None
    countries = tuple(called(sheet, _COUNTRIES))
    taken = (*ship, *ports, *countries)
    rest = [header for header in sheet.header if header not in taken and not _is_clock(sheet, header)]
    arrivals, departures = _times(rest, "arrive"), _times(rest, "depart")
    if not arrivals and not departures:
        worded = {header: set(normal(header).split()) for header in rest}
        arrivals = tuple(header for header, words in worded.items() if words & _ARRIVAL_WORDS)
        departures = tuple(header for header, words in worded.items() if words & _DEPARTURE_WORDS)
    move = _move(sheet, rest)
    if (arrivals or departures) and not move:
        return CallColumns(ship, ports, countries, arrivals, departures)
    times = [header for header in with_word(sheet, _TIME_WORDS) if header in rest and header != move]
    times = times or [*arrivals, *departures]
    best = sorted(times, key=lambda header: "utc" not in normal(header).split())
    return CallColumns(ship, ports, countries, (), (), best[0], move) if best else None


def _ships(sheet: Sheet) -> dict[str, str]:
    found: dict[str, str] = {}
    for header in sheet.header:
        of = next(
            (each.column for each in known_as(header, "legs") if each.column in SHIPS and each.strength > USUAL - 0.5),
            "",
        )
        if of and of not in found.values() and "voyage" not in normal(header):
            found[header] = of
    if found and "vessel" not in found.values():
        found |= dict.fromkeys(called(sheet, {"name"})[:1], "vessel")
    others = dict.fromkeys(called(sheet, _OTHER_SHIPS), "")
    by_order = sorted(found.items(), key=lambda each: SHIPS.index(each[1]))
    return dict(by_order) | others


def _times(headers: list[str], column: str) -> tuple[str, ...]:
    named = [
        header
        for header in headers
        if any(each.column == column and each.strength > USUAL - 0.5 for each in known_as(header, "legs"))
        or (column == "arrive" and normal(header) in ("arrivals", "arrival timestamp utc"))
    ]
    return tuple(sorted(named, key=lambda header: _ACTUAL.isdisjoint(normal(header).split())))


def _is_clock(sheet: Sheet, header: str) -> bool:
    """Whether a column has times of day alone, whose day stands in another one."""
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    return bool(texts) and all(
        re.fullmatch(r"[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?", text) for text in texts
    )


def _move(sheet: Sheet, headers: list[str]) -> str:
    """The column that says of each row whether the ship came or left."""
    for header in headers:
        if _KIND_WORDS.isdisjoint(set().union(*(each.split() for each in spelt(header)))):
            continue
        moves = moves_of(header)
        texts = {normal(text) for text in sample(sheet.columns[header].dictionary).to_pylist()}
        if texts and 2 * len(texts & moves.keys()) >= len(texts):
            return header
    return ""


def moves_of(header: str) -> dict[str, str]:
    """What the texts under this header say."""
    return MOVES | (_NUMBERED if "move" in normal(header) else {})


def first_filled(sheet: Sheet, headers: tuple[str, ...]) -> list[str]:
    """For each row the first of these columns' texts that is not empty."""
    found = [""] * len(sheet)
    for header in headers:
        found = [one or other for one, other in zip(found, cells(sheet, header).tolist(), strict=True)]
    return found


def told_moves(sheet: Sheet, header: str) -> list[str]:
    """For each row `ARRIVED`, `DEPARTED` or ""."""
    moves = moves_of(header)
    return list(each_text(sheet, header, lambda text: moves.get(normal(text), "")))
