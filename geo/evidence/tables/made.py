"""What a sieve of any kind becomes."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from geo.evidence.tables.frame import Columns
from geo.evidence.tables.spots import Unplaced


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The table to be, the file's own places (as `PLACE_TABLE`), and the texts that lead to no place."""

    columns: Columns
    own_places: gpd.GeoDataFrame | None = None
    unplaced: tuple[Unplaced, ...] = ()
