"""The map: filters in the sidebar, the player, the reports behind it, and the tables."""

from __future__ import annotations

import streamlit as st

from geo import player
from geo.player import Picked
from geo.web import cards, choosing, filters, session, state, switches
from geo.web import tables as tables_below
from geo.web.failing import in_words
from geo.web.state import Link, initial, opening_link, publish

NOTHING = (
    '<p class="wb-empty">The filters leave nothing to draw in this unit. '
    "Widen them, choose another unit, or load a file on the Data page.</p>"
)
HEIGHT = 780
"""CSS pixels where the window is of the usual size; page.css follows the window from there."""


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    with in_words("Change the filters, or withdraw the last import on the Data page, then go on."):
        _page()


def _page() -> None:
    state.enter("map")
    chosen, tables, notes = choosing.in_sidebar()
    link, _ = opening_link()
    shown = session.shown(tables.key, chosen, tables)
    switches.show_note(shown.off)
    picked = _stage(shown, link)
    filters.show_notes(notes)
    tables_below.show(shown.scene, shown.legs, shown.totals, tables.names, picked)
    publish(Link(chosen, picked))


def _stage(shown: session.Shown, link: Link) -> Picked:
    """Player and cards side by side. -> what the reader settled on, or what the link said until then."""
    with st.container(key="stage"):
        map_side, card_side = st.columns([3, 1], gap="small")
        with map_side:
            picked = player.mount(shown.wire, key="map", height=HEIGHT, initial=initial(link.picked))
            if shown.scene.corridors.id.size == 0:
                st.html(NOTHING)
        if picked == Picked() and not st.session_state.get("settled"):
            picked = link.picked
        else:
            st.session_state["settled"] = True
        with card_side:
            cards.show(shown.scene, shown.totals, shown.graded, picked.selected)
    return picked
