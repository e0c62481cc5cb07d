"""Years, months and days in columns of their own are one date; a file whose header says "week" is not without dates."""

from __future__ import annotations

import pytest

from geo.matching.date_parts import called_dates, date_parts
from geo.matching.propose import propose
from tests.tables.sheets import sheet

ENDS = {"from": ["Busan", "Rotterdam"], "to": ["Vladivostok", "Antwerp"], "boxes": ["10", "12"]}


@pytest.mark.parametrize(
    ("year", "month", "months"),
    [
        ("Year", "Month", ["9", "10"]),
        ("YEAR", "MONTH", ["09", "10"]),
        ("refYear", "refMonth", ["9", "10"]),
        ("Departure Year", "Departure Month", ["Sept", "Oct"]),
        ("Jahr", "Monat", ["September", "Oktober"]),
        ("année", "mois", ["août", "sept."]),
        ("Год", "Месяц", ["август", "сентябрь"]),
        ("年", "月", ["9", "10"]),
        ("سنة", "شهر", ["٩", "١٠"]),
    ],
)
def test_a_year_and_a_month_say_when_it_departed(year: str, month: str, months: list[str]) -> None:
    found = propose(sheet({**ENDS, year: ["2023", "2023"], month: months}))
    assert (found.mapping.columns[year], found.mapping.columns[month]) == ("depart_year", "depart_month")
    assert (found.kind, found.missing) == ("legs", ())
    assert "together say the date" in next(guess.reason for guess in found.guesses if guess.header == year)


@pytest.mark.parametrize(
    ("header", "cells", "part"),
    [
        ("Quarter", ["Q1", "Q3"], "quarter"),
        ("Qtr", ["1", "3"], "quarter"),
        ("Week", ["36", "37"], "week"),
        ("KW", ["W36", "W1"], "week"),
    ],
)
def test_a_quarter_or_a_week_says_when_in_its_year(header: str, cells: list[str], part: str) -> None:
    found = propose(sheet({**ENDS, "Year": ["2023", "2023"], header: cells}))
    assert (found.mapping.columns["Year"], found.mapping.columns[header]) == ("depart_year", f"depart_{part}")


def test_a_month_is_taken_before_a_quarter_and_a_week() -> None:
    columns = {"Year": ["2023", "2023"], "Quarter": ["1", "3"], "Month": ["2", "9"], "Week": ["6", "36"]}
    assert date_parts(sheet({**ENDS, **columns})) == {"Year": "year", "Month": "month"}


def test_a_day_is_taken_with_them_and_a_whole_date_is_taken_before_them() -> None:
    parts = {"Year": ["2023", "2023"], "Month": ["9", "10"], "Day": ["7", "8"]}
    assert set(date_parts(sheet({**ENDS, **parts}))) == {"Year", "Month", "Day"}
    found = propose(sheet({**ENDS, **parts, "ETD": ["2023-09-07", "2023-10-08"]}))
    assert found.mapping.columns["ETD"] == "depart"
    assert "Year" not in found.mapping.columns


@pytest.mark.parametrize(
    "columns",
    [
        {"Year": ["2023", "2022"]},
        {"Publication year": ["2023", "2022"], "Publication month": ["9", "10"]},
        {"Arrival year": ["2023", "2022"], "Arrival month": ["9", "10"]},
        {"Year": ["3", "4"], "Month": ["9", "10"]},
        {"Year": ["2023", "2022"], "Month": ["2023-09", "2022-10"]},
    ],
)
def test_what_does_not_say_a_departure_together_is_not_put_together(columns: dict[str, list[str]]) -> None:
    assert date_parts(sheet({**ENDS, **columns})) == {}


@pytest.mark.parametrize(
    "header", ["week", "Quarter", "Reporting period", "Date", "YEAR", "Monat", "дата", "年", "تاريخ"]
)
def test_a_file_whose_header_says_a_date_is_not_said_to_hold_none(header: str) -> None:
    assert called_dates((header,)) == [header]
    found = propose(sheet({**ENDS, header: ["?", "???"]}), "legs")
    assert not found.undated


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("week", ["2023-W36", "2023-W37"]),
        ("quarter", ["2023-Q1", "2023-Q2"]),
        ("when", ["H1 2023", "H2 2023"]),
        ("sailed around", ["1-5 Sept 2023", "7-9 Sept 2023"]),
        ("x", ["7 сентября 2023", "8 сентября 2023"]),
        ("y", ["٢٠٢٣-٠٩-٠١", "٢٠٢٣-٠٩-٠٥"]),
        ("season", ["FY2023", "FY2024"]),
        ("Year(s) of delivery", ["2019; 2020", "(2023)"]),
    ],
)
def test_dates_of_the_field_are_known_by_their_values(header: str, cells: list[str]) -> None:
    assert propose(sheet({**ENDS, header: cells})).mapping.columns[header] == "depart"


@pytest.mark.parametrize(
    "cells", [["более 1000", "около 2 000"], ["3 x 40HC", "2 x 20ft"], ["٣٠٠", "١٢٠"], ["300 ± 20", "(250)"]]
)
def test_figures_of_the_field_are_known_by_their_values(cells: list[str]) -> None:
    ends = {name: ENDS[name] for name in ("from", "to")}
    found = propose(sheet({**ends, "etd": ["2023-09-07", "2023-09-08"], "Quantity": cells}))
    assert found.mapping.columns["Quantity"] == "containers"
    (reason,) = (guess.reason for guess in found.guesses if guess.header == "Quantity")
    assert "all 2 values are quantities" in reason
