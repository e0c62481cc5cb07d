"""Matrices of origins and destinations -> one leg for each figure."""

from __future__ import annotations

from dataclasses import dataclass

from geo.errors import DialectError
from geo.gazetteer.places import Places, fold
from geo.matching.shapes.rows import beside, listed
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.unpivot import TOTALS, is_figures, unpivoted, without_totals
from geo.matching.synonyms import known_as, normal, unit_in
from geo.matching.traits import sample
from geo.sheet import Sheet

NAME = "matrix"
OFFER = "Make a leg of each figure"
RULE = (
    "Each figure becomes a leg from the place of its {row} to the place of its {column}. Empty cells and zeros become "
    "none, and rows and columns of totals are left out; a figure from a place to itself is listed."
)
_LEAST = 2
"""Columns that make a matrix."""
_SHARE = 0.6
"""So many of the names on a side are known places, or stand on the other side too."""
_TO = frozenset({"to", "destination", "dest", "d", "destinations", "importer", "arrival", "pod"})


@dataclass(frozen=True, slots=True)
class _Sides:
    """label: the column of the rows' places. places: the headers of the columns'. inbound: rows are destinations."""

    label: str
    places: tuple[str, ...]
    inbound: bool


def matrix(sheet: Sheet, places: Places) -> Shape | None:
    """What such a table is; None where it is none."""
    sides = _sides(sheet, places)
    if sides is None:
        return None
    few = listed(sides.places[:3])
    what = f"It is a matrix: the places of “{sides.label}” stand down its side, and {few} and others across its top."
    return Shape(NAME, what, _rule(sides), OFFER)


def legs_of_matrix(sheet: Sheet) -> Sheet:
    """One row a figure, with origin and destination. Raises DialectError, TooLarge."""
    sides = _sides(sheet, Places.load())
    if sides is None:
        raise DialectError("shape", NAME, "the file has no places both down its side and across its top")
    ends = ("destination", "origin") if sides.inbound else ("origin", "destination")
    others = without_totals([header for header in sheet.header if header not in sides.places], TOTALS)
    unit = unit_in(sides.label) or next(filter(None, map(unit_in, sheet.preamble)), "")
    names = (ends[1], unit or "count")
    kept = {sides.label: ends[0], **beside(sheet, (sides.label, *sides.places), (*ends, *names))}
    kept = {header: name for header, name in kept.items() if header in (*others, sides.label)}
    return unpivoted(sheet, kept, {header: header for header in sides.places}, names, _rule(sides))


def _rule(sides: _Sides) -> str:
    row, column = ("column", "row") if sides.inbound else ("row", "column")
    return RULE.format(row=row, column=column)


def _sides(sheet: Sheet, places: Places) -> _Sides | None:
    figures = [header for header in without_totals(sheet.header, TOTALS) if is_figures(sheet, header)]
    labels = [header for header in sheet.header if header not in figures]
    for label in labels:
        down = {fold(text) for text in sample(sheet.columns[label].dictionary).to_pylist()} - {""}
        across = [header for header in figures if fold(header) in down or _is_place(header, places)]
        known = sum(places.knows(text) for text in down) >= _SHARE * len(down)
        shared = len(down & {fold(header) for header in across})
        if len(across) < _LEAST or len(across) < _SHARE * len(figures) or not down:
            continue
        if known or shared >= _SHARE * min(len(down), len(across)):
            first = normal(label).split()[:1]
            return _Sides(label, tuple(across), bool(_TO.intersection(first)))
    return None


def _is_place(header: str, places: Places) -> bool:
    """Whether a header names a place, and no column of ours."""
    return not known_as(header, "legs") and not unit_in(header) and places.knows(header)
