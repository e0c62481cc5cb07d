"""Rows that repeat the sum of the rows above them: "Total", "Итого", "합계". Counting them would count all twice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_MARKED = 100_000
"""So many marked rows are compared. A file with more has no totals in it; it has a wrong column."""
ROUNDING = 1e-9
"""Sums that agree to this share are equal: float64 keeps 16 figures, and a million additions cost a few of them."""
LONGEST_WORD = 80
"""A cell with more characters is a remark, not the word "total"."""


def _fold(text: str) -> str:
    """Letters and figures in lower case, without accents, words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[^\W_]+", kept))


TOTAL_WORDS = frozenset(
    map(
        _fold,
        (
            *("total", "totals", "sum", "sum total", "subtotal", "sub-total", "grand total", "overall"),
            *("итого", "всего", "итог", "общий итог", "промежуточный итог", "сумма"),
            *("합계", "총계", "소계", "총합계", "총합", "누계"),
            *("合计", "总计", "小计", "总和", "共计", "累计"),
            *("合計", "総計", "小計", "総合計", "總計", "累計"),
            *("summe", "gesamt", "gesamtsumme", "insgesamt", "zwischensumme", "gesamtergebnis"),
            *("total général", "sous-total", "somme", "total global"),
            *("suma", "suma total", "subtotales", "total general", "totales"),
        ),
    )
)
"""What a total is called in English, Russian, Korean, Chinese, Japanese, German, French and Spanish, folded."""


def is_total_word(text: str) -> bool:
    """Whether a cell says "total": the word alone, or first or last: "Total:", "TOTAL 2023", "September total"."""
    if len(text) > LONGEST_WORD or (text.isascii() and text.upper() == text.lower()):  # too long, or without a letter
        return False
    words = _fold(text).split()
    ends = (" ".join(part) for size in (1, 2, 3) for part in (words[:size], words[-size:]))
    return any(end in TOTAL_WORDS for end in ends)


@dataclass(slots=True)
class _Above:
    """The rows above one row: how many are not totals, their sum, and the same without rows that are marked."""

    rows: int
    whole: float
    unmarked: float


def sums_of_above(marked: NDArray[np.bool_], numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Marked rows whose number is the sum of the rows above: since the last such row (subtotals), or since the start.

    marked: rows with a total word, or without any place. numbers: n figures, NaN where there is none, which adds
    nothing. Rows that are found to be totals are never added; a marked row that is no total may be or not.
    """
    found = np.zeros(len(numbers), bool)
    plain = np.nan_to_num(numbers, nan=0.0, posinf=0.0, neginf=0.0)
    whole, unmarked = np.cumsum(plain), np.cumsum(np.where(marked, 0.0, plain))
    start, since = _Above(0, 0.0, 0.0), _Above(0, 0.0, 0.0)
    totals, total_sum = 0, 0.0
    for row in np.flatnonzero(marked)[:MOST_MARKED].tolist():
        number = float(plain[row])
        here = _Above(row - totals, whole[row] - number - total_sum, unmarked[row])
        if np.isfinite(numbers[row]) and (_is_sum(number, here, since) or _is_sum(number, here, start)):
            found[row] = True
            totals, total_sum = totals + 1, total_sum + number
            since = _Above(here.rows, here.whole, here.unmarked)
    return found


def _is_sum(number: float, here: _Above, since: _Above) -> bool:
    sums = (here.whole - since.whole, here.unmarked - since.unmarked)
    tolerance = ROUNDING * max(abs(here.whole), abs(number), 1.0)
    return here.rows > since.rows and any(abs(number - each) <= tolerance for each in sums)
