"""Of several columns of dates, which is the earlier in most rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from geo.errors import GeoError
from geo.evidence.intake.sheet import Sheet
from geo.evidence.words.date_forms import decide
from geo.evidence.words.dates import read_date

ROWS = 200
"""So many rows, spread evenly over the sheet, are compared."""


def earlier_first(sheet: Sheet, headers: Sequence[str]) -> list[str]:
    """The headers, those first whose dates are earlier in more of the compared rows; else in the order given."""
    if len(headers) < 2 or not len(sheet):
        return list(headers)
    rows = np.unique(np.linspace(0, len(sheet) - 1, ROWS).astype(np.int64))
    read = {header: _read(sheet.columns[header].take(rows).to_pylist()) for header in headers}

    def wins(header: str) -> int:
        others = [read[other] for other in headers if other != header]
        return sum(
            (mine < theirs) - (mine > theirs)
            for other in others
            for mine, theirs in zip(read[header], other, strict=True)
            if mine is not None and theirs is not None
        )

    return sorted(headers, key=wins, reverse=True)


def _read(texts: list[str]) -> list[datetime | None]:
    form = decide(sorted(set(texts))).form
    known: dict[str, datetime | None] = {}
    for text in dict.fromkeys(texts):
        try:
            known[text] = read_date(text, form=form).start
        except GeoError:
            known[text] = None
    return [known[text] for text in texts]
