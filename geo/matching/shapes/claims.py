"""Reports of a sum that give the day they were made and no period: each says how many there had been by that day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from geo.errors import DialectError
from geo.matching.shapes.rows import beside, cells, coded, listed, made
from geo.matching.shapes.shape import Shape
from geo.matching.synonyms import known_as
from geo.sheet import Sheet

NAME = "claims"
OFFER = "Take each as a total by the day it was reported"
RULE = (
    "As a total, each row is all that its source says had moved by that day, since an unknown start; totals overlap "
    "and are never added up. Where a report means a period of its own, such as September alone, or a voyage whose day "
    "is known, add a column “window” or “depart” and fill it in."
)
_NEEDED = frozenset({"origin", "destination", "quantity", "said_on"})


def claims(sheet: Sheet, totals: Mapping[str, str], lacking: Collection[str]) -> Shape | None:
    """What such a table is; None where it is none.

    totals: header -> column of ours, if its rows are totals. lacking: required columns that nothing then fills.
    """
    said = _said_on(sheet)
    if not said or totals.get(said) != "said_on" or "window" not in lacking or not set(totals.values()) >= _NEEDED:
        return None
    what = f"Each row has the day on which it was reported, {listed([said])}, and none on which anything moved."
    return Shape(NAME, what, RULE, OFFER)


def totals_of_claims(sheet: Sheet) -> Sheet:
    """The rows with a window: "by" the day of each. Raises DialectError."""
    said = _said_on(sheet)
    if not said:
        raise DialectError("shape", NAME, "the file has no column that is called the day of a report")
    columns = {name: sheet.columns[header] for header, name in beside(sheet, (), ("window",)).items()}
    columns["window"] = coded(f"by {day}" if day else "" for day in cells(sheet, said).tolist())
    return made(sheet, columns, sheet.lines, {}, RULE)


def _said_on(sheet: Sheet) -> str:
    """The one column that is called the day of a report; "" where there is none, or more than one."""
    found = [
        header for header in sheet.header if any(known.column == "said_on" for known in known_as(header, "totals")[:1])
    ]
    return found[0] if len(found) == 1 else ""
