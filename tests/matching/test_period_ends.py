"""Two columns of dates called From and To: the ends of a period, a departure and an arrival, or asked."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet
from geo.matching.propose import Proposal, propose
from geo.tables.read import read
from tests.matching.proposals import by_header

PERIOD = {"depart_from", "depart_to"}


def _file(names: str, *rows: str, ends: str = "Origin,Destination") -> bytes:
    cells = "\n".join(f"Najin,Vladivostok,{row},{10 + at}" for at, row in enumerate(rows))
    return f"{ends},{names},Containers\n{cells}".encode()


def _proposed(file: bytes) -> Proposal:
    return propose(read_sheet(file))


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        ("From,To", ["2023-05-01,2023-06-30", "2023-07-01,2023-07-31"]),
        ("Start,End", ["2023-01-01,2023-03-31"]),
        ("Start date,End date", ["2023-04-01,2023-04-30", "2023-05-01,2023-05-31"]),
        ("Date from,Date to", ["01.05.2023,31.05.2023"]),
        ("From month,To month", ["2023-05-01,2023-06-01"]),
        ("From,To", ["2023-05-01,2023-05-07", "2023-05-15,2023-05-28"]),
    ],
)
def test_whole_months_and_weeks_in_every_row_are_periods(names: str, rows: list[str]) -> None:
    found = _proposed(_file(names, *rows))
    first, last = names.split(",")
    assert (found.mapping.columns[first], found.mapping.columns[last]) == ("depart_from", "depart_to")
    assert not found.missing
    assert "of a period" in by_header(found)[first].reason


def test_from_and_to_that_are_no_whole_months_are_asked() -> None:
    found = _proposed(_file("From,To", "2023-05-03,2023-05-09", "2023-05-04,2023-05-11"))
    assert list(found.missing) == ["depart"]
    assert {"From", "To"}.isdisjoint(found.mapping.columns)
    assert "may be departure and arrival, or the ends of a period" in by_header(found)["To"].reason


def test_start_and_end_of_days_are_departure_and_arrival_as_ever() -> None:
    found = _proposed(_file("Start date,End date", "2023-05-03,2023-05-09", "2023-06-01,2023-06-04"))
    assert (found.mapping.columns["Start date"], found.mapping.columns["End date"]) == ("depart", "arrive")


def test_from_and_to_that_are_places_or_stand_beside_a_departure_are_left_alone() -> None:
    places = _proposed(_file("Departure,Arrival", "2023-05-01,2023-05-31", ends="From,To"))
    assert (places.mapping.columns["From"], places.mapping.columns["To"]) == ("origin", "destination")
    assert places.mapping.columns["Departure"] == "depart"
    beside = _proposed(_file("ETD,From,To", "2023-05-03,2023-05-01,2023-05-31"))
    assert beside.mapping.columns["ETD"] == "depart"
    assert PERIOD.isdisjoint(beside.mapping.columns.values())


def test_both_columns_make_one_departure_within_the_period() -> None:
    reading = read(_file("depart_from,depart_to", "2023-05-01,2023-06-30", "2023-07-01,", "2023-07-02,2023-06-30"))
    assert [f"{day:%Y-%m-%d}" for day in (*reading.table["depart"], *reading.table["depart_latest"])] == [
        "2023-05-01",
        "2023-07-01",
    ]
    assert reading.table["arrive"].isna().all()
    told = {(each.row, each.column, each.rule) for each in reading.problems}
    assert told == {
        (3, "depart_from", "a period needs both ends"),
        (4, "depart_to", "a period begins before it ends"),
    }
