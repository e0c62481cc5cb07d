"""The gazetteer: places found by code, name or alias. What is not clear is asked, and what is taken though others bear
the same name says so.

Countries are areas, found by name in many languages. Our own places and the ports of the world are a GeoDataFrame;
cities and airports lie beside it (`world`) until a spelling leads to one. Places that a reader gives win over them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from geo.errors import PlaceError, VagueError
from geo.gazetteer import world_rows
from geo.gazetteer.countries import within
from geo.gazetteer.hits import Choice
from geo.gazetteer.index import Index, merged
from geo.gazetteer.lookup import Lookup, is_three_capitals
from geo.gazetteer.place_rows import CRS, PlaceRows, place_frame, stacked
from geo.gazetteer.spellings import LONGEST_KEY, code_key, fold, is_unlocode
from geo.parsing.positions import place_code, place_name, read_position

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CRS", "SUGGESTED", "Found", "Places", "fold", "place_frame"]

NEAREST = 5
"""So many spellings are offered for a name that is not known."""
LIKENESS = 80
"""Spellings less alike than this (rapidfuzz ratio, 0 to 100) are not offered: better none than a wrong one."""
SUGGESTED = 500
"""In bulk, so many unknown names get nearest spellings; a file with more has the wrong column."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a spelling leads to.

    place       the code of the one place that is meant, or None
    candidates  codes of all places it may name: one when found, more when ambiguous, none when unknown; one without
                a place where a small place has it as another name, and nobody said that it is meant
    nearest     the spellings most like it, when unknown; never applied
    message     all this in a plain sentence
    others      codes of places of the same name that were passed over, since nearly everybody means the one taken
    called      the name of the place in the spelling, without what stands beside it; "" where it is called by a code
    """

    place: str | None
    candidates: tuple[str, ...]
    nearest: tuple[str, ...]
    message: str
    others: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a place. country: ISO 3166-1 alpha-2, or ""; lon, lat: degrees; radius_km: 0 for a point."""

    name: str
    country: str
    lon: float
    lat: float
    radius_km: float = 0.0


class Places:
    """Places by code, with the spellings that lead to them. Build with load(), or from a table of `PLACE_TABLE`."""

    def __init__(
        self,
        frame: gpd.GeoDataFrame | PlaceRows,
        *,
        own: Index | None = None,
        given: Index | None = None,
        wide: bool = False,
    ) -> None:
        """frame: the columns of `PLACE_TABLE` and points in EPSG:4326. Of two rows with one code the first is kept.

        own, given: what spellings lead to, where not to the places of frame alone; wide: to those of the world too.
        """
        if not isinstance(frame, PlaceRows) and frame.crs != CRS:
            raise ValueError("Places are points in EPSG:4326.")
        self._made_of = frame
        rows = frame if isinstance(frame, PlaceRows) else PlaceRows.of(frame)
        self._own, self._given, self._wide = own or Index(rows, wide=False), given, wide
        self._lookup = Lookup(self._own, given, wide=wide)
        columns = (rows.texts[name] for name in ("code", "name", "country"))
        radius = np.nan_to_num(rows.radius_km).tolist()
        self._facts = {code: Fact(*rest) for code, *rest in zip(*columns, rows.lon, rows.lat, radius, strict=True)}

    @staticmethod
    def load() -> Places:
        """Our own places, the world's countries, ports, cities and airports. Our own win. Read once."""
        return _load()

    @cached_property
    def _frame(self) -> gpd.GeoDataFrame:
        """Made when first asked for: reading a file of codes or names asks for none."""
        frame = self._made_of
        table = frame.frame() if isinstance(frame, PlaceRows) else frame.drop_duplicates("code")
        return table.set_index("code", drop=False)

    @property
    def names(self) -> dict[str, str]:
        """Code -> name, of the places of `frame`."""
        return {code: fact.name for code, fact in self._facts.items()}

    @property
    def frame(self) -> gpd.GeoDataFrame:
        """Our own places, countries and ports, and what was added, indexed by code: `PLACE_TABLE` and `geometry`.

        A copy, yours to change. The world's cities and airports are in `everywhere`: a reading brings those that it
        names (`Reading.own_places`), as it does positions of its own.
        """
        return self._frame.copy()

    @property
    def everywhere(self) -> gpd.GeoDataFrame:
        """`frame` and the cities and airports of the world."""
        if not self._wide:
            return self.frame
        frame = stacked([self._frame, world_rows.everywhere()])
        return frame.drop_duplicates("code").set_index("code", drop=False)

    def plus(self, frame: gpd.GeoDataFrame) -> Places:
        """These places and those of frame, which win by code and by name: a spelling of one of them means that one."""
        known = frame if self._given is None else stacked([frame, self._given_rows()])
        given = Index(PlaceRows.of(known), wide=False)
        return Places(stacked([frame, self._frame]), own=self._own, given=given, wide=self._wide)

    def beside(self, frame: gpd.GeoDataFrame) -> Places:
        """These places, and those of frame under the codes and names that they have there.

        No spelling is decided by them: of a name that a place here bears too it is asked which is meant.
        """
        new = frame[~frame["code"].map(self.__contains__).astype(bool)]
        own = self._own.plus(PlaceRows.of(new)) if len(new) else self._own
        return Places(stacked([frame, self._frame]), own=own, given=self._given, wide=self._wide)

    def _given_rows(self) -> gpd.GeoDataFrame:
        codes = [code for code in self._frame.index if self._given is not None and code in self._given]
        return self._frame.loc[codes].reset_index(drop=True)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and (code in self._facts or (self._wide and world_rows.fact(code) is not None))

    def fact(self, code: str) -> Fact:
        """What is said of one place, quickly. Raises PlaceError."""
        if found := self._facts.get(code):
            return found
        far = world_rows.fact(code) if self._wide else None
        if far is None:
            raise PlaceError(code)
        return Fact(far.name, far.country, far.lon, far.lat)

    def is_country(self, code: str) -> bool:
        """Whether a code is that of a country: its shape is in data/countries.parquet under this code."""
        return code in self._facts and self._facts[code].country == code

    def is_common(self, code: str) -> bool:
        """Whether a place is in `frame`, and so in every data set; others are brought by the reports that name them."""
        return code in self._facts

    def is_given(self, code: str) -> bool:
        """Whether the reader gave the place."""
        return self._given is not None and code in self._given

    def titled(self, code: str) -> str:
        """ "Vladivostok, RU (RUVVO)"."""
        return self._title(code)

    def get(self, code: str) -> pd.Series:
        """One place by its code: the columns of `PLACE_TABLE` and `geometry`. Raises PlaceError."""
        rows = self._frame.loc[[code]] if code in self._facts else self.rows([code])
        row: pd.Series = rows.iloc[0]
        return row

    def rows(self, codes: Sequence[str]) -> gpd.GeoDataFrame:
        """The rows of `frame` of these codes, in their order. Raises PlaceError for a code that is not here."""
        missing = [code for code in codes if code not in self._facts]
        far = world_rows.of_codes(missing) if self._wide else world_rows.of_codes([])
        if unknown := [code for code in missing if code not in far.index]:
            raise PlaceError(unknown[0])
        known = self._frame.loc[[code for code in codes if code in self._facts]]
        both = stacked([known, far]).set_index("code", drop=False) if len(far) else known
        return both.loc[list(codes)]

    def positions(self, codes: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
        """lon, lat of each code, float64 degrees. Raises PlaceError for a code that is not here."""
        facts = [self.fact(code) for code in codes]
        return np.array([each.lon for each in facts], float), np.array([each.lat for each in facts], float)

    def find(self, text: str, country: str | None = None, *, ports: bool = False, air: bool = False) -> Found:
        """A code, name or alias -> Found. Case, accents, punctuation and "port of" make no difference.

        country (ISO 3166-1 alpha-2) leaves only places of that country and of its territories with codes of their own;
        of two that share a name, both codes: "KR KP". ports: the text stands among ports, so that a
        port with the name of a country may be meant. air: it is said of flights, and may be an airport's code. Never
        raises.

        >>> import geo
        >>> geo.places.find("port of najin").place, geo.places.find("Lyonesse").place, geo.places.find("Turkey").place
        ('KPRJN', None, 'TR')
        """
        return self._find(text, country, True, ports=ports, air=air)

    def knows(self, text: str) -> bool:
        """Whether a text is the code or a name of a place, or of several. Quick: no spellings are offered."""
        choice, _ = self._lookup.of(text)
        return choice.sure or (len(choice.codes) > 1 and not is_three_capitals(text.strip()))

    def find_many(
        self,
        texts: Iterable[str],
        country: str | None = None,
        *,
        answers: Mapping[str, str] | None = None,
        ports: bool = False,
        air: bool = False,
    ) -> dict[str, Found]:
        """Each distinct text -> Found, looked up once.

        answers: a spelling as in the file (without the spaces around it) -> the code, or the latitude and longitude,
        that a person gave for it; they win over what the spelling means here. A position's place is its `place_code`.
        """
        given = {spelling.strip(): answer.strip() for spelling, answer in (answers or {}).items()}
        found: dict[str, Found] = {}
        unknown = 0
        for text in pd.unique(pd.Series(texts, dtype="str")):
            answer = given.get(text.strip(), "")
            suggest = unknown < SUGGESTED
            found[text] = (
                self._answered(text, answer) if answer else self._find(text, country, suggest, ports=ports, air=air)
            )
            unknown += not found[text].candidates
        return found

    def _answered(self, text: str, answer: str) -> Found:
        """What a person said that a spelling is: a code, a spelling of one place, or a position."""
        named = self._find(answer, None, False)
        if named.candidates:
            message = f"{text!r} is {self._title(named.place)}, as answered." if named.place else named.message
            return Found(named.place, named.candidates, (), message)
        try:
            position = read_position(answer)
        except VagueError as error:
            return Found(None, (), (), f"The answer for {text!r} is not a place: {error}")
        if position is None:
            return Found(None, (), (), f"The answer for {text!r}, {answer!r}, is neither a place code nor a position.")
        code = place_code(position.lat, position.lon)
        return Found(code, (code,), (), f"{text!r} is {place_name(position.lat, position.lon)}, as answered.")

    def _find(self, text: str, country: str | None, suggest: bool, *, ports: bool = False, air: bool = False) -> Found:
        choice, called = self._lookup.of(text, country.upper() if country else None, ports=ports, air=air)
        if choice.sure:
            return self._taken(text, choice, called)
        if choice.denied:
            return self._elsewhere(choice, called)
        if len(choice.codes) == 1:
            title = self._title(choice.codes[0], where=True)
            return Found(
                None, choice.codes, (), f"{text!r} may be {title}, which has it as another name. Write a code."
            )
        if choice.codes:
            titles = "; ".join(self._title(code, where=True) for code in choice.codes)
            return Found(None, choice.codes, (), f"{text!r} may be any of {titles}. Write a code.")
        if not text.strip():
            return Found(None, (), (), "No place is given. Write a code, a name, or latitude and longitude.")
        nearest = self._nearest(text, country) if suggest else ()
        hint = f"Nearest spellings: {', '.join(nearest)}." if nearest else "No spelling is near it."
        return Found(None, (), nearest, f"{text!r} is not in the gazetteer. {hint if suggest else ''}".rstrip())

    def _elsewhere(self, choice: Choice, name: str) -> Found:
        """A place that is known, and not where the country or the state beside it says."""
        titles = "; ".join(self._title(code) for code in choice.codes[:NEAREST])
        known = f"{name!r} is known, but not in {choice.denied}: {titles}."
        return Found(None, choice.codes, (), f"{known} Correct the name or the country, or write a code or a position.")

    def _taken(self, text: str, choice: Choice, called: str) -> Found:
        place = choice.codes[0]
        if not choice.others:
            return Found(place, choice.codes, (), f"{text!r} is {self._title(place)}.", (), called)
        also = ", ".join(self._title(code) for code in choice.others[:3])
        more = f" and {len(choice.others) - 3} more" if len(choice.others) > 3 else ""
        message = f"{text!r} is taken for {self._title(place)}; there is also {also}{more}."
        return Found(place, choice.codes, (), message, choice.others, called)

    def _nearest(self, text: str, country: str | None) -> tuple[str, ...]:
        if is_unlocode(text.strip()):
            index, key = self._by_code, code_key(text)
        else:
            index, key = self._by_name, fold(text)[:LONGEST_KEY]
        if not key:
            return ()
        found: dict[str, None] = {}
        for near, _, _ in process.extract(key, index.keys(), scorer=fuzz.ratio, limit=40, score_cutoff=LIKENESS):
            if not country or any(self._facts[code].country in within(country.upper()) for code in index[near]):
                found[self._spelling(near)] = None
        return tuple(found)[:NEAREST]

    def _spelling(self, key: str) -> str:
        given = self._given.spelling.get(key) if self._given else None
        return given or self._own.spelling.get(key, key)

    @cached_property
    def _by_code(self) -> dict[str, list[str]]:
        return merged(self._given.codes, self._own.codes) if self._given else self._own.codes

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return merged(self._given.names, self._own.names) if self._given else self._own.names

    def _title(self, code: str, *, where: bool = False) -> str:
        """ "Vladivostok, RU (RUVVO)"; with its position to two decimals, about a kilometre, where wanted."""
        place = self.fact(code)
        position = f", {place_name(place.lat, place.lon, 2)}" if where else ""
        if code == place.country:
            return f"{place.name}, the country ({code})"
        beside = f", {place.country}" if place.country else ""
        return f"{place.name}{beside} ({code}{position})"


@cache
def _load() -> Places:
    own = PlaceRows.read("places.csv", "ports.csv")
    return Places(own.plus(world_rows.countries()), own=Index(own, wide=True), wide=True)
