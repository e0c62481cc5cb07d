from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.arrays import NOT_A_TIME, epoch_seconds, in_order, joined


def test_epoch_seconds_round_down_and_know_no_date() -> None:
    times = pd.Series(
        pd.to_datetime(["1969-12-31 23:59:59.5", None, "2023-08-01 02:00+02:00"], utc=True, format="mixed")
    )
    assert epoch_seconds(times).tolist() == [-1, NOT_A_TIME, int(datetime(2023, 8, 1, tzinfo=UTC).timestamp())]


@given(st.data())
def test_keys_are_joined_and_rows_ordered_as_lexsort_has_it(data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 30))
    wide = st.integers(-(2**62), 2**62 - 1)
    number = st.one_of(st.integers(0, 3), st.integers(-5, 2**40), wide)
    keys = [np.array(data.draw(st.lists(number, min_size=size, max_size=size)), np.int64) for _ in range(3)]
    order = np.lexsort(keys[::-1])
    assert in_order(*keys).tolist() == order.tolist()
    assert np.argsort(joined(*keys), kind="stable").tolist() == order.tolist()
    rows = list(zip(*(key.tolist() for key in keys), strict=True))
    assert len(set(joined(*keys).tolist())) == len(set(rows))
