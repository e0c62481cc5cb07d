"""Conflicts are minimal and all of them are found: against every subset there is."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve.contradictions import MOST_WAYS, contradictions, hitting
from tests.examples import examples
from tests.reconcile.histories import ROUTES, windows
from tests.reconcile.plain_program import agree
from tests.reconcile.reports import OPEN, Report, at, legs, total, totals, world

Set = frozenset[int]
ELEMENTS = range(7)


def subsets(elements: range) -> list[Set]:
    return [frozenset(each) for size in range(len(elements) + 1) for each in combinations(elements, size)]


@given(st.lists(st.frozensets(st.sampled_from(ELEMENTS), min_size=1), max_size=6))
def test_all_minimal_conflicts_and_all_largest_consistent_sets_are_found(bad: list[Set]) -> None:
    found = contradictions(ELEMENTS, lambda kept: not any(each <= kept for each in bad))
    consistent = [each for each in subsets(ELEMENTS) if not any(conflict <= each for conflict in bad)]
    assert found.complete
    assert set(found.minimal) == {each for each in bad if not any(other < each for other in bad)}
    largest = {each for each in consistent if not any(each < other for other in consistent)}
    assert {frozenset(ELEMENTS) - each for each in found.left_out} == largest


@given(st.sets(st.frozensets(st.sampled_from(ELEMENTS), min_size=1), max_size=5))
def test_hitting_sets_hit_all_and_are_minimal(bad: set[Set]) -> None:
    ways = {Set()}
    for conflict in sorted(bad, key=sorted):
        ways = hitting(ways, conflict)
    hits = [each for each in subsets(ELEMENTS) if all(each & conflict for conflict in bad)]
    assert ways == {each for each in hits if not any(other < each for other in hits)}


def test_the_search_ends_where_there_are_too_many_ways() -> None:
    pairs = [frozenset({2 * number, 2 * number + 1}) for number in range(12)]
    found = contradictions(range(24), lambda kept: not any(each <= kept for each in pairs))
    assert not found.complete
    assert found.minimal
    assert set(found.minimal) <= set(pairs)
    assert found.left_out == ()
    assert 2 ** len(found.minimal) > MOST_WAYS


def test_beyond_the_limit_every_claimant_is_a_side_by_himself() -> None:
    """Each day one says that at least two moved, and another, who spoke of the day before, that at most one did."""
    said = []
    for day in range(11):
        said += [total(f"x{day}", "a>c", day, day + 1, 2, OPEN, claimant=f"X{day}")]
        said += [total(f"o{day}", "a>c", -1, 0, 0, OPEN, claimant=f"Y{day}")]
        said += [total(f"y{day}", "a>c", day, day + 1, 0, 1, claimant=f"Y{day}")]
    found = reconcile(totals(*said), legs(), world())
    assert not found.complete
    assert found.flows[0].contested
    assert set(found.flows[0].sides) == {(f"{name}{day}",) for name in "XY" for day in range(11)}
    assert found.flows[0].curve.at_second(at(11))[::2] == (0.0, OPEN)


@st.composite
def quarrels(draw: st.DrawFn) -> list[Report]:
    """Up to five reports that owe nothing to the truth."""
    return [
        total(
            f"r{number}", draw(st.sampled_from(ROUTES)), *draw(windows()), low, draw(st.sampled_from((low + 3, OPEN)))
        )
        | {"claimant": draw(st.sampled_from("ABC"))}
        for number in range(draw(st.integers(2, 5)))
        for low in [draw(st.integers(0, 20))]
    ]


@examples(30)
@given(quarrels())
def test_conflicts_among_reports_are_what_trying_every_subset_finds(said: list[Report]) -> None:
    found = reconcile(totals(*said), legs(), world())
    rows = range(len(said))
    bad = [each for each in subsets(rows) if not agree([said[row] for row in sorted(each)], [], said)]
    minimal = {each for each in bad if not any(other < each for other in bad)}
    assert {tuple(sorted(str(said[row]["id"]) for row in each)) for each in minimal} == set(found.conflicts)
    assert found.complete
    contested = {flow.scope for flow in found.flows if flow.contested}
    assert contested == {
        flow.scope
        for flow in found.flows
        if any(name in conflict for name in flow.reports for conflict in found.conflicts)
    }
