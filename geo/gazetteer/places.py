"""The gazetteer: a GeoDataFrame of places, found by code, name or alias.

A spelling that fits more than one place is never decided, and one that fits none is never guessed: both are told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from geo import data_folder
from geo.columns import PLACE_TABLE
from geo.errors import PlaceError, VagueError
from geo.gazetteer.place_parts import of_parts
from geo.parsing.positions import place_code, place_name, read_position

CRS = "EPSG:4326"
NEAREST = 5
"""So many spellings are offered for a name that is not known."""
LIKENESS = 60
"""Spellings less alike than this (rapidfuzz ratio, 0 to 100) are not offered."""
SUGGESTED = 500
"""In bulk, so many unknown names get nearest spellings; a file with more has the wrong column."""
LONGEST_KEY = 80
"""A folded name is compared by so many characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a spelling leads to.

    place       the code of the one place it names, or None
    candidates  codes of all places it may name: one when found, more when ambiguous, none when unknown
    nearest     the spellings most like it, when unknown; never applied
    message     all this in a plain sentence
    """

    place: str | None
    candidates: tuple[str, ...]
    nearest: tuple[str, ...]
    message: str


class Places:
    """Places by code, with the spellings that lead to them. Build with load(), or from a table of `PLACE_TABLE`."""

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        """frame: the columns of `PLACE_TABLE` and points in EPSG:4326. Of two rows with one code the first is kept."""
        if frame.crs != CRS:
            raise ValueError("Places are points in EPSG:4326.")
        self._frame = frame.drop_duplicates("code").set_index("code", drop=False)
        self._codes: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        self._spelling: dict[str, str] = {}
        columns = (self._frame[name].tolist() for name in ("code", "name", "aliases", "country"))
        self._country: dict[str, str] = {}
        self._name: dict[str, str] = {}
        for code, name, aliases, country in zip(*columns, strict=True):
            self._country[code], self._name[code] = country, name
            _add(self._codes, _code_key(code), code)
            for spelling in (name, *filter(None, aliases.split(";"))):
                for key in _keys(spelling):
                    _add(self._names, key, code)
                    self._spelling.setdefault(key, spelling.strip())

    @staticmethod
    def load() -> Places:
        """Our own places and the world's ports. Our own win where both hold a code. Read once."""
        return _load()

    @property
    def frame(self) -> gpd.GeoDataFrame:
        """All places, indexed by code: the columns of `PLACE_TABLE` and `geometry`. A copy, yours to change."""
        return self._frame.copy()

    def plus(self, frame: gpd.GeoDataFrame) -> Places:
        """These places and those of frame, which win where both hold a code."""
        rows = pd.concat([frame, self._frame.reset_index(drop=True)], ignore_index=True)
        return Places(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))

    def get(self, code: str) -> pd.Series:
        """One place by its code: the columns of `PLACE_TABLE` and `geometry`. Raises PlaceError."""
        if code not in self._frame.index:
            raise PlaceError(code)
        row: pd.Series = self._frame.loc[code]
        return row

    def positions(self, codes: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
        """lon, lat of each code, float64 degrees. Raises PlaceError for a code that is not here."""
        rows = self._frame.index.get_indexer(wanted := list(codes))
        if (missing := np.flatnonzero(rows < 0)).size:
            raise PlaceError(wanted[missing[0]])
        points = self._frame.geometry.iloc[rows]
        return points.x.to_numpy(), points.y.to_numpy()

    def find(self, text: str, country: str | None = None) -> Found:
        """A code, name or alias -> Found. Case, accents, punctuation and "port of" make no difference.

        country (ISO 3166-1 alpha-2) leaves only places of that country. Never raises.

        >>> import geo
        >>> geo.places.find("port of najin").place, geo.places.find("Atlantis").place
        ('KPRJN', None)
        """
        return self._find(text, country, True)

    def knows(self, text: str) -> bool:
        """Whether a text is the code, name or alias of a place, or of several. Quick: no spellings are offered."""
        return bool(self._candidates(text))

    def find_many(
        self, texts: Iterable[str], country: str | None = None, *, answers: Mapping[str, str] | None = None
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
            found[text] = self._answered(text, answer) if answer else self._find(text, country, unknown < SUGGESTED)
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

    def _find(self, text: str, country: str | None, suggest: bool) -> Found:
        candidates = self._candidates(text)
        if country:
            candidates = [code for code in candidates if self._country[code] == country.upper()]
        if len(candidates) == 1:
            return Found(candidates[0], tuple(candidates), (), f"{text!r} is {self._title(candidates[0])}.")
        if candidates:
            titles = "; ".join(self._title(code, where=True) for code in candidates)
            return Found(None, tuple(candidates), (), f"{text!r} may be any of {titles}. Write a code.")
        if not text.strip():
            return Found(None, (), (), "No place is given. Write a code, a name, or latitude and longitude.")
        nearest = self._nearest(text, country) if suggest else ()
        hint = f"Nearest spellings: {', '.join(nearest)}." if nearest else "No spelling is near it."
        return Found(None, (), nearest, f"{text!r} is not in the gazetteer. {hint if suggest else ''}".rstrip())

    def _candidates(self, text: str) -> list[str]:
        text = text.strip()
        by_code = self._codes.get(_code_key(text), [])
        if by_code and text in (by_code[0], f"{by_code[0][:2]} {by_code[0][2:]}"):
            return by_code[:1]  # a code as it is written is that code, whatever else bears it as a name
        by_name = self._named(text)
        if by_name or by_code or len(text) > LONGEST_KEY:
            return list(dict.fromkeys([*by_code, *by_name])) if by_name else by_code
        return of_parts(text, self._place, self._country)

    def _named(self, text: str) -> list[str]:
        for key in _keys(text):
            if by_name := self._names.get(key):
                return by_name
        return []

    def _place(self, text: str) -> tuple[list[str], bool]:
        """The places that a part of a text names, and whether it does so by a code."""
        by_code = self._codes.get(_code_key(text), [])
        return (by_code, True) if by_code else (self._named(text), False)

    def _nearest(self, text: str, country: str | None) -> tuple[str, ...]:
        if _UNLOCODE.fullmatch(text.strip()):
            index, key = self._codes, _code_key(text)
        else:
            index, key = self._names, fold(text)[:LONGEST_KEY]
        if not key:
            return ()
        found: dict[str, None] = {}
        for near, _, _ in process.extract(key, index.keys(), scorer=fuzz.ratio, limit=40, score_cutoff=LIKENESS):
            if not country or any(self._country[code] == country.upper() for code in index[near]):
                found[self._spelling.get(near, near)] = None
        return tuple(found)[:NEAREST]

    def _title(self, code: str, *, where: bool = False) -> str:
        """ "Vladivostok, RU (RUVVO)"; with its position to two decimals, about a kilometre, where wanted."""
        name, country = self._name[code], self._country[code]
        point = self._frame.geometry[code] if where else None
        position = f", {place_name(point.y, point.x, 2)}" if point is not None else ""
        return f"{name}, {country} ({code}{position})" if country else f"{name} ({code}{position})"


def fold(text: str) -> str:
    """A spelling without case, accents, punctuation and doubled spaces, in any script."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(mark for mark in text if not unicodedata.combining(mark))
    words = _NO_WORD.sub(" ", _APOSTROPHES.sub("", text)).split()
    return " ".join("st" if word in ("saint", "sankt") else word for word in words)


_APOSTROPHES, _NO_WORD = re.compile(r"['’ʼ`´]"), re.compile(r"[^\w]|_")
_UNLOCODE = re.compile(r"[A-Z]{2}[ -]?[A-Z0-9]{3}")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_PORT_WORDS = re.compile(r"(?:the )?(?:port|harbour|harbor) of (?P<a>.+)|(?P<b>.+?) (?:sea)?(?:port|harbour|harbor)")


def _keys(spelling: str) -> list[str]:
    """The folded spelling, and the same without "port of"."""
    key = fold(spelling)
    match = _PORT_WORDS.fullmatch(key)
    keys = [key, match["a"] or match["b"]] if match else [key]
    return [each for each in keys if each]


def _code_key(text: str) -> str:
    """Letters and digits only: "KP RJN", "kp-rjn" and "KPRJN" are one code."""
    return re.sub(r"[\W_]", "", text).upper() if len(text) <= LONGEST_KEY else ""


def _add(index: dict[str, list[str]], key: str, code: str) -> None:
    codes = index.setdefault(key, [])
    if code not in codes:
        codes.append(code)


def place_frame(table: pd.DataFrame, lon: np.ndarray, lat: np.ndarray) -> gpd.GeoDataFrame:
    """Text columns and positions -> the table of places, dtypes as `PLACE_TABLE` says. "" stands for absent text."""
    table = table.reindex(columns=list(PLACE_TABLE)).astype({"radius_km": "float64"})
    for name in (name for name, dtype in PLACE_TABLE.items() if dtype == "str"):
        if table[name].dtype != "str":  # a column left out is float: NaN throughout
            table[name] = table[name].astype("object").fillna("").astype("str")
        elif table[name].hasnans:
            table[name] = table[name].fillna("")
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=CRS)


@cache
def _load() -> Places:
    tables = [
        pd.read_csv(data_folder.path(name), dtype="str", keep_default_na=False) for name in ("places.csv", "ports.csv")
    ]
    table = pd.concat(tables, ignore_index=True).drop_duplicates("code", ignore_index=True)
    lon, lat = table["lon"].astype("float64").to_numpy(), table["lat"].astype("float64").to_numpy()
    table["radius_km"] = pd.to_numeric(table["radius_km"].replace("", None))
    return Places(place_frame(table, lon, lat))
