"""Scene -> what travels to the browser: first-level Arrow tables and JSON text. Its twin is player/src/wire.ts.

    scene           JSON: title, unit, start, seconds, lead, places, events, reports, style, landWindows: `_scene_json`
                    corridorInside: of each corridor the rows of the reconciled corridors that contain it;
                    bounds: of each reconciled corridor {corridor, time, lowBy, highBy, tops, sides, conflicts}: lowBy
                    and highBy list rows of reports for each time, tops has one number for each, and conflicts lists
                    rows of reports; sides: of each {name, time, low, high} over the pairs of its times as in
                    `periods`, high null where open; see `geo.scene.scene.Bounds`
    corridors       id utf8, origin uint32, destination uint32, mode uint8, reconciled uint8, counted uint8,
                    contested float64, bow int8, about uint8: as in `geo.scene.scene.Corridors`; contested is +inf
                    for never
    legs            corridor uint16 (uint32 above 65,536 corridors), depart uint32, arrive uint32, containers float32;
                    by depart; 14 bytes a leg
    doubts          leg uint32, low float32, high float32: legs whose low or high is not the best; +inf where open
    onward          leg uint32: legs left out of sums over corridors, all of them on counted corridors
    spread          corridor uint32, time, low, best, high, closed, open float64: knots of the reconciled corridors, and
                    of departures too vague for a moment, by corridor and time; closed and open as in
                    `geo.scene.scene.Knots`. Reconciled curves may begin before 0, at negative times.

    again           time, low, best, closed, open float64: knots of what `spread` holds of onward legs; one curve
    periods         corridor uint32, since, until, low, high float64: of each reconciled corridor its range between each
                    two of its moments, each with itself included, by corridor, since and until; high is +inf where open

Legs on a reconciled corridor ride and add nothing. What [s, t) holds is for most corridors what low, best, closed and
open grow by from s to t; for reconciled ones it stands in `periods`: low is that of the longest period inside [s, t),
high that of the shortest around it. A window that begins at 0 or before it holds all before t. Sums over corridors are
those of the counted ones, less onward legs; they are told where `lead` is -1.

    land            lon float32, lat float32; 10m land within landWindows; of a wide scene these are around its places,
                    and there are none where the places are too many
    land_triangles  index uint32, three a triangle
    areas           area uint16, line uint32, region uint8, lon float32, lat float32: outlines of the areas that have a
                    shape (`shape` of a place; -1: none), by line; region: 1 where nobody drew that line
    area_land       area uint16, lon float32, lat float32; area_triangles index uint32, three a triangle: their tint
    deck            JSON: the pydeck specification without data
    paths           where routes were asked for: corridor uint32, lon, lat, aside float32, by corridor, from origin to
                    destination: see `geo.scene.scene.Paths`. The scene then has its left, unstated and overlap

    leg_cargo       where any report says what was carried: cargo uint8 of each leg, a row of the scene's cargoes. These
                    are {names, stated}: "" is not stated, and stated has the rows that each reconciled corridor's
                    reports give.
    cargo_spread    beside it: corridor uint32, cargo uint8, time, low, best, closed, open float64: what of `spread` is
                    not reconciled, by cargo

Streamlit parses tables at the first level of what is sent, and only there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.arrays import Floats
from geo.safe_text import legible, web_link
from geo.scene import deck, paths
from geo.scene.areas import Shape, place_shapes
from geo.scene.scene import Scene, SidePeriods
from geo.scene.view import bounds
from geo.sea import areas, coast

VERSION = 7
AREA_FINE = 0.01
"""Degrees: finer turns of an area's outline are left out, half a pixel at zoom 6."""
Wire = dict[str, "str | pa.Table"]


def to_wire(scene: Scene) -> Wire:
    """Everything the player needs, as documented above. Equal scenes give equal bytes."""
    fine = _fine_land(scene) if scene.places.code.size else None
    outlines, *tint = _areas(scene, fine)
    land, triangles = _mesh(fine.triangles) if fine is not None else _no_land()
    tables: Wire = {
        "corridors": _corridors(scene),
        "legs": _legs(scene),
        "doubts": _doubts(scene),
        "onward": pa.table({"leg": np.flatnonzero(scene.legs.onward).astype(np.uint32)}),
        "spread": _spread(scene),
        "again": pa.table({name: getattr(scene.again, name) for name in ("time", "low", "best", "closed", "open")}),
        "periods": _periods(scene),
        "land": land,
        "land_triangles": triangles,
        "areas": outlines,
        "area_land": tint[0],
        "area_triangles": tint[1],
        "deck": deck.spec(scene),
    }
    content = _scene_json(scene, fine.windows if fine is not None else ())
    if scene.paths is not None:
        tables["paths"] = paths.table(scene.paths)
        content["paths"] = {"left": scene.paths.left, "unstated": scene.paths.unstated, "overlap": scene.paths.overlap}
    if (cargoes := scene.cargoes) is not None:
        tables["leg_cargo"] = pa.table({"cargo": cargoes.of_leg})
        tables["cargo_spread"] = cargoes.spread
        content["cargoes"] = {"names": _legible(cargoes.name), "stated": _rows(cargoes.stated)}
    key = _key(content, tables)
    return {"scene": _compact({"version": VERSION, "key": key} | content), **tables}


def _compact(value: object) -> str:
    # NaN and infinity are no JSON: better to fail here than in the browser.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _key(content: dict[str, object], tables: Wire) -> str:
    """A hash of the content: the browser keeps what it has where it is equal."""
    digest = hashlib.blake2b(_compact(content).encode(), digest_size=12)
    for name, value in sorted(tables.items()):
        digest.update(name.encode())
        if isinstance(value, str):
            digest.update(value.encode())
            continue
        for column in value.combine_chunks().columns:
            for chunk in column.chunks:
                for buffer in chunk.buffers():
                    digest.update(buffer if buffer is not None else b"")
    return digest.hexdigest()


def _scene_json(scene: Scene, windows: tuple[coast.Window, ...]) -> dict[str, object]:
    places, reports, events, style = scene.places, scene.reports, scene.events, scene.style
    told = _told(scene)
    return {
        "title": legible(scene.title),
        "unit": legible(scene.unit),
        "start": scene.start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": scene.seconds,
        "lead": scene.lead,
        "places": _records(
            {
                "code": places.code,
                "name": _legible(places.name),
                "lon": places.lon.tolist(),
                "lat": places.lat.tolist(),
                "radiusKm": places.radius_km.tolist(),
                "shape": [told.index(shape) if shape is not None else -1 for shape in place_shapes(places)],
                "whole": places.whole.tolist(),
            }
        ),
        "events": _records(
            {
                "time": events.time.tolist(),
                "title": _legible(events.title),
                "note": _legible(events.note),
                "source": _legible(events.source),
                "url": _addresses(events.url),
            }
        ),
        "reports": _records(
            {
                "id": reports.id,
                "kind": reports.kind,
                "claimant": _legible(reports.claimant),
                "outlet": _legible(reports.outlet),
                "saidOn": reports.said_on,
                "summary": _legible(reports.summary),
                "words": _legible(reports.words),
                "url": _addresses(reports.url),
                "drawn": reports.drawn.tolist(),
                "corridors": _rows(reports.corridors_of),
            }
        ),
        "corridorInside": _rows(scene.corridors.inside),
        "bounds": [
            {
                "corridor": bound.corridor,
                "time": bound.time.tolist(),
                "lowBy": _rows(bound.low_by),
                "highBy": _rows(bound.high_by),
                "tops": bound.tops.tolist(),
                "sides": [_side(side) for side in bound.sides],
                "conflicts": _rows(bound.conflicts),
            }
            for bound in scene.bounds
        ],
        "style": {
            "perUnit": style.per_unit,
            "fullWidth": style.full_width,
            "floor": style.floor,
            "opacity": style.opacity,
        },
        "landWindows": [list(window) for window in windows],
    }


def _side(side: SidePeriods) -> dict[str, object]:
    since, until = np.triu_indices(side.table.time.size)
    high = side.table.high[since, until]
    return {
        "name": legible(side.name),
        "time": side.table.time.tolist(),
        "low": side.table.low[since, until].tolist(),
        "high": [None if each == np.inf else each for each in high.tolist()],
    }


def _legible(texts: Iterable[str]) -> list[str]:
    """As the player may show them: it does nothing to a text."""
    return [legible(text) for text in texts]


def _addresses(texts: Iterable[str]) -> list[str]:
    """The addresses of links; "" for what is none."""
    return [link.address if (link := web_link(text)) else "" for text in texts]


def _records(columns: dict[str, Iterable[object]]) -> list[dict[str, object]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _rows(lists: Iterable[NDArray[np.uint32]]) -> list[list[int]]:
    return [rows.tolist() for rows in lists]


def _corridors(scene: Scene) -> pa.Table:
    corridors = scene.corridors
    return pa.table(
        {
            "id": pa.array(corridors.id, pa.string()),
            "origin": corridors.origin,
            "destination": corridors.destination,
            "mode": corridors.mode,
            "reconciled": corridors.reconciled.astype(np.uint8),
            "counted": corridors.counted.astype(np.uint8),
            "contested": corridors.contested,
            "bow": corridors.bow,
            "about": corridors.about.astype(np.uint8),
        }
    )


def _legs(scene: Scene) -> pa.Table:
    legs = scene.legs
    narrow = np.uint16 if scene.corridors.id.size <= 2**16 else np.uint32
    return pa.table(
        {
            "corridor": legs.corridor.astype(narrow),
            "depart": legs.depart,
            "arrive": legs.arrive,
            "containers": legs.best,
        }
    )


def _doubts(scene: Scene) -> pa.Table:
    legs = scene.legs
    rows = np.flatnonzero((legs.low != legs.best) | (legs.high != legs.best))
    return pa.table({"leg": rows.astype(np.uint32), "low": legs.low[rows], "high": legs.high[rows]})


def _spread(scene: Scene) -> pa.Table:
    lengths = np.diff(scene.spread.offsets)
    corridor = np.repeat(np.arange(lengths.size, dtype=np.uint32), lengths)
    names = ("time", "low", "best", "high", "closed", "open")
    return pa.table({"corridor": corridor, **{name: getattr(scene.spread, name) for name in names}})


def _periods(scene: Scene) -> pa.Table:
    columns: dict[str, list[Floats]] = {name: [np.zeros(0)] for name in ("corridor", "since", "until", "low", "high")}
    for each in scene.periods:
        time = each.table.time.astype(np.float64)
        since, until = np.triu_indices(time.size)
        values = (np.full(since.size, float(each.corridor)), time[since], time[until])
        for name, value in zip(
            columns, (*values, each.table.low[since, until], each.table.high[since, until]), strict=True
        ):
            columns[name].append(value)
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    return pa.table(joined | {"corridor": joined["corridor"].astype(np.uint32)})


def _no_land() -> tuple[pa.Table, pa.Table]:
    single = np.zeros(0, np.float32)
    return pa.table({"lon": single, "lat": single}), pa.table({"index": np.zeros(0, np.uint32)})


def _fine_land(scene: Scene) -> coast.FineLand | None:
    window, places = bounds(scene), scene.places
    return coast.fine_land((window.west, window.south, window.east, window.north), places.lon, places.lat)


def _mesh(found: tuple[NDArray[np.float32], NDArray[np.uint32]]) -> tuple[pa.Table, pa.Table]:
    positions, triangles = found
    return (
        pa.table({"lon": positions[:, 0].copy(), "lat": positions[:, 1].copy()}),
        pa.table({"index": triangles.ravel()}),
    )


def _told(scene: Scene) -> list[Shape]:
    """The shapes of a scene, each once: `shape` of a place is a row of this."""
    return sorted({shape for shape in place_shapes(scene.places) if shape is not None}, key=str)


def _areas(scene: Scene, fine: coast.FineLand | None) -> tuple[pa.Table, pa.Table, pa.Table]:
    told = _told(scene)
    shapes = [shapely.simplify(areas.refined(*shape, fine), AREA_FINE) for shape in told]
    each = [areas.outlines(shape) for shape in shapes]
    lines = [line for some in each for line in some]
    points = np.concatenate([np.zeros((0, 2)), *lines]).astype(np.float32)
    number = np.repeat(np.arange(len(lines), dtype=np.uint32), [len(line) for line in lines])
    of = np.repeat(np.arange(len(told), dtype=np.uint16), [len(some) for some in each])
    region = np.array([shape[1] is not None for shape in told], np.uint8)[of]
    lon, lat = points[:, 0].copy(), points[:, 1].copy()
    table = pa.table({"area": of[number], "line": number, "region": region[number], "lon": lon, "lat": lat})
    return table, *_tints(shapes)


def _tints(shapes: list[BaseGeometry]) -> tuple[pa.Table, pa.Table]:
    """Each shape by itself: what is drawn of a scene may be some of them."""
    meshes = [coast.triangles(shape) for shape in shapes]
    before = np.cumsum([0, *(len(positions) for positions, _ in meshes)])
    positions = np.concatenate([np.zeros((0, 2), np.float32), *(positions for positions, _ in meshes)])
    faces = [faces + np.uint32(start) for (_, faces), start in zip(meshes, before, strict=False)]
    triangles = np.concatenate([np.zeros((0, 3), np.uint32), *faces])
    land, index = _mesh((positions, triangles))
    return land.add_column(
        0, "area", pa.array(np.repeat(np.arange(len(shapes), dtype=np.uint16), np.diff(before)))
    ), index
