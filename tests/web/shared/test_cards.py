"""What a card says of the routes that were selected."""

from __future__ import annotations

import pytest

from geo.scene.build import build_scene
from geo.web.shared.cards import cards_of
from tests.scene import conftest as made


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ((), "4 legs, 14–16 containers, 3 routes"),
        (("A>B>0",), "4 legs, 14–16 containers, 3 routes; 2 of them here, 6 containers"),
        (("A>B>0", "A>C>0"), "4 legs, 14–16 containers, 3 routes; 3 of them here, about 10 containers"),
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
