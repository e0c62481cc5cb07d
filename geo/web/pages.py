"""The pages, each with the function that renders it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.web import brief_page, choosing, data_page, evidence_page, map_page, method_page

if TYPE_CHECKING:
    from streamlit.navigation.page import Page


def every() -> tuple[Page, ...]:
    """In the order of their links."""
    return (
        choosing.page("map", map_page.render),
        choosing.page("evidence", evidence_page.render),
        choosing.page("brief", brief_page.render),
        choosing.page("data", data_page.render),
        choosing.page("method", method_page.render),
    )
