"""Reports with the day they were made and no period are totals by that day, once a person says so."""

from __future__ import annotations

import pytest

from geo.errors import DialectError
from geo.files.read import read_sheet
from geo.matching.propose import Proposal, propose
from geo.matching.shapes.claims import NAME
from geo.matching.shapes.reshape import reshape
from geo.tables.read import take

LOG = """Date of report;Claimant;From;To;Containers
28/10/2024;Defence minister;North Korea;Russia;20,000+
02/11/2024;Think tank;Rason;Vostochny;about 70
;Think tank;Rason;Vostochny;80
"""


def offered(text: str) -> Proposal:
    return propose(read_sheet(text.encode()))


def test_a_log_of_reports_is_offered_as_totals_and_nothing_is_forced_into_legs() -> None:
    proposal = offered(LOG)
    assert proposal.shape is not None
    assert (proposal.shape.name, proposal.shape.offered) == (NAME, True)
    assert "“Date of report”" in proposal.shape.what
    assert not proposal.mapping.columns


def test_each_is_all_that_had_moved_by_the_day_it_was_reported() -> None:
    sheet = reshape(read_sheet(LOG.encode()), NAME)
    assert sheet.columns["window"].to_pylist() == ["by 28/10/2024", "by 02/11/2024", ""]
    proposal = propose(sheet)
    assert proposal.kind == "totals"
    reading = take(sheet, "totals", mapping=proposal.mapping)
    totals = reading.table
    assert totals["end"].dt.strftime("%Y-%m-%d").tolist() == ["2024-10-29", "2024-11-03"]
    assert totals["said_on"].dt.strftime("%Y-%m-%d").tolist() == ["2024-10-28", "2024-11-02"]
    assert set(totals["running"]) <= {"", "yes"}
    assert totals["claimant"].tolist() == ["Defence minister", "Think tank"]
    assert reading.kept + len(reading.set_aside) == 3


@pytest.mark.parametrize(
    "text",
    [
        LOG.replace("From;", "Depart;From;").replace("North Korea;", "2024-10-01;North Korea;"),
        LOG.replace("Containers", "Containers;Period"),
        LOG.replace("Containers", "Containers;Published"),
        LOG.replace("Date of report", "Remark").replace("28/10/2024", "x").replace("02/11/2024", "y"),
    ],
    ids=["a departure", "a period", "two days of reports", "no day"],
)
def test_where_the_file_says_more_or_less_nothing_is_offered(text: str) -> None:
    shape = offered(text).shape
    assert shape is None or shape.name != NAME


def test_what_has_no_day_of_a_report_cannot_be_made_so() -> None:
    with pytest.raises(DialectError, match="day of a report"):
        reshape(read_sheet(b"From,To,Containers\nBusan,Rason,3\n"), NAME)
