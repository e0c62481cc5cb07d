"""Texts of place columns, with what stands beside them, -> what each leads to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np

from geo.arrays import Codes
from geo.gazetteer.countries import country_scope
from geo.gazetteer.hits import apart_km
from geo.gazetteer.places import SUGGESTED, Found, Places
from geo.gazetteer.spellings import fold
from geo.tables.findings import Message
from geo.tables.mode_words import AIR_MODES
from geo.tables.validator import Sieve, combine

LOOKED_AT = 200
"""So many texts of a column tell whether it holds ports or countries."""
FAR_KM = 200.0
"""A position so far from the place of its name contradicts it: no port is as long, and no city as wide."""
_AIR = re.compile(r"\b(?:air ?ports?|iata|icao|aerodromes?|adep|ades|flughafen|aeropuerto|aeroport|аэропорт)\b")
COUNTRY = ("a country is known by its name or its code", "It was not used to find the place beside it.")
FAR_RULE = "a position lies where its name says"


class Spoken(NamedTuple):
    """A text of a place column. country: what the column beside it says, ISO 3166-1 alpha-2 or "", of
    two countries that share a name both codes. air: of flights."""

    text: str
    country: str = ""
    air: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The m different things that a place column says, and which of them each of n rows says."""

    spoken: tuple[Spoken, ...]
    codes: Codes


def said_in(sieve: Sieve, column: str) -> Said:
    """What a place column says, with the country and the mode that stand beside it. Warns of countries unknown."""
    cells, lands, modes = (sieve.distinct(each) for each in (column, f"{column}_in_country", "mode"))
    countries = [country_scope(text) for text in lands.texts()]
    unknown = [at for at, text in enumerate(lands.texts()) if text and not countries[at]]
    sieve.judge(f"{column}_in_country", lands.codes, dict.fromkeys(unknown, COUNTRY), "warning")
    flown = [text.casefold() in AIR_MODES for text in modes.texts()]
    of_air = _AIR.search(fold(sieve.headers.get(column, ""))) is not None
    beside = (modes.codes, len(flown)) if any(flown) and not of_air else (np.zeros(len(cells.codes), np.int32), 1)
    parts, codes = combine((cells.codes, len(cells.values)), (lands.codes, len(countries)), beside)
    texts = cells.texts()
    air = flown if beside[1] > 1 else [of_air or (any(flown) and len(flown) == 1)]
    rows = zip(*(part.tolist() for part in parts), strict=True)
    return Said(tuple(Spoken(texts[text], countries[land], air[mode]) for text, land, mode in rows), codes)


class Finder:
    """Looks spoken places up, each once."""

    def __init__(self, sieve: Sieve, gazetteer: Places) -> None:
        self._sieve, self._gazetteer = sieve, gazetteer
        self._among: dict[str, bool | None] = {}

    def find(self, spoken: Sequence[Spoken], column: str) -> dict[Spoken, Found]:
        """Each looked up; the most frequent come first, so that they are the ones to get nearest spellings."""
        known = cast("dict[tuple[Spoken, bool | None], Found]", self._sieve.memory.read.setdefault("place", {}))
        offered = cast("dict[Spoken, Found]", self._sieve.memory.read.setdefault("nearest spellings", {}))
        among = self._holds_ports(column)
        found: dict[Spoken, Found] = {}
        unknown = 0
        for each in spoken:
            if (each, among) not in known and each not in offered and self.knows(each):
                known[each, among] = self._look_up(each, among)
            if (each, among) in known:
                found[each] = known[each, among]
                continue
            unknown += 1
            if each not in offered and unknown <= SUGGESTED:
                offered[each] = self._gazetteer.find(each.text, each.country or None, air=each.air)
            plain = Found(None, (), (), f"{each.text!r} is not in the gazetteer.")
            found[each] = offered[each] if unknown <= SUGGESTED else plain
        return found

    def knows(self, each: Spoken) -> bool:
        """Whether it leads anywhere. Quick: no spellings are offered."""
        return each.air or bool(each.country) or self._gazetteer.knows(each.text)

    def _look_up(self, each: Spoken, among: bool | None) -> Found:
        """among: whether the text stands among ports; None: only the other end does, and that alone asks nothing."""
        find, country = self._gazetteer.find, each.country or None
        plain = find(each.text, country, air=each.air, ports=bool(among))
        if among is None and plain.place:
            there = find(each.text, country, air=each.air, ports=True)
            return there if there.place else plain
        return plain

    def _holds_ports(self, column: str) -> bool | None:
        """Whether a column holds ports rather than countries; None where it says too little, but the other end does."""
        if column not in self._among:
            own = self._tells_ports(column)
            other = "destination" if column == "origin" else "origin"
            self._among[column] = own if own is not None else (None if self._tells_ports(other) else False)
        return self._among[column]

    def _tells_ports(self, column: str) -> bool | None:
        texts = [text for text in self._sieve.distinct(column).texts()[:LOOKED_AT] if text]
        found = [self._gazetteer.find(text).place for text in texts if self._gazetteer.knows(text)]
        countries = sum(place is not None and self._gazetteer.is_country(place) for place in found)
        others = len(found) - countries
        if not others and countries < 2:
            return None
        return others > 0 and others >= countries


def far(found: Found, position: tuple[float, float], places: Places) -> Message | None:
    """What is wrong with a position (lon, lat) that contradicts the name beside it; None where it does not.

    Of a name that several places bear it contradicts all of them.
    """
    codes = dict.fromkeys((*found.candidates, *found.others))
    if not codes:
        return None
    lon, lat = position
    near = min(codes, key=lambda code: beyond_km(places, code, lon, lat))
    km = beyond_km(places, near, lon, lat)
    if km <= FAR_KM:
        return None
    hint = f"It lies {round_km(km)} km from {places.titled(near)}."
    if abs(lon) <= 90:
        swapped = min(beyond_km(places, code, lat, lon) for code in codes)
        if swapped <= FAR_KM:
            where = f"{round_km(swapped)} km from there" if swapped >= 1 else "there"
            return FAR_RULE, f"{hint} Exchanging latitude and longitude would put it {where}. The row is kept as it is."
    return FAR_RULE, f"{hint} The row is kept as it is."


def beyond_km(places: Places, code: str, lon: float, lat: float) -> float:
    """How far a position lies from a place, or from the circle of an area; km."""
    place = places.fact(code)
    return max(0.0, apart_km(lon, lat, place.lon, place.lat) - place.radius_km)


def round_km(km: float) -> str:
    """Two figures: "5,200". So near all rows of one fault say the same."""
    return f"{float(f'{km:.2g}'):,.0f}"
