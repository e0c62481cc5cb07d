"""Pasted lines of name, latitude and longitude are answers, or say which line is at fault and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.web.data.pasted_positions import read_pasted

NAMES = ["Grey Quay", "Shanghai ,China (Mainland)", "Far Pier"]


@pytest.mark.parametrize(
    "text",
    [
        "Grey Quay, 42.9, 132.3",
        "grey quay,42.9,132.3\n\n",
        "Grey Quay\t42.9\t132.3",
        "Grey Quay; 42,9; 132,3",
        '"Grey Quay", 42.9, 132.3',
        "name,lat,lon\nGrey Quay,42.9,132.3",
        "Name\tLatitude\tLongitude\r\nGrey Quay\t42.9\t132.3\r\n",
        "Grey Quay, 42.9, 132.3\nGrey Quay, 42.9, 132.3",
    ],
)
def test_lines_in_many_forms(text: str) -> None:
    assert read_pasted(text, NAMES) == ({"Grey Quay": "42.90000, 132.30000"}, [])


def test_a_name_may_hold_commas() -> None:
    assert read_pasted("Shanghai ,China (Mainland), 31.2, 121.5", NAMES)[0] == {NAMES[1]: "31.20000, 121.50000"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Grey Quay 42.9 132.3", "it does not have three parts"),
        ("Grey Quay, 42.9", "it does not have three parts"),
        ("Grey Qay, 42.9, 132.3", "“Grey Qay” is not among the names that are asked for. The nearest is “Grey Quay”."),
        ("Atlantis, 42.9, 132.3", "“Atlantis” is not among the names that are asked for."),
        ("Grey Quay, 95, 200", "Line 2"),
        ("Grey Quay, north, east", "“north, east” is no position"),
        ("Far Pier, 1, 1", "“Far Pier” has another position above"),
    ],
)
def test_a_line_at_fault_is_named_by_its_number(line: str, words: str) -> None:
    answers, (wrong,) = read_pasted(f"Far Pier, 42.8, 132.2\n{line}", NAMES)
    assert (answers, wrong.startswith("Line 2: ")) == ({"Far Pier": "42.80000, 132.20000"}, True)
    assert words in wrong
    assert wrong.endswith(".")
    assert not wrong.endswith("..")


@given(st.lists(st.text(max_size=30), max_size=6))
def test_each_line_is_an_answer_a_fault_or_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    answers, wrong = read_pasted(text, NAMES)
    assert set(answers) <= set(NAMES)
    assert len(wrong) <= len(text.splitlines())
