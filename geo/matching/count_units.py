"""What a file counts: said by the header of its count, by the cells, by a column beside it, or asked.

Nothing is taken for containers because nobody says otherwise, but in files of Waybill's own form: docs/columns.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from geo.matching.mapping import ColumnMap, header_key, missing
from geo.matching.score import shown
from geo.matching.synonyms import COUNTED, FIGURES, normal, unit_in, words_of

_OWN = ("containers", "containers_low", "containers_best", "containers_high")
"""Our own names that say what they count."""
_GENERIC = frozenset(
    (
        *("unit", "units", "uom", "measure", "measurement", "abbr", "abbreviation", "code", "desc", "description"),
        *("of", "type", "name", "单位", "單位", "単位", "단위", "unite", "unidad", "unidade", "unita", "einheit"),
        *("единица", "измерения", "ед", "изм", "jednostka", "birim", "واحد", "الوحدة"),
    )
)
"""Words of the header of a unit that do not say which count it belongs to."""
_SAME = {"qty": "quantity", "wgt": "weight", "vol": "volume", "netwgt": "weight"} | dict.fromkeys(
    ("val", "amt", "amount", "price", "cost", "worth", "fob", "cif", "currency"), "value"
)
"""Words of one meaning: a currency is the unit of what something is worth."""
ONE_VOYAGE = (("containers", "1"), ("unit", "voyage"))
"""What stands for every row of a list of voyages that says nothing of how much they carried."""
_TOTAL = frozenset({"claimant", "said_on", "quantity"})
"""Our own names by which totals are in our own form."""
MOST_FIGURES = 4
"""So many columns that may say how many are named."""
OFFERED = ("container", "TEU", "tonne", "kg", "barrel", "vehicle", "person", "voyage", "USD")
"""Units that are offered for a count whose unit nobody says."""
_HINTS = (
    (frozenset(["value", "price", "cost", "fob", "cif", "amount", "usd", "trade", "customs", "invoice"]), ("USD",)),
    (frozenset(["freight", "mail"]), ("lb", "kg", "tonne")),
    (frozenset(["weight", "mass", "net", "gross", "tonnage", "wgt", "load"]), ("tonne", "kg")),
    (frozenset(["passengers", "people", "migrants", "refugees", "flow", "flows", "population"]), ("person",)),
    (frozenset(["crude", "oil", "cargo", "volume"]), ("barrel", "tonne")),
    (frozenset(["trips", "voyages", "sailings", "calls", "ships", "vessels"]), ("voyage",)),
    (frozenset(["cars", "vehicles", "trucks", "autos"]), ("vehicle",)),
)


def count_header(given: ColumnMap) -> str:
    """The header that says how many; "" where none does."""
    return counted_in(given.columns)


def counted_in(columns: Mapping[str, str]) -> str:
    """The same of header -> our column."""
    named = (header for some in (COUNTED, FIGURES) for header, column in columns.items() if column in some)
    return next(named, "")


def complete(given: ColumnMap) -> ColumnMap:
    """The map with the unit that the header of its count says, where nothing else says one."""
    unit = "" if _has_unit(given) else unit_in(count_header(given))
    return replace(given, fixed={**given.fixed, "unit": unit}) if unit and not says_containers(given) else given


def is_unsaid(given: ColumnMap) -> bool:
    """Whether nobody says what the count of a (complete) map is of."""
    counts = any(column in FIGURES for column in (*given.columns.values(), *given.fixed))
    return counts and not _has_unit(given) and not says_containers(given)


def lacking(given: ColumnMap) -> list[str]:
    """What a map still needs before a file can be taken with it: required columns, and the unit of its count."""
    return missing(given) + (["unit"] if is_unsaid(complete(given)) else [])


def suggested(header: str) -> tuple[str, ...]:
    """`OFFERED`, what the words of a header suggest first."""
    words = set(words_of(header))
    first = [unit for hints, units in _HINTS if hints & words for unit in units]
    return tuple(dict.fromkeys([*first, *OFFERED]))


def figures_sentence(headers: Sequence[str]) -> str:
    """Which columns hold figures, where none of them is known to say how many."""
    others = " and others" if len(headers) > MOST_FIGURES else ""
    return f"These columns hold figures: {', '.join(f'“{shown(each)}”' for each in headers[:MOST_FIGURES])}{others}."


def unit_beside(count: str, units: Sequence[str]) -> str:
    """Of headers of units the one that belongs to a count: "weight_unit" to "weight", "Unit" to any; else "".

    One whose words name another count belongs to that: "weight_unit" is no unit of "manifest_quantity".
    """
    theirs = _named(count)
    fits = [header for header in units if _named(header) & theirs]
    return next(iter([*fits, *(header for header in units if not _named(header))]), "")


def _named(header: str) -> set[str]:
    plain = set(normal(header).split())  # "UoM" is no camel case
    return set() if plain <= _generic() else {_SAME.get(word, word) for word in words_of(header)} - _generic()


@cache
def _generic() -> frozenset[str]:
    """Those words as headers are compared."""
    return frozenset(map(normal, _GENERIC))


def _has_unit(given: ColumnMap) -> bool:
    return "unit" in given.columns.values() or bool(given.fixed.get("unit", "").strip())


def says_containers(given: ColumnMap) -> bool:
    """Whether an empty cell of unit is a container: in files of our own form, and where `containers` is the count."""
    if any(header_key(header) in _OWN and column in (*COUNTED, *_OWN) for header, column in given.columns.items()):
        return True
    if "containers" in given.fixed:
        return True
    ours = {column for header, column in given.columns.items() if header_key(header) == column}
    return ours >= _TOTAL
