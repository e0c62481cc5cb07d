"""One file that holds two tables, side by side or one below the other: named, since a row is of one of them alone."""

from __future__ import annotations

import re

import numpy as np
import pyarrow.compute as pc

from geo.gazetteer.places import fold
from geo.matching.mapping import OURS, header_key, missing, own_map
from geo.matching.shapes.positions import degrees_of
from geo.matching.shapes.rows import cells, listed
from geo.matching.shapes.shape import Shape
from geo.matching.synonyms import is_nameless, known_as
from geo.sheet import Sheet

NAME = "two-tables"
RULE = (
    "Save each table as a file of its own and load both; places first, so that the others find them. Nothing of the "
    "file is taken for anything until then."
)
_NAMES = 3
"""So many names of columns in a row, and nothing else, begin a table."""
_ENDS = ("origin", "destination")
_SIDES = ((0, "first"), (1, "second"))
_WORDY = "^[^0-9]{2,60}$"
RULE_OF_TWO = (
    "Save each table as a file of its own and load both. Nothing of the file is taken for anything until then, since "
    "one of the two would be left out."
)
_KNOWN = {header_key(column.name) for columns in OURS.values() for column in columns}


def two_tables(sheet: Sheet) -> Shape | None:
    """What a file is in whose rows two tables stand side by side; None where it is none."""
    return _side_by_side(sheet) or _twice(sheet)


def _side_by_side(sheet: Sheet) -> Shape | None:
    """Legs with two named ends, and places with a name of their own that the ends do not have in the same row."""
    spot = degrees_of(sheet)
    ends = _ends(sheet) if spot else []
    if len(ends) < len(_ENDS):
        return None
    names = [
        header
        for header in sheet.header[max(map(sheet.header.index, ends)) + 1 :]
        if header not in spot and any(known.column in ("code", "name") for known in known_as(header, "places")[:1])
    ]
    apart = any(is_nameless(header) and not any(cells(sheet, header)) for header in sheet.header)
    if not names or not (apart or _names_ends(sheet, names, ends)):
        return None
    told = f"{listed(ends)} are the ends of legs, {listed([*names[:1], *spot])} those of places"
    return Shape(
        NAME, f"Two tables stand side by side: {told}, and a row of one has nothing to do with the other.", RULE
    )


def _ends(sheet: Sheet) -> list[str]:
    """The headers that are names of the ends of legs before all else."""
    best = {header: known_as(header, "legs")[:1] for header in sheet.header}
    found = (next((h for h, known in best.items() if known and known[0].column == column), "") for column in _ENDS)
    return list(filter(None, found))


def _names_ends(sheet: Sheet, names: list[str], ends: list[str]) -> bool:
    """Whether the places are those of the ends, but not of the ends in their own row."""
    rows_of = [
        [set(map(fold, row)) - {""} for row in zip(*(cells(sheet, header) for header in columns), strict=True)]
        for columns in (names, ends)
    ]
    told, used = (set().union(*rows) for rows in rows_of)
    of_its_row = all(place & going for place, going in zip(*rows_of, strict=True) if place)
    return bool(told & used) and not of_its_row


def below(sheet: Sheet) -> Shape | None:
    """A row of names of columns among the rows: those of another kind, or others for both ends of a leg."""
    for row in _rows_of_names(sheet):
        texts = [text for header in sheet.header if (text := str(cells(sheet, header)[row]))]
        own = all(header_key(text) in _KNOWN for text in texts) and set(texts).isdisjoint(sheet.header)
        if (own and _is_table(texts)) or _begins_legs(texts):
            line = int(sheet.lines[row])
            what = f"Two tables stand one below the other: from line {line} on the columns are {listed(texts)}."
            return Shape(NAME, what, RULE)
    return None


def _rows_of_names(sheet: Sheet) -> list[int]:
    """The rows in which at least `_NAMES` cells are names of columns."""
    names = np.zeros(len(sheet), np.int64)
    for column in sheet.columns.values():
        wordy = pc.match_substring_regex(column.dictionary, _WORDY).to_numpy(zero_copy_only=False)
        known = np.zeros(len(column.dictionary), bool)
        for at in np.flatnonzero(wordy).tolist():
            known[at] = _is_name(column.dictionary[at].as_py())
        if known.any():
            names += known[column.indices.to_numpy()]
    return np.flatnonzero(names >= _NAMES).tolist()


def _is_name(text: str) -> bool:
    return header_key(text) in _KNOWN or any(known_as(text, kind) for kind in ("legs", "totals"))


def _begins_legs(texts: list[str]) -> bool:
    """Whether most of these are names of a leg's columns, both ends and another one among them."""
    named = [known[0].column for text in texts if (known := known_as(text, "legs"))]
    return set(named) >= set(_ENDS) and len(set(named)) >= _NAMES and 3 * len(named) >= 2 * len(texts)


def _is_table(names: list[str]) -> bool:
    """Whether these are all the columns that one of our kinds of table needs."""
    return any(not missing(own_map(names, kind)) for kind in OURS)


def _twice(sheet: Sheet) -> Shape | None:
    """Both ends of a leg and more of it twice under the same names: "From, To, TEU" beside "From, To, TEU"."""
    lower = sheet.lower or sheet.header
    named: dict[str, list[str]] = {}
    for header, part in zip(sheet.header, lower, strict=True):
        named.setdefault(header_key(re.sub(r" \([0-9]+\)$", "", part)), []).append(header)
    again = {key: headers for key, headers in named.items() if len(headers) > 1}
    ends = {known[0].column: headers for key, headers in again.items() if (known := known_as(key, "legs"))}
    if not ends.keys() >= set(_ENDS) or len(ends) < _NAMES:
        return None
    sides = " and ".join(f"{listed([ends[end][side] for end in _ENDS])} of the {nth}" for side, nth in _SIDES)
    what = f"Two tables of legs stand side by side: {sides} are ends, and one row holds a leg of each."
    return Shape(NAME, what, RULE_OF_TWO)
