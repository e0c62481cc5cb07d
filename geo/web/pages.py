"""The pages, each with the function that renders it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.web.brief import page as brief
from geo.web.data import page as data
from geo.web.evidence import page as evidence
from geo.web.map import page as map_
from geo.web.method import page as method
from geo.web.shared import sidebar

if TYPE_CHECKING:
    from streamlit.navigation.page import Page


def every() -> tuple[Page, ...]:
    """In the order of their links."""
    return (
        sidebar.page("map", map_.render),
        sidebar.page("evidence", evidence.render),
        sidebar.page("brief", brief.render),
        sidebar.page("data", data.render),
        sidebar.page("method", method.render),
    )
