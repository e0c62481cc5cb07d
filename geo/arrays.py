"""The array types of this package, one name for each dtype, and time as whole seconds in such arrays."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
"""Row numbers, counts, or moments as whole seconds since 1970-01-01 UTC (or since a scene's start)."""
Codes = NDArray[np.int32]
"""Which of a list of distinct values each row has; -1 for none."""
Index = NDArray[np.uint32]
"""Row numbers in the columns of a Scene: four bytes each, as they cross to the browser."""
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Times = NDArray[np.datetime64]
Texts = NDArray[np.object_]
Array = NDArray[np.generic]

DAY = 86_400
"""Seconds."""
ONE_DAY = timedelta(seconds=DAY)
NOT_A_TIME = int(np.iinfo(np.int64).min)
"""Stands among epoch seconds where there is no moment."""


def epoch_seconds(times: pd.Series) -> Ints:
    """A column of n UTC times -> whole epoch seconds (n,), rounded down; NOT_A_TIME for NaT."""
    # Here, so that what needs only the types does not wait for pandas.
    import pandas as pd

    utc = pd.to_datetime(times, utc=True).dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    return np.where(np.isnat(utc), NOT_A_TIME, utc.astype(np.int64) // 1_000_000)


def joined(*keys: Ints) -> Ints:
    """Keys of n rows as one number a row: equal where all keys are, and in the order of the first, then the second.

    numpy sorts one key several times as fast as a few with `lexsort`.
    """
    if not keys[0].size:
        return np.zeros(0, np.int64)
    least = [int(key.min()) for key in keys]
    widths = [int(key.max()) - low + 1 for key, low in zip(keys, least, strict=True)]
    if math.prod(widths) < 2**63:
        number = np.zeros(keys[0].size, np.int64)
        for key, low, width in zip(keys, least, widths, strict=True):
            number = number * width + (key - low)
        return number
    order = np.lexsort(keys[::-1])
    changes = np.logical_or.reduce([np.diff(key[order], prepend=key[order[0]]) != 0 for key in keys])
    number = np.empty(order.size, np.int64)
    number[order] = np.cumsum(changes)
    return number


def in_order(*keys: Ints) -> Ints:
    """The n rows by the first key, those alike by the second, and so on; those alike in all as they stand.

    As `lexsort` has it, in a fraction of its time where few rows are alike in the first keys.
    """
    order = np.argsort(keys[0])
    changes = np.diff(keys[0][order]) != 0
    for key in (*keys[1:], np.arange(order.size)):
        at = np.flatnonzero(~(np.append(True, changes) & np.append(changes, True)))
        if not at.size:
            break
        run, rows = np.append(0, np.cumsum(changes))[at], order[at]
        order[at] = rows[np.argsort(joined(run, key[rows]))]
        changes |= np.diff(key[order]) != 0
    return order
