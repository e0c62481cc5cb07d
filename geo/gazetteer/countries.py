"""Countries and territories by name and code, in the languages of the file of their names. Nothing is guessed.

Codes are those of ISO 3166-1, and XK for Kosovo, as others write it. A long name may stand in any order and shortened,
as statistical offices write it: "Korea, Dem. People's Rep.", "Iran (Islamic Republic of)".
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from geo import data_folder

LONGEST = 90
"""No name of a country is longer than this many characters."""
_IN_FULL = {
    "rep": "republic",
    "dem": "democratic",
    "isds": "islands",
    "is": "islands",
    "isl": "islands",
    "st": "saint",
    "sts": "states",
    "ste": "sainte",
    "fed": "federated",
    "terr": "territory",
    "ter": "territory",
    "br": "british",
    "fr": "french",
    "peoples": "people",
    "prov": "province",
}
"""How words of longer names are shortened, and the words themselves."""
_SMALL = frozenset({"the", "of", "and"})
_OF_STATE = frozenset(
    (
        *("republic", "democratic", "people", "islamic", "arab", "jamahiriya", "federal", "federated", "federation"),
        *("federative", "socialist", "soviet", "plurinational", "bolivarian", "cooperative", "commonwealth", "kingdom"),
        *("state", "states", "union", "united", "sultanate", "principality", "duchy", "grand", "independent"),
        *("hashemite", "country", "province", "sar", "special", "administrative", "region"),
    )
)
"""Words by which a state says what it is, beside its name."""
_SHARED = frozenset({"korea", "congo", "china"})
"""Names that two countries share once such words are taken away."""
SHARED = {
    "KR KP": "Korea;Corea;Corée;Coreia;Kore;Корея;كوريا;کره;コリア;Korean Peninsula",
    "CG CD": "Congo;Kongo;Конго;콩고;コンゴ;刚果;剛果;الكونغو;کنگو",
    "VI VG": "Virgin Islands;Virgin Isl.;Virgin Is.;Îles Vierges;Islas Vírgenes;Jungferninseln;Виргинские острова",
}
"""Codes -> the names that these countries share, and that say of none which it is."""
TERRITORIES = {
    "AU": ("CC", "CX", "HM", "NF"),
    "CN": ("HK", "MO", "TW"),
    "DK": ("FO", "GL"),
    "FI": ("AX",),
    "FR": ("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"),
    "GB": ("AI", "BM", "FK", "GG", "GI", "GS", "IM", "IO", "JE", "KY", "MS", "PN", "SH", "TC", "VG"),
    "NL": ("AN", "AW", "BQ", "CW", "SX"),
    "NO": ("BV", "SJ"),
    "NZ": ("CK", "NU", "TK"),
    "US": ("AS", "GU", "MP", "PR", "UM", "VI"),
}
"""Country -> what has a code of its own, and is written as in that country too: customs write "Keelung, China" and "San
Juan, US". It is how a place is found, and says nothing of whose it is."""
_DROPPED = str.maketrans("", "", ".'’‘ʼ`")
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Country:
    """three: its code of three letters. name: the short English one. names: all others. keys: those of all of them."""

    three: str
    name: str
    names: tuple[str, ...]
    keys: tuple[str, ...]


def key(text: str) -> str:
    """Letters only, in lower case, without accents, "the" and full stops; words parted by single spaces."""
    text = text.casefold().replace("&", " and ").translate(_DROPPED)
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(_LETTERS.findall(text)).removeprefix("the ").removesuffix(" the")


def country_code(text: str) -> str | None:
    """A country's name, or its code of two or three letters, in any case -> its code of two letters, or None.

    >>> country_code("Korea, Dem. People's Rep."), country_code("Россия"), country_code("Lyonesse")
    ('KP', 'RU', None)
    """
    return _code(text) if len(text) <= LONGEST else None


def country_scope(text: str) -> str:
    """The codes of all countries that a text may name, parted by spaces; "" for none.

    >>> country_scope("Korea"), country_scope("North Korea"), country_scope("Lyonesse")
    ('KR KP', 'KP', '')
    """
    return (_shared().get(key(text)) or country_code(text) or "") if len(text) <= LONGEST else ""


@cache
def within(scope: str) -> frozenset[str]:
    """The countries of a scope, and their territories that have codes of their own."""
    codes = scope.split()
    return frozenset(codes).union(*(TERRITORIES.get(code, ()) for code in codes))


@cache
def _shared() -> Mapping[str, str]:
    """Key of a name that countries share -> their codes."""
    return {key(name): codes for codes, names in SHARED.items() for name in names.split(";")}


@lru_cache(maxsize=4096)
def _code(text: str) -> str | None:
    plain = key(text)
    if not plain or plain in _shared():
        return None
    found = _index().get(plain)
    if found or " " not in plain or not plain.isascii():
        return found
    return _bags().get(_bag(plain)) or _of_state(plain)


def is_word(text: str) -> bool:
    """Whether a text is a country's code in small letters: "la" and "per" are words."""
    return not text.isupper() and (text.upper() in _table() or text.upper() in _codes_of_three())


def is_three_letter_code(text: str) -> bool:
    """Whether a text is a country's code of three letters, in capitals."""
    return text in _codes_of_three()


def shown_name(code: str) -> str:
    """The short English name of a country; "" for a code that is none."""
    return _table()[code].name if code in _table() else ""


def names_of(code: str) -> tuple[str, ...]:
    """All spellings of a country, its short English name first; none for a code that is none."""
    country = _table().get(code)
    return (country.name, *filter(None, country.names)) if country else ()


def countries() -> tuple[str, ...]:
    """The codes of all of them."""
    return tuple(_table())


def _bag(plain: str) -> str:
    """The words of a name in full, in an order of their own: an inverted name is the same name."""
    words = plain.split()
    if len(words) < 2:
        return plain
    return "\0".join(sorted({_IN_FULL.get(word, word) for word in words} - _SMALL))


def _of_state(plain: str) -> str | None:
    """The country of "X, Republic of", whatever its own long name is."""
    words = {_IN_FULL.get(word, word) for word in plain.split()} - _SMALL
    left = words - _OF_STATE
    if not left or left == words:
        return None
    name = "\0".join(sorted(left))
    if name in _SHARED:
        return None
    return _bags().get(name) if len(left) > 1 else _index().get(name) if len(name) > 3 else None


@cache
def _table() -> Mapping[str, Country]:
    """Code of two letters -> the country."""
    with data_folder.path("country_names.csv").open(encoding="utf-8", newline="") as file:
        return {
            two: Country(three, name, tuple(names.split(";")), tuple(keys.split(";")))
            for two, three, _, name, names, keys in list(csv.reader(file))[1:]
        }


@cache
def _codes_of_three() -> frozenset[str]:
    return frozenset(country.three for country in _table().values())


@cache
def _index() -> Mapping[str, str]:
    """Key of each spelling -> code."""
    found: dict[str, str] = {}
    for code, country in _table().items():
        found.update(dict.fromkeys((code.lower(), country.three.lower(), *country.keys), code))
    return found


@cache
def _bags() -> Mapping[str, str]:
    """The words of each longer name in Latin letters -> code; what two countries would share is nobody's."""
    loose: dict[str, set[str]] = {}
    for code, country in _table().items():
        for plain in country.keys:
            if " " in plain and plain.isascii():
                loose.setdefault(_bag(plain), set()).add(code)
    return {bag: next(iter(codes)) for bag, codes in loose.items() if len(codes) == 1}


@cache
def last_words() -> frozenset[str]:
    """The last words of all names and codes, to tell at a glance that a text does not end in a country."""
    return frozenset(plain.rsplit(" ", 1)[-1] for plain in (*_index(), *_shared()))
