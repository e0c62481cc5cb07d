from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.arrays import DAY, epoch_seconds
from geo.errors import SceneError
from geo.timeline import HOUR, Timeline, span

START = datetime(2023, 8, 1, tzinfo=UTC)


def at(*texts: str) -> np.ndarray:
    return epoch_seconds(pd.Series(pd.to_datetime(list(texts), utc=True)))


def test_the_span_is_whole_days() -> None:
    found = span(at("2023-08-01 05:00"), at("2023-08-04 06:00:01"))
    assert (found.start, found.seconds, found.end) == (START, 4 * DAY, datetime(2023, 8, 5, tzinfo=UTC))


def test_an_end_at_midnight_takes_no_further_day_but_a_step_at_midnight_does() -> None:
    assert span(at("2023-08-01"), at("2023-08-02")).seconds == DAY
    assert span(at("2023-08-01", "2023-08-02"), at("2023-08-02", "2023-08-02")).seconds == 2 * DAY


def test_nothing_and_too_much_are_said_plainly() -> None:
    with pytest.raises(SceneError, match="nothing to draw"):
        span(np.zeros(0, np.int64), np.zeros(0, np.int64))
    with pytest.raises(SceneError, match="1800 to 2023"):
        span(at("1800-01-01"), at("2023-01-01"))


@pytest.mark.parametrize(
    ("starts", "ends", "start", "end"),
    [
        (["05:10", "08:40"], ["11:59", "08:40"], "05:00", "12:00"),
        (["05:10", "05:50"], ["05:10", "07:31"], "05:10", "07:35"),
        (["05:10"], ["05:12"], "05:10", "05:15"),
        # Nothing says the hour of a departure at midnight, nor what is to be seen around a single one.
        (["00:00", "05:10"], ["00:00", "11:59"], "00:00", "24:00"),
        (["05:10"], ["05:10"], "00:00", "24:00"),
    ],
)
def test_data_of_hours_and_minutes_fill_their_span(starts: list[str], ends: list[str], start: str, end: str) -> None:
    found = span(at(*(f"2023-08-01 {each}" for each in starts)), at(*(f"2023-08-01 {each}" for each in ends)))
    hours, minutes = (int(part) for part in start.split(":"))
    assert found.start == START + timedelta(hours=hours, minutes=minutes)
    hours, minutes = (int(part) for part in end.split(":"))
    assert found.end == START + timedelta(hours=hours, minutes=minutes)


TIMES = st.lists(
    st.tuples(st.integers(0, 10 * DAY), st.integers(0, 2 * DAY)).map(lambda each: (each[0], each[0] + each[1])),
    min_size=1,
)


@pytest.mark.parametrize(
    ("last", "seconds"),
    [(3 * HOUR - 301, 3 * HOUR - 300), (3 * HOUR - 299, 3 * HOUR), (3 * HOUR + 1, 4 * HOUR), (3 * DAY - 1, 3 * DAY)],
)
def test_a_span_is_whole_in_the_unit_of_its_own_length_and_stays_so(last: int, seconds: int) -> None:
    whole = span(np.array([2]), np.array([last]))
    assert whole.seconds == seconds
    assert span(np.array([2]), np.array([last]), whole) == whole


@given(TIMES, st.data())
def test_a_span_holds_all_of_its_data_and_does_not_move_when_some_are_left_out(
    times: list[tuple[int, int]], data: st.DataObject
) -> None:
    starts, ends = np.array(times).T
    whole = span(starts, ends)
    begin, end = (int(each.timestamp()) for each in (whole.start, whole.end))
    assert begin <= starts.min()
    assert ends.max() <= end
    assert (starts < end).all()
    some = np.array(data.draw(st.lists(st.sampled_from(times), min_size=1)))
    assert span(*some.T, whole) == whole


def test_seconds_since_start_and_back() -> None:
    line = Timeline(START, DAY)
    assert line.since_start(at("2023-08-01 01:00")).tolist() == [HOUR]
    assert line.moment(HOUR) == datetime(2023, 8, 1, 1, tzinfo=UTC)
