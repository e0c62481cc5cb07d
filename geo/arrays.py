"""The array types of this package, one name for each dtype, and time as whole seconds in such arrays."""

from __future__ import annotations

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
