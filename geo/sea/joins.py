"""How a position gets onto the network of the sea: a port of the gazetteer is on it, others are joined to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from pyproj import Geod

from geo.arrays import Floats, Ints
from geo.errors import NoRoute
from geo.sea.graph import Network, network
from geo.sea.great_circle import EARTH_KM, circles, unit
from geo.sea.passages import crossed

NEAR = 150
"""So many of the nearest points of the network are looked at from a position, and all within SIGHT_KM."""
SIGHT_KM = 60.0
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Join:
    """A position and its ways onto the network. at: where its line begins. ways: of each point that it reaches, the
    kilometres and the passages crossed on the way."""

    asked: tuple[float, float]
    at: tuple[float, float]
    ways: Mapping[int, tuple[float, tuple[str, ...]]]
    is_port: bool
    access_km: float


@lru_cache(maxsize=4096)
def join(asked: tuple[float, float]) -> Join:
    """The ways of a position onto the network. Raises NoRoute where it lies too far from the water."""
    sea = network()
    if (point := sea.berth(*asked)) is not None:
        at = float(sea.lon[point]), float(sea.lat[point])
        return Join(asked, at, {point: (0.0, ())}, True, _km(asked, at))
    from geo.sea.shore import (
        INLAND_KM,
        shore,
    )  # It loads the tables of geography, which a route between ports can spare.

    if (water := shore().water(*asked)) is None:
        lon, lat = asked
        raise NoRoute(
            f"by sea for {lat:.3f}, {lon:.3f}",
            f"it lies more than {INLAND_KM:.0f} km from navigable water",
            "Choose a port, or another mode.",
        )
    at = water
    near = _near(sea, at)
    clear = shore().clear(np.full(len(near), at[0]), np.full(len(near), at[1]), sea.lon[near], sea.lat[near])
    if not clear.any():
        # Behind an island or in a bend that our coast has no room for: the line begins at the nearest point.
        only = int(near[0])
        at = float(sea.lon[only]), float(sea.lat[only])
        return Join(asked, at, {only: (0.0, ())}, False, _km(asked, at))
    seen = near[clear]
    names = crossed(circles(np.full(len(seen), at[0]), np.full(len(seen), at[1]), sea.lon[seen], sea.lat[seen]))
    ways = {
        int(point): (_km(at, (float(sea.lon[point]), float(sea.lat[point]))), over)
        for point, over in zip(seen, names, strict=True)
    }
    return Join(asked, at, ways, False, _km(asked, at))


def sees(begin: Join, end: Join) -> tuple[str, ...] | None:
    """The passages on the straight way from one position to the other, or None where land lies on it."""
    from geo.sea.shore import shore

    ends: list[Floats] = [np.array([value]) for value in (*begin.at, *end.at)]
    if not shore().clear(*ends)[0]:
        return None
    return crossed(circles(*ends))[0]


def _near(sea: Network, at: tuple[float, float]) -> Ints:
    chord = np.linalg.norm(sea.vectors - unit(np.array([at[0]]), np.array([at[1]])), axis=1)
    chord[~sea.joinable] = np.inf
    order = np.argsort(chord, kind="stable").astype(np.int64)
    wanted = order[: max(NEAR, int(np.count_nonzero(chord * EARTH_KM < SIGHT_KM)))]
    found: Ints = wanted[np.isfinite(chord[wanted])]
    return found


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(_GEOD.inv(*a, *b)[2]) / 1000.0
