"""A reader's own CSV files: kept for the session, added to what is shown, with their problems in the open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

import streamlit as st

from geo.evidence.problems import to_frame
from geo.evidence.reading import Reading
from geo.scene import words
from geo.web.plain import in_html, in_markdown

LONGEST_NAME = 60
MOST_NAMED = 6
MOST_PROBLEMS = 1_000
"""Rows of the problem table on the page; the download holds every row set aside."""
KINDS = {"legs": "leg", "totals": "total", "places": "place", "events": "event"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was given. name is for reading by people alone; content is what identifies it."""

    name: str
    content: bytes
    sha256: str


def accept(files: Iterable[tuple[str, bytes]], have: Iterable[Upload]) -> tuple[list[Upload], list[str]]:
    """New files (name, content) -> those not loaded yet, and a sentence for each that is, by content."""
    known = {upload.sha256: upload.name for upload in have}
    fresh, notes = [], []
    for name, content in files:
        upload = Upload(shown_name(name), content, hashlib.sha256(content).hexdigest())
        if upload.sha256 in known:
            same = known[upload.sha256]
            as_what = "" if same == upload.name else f" as {same}"
            notes.append(f"{upload.name} is already loaded{as_what}: the same bytes, so nothing was added.")
            continue
        known[upload.sha256] = upload.name
        fresh.append(upload)
    return fresh, notes


def shown_name(name: str) -> str:
    """A file's name without folders, control characters and excess; never used as a path."""
    base = PureWindowsPath(PurePosixPath(name).name).name
    clean = "".join(character for character in base if character.isprintable()).strip()
    return clean[:LONGEST_NAME] or "unnamed.csv"


def session_uploads() -> list[Upload]:
    """The files of this session, in the order they came."""
    uploads: list[Upload] = st.session_state.setdefault("uploads", [])
    return uploads


def take_in() -> None:
    """The upload box. What arrives moves to the session's own list and the box is empty again."""
    turn = st.session_state.setdefault("upload_turn", 0)
    files = st.file_uploader(
        "Load a CSV",
        type=["csv", "tsv", "txt"],
        accept_multiple_files=True,
        key=f"upload_{turn}",
        help="Legs need origin, destination, depart and containers. Totals need claimant, said_on, origin, "
        "destination, window and quantity. A file stays in this session, on this machine.",
    )
    if files:
        fresh, notes = accept([(file.name, file.getvalue()) for file in files], session_uploads())
        st.session_state["uploads"] = [*session_uploads(), *fresh]
        st.session_state["upload_notes"] = notes
        st.session_state["upload_turn"] = turn + 1
        st.rerun()
    for note in st.session_state.get("upload_notes", []):
        st.info(in_markdown(note))


def show_list(readings: Iterable[tuple[Upload, Reading | None, str]]) -> None:
    """The session's files, each with what became of it and a button that takes it away. str: why it is unreadable."""
    for upload, reading, error in readings:
        with st.container(key=f"file_{upload.sha256[:12]}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(
                f'<p class="wb-file"><strong>{in_html(upload.name)}</strong><br>'
                f"{in_html(outcome(reading) if reading else error)}</p>"
            )
            if st.button("Remove", key=f"remove_{upload.sha256[:12]}", type="tertiary"):
                st.session_state["uploads"] = [other for other in session_uploads() if other.sha256 != upload.sha256]
                st.session_state["upload_notes"] = []
                st.rerun()


def outcome(reading: Reading) -> str:
    """One line: what was kept, what was set aside, which columns were not used."""
    rows = words.counted(words.number(reading.rows), KINDS[reading.kind])
    said = f"{words.number(len(reading.table))} of {rows} kept"
    if len(reading.set_aside):
        said += f", {words.number(len(reading.set_aside))} set aside"
    if reading.ignored:
        more = " …" if len(reading.ignored) > MOST_NAMED else ""
        said += f". Columns not used: {', '.join(reading.ignored[:MOST_NAMED])}{more}"
    return said


def show_problems(readings: Iterable[tuple[Upload, Reading | None, str]]) -> None:
    """For each file with problems: the table of them, and the download of the rows set aside."""
    for upload, reading, _ in readings:
        if reading is None or not (reading.problems or len(reading.set_aside)):
            continue
        title = f"{upload.name}: {outcome(reading)}, {words.counted(words.number(len(reading.problems)), 'problem')}"
        with st.expander(in_markdown(title), expanded=True):
            st.dataframe(to_frame(reading.problems[:MOST_PROBLEMS]), hide_index=True, width="stretch")
            if len(reading.problems) > MOST_PROBLEMS:
                st.caption(f"The first {MOST_PROBLEMS:,} are shown.")
            if len(reading.set_aside):
                st.download_button(
                    "Download the rows set aside",
                    reading.set_aside_csv().encode("utf-8-sig"),  # spreadsheets know UTF-8 by its mark
                    file_name="rows-set-aside.csv",
                    mime="text/csv",
                    key=f"aside_{upload.sha256[:12]}",
                    on_click="ignore",
                )
