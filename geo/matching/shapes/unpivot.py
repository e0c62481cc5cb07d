"""Columns of figures under headers that are values themselves -> one row a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from geo.arrays import Mask, Texts
from geo.errors import TooLarge
from geo.matching.shapes.rows import cells, coded, each_text, made, taken
from geo.matching.traits import sample
from geo.parsing.plain_text import NO_VALUE
from geo.parsing.quantity import is_like_quantity
from geo.parsing.total_words import is_total_word
from geo.sheet import Sheet

MOST = 20_000_000
"""Cells that become rows of their own at most."""
_ZERO = re.compile(r"[-+]?0+(?:[.,]0+)?")
NO_FIGURE = (
    "a row of this table has a figure",
    "All of its figures are empty or zero, so that it tells of no movement. Nothing needs to be done.",
)
TOTAL_ROW = (
    "a total row is not data",
    "Its figures stand for those of other rows, so they are not counted again. Nothing needs to be done.",
)


def is_figures(sheet: Sheet, header: str) -> bool:
    """Whether a column holds figures, or nothing."""
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    return all(any(map(str.isdigit, text)) and is_like_quantity(text) for text in texts)


def unpivoted(
    sheet: Sheet,
    kept: Mapping[str, str],
    labels: Mapping[str, str],
    names: tuple[str, str],
    why: str,
) -> Sheet:
    """One row for each figure that is neither empty nor zero, on the line that it stands in.

    kept: header -> its name, of the columns that stay. labels: header -> what it says. names: of the column of these
    labels and of that of the figures. Rows without any figure, and rows of totals, are set aside. Raises TooLarge.
    """
    if len(sheet) * len(labels) > MOST:
        raise TooLarge(sheet.file, "the figures of its columns", f"{len(sheet) * len(labels):,}", f"{MOST:,}")
    figures = np.stack([cells(sheet, header) for header in labels], axis=1)
    told = _told(figures)
    none = np.flatnonzero(~told.any(axis=1))
    totals = np.flatnonzero(told.any(axis=1) & _says_total(sheet, kept))
    told[totals] = False
    at, of = np.nonzero(told)
    rows = np.concatenate([at, none, totals])
    more = [""] * (len(none) + len(totals))
    says = np.array([*labels.values(), ""], object)
    columns: dict[str, pa.DictionaryArray] = {name: taken(sheet.columns[header], rows) for header, name in kept.items()}
    columns[names[0]] = coded([*says[of], *more])
    columns[names[1]] = coded([*figures[at, of], *more])
    aside = dict.fromkeys(range(len(at), len(rows)), TOTAL_ROW) | dict.fromkeys(
        range(len(at), len(at) + len(none)), NO_FIGURE
    )
    return made(sheet, columns, sheet.lines[rows], aside, why)


def _says_total(sheet: Sheet, headers: Iterable[str]) -> Mask:
    """Rows that say "total" in one of these columns."""
    found = np.zeros(len(sheet), bool)
    for header in headers:
        found |= each_text(sheet, header, is_total_word).astype(bool)
    return found


def _told(figures: Texts) -> Mask:
    """Which of n × m cells hold a figure that is no zero."""
    distinct, codes = np.unique(figures.astype(str), return_inverse=True)
    is_none = [not text or text.lower() in NO_VALUE or _ZERO.fullmatch(text) is not None for text in distinct.tolist()]
    return ~np.array(is_none, bool)[codes].reshape(figures.shape)


def without_totals(headers: Sequence[str], words: frozenset[str]) -> list[str]:
    """The headers that do not say that they are the sum of the others."""
    return [header for header in headers if words.isdisjoint(re.findall(r"[^\W\d_]+", header.casefold()))]


TOTALS = frozenset(
    (
        "total",
        "totals",
        "sum",
        "subtotal",
        "overall",
        "all",
        "итого",
        "всего",
        "gesamt",
        "summe",
        "合計",
        "合计",
        "합계",
    )
)
"""Words of a header under which the sum of other columns stands."""
