"""Legs and reconciled flows -> the corridors and places of a scene, numbered, and the legs that ride on them."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.arrays import Floats, Ints, Mask, Texts, in_order, joined
from geo.errors import PlaceError
from geo.scene import flows
from geo.scene.bows import bows
from geo.scene.flows import Reconciled
from geo.scene.movements import Moves, shipments
from geo.scene.scene import Corridors, Legs, Places
from geo.sea import areas
from geo.timeline import Timeline

AREA_KINDS = ("area", "country")
LEAST_AREA_KM = 1.0
"""So large is a country at least: what has a radius is an area."""


def by_code(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Places indexed by `code`, whether it is a column or already the index; of two with one code the first."""
    coded = places.set_index("code") if "code" in places.columns else places
    return coded[~coded.index.duplicated()]


def corridors_of(
    moves: Moves, found: Reconciled, places: gpd.GeoDataFrame, start: int
) -> tuple[Corridors, Places, Ints, Ints]:
    """The corridors and places in use, by id and code, and the corridor of each move and of each flow.

    places: indexed by code. start: of the scene, epoch seconds. Raises PlaceError for a place that is not there.
    """
    scopes = [flow.scope for flow in found.flows]
    named = [moves.codes, *(_texts(getattr(scope, end) for scope in scopes) for end in ("origin", "destination"))]
    numbers, codes = pd.factorize(np.concatenate(named), sort=True)
    used = _places(codes, places)
    of_codes, *of_scopes = np.split(numbers.astype(np.int64), np.cumsum([len(each) for each in named[:-1]]))
    origin, destination = (
        np.concatenate((of_codes[of], own))
        for of, own in zip((moves.origin, moves.destination), of_scopes, strict=True)
    )
    mode = np.concatenate([moves.mode, np.clip(np.array([scope.mode for scope in scopes], np.int64), 0, 4)])
    inverse, keys = pd.factorize((origin * codes.size + destination) * 5 + mode, sort=True)
    pair, modes = np.divmod(keys, 5)
    origins, destinations = np.divmod(pair, max(codes.size, 1))
    of_moves, of_flows = np.split(inverse.astype(np.int64), [moves.rows.size])
    own, inside = flows.nested(found.flows, of_flows, (origins, destinations, modes), used, places)
    corridors = Corridors(
        # Places are in order of their codes, so corridors are in order of origin, destination, mode.
        id=_texts(f"{codes[o]}>{codes[d]}>{m}" for o, d, m in zip(origins, destinations, modes, strict=True)),
        origin=origins.astype(np.uint32),
        destination=destinations.astype(np.uint32),
        mode=modes.astype(np.uint8),
        reconciled=own,
        counted=~own & np.array([not rows.size for rows in inside], bool),
        contested=flows.contested(found.flows, of_flows, keys.size, start),
        inside=inside,
        bow=bows(origins, destinations, modes.astype(np.uint8), used.lon, used.lat),
        about=np.zeros(keys.size, bool),
    )
    return corridors, used, of_moves, of_flows


def _texts(values: Iterable[str]) -> Texts:
    return np.array(list(values), dtype=object)


def _places(codes: Texts, places: gpd.GeoDataFrame) -> Places:
    missing = [code for code in codes if code not in places.index]
    if missing:
        raise PlaceError(str(missing[0]))
    found = places.loc[list(codes)]
    lon, lat = (np.array(axis, np.float64) for axis in (found.geometry.x, found.geometry.y))
    radius = np.nan_to_num(found["radius_km"].to_numpy(np.float64), nan=0.0)
    country, whole = _countries(codes, found, radius)
    for row in np.flatnonzero(whole):
        lon[row], lat[row] = areas.label_point(country[row])
        radius[row] = max(radius[row], LEAST_AREA_KM)
    return Places(
        code=np.array(codes, dtype=object),
        name=found["name"].to_numpy(object),
        lon=lon,
        lat=lat,
        radius_km=radius,
        country=country,
        whole=whole,
    )


def _countries(codes: Texts, found: gpd.GeoDataFrame, radius: Floats) -> tuple[Texts, Mask]:
    """The country that each area is, or is a large region of, and whether it is all of it."""
    kinds = found["kind"] if "kind" in found else [""] * len(found)
    within = found["country"] if "country" in found else [""] * len(found)
    country, whole = np.full(len(codes), "", object), np.zeros(len(codes), bool)
    for row, (code, kind, of) in enumerate(zip(codes, kinds, within, strict=True)):
        if kind not in AREA_KINDS:
            continue
        whole[row] = areas.has_shape(code)
        if whole[row] or (radius[row] >= areas.REGION_KM and areas.has_shape(of)):
            country[row] = code if whole[row] else of
    return country, whole


def legs_of(moves: Moves, corridor: Ints, order: Ints, repeated: Mask, timeline: Timeline) -> Legs:
    """The itemised moves as the scene's legs, in the order that `order_of` gives.

    corridor, repeated: of each move; see `repeated_in`.
    """
    return Legs(
        corridor=corridor[order].astype(np.uint32),
        depart=timeline.since_start(moves.start[order]).astype(np.uint32),
        arrive=timeline.since_start(moves.end[order]).astype(np.uint32),
        low=moves.low[order].astype(np.float32),
        best=moves.best[order].astype(np.float32),
        high=moves.high[order].astype(np.float32),
        onward=repeated[order],
    )


def order_of(moves: Moves, corridor: Ints) -> Ints:
    """The itemised moves by departure, as the scene has them. corridor: of each move."""
    legs = np.flatnonzero(moves.itemised)
    moment = joined(*(column[legs] for column in (moves.start, corridor, moves.end - moves.start)))
    return legs[in_order(moment, *(_bits(figure[legs]) for figure in (moves.best, moves.low, moves.high)))]


def _bits(figures: Floats) -> Ints:
    """Figures of float32, none below zero, as whole numbers in the same order."""
    return (figures.astype(np.float32) + np.float32(0)).view(np.int32).astype(np.int64)


def repeated_in(legs: pd.DataFrame, moves: Moves, corridors: Corridors, corridor: Ints) -> Mask:
    """Legs of counted corridors whose containers an earlier leg, or a reconciled flow, counts already."""
    counted = corridors.counted[corridor]
    if counted.all():
        return moves.onward
    shipment = shipments(legs, moves.rows)
    held = np.unique(shipment[~counted & (shipment >= 0)])
    repeated: Mask = counted & (moves.onward | np.isin(shipment, held))
    return repeated
