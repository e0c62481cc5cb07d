"""Two columns that name one place in every row, such as a port and its country, are no two ends of a leg."""

from __future__ import annotations

from collections.abc import Mapping

from geo.gazetteer.places import Places, fold
from geo.matching.score import Fit
from geo.matching.traits import spread_rows
from geo.sheet import Sheet


def of_one_place(sheet: Sheet, columns: Mapping[str, str], taken: Mapping[str, Fit], places: Places) -> set[str]:
    """The headers of both ends, where they name one place in every row and not both are ends by their names."""
    ends = {column: header for header, column in columns.items() if column in ("origin", "destination")}
    fits = [taken.get(header) for header in ends.values()]
    if len(ends) < 2 or all(fit is not None and fit.strength for fit in fits):
        return set()
    pairs = _pairs(sheet, ends["origin"], ends["destination"])
    return set(ends.values()) if pairs and all(_is_one(first, second, places) for first, second in pairs) else set()


def _pairs(sheet: Sheet, first: str, second: str) -> set[tuple[str, str]]:
    rows = spread_rows(sheet)
    texts = (sheet.columns[header].take(rows).to_pylist() for header in (first, second))
    return {(a.strip(), b.strip()) for a, b in zip(*texts, strict=True) if a.strip() and b.strip()}


def _is_one(first: str, second: str, places: Places) -> bool:
    """Whether two spellings name one place, or a place and the country that it lies in."""
    if fold(first) == fold(second):
        return True
    codes = [places.find(text).place for text in (first, second)]
    if codes[0] is None or codes[1] is None:
        return False
    a, b = codes[0], codes[1]
    within = (places.is_country(y) and places.fact(x).country == y for x, y in ((a, b), (b, a)))
    return a == b or any(within)
