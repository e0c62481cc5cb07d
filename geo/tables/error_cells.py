"""Cells in which a spreadsheet says that its formula failed ("#REF!"): no value of any kind, and told as that."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from geo.arrays import Mask
from geo.tables.validator import Sieve

COLUMNS = ("origin", "destination", "containers", "quantity")
_ERROR = (
    r"^\s*(?:Err:[0-9]{3}|#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|GETTING_DATA|NV|BEZUG!|"
    r"WERT!|ZAHL!|Н/Д|ССЫЛКА!|ЗНАЧ!|ДЕЛ/0!|ИМЯ\?|ЧИСЛО!|VALEUR!|NOMBRE!|¡REF!|¡VALOR!|¡DIV/0!))\s*$"
)
MESSAGE = (
    "an error of a spreadsheet is no value",
    "A formula could not be worked out there. Mend it in the spreadsheet, or write the value.",
)


def bar(sieve: Sieve) -> dict[str, Mask]:
    """Keeps rows with such a cell in one of `COLUMNS` from what is made of the others: our column -> rows."""
    found: dict[str, Mask] = {}
    for column in COLUMNS:
        if column in sieve.headers:
            cells = sieve.distinct(column)
            hits = pc.match_substring_regex(cells.values, _ERROR, ignore_case=True).to_numpy(zero_copy_only=False)
            if hits.any():
                found[column] = np.asarray(hits)[cells.codes]
                sieve.bad |= found[column]
    return found


def refuse(sieve: Sieve, found: dict[str, Mask]) -> None:
    """Sets them aside, each for its cell alone."""
    for rows in found.values():
        sieve.pardon(rows)
    for column, rows in found.items():
        sieve.find(rows, column, MESSAGE)


def is_error(text: str) -> bool:
    """Whether a text is such a cell."""
    begins = text.lstrip()[:1] in ("#", "E", "e")
    return begins and bool(pc.match_substring_regex([text], _ERROR, ignore_case=True)[0].as_py())
