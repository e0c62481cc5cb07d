"""Questions of a large region that are answered nearby, and bounds that are left out: the same ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.scopes import Scope
from geo.reconcile.model.region import Bound, Region
from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve import ranges, sides
from geo.reconcile.solve.sides import telling
from geo.reconcile.volumes import Volumes
from tests.examples import examples
from tests.reconcile.histories import World, scope_of, worlds
from tests.reconcile.reports import OPEN, Report, at, legs, total, totals, world
from tests.reconcile.test_tightness import as_tight_as_plainly, explained, in_order, named

FEW = examples(20)  # each is a small linear program or many


def nearby(said: Sequence[Report], voyages: Sequence[Report] = ()) -> Volumes:
    """Reconciled as if the smallest region were large."""
    with patch.object(sides, "MANY_COLUMNS", 0):
        return reconcile(totals(*said), legs(*voyages), world())


@FEW
@given(worlds(most=6), st.data())
def test_every_range_is_still_what_a_plain_linear_program_finds(truth: World, data: st.DataObject) -> None:
    found = nearby(truth.totals, truth.legs)
    explained(as_tight_as_plainly(found, truth, data).curve)


def test_an_area_narrows_a_port_although_the_port_says_less() -> None:
    """Nearby the port's ten may have moved early, and a hundred at most; the area allows sixty, and only later."""
    said = [
        total("x", "a>c", 0, 10, 10, 100),
        total("y", "K>R", 0, 10, 0, 60, claimant="B"),
        total("z", "K>R", 0, 5, 0, 0, claimant="B"),
    ]
    port = next(flow.curve for flow in nearby(said).flows if scope_of(said[0]) == named(flow))
    assert port.at_second(at(5))[::2] == (0.0, 0.0)
    assert port.at_second(at(10))[::2] == (10.0, 60.0)


def test_flows_without_highs_are_answered_nearby_alone() -> None:
    """Only what holds everything needs the whole program: the others never ask it."""
    said = [total(f"r{route}", route, 0, 10, 5, OPEN) for route in ("K>R", "K>M", "a>c", "b>d", "a>e")]
    asked = []

    def ask(self: ranges._Asked, at: int, *, low: bool) -> object:
        asked.append(len(self.model.region.bounds))
        return plain(self, at, low=low)

    plain = ranges._Asked.ask
    with patch.object(ranges._Asked, "ask", ask):
        found = nearby(said)
    assert sorted(asked) == [1, 1, 1, 3, 5]
    assert [flow.curve.at_second(at(10))[0] for flow in found.flows] == [10.0, 15.0, 5.0, 5.0, 5.0]


ONE, INNER = Scope("container", "K", "R", 0), Scope("container", "a", "c", 0)


def region(*bounds: Bound) -> Region:
    """A port's flow (1) inside an area's (0)."""
    return Region(
        (ONE, INNER), (0, 1), (frozenset({0}), frozenset({0, 1})), 0, 0, (), bounds, (), (), (frozenset(),) * 2, (0, 0)
    )


def test_a_bound_is_left_out_where_a_stronger_one_says_more() -> None:
    low, high = Bound(0, 1, 0, 5, 10.0, "low"), Bound(1, 0, 0, 9, 30.0, "high")
    weaker = [replace(low, scope=0, end=7, figure=9.0), replace(high, scope=1, start=1, figure=31.0)]
    other = [replace(low, scope=0, figure=11.0), replace(high, start=0, end=10, figure=31.0), replace(low, end=6)]
    assert set(telling(region(low, high, *weaker, *other), {0, 1}).bounds) == {low, high, *other}


def test_a_bound_that_is_not_enabled_leaves_out_none() -> None:
    strong, weak = Bound(0, 1, 0, 5, 10.0, "low"), Bound(1, 1, 0, 5, 9.0, "low")
    assert telling(region(strong, weak), {1}).bounds == (weak,)


@FEW
@given(worlds())
def test_curves_are_in_order(truth: World) -> None:
    found = nearby(truth.totals, truth.legs)
    for flow in found.flows:
        in_order(flow.curve)
