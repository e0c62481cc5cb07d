"""The files that can be had: pictures, slides and pages at once, films with their progress and a way to stop them."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

import streamlit as st

from geo.brief import outputs
from geo.errors import Cancelled, GeoError
from geo.web.brief import draft
from geo.web.shared import tables
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.brief.outputs import Format
    from geo.web.brief.picture import Pictures

JOB, FILM, STOPPED, FAILED = "briefing_job", "briefing_film", "briefing_stopped", "briefing_failed"
EVERY = 0.1
"""Seconds between two words of progress, and so the longest that a click waits."""
NAMES = {
    "pptx": "Slide for PowerPoint",
    "png": "PNG",
    "jpeg": "JPEG",
    "webp": "WebP",
    "svg": "SVG",
    "pdf": "PDF",
    "html": "Offline web page (HTML)",
    "mp4": "MP4",
    "webm": "WebM",
    "gif": "GIF",
}
MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "html": "text/html",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "gif": "image/gif",
}
LONGEST = 60
NEXT = ""
"""The key of a film that was asked for: it is of the picture of the next run, whatever was typed meanwhile."""


class Filmed(Protocol):
    """What a film can be made of."""

    @property
    def key(self) -> str:
        """Tells it from every other."""

    def content(self, form: Format, progress: Callable[[float], None] | None = None) -> bytes:
        """The film's bytes. Raises GeoError."""


def every() -> dict[str, Format]:
    """Name -> format, of all that can be made here; the first is the one that most want."""
    found = {form.name: form for form in outputs.formats().values()}
    return {name: found[name] for name in sorted(found, key=lambda name: (name != "pptx", name != "png"))}


def safe_name(words: str, otherwise: str = "brief") -> str:
    """Letters and digits of any script, with hyphens between: never a path, a device or an option."""
    folded = unicodedata.normalize("NFC", words).casefold()[: 4 * LONGEST]
    name = re.sub(r"[\W_]+", "-", folded).strip("-")
    if len(name) > LONGEST:
        # Cut between words, where there are any.
        name = name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    reserved = re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", name)
    return otherwise if not name or reserved else name


def first_button(made: Pictures, title: str) -> None:
    """The one that most want."""
    form = next(iter(every().values()))
    label = "Download the slide (PPTX)" if form.name == "pptx" else f"Download the picture ({form.name.upper()})"
    _download(made, form, title, label, primary=True)


def buttons(made: Pictures, title: str) -> None:
    """All others, films below."""
    first, *others = every().values()
    del first
    still = [form for form in others if form.takes != "span"]
    with st.container(key="brief_files", horizontal=True, gap="small"):
        for form in still:
            _download(made, form, title, NAMES.get(form.name, form.name.upper()))


def one(made: Pictures, kind: str, title: str) -> None:
    """The button of one kind of file, by the name of its format."""
    _download(made, every()[kind], title, NAMES[kind])


def _download(made: Pictures, form: Format, title: str, label: str, *, primary: bool = False) -> None:
    # Made when it is asked for: a page with ten files ready would be slow at every letter of a title.
    tables.download(
        label,
        partial(made.content, form),
        f"{safe_name(title)}.{form.suffixes[0]}",
        MIME.get(form.name, "application/octet-stream"),
        f"brief_get_{form.name}",
        leading=primary,
        icon=":material/download:" if primary else None,
    )


def films(made: Pictures, title: str) -> DeltaGenerator:
    """A button for each kind of film; one is made at a time, and the last one made can be had.

    -> room for its bar, where the buttons were, so that it is in view when one of them was pressed. The pressed button
    stays below it as long as it has the focus; nothing may move when it goes, or a click on Cancel would miss.
    """
    kinds = {name: form for name, form in every().items() if form.takes == "span"}
    with st.container(key="brief_film_part"):
        room = st.container(key="brief_job_room")
        row = st.container(key="brief_films", horizontal=True, vertical_alignment="bottom", gap="small")
    if not kinds:
        return room
    several = len(made.shown.plate.moments) > 1
    if show_outcome(made, title, room, row, lasting=not several):
        with row:
            if several:
                st.html('<p class="wb-plain wb-note">Films show one map: choose 1 under “Maps” to make one.</p>')
            else:
                draft.film_seconds()
                for name in kinds:
                    st.button(f"Make {NAMES[name]}", key=f"brief_make_{name}", on_click=ask, args=(name,))
    return room


def show_outcome(
    made: Filmed, title: str, room: DeltaGenerator, row: DeltaGenerator, *, key: str = NEXT, lasting: bool = True
) -> bool:
    """What became of the last film, and whether one may be asked for: none while one of the same is being made.

    key: that it is asked for by. lasting: whether what was made can still be had.
    """
    if _running(made, key) is not None:
        with row:
            # The buttons would otherwise stay until this run ends, which is with the film.
            for _ in NAMES:
                st.empty()
        return False
    with room:
        _film_outcome(made, title, lasting=lasting)
    return True


def _film_outcome(made: Filmed, title: str, *, lasting: bool) -> None:
    of, stopped = st.session_state.get(STOPPED) or ("", "")
    if of == made.key:
        st.html(f'<p class="wb-plain" role="status">{in_html(NAMES[stopped])}: cancelled. Nothing was kept.</p>')
    failed_of, failed = st.session_state.get(FAILED) or ("", "")
    if failed_of == made.key:
        st.session_state.pop(FAILED)
        st.error(in_markdown(failed))
    key, name, content = st.session_state.get(FILM) or ("", "", b"")
    if key != made.key or not lasting:
        return
    st.html(f'<p class="wb-plain" role="status">{in_html(NAMES[name])} is ready: {len(content) / 1e6:,.1f} MB.</p>')
    told = f"Download the film ({NAMES[name]})"
    file_name = f"{safe_name(title)}.{name}"
    tables.download(told, content, file_name, MIME[name], "brief_get_film", icon=":material/download:")


def _running(made: Filmed, key: str) -> Format | None:
    """The film that is to be made of this now. key: that it is asked for by."""
    of, name = st.session_state.get(JOB) or ("", "")
    return every().get(name) if of in (key, made.key) else None


def give_up(*keys: str) -> None:
    """A film that was begun of what is no longer shown is given up. keys: of what is."""
    of, name = st.session_state.get(JOB) or (NEXT, "")
    if of not in keys or name not in every():
        _end()


def ask(name: str, key: str = NEXT) -> None:
    """Asks for a film."""
    st.session_state[JOB] = (key, name)
    for old in (FILM, STOPPED, FAILED):
        st.session_state.pop(old, None)


def cancel() -> None:
    """Ends the film that is being made: the click's own run begins here, after the old one has ended."""
    if job := st.session_state.get(JOB):
        st.session_state[STOPPED] = job
    _end()


def _end() -> None:
    st.session_state.pop(JOB, None)


def run_job(made: Filmed, room: DeltaGenerator, key: str = NEXT) -> None:
    """Makes the film that was asked for, at the end of the page's run, so that all else can be used meanwhile.

    A click on the page ends its run at the next word of progress. The film then begins again, unless it was cancelled,
    or is a film of another picture now. key: that it is asked for by.
    """
    form = _running(made, key)
    if form is None:
        return
    name = form.name
    st.session_state[JOB] = (made.key, name)
    with room.container(key="brief_job", horizontal=True, vertical_alignment="bottom", gap="small"):
        words = in_markdown(f"{NAMES[name]}: drawing")
        bar = st.progress(0.0, text=words)
        st.button("Cancel", key="brief_cancel", on_click=cancel)
    told = time.monotonic()

    def progress(share: float) -> None:
        nonlocal told
        if JOB not in st.session_state:
            raise Cancelled("The film was cancelled.")
        if time.monotonic() - told >= EVERY:
            told = time.monotonic()
            bar.progress(min(max(share, 0.0), 1.0), text=f"{words}, {share:.0%}")

    try:
        content = made.content(form, progress)
    except Cancelled:
        return
    except GeoError as error:
        _end()
        st.session_state[FAILED] = (made.key, str(error))
        st.rerun()
    _end()
    st.session_state[FILM] = (made.key, name, content)
    st.rerun()
