"""What a data set is made of: parts of one kind each, from a bundled set, an import or a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import data_folder
from geo.arrays import Ints
from geo.columns import TABLES
from geo.data_folder import BUNDLED
from geo.gazetteer.place_rows import CRS, stacked
from geo.gazetteer.places import Places
from geo.tables.read import Reading, read, repeats

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.library import Import, Library


def _none() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One table and where it is from.

    id: of the bundled set, of the import, or the file's SHA-256. name: as shown. kind: what `geo.columns` calls it.
    places: those beyond the gazetteer that its rows name (EPSG:4326). read: gives its table. sha256: of the bytes that
    it was read from. private: only one session of the page holds it. repeats: gives the lines of its rows that say the
    same in every column of the file as an earlier row.
    """

    id: str
    name: str
    kind: str
    places: gpd.GeoDataFrame
    read: Callable[[], pd.DataFrame]
    sha256: str = ""
    private: bool = False
    repeats: Callable[[], Ints] = _none

    @property
    def table(self) -> pd.DataFrame:
        """Its rows, which stay where they are until they are asked for."""
        return self.read()

    @property
    def brings(self) -> gpd.GeoDataFrame:
        """The places that it brings: a file of places its table, others those that their own rows name."""
        return stacked([self.table]) if self.kind == "places" else self.places


def of_bundled(identifier: str) -> list[Part]:
    """The parts of a set that comes with Waybill. Raises UnreadableFile where it is not installed whole."""
    readings = [_bundled(name) for name in BUNDLED[identifier].files]
    title = BUNDLED[identifier].title
    return [of_reading(each, title, identifier=identifier) for each in readings]


@cache
def _bundled(name: str) -> Reading:
    return read(data_folder.path(name))


def of_reading(reading: Reading, name: str, *, identifier: str = "", private: bool = False) -> Part:
    """A file that was read. identifier: in place of the SHA-256 of its bytes."""
    own = identifier or reading.sha256
    table = _table_of(reading)
    places, repeated = reading.own_places, lambda: reading.repeats
    return Part(own, name, reading.kind, places, table, reading.sha256, private, repeated)


def of_import(library: Library, made: Import) -> Part:
    """An import of a library. Raises LibraryError."""
    places = library.places(made.id)
    return Part(
        made.id, made.name, made.kind, places, lambda: library.table(made.id), made.sha256,
        repeats=lambda: repeats(library.problems(made.id)),
    )  # fmt: skip


def _table_of(reading: Reading) -> Callable[[], pd.DataFrame]:
    return lambda: reading.table


def empty(kind: str) -> pd.DataFrame:
    """A table of a kind without rows, its columns typed as `geo.columns` has them."""
    made = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in TABLES[kind].items()})
    if kind == "events":
        return made
    import geopandas as gpd

    drawn: pd.DataFrame = gpd.GeoDataFrame(made, geometry=gpd.GeoSeries([], crs=CRS))
    return drawn


APART = 0.5
"""Degrees. A port is a few tens of kilometres long; two positions of one code that lie farther apart are two places."""
LONGITUDE = 360.0
CODED = ("origin", "destination")
Position = tuple[float, float]
Codes = Mapping[tuple[str, Position], str]


def with_own_codes(parts: Sequence[Part], places: Places) -> list[Part]:
    """The parts, with a code of its own for each place. places: the gazetteer that they are read beside."""
    brought = [_positions(part.brings) for part in parts]
    codes = _codes(brought, places)
    return [_renamed(part, own, codes) for part, own in zip(parts, brought, strict=True)] if codes else list(parts)


def gazetteer(parts: Sequence[Part], places: Places) -> Places:
    """places with those that the parts bring, each under a code of its own."""
    return extended(with_own_codes(parts, places), places)


def extended(parts: Sequence[Part], places: Places) -> Places:
    """places with those of parts that have codes of their own already; of two rows for one place the first counts."""
    for kind, add in (("places", Places.plus), ("", Places.beside)):
        frames = [part.brings for part in parts if (part.kind == "places") == bool(kind) and len(part.brings)]
        if frames:
            places = add(places, stacked(frames).drop_duplicates("code"))
    return places


def _positions(rows: gpd.GeoDataFrame) -> dict[str, Position]:
    points = zip(rows.geometry.x.tolist(), rows.geometry.y.tolist(), strict=True)
    return dict(zip(rows["code"].tolist(), points, strict=True))


def _codes(brought: Sequence[Mapping[str, Position]], places: Places) -> Codes:
    """(code, position) -> another code, for the places that cannot keep theirs."""
    of_code: dict[str, set[Position]] = {}
    for rows in brought:
        for code, position in rows.items():
            of_code.setdefault(code, set()).add(position)
    known = _positions(places.frame[places.frame["code"].isin(list(of_code))])
    renamed: dict[tuple[str, Position], str] = {}
    for code, positions in of_code.items():
        own = known.get(code)
        groups = _groups(sorted(positions), own)
        if len(groups) > 1:
            for first, members in groups.items():
                if first != own:
                    renamed |= {(code, each): f"{code} ({first[1]:.2f}, {first[0]:.2f})" for each in members}
    return renamed


def _groups(positions: Sequence[Position], own: Position | None) -> dict[Position, list[Position]]:
    """The positions by the first one that they lie near, `own` before all others."""
    groups: dict[Position, list[Position]] = {} if own is None else {own: []}
    for each in positions:
        near = next((first for first in groups if _distance(first, each) <= APART), each)
        groups.setdefault(near, []).append(each)
    return groups


def _distance(one: Position, other: Position) -> float:
    west = abs(one[0] - other[0]) % LONGITUDE
    return float(np.hypot(min(west, LONGITUDE - west), one[1] - other[1]))


def _renamed(part: Part, own: Mapping[str, Position], codes: Codes) -> Part:
    other = {code: new for code, position in own.items() if (new := codes.get((code, position)))}
    if not other:
        return part
    if part.kind == "places":
        return replace(part, read=lambda: _replaced(part.table, ["code"], other))
    places = _replaced(part.places, ["code"], other)
    columns = [name for name in CODED if part.kind != "events"]
    return replace(part, places=places, read=lambda: _replaced(part.table, columns, other))


def _replaced(table: pd.DataFrame, columns: Sequence[str], other: Mapping[str, str]) -> pd.DataFrame:
    return table.assign(**{name: table[name].replace(dict(other)) for name in columns})
