"""Dates that cannot all be as they are read: two orders, dates that a spreadsheet swapped, voyages of years."""

from __future__ import annotations

from datetime import date

import pytest

from geo.matching.mapping import ColumnMap
from geo.tables.date_forms import CONVERTED, order_in
from geo.tables.read import Reading, read
from geo.tables.rules import TOO_LONG

HEAD = "origin,destination,depart,{},containers\n"


def _read(other: str, *rows: str, **dates: str) -> Reading:
    names = ("origin", "destination", "depart", other, "containers")
    file = HEAD.format(other) + "\n".join(f"Najin,Vladivostok,{row},{9 + at}" for at, row in enumerate(rows))
    return read(
        file.encode(), mapping=ColumnMap("legs", {name: name for name in names}, dates=dates), today=date(2025, 1, 1)
    )


OPPOSITE = ("05/28/2023,29/05/2023", "06/04/2023,08/06/2023")


def test_two_columns_of_opposite_orders_are_asked_about() -> None:
    reading = _read("said_on", *OPPOSITE)
    assert set(reading.undecided) == {"depart", "said_on"}
    assert reading.kept == 0
    assert "05/28/2023: there is no month 28. But said_on is day first. 29/05/2023" in reading.contradictions["depart"]


def test_one_answer_settles_both_columns() -> None:
    reading = _read("said_on", *OPPOSITE, depart="month first")
    assert not reading.undecided
    assert [f"{day:%m-%d}" for day in reading.table["depart"]] == ["05-28", "06-04"]
    assert [f"{day:%m-%d}" for day in reading.table["said_on"]] == ["05-29", "06-08"]


def test_columns_whose_every_date_is_certain_or_marked_otherwise_are_not_asked_about() -> None:
    assert _read("said_on", "05/28/2023,29/05/2023", "06/20/2023,22/06/2023").kept == 2
    assert _read("said_on", "05/28/2023,29.05.2023", "06/04/2023,08.06.2023").kept == 2
    assert _read("said_on", "05/28/2023,05/29/2023", "06/04/2023,06/08/2023").kept == 2


def test_dates_beside_texts_of_days_beyond_twelve_may_be_swapped() -> None:
    reading = _read("note", "27/02/2023,a", "2023-04-02,b", "19/06/2023,c", "2023-05-05,d")
    assert reading.kept == 4
    assert [(each.row, each.rule) for each in reading.problems] == [(3, CONVERTED[0])]
    american = _read("note", "02/27/2023,a", "2023-04-02 00:00:00,b", "06/19/2023,c")
    assert [(each.row, each.rule) for each in american.problems] == [(3, CONVERTED[0])]


@pytest.mark.parametrize(
    "days",
    [
        ("27/02/2023", "2023-04-20", "19/06/2023"),
        ("27/02/2023", "04/06/2023", "2023-04-02"),
        ("27/02/2023", "2023-04-02"),
        ("2023-04-01", "2023-04-02", "2023-04-03"),
    ],
)
def test_dates_of_which_nothing_says_so_are_no_warning(days: tuple[str, ...]) -> None:
    assert not _read("note", *(f"{day},{at}" for at, day in enumerate(days))).problems


def test_a_voyage_longer_than_any_is_warned_of() -> None:
    reading = _read("arrive", "2023-02-01,2032-02-03", "1900-02-01,2023-02-03", "2023-02-01,2023-08-03")
    assert reading.kept == 3
    assert [(each.row, each.column, each.rule) for each in reading.problems] == [
        (2, "arrive", TOO_LONG[0]),
        (3, "arrive", TOO_LONG[0]),
    ]


def test_vague_dates_count_at_their_shortest() -> None:
    assert not _read("arrive", "2023,2024-03-01", "2023-03,2023").problems


def test_a_report_and_a_lone_arrival_of_the_future_are_warned_of_and_one_under_way_is_not() -> None:
    assert [
        each.row for each in _read("arrive", "2024-12-20,2025-01-20", ",2025-02-01").problems if "arrived" in each.rule
    ] == [3]
    (told,) = _read("said_on", "2024-12-20,2052-01-01").problems
    assert (told.column, told.severity, told.rule) == ("said_on", "warning", "a report has been made")


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("Date (d/m/y)", "day first"),
        ("DD/MM/YYYY", "day first"),
        ("Datum (TT.MM.JJ)", "day first"),
        ("Sailed [MM-DD-YY]", "month first"),
        ("Date", ""),
        ("Add/mm/yy", ""),
    ],
)
def test_a_header_may_state_the_order(header: str, order: str) -> None:
    assert order_in(header) == order


def test_the_order_of_a_header_counts_where_the_values_show_none() -> None:
    own = {"origin": "origin", "destination": "destination", "Date (m/d/y)": "depart", "containers": "containers"}

    def first_of(*days: str) -> str:
        rows = "".join(f"Najin,Vladivostok,{day},9\n" for day in days)
        file = f"origin,destination,Date (m/d/y),containers\n{rows}"
        return f"{read(file.encode(), mapping=ColumnMap('legs', own)).table['depart'].iloc[0]:%Y-%m-%d}"

    assert first_of("05/06/2023") == "2023-05-06"
    assert first_of("05/06/2023", "29/06/2023") == "2023-06-05"
