"""The map: filters and files in the sidebar, the player, the reports behind it, and the tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from geo import player
from geo.errors import GeoError
from geo.evidence.places import Places
from geo.player import Picked
from geo.web import cards, filters, session, tables, upload
from geo.web.plain import in_markdown
from geo.web.state import Filters, Link, initial, opening_link, publish

STYLE = Path(__file__).with_name("page.css")
BRAND = (
    '<h1 class="wb-brand">Waybill</h1>'
    '<p class="wb-brand-line">Reported shipments: who says what moved, and how much.</p>'
)
NOTHING = (
    '<p class="wb-empty">The filters leave nothing to draw in this unit. '
    "Widen them, choose another unit, or load a CSV in the sidebar.</p>"
)
HEIGHT = 780
"""CSS pixels where the window is of the usual size; page.css follows the window from there."""


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    st.html(STYLE)
    try:
        _page()
    except GeoError as error:
        st.error(f"{in_markdown(error)}  \nChange the filters or take the last file away, then go on.")


def _page() -> None:
    link, link_notes = opening_link()
    with st.sidebar:
        st.html(BRAND)
        box = st.container(key="filters")
        files = st.container(key="files")
    with files:
        upload.take_in()
        outcomes, places = session.readings(upload.session_uploads())
        upload.show_list(outcomes)
    with box:
        chosen, loaded, notes = _choose(link.filters, outcomes, places)
    shown = session.shown(loaded.key, chosen, loaded)
    picked = _stage(shown, link)
    filters.show_notes([*link_notes, *notes])
    upload.show_problems(outcomes)
    tables.show(shown.scene, shown.legs, shown.totals, loaded.names, picked)
    publish(Link(chosen, picked))


def _choose(
    first: Filters, outcomes: list[session.Outcome], places: Places
) -> tuple[Filters, session.Tables, list[str]]:
    """The filter widgets. -> what is chosen, the tables of that data set, notes on what the link could not have."""
    data = {"": session.ALL_TITLE, session.FOUNDING: session.FOUNDING_TITLE}
    data |= {file.sha256[:12]: file.name for file, reading, _ in outcomes if reading is not None}
    everything = session.together(outcomes, places, "")
    options = filters.choices_of(everything.legs, everything.totals, everything.names)
    possible, notes = filters.possible(first, options, data)
    data_set = filters.choose_data(possible, data)
    chosen = filters.choose(possible, options)
    loaded = session.together(outcomes, places, data_set)
    return replace(chosen, data=data_set), loaded, notes


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
