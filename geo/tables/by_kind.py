"""A file of one kind, in our own columns -> its table and its problems: what notebooks and scripts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.files.read import Source
from geo.gazetteer.places import Places
from geo.problems import Problems
from geo.tables.read import Reading, read

if TYPE_CHECKING:
    import geopandas as gpd


def read_legs(file: Source, *, places: Places | None = None) -> tuple[gpd.GeoDataFrame, Problems]:
    r"""Itemised legs -> the rows kept, and the problems.

    file    a path, bytes, or a file open for bytes, in our own columns: docs/columns.md
    places  the gazetteer in which places are looked up; ours where not given

    Returns a GeoDataFrame with the columns and dtypes of `geo.columns.LEG_TABLE` and geodesic LineStrings in EPSG:4326:
    times UTC, containers float64 (high inf where it is open), lengths in km and nautical miles, one row for each row of
    the file that could be taken; and `Problems`, one for each cell at fault. Raises UnreadableFile and its family.

    >>> import geo
    >>> legs, problems = geo.read_legs(b"origin,destination,depart,containers\nNajin,Vladivostok,2023-09-07,about 300")
    >>> legs.loc[0, "origin"], legs.loc[0, "destination"], float(legs.loc[0, "containers_high"])
    ('KPRJN', 'RUVVO', 330.0)
    >>> legs.crs.to_string(), len(problems)
    ('EPSG:4326', 0)
    """
    return _both(read(file, "legs", places=places))


def read_totals(file: Source, *, places: Places | None = None) -> tuple[gpd.GeoDataFrame, Problems]:
    r"""Totals -> the rows kept, and the problems.

    file, places: as in `read_legs`.

    Returns a GeoDataFrame with the columns and dtypes of `geo.columns.TOTAL_TABLE` and LineStrings in EPSG:4326: the
    window half-open in UTC, low, best and high float64 in `unit` (high inf where it is open); and `Problems`. Raises
    UnreadableFile and its family.

    >>> import geo
    >>> totals, problems = geo.read_totals(b"claimant,said_on,origin,destination,window,quantity\n"
    ...     b"Seoul,2023-11-02,Najin,Vladivostok,since early August 2023,about 2000")
    >>> totals[["low", "best", "high"]].iloc[0].tolist(), str(totals["end"].iloc[0])
    ([1800.0, 2000.0, 2200.0], '2023-11-03 00:00:00+00:00')
    """
    return _both(read(file, "totals", places=places))


def read_places(file: Source) -> tuple[gpd.GeoDataFrame, Problems]:
    r"""Places -> the rows kept, and the problems.

    file: as in `read_legs`. Returns a GeoDataFrame with the columns and dtypes of `geo.columns.PLACE_TABLE`, radius_km
    float64 (NaN for a point), and Points in EPSG:4326; and `Problems`. Raises UnreadableFile and its family.

    >>> import geo
    >>> pier, problems = geo.read_places(b"code,name,lon,lat\nKPRJN-2,Rajin pier 2,130.3,42.2")
    >>> known = geo.places.plus(pier)
    >>> known.find("rajin pier 2").place
    'KPRJN-2'
    """
    return _both(read(file, "places"))


def read_events(file: Source) -> tuple[pd.DataFrame, Problems]:
    r"""Events -> the rows kept, and the problems.

    file: as in `read_legs`. Returns a DataFrame with the columns of `geo.columns.EVENT_TABLE`, dates UTC and the others
    text; and `Problems`. Raises UnreadableFile and its family.

    >>> import geo
    >>> events, problems = geo.read_events(b"date,title\n2023-09-13,Kim and Putin meet")
    >>> events["title"].tolist(), str(events["date"].iloc[0])
    (['Kim and Putin meet'], '2023-09-13 00:00:00+00:00')
    """
    return _both(read(file, "events"))


def _both(reading: Reading) -> tuple[gpd.GeoDataFrame, Problems]:
    return reading.table, reading.problems
