"""Itemised legs beside totals: what they certainly carry, and what they add to nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.reconcile.model.itemised_legs import MOST_MOMENTS
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Curve
from tests.reconcile.reports import OPEN, at, flow, leg, legs, of, total, totals, world


def same(one: Curve, other: Curve) -> None:
    """The two curves are one volume, whatever their moments."""
    for day in range(-1, 40):
        assert one.at_second(at(day)) == pytest.approx(other.at_second(at(day))), f"day {day}"


def test_legs_certainly_carry_what_they_carry() -> None:
    carried = leg("a>c", 2, 4, (30, 50)), leg("a>c", 3, 5, (20, 20)), leg("b>e", 1, 2, 7)
    found = flow(of(total("x", "a>c", 0, 9, 40, 60), carried=carried), "a>c")
    assert [found.curve.at_second(at(day))[0] for day in (3, 4, 5, 9)] == [0.0, 30.0, 50.0, 50.0]
    assert found.curve.at_second(at(2))[2] == 10.0
    assert found.itemised == 50.0
    assert found.coverage == pytest.approx(50 / found.curve.best[-1])
    assert found.bearing[0].startswith("legs-")


def test_legs_that_cross_one_another_share_a_stretch() -> None:
    carried = leg("a>c", 1, 4, 10), leg("a>c", 3, 6, 10), leg("a>c", 4, 5, 10)
    found = flow(of(total("x", "a>c", 0, 9, 0, OPEN), carried=carried), "a>c")
    assert [found.curve.at_second(at(day))[0] for day in (3, 4, 5, 6)] == [0.0, 10.0, 20.0, 30.0]


def test_the_containers_of_a_shipment_count_once() -> None:
    carried = leg("a>c", 1, 2, 30, shipment="s"), leg("c>e", 3, 4, 30, shipment="s"), leg("c>d", 5, 6, 30, shipment="s")
    found = of(
        total("x", "a>R", 0, 9, 0, OPEN),
        total("y", "R>R", 0, 9, 0, OPEN),
        total("z", "c>d", 0, 9, 0, OPEN),
        carried=carried,
    )
    assert flow(found, "a>R").curve.at_second(at(9))[0] == 30.0
    assert flow(found, "R>R").curve.at_second(at(9))[0] == 30.0
    assert flow(found, "c>d").curve.at_second(at(9))[0] == 30.0
    assert [f.itemised for f in found.flows] == [30.0, 30.0, 30.0]


def test_a_leg_can_contradict_a_total() -> None:
    found = of(total("x", "a>c", 0, 9, 40, 60), carried=[leg("a>c", 2, 4, 70, claimant="B")])
    (conflict,) = found.conflicts
    assert conflict[0].startswith("legs-")
    assert conflict[1] == "x"
    assert found.flows[0].contested
    assert set(found.flows[0].sides) == {("A",), ("B",)}


def test_more_legs_than_moments_lose_no_truth() -> None:
    days = np.linspace(0.5, 300, MOST_MOMENTS)
    carried = [leg("a>c", day, day + 0.3, 1) for day in days.tolist()]
    found = of(total("x", "a>c", 0, 400, 0, OPEN), carried=carried).flows[0].curve
    assert found.time.size < MOST_MOMENTS + 5
    for day in range(0, 320, 7):
        certain = int(np.count_nonzero(days + 0.3 <= day))
        assert certain - 5 <= found.at_second(at(day))[0] <= certain
    assert found.at_second(at(400))[0] == MOST_MOMENTS


def test_many_legs_outside_every_scope_are_passed_over() -> None:
    one = legs(leg("a>c", 1, 2, 3), leg("b>e", 1, 2, 3), leg("a>c", 1, 2, 3, unit="t"))
    many = pd.concat([one] + [one.iloc[1:]] * 10_000, ignore_index=True)
    table = totals(total("x", "a>c", 0, 9, 0, OPEN))
    found = reconcile(table, many, world())
    assert found.flows[0].itemised == 3.0
    same(found.flows[0].curve, reconcile(table, one, world()).flows[0].curve)


def test_a_leg_that_does_not_say_how_adds_to_no_finer_flow() -> None:
    said = total("all", "a>R", 0, 9, 0, 1000), total("sea", "a>R", 0, 9, 39, OPEN, mode=1, claimant="B")
    found = of(*said, carried=[leg("a>c", 2, 4, 271, mode=0)])
    assert flow(found, "a>R").curve.at_second(at(9))[::2] == (271.0, 1000.0)
    assert flow(found, "a>R", 1).curve.at_second(at(9))[::2] == (39.0, 1000.0)


def test_a_leg_of_another_unit_is_no_part_of_a_flow_on_the_same_route() -> None:
    said = total("all", "K>R", 0, 9, 90, 100), total("trips", "a>c", 0, 9, 1, OPEN, unit="trip", mode=1)
    found = of(*said, carried=[leg("a>c", 2, 4, 95, unit="trip")])
    assert flow(found, "K>R").curve.at_second(at(2))[2] == 100.0
    assert flow(found, "a>c", 1).curve.at_second(at(4))[0] == 95.0


def test_an_onward_leg_explains_nothing_outside_its_own_time() -> None:
    """A leg of days 8 and 9 is none of what a report counts in days 0 to 4."""
    carried = leg("a>c", 5, 6, 30, shipment="s"), leg("c>d", 8, 9, 30, shipment="s")
    said = total("x", "c>d", 0, 4, 20, 30), total("y", "R>R", 0, 4, 0, 10, claimant="B"), total("o", "a>c", 0, 9, 0, 99)
    assert of(*said, carried=carried).conflicts == (("x", "y"),)
