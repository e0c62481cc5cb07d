from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.brief.plate import difference
from geo.columns import EVENT_TABLE
from geo.errors import SceneError
from geo.reconcile.reconcile import reconcile
from geo.scene.build import build_scene
from geo.scene.comparison import Comparison, Stretch, compare
from geo.scene.moment import Amount
from geo.scene.scene import Scene
from tests.examples import examples
from tests.reconcile.histories import DAYS, World, worlds
from tests.reconcile.reports import DAY, START, legs, totals, world
from tests.scene.built_scenes import built

LARGER = {"more": np.greater, "less": np.less, "same": np.isclose,
          "at least as much": np.greater_equal, "at most as much": np.less_equal}  # fmt: skip


@pytest.fixture(scope="module")
def article() -> Scene:
    return geo.open("founding").scene


def by(scene: Scene, day: str) -> float:
    """The end of a day."""
    return (datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1) - scene.start).total_seconds()


def test_what_lies_between_two_moments_is_no_difference_of_their_ranges(article: Scene) -> None:
    told = compare(article, Stretch(by(article, "2023-09-06")), Stretch(by(article, "2023-11-02"))).total
    assert (told.first.low, told.first.high, told.second.low, told.second.high) == (0, 1200, 1800, 2200)
    assert told.change is not None
    assert (told.change.low, told.change.high) == (1001, 2200), "1,800 − 1,200 = 600 is less than was reported between"
    assert told.order == "more"


def test_two_moments_are_told_in_time_order_whichever_comes_first(article: Scene) -> None:
    early, late = Stretch(by(article, "2023-09-06")), Stretch(by(article, "2023-11-02"))
    assert compare(article, late, early).stretches == (early, late)
    same = compare(article, late, late).total
    assert (same.order, same.change and (same.change.low, same.change.high)) == ("same", (0, 0))


def test_a_moment_is_not_compared_with_a_period_nor_one_that_ends_before_it_begins(article: Scene) -> None:
    for one, other in ((Stretch(9.0), Stretch(9.0, 1.0)), (Stretch(1.0, 9.0), Stretch(9.0, 1.0)),
                       (Stretch(float("nan"), 0.0), Stretch(9.0, 1.0))):  # fmt: skip
        with pytest.raises(SceneError):
            compare(article, one, other)


def _periods(scene: Scene, *days: tuple[str, str]) -> Comparison:
    one, other = (Stretch(by(scene, last), by(scene, first) - DAY) for first, last in days)
    return compare(scene, one, other)


@pytest.fixture
def two(make: SimpleNamespace) -> Scene:
    """1,000 in early September and 200–300 in late September, as one report each has it; and voyages."""
    ways = [
        make.total("one", "A>B", "2023-09-01", "2023-09-10", (1000, 1000, 1000)),
        make.total("two", "A>B", "2023-09-11", "2023-09-20", (200, 250, 300)),
    ]
    return built(make, [make.leg("B>C", "2023-09-02", "2023-09-03", 30)], ways)


def test_the_larger_of_two_periods_is_named_where_their_ranges_prove_it(two: Scene) -> None:
    told = _periods(two, ("2023-09-01", "2023-09-10"), ("2023-09-11", "2023-09-20"))
    assert (told.total.order, told.total.change) == ("less", None)
    assert told.total.second == Amount(200, 250, 300)


def test_what_both_periods_hold_does_not_hide_which_is_larger(two: Scene) -> None:
    told = _periods(two, ("2023-09-01", "2023-09-10"), ("2023-09-01", "2023-09-20")).total
    assert told.first.high == 1000
    assert told.order == "more", "all of the first is in the second, and at least 200 more"
    wide = _periods(two, ("2023-09-11", "2023-09-20"), ("2023-09-11", "2023-09-25")).total
    assert (wide.second.high, wide.order) == (float("inf"), "at least as much"), "no report speaks of the last days"


def test_figures_without_a_range_are_known_to_differ_by_so_many(make: SimpleNamespace) -> None:
    voyages = [
        make.leg("A>B", f"2023-09-{day:02}", f"2023-09-{day + 1:02}", count) for day, count in ((2, 30), (12, 45))
    ]
    scene = built(make, voyages)
    told = _periods(scene, ("2023-09-01", "2023-09-10"), ("2023-09-11", "2023-09-20"))
    assert (told.of(0).order, told.of(0).change) == ("more", Amount(15, 15, 15))


def _scene(truth: World) -> Scene:
    places = world()
    said, carried = totals(*truth.totals), legs(*truth.legs)
    events = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in EVENT_TABLE.items()})
    volumes = reconcile(said, carried, places)
    return build_scene(carried, said, events, places.frame, volumes=volumes)


DAY_NUMBERS = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(lambda two: (min(two), max(two)))


@examples(40)
@given(worlds(), DAY_NUMBERS, DAY_NUMBERS)
def test_no_history_that_the_reports_allow_belies_the_order_or_the_sentence(
    truth: World, one: tuple[int, int], other: tuple[int, int]
) -> None:
    scene = _scene(truth)
    day = (START - scene.start.timestamp()) / DAY
    told = compare(scene, *(Stretch((end + day) * DAY, (start + day) * DAY) for start, end in (one, other)))
    (one, other) = sorted((one, other), key=lambda each: (each[1], each[0]))
    sentences = {each.corridor: each.sentence for each in difference.routes(scene, told)}
    for row in np.flatnonzero(scene.corridors.reconciled).tolist():
        origin, to, mode = scene.corridors.id[row].split(">")
        first, second = (truth.moved((f"{origin}>{to}", int(mode)), *period) for period in (one, other))
        found = told.of(row)
        assert found.first.low - 1e-6 <= first <= found.first.high + 1e-6
        if found.order in LARGER:
            assert LARGER[found.order](second, first), (found, first, second)
        said = sentences.get(row, "")
        assert ("More" in said or " more in" in said) <= (second > first)
        assert ("Less" in said or " less in" in said) <= (second < first)


@examples(20)
@given(worlds(), DAY_NUMBERS)
def test_every_history_that_the_reports_allow_lies_in_the_change_between_two_moments(
    truth: World, days: tuple[int, int]
) -> None:
    scene = _scene(truth)
    day = (START - scene.start.timestamp()) / DAY
    told = compare(scene, *(Stretch((each + day) * DAY) for each in days))
    for row in np.flatnonzero(scene.corridors.reconciled).tolist():
        origin, to, mode = scene.corridors.id[row].split(">")
        change = told.of(row).change
        assert change is not None
        moved = truth.moved((f"{origin}>{to}", int(mode)), *days)
        assert change.low - 1e-6 <= moved <= change.high + 1e-6
