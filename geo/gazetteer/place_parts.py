"""What stands beside the name of a place and makes sure of it: a country, a state, or the code of the place.

"Vladivostok, Russia", "Odessa (UA)", "Houston, TX", "RUVVO - Vladivostok".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.gazetteer.countries import country_scope, key, last_words, within
from geo.gazetteer.hits import Hit, chosen

_STATES = {
    "US": "AL=Alabama AK=Alaska AZ=Arizona AR=Arkansas CA=California CO=Colorado CT=Connecticut DE=Delaware "
    "DC=District_of_Columbia FL=Florida GA=Georgia HI=Hawaii ID=Idaho IL=Illinois IN=Indiana IA=Iowa KS=Kansas "
    "KY=Kentucky LA=Louisiana ME=Maine MD=Maryland MA=Massachusetts MI=Michigan MN=Minnesota MS=Mississippi "
    "MO=Missouri MT=Montana NE=Nebraska NV=Nevada NH=New_Hampshire NJ=New_Jersey NM=New_Mexico NY=New_York "
    "NC=North_Carolina ND=North_Dakota OH=Ohio OK=Oklahoma OR=Oregon PA=Pennsylvania RI=Rhode_Island "
    "SC=South_Carolina SD=South_Dakota TN=Tennessee TX=Texas UT=Utah VT=Vermont VA=Virginia WA=Washington "
    "WV=West_Virginia WI=Wisconsin WY=Wyoming",
    "CA": "AB=Alberta BC=British_Columbia MB=Manitoba NB=New_Brunswick NL=Newfoundland_and_Labrador NS=Nova_Scotia "
    "NT=Northwest_Territories NU=Nunavut ON=Ontario PE=Prince_Edward_Island QC=Quebec SK=Saskatchewan YT=Yukon",
    "AU": "ACT=Australian_Capital_Territory NSW=New_South_Wales NT=Northern_Territory QLD=Queensland "
    "SA=South_Australia TAS=Tasmania VIC=Victoria WA=Western_Australia",
    "GB": "ENG=England NIR=Northern_Ireland SCT=Scotland WLS=Wales",
}
_ALSO = {"newfoundland": ("CA", "NL"), "washington dc": ("US", "DC"), "d c": ("US", "DC"), "pei": ("CA", "PE")}
State = tuple[str, str]
"""A country and the code of one of its states."""


def _states() -> dict[str, list[State]]:
    found: dict[str, list[State]] = {spelling: [state] for spelling, state in _ALSO.items()}
    for country, told in _STATES.items():
        for code, _, name in (each.partition("=") for each in told.split()):
            for spelling in (code, name.replace("_", " ")):
                found.setdefault(key(spelling), []).append((country, code))
    return found


_OF_STATES = _states()
_STATE_WORDS = frozenset(spelling.split()[-1] for spelling in _OF_STATES)


def states(text: str) -> list[State]:
    """The states of the United States, Canada, Australia and the United Kingdom that a text names, or abbreviates.

    >>> states("California"), states("WA")
    ([('US', 'CA')], [('US', 'WA'), ('AU', 'WA')])
    """
    return _OF_STATES.get(key(text), [])


MOST_PARTS = 3
"""A text with more parts is an address or a sentence."""

# "China (Mainland)" is China, in the lists of the United States' customs.
_MARKS = re.compile(r"\s*[,;:/|()\[\]]\s*|\s+[\u2010-\u2015-]+\s+")
_CODE_FIRST = re.compile(r"([A-Z]{2}[ -]?[A-Z0-9]{3})\s+(.+)")
_CODE_LAST = re.compile(r"(.+?)\s+([A-Z]{2}[ -]?[A-Z0-9]{3})")
_COUNTRY_LAST = re.compile(r"(.+?)\s+([A-Z]{2,3}|[^\W\d_]{4,}(?:\s[^\W\d_]{4,})?)")
"""Without a mark between them, a country's code is taken in capitals only: "La Paz bo" may be anything."""

HitsOf = Callable[[str], tuple[list[Hit], bool]]
"""A part of a text -> what it may mean, and whether it says so by a code."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    hits: tuple[Hit, ...]
    is_code: bool
    scope: str
    states: tuple[State, ...]

    def holds(self, hit: Hit) -> bool:
        """Whether the part is the country of a place, or the state; where nobody knows its state, it may be."""
        if self.scope and (hit.country == "" or hit.country in within(self.scope)):
            return True
        return any(hit.country == country and hit.state in (state, "") for country, state in self.states)


@dataclass(frozen=True, slots=True)
class Agreed:
    """hits: all that the parts of a text agree on; or, where it is not certain, what they name. called: the name.

    scope: the countries that a part names. denied: the part that is the country or the state of none of the hits.
    """

    hits: tuple[Hit, ...] = ()
    called: str = ""
    certain: bool = False
    scope: str = ""
    denied: str = ""


def of_parts(text: str, hits_of: HitsOf) -> Agreed:
    """What the parts of a text agree on; all that they name, where a code and a name do not agree, or two names."""
    denied = Agreed()
    for parts, joined in _splits(text.strip()):
        read = _read(parts, hits_of)
        if read and (found := _agreed(read, joined)).hits:
            return found
        denied = denied if denied.hits else _denied(read)
    return denied


def _denied(parts: Sequence[_Part]) -> Agreed:
    """The places of a name beside which stands a country or a state that none of them is in."""
    if len(parts) != 2:  # a name and where it lies
        return Agreed()
    for name, beside in (parts, parts[::-1]):
        if name.hits and not name.scope and (beside.scope or beside.states):
            return Agreed(name.hits, name.text, denied=beside.text)
    return Agreed()


def _read(parts: Sequence[str], hits_of: HitsOf) -> list[_Part]:
    """The parts, or none where one of them says nothing known."""
    read: list[_Part] = []
    for part in parts:
        hits, is_code = hits_of(part)
        scope, of_states = country_scope(part), tuple(states(part))
        if not hits and not scope and not of_states:
            return []
        read.append(_Part(part, tuple(hits), is_code, scope, of_states))
    return read


def _splits(text: str) -> list[tuple[list[str], bool]]:
    """The ways in which a text may fall into parts, and whether they stand side by side as equals."""
    if not text:
        return []
    marked = [part for part in _MARKS.split(text) if part and part.casefold() != "mainland"]
    if len(marked) > 1:
        equals = "/" in text or text.endswith((")", "]"))
        return [(marked, equals)] if len(marked) <= MOST_PARTS else []
    patterns = [_CODE_FIRST, _CODE_LAST] if text[:2].isupper() or text[-2:].isupper() else []
    last = key(text.rsplit(None, 1)[-1])
    if text[-2:].isupper() or last in last_words() or last in _STATE_WORDS:
        patterns.append(_COUNTRY_LAST)
    return [(list(match.groups()), False) for match in (pattern.fullmatch(text) for pattern in patterns) if match]


def _agreed(parts: Sequence[_Part], joined: bool) -> Agreed:
    found: dict[str, Hit] = {}
    called = ""
    for beside in (None, parts[-1], parts[0]):  # all are places; or the last part, or the first, is where they lie
        named = [part for part in parts if part is not beside]
        hits = [hit for hit in named[0].hits if all(_has(part, hit) for part in named)]
        if beside is not None:
            hits = [hit for hit in hits if beside.holds(hit)]
        if hits and not called:
            called = next((part.text for part in named if not part.is_code), "")
        found.update((hit.code, hit) for hit in hits if hit.code not in found)
    if found:
        scope = next((part.scope for part in reversed(parts) if part.scope), "")
        return Agreed(tuple(found.values()), called, certain=True, scope=scope)
    if any(part.is_code for part in parts) or (joined and all(part.hits for part in parts)):
        both = {hit.code: hit for part in parts for hit in part.hits if hit.code in chosen(part.hits).codes}
        return Agreed(tuple(both.values())) if len(both) > 1 else Agreed()
    return Agreed()


def _has(part: _Part, hit: Hit) -> bool:
    return any(hit.code == each.code for each in part.hits) or (len(part.hits) == 0 and part.holds(hit))
