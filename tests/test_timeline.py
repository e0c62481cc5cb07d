from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from geo.arrays import DAY, epoch_seconds
from geo.errors import SceneError
from geo.timeline import HOUR, Timeline, span

START = datetime(2023, 8, 1, tzinfo=UTC)


def at(*texts: str) -> np.ndarray:
    return epoch_seconds(pd.Series(pd.to_datetime(list(texts), utc=True)))


def test_the_span_is_whole_days() -> None:
    found = span(at("2023-08-01 05:00"), at("2023-08-03 00:00:01"))
    assert (found.start, found.seconds, found.end) == (START, 3 * DAY, datetime(2023, 8, 4, tzinfo=UTC))


def test_an_end_at_midnight_takes_no_further_day_but_a_step_at_midnight_does() -> None:
    assert span(at("2023-08-01"), at("2023-08-02")).seconds == DAY
    assert span(at("2023-08-01", "2023-08-02"), at("2023-08-02", "2023-08-02")).seconds == 2 * DAY


def test_nothing_and_too_much_are_said_plainly() -> None:
    with pytest.raises(SceneError, match="nothing to draw"):
        span(np.zeros(0, np.int64), np.zeros(0, np.int64))
    with pytest.raises(SceneError, match="1800 to 2023"):
        span(at("1800-01-01"), at("2023-01-01"))


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (1, "hour"),
        (16, "hour"),
        (17, "day"),
        (400, "day"),
        (401, "week"),
        (2800, "week"),
        (2801, "month"),
        (49_000, "month"),
    ],
)
def test_the_finest_step_that_fits(days: int, step: str) -> None:
    assert Timeline(START, days * DAY).step == step


def test_seconds_since_start_and_back() -> None:
    line = Timeline(START, DAY)
    assert line.since_start(at("2023-08-01 01:00")).tolist() == [HOUR]
    assert line.moment(HOUR) == datetime(2023, 8, 1, 1, tzinfo=UTC)
