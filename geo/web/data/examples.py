"""Files to try the Data page with, and empty tables of each kind to fill in."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from geo import data_folder
from geo.web.data.upload import Desk
from geo.web.shared import tables

FOLDER = "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A file of data/examples: what it shows, on its button and when the pointer rests there."""

    file: str
    label: str
    about: str


EXAMPLES = (
    Example("voyages.csv", "Voyages", "Twelve voyages in Waybill’s own columns. All of it is made up."),
    Example(
        "voyages-with-three-mistakes.csv",
        "Three mistakes",
        "Seven voyages with column names of others, a misspelt port, a day that does not exist and a count in words. "
        "All of it is made up.",
    ),
    Example("claim-log.csv", "Claim log", "Three statements about one route, which overlap. All of it is made up."),
    Example("port-calls.csv", "Port calls", "Where two ships called, and when. All of it is made up."),
)
TEMPLATES = {
    "legs": (
        *("origin", "destination", "depart", "arrive", "containers", "unit", "mode", "vessel", "imo", "cargo"),
        *("claimant", "outlet", "said_on", "url", "note"),
    ),
    "totals": (
        *("claimant", "said_on", "origin", "destination", "start", "end", "quantity", "unit", "mode", "cargo"),
        *("outlet", "words", "url", "note"),
    ),
    "places": ("code", "name", "aliases", "kind", "country", "lon", "lat"),
    "events": ("date", "title", "note", "source", "url"),
}
"""Kind -> the columns of its template: all that are required, and those that most files have."""


def show(desk: Desk) -> None:
    """A row of buttons, and the templates folded away."""
    with st.container(key="examples", horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<p class="wb-label">Try with an example</p>', width="content")
        for each in EXAMPLES:
            key = f"example_{each.file}"
            st.button(each.label, key=key, help=each.about, on_click=_take, args=(desk, each))
    with st.expander("Templates to fill in"):
        st.html('<p class="wb-file">An empty CSV of each kind. Columns that you do not need may be left out.</p>')
        with st.container(horizontal=True, gap="small"):
            for kind in TEMPLATES:
                name, label = f"waybill-{kind}.csv", kind.capitalize()
                tables.download(label, template(kind), name, tables.CSV, f"template_{kind}")


def template(kind: str) -> bytes:
    """A CSV that has its line of column names alone, with the mark by which spreadsheets know UTF-8."""
    return (",".join(TEMPLATES[kind]) + "\r\n").encode("utf-8-sig")


def _take(desk: Desk, example: Example) -> None:
    content = data_folder.path(f"{FOLDER}/{example.file}").read_bytes()
    desk.accept([(f"example {example.file}", example.file, content)])
