"""Rows of a table that are no data: tags of the Humanitarian Exchange Language, and footers that name the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from geo.files.column_builder import compact
from geo.sheet import Broken, Sheet

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE | re.ASCII)
_FIRST, _LAST = 3, 20
"""So many rows from the beginning may be tags, and from the end footers."""
_FOOTER = re.compile(
    r"\s*(?:sources?|notes?|footnotes?|data source|compiled by|prepared by|remarks?|disclaimer|источники?|"
    r"примечани[ея]|quellen?|anmerkung|fuentes?|nota|출처|来源|资料来源|出典|المصدر)\s*[:：.]|\s*©|\s*\*+\s*\S.*\s",
    re.IGNORECASE,
)
TAGS = ("a row of HXL tags is not data", "It says what the columns are (hxlstandard.org). Nothing needs to be done.")
FOOTER = ("a footer is not data", "It says where the figures are from, or what they mean. Nothing needs to be done.")


def without(sheet: Sheet) -> Sheet:
    """The sheet with such rows set aside, each with its reason."""
    rows = len(sheet)
    aside: dict[int, tuple[str, str]] = {}
    for row in range(min(_FIRST, rows)):
        if _is_tags(_cells(sheet, row)):
            aside[row] = TAGS
    for row in range(rows - 1, max(rows - _LAST, -1), -1):
        if row in aside or not _is_footer(_cells(sheet, row)):
            break
        aside[row] = FOOTER
    if not aside:
        return sheet
    broken = [Broken(int(sheet.lines[row]), _cells(sheet, row), *aside[row], whole=True) for row in aside]
    kept = np.ones(rows, bool)
    kept[list(aside)] = False
    return replace(
        sheet,
        columns={name: compact(column.filter(pa.array(kept))) for name, column in sheet.columns.items()},
        lines=sheet.lines[kept],
        broken=tuple(sorted([*sheet.broken, *broken], key=lambda each: each.line)),
    )


def _cells(sheet: Sheet, row: int) -> tuple[str, ...]:
    return tuple(column[row].as_py() for column in sheet.columns.values())


def _is_tags(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return 2 * len(filled) >= len(cells) and bool(filled) and all(_TAG.fullmatch(cell) for cell in filled)


def _is_footer(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(cells) > 2 and len(filled) == 1 and cells[0] == filled[0] and _FOOTER.match(cells[0]) is not None
