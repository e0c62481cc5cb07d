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

from geo.errors import PlaceError
from geo.evidence import facts
from geo.evidence.columns import PLACE_TABLE

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
        columns = (self._frame[name] for name in ("code", "name", "aliases", "country"))
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
        """
        return self._find(text, country, suggest=True)

    def knows(self, text: str) -> bool:
        """Whether a text is the code, name or alias of a place, or of several. Quick: no spellings are offered."""
        return bool(self._candidates(text))

    def find_many(
        self, texts: Iterable[str], country: str | None = None, *, answers: Mapping[str, str] | None = None
    ) -> dict[str, Found]:
        """Each distinct text -> Found, looked up once.

        answers: a spelling as in the file -> the code or position that a person gave for it; they win over names.
        """
        given = {spelling.strip(): answer for spelling, answer in (answers or {}).items()}
        found: dict[str, Found] = {}
        unknown = 0
        for text in pd.unique(pd.Series(texts, dtype="str")):
            wanted = given.get(text.strip(), text)
            found[text] = self._find(wanted, country, suggest=unknown < SUGGESTED)
            unknown += not found[text].candidates
        return found

    def _find(self, text: str, country: str | None, *, suggest: bool) -> Found:
        candidates = self._candidates(text)
        if country:
            candidates = [code for code in candidates if self._country[code] == country.upper()]
        if len(candidates) == 1:
            return Found(candidates[0], tuple(candidates), (), f"{text!r} is {self._title(candidates[0])}.")
        if candidates:
            titles = ", ".join(self._title(code) for code in candidates)
            return Found(None, tuple(candidates), (), f"{text!r} may be any of {titles}. Write a code.")
        nearest = self._nearest(text, country) if suggest else ()
        hint = f"Nearest spellings: {', '.join(nearest)}." if nearest else "No spelling is near it."
        return Found(None, (), nearest, f"{text!r} is not in the gazetteer. {hint if suggest else ''}".rstrip())

    def _candidates(self, text: str) -> list[str]:
        text = text.strip()
        by_code = self._codes.get(_code_key(text), [])
        if by_code and text in (by_code[0], f"{by_code[0][:2]} {by_code[0][2:]}"):
            return by_code[:1]  # a code as it is written is that code, whatever else bears it as a name
        for key in _keys(text):
            if by_name := self._names.get(key):
                return list(dict.fromkeys([*by_code, *by_name]))
        return by_code

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

    def _title(self, code: str) -> str:
        name, country = self._name[code], self._country[code]
        return f"{name}, {country} ({code})" if country else f"{name} ({code})"


def fold(text: str) -> str:
    """A spelling without case, accents, punctuation and doubled spaces, in any script."""
    text = text.casefold().translate(_LETTERS)
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    words = re.sub(r"[^\w]|_", " ", re.sub(r"['’ʼ`´]", "", text)).split()
    return " ".join("st" if word in ("saint", "sankt") else word for word in words)


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
    text = [name for name, dtype in PLACE_TABLE.items() if dtype == "str"]
    table[text] = table[text].fillna("").astype("str")
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=CRS)


@cache
def _load() -> Places:
    tables = [pd.read_csv(facts.path(name), dtype="str", keep_default_na=False) for name in ("places.csv", "ports.csv")]
    table = pd.concat(tables, ignore_index=True).drop_duplicates("code", ignore_index=True)
    lon, lat = table["lon"].astype("float64").to_numpy(), table["lat"].astype("float64").to_numpy()
    table["radius_km"] = pd.to_numeric(table["radius_km"].replace("", None))
    return Places(place_frame(table, lon, lat))
