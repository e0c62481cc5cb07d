"""A made year of trade: seeded, so that two runs draw the same. The corridors and their sizes are like real ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv
from pyproj import Geod

from geo.gazetteer.places import Places

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Moments = Literal["days", "minutes"]

# UN/LOCODE of 52 large container ports, and about how many million TEU each handles in a year: weights, not facts.
PORTS = {
    "CNSHA": 49, "SGSIN": 39, "CNNGB": 35, "CNTAO": 29, "CNCAN": 25, "KRPUS": 23, "CNTSN": 22, "HKHKG": 14,
    "NLRTM": 13, "AEJEA": 14, "MYPKG": 14, "BEANR": 12, "CNXMN": 12, "MYTPP": 11, "USLAX": 9, "TWKHH": 9,
    "USLGB": 8, "THLCH": 9, "USNYC": 8, "VNSGN": 8, "DEHAM": 8, "MATNG": 9, "LKCMB": 7, "IDJKT": 7,
    "INMUN": 7, "INNSA": 6, "USSAV": 5, "GRPIR": 5, "JPTYO": 5, "VNHPH": 6, "PHMNL": 5, "SAJED": 5,
    "ESVLC": 5, "ESALG": 5, "PAONX": 4, "BRSSZ": 5, "CNDLC": 4, "EGPSD": 4, "DEBRV": 4, "GBFXT": 4,
    "MXZLO": 4, "CAVAN": 4, "USHOU": 4, "COCTG": 3, "ITGOA": 3, "FRLEH": 3, "AUMEL": 3, "ZADUR": 3,
    "PECLL": 3, "ECGYE": 2, "NGLOS": 2, "RUVVO": 1,
}  # fmt: skip
CORRIDORS = 2_000
"""Of 52 × 51 directed pairs, those of the largest gravity: weight of origin × weight of destination / distance."""
ZIPF = 1.0
"""Legs on the corridor of rank r go with r ** -ZIPF: flows between ports are as unequal as that."""
YEAR = np.datetime64("2024-01-01", "s")
DAYS = 366
KNOTS = 14.0
MEDIAN_CONTAINERS = 350.0
SIGMA = 0.9
SEED = 20_240_101
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, eq=False)
class Corridors:
    """n corridors, the busiest first: UN/LOCODEs of both ends, geodesic length in km, share of the legs (sum 1)."""

    origin: NDArray[np.str_]
    destination: NDArray[np.str_]
    km: Floats
    share: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Trade:
    """Legs by row: number of the corridor, seconds since YEAR (UTC), whole containers."""

    corridors: Corridors
    moments: Moments
    corridor: Rows
    depart: Rows
    arrive: Rows
    containers: Rows


@cache
def corridors(count: int = CORRIDORS) -> Corridors:
    """The `count` corridors of the largest gravity."""
    codes = np.array(sorted(PORTS))
    lon, lat = Places.load().positions(codes.tolist())
    origin, destination = (ends.ravel() for ends in np.meshgrid(np.arange(codes.size), np.arange(codes.size)))
    apart = origin != destination
    origin, destination = origin[apart], destination[apart]
    _, _, metres = _GEOD.inv(lon[origin], lat[origin], lon[destination], lat[destination])
    weight = np.array([PORTS[code] for code in codes], dtype=np.float64)
    gravity = weight[origin] * weight[destination] / metres
    largest = np.argsort(-gravity, kind="stable")[:count]
    share = np.arange(1, largest.size + 1) ** -ZIPF
    return Corridors(
        codes[origin[largest]], codes[destination[largest]], np.asarray(metres)[largest] / 1000, share / share.sum()
    )


def trade(legs: int, moments: Moments = "days", seed: int = SEED) -> Trade:
    """`legs` legs of a year. days: departure and arrival are dates, as in most CSVs; minutes: times of day."""
    chance = np.random.default_rng([seed, legs])
    lanes = corridors()
    corridor = chance.choice(lanes.share.size, size=legs, p=lanes.share)
    depart = np.sort(chance.integers(0, DAYS * 1440, legs)) * 60
    sailing = np.ceil(lanes.km[corridor] / 1.852 / KNOTS * 60).astype(np.int64) * 60
    arrive = depart + sailing
    if moments == "days":
        depart, arrive = depart // 86_400 * 86_400, arrive // 86_400 * 86_400
    containers = np.maximum(1, np.rint(chance.lognormal(np.log(MEDIAN_CONTAINERS), SIGMA, legs))).astype(np.int64)
    return Trade(lanes, moments, corridor, depart, arrive, containers)


def write_csv(made: Trade, path: Path) -> None:
    """The legs in our own columns, all said by one claimant on one day, as in a yearly release."""
    count = made.corridor.size
    length = 10 if made.moments == "days" else 16

    def times(seconds: Rows) -> pa.Array:
        text = np.datetime_as_string(YEAR + seconds.astype("timedelta64[s]"), unit="m").astype(f"U{length}")
        return pa.array(text if length == 10 else np.char.add(text, "Z"))

    table = pa.table(
        {
            "origin": pa.array(made.corridors.origin[made.corridor]),
            "destination": pa.array(made.corridors.destination[made.corridor]),
            "depart": times(made.depart),
            "arrive": times(made.arrive),
            "containers": made.containers,
            "mode": pa.array(np.full(count, "maritime")),
            "claimant": pa.array(np.full(count, "Benchmark")),
            "said_on": pa.array(np.full(count, "2025-03-01")),
        }
    )
    csv.write_csv(table, path)
