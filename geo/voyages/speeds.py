"""Legs that nothing could make in the time they were given.

All is taken at its most generous: the longest time that the dates allow, and the nearest that vague places may lie. The
great circle is looked at for all legs at once; what only a way by sea shows is in `geo.voyages.ways`.
"""

from __future__ import annotations

import numpy as np

from geo.arrays import Floats, Ints
from geo.voyages import ways
from geo.voyages.ends import Legs
from geo.voyages.finding import MOST_LISTED, Found, Reckoning
from geo.voyages.words import Words


def findings(legs: Legs, words: Words) -> Found:
    """What is too fast, and what was closed."""
    every = np.arange(legs.origin.size)
    with np.errstate(invalid="ignore"):
        fast = _least_km(legs, every) > legs.limit_kmh * legs.hours
    rows = _fastest(legs, np.flatnonzero(fast))
    told = [ways.too_fast(legs, words, row, _direct(legs, row)) for row in rows]
    notes = []
    if (more := int(np.count_nonzero(fast)) - len(rows)) > 0:
        notes.append(
            f"Of the speeds that nothing reaches the {len(rows)} highest are listed, and {more:,} more are not."
        )
    by_sea = ways.findings(legs, words, fast)
    return Found((*told, *by_sea.findings), (*notes, *by_sea.notes))


def _least_km(legs: Legs, rows: Ints) -> Floats:
    return legs.ends.least_km(legs.origin[rows], legs.destination[rows])


def _fastest(legs: Legs, rows: Ints) -> list[int]:
    """No more of some legs than are listed, those first that need the highest speed."""
    if rows.size > MOST_LISTED:
        with np.errstate(divide="ignore", invalid="ignore"):
            speed = _least_km(legs, rows) / legs.hours[rows]
        rows = rows[np.argsort(-speed, kind="stable")[:MOST_LISTED]]
    return [int(row) for row in np.sort(rows)]


def _direct(legs: Legs, row: int) -> Reckoning:
    km = float(_least_km(legs, np.array([row]))[0])
    return Reckoning(km, float(legs.hours[row]), float(legs.limit_kmh[row]), "great circle")
