"""What a cell beside a figure says of it, in the languages of the field; and what only looks so."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from geo.parsing import status_words

TAKEN_BACK = (
    "Cancelled",
    "CANCELED by owner",
    "retracted 3 May",
    "Superseded",
    "storniert",
    "annulée",
    "Отменён",
    "取消",
)


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_a_cell_says_that_its_row_does_not_count(text: str) -> None:
    assert status_words.is_taken_back(text)
    assert pc.match_substring_regex(pa.array([f" {text}"]), status_words.PATTERN)[0].as_py()


@pytest.mark.parametrize("text", ["", "not cancelled", "avoid", "Final", "arrived", "Cancel Pier " * 9, "voidage"])
def test_other_cells_do_not(text: str) -> None:
    assert not status_words.is_taken_back(text)


PLANS = ("Forecast", "planned", "ПРОГНОЗ", "計画", "예정")
PARTS = ("of which reefers", "- davon leer", "в том числе порожние", "其中：空箱", "其中空箱", "  dont vides")
NO_PARTS = ("dontown", "goods of which nothing is known", "includingly", "")


def test_plans_ranks_parts_and_totals() -> None:
    assert all(map(status_words.is_planned, PLANS))
    assert not any(map(status_words.is_planned, ("planned route via Suez", "actual", "estimated", "")))
    assert list(map(status_words.rank, ("Provisional", "revised", "FINAL", "확정", "actual"))) == [1, 2, 3, 3, 0]
    assert all(map(status_words.is_part, PARTS))
    assert not any(map(status_words.is_part, NO_PARTS))
    assert all(map(status_words.is_all, ("All", "alle", "ВСЕ", "全部")))
    assert not status_words.is_all("all empty")


LISTS = ("_TAKEN_BACK", "_PLANNED", "_PROVISIONAL", "_REVISED", "_FINAL", "_ALL")


def test_no_word_is_listed_under_two_meanings() -> None:
    listed = [getattr(status_words, name) for name in LISTS]
    assert sum(map(len, listed)) == len(frozenset().union(*listed))
    assert re.compile(status_words.PATTERN)
