"""The map: filters in the sidebar, the player, the reports behind it, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from geo import player
from geo.errors import GeoError
from geo.player import Picked
from geo.web import cards, filters, pages, session, shelf, tables
from geo.web.plain import in_markdown
from geo.web.state import Filters, Link, initial, opening_link, publish

NOTHING = (
    '<p class="wb-empty">The filters leave nothing to draw in this unit. '
    "Widen them, choose another unit, or load a file on the Data page.</p>"
)
HEIGHT = 780
"""CSS pixels where the window is of the usual size; page.css follows the window from there."""


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    try:
        _page()
    except GeoError as error:
        st.error(
            f"{in_markdown(error)}  \nChange the filters, or withdraw the last import on the Data page, then go on."
        )


def _page() -> None:
    link, link_notes = opening_link()
    with st.sidebar:
        box = st.container(key="filters")
        st.page_link(pages.the_data(), label="Load a file", icon=":material/upload_file:")
    parts, part_notes = shelf.parts()
    with box:
        chosen, loaded, notes = _choose(link.filters, parts)
    shown = session.shown(loaded.key, chosen, loaded)
    picked = _stage(shown, link)
    filters.show_notes([*link_notes, *part_notes, *notes])
    tables.show(shown.scene, shown.legs, shown.totals, loaded.names, picked)
    publish(Link(chosen, picked))


def _choose(first: Filters, parts: Sequence[shelf.Part]) -> tuple[Filters, session.Tables, list[str]]:
    """The filter widgets. -> what is chosen, the tables of that data set, notes on what the link could not have."""
    data = {"": session.ALL_TITLE, session.FOUNDING: session.FOUNDING_TITLE, **shelf.titles(parts)}
    everything = session.together(parts, "")
    options = session.choices(everything.key, everything)
    possible, notes = filters.possible(first, options, data)
    data_set = filters.choose_data(possible, data)
    chosen = filters.choose(possible, options)
    return replace(chosen, data=data_set), session.together(parts, data_set), notes


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
            cards.show(shown.scene, shown.totals, picked.selected)
    return picked
