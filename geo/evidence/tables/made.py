"""What a sieve of any kind becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd

from geo.evidence.tables.frame import Columns
from geo.evidence.tables.spots import Unplaced, no_places


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The table to be, what makes the file's own places (as `PLACE_TABLE`), and the texts that lead to no place."""

    columns: Columns
    own_places: Callable[[], gpd.GeoDataFrame] = no_places
    unplaced: tuple[Unplaced, ...] = ()
