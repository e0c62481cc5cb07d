"""What holds of any reports: order does not matter, what is implied changes nothing, less evidence never says more."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Volumes
from tests.examples import examples
from tests.reconcile.histories import DAYS, World, beginning, scope_of, worlds
from tests.reconcile.reports import OPEN, Report, at, legs, totals, world

FEW = examples(20)  # each solves many small programs


def of(truth: World, said: list[Report] | None = None) -> Volumes:
    return reconcile(totals(*(truth.totals if said is None else said)), legs(*truth.legs), world())


def ranges(volumes: Volumes) -> dict[object, list[tuple[float, float, float]]]:
    """Each flow's low, best and high on every day."""
    return {flow.scope: [flow.curve.at_second(at(day)) for day in range(DAYS + 2)] for flow in volumes.flows}


def alike(one: Volumes, other: Volumes) -> None:
    first, second = ranges(one), ranges(other)
    assert first.keys() == second.keys()
    for scope, values in first.items():
        np.testing.assert_allclose(values, second[scope], rtol=1e-5, atol=1e-5, err_msg=str(scope))


@FEW
@given(worlds(), st.randoms(use_true_random=False))
def test_order_does_not_matter_nor_does_saying_it_twice(truth: World, shuffle: random.Random) -> None:
    said = [*truth.totals, *truth.totals]
    shuffle.shuffle(said)
    again = of(truth, said)
    assert ranges(again) == ranges(of(truth))
    assert [flow.naive_sum for flow in again.flows] == [flow.naive_sum for flow in of(truth).flows]


@FEW
@given(worlds(), st.data())
def test_a_report_that_is_implied_changes_nothing(truth: World, data: st.DataObject) -> None:
    """The same window and claimant, said more loosely, and without a best figure to go through."""
    report = data.draw(st.sampled_from(truth.totals))
    looser = data.draw(st.integers(0, 5))
    implied = report | {"id": "zzz", "low": max(0, int(str(report["low"])) - looser), "high": OPEN}
    alike(of(truth), of(truth, [*truth.totals, implied | {"best": implied["low"]}]))


@FEW
@given(worlds(), st.data())
def test_removing_a_report_never_narrows(truth: World, data: st.DataObject) -> None:
    """A report that opens no flow's time, before which nothing is known, and ties no flows to one another."""
    said, carried = list(truth.totals), list(truth.legs)

    def opening(reports: list[Report]) -> dict[tuple[str, int], float]:
        return {scope_of(each): beginning(scope_of(each), reports, carried) for each in reports}

    first = opening(said)
    spare = []
    for each in said:
        rest = opening([other for other in said if other is not each])
        if rest and all(first[scope] == day for scope, day in rest.items()):
            spare.append(each)
    if not spare:
        return
    gone = data.draw(st.sampled_from(spare))
    before, after = ranges(of(truth)), ranges(of(truth, [each for each in said if each is not gone]))
    for scope, values in after.items():
        for (low, _, high), (lower, _, higher) in zip(before[scope], values, strict=True):
            assert lower <= low + 1e-6
            assert higher >= high - 1e-6


@FEW
@given(worlds(), st.data())
def test_a_running_total_is_never_added(truth: World, data: st.DataObject) -> None:
    """The same claimant says the same of a later day: the least that moved by then is what it was."""
    report = data.draw(st.sampled_from(truth.totals))
    later = report | {"id": "zzz", "end_earliest": DAYS + 1, "end": DAYS + 1, "end_latest": DAYS + 1, "high": OPEN}
    after, before = (ranges(each) for each in (of(truth, [*truth.totals, later | {"best": later["low"]}]), of(truth)))
    for scope, values in before.items():
        np.testing.assert_allclose(np.array(after[scope])[:, [0, 2]], np.array(values)[:, [0, 2]], err_msg=str(scope))
    assert scope_of(later) == scope_of(report)
