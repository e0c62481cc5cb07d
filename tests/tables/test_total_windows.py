"""A total speaks of what had moved by the day it was said: its window ends there at the latest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.dataset.dataset import data_set
from geo.dataset.parts import of_reading
from geo.reconcile.reconcile import reconcile
from geo.tables.read import Reading, read
from geo.tables.total_windows import AHEAD, CUT

HEAD = "claimant,said_on,origin,destination,window,quantity,nature"


def totals(*rows: str) -> Reading:
    return read("\n".join([HEAD, *rows]).encode(), "totals")


def row(said_on: str, window: str, quantity: str = "700", nature: str = "") -> str:
    return f"Desk A,{said_on},Odesa,Istanbul,{window},{quantity},{nature}"


def rules(reading: Reading) -> list[tuple[int, str, str]]:
    return [(each.row, each.severity, each.rule + each.hint) for each in reading.problems]


@pytest.mark.parametrize("window", ["2024", "2024-02-01/2024-12-31", "2024-02/2024-12"])
def test_a_window_ends_on_the_day_it_was_said(window: str) -> None:
    reading = totals(row("2024-06-10", window))
    (end,) = set(reading.table[["end", "end_latest"]].to_numpy().ravel())
    assert f"{end:%Y-%m-%d}" == "2024-06-11"
    assert rules(reading) == [(2, "warning", "".join(CUT))]


@pytest.mark.parametrize("window", ["2024-01/2024-05", "2024-06-10", "2024-03-01/2024-06-10", "since March 2024"])
def test_a_window_that_is_over_stays(window: str) -> None:
    assert not rules(totals(row("2024-06-10", window)))


def test_capacities_and_plans_stay_and_plans_are_named() -> None:
    room, plan = totals(row("2024-06-10", "2024", nature="capacity")), totals(row("2024-06-10", "2024-08"))
    assert [f"{each.table['end'].iloc[0]:%Y-%m-%d}" for each in (room, plan)] == ["2025-01-01", "2024-09-01"]
    assert not rules(room)
    assert rules(plan) == [(2, "warning", "".join(AHEAD))]


def test_rows_of_one_window_are_cut_each_on_its_own_day() -> None:
    reading = totals(row("2024-06-10", "2024"), row("2024-07-10", "2024"), row("2025-02-01", "2024"))
    assert [f"{end:%Y-%m-%d}" for end in reading.table["end"]] == ["2024-06-11", "2024-07-11", "2025-01-01"]


def test_a_start_and_an_end_of_their_own_are_a_window_too() -> None:
    head = "claimant,said_on,origin,destination,start,end,quantity"
    text = f"{head}\nDesk A,2024-06-10,Odesa,Istanbul,2024-02-01,2024-12-31,700"
    assert f"{read(text.encode(), 'totals').table['end'].iloc[0]:%Y-%m-%d}" == "2024-06-11"


def test_a_later_total_of_what_came_after_adds_to_it() -> None:
    reading = totals(row("2024-06-10", "2024", "700"), row("2025-01-10", "2024-06-15/2024-12-31", "900"))
    data = data_set([of_reading(reading, "totals.csv")])
    volumes = reconcile(data.totals, data.legs)
    assert not volumes.conflicts
    low, best, _ = volumes.flows[0].curve.at(datetime(2025, 1, 1, tzinfo=UTC))
    assert (low, best) == (1600, 1600)
