"""The map: filters in the sidebar, the player, the reports behind it, and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from geo import player
from geo.brief.plate import captions
from geo.dataset.dataset import DataSet
from geo.player import PathKind, Picked
from geo.web.brief import picture as pictures
from geo.web.map import behind, compare, report_tables, share, views, why
from geo.web.shared import cards, filters, history, imports, session, sidebar, told_twice
from geo.web.shared import link as links
from geo.web.shared.background import Work
from geo.web.shared.escaping import in_markdown, in_words
from geo.web.shared.link import Filters, Link, opening_link, publish

NOTHING = (
    '<p class="wb-empty">The filters leave nothing to draw in this unit. '
    "Widen them, choose another unit, or load a file on the Data page.</p>"
)
POLL_S = 2.0
"""Between two looks at how far the work is that the page waits for."""
HEIGHT = 780
"""CSS pixels where the window is of the usual size; sidebar.css follows the window from there."""


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    with in_words("Change the filters, or withdraw the last import on the Data page, then go on."):
        _page()


def _page() -> None:
    links.enter("map")
    steps = history.place()
    chosen, tables, notes = sidebar.in_sidebar()
    link, _ = opening_link()
    shown = session.shown(chosen, tables)
    filters.show_note(shown.off)
    told_twice.show_note(chosen, tables)
    filters.show_readings_note(chosen)
    paths = links.now_paths(link.picked)
    routed = session.with_paths(shown, paths, chosen, tables)
    looking = routed if isinstance(routed, Work) else None
    shown = shown if isinstance(routed, Work) else routed
    two = compare.chosen(shown.scene, link.picked)
    facts = pictures.facts_of(chosen, tables, session.chosen_parts(imports.parts()[0], chosen.data))
    if two:
        picked = compare.stage(shown, link, chosen, tables, facts)
    else:
        picked = _stage(shown, link, chosen, tables, paths, facts)
    if picked.paths != paths:
        # The reader has just chosen the others: the browser gets them now.
        publish(Link(chosen, picked))
        st.rerun()
    with st.sidebar.container(key="tools", horizontal=True, gap="small"):
        share.show(shown, tables, chosen, picked, links.seconds_of(shown.scene, picked.moment))
        views.show(Link(chosen, picked), captions.subject(shown.scene))
    if looking is not None:
        with st.container(key="looking"):
            _looking(looking)
    filters.show_notes(notes)
    if (route := report_tables.show(shown.scene, shown.legs, shown.totals, tables.names, picked)) is not None:
        _why(shown, tables, chosen, replace(picked, selected=(route,)))
    history.show(steps, Link(chosen, picked), shown.scene)
    publish(Link(chosen, picked))


@st.fragment(run_every=POLL_S)
def _looking(work: Work) -> None:
    """How far the work is that the map waits for, over its lower edge; once it is over the page runs with what it made.

    Until then the map draws arcs.
    """
    if work.over.is_set():
        st.rerun()
    work.want()
    st.progress(min(max(work.share, 0.0), 1.0), text=f"Looking for routes by sea: {in_markdown(work.doing)}")


def _stage(
    shown: session.Shown, link: Link, chosen: Filters, tables: DataSet, paths: PathKind, facts: Mapping[str, str]
) -> Picked:
    """Player and cards side by side. -> what the reader settled on, or what the link said until then.

    chosen: of another data set than before the browser tells nothing until it has drawn it. paths: what the browser is
    given to draw. facts: of pictures, as `player.mount` has them.
    """
    data = chosen.data
    with st.container(key="stage"):
        map_side, card_side = st.columns([3, 1], gap="small")
        with map_side:
            given = history.initial(link.picked)
            picked = player.mount(shown.wire, key="map", height=HEIGHT, initial=given, data=data, facts=facts)
            if shown.scene.corridors.id.size == 0:
                st.html(NOTHING)
        if st.session_state.get("stage_data", data) != data:
            st.session_state["stale"] = picked
        st.session_state["stage_data"] = data
        stale = st.session_state.get("stale") == picked
        untold = picked == Picked() and not st.session_state.get("settled")
        if stale or untold or not history.is_of_now(picked):
            picked = replace(link.picked, paths=paths)
        else:
            st.session_state["settled"] = True
        with card_side:
            with st.container():  # there without a selection too: the cards keep their place, and their elements
                _why(shown, tables, chosen, picked)
                behind.show(shown, tables, chosen.unit, picked.selected, *_moment(shown, picked))
            cards.show(shown.scene, shown.totals, shown.graded, picked.selected)
    return replace(picked, turn=0)


def _why(shown: session.Shown, tables: DataSet, chosen: Filters, picked: Picked) -> None:
    why.show(shown, tables, chosen, picked.selected, *_moment(shown, picked))


def _moment(shown: session.Shown, picked: Picked) -> tuple[float, float | None]:
    """The settled moment and the window before it, in seconds."""
    return links.seconds_of(shown.scene, picked.moment), picked.window if picked.mode == "window" else None
