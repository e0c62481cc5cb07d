"""What a total is called in ten languages, in a cell that is no place but a sum."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 80
"""A cell with more characters is a remark, not the word "total"."""


def folded(text: str) -> str:
    """Letters and figures in lower case, without accents, words parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[^\W_]+", kept))


TOTAL_WORDS = frozenset(
    map(
        folded,
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
    words = folded(text).split()
    ends = (" ".join(part) for size in (1, 2, 3) for part in (words[:size], words[-size:]))
    return any(end in TOTAL_WORDS for end in ends)
