"""Figures up to each day are named, and are never added up as legs."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import propose

ROWS = "\nNajin,Vladivostok,1000,2023-10-13\nNajin,Vladivostok,2700,2023-11-01"


@pytest.mark.parametrize("count", ["Cumulative containers", "Containers to date", "Boxes (running total)"])
def test_cumulative_counts_are_no_legs(count: str) -> None:
    found = propose(read_sheet(f"Origin,Destination,{count},Date{ROWS}".encode()))
    assert found.shape is not None
    assert (found.shape.name, found.shape.offered, dict(found.mapping.columns)) == ("running-totals", False, {})
    assert f"“{count}” says so" in found.shape.what


def test_a_claim_log_of_them_is_totals() -> None:
    header = "Source,Said on,Origin,Destination,From date,To date,Cumulative containers"
    row = "\nA ministry,2023-11-02,Najin,Vladivostok,2023-08-01,2023-11-01,2700"
    found = propose(read_sheet((header + row).encode()))
    assert (found.kind, found.shape, found.missing) == ("totals", None, ())


def test_a_date_is_no_running_total() -> None:
    assert propose(read_sheet(f"Origin,Destination,Containers,To date{ROWS}".encode())).shape is None
