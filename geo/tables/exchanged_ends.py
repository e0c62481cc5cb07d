"""Rows whose positions lie the other way round than their names: each end nearer to the place of the other end.

So it is where a line was drawn against the direction of the goods. It is seen at any distance, also between ports so
near one another that neither position is far from the place of its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geo.arrays import Codes
from geo.gazetteer.places import Places
from geo.tables.findings import Message
from geo.tables.place_columns import Ends
from geo.tables.spoken_places import Spoken, beyond_km, round_km
from geo.tables.validator import combine

LEAST_KM = 10.0
"""Positions that are off by less in sum may lie in one harbour, on either side of it."""
TIMES = 2.0
"""So many times nearer to the other end's place they lie in sum: berths outside their towns are off too."""
RULE = "a row's positions go the way that its names go"


class _End(NamedTuple):
    """A position (lon, lat), degrees, and the code of the place of the name beside it."""

    at: tuple[float, float]
    place: str


def warn(ends: Ends, origin: Codes, destination: Codes) -> None:
    """Warns of such rows. origin, destination: the site of each row."""
    sieve, sites = ends.sieve, ends.sites
    if not all(column in sieve for column in ("origin", "origin_lat", "destination", "destination_lat")):
        return
    count = len(sites.codes)
    said = ends.said["origin"], ends.said["destination"]
    named = [_places(ends, column, end.spoken) for column, end in zip(("origin", "destination"), said, strict=True)]
    parts, codes = combine((origin, count), (destination, count), *((each.codes, len(each.spoken)) for each in said))
    wrong: dict[int, Message] = {}
    for at, (*site, first, last) in enumerate(zip(*(part.tolist() for part in parts), strict=True)):
        places = named[0][first], named[1][last]
        if all(places) and places[0] != places[1] and all(each in sites.own for each in site):
            both = [_End(sites.own[each][::-1], place) for each, place in zip(site, places, strict=True)]
            if message := _exchanged(both[0], both[1], sites.gazetteer):
                wrong[at] = message
    sieve.judge("origin", codes, wrong, "warning")


def _places(ends: Ends, column: str, spoken: Sequence[Spoken]) -> list[str]:
    """The place of each name, "" where it is not one."""
    known = [each for each in spoken if each.text and ends.finder.knows(each)]
    found = ends.finder.find(known, column)
    return [(found[each].place or "") if each in found else "" for each in spoken]


def _exchanged(origin: _End, destination: _End, places: Places) -> Message | None:
    own, other = (
        [beyond_km(places, place, *end.at) for end, place in ((origin, pair[0]), (destination, pair[1]))]
        for pair in ((origin.place, destination.place), (destination.place, origin.place))
    )
    nearer = all(there < here for here, there in zip(own, other, strict=True))
    if not nearer or sum(own) < LEAST_KM or sum(other) * TIMES > sum(own):
        return None
    titles = [places.titled(each.place) for each in (destination, origin)]
    near, far = (f"{round_km(km)} km" for km in (other[0], own[0]))
    hint = (
        f"The position of the origin is {near} from {titles[0]} and {far} from {titles[1]}, and that of the destination"
    )
    return RULE, f"{hint} the other way round. Exchange the positions or the names; the row is kept as it is."
