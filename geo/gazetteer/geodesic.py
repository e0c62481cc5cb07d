"""The geodesic from place to place: its length on WGS 84, and a line to draw it by."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.arrays import Floats, Texts
from geo.gazetteer.place_rows import CRS
from geo.gazetteer.places import Places

if TYPE_CHECKING:
    import geopandas as gpd
    from pyproj import Geod

KM_PER_NM = 1.852
"""The international nautical mile, exactly."""
STEP_KM = 250.0
"""A line has a vertex at least every so many kilometres, so that straight pieces stay near the geodesic."""
MANY = 20_000
"""With more distinct corridors than this a line is its two ends alone: bends among so many are not seen."""


@cache
def _geod() -> Geod:
    """Imported with the first line: a file that is checked may need none."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def geodesics(origin: Texts, destination: Texts, places: Places) -> tuple[gpd.GeoSeries, Floats]:
    """n place codes each -> n LineStrings (EPSG:4326) and n lengths in km.

    Each distinct pair is computed once, and its line is shared. A line that crosses the antimeridian goes on beyond
    +-180 degrees instead of jumping to the other side, so that it does not smear across the map.
    """
    import geopandas as gpd

    codes, numbers = np.unique(np.concatenate([origin, destination]).astype(str), return_inverse=True)
    pairs, rows = np.unique(numbers[: len(origin)] * len(codes) + numbers[len(origin) :], return_inverse=True)
    lon, lat = places.positions(codes.tolist())
    first, last = np.divmod(pairs, max(len(codes), 1))
    lines, km = lines_between(lon[first], lat[first], lon[last], lat[last])
    return gpd.GeoSeries(lines[rows], crs=CRS), km[rows]


def lines_between(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> tuple[NDArray[np.object_], Floats]:
    """n positions each, in degrees -> n LineStrings and n lengths in km. Pairs should be distinct; see `geodesics`."""
    import shapely

    if not len(lon1):
        return np.empty(0, dtype=object), np.empty(0)
    azimuth, _, metres = _geod().inv(lon1, lat1, lon2, lat2)
    bends = np.ceil(metres / 1000 / STEP_KM) if len(lon1) <= MANY else np.ones(len(lon1))
    pieces = np.maximum(bends, 1).astype(np.int64)
    line = np.repeat(np.arange(len(pieces)), pieces + 1)
    begins = np.concatenate([[0], np.cumsum(pieces + 1)])[:-1]
    share = (np.arange(len(line)) - begins[line]) / pieces[line]
    lon, lat, _ = _geod().fwd(lon1[line], lat1[line], azimuth[line], metres[line] * share)
    lon, lat = np.asarray(lon), np.asarray(lat)
    ends = np.append(begins[1:], len(line)) - 1
    lon[begins], lat[begins], lon[ends], lat[ends] = lon1, lat1, lon2, lat2
    turns = np.round(np.diff(lon, prepend=lon[:1]) / 360.0)
    turns[begins] = 0
    total = np.cumsum(turns)
    lon = lon - 360.0 * (total - total[begins][line])
    return shapely.linestrings(np.column_stack([lon, lat]), indices=line), np.asarray(metres) / 1000
