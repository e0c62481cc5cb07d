"""Figures of the field: estimates, scales, sizes of containers, and the words of ten languages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.parsing.quantity import BRACKETS, read_quantity, unit_said

READ = {
    (270, 300, 330): [
        *("300 est.", "300 (est.)", "300 estimated", "300?", "300 or so", "about 300 (est.)", "etwa 300", "rund 300"),
        *(
            "environ 300",
            "unos 300",
            "около 300",
            "примерно 300",
            "близько 300",
            "حوالي 300",
            "حوالي ٣٠٠",
            "約300",
            "约300",
        ),
        *("약 300개", "300左右", "300ほど", "300개 정도"),
    ],
    (1200, 1200, 1200): [
        "1천2백",
        "1천200개",
        "1千2百",
        "1,200 in total",
        "1,200 20-foot containers",
        "1200 40ft boxes",
    ],
    (300, 300, 300): ["300*", "300 *", "300[1]", "٣٠٠", "۳۰۰", "３００", "300個", "300个", "컨테이너 300개"],
    (280, 300, 320): ["300 ± 20", "300±20", "300 +/- 20"],
    (285, 300, 315): ["300 ± 5 %", "300±5%"],
    (1001, 1001, math.inf): [
        *("более 1000", "больше 1000", "свыше 1 000", "понад 1000", "mehr als 1000", "über 1000", "plus de 1000"),
        *("más de 1000", "أكثر من 1000", "超过1000", "1000を超える", "1000 초과", "1000多个"),
    ],
    (1000, 1000, math.inf): [
        *("1,000-plus", "1,000 plus", "не менее 1000", "щонайменше 1000", "mindestens 1000", "au moins 1000"),
        *("1,000 at least", "1000 boxes min.", "1천여 개", "1000여개"),
        *("al menos 1000", "على الأقل 1000", "至少1000", "1000以上", "1,000개 이상", "от 1000"),
    ],
    (0, 50, 50): [
        *(
            "до 50",
            "50 max",
            "50 boxes at most",
            "50 maximum",
            "не более 50",
            "bis zu 50",
            "höchstens 50",
            "jusqu'à 50",
            "hasta 50",
            "最大50",
            "50以下",
            "50개 이하",
        ),
    ],
    (0, 49, 49): [
        "менее 50",
        "менше 50",
        "weniger als 50",
        "moins de 50",
        "menos de 50",
        "أقل من 50",
        "50未満",
        "50개 미만",
    ],
    (45, 50, 50): ["почти 50", "майже 50", "fast 50", "presque 50", "casi 50", "거의 50"],
    (200, 225, 250): [
        "от 200 до 250",
        "zwischen 200 und 250",
        "entre 200 et 250",
        "von 200 bis 250",
        "200~250",
        "200至250",
    ],
    (1000, 1499.5, 1999): [
        "at least 1,000 but fewer than 2,000",
        "at least 1,000 containers but fewer than 2,000 containers",
        ">=1000 and <2000",
    ],
    (1500, 1750, 2000): ["1.5–2 thousand", "1.5-2k", "1,5–2 тыс.", "от 1,5 до 2 тыс."],
    (1_200_000, 1_200_000, 1_200_000): [
        "1.2m",
        "1.2M",
        "1.2 mln",
        "1,2 млн",
        "1.2 Mio.",
        "1.2 million",
        "1.2 مليون",
        "120万",
    ],
    (2_500_000, 2_500_000, 2_500_000): ["2,5 Mio", "2,5 millions", "2.5mn", "٢٫٥ مليون"],
    (2000, 2000, 2000): ["2 тыс.", "2 Tsd.", "2k", "2千", "0.2万", "٢ ألف"],
    (250_000, 250_000, 250_000): ["2.5 lakh", "25万", "250 Tsd."],
    (3, 3, 3): [
        "3 x 40HC",
        "3x40'HC",
        "3 × 40ft",
        "40HC x 3",
        "3*40'",
        "2x20' + 1x40HC",
        "2 x 20GP, 1 x 40HC",
        "3 x 20ft containers",
    ],
}
REFUSED = {
    "3 x 40": "count",
    "(300)": "an estimate, or a negative of accounts",
    "12.5 Mt": "million tonnes or metric tons",
    "200 to 2 thousand": "both ends",
    "N/A": "no figure",
    "tbc": "no figure",
    "2 mil": "count",
    "de 300": "not a quantity",
    "at least 2,000 but fewer than 1,000": "least",
}


@pytest.mark.parametrize(("words", "bounds"), [(words, bounds) for bounds, all_ in READ.items() for words in all_])
def test_words_of_the_field_become_bounds(words: str, bounds: tuple[float, float, float]) -> None:
    quantity = read_quantity(words)
    assert (quantity.low, quantity.best, quantity.high) == pytest.approx(bounds)
    assert quantity.words == words


@pytest.mark.parametrize(("words", "rule"), REFUSED.items(), ids=REFUSED)
def test_what_may_be_two_things_is_refused(words: str, rule: str) -> None:
    with pytest.raises(VagueError, match=rule) as refused:
        read_quantity(words)
    assert refused.value.given == words


@pytest.mark.parametrize(
    ("words", "unit", "best"),
    [
        ("12.5 kt", "tonne", 12_500),
        ("12,5 kt", "tonne", 12_500),
        ("25 тыс. т", "tonne", 25_000),
        ("1.2 MMT", "tonne", 1_200_000),
        ("1.2m t", "tonne", 1_200_000),
        ("1.5k tonnes", "tonne", 1500),
        ("3 x 40HC", "container", 3),
    ],
)
def test_a_scale_and_a_unit_stand_together(words: str, unit: str, best: float) -> None:
    assert unit_said(words) == unit
    assert read_quantity(words, unit).best == best


def test_containers_by_size_are_no_teu_and_brackets_have_a_rule_of_their_own() -> None:
    with pytest.raises(VagueError, match="'container'"):
        read_quantity("3 x 40HC", "TEU")
    with pytest.raises(VagueError) as refused:
        read_quantity("(1,200)")
    assert (refused.value.rule, refused.value.hint) == BRACKETS


BEFORE = ["", "more than ", "at least ", "up to ", "about ", "более ", "etwa ", "au moins ", "حوالي ", "至少", "약 "]


@given(
    st.integers(1, 10**9),
    st.sampled_from(BEFORE),
    st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"]),
)
def test_figures_of_another_script_change_nothing(number: int, before: str, figures: str) -> None:
    words = f"{before}{number}"
    other, plain = read_quantity(words.translate(str.maketrans("0123456789", figures))), read_quantity(words)
    assert (other.low, other.best, other.high) == (plain.low, plain.best, plain.high)


@given(st.integers(2, 10**6), st.integers(1, 10**6), st.sampled_from([" ± ", "±", " +/- "]))
def test_give_or_take_is_as_much_either_way(best: int, either: int, mark: str) -> None:
    quantity = read_quantity(f"{best}{mark}{either}")
    assert (quantity.low, quantity.best, quantity.high) == (max(best - either, 0), best, best + either)


@given(st.integers(1, 999), st.sampled_from(["million", "m", "mln", "Mio", "млн", "مليون"]), st.integers(0, 99))
def test_a_scale_multiplies_whatever_its_language(whole: int, scale: str, hundredths: int) -> None:
    expected = whole * 10**6 + hundredths * 10**4
    assert read_quantity(f"{whole}.{hundredths:02} {scale}").best == expected
    assert read_quantity(f"{whole},{hundredths:02} {scale}").best == expected


def test_two_figures_in_one_cell_are_named() -> None:
    with pytest.raises(VagueError, match="these are two figures"):
        read_quantity("50 TEU (25 boxes)", "teu")
