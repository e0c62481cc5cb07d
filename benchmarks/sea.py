"""Routes by sea, beside searoute's: kilometres on land, lengths beside published ones, milliseconds.

    python -m benchmarks.sea --pairs 1000

searoute stands beside them where it is installed: pip install searoute==1.6.0
"""

from __future__ import annotations

import csv
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

import numpy as np
import shapely
import typer
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo import data_folder, places
from geo.errors import NoRoute
from geo.scene.bundles import bundled
from geo.scene.stretches import Line
from geo.sea.coast import land
from geo.sea.graph import network
from geo.sea.great_circle import continuous
from geo.sea.joins import join
from geo.sea.passages import crossed, passages
from geo.sea.route_cache import VARIABLE, route_cache
from geo.sea.routes import KM_PER_NM, Position, Route, route
from geo.sea.routes import _by_sea as remembered
from geo.sea.shore import shore

DISTANCES = Path(__file__).with_name("port_distances.csv")
GEOD = Geod(ellps="WGS84")
NEAR_CANAL = 0.1
"""Degrees around the way of a canal or river of data/passages.csv in which land counts for neither of the two."""
LONG_NM, WORST = 500.0, 12
"""Lengths from which it matters little where in a harbour a route begins, and how many of the worst are named."""
POSSIBLE = 0.99
"""Of the geodesic: a published length below it is not one between these two ports."""
AT_ONCE = 4
"""Passages that are closed together where closing is tried."""
Found = tuple[BaseGeometry, float]
"""The line, and its nautical miles."""
Search = Callable[[Position, Position], Found]
Pair = tuple[Position, Position]


def ours(origin: Position, destination: Position) -> Found:
    """A route of Waybill, sought anew."""
    found = _sought(origin, destination)
    return found.geometry, found.nm


def _sought(
    origin: Position,
    destination: Position,
    avoid: frozenset[str] = frozenset(),
    prefer: frozenset[str] = frozenset(),
) -> Route:
    """Neither the process nor the disk remembers it; positions that are no port are joined to the network anew."""
    remembered.cache_clear()
    join.cache_clear()
    return route(origin, destination, avoid=avoid, prefer=prefer)


def theirs() -> Search | None:
    """searoute's, from and to the very ports; None where it is not installed."""
    try:
        import searoute
    except ImportError:
        return None

    def find(origin: Position, destination: Position) -> Found:
        found = searoute.searoute(origin, destination, units="naut", append_orig_dest=True)
        return shapely.LineString(found.geometry["coordinates"]), float(found.properties["length"])

    return find


@cache
def _canals() -> BaseGeometry:
    with data_folder.path("passages.csv").open(encoding="utf-8", newline="") as file:
        ways = [row["way"] for row in csv.DictReader(file) if row["way"]]
    return shapely.union_all(shapely.buffer(shapely.from_wkt(ways), NEAR_CANAL))


@cache
def _land() -> tuple[shapely.STRtree, np.ndarray]:
    polygons = land("10m").geometry.to_numpy()
    return shapely.STRtree(polygons), polygons


def within(line: BaseGeometry) -> Iterator[BaseGeometry]:
    """A line, whose longitudes may go on beyond ±180, on its turns of the globe."""
    for turn in (-360.0, 0.0, 360.0):
        moved = shapely.transform(line, lambda xy, by=turn: xy + np.array([by, 0.0]))
        if not shapely.is_empty(part := shapely.intersection(moved, shapely.box(-180, -90, 180, 90))):
            yield part


def km_on_land(line: BaseGeometry) -> float:
    """Kilometres of a line on the land of 1:10 million, outside canals and rivers that have a name."""
    tree, polygons = _land()
    km = 0.0
    for part in within(line):
        outside = shapely.difference(part, _canals())
        for polygon in polygons[tree.query(outside, predicate="intersects")]:
            km += GEOD.geometry_length(shapely.intersection(outside, polygon)) / 1000.0
    return km


def km_of_drawn(lines: dict[int, Line]) -> list[float]:
    """The same of the lines as maps draw them: simplified together, and straight in Web Mercator in between."""
    drawn, _ = bundled(lines, np.ones(max(lines) + 1), most=3.0)
    return [km_on_land(shapely.linestrings(_drawn_straight(points))) for points, _ in drawn.values()]


def _drawn_straight(points: Line) -> Line:
    up = np.degrees(np.arcsinh(np.tan(np.radians(points[:, 1]))))
    at = np.unique(np.concatenate([np.linspace(i, i + 1, 33) for i in range(len(points) - 1)]))
    rows = np.arange(len(points))
    between = np.degrees(np.arctan(np.sinh(np.radians(np.interp(at, rows, up)))))
    return np.column_stack([np.interp(at, rows, points[:, 0]), between])


def unbroken(line: BaseGeometry) -> Line:
    """The vertices of a line in continuous longitudes."""
    xy = np.vstack([shapely.get_coordinates(part) for part in shapely.get_parts(line)])
    xy[:, 0] = continuous(xy[:, 0])
    return xy[np.append(True, np.abs(np.diff(xy, axis=0)).max(axis=1) > 1e-9)]


def measure(name: str, find: Search, pairs: list[Pair]) -> dict[int, BaseGeometry]:
    """Prints the lines of one of the two, and returns the routes by the number of their pair."""
    find(*pairs[0])
    times: list[float] = []
    found: dict[int, BaseGeometry] = {}
    for number, pair in enumerate(pairs):
        began = time.perf_counter()
        try:
            found[number] = find(*pair)[0]
        except NoRoute:
            continue
        finally:
            times.append((time.perf_counter() - began) * 1000.0)
    dry = np.array([km_on_land(line) for line in found.values()])
    print(f"{name}: {len(pairs)} pairs, {len(pairs) - len(found)} without a route")
    print(
        f"  0 km on land on {np.mean(dry == 0):.1%}; over 10 km on {np.mean(dry > 10):.1%}; {dry.sum():,.0f} km in all"
    )
    print(f"  median {statistics.median(times):.1f} ms, 95 % {np.percentile(times, 95):.1f} ms")
    tell_lengths(find)
    return found


def tell_lengths(find: Search) -> None:
    """Prints how far lengths are off published ones that can be: of all, of longer ones, and which are off the most."""
    off: list[tuple[float, str, float]] = []
    short = 0
    with DISTANCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = [(fact.lon, fact.lat) for fact in (places.fact(row[key]) for key in ("from", "to"))]
            if float(row["nm"]) < POSSIBLE * GEOD.inv(*ends[0], *ends[1])[2] / 1000.0 / KM_PER_NM:
                short += 1
                continue
            prefer = frozenset(row["prefer"].split())
            told = f"{row['from']}-{row['to']}"
            try:
                nm = _sought(ends[0], ends[1], prefer=prefer).nm if find is ours else find(ends[0], ends[1])[1]
            except NoRoute:
                print(f"  no route: {told}")
                continue
            off.append((nm / float(row["nm"]) - 1.0, told, float(row["nm"])))
    print(f"  {short} published lengths are shorter than the geodesic and left out")
    longer = [each for each in off if each[2] >= LONG_NM]
    for name, some in (("all others", off), (f"{LONG_NM:,.0f} nm or more", longer)):
        share = np.array([each[0] for each in some])
        size = np.abs(share)
        print(
            f"  off published lengths, {name}: mean {size.mean():.2%} ({share.mean():+.2%}),"
            f" median {np.median(size):.2%}, over 5 % on {np.count_nonzero(size > 0.05)} of {len(some)}"
        )
    worst = sorted(off, key=lambda each: -abs(each[0]))[:WORST]
    print(f"  most: {', '.join(f'{told} {share:+.1%}' for share, told, _ in worst)}")


def laws(pairs: list[Pair], found: dict[int, BaseGeometry], pick: random.Random) -> None:
    """Prints how many of our routes cross themselves, jump, are drawn over land, or go where it is closed."""
    lines = {number: unbroken(line) for number, line in found.items()}
    crooked = sum(not shapely.linestrings(line).is_simple for line in lines.values())
    jumps = sum(bool(np.abs(np.diff(shapely.get_coordinates(part)[:, 0])).max() > 180.0)
                for line in found.values() for part in shapely.get_parts(line))  # fmt: skip
    print(f"  {crooked} cross themselves, {jumps} jump at ±180°")
    dry = np.array(km_of_drawn(lines))
    print(f"  as drawn: 0 km on land on {np.mean(dry == 0):.1%}; {dry.sum():,.1f} km in all")
    broken = tried = 0
    for pair in pairs:
        closed = frozenset(pick.sample(sorted(passages()), AT_ONCE))
        try:
            way = _sought(*pair, closed)
        except NoRoute:
            continue
        tried += 1
        gates = crossed(np.array([shapely.linestrings(unbroken(way.geometry))], object))[0]
        broken += bool(closed.intersection(way.passages) or closed.intersection(gates))
    print(f"  with {AT_ONCE} passages closed: {broken} of {tried} routes go through one of them")


def main(
    pairs: Annotated[int, typer.Option(min=2, help="Random pairs of ports.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same pairs again.")] = 1,
) -> None:
    """Ours, and searoute's where it is installed."""
    pick = random.Random(seed)
    ports = sorted((lon / 1e4, lat / 1e4) for lon, lat in network().berths)
    chosen = [tuple(pick.sample(ports, 2)) for _ in range(pairs)]
    both = [(each[0], each[1]) for each in chosen]
    shore()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[VARIABLE] = folder
        laws(both, measure("Waybill", ours, both), pick)
        route_cache().close()
    if (find := theirs()) is not None:
        measure("searoute", find, both)
    else:
        print("searoute is not installed: pip install searoute==1.6.0")


if __name__ == "__main__":
    typer.run(main)
