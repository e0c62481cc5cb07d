"""An indicative route by sea: the shortest way at sea that uses no passage that is closed. Nobody observed it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.columns import MODES
from geo.errors import NoRoute
from geo.sea.graph import network
from geo.sea.great_circle import STEP_KM, along, continuous, cut
from geo.sea.joins import Join, join, sees
from geo.sea.passages import checked, closed_on, passages
from geo.sea.route_cache import Facts, route_cache
from geo.sea.simple_line import simple

Position = tuple[float, float]
"""Longitude and latitude, degrees, EPSG:4326."""
Quality = Literal["network", "near coast", "geodesic"]
KM_PER_NM = 1.852
"""The international nautical mile, exactly."""
SEA_MODES = ("", "maritime")
KEPT = 20_000
"""Routes that a process remembers: a few kilobytes each."""
FACTS = ("km", "passages", "quality", "access_km")
"""Of a route what is no geometry."""
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Route:
    """A way that may have been taken.

    geometry     a LineString, EPSG:4326; a MultiLineString where it is cut at the antimeridian
    km           its length on WGS 84
    passages     ids of the passages that it uses, in their order on the way (data/passages.csv)
    quality      "network": from port to port of the gazetteer; "near coast": an end was joined to the network when it
                 was asked for; "geodesic": no route, but the shortest line, as for all that does not go by sea
    access_km    kilometres from the origin to where the line begins, and from where it ends to the destination: a place
                 on land has its line from the water nearest to it
    """

    geometry: BaseGeometry
    km: float
    passages: tuple[str, ...]
    quality: Quality
    access_km: tuple[float, float] = (0.0, 0.0)

    @property
    def nm(self) -> float:
        """Its length in nautical miles."""
        return self.km / KM_PER_NM

    def days(self, knots: float) -> float:
        """Days under way at a speed, without a stop."""
        if not knots > 0:
            raise ValueError(f"{knots!r} knots: give a speed above zero.")
        return self.nm / knots / 24.0


def route(
    origin: Position,
    destination: Position,
    *,
    mode: str = "maritime",
    on: date | None = None,
    avoid: Iterable[str] = (),
    prefer: Iterable[str] = (),
) -> Route:
    """The route from one position to another; by another mode than sea the geodesic.

    on: the day whose closures hold (data/closures.csv); none hold without one. avoid: ids of passages that are closed
    besides. prefer: ids of passages that are otherwise taken only where there is no other way, such as the Northern Sea
    Route. Raises NoRoute, and PassageError for an id that is none.

    >>> suez = route((29.9, 31.15), (72.8, 18.9))
    >>> suez.passages
    ('suez', 'bab-el-mandeb')
    """
    ends = _position(origin), _position(destination)
    if mode not in SEA_MODES:
        if mode not in MODES:
            raise ValueError(f"{mode!r} is not a mode: give one of {', '.join(filter(None, MODES))}.")
        return _geodesic(*ends)
    first, last = sorted(ends)
    closed = closed_on(on) | dict.fromkeys(sorted(checked(avoid)), "as asked")
    preferred = checked(prefer)
    spared = frozenset(each.id for each in passages().values() if each.if_needed) - preferred
    unasked = frozenset(each.id for each in passages().values() if each.if_asked) - preferred
    if (found := _by_sea(first, last, unasked.union(closed), spared)) is None:
        raise _none(join(ends[0]), join(ends[1]), closed, unasked)
    return found if ends == (first, last) else _reversed(found)


def _position(given: Position) -> Position:
    lon, lat = float(given[0]), float(given[1])
    if not (abs(lon) <= 180.0 and abs(lat) <= 90.0):
        raise ValueError(f"{given!r} is not a position: give longitude, latitude in degrees, within ±180 and ±90.")
    return lon, lat


@lru_cache(maxsize=KEPT)
def _by_sea(origin: Position, destination: Position, closed: frozenset[str], spared: frozenset[str]) -> Route | None:
    """The route with these passages closed, and those spared where there is another way; None where there is none."""
    way = json.dumps([origin, destination, sorted(closed), sorted(spared)])
    if (kept := route_cache().get(way)) is not None:
        return _kept(*kept)
    begin, end = join(origin), join(destination)
    found = _sparing(begin, end, closed, spared)
    if found is not None and found.quality == "network":
        # Between ports of ours alone: positions that somebody looked at are nobody else's.
        route_cache().put(way, {name: getattr(found, name) for name in FACTS}, found.geometry)
    return found


def _sparing(begin: Join, end: Join, closed: frozenset[str], spared: frozenset[str]) -> Route | None:
    """The shortest route that takes of the passages that are spared only those without which there is none."""
    if (found := _way(begin, end, spared | closed)) is not None or (found := _way(begin, end, closed)) is None:
        return found
    taken = [name for name in found.passages if name in spared]
    for name in tuple(taken):
        others = [other for other in taken if other != name]
        if (without := _way(begin, end, closed | spared.difference(others))) is not None:
            found, taken = without, others
    return found


def _kept(facts: Facts, line: BaseGeometry) -> Route:
    before, after = facts["access_km"]
    return Route(line, facts["km"], tuple(facts["passages"]), facts["quality"], (before, after))


def _way(begin: Join, end: Join, shut: frozenset[str]) -> Route | None:
    """The shortest route with these passages shut, or None."""
    sea = network()
    quality: Quality = "network" if begin.is_port and end.is_port else "near coast"
    access = begin.access_km, end.access_km
    open_ways = [
        {point: km for point, (km, names) in each.ways.items() if not shut.intersection(names)} for each in (begin, end)
    ]
    if quality == "near coast" and (names := sees(begin, end)) is not None and not shut.intersection(names):
        return _drawn([begin.at, end.at], names, quality, access)
    found = sea.shortest(open_ways[0], open_ways[1], shut)
    if found is None:
        return None
    points, edges = found
    line = [(float(sea.lon[point]), float(sea.lat[point])) for point in points]
    used = [name for edge in edges for name in sea.passages_of.get(edge, ())]
    used = [*begin.ways[points[0]][1], *used, *end.ways[points[-1]][1]]
    whole = [*([] if begin.is_port else [begin.at]), *line, *([] if end.is_port else [end.at])]
    return _drawn(whole, tuple(dict.fromkeys(used)), quality, access)


def _drawn(line: list[Position], used: tuple[str, ...], quality: Quality, access: tuple[float, float]) -> Route:
    lon, lat = np.array(line if len(line) > 1 else line * 2).T
    lon, lat = simple(np.column_stack(along(lon, lat))).T
    km = float(_GEOD.line_length(lon, lat)) / 1000.0
    return Route(cut(lon, lat), km, used, quality, access)


def _geodesic(origin: Position, destination: Position) -> Route:
    azimuth, _, metres = _GEOD.inv(*origin, *destination)
    pieces = max(int(np.ceil(metres / 1000.0 / STEP_KM)), 1)
    lon, lat, _ = _GEOD.fwd(
        np.full(pieces + 1, origin[0]),
        np.full(pieces + 1, origin[1]),
        np.full(pieces + 1, azimuth),
        metres * np.arange(pieces + 1) / pieces,
    )
    lon, lat = np.asarray(lon), np.asarray(lat)
    lon[[0, -1]], lat[[0, -1]] = (origin[0], destination[0]), (origin[1], destination[1])
    return Route(cut(continuous(lon), lat), metres / 1000.0, (), "geodesic")


def _reversed(found: Route) -> Route:
    # GEOS turns each part around, and leaves the parts in their order.
    parts = [part.reverse() for part in shapely.get_parts(found.geometry)][::-1]
    back = parts[0] if len(parts) == 1 else shapely.multilinestrings(parts)
    return Route(back, found.km, found.passages[::-1], found.quality, found.access_km[::-1])


def _none(begin: Join, end: Join, closed: Mapping[str, str], unasked: frozenset[str]) -> NoRoute:
    """Why there is none: what is closed on the way there would be, or that no water leads there."""
    way = f"by sea from {_told(begin.asked)} to {_told(end.asked)}"
    opened = _way(begin, end, unasked.difference(closed))
    blocked = [name for name in opened.passages if name in closed] if opened else []
    if not blocked:
        return NoRoute(way, "no waters that we know lead from one to the other", "Look at both positions.")
    reasons = "closed on the way: " + "; ".join(f"{passages()[name].name} ({closed[name]})" for name in blocked)
    return NoRoute(way, f"{reasons}, and there is no other way", "Choose another day, or open it.", blocked)


def _told(at: Position) -> str:
    lon, lat = at
    return f"{abs(lat):.2f}°{'N' if lat >= 0 else 'S'} {abs(lon):.2f}°{'E' if lon >= 0 else 'W'}"
