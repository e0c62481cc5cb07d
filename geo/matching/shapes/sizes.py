"""Containers counted by their size, 20, 40 and 45 feet -> one count in TEU."""

from __future__ import annotations

import re

import numpy as np

from geo.errors import DialectError
from geo.matching.shapes.rows import beside, coded, each_text, listed, made
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.unpivot import is_figures
from geo.parsing.plain_text import NO_VALUE, plain_figures
from geo.sheet import Sheet

NAME = "sizes"
OFFER = "Count 20-foot containers once and longer ones twice, in TEU"
RULE = (
    "A container of 20 feet is counted as 1 TEU and one of 40 feet as 2, which is how TEU are defined; one of 45 feet "
    "counts as 2 as well, and an empty cell is none. Rows in which such a count is no whole number are listed. To "
    "count boxes instead, sum them in the file."
)
_SIZE = re.compile(
    r"(?:.*\D)?(20|40|45)\s*(?:'|’|′|ft|feet|foot|f|[gdrs][pvcefht]|h[cqr]|o[tp]|f[rl]|t[kc]|pl|footers?)?\.?"
    r"(?:\W.*|\s*s)?",
    re.IGNORECASE,
)
"""A header of containers of one size and any type: "20ft", "40HC", "No. of 40' reefers"."""
_TEU = {"20": 1, "40": 2, "45": 2}
_SUM = re.compile(r"\b(?:total|sum|all|всего|итого|合計|合计|합계|gesamt|insgesamt)\b", re.IGNORECASE)
"""Words of a column that counts what other columns have counted already."""
NO_COUNT = (
    "a count of containers of one size is a whole number",
    "Write it in plain digits, or give the sum in the column TEU.",
)


def sizes(sheet: Sheet) -> Shape | None:
    """What such a table is; None where its columns do not count 20-foot containers and longer ones apart."""
    found = _columns(sheet)
    if found is None:
        return None
    what = f"Containers are counted by size: {listed(list(found))} are of {_listed_sizes(found)} feet."
    return Shape(NAME, what, RULE, OFFER)


def in_teu(sheet: Sheet) -> Sheet:
    """The rows with their count in TEU. Raises DialectError."""
    found = _columns(sheet)
    if found is None:
        raise DialectError("shape", NAME, "the file has no columns of 20-foot and of longer containers")
    sums = np.zeros(len(sheet), np.int64)
    wrong, told = np.zeros(len(sheet), bool), np.zeros(len(sheet), bool)
    for header, size in found.items():
        counts = each_text(sheet, header, _count).astype(np.int64)
        wrong |= counts < 0
        told |= each_text(sheet, header, bool).astype(bool)
        sums += np.maximum(counts, 0) * _TEU[size]
    columns = {name: sheet.columns[header] for header, name in beside(sheet, (), ("TEU",)).items()}
    columns["TEU"] = coded(
        str(each) if is_told and not is_wrong else ""
        for each, is_told, is_wrong in zip(sums.tolist(), told.tolist(), wrong.tolist(), strict=True)
    )
    return made(sheet, columns, sheet.lines, dict.fromkeys(np.flatnonzero(wrong).tolist(), NO_COUNT), RULE)


def _columns(sheet: Sheet) -> dict[str, str] | None:
    """Header -> size; None where not both 20-foot containers and longer ones are counted, or some of them twice."""
    sized = {header: match[1] for header in sheet.header if (match := _SIZE.fullmatch(header.strip()))}
    found = {header: size for header, size in sized.items() if is_figures(sheet, header)}
    sizes = list(found.values())
    summed = any(_SUM.search(header) and sizes.count(size) > 1 for header, size in found.items())
    return found if "20" in sizes and len(set(sizes)) > 1 and not summed else None


def _listed_sizes(found: dict[str, str]) -> str:
    *others, last = sorted(set(found.values()))
    return f"{', '.join(others)} and {last}"


def _count(text: str) -> int:
    """A count, 0 where there is none, -1 for what is no whole number."""
    figures = re.sub(r"(?<=[0-9])[ ,](?=[0-9]{3}\b)", "", plain_figures(text))
    if not text or text.casefold() in NO_VALUE:
        return 0
    return int(figures) if re.fullmatch(r"[0-9]{1,9}", figures) else -1
