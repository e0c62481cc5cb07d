"""A period that contains others is left out, asked about or warned of, and never added to its parts."""

from __future__ import annotations

import pytest

from geo.errors import DialectError
from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.matching.shapes.reshape import reshape
from geo.tables.nested_periods import RULE
from geo.tables.read import Reading, take

RUNNING = """claimant,origin,destination,period,containers
JCS,Najin,Vladivostok,2023-08-01/2023-09-30,1000
JCS,Najin,Vladivostok,2023-08-01/2023-12-31,5000
"""
SUMS = """From,To,Period,TEU
Busan,Vladivostok,2024-04,300
Busan,Vladivostok,2024-05,310
Busan,Vladivostok,Q2 2024,950
"""
OWN = """origin,destination,depart,containers
Busan,Vladivostok,2024-04,300
Busan,Vladivostok,Q2 2024,950
Busan,Vladivostok,early April 2024,10
Busan,Qingdao,2024-05,20
"""


@pytest.mark.parametrize(
    "text",
    [RUNNING, SUMS, SUMS.replace("Period", "Frequency,Period").replace(",2024", ",M,2024").replace(",Q2", ",Q,Q2")],
)
def test_rows_of_periods_that_contain_others_are_asked_about(text: str) -> None:
    proposal = propose(read_sheet(text.encode()))
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == ("running-totals", False)
    assert "contains" in proposal.shape.what


@pytest.mark.parametrize(
    "text",
    [
        SUMS.replace("Busan,Vladivostok,Q2", "Busan,Qingdao,Q2"),
        RUNNING.replace("JCS,Najin,Vladivostok,2023-08-01/2023-12", "NIS,Najin,Vladivostok,2023-08-01/2023-12"),
        "From,To,Month,TEU\nBusan,Vladivostok,2024-04,3\nBusan,Vladivostok,2024-04-05,2\n",
        "From,To,Cargo,Period,TEU\nBusan,Vladivostok,cars,2024-04,3\nBusan,Vladivostok,steel,Q2 2024,9\n",
    ],
    ids=["another route", "another source", "a day of a voyage", "another cargo"],
)
def test_what_differs_otherwise_is_not(text: str) -> None:
    assert propose(read_sheet(text.encode())).shape is None


def of(text: str) -> Reading:
    return take(read_sheet(text.encode()), "legs")


def test_below_a_departure_the_row_is_named() -> None:
    warned = [each for each in of(OWN).problems if each.rule == RULE]
    assert [(each.row, each.column, each.severity) for each in warned] == [(3, "depart", "warning")]
    assert "Line 2 is of the same route" in warned[0].hint


@pytest.mark.parametrize(
    "text",
    [OWN.replace("Vladivostok,2024-04,", "Nakhodka,2024-04,"), OWN.replace("Q2 2024", "2024-06")],
    ids=["another route", "months alone"],
)
def test_other_rows_are_not_warned_of(text: str) -> None:
    assert RULE not in [each.rule for each in of(text).problems]


def test_ships_that_both_rows_name_tell_them_apart() -> None:
    text = "origin,destination,depart,containers,vessel\nBusan,Vladivostok,2024-04,3,{}\nBusan,Vladivostok,2024,9,{}\n"
    assert RULE in [each.rule for each in of(text.format("Maya", "Maya")).problems]
    assert RULE not in [each.rule for each in of(text.format("Maya", "Angara")).problems]


@pytest.mark.parametrize(
    ("header", "left_out", "months"),
    [
        ("Apr 2024,May 2024,Jun 2024,Apr-Jun 2024", "Apr-Jun 2024", ["Apr 2024", "May 2024", "Jun 2024"]),
        ("2023-04,2023-05,2023-06,Q2 2023", "Q2 2023", ["2023-04", "2023-05", "2023-06"]),
        ("2018,2019,2020,2018-2020", "2018-2020", ["2018", "2019", "2020"]),
    ],
)
def test_columns_that_are_the_sum_of_others_are_left_out_and_named(
    header: str, left_out: str, months: list[str]
) -> None:
    sheet = read_sheet(f"From,To,{header}\nBusan,Vladivostok,300,310,340,950\n".encode())
    shape = propose(sheet).shape
    assert shape is not None
    assert f"Left out, since they contain others of these periods: “{left_out}”" in shape.rule
    rows = reshape(sheet, "wide")
    assert rows.columns["period"].to_pylist() == months
    assert left_out in rows.reasons["shape"]


def test_columns_that_run_on_are_asked_about() -> None:
    sheet = read_sheet(b"From,To,Jan 2024,Jan-Feb 2024,Jan-Mar 2024\nBusan,Vladivostok,300,610,950\n")
    shape = propose(sheet).shape
    assert shape is not None
    assert (shape.name, shape.offered) == ("running-totals", False)
    with pytest.raises(DialectError, match="not the sum"):
        reshape(sheet, "wide")
