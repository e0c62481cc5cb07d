"""Routes by sea, beside searoute: kilometres on land, lengths beside published ones, milliseconds.

python -m benchmarks.sea --pairs 1000
"""

from __future__ import annotations

import csv
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import numpy as np
import shapely
import typer
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo import places
from geo.errors import NoRoute
from geo.sea.graph import network
from geo.sea.passages import passages
from geo.sea.routes import Position, route
from geo.sea.shore import shore

DISTANCES = Path(__file__).with_name("port_distances.csv")
GEOD = Geod(ellps="WGS84")
Answer = tuple[BaseGeometry, float, bool]
"""The line, its nautical miles, and whether it uses a canal or river, which may lie on land."""


def ours(origin: Position, destination: Position) -> Answer:
    """A route of Waybill."""
    found = route(origin, destination)
    return (
        found.geometry,
        found.nm,
        any(passages()[each].own_way for each in found.passages),
    )


def theirs() -> Callable[[Position, Position], Answer] | None:
    """searoute's, from and to the very ports; None where it is not installed."""
    try:
        import searoute
    except ImportError:
        return None

    def find(origin: Position, destination: Position) -> Answer:
        found = searoute.searoute(origin, destination, units="naut", append_orig_dest=True, return_passages=True)
        used = found.properties.get("traversed_passages") or []
        line = shapely.LineString(found.geometry["coordinates"])
        return line, float(found.properties["length"]), bool({"suez", "panama"}.intersection(used))

    return find


def km_on_land(line: BaseGeometry) -> float:
    """Kilometres of a line on the land of 1:10 million, to the piece between two vertices."""
    km = 0.0
    for part in shapely.get_parts(line):
        xy = shapely.get_coordinates(shapely.segmentize(part, 0.05))
        xy[:, 0] = (xy[:, 0] + 180.0) % 360.0 - 180.0
        clear = shore().clear(*xy[:-1].T, *xy[1:].T)
        km += sum(GEOD.line_length(*xy[i : i + 2].T) for i in np.flatnonzero(~clear)) / 1000.0
    return km


def measure(name: str, find: Callable[[Position, Position], Answer], pairs: list[tuple[Position, Position]]) -> None:
    """Prints the lines of one of the two."""
    find(*pairs[0])
    times, land, canals, none = [], [], 0, 0
    for pair in pairs:
        began = time.perf_counter()
        try:
            line, _, canal = find(*pair)
        except NoRoute:
            none += 1
            continue
        finally:
            times.append((time.perf_counter() - began) * 1000)
        canals += canal
        if not canal:
            land.append(km_on_land(line))
    dry = np.array(land)
    print(f"{name}: {len(pairs)} pairs, {none} without a route, {canals} through canals or rivers")
    print(f"  no land on {np.mean(dry == 0):.1%} of the {len(dry)} others; over 10 km on {np.mean(dry > 10):.1%}")
    print(f"  median {statistics.median(times):.1f} ms, 95 % {np.percentile(times, 95):.1f} ms")
    off = []
    with DISTANCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = [(fact.lon, fact.lat) for fact in (places.fact(row[key]) for key in ("from", "to"))]
            off.append(abs(find(ends[0], ends[1])[1] / float(row["nm"]) - 1))
    print(f"  mean error {np.mean(off):.2%}, worst {max(off):.2%}, on {len(off)} published distances")


def main(
    pairs: Annotated[int, typer.Option(min=2, help="Random pairs of ports.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same pairs again.")] = 1,
) -> None:
    """Ours, and searoute's where it is installed."""
    pick = random.Random(seed)
    ports = sorted((lon / 1e4, lat / 1e4) for lon, lat in network().berths)
    chosen = [tuple(pick.sample(ports, 2)) for _ in range(pairs)]
    both = [(each[0], each[1]) for each in chosen]
    measure("Waybill", ours, both)
    if (find := theirs()) is not None:
        measure("searoute", find, both)


if __name__ == "__main__":
    typer.run(main)
