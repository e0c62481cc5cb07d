"""Dates under the name of a period are that period, where all of them can be; else days, with a warning."""

from __future__ import annotations

import pytest

from geo.matching.mapping import ColumnMap
from geo.matching.period_names import Stretch, stretch_in
from geo.tables.header_periods import WHICH_END
from geo.tables.read import Reading, read


def _read(header: str, *days: str, column: str = "depart") -> Reading:
    rows = "\n".join(f"Najin;Vladivostok;{day};{10 + at}" for at, day in enumerate(days))
    own = {"origin": "origin", "destination": "destination", header: column, "containers": "containers"}
    file = f"origin;destination;{header};containers\n{rows}"
    return read(file.encode(), mapping=ColumnMap("legs", own, {"unit": "container"}))


def _spans(reading: Reading, first: str = "depart", last: str = "depart_latest") -> list[tuple[str, str]]:
    table = reading.table
    return [(f"{a:%Y-%m-%d}", f"{b:%Y-%m-%d}") for a, b in zip(table[first], table[last], strict=True)]


@pytest.mark.parametrize(
    ("header", "day", "first", "end"),
    [
        ("Month", "2023-09-01", "2023-09-01", "2023-10-01"),
        ("Month", "2023-09-01 00:00:00", "2023-09-01", "2023-10-01"),
        ("Shipment month", "2023-09-30", "2023-09-01", "2023-10-01"),
        ("Monat", "01.09.2023", "2023-09-01", "2023-10-01"),
        ("Месяц", "01.09.2023", "2023-09-01", "2023-10-01"),
        ("Mese", "2023-09-01", "2023-09-01", "2023-10-01"),
        ("月份", "2023-09-01", "2023-09-01", "2023-10-01"),
        ("Quarter", "2023-07-01", "2023-07-01", "2023-10-01"),
        ("Quarter ending", "2023-08-31", "2023-06-01", "2023-09-01"),
        ("Year", "2022-12-31", "2022-01-01", "2023-01-01"),
        ("Year beginning", "2022-04-01", "2022-04-01", "2023-04-01"),
        ("Week ending", "2023-09-10", "2023-09-04", "2023-09-11"),
        ("Week end date", "2023-09-08", "2023-09-02", "2023-09-09"),
        ("Week beginning", "2023-09-05", "2023-09-05", "2023-09-12"),
        ("w/c", "2023-09-05", "2023-09-05", "2023-09-12"),
        ("Week of", "2023-09-06", "2023-09-04", "2023-09-11"),
        ("Week", "2023-09-04", "2023-09-04", "2023-09-11"),
    ],
)
def test_a_date_stands_for_the_period_that_its_header_names(header: str, day: str, first: str, end: str) -> None:
    reading = _read(header, day)
    assert _spans(reading) == [(first, end)]
    assert list(reading.periods) == ["depart"]
    assert not reading.problems


def test_a_month_of_arrival_is_one_too() -> None:
    assert _spans(_read("Arrival month", "2023-09-01", column="arrive"), "arrive_earliest", "arrive") == [
        ("2023-09-01", "2023-10-01")
    ]


@pytest.mark.parametrize("header", ["Date", "Date (month/day/year)", "Day of month", "Fiscal year", "Departure"])
def test_under_another_name_the_first_of_a_month_is_a_day(header: str) -> None:
    assert stretch_in(header) is None
    assert _spans(_read(header, "2023-09-01")) == [("2023-09-01", "2023-09-02")]


def test_days_in_mid_month_make_all_of_them_days_and_are_named_where_they_are_few() -> None:
    reading = _read("Month", "2023-09-01", "2023-10-17", "2023-11-01")
    assert _spans(reading)[0] == ("2023-09-01", "2023-09-02")
    assert [(each.row, each.severity, each.rule) for each in reading.problems] == [
        (3, "warning", "a date that stands for a month is its first or last day")
    ]
    assert not _read("Month", "2023-09-06", "2023-10-17", "2023-11-01").problems


def test_a_week_named_by_another_day_than_monday_may_begin_or_end_there() -> None:
    reading = _read("Week", "2023-09-08", "2023-09-15")
    assert _spans(reading)[0] == ("2023-09-08", "2023-09-09")
    assert [(each.row, each.rule) for each in reading.problems] == [(2, WHICH_END[0]), (3, WHICH_END[0])]


def test_a_stretch_of_days_beside_months_stays_one() -> None:
    assert _spans(_read("Month", "2023-09-01", "2023-10-02/2023-10-05")) == [
        ("2023-09-01", "2023-10-01"),
        ("2023-10-02", "2023-10-06"),
    ]


def test_what_was_kept_reads_back_to_the_same_periods() -> None:
    first = _read("Month", "2023-09-01", "2023-10-01")
    assert _spans(read(first.kept_csv().encode())) == _spans(first)


def test_the_window_of_a_total_is_the_month_that_its_header_says() -> None:
    own = {name: name for name in ("claimant", "said_on", "origin", "destination", "quantity")}
    head = "claimant,said_on,origin,destination,Month,quantity\n"
    rows = "A,2024-06-01,Najin,Vladivostok,2024-04-01,30\nA,2024-06-01,Najin,Vladivostok,since May 2024,30"
    reading = read((head + rows).encode(), mapping=ColumnMap("totals", {**own, "Month": "window"}))
    assert _spans(reading, "start", "end") == [("2024-04-01", "2024-05-01"), ("2024-05-01", "2024-06-02")]


def test_what_headers_say() -> None:
    assert stretch_in("Week commencing") == Stretch("week", "start")
    assert stretch_in("W/E date") == Stretch("week", "end")
    assert stretch_in("Year-Month") == Stretch("month")
