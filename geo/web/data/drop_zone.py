"""One drop zone for many files. Its key stays the same, so that a file dropped while the page works is taken too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import wraps
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.web.data import upload
from geo.web.shared.escaping import in_markdown

if TYPE_CHECKING:
    from geo.web.data.upload import Desk

TYPES = ["csv", "tsv", "txt", "gz", "zip", "xlsx", "ods", "parquet", "geojson", "json", "gpkg"]
WHAT = (
    '<p class="wb-empty">Shipments, totals, places or events, as a table: CSV and other text in any encoding, '
    "also .gz or .zip; Excel and OpenDocument sheets; Parquet, GeoJSON and GeoPackage. "
    "Any column names work: you check how each is matched before anything is used. "
    "Nothing leaves the machine that runs Waybill.</p>"
)


def show() -> None:
    """The zone. What arrives moves to the session's own list, each file once."""
    keep()
    st.html('<h2 class="wb-heading">Load a file</h2>')
    dropped = st.file_uploader(
        "Load a file",
        type=TYPES,
        accept_multiple_files=True,
        key="drop",
        label_visibility="collapsed",
    )
    desk = upload.desk()
    fresh = [file for file in dropped or [] if file.file_id not in desk.seen]
    _move([file.file_id for file in fresh], desk)
    if not desk.files:
        st.html(WHAT)
    for refused in desk.refused:
        st.warning(in_markdown(refused))
    for note in desk.notes:
        st.info(in_markdown(note))


def _move(dropped: Sequence[str], desk: Desk) -> None:
    """From Streamlit to the desk. One copy is enough, and Streamlit makes another of all that it holds at each run."""
    context = get_script_run_ctx()
    if context is None or not dropped:
        return
    manager, session = context.uploaded_file_mgr, context.session_id
    desk.accept((each.file_id, each.name, each.data) for each in manager.get_files(session, dropped))
    if isinstance(manager, MemoryUploadedFileManager):
        for each in dropped:
            manager.remove_file(session, each)


ANSWER = "file_urls_response"
NEWEST = (1, 67)
"""The newest Streamlit whose queue is known to drop answers. A newer one is left alone until it was looked at."""


def keep() -> None:
    """From now on the start of a run leaves these answers in the queue. Doing it twice is doing it once."""
    plain = ForwardMsgQueue.clear
    if hasattr(plain, "__wrapped__") or _version() > NEWEST:
        return

    @wraps(plain)
    def clear(
        self: ForwardMsgQueue, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        waiting = [each for each in self._queue if each.WhichOneof("type") == ANSWER] if retain_lifecycle_msgs else []
        plain(self, retain_lifecycle_msgs, fragment_ids_this_run)
        # Ahead of the rest: nothing has counted its place in the cleared queue yet.
        self._queue[:0] = [each for each in waiting if all(each is not one for one in self._queue)]

    ForwardMsgQueue.clear = clear  # type: ignore[method-assign]


def _version() -> tuple[int, ...]:
    return tuple(int(part) for part in st.__version__.split(".")[:2])
