"""Columns of places -> the site of each distinct text or position, and the geodesic of each pair of them.

A text names a place of the gazetteer, or is answered by the mapping, or is a position; columns of coordinates win over
it. What is none of these sets its rows aside, and is kept as `Unplaced` for somebody to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo.arrays import Codes, Floats, Ints, Mask
from geo.columns import PLACE_TABLE
from geo.errors import VagueError
from geo.gazetteer.geodesic import lines_between
from geo.gazetteer.places import SUGGESTED, Found, Places, fold, place_frame
from geo.parsing.positions import DECIMALS, SWAPPED, Axis, beyond, place_code, place_name, read_degrees, read_position
from geo.tables.checks import is_total_word
from geo.tables.findings import Message
from geo.tables.frame import Coded
from geo.tables.validator import Sieve, combine, messages

NOWHERE = 0
"""The site of a text that names no place."""
PLACE_RULE = "a place is the code, name or alias of one place"
SOURCE = "coordinates in the file"
_TOTAL_HINT = "It looks like a total row: leave it out."
"""Until the figures are known; see `rules.total_rows`."""
_HALF = ("a position needs both latitude and longitude", "Fill in the other one, or leave both empty.")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A text in a place column that leads to no place, or to several.

    rows        how many rows of the file have it
    candidates  codes of all places that it may name; none where it is unknown
    nearest     spellings most like it; never applied
    message     all this in a sentence
    """

    text: str
    rows: int
    candidates: tuple[str, ...]
    nearest: tuple[str, ...]
    message: str


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
        number = self.of_code(place_code(lat, lon))
        self.own[number] = lat, lon
        if name:
            self.names[number][name] = self.names[number].get(name, 0) + rows
        return number

    def positions(self) -> tuple[Floats, Floats]:
        """lon, lat of every site, degrees; NaN for nowhere."""
        lon, lat = np.full(len(self.codes), np.nan), np.full(len(self.codes), np.nan)
        known = [number for number in range(1, len(self.codes)) if number not in self.own]
        lon[known], lat[known] = self.gazetteer.positions([self.codes[number] for number in known])
        for number, (north, east) in self.own.items():
            lon[number], lat[number] = east, north
        return lon, lat

    def table(self, used: Mask) -> gpd.GeoDataFrame:
        """The file's own places that are in use (bool by number), by code: as `PLACE_TABLE`."""
        numbers = sorted((number for number in self.own if used[number]), key=lambda number: self.codes[number])
        rows = []
        for number in numbers:
            # by count and then by letter, so that the order of the rows makes no difference
            names = sorted(self.names[number], key=lambda name: (-self.names[number][name], name))
            title = names[0] if names else place_name(*self.own[number])
            aliases = ";".join(name for name in names[1:] if ";" not in name)
            rows.append({"code": self.codes[number], "name": title, "aliases": aliases, "source": SOURCE})
        texts = [name for name, dtype in PLACE_TABLE.items() if dtype == "str"]
        frame = pd.DataFrame(rows, columns=texts, dtype="str").fillna("")
        lat, lon = (np.array([self.own[number][axis] for number in numbers], float) for axis in (0, 1))
        return place_frame(frame, lon, lat)


def no_places() -> gpd.GeoDataFrame:
    """A table of places without rows."""
    texts = [name for name, dtype in PLACE_TABLE.items() if dtype == "str"]
    return place_frame(pd.DataFrame(columns=texts, dtype="str"), np.zeros(0), np.zeros(0))


@dataclass(slots=True)
class Ends:
    """The origins and destinations of a sieve's rows as numbers of sites, and what their texts did not lead to."""

    sieve: Sieve
    sites: Sites
    asked: dict[str, Found] = field(default_factory=dict)

    def of(self, column: str) -> Codes:
        """The site of each row. Sets rows aside whose text and coordinates lead to none."""
        sieve = self.sieve
        cells = sieve.distinct(column)
        texts = cells.texts()
        axes = [f"{column}_lat", f"{column}_lon"]
        if not any(axis in sieve for axis in axes):
            site, wrong = self._by_text(texts, np.bincount(cells.codes, minlength=len(texts)))
            sieve.judge(column, cells.codes, wrong)
            return site[cells.codes]
        (lat, no_lat), (lon, no_lon) = degrees(sieve, axes[0], "lat"), degrees(sieve, axes[1], "lon")
        (of_text, of_lat, of_lon), codes = combine(
            (cells.codes, len(texts)), *((each.codes, len(np.asarray(each.values))) for each in (lat, lon))
        )
        sieve.judge(axes[0], codes, of_pairs(sieve, "lat", (no_lat, of_lat), (axes[1], of_lon)))
        sieve.judge(axes[1], codes, of_pairs(sieve, "lon", (no_lon, of_lon), (axes[0], of_lat)))
        north, east = np.asarray(lat.values)[of_lat], np.asarray(lon.values)[of_lon]
        given = [~sieve.distinct(axis).empty[of] for axis, of in zip(axes, (of_lat, of_lon), strict=True)]
        for axis, one, other in zip(axes[::-1], given, given[::-1], strict=True):
            sieve.judge(axis, codes, dict.fromkeys(np.flatnonzero(one & ~other).tolist(), _HALF))
        counts = np.bincount(codes, minlength=len(of_text))
        placed = ~(np.isnan(north) | np.isnan(east))
        site = np.full(len(of_text), NOWHERE, np.int32)
        for at in np.flatnonzero(placed).tolist():
            site[at] = self.sites.of_position(north[at], east[at], texts[of_text[at]], int(counts[at]))
        spoken = np.flatnonzero(~given[0] & ~given[1])
        asked = np.unique(of_text[spoken])
        by_text = np.full(len(texts), NOWHERE, np.int32)
        weight = np.bincount(of_text[spoken], counts[spoken], len(texts)).astype(np.int64)
        by_text[asked], wrong = self._by_text([texts[at] for at in asked.tolist()], weight[asked])
        site[spoken] = by_text[of_text[spoken]]
        of_asked = {int(asked[at]): message for at, message in wrong.items()}
        unread = {at: of_asked[of_text[at]] for at in spoken.tolist() if of_text[at] in of_asked}
        sieve.judge(column if column in sieve else axes[0], codes, unread)
        return site[codes]

    def _by_text(self, texts: Sequence[str], rows: Ints) -> tuple[Codes, dict[int, Message]]:
        """The site of each text, and what is wrong with those that have none. rows: how many have it."""
        answers = self.sieve.mapping.places
        folded = {fold(spelling): answer for spelling, answer in answers.items() if fold(spelling)}
        answer = [answers.get(text, folded.get(fold(text), "")) if answers else "" for text in texts]
        wanted = [given or text for given, text in zip(answer, texts, strict=True)]
        frequent = sorted(range(len(texts)), key=lambda at: (-rows[at], texts[at]))
        found = self._find([wanted[at] for at in frequent])
        site = np.full(len(texts), NOWHERE, np.int32)
        wrong: dict[int, Message] = {}
        for at, (text, asked) in enumerate(zip(texts, wanted, strict=True)):
            place = found[asked].place
            if place is not None:
                site[at] = self.sites.of_code(place)
                continue
            try:
                position = None if found[asked].candidates else read_position(asked)
            except VagueError as error:
                wrong[at] = error.rule, error.hint
                continue
            if position is not None:
                name = text if answer[at] else ""
                site[at] = self.sites.of_position(position.lat, position.lon, name, int(rows[at]))
                continue
            total = bool(text) and is_total_word(text)
            wrong[at] = PLACE_RULE, _TOTAL_HINT if total else found[asked].message
            if total:
                self.sieve.called_totals.add(text)
            elif text:
                self.asked[text] = found[asked]
        return site, wrong

    def _find(self, texts: Sequence[str]) -> dict[str, Found]:
        """Each text looked up; the most frequent come first, so that they are the ones to get nearest spellings."""
        known = cast("dict[str, Found]", self.sieve.memory.read.setdefault("place", {}))
        offered = cast("dict[str, Found]", self.sieve.memory.read.setdefault("nearest spellings", {}))
        gazetteer = self.sites.gazetteer
        new = [text for text in texts if text not in known and text not in offered and gazetteer.knows(text)]
        known.update(gazetteer.find_many(new))
        found: dict[str, Found] = {}
        unknown = 0
        for text in texts:
            if text in known:
                found[text] = known[text]
                continue
            unknown += 1
            if text not in offered and unknown <= SUGGESTED:
                offered[text] = gazetteer.find(text)
            plain = Found(None, (), (), f"{text!r} is not in the gazetteer.")
            found[text] = offered[text] if unknown <= SUGGESTED else plain
        return found

    def unplaced(self, columns: Sequence[str]) -> tuple[Unplaced, ...]:
        """What was asked for in vain in these columns: the most frequent first."""
        if not self.asked:
            return ()
        cells = [self.sieve.distinct(column) for column in columns]
        parts, codes = combine(*((each.codes, len(each.values)) for each in cells))
        counts = np.bincount(codes[~self.sieve.waiting] if self.sieve.waiting.any() else codes, minlength=len(parts[0]))
        rows = dict.fromkeys(self.asked, 0)
        texts = [each.texts() for each in cells]
        for *at, count in zip(*(part.tolist() for part in parts), counts.tolist(), strict=True):
            for text in {spoken[one] for spoken, one in zip(texts, at, strict=True)} & self.asked.keys():
                rows[text] += count
        listed = sorted((text for text in self.asked if rows[text]), key=lambda text: (-rows[text], text))
        return tuple(
            Unplaced(text, rows[text], self.asked[text].candidates, self.asked[text].nearest, self.asked[text].message)
            for text in listed
        )


@dataclass(frozen=True, slots=True, eq=False)
class PlacePairs:
    """m pairs of sites, and which of them each row has.

    shapes: lines (EPSG:4326), None where no row kept has the pair; km: their lengths. sites: bool, the sites that rows
    kept lead to.
    """

    origin: Coded
    destination: Coded
    shapes: Coded
    km: Coded
    sites: Mask


def paired(sieve: Sieve, sites: Sites, origin: Codes, destination: Codes) -> tuple[list[Ints], Codes]:
    """The pairs of sites, and which of them each row has. Sets rows aside whose two ends are one place."""
    count = len(sites.codes)
    parts, codes = combine((origin, count), (destination, count))
    same = np.flatnonzero((parts[0] == parts[1]) & (parts[0] != NOWHERE)).tolist()
    hint = "Give another destination; a stay in one place is not a voyage."
    sieve.judge("destination", codes, dict.fromkeys(same, ("origin and destination must differ", hint)))
    return parts, codes


def corridors(sieve: Sieve, sites: Sites, pairs: list[Ints], codes: Codes) -> PlacePairs:
    """The geodesics of all pairs that a row kept has."""
    origin, destination = pairs
    used = np.zeros(len(origin), bool)
    used[codes if not sieve.bad.any() else codes[~sieve.bad]] = True
    lon, lat = sites.positions()
    shapes = np.full(len(origin), None, object)
    km = np.full(len(origin), np.nan)
    first, last = origin[used], destination[used]
    shapes[used], km[used] = lines_between(lon[first], lat[first], lon[last], lat[last])
    names = pa.array(sites.codes, pa.large_string())
    there = np.zeros(len(sites.codes), bool)
    there[first], there[last] = True, True
    return PlacePairs(
        Coded(names.take(pa.array(origin)), codes),
        Coded(names.take(pa.array(destination)), codes),
        Coded(shapes, codes),
        Coded(km, codes),
        there,
    )


def degrees(sieve: Sieve, column: str, axis: Axis) -> tuple[Coded, dict[int, Message]]:
    """A column of latitudes or longitudes in degrees, NaN where empty or wrong; and what is wrong, by code."""
    cells = sieve.distinct(column)
    filled = np.flatnonzero(~cells.empty)
    found = _read_degrees(sieve, cells.values.take(pa.array(filled)).to_pylist(), axis)
    values = np.full(len(cells.values), np.nan)
    values[filled] = [np.nan if isinstance(each, VagueError) else each for each in found]
    return Coded(values, cells.codes), messages(found, filled.tolist())


def _read_degrees(sieve: Sieve, texts: Sequence[str], axis: Axis) -> list[float | VagueError]:
    decimal = sieve.sheet.dialect.decimal

    def read(text: str) -> float:
        return read_degrees(text, axis, decimal)

    return sieve.memory.parsed((axis, decimal), texts, read)


def of_pairs(
    sieve: Sieve,
    axis: Axis,
    wrong: tuple[dict[int, Message], NDArray[np.int64]],
    beside: tuple[str, NDArray[np.int64]],
) -> dict[int, Message]:
    """What is wrong with each of m pairs of degrees on one axis: swapped only where exchanging the two makes sense.

    wrong: code of a text -> what is wrong with it, and the code of each pair. beside: the other column, and its codes.
    """
    messages_of, codes = wrong
    pairs = np.flatnonzero(np.isin(codes, list(messages_of)))
    texts = sieve.distinct(beside[0]).values.take(pa.array(beside[1][pairs])).to_pylist()
    found = {}
    for pair, other in zip(pairs.tolist(), _read_degrees(sieve, texts, axis), strict=True):
        message = messages_of[int(codes[pair])]
        found[pair] = beyond(axis) if message[0] == SWAPPED and isinstance(other, VagueError) else message
    return found
