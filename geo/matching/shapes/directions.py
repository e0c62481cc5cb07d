"""Imports and exports beside the two ends of a leg: which way a row goes, and whether it is a sum of both."""

from __future__ import annotations

from geo.matching.shapes.rows import cells, folded, listed
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.trade import EXPORT, IMPORT, direction_column, said_of
from geo.matching.synonyms import known_as
from geo.parsing.total_words import is_total_word
from geo.sheet import Sheet

NAME = "directions"
RULE = (
    "If origin and destination are right as they stand in each row, whatever the direction says, leave that column out "
    "of the file, with the rows of totals, or use --kind legs. If one end is always the reporting port and the other "
    "its partner, call them Port and Partner: then the direction says which way a row goes."
)


def directions(sheet: Sheet) -> Shape | None:
    """What a table of legs is whose imports and exports leave the same place, or that has sums of both; else None."""
    flow = direction_column(sheet)
    ends = [_end(sheet, end) for end in ("origin", "destination")]
    if not flow or not all(ends):
        return None
    texts = cells(sheet, flow).tolist()
    if total := next((text for text in texts if is_total_word(text)), ""):
        what = (
            f"Rows whose {listed([flow])} is “{total}” are the sum of imports and exports that have rows of their own."
        )
        return Shape(NAME, what, RULE)
    said = [said_of(flow, text) for text in texts]
    for header in ends:
        there = {
            way: {place for place, each in zip(folded(sheet, header), said, strict=True) if each == way} for way in WAYS
        }
        if there[IMPORT] & there[EXPORT]:
            what = (
                f"{listed([flow])} has imports and exports, but {listed(ends)} go the same way in both: a place stands "
                f"under {listed([header])} in either."
            )
            return Shape(NAME, what, RULE)
    return None


WAYS = (IMPORT, EXPORT)


def _end(sheet: Sheet, end: str) -> str:
    return next((each for each in sheet.header if any(k.column == end for k in known_as(each, "legs")[:1])), "")
