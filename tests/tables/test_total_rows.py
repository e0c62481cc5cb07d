"""Rows that repeat the sum of the rows above them are told from rows that report something."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tables.checks import TOTAL_WORDS, is_total_word, sums_of_above


@pytest.mark.parametrize(
    "text",
    [
        *("Total", "TOTAL:", "Grand Total", "sub-total", "Total 2023", "September total", "Sum", " Total général "),
        *("Итого", "ИТОГО:", "Всего", "Итого за сентябрь", "합계", "총계", "소계:", "合计", "总计：", "合計", "総計"),
        *("Summe", "Gesamt", "Suma", "Sous-total", "ＴＯＴＡＬ", "** Total **"),
    ],
)
def test_a_cell_says_total_in_many_languages(text: str) -> None:
    assert is_total_word(text)


@pytest.mark.parametrize("text", ["", "Vladivostok", "totally", "Sumatra", "Gesamtschule", "x" * 500 + " total", "300"])
def test_other_cells_do_not(text: str) -> None:
    assert not is_total_word(text)


@pytest.mark.parametrize("word", sorted(TOTAL_WORDS))
def test_every_total_word_is_found_in_capitals_and_with_a_colon(word: str) -> None:
    assert is_total_word(f"{word.upper()}:")


def _found(rows: str) -> list[int]:
    """Rows such as "10 20 *30": a star marks; which rows are sums."""
    cells = rows.split()
    marked = np.array([cell.startswith("*") for cell in cells])
    numbers = np.array([float(cell.strip("*")) for cell in cells])
    return np.flatnonzero(sums_of_above(marked, numbers)).tolist()


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        ("10 20 *30", [2]),
        ("10 20 30", []),  # not marked
        ("10 20 *31", []),
        ("10 20 *30 5 5 *10 *40", [2, 5, 6]),  # subtotals and the grand total
        ("10 20 *30 5 5 *40", [2, 5]),  # a running total
        ("*30 10 20", []),  # nothing above
        ("*0 10 20", []),
        ("10 20 *30 *7 5 *12", [2, 5]),
        ("10 20 *30 *30", [2, 3]),  # the sum once more
        ("10 nan 20 *30", [3]),
        ("10 20 *nan", []),
        ("10 20 *inf", []),
        ("10 *7 20 *30", [3]),  # a marked row that is no sum is left out of the next …
        ("10 *7 20 *37", [3]),  # … or counts, whichever fits
        ("0.1 0.2 *0.3", [2]),
        ("1000000 0.4 *1000000", []),  # rounding of floats only
    ],
)
def test_sums_are_found(rows: str, sums: list[int]) -> None:
    assert _found(rows) == sums


NUMBERS = st.lists(st.integers(1, 10**6), min_size=1, max_size=20)


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_subtotals_and_a_grand_total_are_all_found(groups: list[list[int]]) -> None:
    numbers: list[float] = []
    marked: list[bool] = []
    for group in groups:
        numbers += [*group, sum(group)]
        marked += [False] * len(group) + [True]
    numbers.append(sum(map(sum, groups)))
    marked.append(True)
    assert sums_of_above(np.array(marked), np.array(numbers, float)).tolist() == marked


@given(NUMBERS, st.randoms(), st.integers(-5, 5))
def test_the_order_above_a_total_does_not_matter_and_another_number_is_no_total(
    numbers: list[int], random: object, off: int
) -> None:
    shuffled = sorted(numbers, key=lambda _: random.random())  # type: ignore[attr-defined]
    marked = np.array([False] * len(numbers) + [True])
    for rows in (numbers, shuffled):
        found = sums_of_above(marked, np.array([*rows, sum(rows) + off], float))
        assert found.tolist() == [False] * len(rows) + [off == 0]


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=200))
def test_only_the_rounding_of_floats_is_forgiven(numbers: list[float]) -> None:
    marked = np.array([False] * len(numbers) + [True])
    total = math.fsum(numbers)
    assert sums_of_above(marked, np.array([*numbers, total]))[-1]
    assert not sums_of_above(marked, np.array([*numbers, total * 1.001 + 0.01]))[-1]


def test_too_many_marked_rows_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.tables.checks.MOST_MARKED", 1)
    assert _found("10 *10 5 *5") == [1]
