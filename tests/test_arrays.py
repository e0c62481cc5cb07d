from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from geo.arrays import NOT_A_TIME, epoch_seconds


def test_epoch_seconds_round_down_and_know_no_date() -> None:
    times = pd.Series(
        pd.to_datetime(["1969-12-31 23:59:59.5", None, "2023-08-01 02:00+02:00"], utc=True, format="mixed")
    )
    assert epoch_seconds(times).tolist() == [-1, NOT_A_TIME, int(datetime(2023, 8, 1, tzinfo=UTC).timestamp())]
