"""The places that the rows of a file lead to, and those of them that go with the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.arrays import Floats, Mask
from geo.columns import PLACE_TABLE
from geo.gazetteer.place_rows import place_frame, stacked
from geo.gazetteer.places import Places, fold
from geo.gazetteer.spellings import is_unlocode, without_port
from geo.parsing.positions import DECIMALS, place_code, place_name

if TYPE_CHECKING:
    import geopandas as gpd

NOWHERE = 0
"""The site of a text that names no place."""
SOURCE = "coordinates in the file"
SHORT = 4
"""Capitals of no more letters than this are an abbreviation; more are a name written in capitals."""


@dataclass(slots=True)
class Sites:
    """The places that the rows of a file lead to, by number; the first is nowhere."""

    gazetteer: Places
    codes: list[str] = field(default_factory=lambda: [""])
    names: list[dict[str, int]] = field(default_factory=lambda: [{}])
    own: dict[int, tuple[float, float]] = field(default_factory=dict)
    _number: dict[str, int] = field(default_factory=dict)

    def of_code(self, code: str) -> int:
        """The number of a place of the gazetteer."""
        if code not in self._number:
            self._number[code] = len(self.codes)
            self.codes.append(code)
            self.names.append({})
        return self._number[code]

    def of_position(self, lat: float, lon: float, name: str, rows: int) -> int:
        """The number of a place of the file's own; rows: so many rows call it by this name."""
        lat, lon = round(lat, DECIMALS) + 0.0, round(lon, DECIMALS) + 0.0
        lon = 180.0 if lon == -180.0 else lon  # one meridian
        number = self.of_code(place_code(lat, lon))
        self.own[number] = lat, lon
        if name:
            self.names[number][name] = self.names[number].get(name, 0) + rows
        return number

    def call(self, code: str, name: str, rows: int) -> None:
        """Notes that so many rows call a place of the gazetteer by this name."""
        names = self.names[self._number[code]]
        names[name] = names.get(name, 0) + rows

    def positions(self) -> tuple[Floats, Floats]:
        """lon, lat of every site, degrees; NaN for nowhere."""
        lon, lat = np.full(len(self.codes), np.nan), np.full(len(self.codes), np.nan)
        known = [number for number in range(1, len(self.codes)) if number not in self.own]
        lon[known], lat[known] = self.gazetteer.positions([self.codes[number] for number in known])
        for number, (north, east) in self.own.items():
            lon[number], lat[number] = east, north
        return lon, lat

    def table(self, used: Mask) -> gpd.GeoDataFrame:
        """The places that are in use (bool by number) and that not every data set has as it is here, by code.

        Those are positions of the file, cities and airports of the world, and places that the file calls by another
        name than ours: as `PLACE_TABLE`.
        """
        numbers = sorted((number for number in self.own if used[number]), key=lambda number: self.codes[number])
        rows = []
        for number in numbers:
            names = self._names(number)
            title = names[0] if names else place_name(*self.own[number])
            aliases = ";".join(name for name in names[1:] if ";" not in name)
            rows.append({"code": self.codes[number], "name": title, "aliases": aliases, "source": SOURCE})
        texts = [name for name, dtype in PLACE_TABLE.items() if dtype == "str"]
        frame = pd.DataFrame(rows, columns=texts, dtype="str").fillna("")
        lat, lon = (np.array([self.own[number][axis] for number in numbers], float) for axis in (0, 1))
        own = place_frame(frame, lon, lat)
        brought = self._brought(used)
        if not len(brought):
            return own
        whole = stacked([own, brought] if len(own) else [brought])
        return whole.sort_values("code", ignore_index=True)

    def _names(self, number: int) -> list[str]:
        """By count and then by letter, so that the order of the rows makes no difference."""
        return sorted(self.names[number], key=lambda name: (-self.names[number][name], name))

    def _brought(self, used: Mask) -> gpd.GeoDataFrame:
        """The places of the gazetteer that go with the file, under the name that it calls each by."""
        shown = {}
        for number in np.flatnonzero(used).tolist():
            code = self.codes[number]
            if number == NOWHERE or number in self.own or self.gazetteer.is_given(code):
                continue
            name = self._shown(number)
            if name or not self.gazetteer.is_common(code):
                shown[code] = name
        rows = self.gazetteer.rows(list(shown)).reset_index(drop=True)
        for at, name in enumerate(shown.values()):
            if name:
                rows.loc[at, "aliases"] = ";".join(filter(None, (rows.loc[at, "name"], rows.loc[at, "aliases"])))
                rows.loc[at, "name"] = name
        return rows

    def _shown(self, number: int) -> str:
        """The one name that the file calls a place by, where that is not ours; else ""."""
        names = self._names(number)
        fact = self.gazetteer.fact(self.codes[number])
        ours = fact.name
        folded = {fold(name) for name in names}
        if len(folded) != 1 or fold(ours) in folded or without_port(*folded) == fold(ours):
            return ""
        if is_unlocode(names[0].upper()) and names[0][:2].upper() == fact.country:
            return ""  # another UN/LOCODE of the place, and no name
        return names[0].title() if names[0].isupper() and len(names[0]) > SHORT else names[0]


def no_places() -> gpd.GeoDataFrame:
    """A table of places without rows."""
    texts = [name for name, dtype in PLACE_TABLE.items() if dtype == "str"]
    return place_frame(pd.DataFrame(columns=texts, dtype="str"), np.zeros(0), np.zeros(0))
