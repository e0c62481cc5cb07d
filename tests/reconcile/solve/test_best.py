"""Best goes through what was stated, evenly, and adds nothing that no report asks for."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given

from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve import best as rule
from geo.reconcile.volumes import Curve
from tests.examples import examples
from tests.reconcile.histories import World, worlds
from tests.reconcile.reports import OPEN, Report, at, legs, total, totals, world
from tests.reconcile.test_tightness import explained, in_order


def best(*reports: Report, route: str = "a>c") -> Curve:
    found = reconcile(totals(*reports), legs(), world())
    return next(flow.curve for flow in found.flows if f"{flow.scope.origin}>{flow.scope.destination}" == route)


def days(curve: Curve, *wanted: float) -> list[float]:
    return [curve.at_second(at(day))[1] for day in wanted]


def test_one_total_moves_evenly_through_its_best_figure() -> None:
    curve = best(total("x", "a>c", 0, 10, 90, 120, best=100))
    assert days(curve, 0, 5, 10, 20) == [0.0, 50.0, 100.0, 100.0]


def test_a_running_total_goes_on_from_the_last() -> None:
    curve = best(total("x", "a>c", 0, 10, 90, 110), total("y", "a>c", 0, 30, 450, 550))
    assert days(curve, 5, 10, 20, 30) == [50.0, 100.0, 300.0, 500.0]


def test_an_open_total_asks_for_no_more_than_its_low() -> None:
    assert days(best(total("x", "a>c", 0, 10, 80, OPEN)), 5, 10) == [40.0, 80.0]


def test_stated_figures_that_cannot_all_be_met_are_met_by_halves() -> None:
    curve = best(total("x", "a>c", 0, 10, 50, 150, best=90), total("y", "a>c", 0, 10, 50, 150, best=110, claimant="B"))
    assert days(curve, 10) == [pytest.approx(100, abs=1e-3)]


def test_the_even_curve_bends_only_where_it_must() -> None:
    """Thirty by day 2 at the latest, thirty more by day 10: faster first, then even."""
    curve = best(total("x", "a>c", 0, 10, 60, 60), total("y", "a>c", 0, 2, 30, OPEN, claimant="B"))
    assert days(curve, 1, 2, 6, 10) == [15.0, 30.0, 45.0, 60.0]


def test_a_part_draws_no_more_of_the_whole_than_it_must() -> None:
    said = total("x", "K>R", 0, 10, 90, 110), total("y", "a>c", 0, 10, 20, OPEN, claimant="B")
    assert days(best(*said), 5, 10) == [10.0, 20.0]
    assert days(best(*said, route="K>R"), 5, 10) == [50.0, 100.0]


def test_nothing_moves_before_the_printed_start_unless_it_must() -> None:
    vague = total("x", "a>c", (0, 8), 20, 90, 110) | {"start": 5}
    assert days(best(vague), 5, 12.5, 20) == [0.0, 50.0, 100.0]
    early = total("y", "a>c", 0, 2, 10, OPEN, claimant="B")
    assert days(best(vague, early | {"start": 1, "start_latest": 2}), 1, 2)[1] == 10.0


def alone(*reports: Report, route: str = "a>c") -> Curve:
    """As in a region that is too large for one history of all its flows."""
    with patch.object(rule, "MOST_TOGETHER", 0):
        return best(*reports, route=route)


@examples(30)
@given(worlds())
def test_one_volume_at_a_time_is_in_order_and_leaves_low_and_high_as_they_are(truth: World) -> None:
    tables = totals(*truth.totals), legs(*truth.legs), world()
    joint = reconcile(*tables)
    with patch.object(rule, "MOST_TOGETHER", 0):
        found = reconcile(*tables)
    for one, other in zip(found.flows, joint.flows, strict=True):
        in_order(one.curve)
        explained(one.curve)
        moments = np.intersect1d(one.curve.time, other.curve.time)
        for moment in moments.tolist():
            assert one.curve.at_second(moment)[::2] == other.curve.at_second(moment)[::2]


@pytest.mark.parametrize("route", ["a>c", "K>R"])
def test_one_flow_has_the_same_best_alone_as_together(route: str) -> None:
    said = (
        total("x", route, 0, 10, 90, 110),
        total("y", route, (2, 4), 30, 450, 550, claimant="B"),
        total("z", route, 0, 2, 30, OPEN, claimant="B"),
    )
    assert days(alone(*said, route=route), *range(31)) == days(best(*said, route=route), *range(31))


def test_alone_a_flow_keeps_to_what_others_leave_it() -> None:
    """The area's sixty leave the port sixty of its stated seventy: they come evenly, as if sixty had been stated."""
    said = total("x", "a>c", 0, 10, 50, 90, best=70), total("y", "K>R", 0, 10, 40, 60, claimant="B")
    halfway = total("z", "K>R", 0, 5, 1, OPEN, claimant="B")  # a moment at which the curve could bend
    assert days(alone(*said, halfway), 5, 10) == [30.0, 60.0]
    whole = total("x", "K>R", 0, 10, 90, 110), total("y", "a>c", 0, 10, 20, OPEN, claimant="B")
    assert days(alone(*whole), 5, 10) == [10.0, 20.0]
    assert days(alone(*whole, route="K>R"), 5, 10) == [50.0, 100.0]
