"""Rows of one route whose periods contain one another: warned of, since a sum would count again beside its parts."""

from __future__ import annotations

import numpy as np

from geo.arrays import ONE_DAY, Ints
from geo.matching.shapes.periods import containers, groups, is_period_name
from geo.tables.date_columns import Spans
from geo.tables.validator import Sieve

RULE = "a row is a shipment of its own, and no sum of other rows"
HINT = (
    "If it is a sum or a running total, leave it out, or load such rows as totals. If both moved by themselves, "
    "nothing needs to be done."
)
MOST_LINES = 100
"""So many rows are told beside which line they lie; more are named without it."""
_MONTH = np.timedelta64(28, "D")


def warn_of_nested(sieve: Sieve, depart: Spans) -> None:
    """Warns of rows whose period of departure contains that of another row that differs in nothing else.

    Below a header that says departure, parts shorter than a month are vague days of voyages, and stand beside a month.
    """
    if "arrive" in sieve or "sum_of" in sieve or not len(sieve):
        return
    header = sieve.headers.get("depart", "")
    least = np.timedelta64(ONE_DAY) if not header or is_period_name(header) else _MONTH - np.timedelta64(1, "us")
    long = depart.end - depart.start > least
    one_group = np.zeros(len(depart.start), np.int64)
    start, end = np.where(long, depart.start, np.datetime64("NaT")), np.where(long, depart.end, np.datetime64("NaT"))
    if not (containers(one_group, start, end) >= 0).any():
        return
    rows = np.flatnonzero(long[depart.codes] & ~sieve.bad)
    group = groups(sieve.sheet, header)[rows]
    held = containers(group, start[depart.codes][rows], end[depart.codes][rows])
    inner = np.flatnonzero(held >= 0)
    _tell(sieve, rows[held[inner]], rows[inner])


def _tell(sieve: Sieve, outer: Ints, inner: Ints) -> None:
    which, at = np.unique(outer, return_index=True)
    for row, part in zip(which[:MOST_LINES].tolist(), inner[at][:MOST_LINES].tolist(), strict=True):
        beside = f"Line {int(sieve.sheet.lines[part]):,} is of the same route, and its period lies inside this one."
        sieve.find(np.array([row], np.int64), "depart", (RULE, f"{beside} {HINT}"), "warning")
    sieve.find(which[MOST_LINES:], "depart", (RULE, HINT), "warning")
