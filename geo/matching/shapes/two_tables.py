"""One file that holds two tables, side by side or one below the other: named, since a row is of one of them alone."""

from __future__ import annotations

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
_KNOWN = {header_key(column.name) for columns in OURS.values() for column in columns}


def two_tables(sheet: Sheet) -> Shape | None:
    """What such a file is; None where it holds one table."""
    return _side_by_side(sheet) or _below(sheet)


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


def _below(sheet: Sheet) -> Shape | None:
    """A row of names of another kind's columns, and nothing else."""
    first = cells(sheet, sheet.header[0])
    for row in range(len(sheet)):
        if header_key(str(first[row])) not in _KNOWN:
            continue
        texts = [text for header in sheet.header if (text := str(cells(sheet, header)[row]))]
        named = all(header_key(text) in _KNOWN for text in texts)
        if len(texts) >= _NAMES and named and set(texts).isdisjoint(sheet.header) and _is_table(texts):
            line = int(sheet.lines[row])
            what = f"Two tables stand one below the other: from line {line} on the columns are {listed(texts)}."
            return Shape(NAME, what, RULE)
    return None


def _is_table(names: list[str]) -> bool:
    """Whether these are all the columns that one of our kinds of table needs."""
    return any(not missing(own_map(names, kind)) for kind in OURS)
