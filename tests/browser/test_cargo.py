"""What a route carries: its parts in the list of routes, and arcs in the colours of their cargoes."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import MapPage, Pixels

LOG = "\n".join(
    ["origin,destination,depart,arrive,containers,mode,cargo,claimant,said_on"]
    + [
        f"{row},Port log,2024-01-10"
        for row in (
            "Odesa,Alexandria,2023-01-10,2023-01-18,3000,maritime,wheat",
            "Odesa,Alexandria,2023-02-10,2023-02-18,1000,maritime,maize",
            "Istanbul,Odesa,2023-02-20,2023-02-24,700-900,maritime,",
        )
    ]
)
WHEAT, MAIZE = (179, 89, 0), (31, 111, 168)
"""Of the light theme: the first two colours of cargoes."""


def _painted(picture: Pixels, colour: tuple[int, int, int]) -> int:
    return int((np.abs(picture - np.array(colour)).max(axis=2) < 12).sum())


def _menu(shown: MapPage) -> None:
    shown.button("Arcs: how many and how wide").click()


def test_a_route_tells_its_parts_and_arcs_take_the_colours_of_cargoes(open_map: Open) -> None:
    open_map().load(log=LOG)
    shown = open_map("?data=everything&view=30,38,5,0,0")
    shown.until_settled()
    legend = shown.player.get_by_role("region", name="Legend")
    _menu(shown)
    shown.player.get_by_role("radio", name="Cargo").check()
    _menu(shown)
    shown.until_link(colour="cargo")
    for words in ("Cargo not stated", "wheat", "maize"):
        expect(
            legend.get_by_text(words, exact=True).or_(legend.get_by_text(f"{words}, or not told apart"))
        ).to_be_visible()
    expect(legend).to_contain_text("Side by side in an arc: its cargoes")
    shown.bare_map()
    wheat, maize = (_painted(shown.picture(), colour) for colour in (WHEAT, MAIZE))
    assert min(wheat, maize) > 100
    # Three times as much wheat as maize lies beside it.
    assert 2 < wheat / maize < 4.5
    shown.player.locator(".wb-stage").evaluate(
        "box => [...box.children].forEach(child => { child.style.visibility = ''; })"
    )

    shown.button("Routes, largest first").click()
    shown.player.locator(".wb-routes").get_by_role("button", name="Odesa → Alexandria").click()
    parts = shown.player.get_by_role("list", name="Parts by cargo").get_by_role("listitem")
    expect(parts).to_have_text(["wheat3,000 containers", "maize1,000 containers"])

    shown.press_button("Undo")
    shown.until_link(selected=None, colour="cargo")
    shown.press_button("Undo")
    shown.until_link(colour=None)
    expect(legend).not_to_contain_text("wheat")
