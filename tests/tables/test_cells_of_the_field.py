"""Dates and figures whose meaning a whole column or its header tells, in files as analysts have them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest

from geo.matching.mapping import ColumnMap
from geo.matching.propose import propose
from geo.tables.read import Reading, read, take
from tests.tables.sheets import sheet


def legs_of(header: str, cells: Sequence[str], dates: dict[str, str] | None = None, **fixed: str) -> Reading:
    """Legs whose departures stand under a header."""
    own = {name: name for name in ("origin", "destination", "containers")}
    columns = {"origin": ["Najin"] * len(cells), "destination": ["Vladivostok"] * len(cells), header: list(cells)}
    rows = sheet({**columns, "containers": [str(number) for number in range(10, 10 + len(cells))]})
    return take(rows, "legs", mapping=ColumnMap("legs", {**own, header: "depart"}, fixed, dates or {}))


def counted(cells: Sequence[str], unit: str = "") -> Reading:
    """Legs with these counts."""
    lines = [f'Najin,Vladivostok,2023-09-0{day},"{cell}",{unit}' for day, cell in enumerate(cells, 1)]
    return read("\n".join(["origin,destination,depart,containers,unit", *lines]).encode(), "legs")


def times(reading: Reading) -> list[list[str]]:
    names = ["depart", "depart_latest", "arrive_earliest", "arrive"]
    return [["" if pd.isna(each) else f"{each:%m-%d}" for each in row] for row in reading.table[names].to_numpy()]


def bests(reading: Reading) -> list[float]:
    return reading.table["containers_best"].tolist()


@pytest.mark.parametrize("cell", ["1-5 Sept 2023", "2023-09-01 to 2023-09-05", "01.-05.09.2023"])
def test_a_stretch_of_days_is_a_voyage_unless_its_header_says_departure_or_period(cell: str) -> None:
    assert times(legs_of("date", [cell])) == [["09-01", "09-02", "09-05", "09-06"]]
    for header in ("depart", "ETD", "period", "week"):
        assert times(legs_of(header, [cell])) == [["09-01", "09-06", "", ""]]


def test_a_stretch_with_an_arrival_beside_it_is_when_it_departed() -> None:
    own = {name: name for name in ("origin", "destination", "containers")}
    file = b"origin,destination,date,arrive,containers\nNajin,Vladivostok,1-5 Sept 2023,2023-09-09,10"
    reading = read(file, mapping=ColumnMap("legs", {**own, "date": "depart", "arrive": "arrive"}))
    assert times(reading) == [["09-01", "09-06", "09-09", "09-10"]]


def test_months_between_which_it_departed_are_no_voyage() -> None:
    assert times(legs_of("date", ["Aug-Sep 2023"])) == [["08-01", "10-01", "", ""]]


@pytest.mark.parametrize(
    ("cells", "form", "first"),
    [
        (["1693526400", "1693612800"], "epoch seconds", ["09-01", "09-01", "", ""]),
        (["1693526400000"], "epoch milliseconds", ["09-01", "09-01", "", ""]),
        (["202309", "202310"], "year and month", ["09-01", "10-01", "", ""]),
        (["Sep-23", "Aug-99"], "month and year", ["09-01", "10-01", "", ""]),
    ],
)
def test_a_column_of_one_form_needs_no_question(cells: list[str], form: str, first: list[str]) -> None:
    reading = legs_of("date", cells)
    assert (dict(reading.mapping.dates), reading.undecided) == ({"depart": form}, ())
    assert times(reading)[0] == first


def test_fiscal_years_are_asked_with_their_choices_and_read_as_answered() -> None:
    asked = legs_of("year", ["2010-11", "2012-13"])
    assert (asked.kept, asked.undecided) == (0, ("depart",))
    assert "fiscal year" in asked.problems[0].rule
    form = asked.doubts["depart"].choices[0]
    answered = legs_of("year", ["2010-11", "2012-13"], {"depart": form})
    assert (answered.kept, answered.undecided) == (2, ())
    assert times(answered)[0] == ["04-01", "04-01", "", ""]


def test_a_day_that_is_said_or_happens_is_no_stretch() -> None:
    file = "origin,destination,depart,containers,said_on\nNajin,Vladivostok,2023-09-07,10,1-5 Sept 2023"
    (problem,) = read(file.encode()).problems
    assert (problem.column, problem.severity) == ("said_on", "set aside")


def test_na_costs_no_row_where_a_date_may_be_left_out() -> None:
    file = b"origin,destination,depart,arrive,containers\nNajin,Vladivostok,2023-09-07,N/A,10\n"
    reading = read(file + b"Najin,Vladivostok,N/A,2023-09-09,10")
    assert [(each.row, each.column, each.severity) for each in reading.problems][:1] == [(2, "arrive", "warning")]
    assert times(reading)[0] == ["09-07", "09-08", "", ""]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.200", "2.350", "12.400", "300"], [1200, 2350, 12_400, 300]),
        (["1.200", "about 2.350", "12.400"], [1200, 2350, 12_400]),
        (["1.200", "2.350"], []),
        (["1.200", "2.350", "3.100", "1200"], [1200]),
        (["1.200", "2.350", "3.100", "2.5"], []),
    ],
)
def test_points_in_whole_counts_are_thousands_where_many_have_them_and_none_is_otherwise(
    cells: list[str], expected: list[float]
) -> None:
    reading = counted(cells)
    assert bests(reading) == expected
    assert (reading.unsure is None) == (len(expected) == len(cells))


def test_points_in_what_comes_in_fractions_are_asked() -> None:
    reading = counted(["1.200", "2.350", "12.400"], "tonne")
    assert reading.kept == 0
    assert reading.unsure is not None


def test_a_figure_in_brackets_is_an_estimate_with_a_warning() -> None:
    reading = counted(["(300)", "250"])
    assert reading.table.loc[0, ["containers_low", "containers_best", "containers_high"]].tolist() == [270, 300, 330]
    (problem,) = reading.problems
    assert (problem.given, problem.severity) == ("(300)", "warning")
    assert "negative of accounts" in problem.hint


@pytest.mark.parametrize(("cells", "unit"), [(["(300)", "-20"], ""), (["(300)", "250-"], ""), (["(300)"], "USD")])
def test_a_figure_in_brackets_is_no_estimate_beside_negatives_or_money(cells: list[str], unit: str) -> None:
    reading = counted(cells, unit)
    assert 300 not in bests(reading)
    assert "negative of accounts" in reading.problems[0].rule


def test_the_size_of_a_container_says_what_is_counted() -> None:
    assert bests(counted(["3 x 40HC", "2x20' + 1x40HC"])) == [3, 3]
    assert counted(["3 x 40HC"], "TEU").kept == 0
    proposal = propose(sheet({"from": ["Najin"], "to": ["Vladivostok"], "etd": ["2023-09-07"], "qty": ["3 x 40HC"]}))
    assert proposal.mapping.columns["qty"] == "containers"
