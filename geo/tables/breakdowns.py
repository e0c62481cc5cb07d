"""Rows whose own cells say that they do not come on top of the others: taken back, planned, revised, parts and totals.

Such a word stands in a column that is not ours, or in what was carried. A row that says so is set aside under a rule
that names it, so that nothing is added twice and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Codes, Floats, Ints, Mask
from geo.gazetteer.scopes import Nesting
from geo.parsing import status_words
from geo.parsing.total_words import folded
from geo.tables import checks
from geo.tables.findings import Message
from geo.tables.rules import TOTAL as A_TOTAL
from geo.tables.sites import NOWHERE, Sites
from geo.tables.validator import Distinct, Sieve, combine, distinct, free_name

TAKEN_BACK = (
    "a report that was taken back does not count",
    "This row says that it was cancelled, retracted or replaced. Clear that cell if it moved after all.",
)
PLANNED = (
    "a reported shipment has moved",
    "This row says that it is planned or forecast. Clear that cell once it has moved.",
)
REVISED = (
    "of a figure and its revision one counts",
    "A row of the same route and date has the later revision. Clear that cell if both moved.",
)
PART = (
    "a part counts within the row that it belongs to",
    "This row says that it is part of another figure. Clear that cell if it comes on top.",
)
TOTAL = (
    A_TOTAL[0],
    "It repeats the sum of the rows of the same route and date, so it is not counted again. Nothing needs to be done.",
)
IN_TOTAL = (
    "a part counts within its total",
    "The total of this route and date has a row of its own, and is not their sum: it counts alone. Or leave it out.",
)
MOST_TEXTS = 2_000
"""Different texts of a column that breaks rows down. A column with more holds remarks: words in it are found alone."""
_SHARED = ("origin", "destination", "depart", "arrive", "vessel", "mode", "unit", "source", "claimant")
_LOOKED_AT = ("cargo", "note")


def taken_back(sieve: Sieve) -> None:
    """Books the rows of a sieve that say that they do not count."""
    for header, cells in _saying(sieve):
        _by_word(sieve, _name(header, sieve), cells, status_words.is_taken_back, TAKEN_BACK)


def set_aside(sieve: Sieve, figures: Floats) -> None:
    """Books the rows of a sieve that count within others, or not at all. figures: of each row, NaN where unread."""
    groups: Codes | None = None
    for header, cells in _saying(sieve):
        name = _name(header, sieve)
        _by_word(sieve, name, cells, status_words.is_taken_back, TAKEN_BACK)
        _by_word(sieve, name, cells, status_words.is_planned, PLANNED)
        _by_word(sieve, name, cells, status_words.is_part, PART)
        if not _has_totals(cells) and not _ranks(cells).any():
            continue
        groups = _grouped(sieve) if groups is None else groups
        _revised(sieve, name, cells, groups)
        _totals(sieve, header, cells, groups, figures)


def _saying(sieve: Sieve) -> Iterator[tuple[str, Distinct]]:
    """The columns that say one of the words: the header and the cells."""
    for header, column in sieve.sheet.columns.items():
        if _may_say(sieve, header) and (cells := _cells(column)) is not None:
            yield header, cells


def _name(header: str, sieve: Sieve) -> str:
    """What problems are told of: our column, or the header of another."""
    return sieve.mapping.columns.get(header) or free_name(header, sieve)


def _may_say(sieve: Sieve, header: str) -> bool:
    ours = sieve.mapping.columns.get(header)
    return ours is None or ours in _LOOKED_AT


def _cells(column: pa.DictionaryArray) -> Distinct | None:
    """The cells of a column that has one of the words; None for any other, which is nearly every one."""
    values = column.dictionary
    if len(values) > MOST_TEXTS:
        values = values.filter(pc.match_substring_regex(values, status_words.PATTERN))
    if any(test(text) for text in values.to_pylist() for test in _TESTS):
        return distinct(column)
    return None


_TESTS: tuple[Callable[[str], object], ...] = (
    status_words.is_taken_back,
    status_words.is_planned,
    status_words.is_part,
    status_words.rank,
    status_words.is_all,
    checks.is_total_word,
)


def _by_word(sieve: Sieve, name: str, cells: Distinct, test: Callable[[str], bool], message: Message) -> None:
    """Sets rows aside whose cell says so, unless something worse is wrong with them."""
    says = np.array([test(text) for text in cells.texts()], bool)
    if says.any():
        sieve.find(says[cells.codes] & ~sieve.bad, name, message)


def _is_total(text: str) -> bool:
    return status_words.is_all(text) or checks.is_total_word(text)


def _has_totals(cells: Distinct) -> bool:
    """Whether a column breaks rows down into parts and their total: it says "total", and something else as well."""
    texts = [text for text in cells.texts() if text]
    says = [_is_total(text) for text in texts]
    return len(texts) <= MOST_TEXTS and any(says) and not all(says)


def _ranks(cells: Distinct) -> Ints:
    return np.array([status_words.rank(text) for text in cells.texts()], np.int64)


def _grouped(sieve: Sieve) -> Codes:
    """A number for all rows of one route, date, ship and source."""
    parts = [sieve.distinct(column) for column in _SHARED if column in sieve]
    first, *more = ((each.codes, len(each.values)) for each in parts)
    return combine(first, *more)[1]


def _revised(sieve: Sieve, name: str, cells: Distinct, groups: Codes) -> None:
    """Of rows that are provisional, revised and final the last counts."""
    ranks = _ranks(cells)[cells.codes]
    ranks = np.where(sieve.bad, 0, ranks)
    most = np.zeros(int(groups.max(initial=-1)) + 1, np.int64)
    np.maximum.at(most, groups, ranks)
    sieve.find((ranks > 0) & (ranks < most[groups]), name, REVISED)


def _totals(sieve: Sieve, header: str, cells: Distinct, groups: Codes, figures: Floats) -> None:
    """Of a total and its parts the parts count where the total is their sum, and else the total."""
    if not _has_totals(cells):
        return
    says = np.array([_is_total(text) for text in cells.texts()], bool)[cells.codes]
    counted = ~sieve.bad & np.isfinite(figures)
    part = ~says & counted
    parts, equal = _summed(groups, figures, part)
    total = says & counted & (parts > 0)
    name = _name(header, sieve)
    sieve.find(total & equal, name, TOTAL)
    other: Mask = total & ~equal & _is_breakdown(header)
    in_total = np.bincount(groups, other, int(groups.max(initial=-1)) + 1) > 0
    sieve.find(part & in_total[groups], name, IN_TOTAL)


def _summed(groups: Codes, figures: Floats, part: Mask) -> tuple[Ints, Mask]:
    """For each row how many parts its group has, and whether its own figure is the sum of theirs."""
    many = int(groups.max(initial=-1)) + 1
    sums = np.bincount(groups, np.where(part, figures, 0.0), many)[groups]
    equal: Mask = np.abs(figures - sums) <= checks.ROUNDING * np.maximum(np.abs(sums), 1.0)
    return np.bincount(groups[part], minlength=many)[groups], equal


AREA = (
    TOTAL[0],
    "It repeats the sum of the rows from or to places within it, so it is not counted again. Nothing needs to be done.",
)
_LEAST_PARTS = 2
"""One row that is as large as that of an area may be the same one told again, which is asked elsewhere."""


def areas(sieve: Sieve, sites: Sites, ends: tuple[Codes, Codes], figures: Floats) -> None:
    """Sets the row of an area aside that is the sum of the rows of places within it, all else being the same.

    ends: the sites of the origins and of the destinations, n each.
    """
    nesting: Nesting | None = None
    for column, own, other in (("origin", *ends), ("destination", ends[1], ends[0])):
        used = [number for number in np.unique(own[~sieve.bad]).tolist() if number != NOWHERE]
        wide = [number for number in used if number not in sites.own and _is_area(sites, number)]
        if not wide or len(used) <= _LEAST_PARTS:
            continue
        nesting = nesting or Nesting(sites.gazetteer)
        around = {number: _around(sites, number, nesting) for number in used if number not in sites.own}
        for number in wide:
            parts = [at for at, areas_of in around.items() if sites.codes[number] in areas_of]
            if parts:
                _area(sieve, column, own == number, np.isin(own, parts), (_beside(sieve, other), figures))


def _is_area(sites: Sites, number: int) -> bool:
    return sites.gazetteer.fact(sites.codes[number]).radius_km > 0


def _around(sites: Sites, number: int, nesting: Nesting) -> set[str]:
    """The areas around a place, its country too where the gazetteer does not say what it lies within."""
    code = sites.codes[number]
    return {*nesting.chain(code), sites.gazetteer.fact(code).country} - {code, ""}


def _beside(sieve: Sieve, other: Codes) -> Codes:
    """A number for all rows of one other end, date, ship, cargo and source."""
    parts = [sieve.distinct(column) for column in (*_SHARED[2:], "cargo") if column in sieve]
    more = ((each.codes, len(each.values)) for each in parts)
    return combine((other, int(other.max(initial=0)) + 1), *more)[1]


def _area(sieve: Sieve, column: str, area: Mask, inside: Mask, rows: tuple[Codes, Floats]) -> None:
    groups, figures = rows
    counted = ~sieve.bad & np.isfinite(figures)
    parts, equal = _summed(groups, figures, inside & counted)
    sieve.find(area & counted & (parts >= _LEAST_PARTS) & equal, column, AREA)


_BREAKDOWN = status_words.listed("""
cargo | commodity | commodities | product | products | goods | hs | hs code | hs4 | hs6 | item | type | category | class
group | status | load | laden empty | size | container type | container size | kind
ladung | ware | güter | kategorie | art | marchandise | produit | type de conteneur | mercancía | producto | tipo
товар | груз | вид | тип | категория | 货物 | 商品 | 品名 | 类型 | 화물 | 품목 | 貨物 | 品目
""")


def _is_breakdown(header: str) -> bool:
    """Whether a header names parts, so that a total in it holds the others: a shipper may be called Total."""
    return folded(header) in _BREAKDOWN
