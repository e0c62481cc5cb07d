"""Rules on rows: speed, ship numbers, the future, repeats."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo.columns import MODES
from geo.tables import checks


def _times(*texts: str) -> NDArray[np.datetime64]:
    return np.array(texts, "datetime64[us]")


def _speed(km: float, hours: float, mode: str) -> bool:
    depart = _times("2023-09-07")
    arrive = depart + np.timedelta64(round(hours * 3_600_000_000), "us")
    return bool(checks.too_fast(np.array([km]), depart, arrive, np.array([MODES[mode]], np.int8))[0])


@pytest.mark.parametrize(("mode", "limit"), checks.SPEED_LIMITS_KMH.items())
def test_a_leg_is_too_fast_beyond_the_limit_of_its_mode(mode: str, limit: float) -> None:
    assert not _speed(limit * 10, 10, mode)
    assert _speed(limit * 10 + 1, 10, mode)


def test_where_no_mode_is_stated_the_limit_of_air_holds() -> None:
    assert not _speed(11_000, 10, "")
    assert _speed(13_000, 10, "")


def test_the_order_of_the_limits_is_that_of_the_modes() -> None:
    limits = checks.SPEED_LIMITS_KMH
    assert limits["maritime"] < limits["road"] < limits["rail"] < limits["air"]
    assert limits["maritime"] == pytest.approx(83.34)


def test_a_leg_without_arrival_or_before_its_departure_is_not_too_fast() -> None:
    depart, arrive = _times("2023-09-07", "2023-09-07", "NaT"), _times("NaT", "2023-09-06", "2023-09-08")
    assert not checks.too_fast(np.full(3, 1e4), depart, arrive, np.ones(3, np.int8)).any()


def test_no_time_at_all_is_too_fast_for_any_distance() -> None:
    assert _speed(1, 0, "air")
    assert not _speed(0, 0, "air")


def test_the_future_begins_after_the_end_of_today() -> None:
    depart = _times("2023-09-07T23:59:59", "2023-09-08", "2023-09-09", "NaT")
    assert checks.in_future(depart, date(2023, 9, 7)).tolist() == [False, True, True, False]


def _codes(rows: list[list[int]]) -> list[NDArray[np.int32]]:
    return [np.array(column, np.int32) for column in zip(*rows, strict=True)]


ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(-1, 2), min_size=width, max_size=width), min_size=1, max_size=30)
)


@given(ROWS)
def test_a_row_is_repeated_when_an_earlier_one_is_the_same_in_every_column(rows: list[list[int]]) -> None:
    expected = [row in rows[:at] for at, row in enumerate(rows)]
    assert checks.repeated(_codes(rows)).tolist() == expected


@given(ROWS, st.data())
def test_one_more_of_a_row_flags_exactly_one_more(rows: list[list[int]], data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(rows))
    at = data.draw(st.integers(0, len(rows)))
    before = checks.repeated(_codes(rows)).sum()
    assert checks.repeated(_codes([*rows[:at], again, *rows[at:]])).sum() == before + 1


@given(ROWS, st.randoms())
def test_the_order_of_rows_and_columns_does_not_change_how_many_are_repeated(
    rows: list[list[int]], random: object
) -> None:
    shuffled = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    count = checks.repeated(_codes(rows)).sum()
    assert checks.repeated(_codes(shuffled)).sum() == count
    assert checks.repeated(_codes(rows)[::-1]).sum() == count


@given(ROWS, st.integers(1, 3))
def test_hashes_that_clash_never_flag_a_row(rows: list[list[int]], different: int) -> None:
    expected = [row in rows[:at] for at, row in enumerate(rows)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "_hashes", lambda codes: (codes[0] % different).astype(np.uint64))
        assert checks.repeated(_codes(rows)).tolist() == expected


def test_many_rows_are_compared_as_pandas_compares_them() -> None:
    random = np.random.default_rng(7)
    codes = [random.integers(0, most, 50_000).astype(np.int32) for most in (2, 40, 500)]
    expected = pd.DataFrame(dict(enumerate(codes))).duplicated().to_numpy()
    assert 0 < expected.sum() < len(expected)
    assert (checks.repeated(codes) == expected).all()


def test_no_columns_or_no_rows_have_no_repeats() -> None:
    assert checks.repeated([]).tolist() == []
    assert checks.repeated([np.zeros(0, np.int32)]).tolist() == []
