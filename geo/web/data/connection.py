"""A server that was started anew holds no files: the page says so, and asks for those that it showed once more.

Its other half is geo/player/src/connection/connection.ts. A connection that was lost for a moment brings the same
session back, whose files are all there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from geo.web.data.upload import MOST_FILES, Desk
from geo.web.shared.escaping import in_markdown, shown_name
from geo.web.shared.small_component import small_component

_NAMED = 3


def watch(desk: Desk) -> None:
    """Takes note of files that the browser shows and the session does not have. It stands before what shows files."""
    told = small_component("connection")(
        key="connection",
        data={"files": [held.name for held in desk.files]},
        on_asked_change=_nothing_more,
    )
    # Of a session that is new no callback is known yet, so what the browser tells is read here.
    asked = told.get("asked")
    if isinstance(asked, Mapping) and not desk.files:
        desk.lost = names(asked.get("files"))
        # The browser's zone still holds what it gave to the server before, and takes nothing more.
        desk.zone += 1
        st.rerun()
    if desk.files:
        desk.lost = []
    if desk.lost:
        st.warning(in_markdown(lost_words(desk.lost)))


def lost_words(names: Sequence[str]) -> str:
    """ "Waybill was started again, and one.csv is no longer here …"."""
    several = f"{', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f"{names[0]} is"
    if len(names) > _NAMED:
        several = f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more are"
    them = "them" if len(names) > 1 else "it"
    return (
        f"Waybill was started again, and {several} no longer here: what was not loaded is kept only as long as it "
        f"runs. Drop {them} here once more. Nothing that was loaded is lost."
    )


def names(given: object) -> list[str]:
    """The names that a browser tells, which may be anything."""
    if not isinstance(given, list):
        return []
    return [shown_name(each) for each in given[:MOST_FILES] if isinstance(each, str) and each.strip()]


def _nothing_more() -> None:
    """Streamlit keeps a value that is told only where it may call something."""
