"""What a spelling may mean, and which of it is taken: the one rule by which a name that several places bear is decided.

A shipment is mostly said of ports, so a port is preferred to a town without one; and a name is taken for the place that
everybody means by it, where all others are small beside it. What is not clear by these two is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.gazetteer.countries import TERRITORIES
from geo.gazetteer.world import LARGE

FAR_LARGER = 25
"""A place so many times as large as any other of its name is meant by it: Moscow, and not the one in Idaho (400 times).
Saint Petersburg is asked, because there is one in Florida (20 times)."""
PORT_COUNTS = 10
"""A port counts so many times its people against a town: nobody who ships to Odessa means Texas."""
ALIAS_COUNTS = 10
"""Another name of a place counts so much less than the name of one."""
LEAST = 10_000
"""People of a place of which nobody says how many."""
SAME_KM = 15.0
"""Two entries of one name and country, so near each other, are one place."""
CITY_KM = 60.0
"""So far from the middle of a city its port may lie."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a spelling may mean.

    port        one of our own places or of the ports of the world
    alias       only by another name that others give to it
    population  0 where unknown
    """

    code: str
    country: str
    state: str
    port: bool
    alias: bool
    population: int
    lon: float
    lat: float

    @property
    def people(self) -> int:
        return max(self.population, LEAST)


@dataclass(frozen=True, slots=True)
class Choice:
    """codes: the place that is meant, where sure; else all that are to be asked about. others: passed over.

    denied: the country or state that stands beside the name, where none of the places of that name lies in it.
    """

    codes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    sure: bool = False
    denied: str = ""


def chosen(hits: Sequence[Hit], *, certain: bool = False) -> Choice:
    """Which of the hits is meant. certain: something beside the name says that it is one of these."""
    hits = together(hits)
    if not hits:
        return Choice()
    best = _best(hits)
    if best is None:
        return Choice(_codes(_by_size(hits)))
    if best.alias and not certain and not best.port and best.population < LARGE:
        return Choice(_codes(_by_size(hits)))
    alike = (hit for hit in hits if hit is not best and (best.alias or not hit.alias))
    return Choice((best.code,), _codes(alike), sure=True)


def chosen_in(hits: Sequence[Hit], scope: str) -> Choice:
    """Which is meant of the hits in the countries of a scope and their territories.

    Where two countries share the name that stands beside it, the one that has such a place decides. It is asked where
    both have one, and where a territory's is preferred to that of the country itself.
    """
    countries = scope.split()
    named = [hit for hit in hits if not hit.alias] or list(hits)
    having = [code for code in countries if any(hit.country == code for hit in named)]
    if len(countries) > 1 and having:
        if len(having) > 1:
            return Choice(_codes(_by_size(together(hits))))
        return chosen([hit for hit in hits if hit.country == having[0]], certain=True)
    choice = chosen(hits, certain=True)
    taken = {hit.country for hit in hits if choice.sure and hit.code == choice.codes[0]}
    if having and any(country in TERRITORIES.get(having[0], ()) for country in taken):
        return Choice(_codes(_by_size(together(hits))))
    return choice


def _by_size(hits: Iterable[Hit]) -> list[Hit]:
    """Ports first, the larger before the smaller."""
    return sorted(hits, key=lambda hit: (not hit.port, -_weight(hit)))


def _best(hits: Sequence[Hit]) -> Hit | None:
    """The one that is meant, or None: a port first, then whatever is far larger."""
    plain = [hit for hit in hits if not hit.alias]
    first = [hit for hit in plain if hit.port] or plain or [hit for hit in hits if hit.population >= LARGE] or hits
    best = _largest(first)
    rivals = [hit for hit in hits if hit not in first and (not hit.alias or hit.population >= LARGE)]
    rival = max(rivals, key=_weight, default=None)
    if best is None or rival is None or _weight(rival) <= _weight(best) * (ALIAS_COUNTS if rival.alias else 1):
        return best
    return rival if not rival.alias and _weight(rival) >= FAR_LARGER * _weight(best) else None


def _largest(hits: Sequence[Hit]) -> Hit | None:
    """The hit that is far larger than all others."""
    first, *rest = sorted(hits, key=_weight, reverse=True)
    return first if not rest or _weight(first) >= FAR_LARGER * _weight(rest[0]) else None


def _weight(hit: Hit) -> float:
    return hit.people * (PORT_COUNTS if hit.port else 1) / (ALIAS_COUNTS if hit.alias else 1)


def together(hits: Iterable[Hit]) -> list[Hit]:
    """Of several that are one place the first, ports before towns and names before other names; with all its people."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (not each.port, each.alias)):
        at = next((at for at, other in enumerate(kept) if _is_same(hit, other)), None)
        if at is None:
            kept.append(hit)
        elif not hit.alias and hit.population > kept[at].population:
            kept[at] = replace(kept[at], population=hit.population)
    return kept


def _is_same(hit: Hit, other: Hit) -> bool:
    if hit.code == other.code:
        return True
    if hit.country != other.country:
        return False
    return apart_km(hit.lon, hit.lat, other.lon, other.lat) <= (SAME_KM if hit.port == other.port else CITY_KM)


def apart_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The distance of two positions on a sphere, km."""
    one, two = np.radians(lat), np.radians(other_lat)
    turn = np.radians(other_lon - lon)
    half = np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(turn / 2) ** 2
    return float(2 * 6371.0 * np.arcsin(np.sqrt(min(1.0, half))))


def _codes(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.code for hit in hits))
