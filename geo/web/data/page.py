"""The Data page: files come in, what was understood, questions, problems, a preview, and the list of all imports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.dataset.parts import Part
from geo.errors import GeoError
from geo.matching.mapping import ColumnMap
from geo.web.data import (
    columns,
    connection,
    examples,
    imports,
    jobs,
    load,
    problems,
    questions,
    replacements,
    shapes,
    understood,
    upload,
)
from geo.web.data.upload import Desk, Held, desk, places_first
from geo.web.shared import imports as library_imports
from geo.web.shared import link, session
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.web.data.upload import Desk

STYLE = Path(__file__).with_name("data.css")


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    st.html(STYLE)
    link.enter("data")
    show()
    table = desk()
    try:
        _files(table)
    except GeoError as error:
        st.error(in_markdown(error))
    with st.container(key="imports_section"):
        imports.show()


def _files(table: Desk) -> None:
    """Every file by itself, then the preview of them all, and the one button that goes on."""
    boxes = {held.number: st.container(key=f"file_{held.number}", border=True) for held in table.files}
    below = st.container()
    # What could be pressed before cannot be pressed while a file is read; else the bar stays as it is until it is new.
    foot = st.empty() if any(jobs.is_due(held) for held in table.files) else None
    waiting, lines = {}, {}
    for held in table.files:
        with boxes[held.number]:
            lines[held.number], chosen = _first_look(table, held)
        if chosen is not None:
            waiting[held.number] = chosen
    loaded, notes = library_imports.parts(tables=False) if table.files else ([], [])
    for held in places_first(table.files):
        with boxes[held.number]:
            _read(table, held, loaded, lines[held.number])
    ready = [held for held in table.files if held.ready]
    with below:
        for note in notes:
            st.warning(in_markdown(note))
        if ready and not waiting:
            for held in ready:
                replacements.show(held, load.part_of(held), loaded)
            load.show_preview(ready, loaded)
    load.show(table, waiting, foot)


def _first_look(table: Desk, held: Held) -> tuple[DeltaGenerator, ColumnMap | None]:
    """Its name, what was understood, and the columns. -> that line, and the columns to be agreed to, if any are."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<h2 class="wb-heading wb-name">{in_html(held.name)}</h2>')
        st.button("Remove", key=held.key("remove"), type="tertiary", on_click=table.let_go, args=([held],))
    jobs.glance(held)
    if held.error:
        st.error(in_markdown(held.error))
    if held.stopped and held.proposal is None:
        jobs.show_stopped(held)
    line = understood.show(held)
    if held.error and held.mapping is None:
        return line, None
    shapes.show(held)
    # A place for each: once the columns are agreed to they go at once, and not when the work on the file is done.
    if held.mapping is not None:
        agreed, _ = st.container(), st.empty()
        with agreed:
            columns.agreed_line(held)
        return line, None
    _, form = st.empty(), st.container()
    with form:
        return line, columns.show(held)


def _read(table: Desk, held: Held, loaded: list[Part], line: DeltaGenerator) -> None:
    """All of it, its questions and its problems."""
    if held.mapping is None or held.error:
        return
    if held.stopped:
        jobs.show_stopped(held)
        return
    known = load.placing(loaded, [each for each in table.files if each is not held])
    if held.mapping.kind not in load.DRAWN:
        known = []
    places = session.gazetteer_with(known)
    jobs.read(held, places, _bringers(known))
    if held.reading is not None:
        understood.say(held, line)
    _outcome(held)
    questions.show(held, places)
    problems.show(held)


def _outcome(held: Held) -> None:
    if held.error:
        st.error(in_markdown(held.error))
    if held.stopped:
        jobs.show_stopped(held)
    if held.note and not held.about:
        st.html(f'<p class="wb-file" role="status">{in_html(held.note)}</p>')


def _bringers(known: list[Part]) -> str:
    """What tells the gazetteer of these parts from another."""
    return " ".join(part.id for part in known if len(part.brings))


TYPES = ["csv", "tsv", "txt", "md", "gz", "zip", "xlsx", "xls", "ods", "htm", "html", "xml"]
TYPES += ["parquet", "geojson", "json", "ndjson", "jsonl", "gpkg", "kml", "kmz"]
WHAT = (
    '<p class="wb-empty">Shipments, totals, places or events, as a table: CSV and other text in any encoding, '
    "also .gz or .zip; Excel and OpenDocument sheets; tables of web pages; "
    "Parquet; JSON, GeoJSON, KML, GeoPackage and zipped shapefiles. "
    "Any column names work: you check how each is matched before anything is used. "
    "Nothing leaves the machine that runs Waybill.</p>"
)


def show() -> None:
    """The zone. What arrives moves to the session's own list, each file once."""
    keep()
    desk = upload.desk()
    st.html('<h2 class="wb-heading">Load a file</h2>')
    dropped = st.file_uploader(
        "Load a file",
        type=TYPES,
        accept_multiple_files=True,
        key=f"drop_{desk.zone}",
        label_visibility="collapsed",
    )
    fresh = [file for file in dropped or [] if file.file_id not in desk.seen]
    _move([file.file_id for file in fresh], desk)
    connection.watch(desk)
    if not desk.files:
        st.html(WHAT)
        examples.show(desk)
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
