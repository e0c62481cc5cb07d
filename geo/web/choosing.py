"""The sidebar that the map and the evidence share: the data set and the filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from geo.web import filters, pages, session, shelf
from geo.web.state import Filters, opening_link


def in_sidebar() -> tuple[Filters, session.Tables, list[str]]:
    """The widgets. -> what is chosen, the tables of that data set, and notes on what could not be had."""
    link, link_notes = opening_link()
    with st.sidebar:
        box = st.container(key="filters")
        if st.session_state.get("page") != "brief":
            st.page_link(pages.the_brief(), label="Make a slide or a film", icon=":material/slideshow:")
        st.page_link(pages.the_data(), label="Load a file", icon=":material/upload_file:")
    parts, part_notes = shelf.parts()
    with box:
        chosen, tables, notes = _choose(link.filters, parts)
    return chosen, tables, [*link_notes, *part_notes, *notes]


def _choose(first: Filters, parts: Sequence[shelf.Part]) -> tuple[Filters, session.Tables, list[str]]:
    data = session.data_sets(parts)
    known, notes = filters.known_data(first, data)
    data_set = filters.choose_data(known, data)
    tables = session.together(parts, data_set)
    options = session.choices(tables.key, tables)
    possible, more = filters.possible(known, options)
    # What the link asks for is judged by its own data set; another one may hold none of it.
    told = [*notes, *(more if data_set == known.data else [])]
    return replace(filters.choose(possible, options), data=data_set), tables, told
