"""The codes and names of some places, and what each leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.gazetteer.countries import country_code
from geo.gazetteer.hits import Hit
from geo.gazetteer.place_rows import PlaceRows
from geo.gazetteer.spellings import code_key, fold, is_unlocode, name_keys, without_port
from geo.gazetteer.world import port_states, world

INDEXED = ("code", "name", "aliases", "country")


class Index:
    """What the codes and names of some places lead to. wide: they are known to `world` too."""

    def __init__(self, rows: PlaceRows, *, wide: bool) -> None:
        self.codes: dict[str, list[str]] = {}
        self.names: dict[str, list[str]] = {}
        self.spelling: dict[str, str] = {}
        self._rows: dict[str, tuple[str, float, float]] = {}
        self._wide = wide
        self._hits: dict[str, Hit] = {}
        self._add(rows)

    def plus(self, rows: PlaceRows) -> Index:
        """These places and those of rows."""
        made = Index(PlaceRows({name: [] for name in INDEXED}, [], [], []), wide=self._wide)
        made.codes, made.names = (
            {key: list(codes) for key, codes in each.items()} for each in (self.codes, self.names)
        )
        made.spelling, made._rows = dict(self.spelling), dict(self._rows)
        made._add(rows)
        return made

    def _add(self, rows: PlaceRows) -> None:
        columns = (rows.texts[name] for name in INDEXED)
        for code, name, aliases, country, east, north in zip(*columns, rows.lon, rows.lat, strict=True):
            self._rows[code] = country, east, north
            _add(self.codes, code_key(code), code)
            for spelling in (name, *filter(None, aliases.split(";"))):
                for key in _indexed(spelling):
                    _add(self.names, key, code)
                    self.spelling.setdefault(key, spelling.strip())

    def __contains__(self, code: str) -> bool:
        return code in self._rows

    def country(self, code: str) -> str:
        """The country of a place that is here, "" where none is stated."""
        return self._rows[code][0]

    def hits(self, codes: Iterable[str]) -> list[Hit]:
        """The places of these codes."""
        return [self._hit(code) for code in codes]

    def by_code(self, text: str) -> list[Hit]:
        """A code, however it is punctuated."""
        return self.hits(self.codes.get(code_key(text), ()))

    def by_name(self, text: str) -> list[Hit]:
        """A name, with "port of" or without."""
        codes = [code_key(text).lower()] if is_unlocode(text) else []  # an older code is another name: "KP NJN"
        for key in (*name_keys(text), *codes):
            if found := self.names.get(key):
                return self.hits(found)
        return []

    def _hit(self, code: str) -> Hit:
        if code not in self._hits:
            country, lon, lat = self._rows[code]
            city = world().city(code) if self._wide else None
            state = city.state if city else port_states().get(code, "") if self._wide else ""
            people = city.population if city else 0
            self._hits[code] = Hit(code, country, state, True, False, people, lon, lat)
        return self._hits[code]


def _indexed(spelling: str) -> list[str]:
    """The keys of a name; "Port of Spain" is not "Spain", since that is a country."""
    key = fold(spelling)
    short = without_port(key)
    return [each for each in (key, "" if short and country_code(short) else short) if each]


def _add(index: dict[str, list[str]], key: str, code: str) -> None:
    codes = index.setdefault(key, [])
    if code not in codes:
        codes.append(code)


def merged(*indexes: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The first of these that has a key counts."""
    found: dict[str, list[str]] = {}
    for each in reversed(indexes):
        found.update(each)
    return found
