"""The ranges are the tightest that the reports allow, as a plain linear program finds them, and hold the truth."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve import sides
from geo.reconcile.volumes import BoundSums, Curve, Flow, Volumes
from geo.tables.leg_reports import report_of
from tests.examples import examples
from tests.reconcile.histories import DAYS, World, scope_of, worlds
from tests.reconcile.plain_program import agree, plain_part, plain_period, plain_range
from tests.reconcile.reports import at, legs, total, totals, world

FEW = examples(30)  # each is a small linear program or many


@FEW
@given(worlds(), st.data())
def test_every_range_is_what_a_plain_linear_program_finds(truth: World, data: st.DataObject) -> None:
    found = reconcile(totals(*truth.totals), legs(*truth.legs), world())
    assert found.conflicts == ()
    as_tight_as_plainly(found, truth, data)


@examples(50)
@given(worlds(most=6), st.data())
def test_ranges_that_start_from_the_relaxed_ones_are_as_tight(truth: World, data: st.DataObject) -> None:
    with patch.object(sides, "FROM_RELAXED", -1):
        found = reconcile(totals(*truth.totals), legs(*truth.legs), world())
    assert all(flow.tightest for flow in found.flows)
    explained(as_tight_as_plainly(found, truth, data).curve)


@FEW
@given(worlds(most=4, onward=True), st.data())
def test_shipments_in_several_legs_are_as_a_plain_linear_program_has_them(truth: World, data: st.DataObject) -> None:
    found = reconcile(totals(*truth.totals), legs(*truth.legs), world())
    assert (found.conflicts == ()) == agree(truth.totals, truth.legs)
    if not found.conflicts:
        as_tight_as_plainly(found, truth, data)


@FEW
@given(worlds(), st.data())
def test_every_period_has_its_own_tightest_range(truth: World, data: st.DataObject) -> None:
    found = reconcile(totals(*truth.totals), legs(*truth.legs), world())
    flow: Flow = data.draw(st.sampled_from(found.flows))
    start = data.draw(st.integers(0, DAYS))
    end = data.draw(st.integers(start + 1, DAYS + 1))
    held = flow.periods.table.between(at(start), at(end))
    np.testing.assert_allclose(held, plain_period(truth.totals, truth.legs, named(flow), start, end), atol=1e-6)
    assert held[0] <= truth.moved(named(flow), start, end) <= held[1]


@FEW
@given(worlds())
def test_a_period_from_the_beginning_is_the_cumulative_range_and_a_longer_one_never_says_less(truth: World) -> None:
    for flow in reconcile(totals(*truth.totals), legs(*truth.legs), world()).flows:
        table, curve = flow.periods.table, flow.curve
        days = np.array([at(day) for day in range(DAYS + 2)])
        low, high = table.all_between(table.time[:1], days)
        np.testing.assert_allclose([(*curve.at_second(day)[::2],) for day in days], np.stack([low[0], high[0]], axis=1))
        for bounds in table.all_between(days, days):
            growing = np.triu(bounds, 1)
            assert np.all(growing[:, 1:] >= growing[:, :-1])
            assert np.all(growing[:-1][:, 1:] >= growing[1:][:, 1:])


@FEW
@given(worlds(onward=True), st.data())
def test_the_terms_of_a_period_add_up_to_its_range(truth: World, data: st.DataObject) -> None:
    flow: Flow = data.draw(st.sampled_from(reconcile(totals(*truth.totals), legs(*truth.legs), world()).flows))
    start, end = data.draw(st.integers(0, DAYS)), data.draw(st.integers(1, DAYS + 1))
    sums = flow.periods.sums(moment(start), moment(end))
    held = BoundSums.hull(list(sums.values()))
    np.testing.assert_allclose((held.low, held.high), flow.periods.between(moment(start), moment(end)), atol=1e-6)
    assert sums.keys() == flow.sides.keys() == flow.periods.by_side.keys()
    for names, each in sums.items():
        table = flow.periods.by_side[names]
        np.testing.assert_allclose((each.low, each.high), table.between(at(start), at(end)), atol=1e-6)
    for each in (held, *sums.values()):
        adding_up(each)


@FEW
@given(worlds(), st.data())
def test_the_reports_that_a_range_is_said_to_rest_on_give_it_by_themselves(truth: World, data: st.DataObject) -> None:
    """Nothing else is needed, and what they say alone is no narrower."""
    said, carried = totals(*truth.totals), legs(*truth.legs)
    flow: Flow = data.draw(st.sampled_from(reconcile(said, carried, world()).flows))
    start, end = data.draw(st.integers(0, DAYS)), data.draw(st.integers(1, DAYS + 1))
    of_leg = dict(zip(map(id, truth.legs), report_of(carried), strict=True))
    for since, sums in (
        (0, flow.curve.sums_at(at(end))),
        (start, BoundSums.hull(list(flow.periods.sums(moment(start), moment(end)).values()))),
    ):
        if since >= end:
            continue
        for turn, (bound, by) in enumerate(((sums.low, sums.low_by), (sums.high, sums.high_by))):
            ids = {term.report for term in by}
            some = [each for each in truth.totals if each["id"] in ids]
            some += [each for each in truth.legs if of_leg[id(each)] in ids]
            alone = plain_part((truth.totals, truth.legs), some, named(flow), since, end)
            assert alone is not None
            np.testing.assert_allclose(bound, alone[turn], atol=1e-6, err_msg=f"{named(flow)}, {since} to {end}")


def test_a_report_of_nothing_is_why_no_more_can_have_moved() -> None:
    (flow,) = reconcile(
        totals(total("none", "a>c", 0, 3, 0, 0), total("some", "a>c", 0, 3, 0, 9)), legs(), world()
    ).flows
    assert [term.report for term in flow.curve.sums_at(at(1)).high_by] == ["none"]


@FEW
@given(worlds(most=7))
def test_the_truth_is_inside_ranges_that_are_in_order_and_explained(truth: World) -> None:
    found = reconcile(totals(*truth.totals), legs(*truth.legs), world())
    assert found.conflicts == ()
    assert {named(flow) for flow in found.flows} == {scope_of(report) for report in truth.totals}
    for flow in found.flows:
        for day in range(DAYS + 2):
            low, _, high = flow.curve.at_second(at(day))
            assert low <= truth.moved(named(flow), 0, day) <= high
        in_order(flow.curve)
        explained(flow.curve)


def as_tight_as_plainly(found: Volumes, truth: World, data: st.DataObject) -> Flow:
    """Some flow, on some days, has the range that a plain linear program finds."""
    flow: Flow = data.draw(st.sampled_from(found.flows))
    for day in data.draw(st.lists(st.integers(0, DAYS + 1), min_size=1, max_size=3, unique=True)):
        low, _, high = flow.curve.at_second(at(day))
        plain = plain_range(truth.totals, truth.legs, named(flow), day)
        assert plain is not None
        np.testing.assert_allclose((low, high), plain, atol=1e-6, err_msg=f"{named(flow)} on day {day}")
    return flow


def named(flow: Flow) -> tuple[str, int]:
    """A flow's route and mode."""
    return f"{flow.scope.origin}>{flow.scope.destination}", flow.scope.mode


def in_order(curve: Curve) -> None:
    """low <= best <= high, none ever falls, and time goes on."""
    assert np.all(np.diff(curve.time) > 0)
    assert np.all(curve.low <= curve.best)
    assert np.all(curve.best <= curve.high)
    for values in (curve.low, curve.best, curve.high):
        assert np.all(values[1:] >= values[:-1])


def moment(day: int) -> datetime:
    """The beginning of a day."""
    return datetime.fromtimestamp(at(day), UTC)


def adding_up(sums: BoundSums) -> None:
    """The terms of a bound add up to it, and one that is open has none."""
    for bound, by in ((sums.low, sums.low_by), (sums.high, sums.high_by)):
        told = sum(term.factor * term.figure for term in by)
        assert np.isclose(told, bound) if np.isfinite(bound) else by == ()


def explained(curve: Curve) -> None:
    """The terms of each bound add up to it."""
    for bounds, why in ((curve.low, curve.low_by), (curve.high, curve.high_by)):
        for bound, terms in zip(bounds, why, strict=True):
            told = sum(term.factor * term.figure for term in terms)
            assert np.isclose(told, bound) if np.isfinite(bound) else terms == ()
