"""One drop zone for many files. Its key stays the same, so that a file dropped while the page works is taken too."""

from __future__ import annotations

import streamlit as st

from geo.web.data import answers, held
from geo.web.plain import in_markdown

TYPES = ["csv", "tsv", "txt", "gz", "zip", "xlsx", "ods", "parquet", "geojson", "json", "gpkg"]
WHAT = (
    '<p class="wb-empty">Shipments, totals, places or events, as a table: CSV and other text in any encoding, '
    "also .gz or .zip; Excel and OpenDocument sheets; Parquet, GeoJSON and GeoPackage. "
    "Column names may be anybody’s: you see what each is taken for before anything is used. "
    "Nothing leaves the machine that runs Waybill.</p>"
)


def show() -> None:
    """The zone. What arrives moves to the session's own list, each file once."""
    answers.keep()
    st.html('<h2 class="wb-heading">Load a file</h2>')
    dropped = st.file_uploader(
        "Load a file",
        type=TYPES,
        accept_multiple_files=True,
        key="drop",
        label_visibility="collapsed",
    )
    desk = held.desk()
    fresh = [file for file in dropped or [] if file.file_id not in desk.seen]
    desk.accept((file.file_id, file.name, file.getvalue()) for file in fresh)
    if not desk.files:
        st.html(WHAT)
    for note in desk.notes:
        st.info(in_markdown(note))
