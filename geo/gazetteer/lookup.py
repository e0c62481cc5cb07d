"""What a spelling leads to, in the order in which sources count: codes, the reader's places, countries, all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.gazetteer.countries import (
    country_code,
    country_scope,
    is_three_letter_code,
    is_word,
    key,
    shown_name,
    within,
)
from geo.gazetteer.hits import Choice, Hit, chosen, chosen_in, together
from geo.gazetteer.index import Index
from geo.gazetteer.place_parts import of_parts
from geo.gazetteer.spellings import LONGEST_KEY, fold, without_port
from geo.gazetteer.world import LARGE, Airport, City, world
from geo.gazetteer.world_rows import is_one_place

MOST_TOLD = 2**16
"""So many answers are kept: the same text is asked for several times, to be known, found and compared."""
_THREE = re.compile("[A-Z]{3}")
_AIRPORT = re.compile(r"(?:air ?port|air ?base|aerodrome|air ?field|aeropuerto|flughafen|aeroport|аэропорт)\b")


def is_three_capitals(text: str) -> bool:
    """Whether a text is three capitals: an abbreviation of anything, and no name until somebody says so."""
    return _THREE.fullmatch(text) is not None


Answer = tuple[Choice, str]
"""What is meant, and the name that it is called by; "" where by a code."""


class Lookup:
    """Spellings of `own` places, of those `given` by the reader, and, where wide, of the world."""

    def __init__(self, own: Index, given: Index | None, *, wide: bool) -> None:
        self._own, self._given, self._wide = own, given, wide
        self._told: dict[tuple[str, str | None, bool, bool], Answer] = {}

    def of(self, text: str, country: str | None = None, *, ports: bool = False, air: bool = False) -> Answer:
        """What a text means. See `Places.find`."""
        asked = (text.strip(), country, ports, air)
        if asked not in self._told:
            if len(self._told) >= MOST_TOLD:
                self._told.clear()
            self._told[asked] = self._looked_up(*asked)
        return self._told[asked]

    def _looked_up(self, text: str, country: str | None, ports: bool, air: bool) -> Answer:
        found = self._of(text, country, ports=ports, air=air)
        if found[0].codes or len(text) > LONGEST_KEY:
            return found
        agreed = of_parts(text, self._part)
        hits = self._in(country, agreed.hits)
        if agreed.certain:
            choice = chosen_in(hits, country or agreed.scope)
        else:
            told = chosen(hits) if agreed.denied else Choice()
            codes = (*told.codes, *told.others) or tuple(dict.fromkeys(hit.code for hit in hits))
            choice = Choice(codes, denied=agreed.denied)
        if country and not choice.codes:
            return self._outside(text, country, ports=ports, air=air)
        return choice, agreed.called if choice.sure or choice.denied else ""

    def _outside(self, text: str, country: str, *, ports: bool, air: bool) -> Answer:
        """The places of a name none of which lies in the country that is said of it."""
        choice, _ = self.of(text, None, ports=ports, air=air)
        where = " or ".join(shown_name(code) or code for code in country.split())
        return Choice((*choice.codes, *choice.others), denied=where if choice.codes else ""), text

    def _of(self, text: str, country: str | None, *, ports: bool, air: bool) -> Answer:
        if known := self._coded(text, country, air=air):
            return Choice((known,), sure=True), ""
        if self._given and (given := self._in(country, self._given.by_code(text) or self._given.by_name(text))):
            return _of_given(given), text
        if is_three_capitals(text):
            return self._of_three(text, country)
        if self._wide and country is None and (scope := _scope(text)):
            return self._of_country(text, scope, ports=ports)
        hits = self._in(country, self._named(text, air=air))
        choice = chosen_in(hits, country) if country else chosen(hits)
        if not choice.codes and self._wide and country and (code := _scope(text)) in within(country):
            return Choice((code,), sure=True), text
        return choice, text if choice.sure else ""

    def _coded(self, text: str, country: str | None, *, air: bool) -> str:
        """The code that a text is; of flights also that of an airport, unless the reader gave a place of this name."""
        code, of_country = self._exact(text)
        if code and (country is None or not of_country or of_country in within(country)):
            return code
        airport = self._airport_of_code(text) if air else None
        return airport.code if airport and not (self._given and self._given.by_name(text)) else ""

    def _exact(self, text: str) -> tuple[str, str]:
        """A code as it is written is that code, whatever else bears it as a name; with its country. "" for no code."""
        codes = dict.fromkeys((text, text[:2] + text[3:] if text[2:3] == " " else text))
        for index in filter(None, (self._given, self._own)):
            if code := next((code for code in codes if code in index), None):
                return code, index.country(code)
        if not self._wide:
            return "", ""
        if len(text) == 2 and text.isupper() and country_code(text) == text:
            return text, text
        far: Airport | City | None = None
        if text.startswith("airport-"):
            far = world().airport(text)
        elif text.lower().startswith("geonames-"):
            far = world().city(text.lower())
        return (far.code, far.country) if far else ("", "")

    def _of_three(self, text: str, country: str | None) -> Answer:
        """Three capitals: a country's code, or its own abbreviation; else a name or an airport, which is asked."""
        if self._wide and country is None and (is_three_letter_code(text) or country_code(text)):
            return Choice((country_code(text) or "",), sure=True), ""
        named = together(self._in(country, self._named(text, air=False)))
        codes = [hit.code for hit in named]
        if (airport := self._airport_of_code(text)) and (country is None or airport.country in within(country)):
            codes.append(airport.code)
        return Choice(tuple(dict.fromkeys(codes))), ""

    def _of_country(self, text: str, code: str, *, ports: bool) -> Answer:
        """A country; beside it, where only ports stand beside the text, the ports of its name."""
        if " " in code:
            return Choice((*code.split(), *(hit.code for hit in self._own.by_name(text)))), ""
        called = text if key(text) != code.lower() and "," not in text and "(" not in text else ""
        named = self._own.by_name(text)
        if ports and named:
            own = [hit for hit in named if hit.country == code]
            if own and is_one_place(code):
                return Choice((own[0].code,), (code,), sure=True), called
            return Choice((code, *(hit.code for hit in named))), ""
        if key(text) != key(shown_name(code)):
            cities = [city for city, own in world().named(fold(text)) if own and city.population >= LARGE]
            if rivals := [city.code for city in cities if city.country != code]:
                return Choice((code, *rivals)), ""
        return Choice((code,), sure=True), called

    def _named(self, text: str, *, air: bool) -> list[Hit]:
        """All places that a text names, our own first."""
        hits = [*self._own.by_code(text), *self._own.by_name(text)]
        if not self._wide:
            return hits
        folded = fold(text)
        short = without_port(folded)
        hits += self._cities(folded)
        if short and not hits and not country_code(short):
            hits += self._cities(short)
        if air or _AIRPORT.search(folded):
            hits += [_of_airport(each) for each in world().airports_named(_AIRPORT.sub("", folded).strip())]
        return hits

    def _cities(self, folded: str) -> list[Hit]:
        """The cities of a folded name; those that are one of our own places have its position."""
        found = []
        for city, own in world().named(folded[:LONGEST_KEY]) if self._wide and folded else ():
            own = own or fold(city.name).startswith(f"{folded} ")  # noqa: PLW2901 -- Newcastle upon Tyne is Newcastle
            if city.code in self._own:
                found.append(replace(self._own.hits([city.code])[0], alias=not own))
            else:
                found.append(_of_city(city, alias=not own))
        return found

    def _airport_of_code(self, text: str) -> Airport | None:
        is_code = self._wide and text.isascii() and text.isalpha() and text.isupper() and len(text) in (3, 4)
        return world().airport(text) if is_code else None

    def _part(self, text: str) -> tuple[list[Hit], bool]:
        """What a part of a text may mean, and whether it says so by a code."""
        for index in filter(None, (self._given, self._own)):
            if by_code := index.by_code(text):
                return by_code, True
        if self._given and (given := self._given.by_name(text)):
            return given, False
        if _scope(text) and not self._own.by_name(text):
            return [], False
        return self._named(text, air=False), False

    @staticmethod
    def _in(country: str | None, hits: Iterable[Hit]) -> list[Hit]:
        return [hit for hit in hits if country is None or hit.country == "" or hit.country in within(country)]


def _of_given(hits: Sequence[Hit]) -> Choice:
    codes = tuple(hit.code for hit in together(hits))
    return Choice(codes, sure=len(codes) == 1)


def _scope(text: str) -> str:
    """The country that a text names, or all that it may name; not by its code in small letters."""
    return "" if is_word(text) else country_scope(text)


def _of_city(city: City, *, alias: bool) -> Hit:
    return Hit(city.code, city.country, city.state, False, alias, city.population, city.lon, city.lat)


def _of_airport(airport: Airport) -> Hit:
    return Hit(airport.code, airport.country, "", False, False, 0, airport.lon, airport.lat)
