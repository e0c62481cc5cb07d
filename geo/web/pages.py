"""The pages, and the plain links to them at the top of the sidebar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo.web import presence

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

STYLE = Path(__file__).with_name("page.css")
LINE = "Reported shipments: who says what moved, and how much."
BRAND = f'<h1 class="wb-brand">Waybill</h1><p class="wb-brand-line">{LINE}</p>'


def the_map() -> Page:
    """The map, which opens first."""
    from geo.web import map_page  # here, since each page has links to the others

    return st.Page(map_page.render, title="Map", url_path="map", default=True)


def the_evidence() -> Page:
    """Who claims what of one flow, and where they disagree."""
    from geo.web import evidence_page

    return st.Page(evidence_page.render, title="Evidence", url_path="evidence")


def the_brief() -> Page:
    """The picture, slide or film that leaves the house."""
    from geo.web import brief_page

    return st.Page(brief_page.render, title="Brief", url_path="brief")


def the_data() -> Page:
    """Where files come in, and what has come in."""
    from geo.web import data_page

    return st.Page(data_page.render, title="Data", url_path="data")


def the_method() -> Page:
    """The rules in ordinary words."""
    from geo.web import method_page

    return st.Page(method_page.render, title="Method", url_path="method")


def every() -> tuple[Page, ...]:
    """In the order of their links."""
    return the_map(), the_evidence(), the_brief(), the_data(), the_method()


def show_links() -> None:
    """The head of the sidebar, the same on every page, by which a session is known to be there."""
    presence.note()
    st.html(STYLE)
    with st.sidebar:
        st.html(BRAND)
        with st.container(key="pages", horizontal=True, gap="small"):
            for page in every():
                st.page_link(page)
