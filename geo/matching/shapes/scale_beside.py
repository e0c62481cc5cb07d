"""Thousands that only a title, a note or what describes a file says: nobody can tell of which figures it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.matching.count_units import count_header
from geo.matching.mapping import ColumnMap
from geo.matching.score import shown
from geo.matching.shapes.rows import listed
from geo.matching.shapes.shape import Shape
from geo.matching.synonyms import unit_in
from geo.parsing.scales import multiplier, scale_name, scaled, scales_in
from geo.parsing.units import is_unit, unit_name
from geo.sheet import BOOKS, Sheet

NAME = "scale-beside"
LAST = 20
"""So many rows from the end may be notes."""
LONGEST = 300
"""A longer text is prose."""
LONGEST_SHOWN = 80
_STATED = re.compile(
    r"(?:[(\[{:：]|\b(?:in|en|em|dans|units?|unité|unidad|einheit|в|ед|единица измерения|"
    r"单位|單位|単位|단위)\b[.:：]?)\s*$"
)
"""What stands before a scale that a text states for its figures."""
_PART = re.compile(r"(?:^|[,;*–—-])\s*$")
"""And what may, if a unit follows."""
_UNIT_BEHIND = re.compile(r"[\s)\]-]*(?:of |de |d')?((?:(?:us|metric) )?[^\W\d_]+|[$€£₽₩])")


def scale_beside(sheet: Sheet, mapping: ColumnMap) -> Shape | None:
    """What asks whether the figures of a table are thousands; None where nothing beside it says so, or its names do."""
    count = count_header(mapping)
    units = _units(sheet, mapping)
    if not count or multiplier(count) != 1 or any(scaled(unit)[0] for unit in units):
        return None
    known = {unit_name(unit) for unit in units if is_unit(unit)}
    for text in _beside(sheet):
        scale, unit = stated_scale(text)
        if scale and not (unit and known and unit not in known):
            return _asked(count, text, scale, next(iter(units), "") or unit)
    return None


def _asked(count: str, text: str, scale: str, unit: str) -> Shape:
    plain = unit or "tonne"
    told = f"“{shown(text.strip(), LONGEST_SHOWN)}” beside the table says that figures are in {scale}s"
    rule = (
        f"Say what is meant: write it into the name of the column, or state the unit of every row with the kind, "
        f'such as --kind legs --yes --set unit="{scale} {plain}", or --set unit="{plain}" if the figures are in full.'
    )
    return Shape(NAME, f"{told}, and {listed([count])} does not say so itself.", rule)


def stated_scale(text: str) -> tuple[str, str]:
    """The scale that a text states for figures beside it, and the unit it says with it: ("thousand", "teu"), or "".

    A number of things is none: "2 million containers", "thousands of shells".
    """
    if len(text) > LONGEST:
        return "", ""
    plain, found = scales_in(text)
    for each in found:
        before, rest = plain[: each.begins], plain[each.ends :].lstrip()
        behind = _UNIT_BEHIND.match(rest)
        unit = unit_name(behind[1]) if behind and is_unit(behind[1]) else ""
        stated = _STATED.search(before) and (unit or not rest.strip(" .'’*") or rest[0] in ",;)]}")
        if stated or (unit and not rest.startswith("of ") and _PART.search(before)):
            return scale_name(each.number), unit
    return "", ""


def _units(sheet: Sheet, mapping: ColumnMap) -> list[str]:
    """All that is said to be the unit of the count of a table."""
    if header := next((header for header, column in mapping.columns.items() if column == "unit"), ""):
        return [text.strip() for text in sheet.columns[header].dictionary.to_pylist() if text.strip()]
    return [unit for unit in (mapping.fixed.get("unit", "") or unit_in(count_header(mapping)),) if unit]


def _beside(sheet: Sheet) -> Iterator[str]:
    """What stands above a table and below it, and the name of its sheet."""
    yield from sheet.preamble
    if sheet.dialect.form in BOOKS:
        yield sheet.dialect.sheet
    yield from (_only([*each.cells]) for each in sheet.broken)
    for row in range(max(len(sheet) - LAST, 0), len(sheet)):
        yield _only([column[row].as_py() for column in sheet.columns.values()])


def _only(cells: list[str]) -> str:
    """The one cell of a row that has text; "" where there are more."""
    filled = [cell for cell in cells if cell.strip()]
    return filled[0] if len(filled) == 1 else ""
