"""Places written in several parts: "Vladivostok, Russia", "Vladivostok (RU)", "RUVVO - Vladivostok".

Each part has to be understood, and all have to agree on a place; a part that says nothing leaves all unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.evidence.words.countries import LAST_WORDS, STATES, country_code, key

MOST_PARTS = 3
"""A text with more parts is an address or a sentence."""

_MARKS = re.compile(r"\s*[,;:/|()\[\]]\s*|\s+[\u2010-\u2015-]+\s+")
_CODE_FIRST = re.compile(r"([A-Z]{2}[ -]?[A-Z0-9]{3})\s+(.+)")
_CODE_LAST = re.compile(r"(.+?)\s+([A-Z]{2}[ -]?[A-Z0-9]{3})")
_COUNTRY_LAST = re.compile(r"(.+?)\s+([A-Z]{2,3}|[^\W\d_]{4,}(?:\s[^\W\d_]{4,})?)")
"""Without a mark between them, a country's code is taken in capitals only: "La Paz bo" may be anything."""

PlacesOf = Callable[[str], tuple[list[str], bool]]
"""A part of a text -> the codes of the places it names, and whether it does so by a code."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    places: tuple[str, ...]
    is_code: bool
    country: str | None


def of_parts(text: str, places_of: PlacesOf, country_of: Mapping[str, str]) -> list[str]:
    """The codes of all places that the parts of a text agree on; both, where a code and a name do not agree.

    country_of: the country of each place code, two letters or "".
    """
    for parts in _splits(text.strip()):
        read = _read(parts, places_of)
        if read and (found := _agreed(read, country_of)):
            return found
    return []


def _read(parts: Sequence[str], places_of: PlacesOf) -> list[_Part]:
    """The parts, or none where one of them says nothing known."""
    read: list[_Part] = []
    for part in parts:
        places, is_code = places_of(part)
        country = country_code(part)
        if not places and not country:
            return []
        read.append(_Part(part, tuple(places), is_code, country))
    return read


def _splits(text: str) -> list[list[str]]:
    """The ways in which a text may fall into parts."""
    if not text:
        return []
    marked = [part for part in _MARKS.split(text) if part]
    if len(marked) > 1:
        return [marked] if len(marked) <= MOST_PARTS else []
    patterns = [_CODE_FIRST, _CODE_LAST] if text[:2].isupper() or text[-2:].isupper() else []
    if text[-2:].isupper() or key(text.rsplit(None, 1)[-1]) in LAST_WORDS:
        patterns.append(_COUNTRY_LAST)
    return [list(match.groups()) for match in (pattern.fullmatch(text) for pattern in patterns) if match]


def _agreed(parts: Sequence[_Part], country_of: Mapping[str, str]) -> list[str]:
    found: dict[str, None] = {}
    for country in (None, parts[-1], parts[0]):  # all are places; or the last part, or the first, is their country
        named = [part for part in parts if part is not country]
        codes = [code for code in named[0].places if all(code in part.places for part in named)]
        if country is not None:
            codes = [code for code in codes if country_of[code] in _countries(country)]
        found.update(dict.fromkeys(codes))
    if found or not any(part.is_code for part in parts):
        return list(found)
    both = list(dict.fromkeys(code for part in parts for code in part.places))
    return both if len(both) > 1 else []


def _countries(part: _Part) -> tuple[str, ...]:
    """The countries that a part may stand for: one, or also those that have a state of this abbreviation."""
    if part.country is None:
        return ()
    return (part.country, STATES[each]) if (each := part.text.upper()) in STATES else (part.country,)
