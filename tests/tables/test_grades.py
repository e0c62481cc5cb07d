"""Grades of rows: from one column or two, and what is no grade is told and costs no row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.columns import PRECISIONS
from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.tables.read import Reading, read
from tests.examples import examples

LEG = "Najin,Vladivostok,2023-09-07,300"
HALF = {"reliability": st.sampled_from(["", *RELIABILITY]), "credibility": st.sampled_from(["", *CREDIBILITY])}


def legs(names: str, *cells: str) -> Reading:
    rows = "".join(f"{LEG},{each}\n" for each in cells)
    return read(f"origin,destination,depart,containers,{names}\n{rows}".encode())


def halves(reading: Reading) -> list[tuple[str, str]]:
    return list(zip(reading.table["reliability"], reading.table["credibility"], strict=True))


def warnings(reading: Reading) -> list[tuple[int, str, str]]:
    assert {problem.severity for problem in reading.problems} <= {"warning"}
    kept = [problem for problem in reading.problems if problem.column]
    return [(problem.row, problem.column, problem.given) for problem in kept]


def test_one_column_fills_both() -> None:
    reading = legs("grade", "B2", "b-3", "", "F", "6")
    assert halves(reading) == [("B", "2"), ("B", "3"), ("", ""), ("F", ""), ("", "6")]
    assert warnings(reading) == []


def test_two_columns_are_taken_each_by_itself() -> None:
    reading = legs("reliability,credibility", "B,2", "b,", ",6", ",")
    assert halves(reading) == [("B", "2"), ("B", ""), ("", "6"), ("", "")]
    assert warnings(reading) == []


def test_a_whole_grade_in_one_of_two_columns_is_not_lost() -> None:
    reading = legs("reliability,credibility", "B2,", ",C3", "B2,3")
    assert halves(reading) == [("B", "2"), ("C", "3"), ("B", "3")]
    assert warnings(reading) == [(4, "credibility", "3")]


def test_where_three_columns_disagree_the_two_count_and_it_is_told() -> None:
    reading = legs("reliability,credibility,grade", "A,1,B2", "A,,B2", ",,B2", "A,1,A1")
    assert halves(reading) == [("A", "1"), ("A", "2"), ("B", "2"), ("A", "1")]
    assert warnings(reading) == [(2, "grade", "B2"), (3, "grade", "B2")]


@pytest.mark.parametrize("bad", ["G2", "very good", "=1+1", "<b>B2</b>", "0"])
@pytest.mark.parametrize("column", ["grade", "reliability", "credibility"])
def test_a_bad_grade_is_told_and_its_row_is_kept(column: str, bad: str) -> None:
    reading = legs(column, bad, "B2")
    assert (reading.kept, len(reading.set_aside)) == (2, 0)
    assert halves(reading) == [("", ""), ("B", "2")]
    assert warnings(reading) == [(2, column, bad)]


def test_a_file_without_rows_or_without_grades_has_none() -> None:
    assert halves(legs("grade")) == []
    assert halves(legs("note", "x")) == [("", "")]


@examples(30)
@given(st.lists(st.tuples(HALF["reliability"], HALF["credibility"]), min_size=1, max_size=8))
def test_grades_come_back_from_the_rows_kept(said: list[tuple[str, str]]) -> None:
    reading = legs("reliability,credibility", *(f"{letter},{number}" for letter, number in said))
    assert halves(reading) == said
    assert halves(read(reading.kept_csv().encode())) == said


def test_a_fix_by_hand_mends_a_grade() -> None:
    mended = legs("grade", "G2").recheck({2: {"grade": "B2"}})
    assert (halves(mended), warnings(mended)) == ([("B", "2")], [])


@pytest.mark.parametrize(
    ("header", "value", "column"),
    [
        ("Source reliability", "B", "reliability"),
        ("Information credibility", "2", "credibility"),
        ("Admiralty code", "B2", "grade"),
        ("Reliability", "B", "reliability"),
    ],
)
def test_columns_of_grades_are_known_by_name(header: str, value: str, column: str) -> None:
    text = f"POL,POD,ETD,containers,{header}\n" + f"{LEG},{value}\n" * 3
    assert propose(read_sheet(text.encode())).mapping.columns[header] == column


TOTAL = "claimant,said_on,origin,destination,window,quantity"
SAID = 'ROK,2023-11-02,Rason,Vladivostok,since August 2023,"about 2,000"'
SHA = "0123456789abcdef" * 4


def totals(names: str, *cells: str) -> Reading:
    return read(f"{TOTAL},{names}\n".encode() + "".join(f"{SAID},{each}\n" for each in cells).encode())


def test_what_is_said_of_places_and_proofs_is_read_and_comes_back() -> None:
    names = "origin_stated,destination_stated,precision,archive_sha256,accessed"
    reading = totals(names, f"port of Rason,near Vladivostok,Area,{SHA},2026-11-24", ",,,,")
    for each in (reading, read(reading.kept_csv().encode())):
        first, second = each.table.to_dict("records")
        assert [first[name] for name in names.split(",")[:4]] == ["port of Rason", "near Vladivostok", "area", SHA]
        assert str(first["accessed"]) == "2026-11-24 00:00:00+00:00"
        assert [second[name] for name in names.split(",")[:4]] == [""] * 4
        assert warnings(each) == []


@pytest.mark.parametrize(
    ("column", "bad", "kept"),
    [
        ("precision", "roughly", ""),
        ("precision", "1", ""),
        ("archive_sha256", "abc", "abc"),
        ("accessed", "soon", "NaT"),
    ],
)
def test_what_is_wrong_with_them_is_told_and_costs_no_row(column: str, bad: str, kept: str) -> None:
    reading = totals(column, bad)
    assert reading.kept == 1
    assert str(reading.table[column][0]) == kept
    assert warnings(reading) == [(2, column, bad)]


@pytest.mark.parametrize("precision", PRECISIONS)
def test_every_precision_is_taken(precision: str) -> None:
    reading = totals("precision", precision)
    assert (reading.table["precision"][0], warnings(reading)) == (precision, [])
