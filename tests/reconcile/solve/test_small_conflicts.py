"""Contradictions of two reports, and on one flow of three, are all found by comparing figures: against every subset."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from geo.reconcile.explain.explanations import unlisted_sentence
from geo.reconcile.model.region import Region
from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve import consistent_sets, contradictions
from geo.reconcile.solve.consistent_sets import Account
from geo.reconcile.solve.contradictions import few_ways, hitting
from geo.reconcile.volumes import Volumes
from tests.examples import examples
from tests.reconcile.histories import windows
from tests.reconcile.plain_program import agree
from tests.reconcile.reports import OPEN, Report, at, legs, total, totals, world

Set = frozenset[int]


@st.composite
def quarrels(draw: st.DrawFn) -> list[Report]:
    """Up to six reports on one flow, or on two within one another, that owe nothing to the truth."""
    routes = draw(st.sampled_from((("a>c",), ("a>c", "K>R"))))
    return [
        total(
            f"r{number}", draw(st.sampled_from(routes)), *draw(windows()), low, draw(st.sampled_from((low + 2, OPEN)))
        )
        | {"claimant": draw(st.sampled_from("AB"))}
        for number in range(draw(st.integers(2, 6)))
        for low in [draw(st.integers(0, 20))]
    ]


def told(said: list[Report]) -> tuple[Volumes, Account]:
    accounts: list[Account] = []

    def settled(region: Region, watch: Callable[[], None]) -> Account:
        accounts.append(Account(region, watch))
        return accounts[-1]

    with patch("geo.reconcile.reconcile.settled", settled):
        found = reconcile(totals(*said), legs(), world())
    return found, accounts[0]


@examples(30)
@given(quarrels())
def test_all_of_two_and_on_one_flow_all_of_three_are_found_without_a_program(said: list[Report]) -> None:
    _, account = told(said)
    small, sources = account._small, account.region.sources
    one_flow = len({each["origin"] for each in said}) == 1
    found = {frozenset(sources[row].id for row in each) for each in small.within(frozenset(range(len(sources))))}
    by_id = {str(each["id"]): each for each in said}
    most = 3 if one_flow else 2
    bad = [
        frozenset(ids)
        for size in range(1, most + 1)
        for ids in combinations(by_id, size)
        if not agree([by_id[name] for name in ids], [], said)
    ]
    assert found == {each for each in bad if not any(other < each for other in bad)}
    assert small.count == len(found)


def test_two_highs_that_meet_at_a_moment_cover_a_low_around_it() -> None:
    said = [total("low", "a>c", 1, 7, 7, OPEN), total("early", "a>c", 0, 4, 0, 3), total("late", "a>c", 4, 8, 0, 3)]
    found, account = told(said)
    assert found.conflicts == (("early", "late", "low"),)
    assert len(account._small.triples) == 1


@given(st.sets(st.frozensets(st.sampled_from(range(7)), min_size=1), max_size=6), st.integers(1, 5))
def test_few_ways_hold_every_way(bad: set[Set], most: int) -> None:
    ways, few = {Set()}, few_ways(bad, most)
    for conflict in bad:
        ways = hitting(ways, conflict)
    assert len(few) <= most
    assert all(any(way <= other for other in few) for way in ways)
    assert all(other & conflict for other in few for conflict in bad)


def test_beyond_the_limit_the_smallest_are_told_first_and_the_rest_are_counted() -> None:
    """A low of each of twenty contradicts a high of each of twenty others; two lows in turn contradict one more."""
    said = [total(f"low{number}", "a>c", 2, 4, 9 + number, OPEN, claimant=f"L{number}") for number in range(20)]
    said += [total(f"high{number}", "a>c", 1, 5, 0, 8, claimant=f"H{number}") for number in range(20)]
    said += [total("later", "a>c", 6, 8, 9, OPEN), total("both", "a>c", 2, 8, 0, 17, claimant="B")]
    found = reconcile(totals(*said), legs(), world())
    assert not found.complete
    assert len(found.conflicts) == contradictions.MOST_CONFLICTS
    assert {len(each) for each in found.conflicts} == {2}
    # Every low but the largest is less than 17 - 9 + 1: all twenty contradict the two together, some of them alone.
    alone = sum(9 + number > 17 for number in range(20))
    assert found.unlisted == 20 * 20 + alone + (20 - alone) - contradictions.MOST_CONFLICTS
    assert unlisted_sentence(found) == (
        f"At least {found.unlisted} more sets of two or three reports contradict themselves and are not listed."
    )


@examples(20)
@given(st.lists(quarrels(), min_size=1, max_size=1), st.data())
def test_a_search_that_was_ended_still_holds_every_side(quarrel: list[list[Report]], data: st.DataObject) -> None:
    """What is allowed where not all is searched is at least what is where it is."""
    (said,) = quarrel
    whole = reconcile(totals(*said), legs(), world())
    with (
        patch.object(contradictions, "MOST_WAYS", 1),
        patch.object(consistent_sets, "MOST_SIDES", data.draw(st.integers(1, 4))),
    ):
        ended = reconcile(totals(*said), legs(), world())
    for one, other in zip(whole.flows, ended.flows, strict=True):
        for day in range(14):
            low, _, high = one.curve.at_second(at(day))
            wider_low, _, wider_high = other.curve.at_second(at(day))
            assert wider_low <= low
            assert wider_high >= high
