"""Rules about rows that were read: what cannot well be, on arrays. Pure; what comes of a row is the caller's to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.arrays import Codes, Floats, Ints, Mask, Times
from geo.columns import MODES
from geo.parsing.total_words import TOTAL_WORDS, is_total_word

__all__ = [
    "TOTAL_WORDS",
    "in_future",
    "is_total_word",
    "repeated",
    "sums_of_above",
    "too_fast",
    "too_long",
]


SPEED_LIMITS_KMH = {"maritime": 45 * 1.852, "rail": 350.0, "road": 130.0, "air": 1_200.0}
"""Nothing carries goods from place to place faster, averaged over a leg as the crow flies.

maritime  45 knots: the fastest cargo ships ever built made 33 (SL-7 class), and only light ferries exceed 45
rail      350 km/h: the fastest trains in service; freight stays far below
road      130 km/h: the usual highest limit on motorways; no lorry keeps it up
air       1,200 km/h: below the speed of sound; the fastest Atlantic crossings of jets, with the wind, averaged 1,120
"""

MOST_BITS = 24
"""A table of 2**24 counts takes 128 MiB."""


def too_fast(km: Floats, depart: Times, arrive: Times, mode: NDArray[np.int8]) -> Mask:
    """Rows whose distance cannot be covered in the longest time that their words allow.

    km: geodesic length. depart: first instant of the departure; arrive: exclusive end of the arrival, NaT where not
    given; both datetime64, UTC. mode: numbers of `columns.MODES`; where it is not stated (0), the limit of air holds.
    A row without an arrival, or that arrives before it departs, is not flagged here.
    """
    limits = np.full(max(MODES.values()) + 1, SPEED_LIMITS_KMH["air"])
    for name, limit in SPEED_LIMITS_KMH.items():
        limits[MODES[name]] = limit
    hours = (arrive - depart) / np.timedelta64(1, "h")  # NaN where either is NaT
    flagged: Mask = (hours >= 0) & (km > limits[mode] * hours)
    return flagged


LONGEST_VOYAGE = 200
"""Days from departure to arrival. Around the world takes a container a hundred; a ship laid up on the way is rare."""


def too_long(departed: Times, arrived: Times) -> Mask:
    """Rows that take longer by any reading. departed: exclusive end; arrived: first instant."""
    flagged: Mask = arrived - departed > np.timedelta64(LONGEST_VOYAGE, "D")
    return flagged


def in_future(depart: Times, today: date) -> Mask:
    """Rows that depart after the end of today, UTC. depart: datetime64; NaT is never in the future."""
    flagged: Mask = depart >= np.datetime64(today, "D") + np.timedelta64(1, "D")
    return flagged


def repeated(codes: Sequence[Codes]) -> Mask:
    """Rows that are the same in every column as an earlier row.

    codes: a column each, n integers each; equal numbers stand for equal texts. Rows are compared by a hash of 64 bits,
    and those that share one then number by number, so that two hashes that clash never flag a row.
    """
    if not codes:
        return np.zeros(0, bool)
    hashes = _hashes(codes)
    flagged: Mask = np.zeros(len(hashes), bool)
    rows = _alike(hashes)
    while rows.size:
        groups, firsts = _groups(hashes[rows])
        first = rows[firsts]
        same = np.ones(len(rows), bool)
        for column in codes:
            same &= column[rows] == column[first][groups]
        later = np.ones(len(rows), bool)
        later[firsts] = False
        flagged[rows[same & later]] = True
        rows = rows[~same]  # another row than the first of its hash: compared among themselves
    return flagged


def perhaps_alike(codes: Sequence[Codes | Ints]) -> NDArray[np.intp]:
    """The rows that are the same in every column as another row, and hardly ever one that only shares its hash."""
    return _alike(_hashes(codes))


def _alike(hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
    rows = _sharing(hashes)
    return rows[pd.Series(hashes[rows]).duplicated(keep=False).to_numpy()]


def _sharing(hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Rows whose hash shares its first bits with another row's: quick to find, and most rows need no further look."""
    bits = min((4 * len(hashes)).bit_length(), MOST_BITS)
    slot = (hashes >> np.uint64(64 - bits)).astype(np.intp)
    return np.flatnonzero(np.bincount(slot, minlength=1 << bits)[slot] > 1)


def _groups(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of the distinct hashes each is, numbered as they come, and where each comes first."""
    groups, distinct = pd.factorize(hashes)
    firsts = np.full(len(distinct), len(hashes), np.intp)
    new = np.flatnonzero(~pd.Series(groups).duplicated().to_numpy())
    firsts[groups[new]] = new
    return groups, firsts


def _hashes(codes: Sequence[Codes | Ints]) -> NDArray[np.uint64]:
    """64 bits a row: h = (h XOR code) times an odd number, its high half folded into its low one, column by column."""
    odd, half = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
    hashes = np.zeros(len(codes[0]), np.uint64)
    for column in codes:
        hashes ^= column.astype(np.uint64)
        hashes *= odd
        hashes ^= hashes >> half
    return hashes


MOST_MARKED = 100_000
"""So many marked rows are compared. A file with more has no totals in it; it has a wrong column."""
ROUNDING = 1e-9
"""Sums that agree to this share are equal: float64 keeps 16 figures, and a million additions cost a few of them."""


@dataclass(slots=True)
class _Above:
    """The rows above one row: how many are not totals, their sum, and the same without rows that are marked."""

    rows: int
    whole: float
    unmarked: float


def sums_of_above(marked: Mask, numbers: Floats) -> Mask:
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
