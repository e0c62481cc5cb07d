"""What lies within what, and the cells of overlapping scopes: each point of the small world lies in exactly one."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.places import Places, place_frame
from geo.gazetteer.scopes import Nesting, Scope, cells, connected, ways
from tests.reconcile.histories import POINTS, ROUTES, holds, overlap
from tests.reconcile.reports import world

NESTING = Nesting(world())
ROUTE_AND_MODE = st.tuples(st.sampled_from(ROUTES), st.integers(0, 2))


def scope(route: str, mode: int = 0, unit: str = "container") -> Scope:
    return Scope(unit, *route.split(">"), mode)


@given(st.sets(ROUTE_AND_MODE, min_size=1, max_size=6))
def test_the_cells_are_those_of_the_points(chosen: set[tuple[str, int]]) -> None:
    wanted = sorted(chosen)
    found = cells([scope(*each) for each in wanted], NESTING)
    points = {frozenset(row for row, each in enumerate(wanted) if holds(each, point)) for point in POINTS}
    assert set(found) == points - {frozenset()}
    assert len(set(found)) == len(found)


@given(ROUTE_AND_MODE, ROUTE_AND_MODE)
def test_scopes_meet_where_they_share_a_point(one: tuple[str, int], other: tuple[str, int]) -> None:
    meet = NESTING.meet(scope(*one), scope(*other))
    assert (meet is not None) == overlap(one, other)
    if meet is not None:
        assert NESTING.holds(scope(*one), meet)
        assert NESTING.holds(scope(*other), meet)
        assert meet == NESTING.meet(scope(*other), scope(*one))


def test_what_holds_what() -> None:
    assert NESTING.holds(scope("K>R"), scope("a>c", 2))
    assert NESTING.holds(scope("a>c"), scope("a>c"))
    assert not NESTING.holds(scope("a>c", 1), scope("a>c"))
    assert not NESTING.holds(scope("a>M"), scope("a>e"))
    assert not NESTING.holds(scope("K>R"), scope("a>c", 1, "round"))


def test_what_nothing_ties_together_is_apart() -> None:
    scopes = [scope("a>c"), scope("b>d"), scope("a>M"), scope("K>R", unit="round"), scope("c>a")]
    assert connected(scopes, NESTING) == [[0, 2], [1], [3], [4]]


@pytest.mark.parametrize(
    ("code", "like"),
    [("a", "a"), ("b", "a"), ("c", "c"), ("d", "d"), ("e", "d"), ("M", "M"), ("R", "R"), ("nowhere", "")],
)
def test_places_that_the_same_areas_in_use_hold_and_that_hold_the_same_of_them_are_one(code: str, like: str) -> None:
    # M holds c, which is in use, and so is unlike d, which holds nothing.
    assert NESTING.alike(pd.Index([code]), {"K", "R", "c"}).tolist() == [like]


def test_what_is_not_stated_may_lie_in_each_finer_scope_and_in_none_of_them() -> None:
    scopes = [Scope("container", "K", "R", 0), Scope("container", "a", "R", 0), Scope("container", "K", "R", 1)]
    everything = {frozenset({0}), frozenset({0, 1}), frozenset({0, 2}), frozenset({0, 1, 2})}
    assert ways(Scope("container", "K", "c", 0), scopes, NESTING) == everything
    assert ways(Scope("container", "a", "c", 0), scopes, NESTING) == {frozenset({0, 1}), frozenset({0, 1, 2})}
    assert ways(Scope("container", "b", "c", 2), scopes, NESTING) == {frozenset({0})}


def test_what_is_counted_in_another_unit_lies_in_none() -> None:
    scopes = [Scope("container", "K", "R", 0), Scope("trip", "a", "R", 0)]
    assert ways(Scope("trip", "a", "c", 1), scopes, NESTING) == {frozenset({1})}
    assert ways(Scope("trip", "b", "c", 1), scopes, NESTING) == {frozenset()}


def test_areas_that_lie_in_each_other_end_somewhere() -> None:
    table = pd.DataFrame({"code": ["x", "y"], "name": ["x", "y"], "within": ["y", "x"]}, dtype="str")
    nesting = Nesting(Places(place_frame(table, pd.Series([0.0, 0.0]).to_numpy(), pd.Series([0.0, 0.0]).to_numpy())))
    assert nesting.chain("x") == ("x", "y")
    assert cells([scope("x>y"), scope("y>x")], nesting) == [frozenset({0, 1})]


def test_a_place_that_is_not_in_the_gazetteer_is_only_itself() -> None:
    assert NESTING.holds(scope("nowhere>c"), scope("nowhere>c", 1))
    assert not NESTING.holds(scope("K>R"), scope("nowhere>c"))
