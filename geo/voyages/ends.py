"""The legs of a data set as numbers: where they begin and end, how closely that is known, and when at the widest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import Geod

from geo.arrays import NOT_A_TIME, Floats, Ints, Mask, epoch_seconds
from geo.columns import MODES
from geo.gazetteer.places import Places
from geo.matching.traits import is_imo, is_mmsi
from geo.sea import areas
from geo.sea.graph import network
from geo.tables.checks import SPEED_LIMITS_KMH

PORT_KM, PLACE_KM = 10.0, 50.0
"""So far a berth may lie from the position of its port, and the port of a town from that of the town: taken off."""
AREAS = ("area", "country")
MARITIME = MODES["maritime"]
NOT_STATED = MODES[""]
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """k places. off_km: how far from its position something said of it may be; infinite for a country, and for a code
    that is not there. port: whether it is a port of the sea network, from which routes by sea are exact."""

    code: tuple[str, ...]
    lon: Floats
    lat: Floats
    off_km: Floats
    port: Mask

    def least_km(self, origin: Ints, destination: Ints) -> Floats:
        """The geodesics between numbered places, less what both may be off by; never below zero."""
        ends = (self.lon[origin], self.lat[origin], self.lon[destination], self.lat[destination])
        metres = np.asarray(_GEOD.inv(*ends)[2], np.float64)
        found: Floats = np.maximum(metres / 1000.0 - self.off_km[origin] - self.off_km[destination], 0.0)
        return found

    def position(self, place: int) -> tuple[float, float]:
        """Longitude and latitude of one."""
        return float(self.lon[place]), float(self.lat[place])


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """n legs. origin, destination: numbers in `ends`. Epoch seconds, `NOT_A_TIME` where nothing is given: depart,
    depart_last, arrive_first, the first and last second of the periods; arrive, the end of the second. mode: as `MODES`
    has it. by_ship: whether a ship carries it for certain. limit_kmh: nothing that may carry it is faster. table: the
    legs themselves."""

    table: pd.DataFrame
    ends: Ends
    origin: Ints
    destination: Ints
    depart: Ints
    depart_last: Ints
    arrive_first: Ints
    arrive: Ints
    mode: Ints
    by_ship: Mask
    limit_kmh: Floats

    @property
    def arrive_last(self) -> Ints:
        """The last second at which each may have arrived."""
        return np.where(self.arrive == NOT_A_TIME, NOT_A_TIME, np.maximum(self.arrive_first, self.arrive - 1))

    @property
    def hours(self) -> Floats:
        """The longest that each may have taken; NaN where departure or arrival is not given, or it ends before it
        begins."""
        known = (self.depart != NOT_A_TIME) & (self.arrive != NOT_A_TIME) & (self.arrive >= self.depart)
        return np.where(known, (self.arrive - self.depart) / 3600.0, np.nan)

    def labels(self, rows: Ints) -> tuple[int, ...]:
        """The labels of some rows in the table."""
        return tuple(int(label) for label in self.table.index[rows])


def legs_of(table: pd.DataFrame, places: Places) -> Legs:
    """Legs with the columns of `LEG_TABLE` as numbers."""
    codes = np.concatenate([table["origin"].to_numpy(object), table["destination"].to_numpy(object)])
    numbers, known = pd.factorize(codes, sort=True)
    origin, destination = np.split(numbers.astype(np.int64), 2)
    depart, latest, first, arrive = (
        epoch_seconds(table[name]) for name in ("depart", "depart_latest", "arrive_earliest", "arrive")
    )
    mode = np.clip(table["mode"].to_numpy(np.int64), 0, max(MODES.values()))
    by_ship = (mode == MARITIME) | ((mode == NOT_STATED) & _is_registered(table))
    limits = np.full(max(MODES.values()) + 1, SPEED_LIMITS_KMH["air"])
    for name, limit in SPEED_LIMITS_KMH.items():
        limits[MODES[name]] = limit
    return Legs(
        table=table,
        ends=_ends(tuple(map(str, known)), places, at_sea=bool(by_ship.any())),
        origin=origin,
        destination=destination,
        depart=depart,
        # The end of a period is outside it; that of a moment is the moment.
        depart_last=np.where(latest == NOT_A_TIME, depart, np.maximum(depart, latest - 1)),
        arrive_first=np.where(first == NOT_A_TIME, arrive, first),
        arrive=arrive,
        mode=mode,
        by_ship=by_ship,
        limit_kmh=np.where(by_ship, limits[MARITIME], limits[mode]),
    )


def _is_registered(table: pd.DataFrame) -> Mask:
    """Whether a number of a ship stands with each leg."""
    found = np.zeros(len(table), bool)
    for name, valid in (("imo", is_imo), ("mmsi", is_mmsi)):
        codes, texts = pd.factorize(table[name].to_numpy(object))
        found |= np.array([valid(str(text)) for text in texts] or [False], bool)[codes]
    return found


def _ends(codes: tuple[str, ...], places: Places, *, at_sea: bool) -> Ends:
    frame = places.frame.set_index("code", drop=False)
    frame = frame[~frame.index.duplicated()].reindex(list(codes))
    there = frame["code"].notna().to_numpy(bool)
    lon, lat = np.zeros(len(codes)), np.zeros(len(codes))
    lon[there], lat[there] = frame.geometry[there].x, frame.geometry[there].y
    kind = np.where(there, frame["kind"].to_numpy(object), "")
    radius = np.nan_to_num(frame["radius_km"].to_numpy(np.float64), nan=0.0)
    off = np.where(kind == "port", PORT_KM, np.maximum(PLACE_KM, radius))
    whole = [name in AREAS and areas.has_shape(code) for code, name in zip(codes, kind, strict=True)]
    off[np.array(whole, bool) | ~there] = np.inf
    sea = network() if at_sea else None  # It takes a second to load.
    port = [sea is not None and ok and sea.berth(x, y) is not None for x, y, ok in zip(lon, lat, there, strict=True)]
    return Ends(codes, lon, lat, off, np.array(port, bool))
