"""The chart's rows: steps where the range changes, and what is open reaches to the top."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from geo.reconcile.volumes import Curve
from geo.web.evidence.chart import _bands, _best


def curve(*rows: tuple[int, float, float, float]) -> Curve:
    time, low, best, high = zip(*rows, strict=True)
    none = tuple(() for _ in rows)
    return Curve(np.array(time), np.array(low), np.array(best), np.array(high), none, none)


def at(*seconds: int) -> list[pd.Timestamp]:
    return [pd.Timestamp(each, unit="s", tz="UTC") for each in seconds]


def test_between_two_moments_low_is_the_earlier_and_high_the_later() -> None:
    bands = _bands(curve((10, 1.0, 2.0, 3.0), (20, 4.0, 5.0, 6.0)), 20, 100.0)
    first = bands[bands["time"].isin(at(10, 20))].iloc[:2]
    assert first["time"].tolist() == at(10, 20)
    assert first["low"].tolist() == [1.0, 1.0]
    assert first["high"].tolist() == [6.0, 6.0]


def test_what_is_open_reaches_to_the_top_and_is_a_stretch_of_its_own() -> None:
    bands = _bands(curve((10, 1.0, 1.0, 3.0), (20, 2.0, 2.0, 3.0), (30, 2.0, 2.0, math.inf)), 40, 100.0)
    assert bands["open"].tolist() == [False, False, True, True, True, True]
    assert bands["high"].tolist() == [3.0, 3.0, 100.0, 100.0, 100.0, 100.0]
    assert bands.groupby("run")["open"].nunique().max() == 1
    assert bands["time"].max() == at(40)[0]


def test_nothing_gives_no_rows() -> None:
    none = Curve(np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0), (), ())
    assert _bands(none, 10, 1.0).empty
    assert _best(none, 10).empty


def test_best_stays_to_the_end_of_what_is_shown() -> None:
    best = _best(curve((10, 0.0, 0.0, 0.0), (20, 1.0, 2.0, 3.0)), 50)
    assert best["time"].tolist() == at(10, 20, 50)
    assert best["low"].tolist() == [0.0, 2.0, 2.0]
