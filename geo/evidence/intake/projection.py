"""Positions in the coordinate reference system of their file -> degrees of longitude and latitude (EPSG:4326)."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

Degrees = NDArray[np.float64]
PAIRS = (("lon", "lat"), ("origin_lon", "origin_lat"), ("destination_lon", "destination_lat"))
"""The columns that the positions of a file become: first what lies east, then what lies north."""
UNTOLD = "The file names no coordinate reference system, and its positions are no degrees. Export it in EPSG:4326."
_AUTHORITY = re.compile(r"(?:urn:ogc:def:crs:)?[A-Za-z]{2,10}:{1,2}(?:[0-9.]{0,6}:)?[A-Za-z0-9]{1,10}")
_WKT = re.compile(r"\s*[A-Z_]{5,20}\s*\[")
_FILES = ("PARAMETERFILE", "EXTENSION", "grids=", '["PROJ ')
"""What a description holds that names a grid of shifts, in WKT 2 or in PROJ's words: no other file can be named."""
_LONGEST = 100_000
"""Characters of a definition; the longest in the EPSG's registry have some thousands."""
_DIGITS = 7
"""Of a degree: a centimetre, far less than any of these systems is off."""


@dataclass(frozen=True, slots=True)
class Projection:
    """How positions become degrees. name: of the system that they are in; transformer: None where they are degrees."""

    name: str = ""
    transformer: Transformer | None = None

    def degrees(self, positions: Mapping[str, Degrees]) -> tuple[dict[str, Degrees], str]:
        """(the columns of `PAIRS` in degrees, NaN where there are none; what was done, or ""), each of n rows."""
        found = dict(positions)
        for east, north in PAIRS if self.transformer is not None else ():
            if east in found:
                lon, lat = self.transformer.transform(found[east], found[north])  # type: ignore[union-attr]
                good = np.isfinite(lon) & np.isfinite(lat)
                found[east] = np.where(good, np.round(lon, _DIGITS), np.nan)
                found[north] = np.where(good, np.round(lat, _DIGITS), np.nan)
        if self.transformer is not None:
            return found, f"The positions are in {self.name}, and were turned into degrees (EPSG:4326)."
        return found, UNTOLD if not self.name and any(_beyond(*pair, found) for pair in PAIRS) else ""


def _beyond(east: str, north: str, positions: Mapping[str, Degrees]) -> bool:
    """Whether most of the positions cannot be degrees."""
    if east not in positions:
        return False
    beyond = (np.abs(positions[east]) > 360) | (np.abs(positions[north]) > 90)
    return bool(np.count_nonzero(beyond) * 2 > np.count_nonzero(~np.isnan(positions[east])))


def projection_of(crs: object) -> Projection:
    """A coordinate reference system as files give it: an authority's code, WKT, or PROJJSON as a dict; None: untold.

    Other forms are not taken, nor a system that names a file: PROJ would open it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pyproj warns of old spellings, which it reads
            given = _system(crs)
            if given is None:
                return Projection()
            if given.is_geographic and given.to_epsg() in (4326, None) and "84" in given.name:
                return Projection(given.name)
            name = ":".join(given.to_authority() or (given.name,))
            return Projection(name, Transformer.from_crs(given, "EPSG:4326", always_xy=True))
    except (ProjError, ValueError, RecursionError):
        return Projection()


def _system(crs: object) -> CRS | None:
    """The system that a file describes; None where it says none, or says it in a way that could name a file."""
    if isinstance(crs, dict):
        crs = json.dumps(crs)
        if len(crs) > _LONGEST or not crs.startswith("{"):
            return None
        given = CRS.from_json(crs)
    elif isinstance(crs, str) and len(crs) <= _LONGEST and _AUTHORITY.fullmatch(crs):
        return CRS.from_user_input(crs)
    elif isinstance(crs, str) and len(crs) <= _LONGEST and _WKT.match(crs):
        given = CRS.from_wkt(crs)
    else:
        return None
    return None if any(mark in given.to_wkt("WKT2_2019") for mark in _FILES) else given
