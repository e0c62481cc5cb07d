"""Words become low, best and high; what gives no figure is refused with a hint."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.parsing import HOUSE_RULES, read_quantity, unit_name
from geo.parsing.numbers import two_ways
from geo.parsing.quantity import says_about
from tests import zoo

READ = {
    "300": (300, 300, 300),
    "0": (0, 0, 0),
    "about 2,000": (1800, 2000, 2200),
    "~300": (270, 300, 330),
    "c. 300": (270, 300, 330),
    "approx. 300 containers": (270, 300, 330),
    "some 300": (270, 300, 330),
    "an estimated 2,000": (1800, 2000, 2200),
    ">1000": (1001, 1001, math.inf),
    "more than 1,000": (1001, 1001, math.inf),
    "over a million": (1_000_001, 1_000_001, math.inf),
    "at least 300": (300, 300, math.inf),
    ">= 300": (300, 300, math.inf),
    "300+": (300, 300, math.inf),
    "300 containers or more": (300, 300, math.inf),
    "up to 50": (0, 50, 50),
    "at most 50": (0, 50, 50),
    "<50": (0, 49, 49),
    "nearly 50": (45, 50, 50),
    "200-250": (200, 225, 250),
    "200\u2013250": (200, 225, 250),
    "between 200 and 250": (200, 225, 250),
    "about 200-250": (180, 225, 275),
    "1\u00a0000": (1000, 1000, 1000),
    "1 000 000": (1_000_000, 1_000_000, 1_000_000),
    "1\u2019000": (1000, 1000, 1000),
    "1.5 million": (1_500_000, 1_500_000, 1_500_000),
    "2k": (2000, 2000, 2000),
    "two thousand containers": (2000, 2000, 2000),
    "a dozen": (12, 12, 12),
    "about ten": (9, 10, 11),
    "２００": (200, 200, 200),
    "  300  ": (300, 300, 300),
}


@pytest.mark.parametrize(("words", "bounds"), READ.items(), ids=READ)
def test_words_become_bounds_by_the_house_rules(words: str, bounds: tuple[float, float, float]) -> None:
    quantity = read_quantity(words)
    assert (quantity.low, quantity.best, quantity.high) == bounds
    assert quantity.words == words


@pytest.mark.parametrize("words", zoo.NO_QUANTITY)
def test_what_gives_no_figure_is_refused_with_rule_and_hint(words: str) -> None:
    with pytest.raises(VagueError) as refused:
        read_quantity(words)
    assert refused.value.rule
    assert refused.value.hint


ABOUT = [
    "about 300",
    "~300 TEU",
    "300 (approx.)",
    "2,000?",
    "300 est.",
    "(300)",
    "circa 1,200",
    "около 300",
    "약 300",
    "± 300",
]
EXACT = [
    "300",
    "270-330",
    "300 ± 30",
    "300 ± 10 %",
    "more than 300",
    "up to 300",
    "at least 300",
    "300+",
    "3 x 40HC",
    "",
    "x" * 500,
]


def test_words_that_say_about_are_told_from_a_range_that_is_given() -> None:
    assert {words: says_about(words) for words in ABOUT} == dict.fromkeys(ABOUT, True)
    assert {words: says_about(words) for words in EXACT} == dict.fromkeys(EXACT, False)


def test_the_hint_for_dozens_asks_for_two_numbers() -> None:
    with pytest.raises(VagueError, match="the least and the most"):
        read_quantity("dozens of containers")


@pytest.mark.parametrize(("words", "floor"), [("tens", 10), ("dozens of shells", 12), ("hundreds", 100)])
def test_acleds_floor_is_offered_and_named_among_the_house_rules(words: str, floor: int) -> None:
    with pytest.raises(VagueError) as refused:
        read_quantity(words)
    offered = re.search(r'"(at least [0-9]+)"', refused.value.hint)
    assert offered is not None
    assert read_quantity(offered[1]).low == floor
    (rule,) = [means for each, means in HOUSE_RULES.items() if "dozens" in each]
    assert f"{floor} for {words.split(maxsplit=1)[0]}" in rule


def test_a_decimal_or_thousands_comma_is_never_guessed() -> None:
    for words in ("1,5", "1.000", "1.234.567", "3,75"):
        with pytest.raises(VagueError, match="decimal or a thousands"):
            read_quantity(words)


def test_units_are_compared_and_never_converted() -> None:
    assert read_quantity("about 10 shipments", "shipment").best == 10
    assert read_quantity("74,000.5 tonnes", "tonne").best == 74_000.5
    with pytest.raises(VagueError, match="'teu'"):
        read_quantity("300 TEU", "container")


@pytest.mark.parametrize(
    ("words", "unit"),
    [("", "container"), (" Containers ", "container"), ("artillery rounds", "artillery round"), ("mass", "mass")],
)
def test_a_unit_has_one_spelling(words: str, unit: str) -> None:
    assert unit_name(words) == unit


BY_DECIMAL_MARK = [
    ("1.234", "container", ",", 1234),
    ("1.234.567", "container", ",", 1_234_567),
    ("12,5", "tonne", ",", 12.5),
    ("1.234,5", "tonne", ",", 1234.5),
    ("1 234,5", "tonne", ",", 1234.5),
    ("1\u202f234,50", "tonne", ",", 1234.5),
    ("1'234.5", "tonne", ".", 1234.5),
    ("1\u2019234", "container", ".", 1234),
    ("1\u00a0234", "container", ",", 1234),
    ("1,234", "container", ".", 1234),
    ("1,234.5", "tonne", ".", 1234.5),
    ("1,234", "tonne", ",", 1.234),
    ("1.234", "tonne", ".", 1.234),
    ("300,0", "container", ",", 300),
    ("300.0", "container", ".", 300),
    ("300.0", "container", "", 300),
    ("300", "container", ",", 300),
    ("1,5 million", "container", ",", 1_500_000),
]


@pytest.mark.parametrize(("words", "unit", "decimal", "best"), BY_DECIMAL_MARK)
def test_the_decimal_mark_of_the_file_says_what_figures_mean(words: str, unit: str, decimal: str, best: float) -> None:
    quantity = read_quantity(words, unit, decimal)
    assert (quantity.low, quantity.best, quantity.high) == (best, best, best)


@pytest.mark.parametrize(
    ("words", "unit", "decimal", "rule"),
    [
        ("12,5", "container", ",", "counted whole"),
        ("0.5", "container", ".", "counted whole"),
        ("12.5", "container", ",", "decimal mark is a comma"),
        ("12,34", "tonne", ".", "decimal mark is a point"),
        ("1,23,456", "tonne", ".", "decimal mark is a point"),
        ("2,000", "container", ",", "decimal or a thousands separator"),
        ("2.000", "container", ".", "decimal or a thousands separator"),
        ("1 234.567", "container", ",", "not a quantity"),
        ("-5", "container", "", "never negative"),
        ("(300)", "container", "", "never negative"),
        ("300-", "container", "", "never negative"),
        ("300²", "container", ",", "footnote"),
    ],
)
def test_figures_against_the_decimal_mark_are_refused(words: str, unit: str, decimal: str, rule: str) -> None:
    with pytest.raises(VagueError, match=rule) as refused:
        read_quantity(words, unit, decimal)
    assert refused.value.given == words


@pytest.mark.parametrize(
    ("words", "unit", "bounds"),
    [
        ("300 (approx.)", "container", (270, 300, 330)),
        ("300 containers (approx.)", "container", (270, 300, 330)),
        ("300 approx.", "container", (270, 300, 330)),
        ("ca 300", "container", (270, 300, 330)),
        ("≥300", "container", (300, 300, math.inf)),
        ("300 TEU", "TEU", (300, 300, 300)),
        ("300TEU", "teu", (300, 300, 300)),
        ("1,200 t", "tonne", (1200, 1200, 1200)),
        ("300 boxes", "", (300, 300, 300)),
        ("ten boxes", "container", (10, 10, 10)),
        ("two thousand artillery shells", "rounds", (2000, 2000, 2000)),
        ("50 wagons or more", "railcar", (50, 50, math.inf)),
        ("1.200–1.500", "container", None),
    ],
)
def test_words_and_units_around_a_number(words: str, unit: str, bounds: tuple[float, float, float] | None) -> None:
    quantity = read_quantity(words, unit, "," if bounds is None else "")
    assert (quantity.low, quantity.best, quantity.high) == (bounds or (1200, 1350, 1500))


@pytest.mark.parametrize(
    ("words", "unit"), [("300 TEU", "FEU"), ("300 shells", "container"), ("300 units", "container")]
)
def test_words_of_another_unit_are_refused(words: str, unit: str) -> None:
    with pytest.raises(VagueError, match="these words count"):
        read_quantity(words, unit)


@given(
    st.integers(0, 10**12),
    st.sampled_from([",", "."]),
    st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "'", "\u2019"]),
)
def test_a_whole_number_is_itself_by_either_mark(number: int, decimal: str, space: str) -> None:
    thousands = "." if decimal == "," else ","
    for words in (
        str(number),
        f"{number:,}".replace(",", thousands),
        f"{number:,}".replace(",", space),
        f"{number}{decimal}0",
    ):
        assert read_quantity(words, "container", decimal).best == number


@given(st.integers(0, 10**8), st.integers(0, 99))
def test_the_two_marks_are_mirror_images(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    continental = english.translate(str.maketrans(",.", ".,"))
    assert read_quantity(english, "tonne", ".").best == read_quantity(continental, "tonne", ",").best


@given(
    st.one_of(st.text(max_size=300), st.text("0123456789.,' -+kt~", max_size=20)),
    st.sampled_from(["container", "tonne", "", "artillery round"]),
    st.sampled_from(["", ".", ","]),
)
def test_any_text_gives_ordered_bounds_or_a_vague_error(words: str, unit: str, decimal: str) -> None:
    try:
        quantity = read_quantity(words, unit, decimal)
    except VagueError:
        return
    assert 0 <= quantity.low <= quantity.best <= quantity.high
    assert math.isfinite(quantity.best)


@given(
    st.sampled_from(["", "about ", "~", ">", "at least ", "up to ", "nearly ", "fewer than ", "between 1 and "]),
    st.integers(1, 10**12),
    st.sampled_from(["", " containers", "+"]),
)
def test_qualified_numbers_keep_their_order(prefix: str, number: int, suffix: str) -> None:
    try:
        quantity = read_quantity(f"{prefix}{number:,}{suffix}")
    except VagueError:
        return
    assert 0 <= quantity.low <= quantity.best <= quantity.high


@given(st.integers(0, 10**12))
def test_a_plain_number_is_itself_however_it_is_grouped(number: int) -> None:
    for words in (str(number), f"{number:,}", f"{number:,}".replace(",", " ")):
        quantity = read_quantity(words)
        assert (quantity.low, quantity.best, quantity.high) == (number, number, number)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1.200"], ("1.200", "1,200", "1.2")),
        (["x", "about 2.500 TEU"], ("2.500", "2,500", "2.5")),
        (["12,345"], ("12,345", "12.345", "12,345")),
        (["12,5"], None),
        (["1.200.000"], None),
        (["300", "many", ""], None),
    ],
)
def test_figures_that_two_marks_make_two_numbers(texts: list[str], expected: tuple[str, str, str] | None) -> None:
    found = two_ways(texts)
    assert (found and (found.text, found.said(","), found.said("."))) == expected
