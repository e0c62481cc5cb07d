"""What a card says of the routes that were selected; cards beyond those of the column, printed in short on paper."""

from __future__ import annotations

import re

import pytest

from geo.scene.build import build_scene
from geo.web.shared import cards
from geo.web.shared.cards import MOST_CARDS, MOST_ON_PAPER, Card, cards_of
from tests.scene import conftest as made


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ((), "4 legs, 14–16 containers, 3 routes"),
        (("A>B>0",), "4 legs, 14–16 containers, 3 routes; 2 of them here, 6 containers"),
        (("A>B>0", "A>C>0"), "4 legs, 14–16 containers, 3 routes; 3 of them here, 9–11 containers"),
        (("A>B>0", "A>C>0", "B>C>0"), "4 legs, 14–16 containers, 3 routes"),
    ],
)
def test_a_card_of_legs_says_what_of_it_is_selected(selected: tuple[str, ...], said: str) -> None:
    legs = made.legs(
        made.leg("A>B", "2023-09-01", None, 1, claimant="X"),
        made.leg("A>B", "2023-09-02", None, 5, claimant="X"),
        made.leg("A>C", "2023-09-03", None, (3, 4, 5), claimant="X"),
        made.leg("B>C", "2023-09-04", None, 5, claimant="X"),
    )
    scene = build_scene(legs, made.totals(), made.events(), made.places(A=(0, 0), B=(9, 5), C=(5, 9)))
    assert [card.summary for card in cards_of(scene, made.totals(), {}, selected)] == [said]


def _cards(count: int) -> list[Card]:
    return [
        Card(str(n), n, "total", "<b>", "", "", "some", "words", "https://example.org/", "", "", "", seen=True)
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("count", "numbers", "words"),
    [
        (MOST_CARDS, MOST_CARDS, ()),
        (MOST_CARDS + 3, MOST_CARDS + 3, ("and 3 more in the tables below",)),
        (
            MOST_CARDS + MOST_ON_PAPER + 2,
            MOST_CARDS + MOST_ON_PAPER,
            ("and 242 more in the tables", "and 2 more, which"),
        ),
    ],
)
def test_paper_has_what_the_column_leaves_out(count: int, numbers: int, words: tuple[str, ...]) -> None:
    html = cards._list_html(_cards(count))
    assert [int(n) for n in re.findall(r'data-report="(\d+)"', html)] == list(range(1, numbers + 1))
    assert html.count("words</blockquote>") == min(count, MOST_CARDS)
    assert html.count("wb-empty") == len(words)
    assert all(each in html for each in words)
    assert "<b>" not in html
