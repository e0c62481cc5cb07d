"""What does not fit in one file is a warning about each of its rows, with the reckoning."""

from __future__ import annotations

import pytest

from geo.tables.read import read
from geo.tables.rules import TOO_FAST
from geo.voyages import problems
from geo.voyages.problems import with_voyages
from tests.voyages.few_voyages import reading

FAST = "NLRTM,SGSIN,2024-09-01,2024-09-05,100,maritime,Star,,"
PAIR = ("KRPUS,CNTAO,2024-09-02,2024-09-04,1,maritime,Lady,,A", "NLRTM,DEHAM,2024-09-05,2024-09-07,1,maritime,Lady,,A")


def test_a_speed_is_told_once_with_the_reckoning() -> None:
    found, notes = with_voyages(reading(FAST))
    (one,) = found
    assert (one.row, one.column, one.given, one.rule, one.severity) == (
        2,
        "arrive",
        "2024-09-05",
        TOO_FAST[0],
        "warning",
    )
    assert "47 knots" in one.hint
    assert notes == ()


def test_both_rows_are_warned_of_and_name_one_another_in_the_order_of_the_file() -> None:
    found, _ = with_voyages(reading(PAIR[0], "RUVVO,KRPUS,2024-12-01,,1,,,,", PAIR[1]))
    assert [(each.row, each.column, each.given) for each in found] == [(2, "vessel", "Lady"), (4, "vessel", "Lady")]
    assert "See line 4." in found[0].hint
    assert "See line 2." in found[1].hint


def test_a_file_in_which_all_fits_has_the_problems_of_its_reading() -> None:
    fine = reading("RUVVO,KRPUS,2024-09-01,2024-09-03,1,maritime,Star,,A")
    assert with_voyages(fine) == (fine.problems, ())


def test_a_larger_file_says_that_its_voyages_were_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MOST_ROWS", 1)
    found, notes = with_voyages(reading(*PAIR))
    assert len(found) == 0
    assert notes == ("Voyages are compared in files of up to 1 rows.",)


def test_where_no_row_has_an_arrival_a_ship_or_a_source_nothing_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MOST_ROWS", 0)  # told of wherever rows would be compared
    plain, sourced = "NLRTM,SGSIN,2024-09-01,,100,,,,", "NLRTM,SGSIN,2024-09-01,,100,,,,Desk A"
    assert with_voyages(reading(plain, plain))[1] == ()
    assert with_voyages(reading(plain, sourced))[1] == ("Voyages are compared in files of up to 0 rows.",)


def test_sources_that_differ_are_told_without_arrivals_and_ships() -> None:
    rows = [f"NLRTM,SGSIN,2024-09-01,,{count},,,,{who}" for count, who in ((100, "Desk A"), (300, "Desk B"))]
    found, _ = with_voyages(reading(*rows))
    assert {each.rule for each in found} == {problems.RULES["sources differ"][1]}


def test_sums_are_no_voyages_and_are_not_compared() -> None:
    head = "origin,destination,depart,depart_latest,containers_low,containers_best,containers_high,claimant"
    ends = "Najin,Vladivostok,2023-09-07,2023-09-08"
    rows = [f"{ends},{count},{count},{count},{who}" for count, who in ((5, "A"), (9, "B"))]

    def rules(header: str, lines: list[str]) -> list[str]:
        found = read("\n".join([header, *lines, ""]).encode(), name="a.csv")
        return [problem.rule for problem in with_voyages(found)[0]]

    assert rules(head, rows) == ["sources agree on one voyage"] * 2
    assert rules(f"{head},sum_of", [f"{each},3" for each in rows]) == []
