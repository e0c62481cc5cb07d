"""Stretches of time as the cells of a table name them, which of them contain others, and whose rows they are of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.arrays import Ints, Times
from geo.errors import VagueError
from geo.matching.shapes.rows import folded
from geo.matching.spellings import WEAK
from geo.matching.synonyms import COUNTED, known_as, words_of
from geo.parsing.windows import read_ends
from geo.sheet import Sheet

Span = tuple[datetime, datetime]
"""Start and exclusive end."""
ANY_YEAR = 2001
"""Of two stretches without a year ("Jan", "Q1") this one tells which contains which."""
_PERIODS = frozenset(
    ("period", "periods", "window", "week", "month", "quarter", "year", "season", "timeframe", "frame", "dates", "span")
)
_BY_FREQUENCY = frozenset(("frequency", "freq", "granularity", "periodicity", "aggregation", "interval", "resolution"))
"""Words of a column that says how long a period is: a quarter contains its months all the same."""
_SAYS_NOTHING = frozenset(
    (
        *("containers", "quantity", "containers_low", "containers_best", "containers_high", "low", "best", "high"),
        *("depart", "arrive", "window", "start", "end", "said_on", "outlet", "words", "note", "url", "accessed"),
        *("grade", "reliability", "credibility", "id", "running", "part_of", "nature"),
    )
)
"""Our columns that tell no two movements apart."""


def span(text: str) -> Span | None:
    """Start and end of a stretch of time in words; None where they are none."""
    for words in (text, f"{text} {ANY_YEAR}"):
        try:
            first, last = read_ends(words, "day first")
        except VagueError:
            continue
        return first.start, last.end
    return None


def is_period_name(header: str) -> bool:
    """Whether a header is called a period, and no departure."""
    named = any(each.column == "window" and each.strength > WEAK for each in known_as(header, "totals")[:1])
    return named or not _PERIODS.isdisjoint(words_of(header))


def groups(sheet: Sheet, period: str, but: Collection[str] = ()) -> Ints:
    """A number for each row: rows with one number differ in nothing that tells movements apart, but their period.

    but: headers that are left out, too.
    """
    number = np.zeros(len(sheet), np.int64)
    for header in sheet.header:
        if header != period and header not in but and _tells_apart(sheet, header):
            codes, texts = pd.factorize(folded(sheet, header))
            number, _ = pd.factorize(number * max(1, len(texts)) + codes)
    return number.astype(np.int64)


def _tells_apart(sheet: Sheet, header: str) -> bool:
    """Whether a column says what moved where: all but figures, dates, and what is said about the report."""
    ours = [each for kind in ("legs", "totals") for each in known_as(header, kind)[:1]]
    if ours:
        return all(each.column not in (*_SAYS_NOTHING, *COUNTED) for each in ours)
    if not _BY_FREQUENCY.isdisjoint(words_of(header)):
        return False
    return 2 * len(sheet.columns[header].dictionary) <= len(sheet)  # a text of its own in each row is a remark


def containers(group: Ints, start: Times, end: Times) -> NDArray[np.int64]:
    """For each row a row of its group whose period strictly contains its own; -1 where there is none.

    Rows without a period (NaT) are in none and contain none.
    """
    frame = pd.DataFrame({"group": group, "start": start, "end": end})
    frame = frame[frame["start"].notna() & frame["end"].notna()]
    distinct = frame.drop_duplicates().sort_values(["group", "start", "end"], ascending=[True, True, False])
    widest = distinct["end"].groupby(distinct["group"]).cummax()
    before = widest.groupby(distinct["group"]).shift()
    widens = (before.isna() | (distinct["end"] > before)).to_numpy(bool)
    at = np.maximum.accumulate(np.where(widens, np.arange(len(distinct)), 0))
    holder = np.where(widens, -1, distinct.index.to_numpy()[at]) if len(distinct) else np.zeros(0, np.int64)
    told = distinct.assign(holder=holder)
    found = np.full(len(group), -1, np.int64)
    joined = frame.reset_index(names="row").merge(told, on=["group", "start", "end"])
    found[joined["row"].to_numpy(np.int64)] = joined["holder"].to_numpy(np.int64)
    return found
