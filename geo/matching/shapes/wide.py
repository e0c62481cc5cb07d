"""Columns of years, months or other periods -> one row for each figure, with its period."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.errors import DialectError
from geo.matching.shapes.periods import Span, span
from geo.matching.shapes.rows import beside, called, listed
from geo.matching.shapes.running_totals import NAME as RUNNING
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.unpivot import TOTALS, is_figures, unpivoted, without_totals
from geo.matching.synonyms import UNIT_WORDS, unit_in
from geo.parsing.date_words import key, month_names
from geo.parsing.scales import SCALE_WORDS
from geo.parsing.windows import is_like_date
from geo.sheet import Sheet

NAME = "wide"
OFFER = "Make a leg of each period"
RULE = (
    "Each figure becomes a row of its own, with the period that its column names. Empty cells and zeros become none, "
    "and columns of totals are left out."
)
SUMS = " Left out, since they contain others of these periods: {}."
CONTAINED = (
    "Save what moved in each period alone, with no figure that another one contains, and load that. Or load the "
    "figures as totals, a row for each: claimant, said_on, origin, destination, window and quantity."
)
NO_YEAR = (
    " The headers name months and no year, and no column holds one: add a column “Year” to the file, since a year is "
    "not made up."
)
_LEAST = 2
_YEAR = re.compile(r"[xXyY]?((?:19|20)[0-9]{2})(?:\.0)?")
_MONTH_OF_YEAR = re.compile(r"((?:19|20)[0-9]{2})[-_ ]?[mM](0[1-9]|1[0-2])")
_FIRST_DAY = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})-01(?:[T ]00:00(?::00)?)?")
_PARTS = re.compile(r"[\s_()\[\]:,]+")
_WORDS = {
    *("in", "of", "qty", "quantity", "volume", "value", "trade", "total", "count", "figures", "weight"),
    *UNIT_WORDS,
    *SCALE_WORDS,
}


@dataclass(frozen=True, slots=True)
class _Periods:
    """labels: header -> the period that it names. unit: which headers say, or "". months: they are without years.

    sums: headers of periods that others make up as a whole. unclear: of those that contain others, which do not.
    """

    labels: Mapping[str, str]
    unit: str
    months: bool
    sums: Sequence[str] = ()
    unclear: Sequence[str] = ()


def wide(sheet: Sheet) -> Shape | None:
    """What such a table is; None where it is none."""
    found = _periods(sheet)
    if found is None:
        return None
    if found.unclear:
        return Shape(RUNNING, f"{_unclear(found)}.", CONTAINED)
    named = listed([*list(found.labels)[:2], list(found.labels)[-1]])
    rule = _rule(found) + (NO_YEAR if found.months and not called(sheet, {"year", "yr", "год", "jahr", "año"}) else "")
    return Shape(NAME, f"Its figures stand in a column for each period: {named} are periods.", rule, OFFER)


def periods_of(sheet: Sheet) -> Mapping[str, str]:
    """The headers of columns of figures that name periods -> the period; {} where they are fewer than two."""
    found = _periods(sheet)
    return found.labels if found is not None else {}


def rows_of_periods(sheet: Sheet) -> Sheet:
    """One row a figure. Raises DialectError, TooLarge."""
    found = _periods(sheet)
    if found is None:
        raise DialectError("shape", NAME, "the file has no columns of figures whose names are years, months or periods")
    if found.unclear:
        raise DialectError("shape", NAME, _unclear(found))
    names = ("month" if found.months else "period", found.unit or "count")
    others = without_totals([header for header in sheet.header if header not in found.labels], TOTALS)
    kept = {header: name for header, name in beside(sheet, found.labels, names).items() if header in others}
    return unpivoted(sheet, kept, found.labels, names, _rule(found))


def _rule(found: _Periods) -> str:
    return RULE + (SUMS.format(listed(found.sums)) if found.sums else "")


def _unclear(found: _Periods) -> str:
    return f"{listed(found.unclear)} contain other periods that have columns too, and are not the sum of them"


def _periods(sheet: Sheet) -> _Periods | None:
    split = {header: _split(header) for header in without_totals(sheet.header, TOTALS)}
    labels = {header: label for header, (label, _) in split.items() if label and is_figures(sheet, header)}
    if len(labels) < _LEAST or len(set(labels.values())) < len(labels):
        return None
    units = {split[header][1] for header in labels}
    firsts = [_FIRST_DAY.fullmatch(label) for label in labels.values()]
    if all(firsts):  # a workbook writes a month as its first day
        labels = {header: label[:7] for header, label in labels.items()}
    sums, unclear = _containing(labels)
    labels = {header: label for header, label in labels.items() if header not in sums}
    months = all(key(label.casefold()) in month_names() for label in labels.values())
    return _Periods(labels, units.pop() if len(units) == 1 else "", months, sums, unclear)


def _containing(labels: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The headers whose period contains others: those that the shortest ones make up as a whole, and all others."""
    spans = {header: found for header, label in labels.items() if (found := span(label))}
    wider = [header for header, each in spans.items() if any(_contains(each, other) for other in spans.values())]
    parts = sorted(each for header, each in spans.items() if header not in wider)
    sums = [header for header in wider if _is_made_up(spans[header], parts)]
    return sums, [header for header in wider if header not in sums]


def _contains(one: Span, other: Span) -> bool:
    return one != other and one[0] <= other[0] and other[1] <= one[1]


def _is_made_up(whole: Span, parts: Sequence[Span]) -> bool:
    """Whether some of these stretches, in order, follow one another from its start to its end."""
    inside = [part for part in parts if _contains(whole, part)]
    ends = [whole[0], *(end for _, end in inside)]
    return ends[-1] == whole[1] and all(start == end for (start, _), end in zip(inside, ends, strict=False))


def _split(header: str) -> tuple[str, str]:
    """The period that a header names, and the unit beside it; "" for what it does not say."""
    if date_of := _period(header):
        return date_of, ""
    parts = [part for part in _PARTS.split(header) if part]
    rest = [part for part in parts if part.casefold() not in _WORDS]
    return (_period(" ".join(rest)), unit_in(header)) if len(rest) < len(parts) else ("", "")


def _period(text: str) -> str:
    text = text.strip()
    if year := _YEAR.fullmatch(text):
        return year[1]
    if month := _MONTH_OF_YEAR.fullmatch(text):
        return f"{month[1]}-{month[2]}"
    named = key(text.casefold()) in month_names()
    return text if named or (any(map(str.isdigit, text)) and is_like_date(text)) else ""
