"""Which ports of searoute lie where nothing else puts them, and what becomes of each. See refresh_ports.py.

The package found many positions by name alone, so that a port has the position of a town of the same name elsewhere; it
read degrees and minutes as degrees with decimals; and some signs are lost. A position is compared with what says it
independently: the cities and airports of data/, the shape of the country, and the state of a code of UN/LOCODE.

The rules, the first that holds counts:
    reviewed            in REVIEWED or RECODED of port_reviews.py, by hand
    sign                outside its country, and inside with the other sign
    degrees, minutes    "41.53" is 41 degrees 53 minutes: nearer to the city of that name, or, where there is none, no
                        multiple of 0.05, as nearly all that are decimals are
    airport             the last letters of the code are those of an airport of that name, far away: it lies there
    state               its code is that of a place in another state: it lies at the city of that name there, or has the
                        code of its own state; where neither is known, it is left out
    city                far from all cities of its name in its country: it lies there, or, of several, is left out
A port that stays though it lies far from all cities of its name is in KEPT there, with the reason.
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import shapely
from port_reviews import KEPT, RECODED, REVIEWED

from geo.gazetteer.hits import apart_km
from geo.gazetteer.spellings import fold

FAR_KM = 60.0
"""Farther than this from the middle of a town its port does not lie: the farthest that is right, Tianjin's, lies 52 km
away, and so `refresh_settlements.py` takes a port for its city up to there."""
AIRPORT_KM = 100.0
"""An airport may lie so far from its town, and the port so far on the other side: Red Dog's are 67 km apart."""
OUTSIDE_DEGREES = 10.0
"""A position so far from its country is on another continent; islands and rigs at sea are nearer."""
STATE_KM = 150.0
"""A position so far from all cities of the state of its code, and within `NEAR_KM` of one of another, is not in it."""
NEAR_KM = 80.0
MINUTES_KM = 5.0
"""So much nearer degrees and minutes must bring a port to its city."""
ROOT = Path(__file__).resolve().parents[1]
_DECIMALS = re.compile(r"-?\d+(?:\.\d{1,2})?")
_AUSTRALIAN = {"NS": "NSW", "QL": "QLD", "SA": "SA", "TS": "TAS", "VI": "VIC", "WA": "WA", "NT": "NT"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """A port's position, degrees; or that of a city or airport of its name."""

    lon: float
    lat: float
    state: str = ""

    def km(self, other: Spot) -> float:
        return apart_km(self.lon, self.lat, other.lon, other.lat)


@dataclass(frozen=True, slots=True)
class Verdict:
    """rule: that by which a port is changed, "" for none. spot: where it lies, None where it is left out.

    of_airport: where it lies is an airport, no city of its name being known.
    """

    rule: str
    spot: Spot | None
    code: str
    of_airport: bool = False


class Evidence:
    """What says where a place lies. states: code of UN/LOCODE -> its state and its name there, where at hand."""

    def __init__(self, states: Mapping[str, list[tuple[str, str]]] | None = None) -> None:
        self.states = {
            code: [(_AUSTRALIAN.get(state, state) if code[:2] == "AU" else state, name) for state, name in places]
            for code, places in (states or {}).items()
        }
        self._cities = pq.read_table(ROOT / "data" / "settlements.parquet")
        airports = pq.read_table(ROOT / "data" / "airports.parquet").to_pylist()
        self.airports = {(row["country"], row["iata"]): row for row in airports if row["iata"]}

    @cached_property
    def named(self) -> dict[tuple[str, str], list[Spot]]:
        """Country and folded name -> the cities of that name."""
        found: dict[tuple[str, str], list[Spot]] = {}
        for row in self._cities.to_pylist():
            found.setdefault((row["country"], fold(row["name"])), []).append(
                Spot(row["lon"], row["lat"], row["admin1"])
            )
        return found

    @cached_property
    def shapes(self) -> dict[str, Any]:
        table = pq.read_table(ROOT / "data" / "countries.parquet", columns=["iso2", "geometry"])
        return dict(zip(table["iso2"].to_pylist(), shapely.from_wkb(table["geometry"].to_pylist()), strict=True))

    @cached_property
    def of_states(self) -> dict[tuple[str, str], np.ndarray]:
        """Country and state -> lon and lat of its cities."""
        found: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for spots in self.named.items():
            for spot in spots[1]:
                found.setdefault((spots[0][0], spot.state), []).append((spot.lon, spot.lat))
        return {key: np.array(each) for key, each in found.items() if key[1]}

    def cities(self, row: Row) -> list[Spot]:
        """The cities that are called as a port is, in its country; "Medan, Sumatra" is Medan."""
        name = str(row["name"])
        spots = [*self.named.get((row["country"], fold(name)), ())]
        short = re.split(r",| \(", name)[0]
        return spots or self.named.get((row["country"], fold(short)), [])

    def outside(self, country: str, lon: float, lat: float) -> float:
        """How far a position lies from its country, degrees."""
        shape = self.shapes.get(country)
        around = (0.0, 360.0, -360.0)
        return 0.0 if shape is None else min(float(shapely.Point(lon + turn, lat).distance(shape)) for turn in around)

    def codes_of(self, country: str, state: str, name: str) -> list[str]:
        """The codes of UN/LOCODE of the places of a folded name in a state."""
        return [
            code
            for code, places in self.states.items()
            if code[:2] == country and any(each == state and _alike(called, name) for each, called in places)
        ]

    def to_state(self, country: str, state: str, spot: Spot) -> float:
        """The distance to the nearest city of a state, km; infinite where it has none."""
        cities = self.of_states.get((country, state))
        return np.inf if cities is None else min(spot.km(Spot(*city)) for city in cities.tolist())

    def state_of(self, country: str, spot: Spot) -> tuple[str, float]:
        """The state of the nearest city, and how far that is."""
        near = {state: self.to_state(land, state, spot) for land, state in self.of_states if land == country}
        state = min(near, key=lambda each: near[each])
        return state, near[state]


def judged(row: Row, evidence: Evidence, taken: frozenset[str] = frozenset()) -> Verdict:
    """What becomes of a port. row: code, name, country, lon and lat. taken: the codes of all ports."""
    code = str(row["code"])
    spot = Spot(float(row["lon"]), float(row["lat"]))
    if code in REVIEWED:
        where = REVIEWED[code][0]
        return Verdict("reviewed", _reviewed(row, evidence), code, of_airport=where.startswith("airport "))
    if code in RECODED and RECODED[code][0] not in taken:
        return Verdict("recoded", spot, RECODED[code][0])
    signed = _signed(row, spot, evidence)
    exact = _in_minutes(row, signed or spot, evidence)
    if signed:
        return Verdict("sign", exact or signed, code)
    if code in KEPT:
        return Verdict("degrees, minutes" if exact else "", exact or spot, code)
    for rule in (_by_airport, _by_state, _by_city):
        verdict = rule(row, exact or spot, evidence, taken)
        if verdict:
            return verdict
    return Verdict("degrees, minutes" if exact else "", exact or spot, code)


def _reviewed(row: Row, evidence: Evidence) -> Spot | None:
    where = REVIEWED[str(row["code"])][0]
    if where.startswith("airport "):
        airport = evidence.airports[row["country"], where.removeprefix("airport ")]
        return Spot(airport["lon"], airport["lat"])
    return evidence.named[row["country"], fold(where)][0] if where else None


def _signed(row: Row, spot: Spot, evidence: Evidence) -> Spot | None:
    """With the other sign of its longitude or latitude, where only that is in the country."""
    if evidence.outside(row["country"], spot.lon, spot.lat) <= OUTSIDE_DEGREES:
        return None
    others = (replace(spot, lon=-spot.lon), replace(spot, lat=-spot.lat))
    return next((each for each in others if evidence.outside(row["country"], each.lon, each.lat) < 1), None)


def _in_minutes(row: Row, spot: Spot, evidence: Evidence) -> Spot | None:
    """The position read as degrees and minutes, where that is what it is."""
    lon, lat = (_minutes(each) for each in (spot.lon, spot.lat))
    if lon is None or lat is None:
        return None
    read = Spot(lon, lat)
    if cities := [city for city in evidence.cities(row) if min(city.km(spot), city.km(read)) <= FAR_KM]:
        near, now = (min(city.km(each) for city in cities) for each in (read, spot))
        return read if near < now - MINUTES_KM else None
    decimal = all(round(abs(each) * 100) % 5 == 0 for each in (spot.lon, spot.lat))
    return None if decimal else read


def _minutes(degrees: float) -> float | None:
    """ "41.53" -> 41 degrees 53 minutes; None for what cannot be that."""
    if not _DECIMALS.fullmatch(f"{degrees:.6f}".rstrip("0").rstrip(".")):
        return None
    whole, minutes = divmod(round(abs(degrees) * 100), 100)
    return None if minutes >= 60 else round(float(np.copysign(whole + minutes / 60, degrees)), 6)


def _by_airport(row: Row, spot: Spot, evidence: Evidence, _: frozenset[str]) -> Verdict | None:
    """UN/LOCODE takes the code of a place's airport where it has one."""
    code, name = str(row["code"]), fold(re.split(r",| \(", str(row["name"]))[0])
    airport = evidence.airports.get((row["country"], code[2:])) if len(code) == 5 else None
    if airport is None or name not in {fold(airport["city"].split(",")[0]), fold(airport["name"]).split(" airport")[0]}:
        return None
    there = Spot(airport["lon"], airport["lat"])
    if there.km(spot) <= AIRPORT_KM:
        return None
    cities = [city for city in evidence.cities(row) if city.km(there) <= FAR_KM]
    return Verdict("airport", min(cities, key=there.km) if cities else there, code, of_airport=not cities)


def _by_state(row: Row, spot: Spot, evidence: Evidence, taken: frozenset[str]) -> Verdict | None:
    """The state of its code, of those in the United States, Canada and Australia."""
    code, country = str(row["code"]), str(row["country"])
    name = fold(str(row["name"]))
    said = [state for state, called in evidence.states.get(code, ()) if _alike(called, name)]
    if len(said) != 1:
        return None
    state, km = evidence.state_of(country, spot)
    apart = evidence.to_state(country, said[0], spot)
    cities = [city for city in evidence.cities(row) if city.state == said[0]]
    if state == said[0] or apart <= FAR_KM or min((city.km(spot) for city in cities), default=np.inf) <= FAR_KM:
        return None
    if len(cities) == 1:
        return Verdict("state", cities[0], code)
    if km > NEAR_KM or not STATE_KM < apart < np.inf:
        return None
    own = evidence.codes_of(country, state, name)
    if len(own) == 1 and own[0] not in taken:
        return Verdict("code of its state", spot, own[0])
    return Verdict("state", None, code)


def _alike(one: str, folded: str) -> bool:
    return fold(re.split(r",|/| \(", one)[0]) == folded


def _by_city(row: Row, spot: Spot, evidence: Evidence, _: frozenset[str]) -> Verdict | None:
    """Where neither its airport nor the state of its code says where it lies: at the city of its name."""
    code, country = str(row["code"]), str(row["country"])
    cities = evidence.cities(row)
    if not cities or min(city.km(spot) for city in cities) <= FAR_KM:
        return None
    airport = evidence.airports.get((country, code[2:])) if len(code) == 5 else None
    if airport and spot.km(Spot(airport["lon"], airport["lat"])) <= FAR_KM:
        return None
    return Verdict("city", cities[0] if len(cities) == 1 else None, code)


def contradicted(row: Row, evidence: Evidence) -> float:
    """How far a port lies from the nearest city of its name in its country, km; 0 up to `FAR_KM` or without one."""
    spot = Spot(float(row["lon"]), float(row["lat"]))
    km = min((city.km(spot) for city in evidence.cities(row)), default=0.0)
    return km if km > FAR_KM else 0.0


def read(path: Path = ROOT / "data" / "ports.csv") -> list[Row]:
    """The rows of the committed file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
