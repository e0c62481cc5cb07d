"""What words say of figures beside them: by how much they multiply, and what is a scale only by its look."""

from __future__ import annotations

import pytest

from geo.parsing.quantity import read_quantity
from geo.parsing.scales import BEHIND, SCALES, SEVERAL, multiplier, scale_name, scaled, without_scale


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("'000 tonnes", 1_000),
        ("Boxes '000", 1_000),
        ("Tonnes 000s", 1_000),
        ("FEU (×100)", 100),
        ("1e6 t", 10**6),
        ("10 thousand boxes", 10**4),
        ("ten million barrels", 10**7),
        ("crore", 10**7),
        ("千吨", 1_000),
        ("百万トン", 10**6),
        ("thousand (1,000)", 1_000),
    ],
)
def test_a_multiplier_is_read_in_any_form(words: str, number: int) -> None:
    assert multiplier(words) == number
    assert scale_name(number)


@pytest.mark.parametrize(
    "words",
    [
        "bags",
        "TEU 2000",
        "2,000 ships",
        "3 x 40HC",
        "20x40",
        "100 kg",
        "千葉",
        "천안",
        "千克",
        "cartons of 1000",
        "TEU",
    ],
)
def test_what_only_looks_like_one_multiplies_nothing(words: str) -> None:
    assert (multiplier(words), scaled(words)) == (1, ("", words))


def test_two_that_differ_say_nothing() -> None:
    assert multiplier("TEU (thousands) / USD (millions)") == SEVERAL


def test_words_without_their_scale() -> None:
    assert (without_scale("TEU x 1000"), without_scale("Boxes (hundreds)")) == ("TEU", "Boxes")


@pytest.mark.parametrize("scale", SCALES)
def test_a_figure_with_any_scale_behind_it_is_read(scale: str) -> None:
    assert read_quantity(f"about 3 {BEHIND.get(scale, scale)}").best == 3 * SCALES[scale]
