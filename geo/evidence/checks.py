"""Rules about rows that were read: what cannot well be, on arrays. Pure; what comes of it is the caller's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def too_fast(
    km: NDArray[np.float64], depart: NDArray[np.datetime64], arrive: NDArray[np.datetime64], mode: NDArray[np.int8]
) -> Mask:
    """Rows whose distance cannot be covered in the longest time their words allow. NaT in arrive: never flagged."""
    return np.zeros(len(km), bool)


def is_imo(text: str) -> bool:
    """A ship number whose check digit fits: "9074729", "IMO 9074729"."""
    return bool(re.fullmatch(r"(?:IMO\s*)?([0-9]{7})", text, re.IGNORECASE))


def is_mmsi(text: str) -> bool:
    """The nine digits of a ship station."""
    return bool(re.fullmatch(r"[2-7][0-9]{8}", text))


def in_future(depart: NDArray[np.datetime64], today: date) -> Mask:
    """Rows that depart after the end of today, UTC. NaT: never."""
    return depart >= np.datetime64(today, "D") + np.timedelta64(1, "D")


def repeated(codes: Sequence[NDArray[np.int32]]) -> Mask:
    """Rows that are the same in every column as an earlier row."""
    return np.zeros(len(codes[0]) if codes else 0, bool)


def sums_of_above(marked: Mask, numbers: NDArray[np.float64]) -> Mask:
    """Marked rows whose number is the sum of the rows above."""
    return np.zeros(len(numbers), bool)


def is_total_word(text: str) -> bool:
    """Whether a cell says "total", in one of the languages of `TOTAL_WORDS`."""
    return text.strip().casefold() == "total"
