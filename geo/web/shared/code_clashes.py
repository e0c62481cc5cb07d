"""One code for two places: files that number their places all have a "1". On one map each needs a code of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.gazetteer.places import Places
from geo.web.shared.cache import cache_for
from geo.web.shared.imports import Part

APART = 0.5
"""Degrees. A port is a few tens of kilometres long; two positions of one code that lie farther apart are two places."""
LONGITUDE = 360.0
CODED = ("origin", "destination")


def told_apart(parts: Iterable[Part], places: Places) -> list[Part]:
    """The parts, files of places first, so that no code of theirs moves a place of `places` or of an earlier part.

    Rows of a file of places that would are left out; in the others such a code gets the import's id behind it.
    """
    there: dict[str, tuple[float, float]] = {}
    found = []
    for part in sorted(parts, key=lambda part: part.kind != "places"):
        clear = _clear(part, there, places)
        rows = places_of(clear)
        there |= dict(zip(rows["code"], zip(rows.geometry.x, rows.geometry.y, strict=True), strict=True))
        found.append(clear)
    return found


def _clear(part: Part, there: Mapping[str, tuple[float, float]], places: Places) -> Part:
    rows = places_of(part)
    taken = _taken(rows, there, places)
    if not taken.any():
        return part
    return _without(part, taken) if part.kind == "places" else _renamed(part, rows["code"].to_numpy()[taken].tolist())


def places_of(part: Part) -> gpd.GeoDataFrame:
    """The places that a part brings: a file of places its table, others those that their own rows name."""
    return gpd.GeoDataFrame(part.table) if part.kind == "places" else part.places


def _taken(rows: gpd.GeoDataFrame, there: Mapping[str, tuple[float, float]], places: Places) -> np.ndarray:
    """Which codes stand for another place already: bool, one for each row."""
    known = _positions(places)
    before = [there.get(code) or known.get(code, (np.nan, np.nan)) for code in rows["code"]]
    lon, lat = np.asarray(before, dtype=np.float64).reshape(-1, 2).T
    west = np.abs(rows.geometry.x.to_numpy() - lon)
    apart: np.ndarray = np.hypot(np.minimum(west, LONGITUDE - west), rows.geometry.y.to_numpy() - lat) > APART
    return apart


@lru_cache(maxsize=1)
def _positions(places: Places) -> dict[str, tuple[float, float]]:
    frame = places.frame
    return dict(zip(frame["code"], zip(frame.geometry.x, frame.geometry.y, strict=True), strict=True))


def _without(part: Part, taken: np.ndarray) -> Part:
    return replace(part, read=lambda: part.table[~taken])


def _renamed(part: Part, codes: Sequence[str]) -> Part:
    other = {code: f"{code} ({part.id[-8:]})" for code in codes}
    places = part.places.assign(code=part.places["code"].replace(other))
    return replace(part, places=places, read=lambda: _with_codes(part, other))


def _with_codes(part: Part, other: Mapping[str, str]) -> pd.DataFrame:
    def made() -> pd.DataFrame:
        table = part.table
        return table.assign(**{name: table[name].replace(other) for name in CODED})

    return cache_for(private=part.private).get("told apart", (part.id, *other.items()), made)
