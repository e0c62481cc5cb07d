"""From when a report bounds: running totals, vague and open starts."""

from __future__ import annotations

import pytest

from tests.reconcile.reports import OPEN, at, flow, of, total


def test_running_totals_of_one_claimant_are_never_added() -> None:
    found = of(
        total("x", "a>c", 0, 10, 1800, 2200), total("y", "a>c", 0, 20, 4500, 5500), total("z", "a>c", 0, 30, 6000, 7000)
    )
    assert found.flows[0].curve.at_second(at(30)) == (6000.0, 6500.0, 7000.0)
    assert found.flows[0].naive_sum == 2000 + 5000 + 6500
    assert found.conflicts == ()


def test_a_later_window_has_something_before_it_and_the_first_has_not() -> None:
    first = of(total("x", "a>c", (2, 6), 9, 5, 7)).flows[0].curve
    assert first.at_second(at(9))[2] == 7.0
    later = of(total("o", "a>c", 0, 3, 1, OPEN), total("x", "a>c", (2, 6), 9, 5, 7)).flows[0].curve
    assert later.at_second(at(9))[2] == OPEN


def test_an_open_start_reaches_back_to_the_beginning() -> None:
    found = of(total("x", "a>c", None, 9, 5, 7), total("y", "a>c", 3, 5, 1, OPEN, claimant="B")).flows[0].curve
    assert found.time[0] == at(3)
    assert found.at_second(at(9)) == (5.0, 6.0, 7.0)
    alone = of(total("x", "a>c", None, 9, 5, 7)).flows[0].curve
    assert alone.time.tolist() == [at(8), at(9)]


@pytest.mark.parametrize(("running", "most"), [("", 7.0), ("yes", 7.0), ("no", OPEN)])
def test_a_vague_start_is_that_of_a_running_total_unless_the_report_says_no(running: str, most: float) -> None:
    found = of(total("x", "a>c", (2, 6), 9, 5, 7, running=running), total("o", "a>c", 2, 3, 0, OPEN, claimant="B"))
    assert found.flows[0].curve.at_second(at(9))[2] == most


@pytest.mark.parametrize(("running", "most"), [("", 7.0), ("yes", 7.0), ("no", OPEN)])
def test_an_open_start_caps_all_before_unless_the_report_says_no(running: str, most: float) -> None:
    found = of(total("x", "a>c", None, 9, 5, 7, running=running), total("o", "a>c", 2, 3, 0, OPEN, claimant="B"))
    assert found.flows[0].curve.at_second(at(9))[2] == most


def test_a_running_total_caps_from_its_earliest_start_and_not_from_before() -> None:
    found = of(total("x", "a>c", 4, 9, 5, 7, running="yes"), total("o", "a>c", 2, 3, 0, OPEN)).flows[0].curve
    assert found.at_second(at(9))[2] == OPEN


def test_without_a_start_nothing_is_known_of_before() -> None:
    """Neither that nothing moved until a day before, nor how much: elsewhere something began on day 0."""
    back = flow(of(total("there", "a>c", 0, 10, 5, 9), total("back", "c>a", None, 20, 300, OPEN)), "c>a")
    assert back.curve.at_second(at(1)) == (0.0, 0.0, OPEN)
    assert back.curve.at_second(at(18)) == (0.0, 0.0, OPEN)
    assert back.curve.at_second(at(20))[:2] == (300.0, 300.0)
