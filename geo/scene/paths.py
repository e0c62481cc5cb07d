"""Indicative routes by sea in place of arcs: which corridors have one, and the points of each. Nobody observed them.

A corridor has a route where it goes by sea, or where its mode is not stated and both its ends are ports of the sea
network; it is the shortest way at sea that was open on the last day of the corridor's movements. Rail, road and air,
areas, places far from the water, and what no water leads to keep their arcs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import shapely

from geo.arrays import Ints, Mask
from geo.errors import NoRoute, Progress, silent
from geo.scene.bows import MARITIME
from geo.scene.bundles import bundled
from geo.scene.largest import by_size, ends
from geo.scene.scene import Paths, Scene
from geo.scene.stretches import Line
from geo.sea.graph import network
from geo.sea.great_circle import continuous
from geo.sea.routes import Position, Route, route

MOST_ROUTES = 10_000
"""Corridors that have routes; where more could, the largest."""
MOST_BESIDE = 500
"""Of these the largest, which lie side by side where they share their way: among more, no reader follows a single one.
The others run in the middle of it."""
MOST_ACCESS_KM = 60.0
"""From a place to where its route begins. Farther inland an arc says more: the way there is no way by sea."""
MOST_FULL_WIDTHS = 3.0
"""Up to how many widths of the widest corridor a bundle is as wide as its routes together: beyond, they lie closer, and
it is wider where more share it, but less than their sum."""
NOT_STATED = 0
TOLD_EVERY, SEARCHED = 20, 0.9
"""Routes between two words of progress, and the share of the work that finding them is."""


def with_routes(scene: Scene, progress: Progress = silent) -> Scene:
    r"""The scene with the routes of its corridors, `Scene.paths`. Routes that were found are kept (`geo.sea.routes`).

    >>> import geo
    >>> legs, _ = geo.read_legs(b"origin,destination,depart,containers,mode\nNajin,Vladivostok,2023-09-07,300,maritime")
    >>> totals, _ = geo.read_totals(b"claimant,said_on,origin,destination,window,quantity\n")
    >>> events, _ = geo.read_events(b"date,title\n")
    >>> scene = geo.with_routes(geo.build_scene(legs, totals, events, geo.places.frame))
    >>> scene.paths.routed.tolist()
    [True]
    """
    may = np.flatnonzero(_by_sea(scene))
    order = by_size(scene)
    kept = order[np.isin(order, may)][:MOST_ROUTES]
    lines: dict[int, Line] = {}
    for number, row in enumerate(sorted(kept.tolist())):
        if number % TOLD_EVERY == 0:
            progress(SEARCHED * number / kept.size, f"{number:,} of {kept.size:,}")
        line = _line(*_positions(scene, row), _last_day(scene, row))
        if line is not None:
            lines[row] = line
    progress(SEARCHED, "laying them side by side")
    return replace(scene, paths=_paths(scene, lines, kept[:MOST_BESIDE].tolist(), left=may.size - kept.size))


def _by_sea(scene: Scene) -> Mask:
    """Which corridors go by sea, as far as anybody said: from one place to another, and neither an area."""
    corridors, places = scene.corridors, scene.places
    area = places.radius_km > 0
    points = ~area[corridors.origin] & ~area[corridors.destination] & (corridors.origin != corridors.destination)
    unstated = points & (corridors.mode == NOT_STATED)
    ports = np.zeros(places.code.size, bool)
    for row in np.unique([*corridors.origin[unstated], *corridors.destination[unstated]]).astype(np.int64):
        ports[row] = network().berth(float(places.lon[row]), float(places.lat[row])) is not None
    between_ports = unstated & ports[corridors.origin] & ports[corridors.destination]
    found: Mask = (points & (corridors.mode == MARITIME)) | between_ports
    return found


def _positions(scene: Scene, row: int) -> tuple[Position, Position]:
    origin, destination = int(scene.corridors.origin[row]), int(scene.corridors.destination[row])
    lon, lat = scene.places.lon, scene.places.lat
    return (float(lon[origin]), float(lat[origin])), (float(lon[destination]), float(lat[destination]))


def _last_day(scene: Scene, row: int) -> date:
    """The day on which the last of a corridor's movements ends; passages are closed as on that day."""
    last = scene.knots.offsets[row + 1] - 1
    seconds = float(scene.knots.time[last]) if last >= scene.knots.offsets[row] else float(scene.seconds)
    # Time is half-open: midnight closes the day before.
    return (scene.start + timedelta(seconds=seconds - 1)).date()


def _line(origin: Position, destination: Position, on: date) -> Line | None:
    """The route from place to place, or None where there is none that says anything."""
    try:
        found = route(origin, destination, on=on)
    except NoRoute:
        return None
    return _whole(found, origin, destination) if max(found.access_km) <= MOST_ACCESS_KM else None


def _whole(found: Route, origin: Position, destination: Position) -> Line | None:
    """Its vertices in continuous longitudes, with the places themselves at both ends."""
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(found.geometry)]
    points = np.vstack([[origin], *parts, [destination]])
    points[:, 0] = continuous(points[:, 0])
    # Where it was cut, and at ports, two points are one.
    apart = np.append(True, np.abs(np.diff(points, axis=0)).max(axis=1) > 1e-9)
    points = points[apart]
    return points if len(points) > 1 else None


def _paths(scene: Scene, lines: dict[int, Line], beside: list[int], left: int) -> Paths:
    style = scene.style
    wide = np.maximum(np.maximum(*ends(scene)), style.floor / style.per_unit if style.per_unit > 0 else 0.0)
    drawn, overlap = bundled(lines, wide, most=MOST_FULL_WIDTHS * style.full_volume, beside=set(beside))
    lengths = np.zeros(scene.corridors.id.size, np.int64)
    for row, (points, _) in drawn.items():
        lengths[row] = len(points)
    offsets: Ints = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    points = np.concatenate([np.zeros((0, 2)), *(drawn[row][0] for row in sorted(drawn))])
    aside = np.concatenate([np.zeros(0), *(drawn[row][1] for row in sorted(drawn))])
    unstated = any(int(scene.corridors.mode[row]) == NOT_STATED for row in drawn)
    return Paths(
        offsets, points[:, 0].copy(), points[:, 1].copy(), aside, left=left, unstated=unstated, overlap=overlap
    )


def table(found: Paths) -> pa.Table:
    """Their points as they travel: see `geo.scene.wire`."""
    lengths = np.diff(found.offsets)
    corridor = np.repeat(np.arange(lengths.size, dtype=np.uint32), lengths)
    single = {name: getattr(found, name).astype(np.float32) for name in ("lon", "lat", "aside")}
    return pa.table({"corridor": corridor, **single})
