"""Where a region is too large to be weighed as a whole, its ranges are sound: never narrower than the tightest."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve import relaxation, sides
from geo.reconcile.volumes import Curve, Volumes
from tests.examples import examples
from tests.reconcile.histories import DAYS, World, worlds
from tests.reconcile.plain_program import plain_range
from tests.reconcile.reports import OPEN, Report, at, leg, legs, total, totals, world
from tests.reconcile.test_tightness import explained, in_order, named

FEW = examples(30)  # each is several small linear programs
NEAR = 1e-6


def large(said: Sequence[Report], voyages: Sequence[Report] = ()) -> Volumes:
    """Reconciled as if no region were small."""
    with patch.object(sides, "MOST_WEIGHED", -1):
        return reconcile(totals(*said), legs(*voyages), world())


def curve(found: Volumes, route: str) -> Curve:
    """The one of this route, by any mode."""
    return next(flow.curve for flow in found.flows if named(flow)[0] == route)


@FEW
@given(worlds(most=6), st.data())
def test_a_range_contains_the_one_that_a_plain_linear_program_finds(truth: World, data: st.DataObject) -> None:
    found = large(truth.totals, truth.legs)
    flow = data.draw(st.sampled_from(found.flows))
    assert not flow.tightest
    for day in data.draw(st.lists(st.integers(0, DAYS + 1), min_size=1, max_size=3, unique=True)):
        low, _, high = flow.curve.at_second(at(day))
        plain = plain_range(truth.totals, truth.legs, named(flow), day)
        assert plain is not None
        assert low <= plain[0] + NEAR
        assert high >= plain[1] - NEAR


@FEW
@given(worlds(most=7))
def test_ranges_are_in_order_explained_and_have_the_truth_inside(truth: World) -> None:
    found = large(truth.totals, truth.legs)
    for flow in found.flows:
        in_order(flow.curve)
        explained(flow.curve)
        for day in range(DAYS + 2):
            low, _, high = flow.curve.at_second(at(day))
            assert low <= truth.moved(named(flow), 0, day) + NEAR
            assert high >= truth.moved(named(flow), 0, day) - NEAR


def test_parts_hold_up_an_area_and_an_area_bounds_its_parts() -> None:
    said = [
        total("x", "a>c", 0, 9, 50, 90),
        total("y", "b>d", 0, 9, 30, 40),
        total("z", "K>R", 0, 9, 0, 100, claimant="B"),
    ]
    found = large(said)
    assert curve(found, "K>R").at_second(at(9))[::2] == (80.0, 100.0)
    assert curve(found, "a>c").at_second(at(9))[::2] == (50.0, 70.0)
    assert [term.report for term in curve(found, "a>c").high_by[-1]] == ["z", "y"]


def test_an_area_bounds_a_part_whose_own_high_is_open() -> None:
    found = large([total("x", "a>c", 0, 9, 50, OPEN), total("z", "K>R", 0, 9, 0, 100, claimant="B")])
    assert curve(found, "a>c").at_second(at(9))[::2] == (50.0, 100.0)


def test_one_flow_by_itself_has_the_tightest_range() -> None:
    said = [total("x", "a>c", 0, 9, 1800, 2200), total("y", "a>c", (5, 6), 9, 1001, OPEN, claimant="B")]
    voyages = [leg("a>c", 2, 4, 300, claimant="C")]
    one, other = large(said, voyages).flows[0], reconcile(totals(*said), legs(*voyages), world()).flows[0]
    assert (one.tightest, other.tightest) == (False, True)
    assert [one.curve.at_second(at(day)) for day in range(11)] == [other.curve.at_second(at(day)) for day in range(11)]


def test_moments_left_out_only_widen() -> None:
    """Of many reports on its parts an area sees some moments, and holds what it knew at the one before."""
    said = [total(f"r{day}", "a>c", 0, day, 10 * day, OPEN) for day in range(1, 41)]
    said.append(total("z", "K>R", 0, 41, 0, 1000, claimant="B"))
    with patch.object(relaxation, "MOST_MOMENTS", 4):
        area = curve(large(said), "K>R")
    assert [area.at_second(at(day))[0] for day in (1, 13, 14, 40)] == [10.0, 10.0, 140.0, 400.0]


def test_sides_are_told_apart_in_a_large_region_too() -> None:
    found = large([total("x", "a>c", 0, 9, 10, 20), total("y", "a>c", 0, 9, 50, 60, claimant="B")])
    assert found.conflicts == (("x", "y"),)
    assert found.flows[0].curve.at_second(at(9))[::2] == (10.0, 60.0)
