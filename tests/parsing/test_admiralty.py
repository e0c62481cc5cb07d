"""A grade is a letter and a number, however it is spaced; anything else is refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY, grade, in_words, read_grade

HALVES = st.tuples(st.sampled_from(["", *RELIABILITY]), st.sampled_from(["", *CREDIBILITY]))


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("B2", ("B", "2")),
        ("b-2", ("B", "2")),
        (" B 2 ", ("B", "2")),
        ("b/2", ("B", "2")),
        ("F6", ("F", "6")),
        ("B", ("B", "")),
        ("2", ("", "2")),
        ("B–", ("B", "")),
        ("–2", ("", "2")),
        ("", ("", "")),
    ],
)
def test_a_grade_in_any_spelling(text: str, halves: tuple[str, str]) -> None:
    assert read_grade(text) == halves


@pytest.mark.parametrize("text", ["G2", "B7", "B0", "B22", "AB", "2B", "-", "–", "probably true", "B٢", "ß2", "B2B2"])
def test_what_is_no_grade_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(VagueError, match="a letter from A to F for the source and a number from 1 to 6"):
        read_grade(text)


@given(st.text())
def test_any_text_is_a_grade_or_refused(text: str) -> None:
    try:
        reliability, credibility = read_grade(text)
    except VagueError:
        return
    assert reliability in ("", *RELIABILITY)
    assert credibility in ("", *CREDIBILITY)


@given(HALVES)
def test_a_grade_that_is_written_reads_back(halves: tuple[str, str]) -> None:
    assert read_grade(grade(*halves)) == halves
    assert (grade(*halves) == "") == (halves == ("", ""))


def test_the_last_letter_and_number_judge_nothing() -> None:
    assert RELIABILITY["F"] == "reliability cannot be judged"
    assert CREDIBILITY["6"] == "truth cannot be judged"
    assert in_words("F", "6") == "reliability cannot be judged; truth cannot be judged"
    assert in_words("B", "") == "usually reliable"
    assert in_words("", "") == "not graded"
