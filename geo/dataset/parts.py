"""What a data set is made of: parts of one kind each, from a bundled set, an import or a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import pandas as pd

from geo import data_folder
from geo.data_folder import BUNDLED
from geo.gazetteer.places import CRS
from geo.library import Import, Library
from geo.tables.read import Reading, read


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One table and where it is from.

    id: of the bundled set, of the import, or the file's SHA-256. name: as shown. kind: what `geo.columns` calls it.
    places: those beyond the gazetteer that its rows name (EPSG:4326). read: gives its table. sha256: of the bytes that
    it was read from. private: only one session of the page holds it.
    """

    id: str
    name: str
    kind: str
    places: gpd.GeoDataFrame
    read: Callable[[], pd.DataFrame]
    sha256: str = ""
    private: bool = False

    @property
    def table(self) -> pd.DataFrame:
        """Its rows, which stay where they are until they are asked for."""
        return self.read()

    @property
    def brings(self) -> gpd.GeoDataFrame:
        """The places that it brings: a file of places its table, others those that their own rows name."""
        return gpd.GeoDataFrame(self.table, geometry="geometry", crs=CRS) if self.kind == "places" else self.places


def of_bundled(identifier: str) -> list[Part]:
    """The parts of a set that comes with Waybill. Raises UnreadableFile where it is not installed whole."""
    readings = [_bundled(name) for name in BUNDLED[identifier].files]
    title = BUNDLED[identifier].title
    return [Part(identifier, title, each.kind, each.own_places, _table_of(each), each.sha256) for each in readings]


@cache
def _bundled(name: str) -> Reading:
    return read(data_folder.path(name))


def of_reading(reading: Reading, name: str, *, identifier: str = "", private: bool = False) -> Part:
    """A file that was read. identifier: in place of the SHA-256 of its bytes."""
    own = identifier or reading.sha256
    return Part(own, name, reading.kind, reading.own_places, _table_of(reading), reading.sha256, private)


def of_import(library: Library, made: Import) -> Part:
    """An import of a library. Raises LibraryError."""
    places = library.places(made.id)
    return Part(made.id, made.name, made.kind, places, lambda: library.table(made.id), made.sha256)


def _table_of(reading: Reading) -> Callable[[], pd.DataFrame]:
    return lambda: reading.table


def empty(kind: str) -> pd.DataFrame:
    """A table of a kind without rows, its columns typed as `geo.columns` has them."""
    return next(part.table for part in of_bundled(data_folder.FOUNDING) if part.kind == kind).iloc[:0]
