"""The sidebar: links to all pages at its head, and the data set and the filters that several pages share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo.dataset.dataset import DataSet
from geo.dataset.parts import Part
from geo.dataset.told_twice import ids
from geo.tables.counted_legs import ALL
from geo.web.shared import cache, filters, imports, session
from geo.web.shared import link as links
from geo.web.shared.link import Filters, opening_link
from geo.web.shared.link_values import Texts

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

STYLE = Path(__file__).with_name("sidebar.css")
LINE = "Reported shipments: who says what moved, and how much."
BRAND = f'<h1 class="wb-brand">Waybill</h1><p class="wb-brand-line">{LINE}</p>'
TITLES = {
    "map": "Map", "evidence": "Evidence", "brief": "Brief", "data": "Data", "method": "Method", "guide": "Guide",
}  # fmt: skip
"""The pages by their paths, in the order of their links. The first opens at the root."""


def _elsewhere() -> None:
    """What a link runs: nothing, since Streamlit finds the page of its path in the list that the app gave it."""


def page(path: str, render: Callable[[], None] = _elsewhere) -> Page:
    """The page of a path: with what renders it for the list of pages, without for a link or a switch to it."""
    return st.Page(render, title=TITLES[path], url_path=path, default=path == next(iter(TITLES)))


def show_links() -> None:
    """The head of the sidebar, the same on every page, by which a session is known to be there."""
    cache.note()
    st.html(STYLE)
    with st.sidebar:
        st.html(BRAND)
        with st.container(key="pages", horizontal=True, gap="small"):
            for path in TITLES:
                st.page_link(page(path))


def in_sidebar() -> tuple[Filters, DataSet, list[str]]:
    """The widgets. -> what is chosen, the tables of that data set, and notes on what could not be had."""
    link, link_notes = opening_link()
    with st.sidebar:
        box = st.container(key="filters")
        if st.session_state.get("page") != "brief":
            st.page_link(page("brief"), label="Make a slide or a film", icon=":material/slideshow:")
        st.page_link(page("data"), label="Load a file", icon=":material/upload_file:")
    parts, part_notes = imports.parts()
    with box:
        chosen, tables, notes = _choose(link.filters, parts)
        filters.show_clear(chosen)
    return chosen, tables, [*link_notes, *part_notes, *notes]


def _those(named: Texts, here: Collection[str]) -> Texts:
    return tuple(each for each in named if each in here)


def _choose(first: Filters, parts: Sequence[Part]) -> tuple[Filters, DataSet, list[str]]:
    titles = session.titles(parts)
    known, notes = filters.known_data(links.with_last_used(first, titles), titles)
    data_set = filters.choose_data(known, titles)
    tables = session.data_of(parts, data_set)
    if links.data_changed(data_set):
        filters.keep_switches(tables)
    options = session.choices(tables)
    possible, more = filters.possible(known, tables, options)
    # What the link asks for is judged by its own data set; another one may hold none of it.
    told = [*notes, *(more if data_set == known.data else [])]
    chosen = replace(filters.choose(possible, options), data=data_set)
    if chosen.same or chosen.separate:
        # Answers are of the movements of one data set, and a file that was withdrawn takes its own with it.
        here = {ALL, *ids(tables)}
        chosen = replace(chosen, same=_those(chosen.same, here), separate=_those(chosen.separate, here))
    held = set(tables.totals["id"]) | {ALL}
    apart, running, own = (_those(each, held) for each in (chosen.apart, chosen.running, chosen.not_running))
    chosen = replace(chosen, apart=apart, running=running, not_running=own)
    shared = [each for each in chosen.without_report if each in tables.shared_ids]
    told += [f"Several reports have the id “{each}” now. Switch off the one that you mean." for each in shared]
    return chosen, tables, told
