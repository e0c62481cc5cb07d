"""Columns of places -> the site of each distinct text or position, and the geodesic of each pair of them.

A text names a place of the gazetteer, or is answered by the mapping, or is a position; columns of coordinates win over
it. What is none of these sets its rows aside, and is kept as `Unplaced` for somebody to answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.arrays import Codes, Floats, Ints, Mask
from geo.errors import VagueError
from geo.gazetteer.geodesic import lines_between
from geo.gazetteer.places import Found, Places, fold
from geo.parsing.aggregates import AGGREGATE, is_aggregate
from geo.parsing.positions import DECIMALS, NO_POSITION, SWAPPED, Axis, beyond, read_degrees, read_position
from geo.tables.checks import is_total_word
from geo.tables.findings import Message
from geo.tables.frame import Coded
from geo.tables.sites import NOWHERE, Sites
from geo.tables.spoken_places import Finder, Said, Spoken, far, said_in
from geo.tables.validator import Sieve, combine, messages

PLACE_RULE = "a place is the code, name or alias of one place"
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
class Ends:
    """The origins and destinations of a sieve's rows as numbers of sites, and what their texts did not lead to."""

    sieve: Sieve
    sites: Sites
    asked: dict[str, Found] = field(default_factory=dict)
    taken: dict[str, Found] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    finder: Finder = field(init=False)

    def __post_init__(self) -> None:
        self.finder = Finder(self.sieve, self.sites.gazetteer)

    def of(self, column: str) -> Codes:
        """The site of each row. Sets rows aside whose text and coordinates lead to none."""
        sieve = self.sieve
        said = self.said[column] = said_in(sieve, column)
        axes = [f"{column}_lat", f"{column}_lon"]
        if not any(axis in sieve for axis in axes):
            rows = np.bincount(said.codes, minlength=len(said.spoken))
            site, wrong = self._by_text(said.spoken, rows, column)
            sieve.judge(column, said.codes, wrong)
            return site[said.codes]
        (lat, no_lat), (lon, no_lon) = degrees(sieve, axes[0], "lat"), degrees(sieve, axes[1], "lon")
        (of_text, of_lat, of_lon), codes = combine(
            (said.codes, len(said.spoken)), *((each.codes, len(np.asarray(each.values))) for each in (lat, lon))
        )
        sieve.judge(axes[0], codes, of_pairs(sieve, "lat", (no_lat, of_lat), (axes[1], of_lon)))
        sieve.judge(axes[1], codes, of_pairs(sieve, "lon", (no_lon, of_lon), (axes[0], of_lat)))
        north, east = np.asarray(lat.values)[of_lat], np.asarray(lon.values)[of_lon]
        given = [~sieve.distinct(axis).empty[of] for axis, of in zip(axes, (of_lat, of_lon), strict=True)]
        for axis, one, other in zip(axes[::-1], given, given[::-1], strict=True):
            sieve.judge(axis, codes, dict.fromkeys(np.flatnonzero(one & ~other).tolist(), _HALF))
        counts = np.bincount(codes, minlength=len(of_text))
        placed = ~(np.isnan(north) | np.isnan(east) | of_nowhere(sieve, axes[0], codes, (north, east)))
        site = np.full(len(of_text), NOWHERE, np.int32)
        for at in np.flatnonzero(placed).tolist():
            text = said.spoken[of_text[at]].text
            site[at] = self.sites.of_position(north[at], east[at], text, int(counts[at]))
        self._contradicted(column, said.spoken, codes, (placed, of_text, east, north))
        spoken = np.flatnonzero(~given[0] & ~given[1])
        asked = np.unique(of_text[spoken])
        by_text = np.full(len(said.spoken), NOWHERE, np.int32)
        weight = np.bincount(of_text[spoken], counts[spoken], len(said.spoken)).astype(np.int64)
        by_text[asked], wrong = self._by_text([said.spoken[at] for at in asked.tolist()], weight[asked], column)
        site[spoken] = by_text[of_text[spoken]]
        of_asked = {int(asked[at]): message for at, message in wrong.items()}
        unread = {at: of_asked[of_text[at]] for at in spoken.tolist() if of_text[at] in of_asked}
        sieve.judge(column if column in sieve else axes[0], codes, unread)
        return site[codes]

    def _contradicted(
        self, column: str, spoken: Sequence[Spoken], codes: Codes, placed: tuple[Mask, Ints, Floats, Floats]
    ) -> None:
        """Warns of positions that lie far from the place of their name. placed: which are, their texts, lon and lat."""
        is_placed, of_text, east, north = placed
        wrong: dict[int, Message] = {}
        for at in np.flatnonzero(is_placed).tolist():
            each = spoken[of_text[at]]
            if not each.text or not self.finder.knows(each):
                continue
            found = self.finder.find([each], column)[each]
            if message := far(found, (east[at], north[at]), self.sites.gazetteer):
                wrong[at] = message
        self.sieve.judge(column, codes, wrong, "warning")

    def _by_text(self, spoken: Sequence[Spoken], rows: Ints, column: str) -> tuple[Codes, dict[int, Message]]:
        """The site of each, and what is wrong with those that have none. rows: how many have it."""
        answers = self.sieve.mapping.places
        folded = {fold(spelling): answer for spelling, answer in answers.items() if fold(spelling)}
        answer = [answers.get(each.text, folded.get(fold(each.text), "")) if answers else "" for each in spoken]
        wanted = [Spoken(given) if given else each for given, each in zip(answer, spoken, strict=True)]
        frequent = sorted(range(len(spoken)), key=lambda at: (-rows[at], spoken[at]))
        found = self.finder.find([wanted[at] for at in frequent], column)
        site = np.full(len(spoken), NOWHERE, np.int32)
        wrong: dict[int, Message] = {}
        for at, (each, asked) in enumerate(zip(spoken, wanted, strict=True)):
            text, place = each.text, found[asked].place
            if not answer[at] and self._is_aggregate(each, place):
                wrong[at] = AGGREGATE
                continue
            if place is not None:
                site[at] = self.sites.of_code(place)
                self._taken(each, found[asked], bool(answer[at]), int(rows[at]))
                continue
            try:
                position = None if found[asked].candidates else read_position(asked.text)
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

    def _is_aggregate(self, spoken: Spoken, place: str | None) -> bool:
        """Whether a text is no place but many, unless a file of places has one of that name."""
        return is_aggregate(spoken.text) and place in (None, Places.load().find(spoken.text).place)

    def _taken(self, spoken: Spoken, found: Found, answered: bool, rows: int) -> None:
        """Keeps by which name a place was called, and that it was taken though others bear the name."""
        called = spoken.text if answered else found.called
        if called and found.place:
            self.sites.call(found.place, called, rows)
        if found.others and not answered:
            self.taken[spoken.text] = found

    def unplaced(self) -> tuple[Unplaced, ...]:
        """What was asked for in vain: the most frequent first."""
        return self._listed(self.asked)

    def preferred(self) -> tuple[Unplaced, ...]:
        """What was taken for one place though others bear its name: that one is the first of the candidates."""
        return self._listed(self.taken)

    def _listed(self, asked: Mapping[str, Found]) -> tuple[Unplaced, ...]:
        if not asked:
            return ()
        cells = [self.sieve.distinct(column) for column in ("origin", "destination")]
        parts, codes = combine(*((each.codes, len(each.values)) for each in cells))
        counts = np.bincount(codes[~self.sieve.waiting] if self.sieve.waiting.any() else codes, minlength=len(parts[0]))
        rows = dict.fromkeys(asked, 0)
        texts = [each.texts() for each in cells]
        for *at, count in zip(*(part.tolist() for part in parts), counts.tolist(), strict=True):
            for text in {spoken[one] for spoken, one in zip(texts, at, strict=True)} & asked.keys():
                rows[text] += count
        listed = sorted((text for text in asked if rows[text]), key=lambda text: (-rows[text], text))
        return tuple(_unplaced(text, rows[text], asked[text]) for text in listed)


def _unplaced(text: str, rows: int, found: Found) -> Unplaced:
    return Unplaced(text, rows, (*found.candidates, *found.others), found.nearest, found.message)


@dataclass(frozen=True, eq=False)
class PlacePairs:
    """m pairs of sites, and which of them each row has.

    sites: bool, the sites that rows kept lead to. used: bool, the pairs that a row kept has. ends: lon and lat of both
    ends of those.
    """

    origin: Coded
    destination: Coded
    sites: Mask
    used: Mask
    ends: tuple[Floats, Floats, Floats, Floats]

    def shapes(self) -> Coded:
        """Their lines (EPSG:4326), None where no row kept has the pair."""
        return self._reckoned[0]

    def km(self) -> Coded:
        """The lengths of these, NaN where there is no line."""
        return self._reckoned[1]

    @cached_property
    def _reckoned(self) -> tuple[Coded, Coded]:
        """Once, and not before somebody asks: rows without an arrival are checked without."""
        shapes = np.full(len(self.used), None, object)
        km = np.full(len(self.used), np.nan)
        shapes[self.used], km[self.used] = lines_between(*self.ends)
        return Coded(shapes, self.origin.codes), Coded(km, self.origin.codes)


def paired(sieve: Sieve, sites: Sites, origin: Codes, destination: Codes) -> tuple[list[Ints], Codes]:
    """The pairs of sites, and which of them each row has. Sets rows aside whose two ends are one place."""
    count = len(sites.codes)
    parts, codes = combine((origin, count), (destination, count))
    same = np.flatnonzero((parts[0] == parts[1]) & (parts[0] != NOWHERE)).tolist()
    hint = "Give another destination; a stay in one place is not a voyage."
    sieve.judge("destination", codes, dict.fromkeys(same, ("origin and destination must differ", hint)))
    return parts, codes


def corridors(sieve: Sieve, sites: Sites, pairs: list[Ints], codes: Codes) -> PlacePairs:
    """The pairs, with the geodesics of all that a row kept has."""
    origin, destination = pairs
    used = np.zeros(len(origin), bool)
    used[codes if not sieve.bad.any() else codes[~sieve.bad]] = True
    lon, lat = sites.positions()
    first, last = origin[used], destination[used]
    names = pa.array(sites.codes, pa.large_string())
    there = np.zeros(len(sites.codes), bool)
    there[first], there[last] = True, True
    return PlacePairs(
        Coded(names.take(pa.array(origin)), codes),
        Coded(names.take(pa.array(destination)), codes),
        there,
        used,
        (lon[first], lat[first], lon[last], lat[last]),
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


def of_nowhere(sieve: Sieve, column: str, codes: Codes, pairs: tuple[Floats, Floats]) -> Mask:
    """Which of m pairs of latitude and longitude are 0, 0; sets their rows aside."""
    north, east = (np.round(each, DECIMALS) for each in pairs)
    nought: Mask = (north == 0) & (east == 0)
    sieve.judge(column, codes, dict.fromkeys(np.flatnonzero(nought).tolist(), NO_POSITION))
    return nought


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
