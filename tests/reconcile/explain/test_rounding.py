"""What is said of a reckoned bound is no finer than "about", never narrower than the bound, and of one piece."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reconcile.explain.rounding import as_said, grains_of
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Curve, Flow, PeriodTable
from tests.examples import examples
from tests.reconcile.histories import DAYS, World, worlds
from tests.reconcile.reports import OPEN, at, legs, total, totals, world


def said(*rows: dict[str, object], words: dict[str, str]) -> pd.DataFrame:
    table = totals(*rows)
    return table.assign(quantity_words=[words.get(name, "as given") for name in table["id"]])


FOUNDING = (
    total("seoul", "a>c", (0, 5), 90, 1800, 2200, best=2000, running="yes"),
    total("washington", "a>c", 20, 60, 1001, OPEN, claimant="B", part_of="seoul"),
)
TWO_THOUSAND = {"seoul": "about 2,000"}


def only(table: pd.DataFrame) -> Flow:
    (flow,) = reconcile(table, legs(), world()).flows
    return flow


def test_a_difference_of_about_2000_and_more_than_1000_is_said_in_hundreds() -> None:
    flow = only(said(*FOUNDING, words=TWO_THOUSAND))
    assert flow.curve.at_second(at(20))[2] == 1199
    assert as_said(flow).curve.at_second(at(20))[::2] == (0, 1200)
    assert flow.periods.table.between(at(61), at(90)) == (0, 1199)
    assert as_said(flow).periods.table.between(at(61), at(90)) == (0, 1200)


def test_what_one_report_says_by_itself_stands_as_it_was_read() -> None:
    spoken = as_said(only(said(*FOUNDING, words=TWO_THOUSAND)))
    assert spoken.curve.at_second(at(61))[::2] == (1001, 2200)
    assert spoken.curve.at_second(at(90))[::2] == (1800, 2200)


@pytest.mark.parametrize("words", ["2,000", "1,800-2,200", "nearly 2,000"])
def test_a_sum_that_rests_on_no_about_is_exact(words: str) -> None:
    flow = only(said(*FOUNDING, words={"seoul": words}))
    assert as_said(flow) is flow


def test_the_coarsest_word_of_a_sum_counts_and_one_digit_is_left() -> None:
    rows = (
        total("all", "a>c", 0, 60, 27_000, 33_000, best=30_000, running="yes"),
        total("last", "a>c", 30, 60, 26_943, OPEN, claimant="B", part_of="all"),
    )
    spoken = as_said(only(said(*rows, words={"all": "about 30,000"})))
    assert spoken.curve.at_second(at(30))[2] == 7000  # 6,057, by thousands and up
    rows = (rows[0], {**rows[1], "low": 32_943.0, "best": 32_943.0})
    spoken = as_said(only(said(*rows, words={"all": "about 30,000"})))
    assert spoken.curve.at_second(at(30))[2] == 60  # 57, of which a digit is left


def test_grains_are_the_first_digit_of_what_about_reaches() -> None:
    rows = [total(f"r{size}", "a>c", 0, 9, 0.9 * size, 1.1 * size, best=size) for size in (5, 20, 300, 6700, 28_000)]
    words = {f"r{size}": f"about {size}" for size in (5, 20, 300, 6700, 28_000)}
    assert grains_of(said(*rows, words=words)) == {"r20": 1, "r300": 10, "r6700": 100, "r28000": 1000}
    assert grains_of(totals(*rows).drop(columns="quantity_words", errors="ignore")) == {}


@examples(40)
@given(worlds(onward=True), st.data())
def test_what_is_said_holds_what_is_known_and_is_a_range_of_its_own(truth: World, data: st.DataObject) -> None:
    scale = 137.0
    table = totals(*truth.totals)
    vague = data.draw(st.lists(st.booleans(), min_size=len(table), max_size=len(table)))
    table = table.assign(
        **{name: table[name] * scale for name in ("low", "best", "high")},
        quantity_words=["about 100" if each else "" for each in vague],
    )
    carried = legs(*truth.legs)
    carried = carried.assign(
        **{f"containers_{end}": carried[f"containers_{end}"] * scale for end in ("low", "best", "high")}
    )
    for flow in reconcile(table, carried, world()).flows:
        spoken = as_said(flow)
        assert (spoken is flow) == (not flow.grains)
        assert spoken.sides.keys() == flow.sides.keys()
        around(spoken.curve, flow.curve)
        within(spoken.periods.table, flow.periods.table, spoken.curve)
        for names, side in spoken.sides.items():
            around(side, flow.sides[names])
            within(spoken.periods.by_side[names], flow.periods.by_side[names], side)


def around(spoken: Curve, exact: Curve) -> None:
    """No narrower, in order, and never falling."""
    assert np.all(spoken.low <= exact.low)
    assert np.all(spoken.high >= exact.high)
    assert np.all(spoken.low <= spoken.best)
    assert np.all(spoken.best <= spoken.high)
    assert np.all(spoken.low[1:] >= spoken.low[:-1])
    assert np.all(spoken.high[1:] >= spoken.high[:-1])
    assert np.array_equal(spoken.low > 0, exact.low > 0)


def within(spoken: PeriodTable, exact: PeriodTable, whole: Curve) -> None:
    """The same of every period; and one from the beginning is the cumulative range."""
    later = np.triu_indices(spoken.time.size, 1)
    assert np.all(spoken.low[later] <= exact.low[later])
    assert np.all(spoken.high[later] >= exact.high[later])
    assert np.all(spoken.low[later] <= spoken.high[later])
    days = np.array([at(day) for day in range(DAYS + 2)])
    for bounds in spoken.all_between(days, days):
        growing = np.triu(bounds, 1)
        assert np.all(growing[:, 1:] >= growing[:, :-1])
        assert np.all(growing[:-1][:, 1:] >= growing[1:][:, 1:])
    low, high = spoken.all_between(spoken.time[:1], days)
    assert [whole.at_second(day)[::2] for day in days] == list(zip(low[0].tolist(), high[0].tolist(), strict=True))


def test_a_moment_has_its_time_zone() -> None:
    """What is said of a period is asked for as the exact range is."""
    spoken = as_said(only(said(*FOUNDING, words=TWO_THOUSAND)))
    begin, end = (datetime.fromtimestamp(at(day), UTC) for day in (61, 90))
    assert spoken.periods.between(begin, end) == (0, 1200)
