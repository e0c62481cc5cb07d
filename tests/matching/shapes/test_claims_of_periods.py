"""A log of reports that gives a period for each is totals, and its figures are never added up as legs."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import Proposal, propose
from geo.matching.shapes.claims import NAME
from geo.matching.shapes.reshape import reshape
from geo.tables.read import take

PERIODS = """Date,Source,From,To,Period covered,Number of containers
2024-01-12,Agency citing GUR,Najin,Vladivostok,Aug-Dec 2023,3000
2024-01-15,GUR,Najin,Vladivostok,Aug-Dec 2023,3000
2024-02-01,GUR (correction),Najin,Vladivostok,Aug-Dec 2023,2600
"""
SINCE_IN_NAME = """Date,From,To,Containers since Sept 2023,Source
2023-10-16,Najin,Vladivostok,900,JCS
2023-11-20,Najin,Vladivostok,1800,JCS
"""
REMARKS = """Date,Source,From,To,Containers,Comment
2023-10-16,JCS,Najin,Vladivostok,900,since Aug 20
2023-11-20,JCS,Najin,Vladivostok,1800,since late August
"""
OUTLETS = """Published,Outlet,Origin,Destination,Period,Estimate (containers)
2023-10-16,The Times,Najin,Vladivostok,2023-08-20/2023-10-10,900
2023-11-20,The Times,Najin,Vladivostok,2023-08-20/2023-11-15,1800
"""
REPORTED_AFTER = """Date,Source,From,To,Period,Containers
2024-02-15,KCS,Busan,Vladivostok,Jan 2024,300
2024-03-15,KCS,Busan,Vladivostok,Feb 2024,310
"""
SHIP_TOO = """Source,Ship,IMO,Published,From,To,Period covered,Containers
KCS,Maya,9123453,2024-02-15,Busan,Vladivostok,Jan-Feb 2024,300
KCS,Maya,9123453,2024-03-15,Busan,Vladivostok,Jan-Mar 2024,500
"""


def offered(text: str) -> Proposal:
    return propose(read_sheet(text.encode()))


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        (PERIODS, ["2023-08-01 2024-01-01"] * 3),
        (SINCE_IN_NAME, ["2023-09-01 2023-10-17", "2023-09-01 2023-11-21"]),
        (REMARKS, ["2023-08-20 2023-10-17", "2023-08-21 2023-11-21"]),
        (REPORTED_AFTER, ["2024-01-01 2024-02-01", "2024-02-01 2024-03-01"]),
    ],
    ids=["a period", "since, in the header", "since, in a remark", "days after the periods"],
)
def test_each_row_is_a_total_over_its_own_window(text: str, windows: list[str]) -> None:
    sheet = read_sheet(text.encode())
    shape = propose(sheet).shape
    assert shape is not None
    assert (shape.name, shape.offered) == (NAME, True)
    remade = reshape(sheet, NAME)
    proposal = propose(remade)
    assert (proposal.kind, proposal.missing) == ("totals", ())
    totals = take(remade, "totals", mapping=proposal.mapping).table
    found = [f"{start:%Y-%m-%d} {end:%Y-%m-%d}" for start, end in zip(totals["start"], totals["end"], strict=True)]
    assert found == windows
    assert totals["said_on"].notna().all()


def test_an_outlet_alone_is_no_claimant_who_is_asked_for() -> None:
    sheet = read_sheet(OUTLETS.encode())
    assert propose(sheet).shape is not None
    proposal = propose(reshape(sheet, NAME))
    assert (proposal.kind, proposal.missing) == ("totals", ("claimant",))


@pytest.mark.parametrize("text", [SHIP_TOO, PERIODS.replace("Date,", "Date of report,")], ids=["a ship", "all named"])
def test_claims_that_lack_nothing_are_totals_as_they_stand(text: str) -> None:
    proposal = offered(text)
    assert (proposal.kind, proposal.shape, proposal.missing) == ("totals", None, ())


def test_who_claims_and_who_quotes_are_known() -> None:
    text = "Date reported,Claimed by,Quoted in,Origin,Destination,Shipped between,Volume\n"
    text += "2023-10-16,JCS,A paper,Najin,Vladivostok,2023-08-20 to 2023-10-10,900 containers\n"
    columns = offered(text).mapping.columns
    assert columns.items() >= {"Claimed by": "claimant", "Quoted in": "outlet", "Shipped between": "window"}.items()


DEPARTURES = """Published,POL,POD,ETD,Period,TEU
2024-02-03,Busan,Vladivostok,2024-01-04,2024-01,300
2024-02-03,Busan,Vladivostok,2024-01-14,2024-01,200
"""
BY_CARGO = """Published,From,To,Month,Commodity,TEU
2024-02-03,Busan,Vladivostok,2024-01,cars,300
2024-02-03,Busan,Vladivostok,2024-01,steel,100
"""
OF_A_SHIP = "Date,Vessel,From,To,Containers,Remarks\n2024-01-04,Maya,Busan,Vladivostok,300,calls since 2021\n"
PARTS = "Date,Year,Quarter,From,To,TEU\n2024-02-15,2024,2024-Q1,Busan,Vladivostok,300\n"


@pytest.mark.parametrize(
    "text",
    [DEPARTURES, BY_CARGO, OF_A_SHIP, PARTS],
    ids=["departures", "months by cargo", "a remark about a ship", "parts of the date"],
)
def test_shipments_are_legs_still(text: str) -> None:
    proposal = offered(text)
    assert (proposal.kind, proposal.shape) == ("legs", None)


def test_a_single_remark_of_since_when_is_warned_of() -> None:
    text = "Date,From,To,Containers,Comment\n2023-10-16,Najin,Dunai,90,in ballast\n2023-10-20,Najin,Dunai,80,by night\n"
    sheet = read_sheet(f"{text}2023-11-20,Najin,Dunai,1800,since late August\n".encode())
    proposal = propose(sheet)
    assert proposal.shape is None
    warned = [each for each in take(sheet, "legs", mapping=proposal.mapping).problems if "running total" in each.rule]
    assert [(each.row, each.column, each.severity) for each in warned] == [(4, "note", "warning")]
