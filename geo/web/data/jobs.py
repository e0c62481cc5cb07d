"""Long work on a file, with its progress in words and a way to stop it.

A click on the page ends its run at the next word of progress, and a new run begins: the click's callback runs first
and marks the file as stopped, so that the work does not begin again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import streamlit as st

from geo.errors import Cancelled, GeoError
from geo.files.read import read_sheet
from geo.matching.propose import propose
from geo.tables.read import take
from geo.web.data.upload import Held, known
from geo.web.shared import imports
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.errors import Progress
    from geo.gazetteer.places import Places
    from geo.tables.read import Kind

GLANCE = 1_000
"""Rows that are read to show what was understood: under a second, however large the file."""
QUIET = 0.4
"""Seconds of work before a bar is shown: one that comes and goes at once is a flicker."""
EVERY = 0.1
"""Seconds between two words of progress, and so the longest that a click waits."""


def glance(held: Held) -> None:
    """The first rows, and what their columns may be. A file of a complex form may take its whole time for them."""
    if held.error or held.stopped or held.proposal is not None:
        return

    def run(progress: Progress) -> None:
        if held.glance is None:
            held.glance = read_sheet(
                held.content, held.name, held.dialect, said=held.said, at_most=GLANCE, progress=progress
            )
        held.proposal = propose(held.glance, held.kind or None)
        _remember(held)

    watched(held, run, key="cancel_glance")


def _remember(held: Held) -> None:
    """What was agreed for the same names before is offered again; our own names need no agreement."""
    proposal = known(held.proposal)
    if proposal.own and not proposal.missing:
        held.mapping = proposal.mapping
    try:
        saved = imports.library().mapping_for(known(held.glance).header)
    except GeoError:
        return  # the list of imports says what is wrong with the library
    if saved is not None and held.kind in ("", saved.kind):
        held.remembered = saved
        if saved.kind != proposal.kind or proposal.shape:
            held.proposal = propose(known(held.glance), saved.kind)


def is_due(held: Held) -> bool:
    """Whether all of it is still to be read."""
    return held.mapping is not None and held.reading is None and not (held.error or held.stopped)


def read(held: Held, places: Places, gazetteer: str) -> None:
    """All of the file as agreed, where that is not done yet. gazetteer tells the contents of `places` apart."""
    if held.mapping is None or held.error or held.stopped:
        return
    wanted = (repr(held.dialect), held.layer, repr(held.mapping.as_json()), repr(held.fixes), gazetteer)
    if held.reading is not None and held.made_with == wanted:
        return

    def run(progress: Progress) -> None:
        if held.sheet is None:
            held.sheet = read_sheet(held.content, held.name, held.dialect, said=held.said, progress=progress)
        mapping = known(held.mapping)
        kind = cast("Kind", mapping.kind)
        reading = take(held.sheet, kind, places=places, mapping=mapping, fixes=held.fixes, progress=progress)
        progress(1.0, "Comparing voyages")
        held.take(reading)
        held.made_with = wanted

    watched(held, run)


def watched(
    held: Held, run: Callable[[Progress], None], box: DeltaGenerator | None = None, *, key: str = "cancel"
) -> None:
    """Does the work under a bar with a button to cancel it; what goes wrong is the file's error. box: where.

    key: of the button, since a run of the page may do two works on one file.
    """
    box = box or st.empty()
    begun = told = time.monotonic()
    bar = None

    def progress(done: float, doing: str) -> None:
        nonlocal bar, told
        now = time.monotonic()
        if held.stopped:
            raise Cancelled(f"{held.name} was cancelled.")
        if now - begun < QUIET or now - told < EVERY:
            return
        told = now
        words = in_markdown(f"{held.name}: {doing}")
        if bar is None:
            with box.container():
                bar = st.progress(0.0, text=words)
                st.button("Cancel", key=held.key(key), on_click=stop, args=(held,))
        bar.progress(min(max(done, 0.0), 1.0), text=words)

    try:
        run(progress)
    except Cancelled:
        held.stopped = True
    except GeoError as error:
        held.error = str(error)
    box.empty()


def stop(held: Held) -> None:
    """Ends the work on a file until its user wants it again."""
    held.stopped = True


def go_on(held: Held) -> None:
    """The reverse of `stop`."""
    held.stopped = False


def show_stopped(held: Held) -> None:
    """A file whose work was cancelled stays listed."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="wb-file">Cancelled. Nothing from {in_html(held.name)} was kept.</p>')
        st.button("Read again", key=held.key("again"), on_click=go_on, args=(held,))
