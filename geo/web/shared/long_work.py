"""Work that may take seconds, under a line of progress with a way to stop it.

A click ends the page's run at the next word of progress; the new run finds the work marked as stopped, says so, and
does not begin it again unless it is asked to.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.errors import Progress, silent

T = TypeVar("T")
QUIET = 1.0
"""Seconds of work before anything is shown: a bar that comes and goes at once is a flicker."""
EVERY = 0.2
"""Seconds between two words of progress, and so the longest that a click waits."""
_STOPPED = "stopped_work"


def watched(doing: str, key: str, run: Callable[[Progress], T]) -> T:
    """Does a work and hands back what it gives; a run in which it was stopped ends here with a sentence and a button.

    doing: what it is, "Reconciling". key: tells this work from any other.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return run(silent)
    if key in st.session_state.get(_STOPPED, ()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="wb-file">{doing} was stopped.</p>')
            st.button("Go on", key=f"go_on_{key}", on_click=_go_on, args=(key,))
        st.stop()
    begun = told = time.monotonic()
    box = bar = None

    def progress(done: float, words: str) -> None:
        nonlocal box, bar, told
        now = time.monotonic()
        if now - begun < QUIET or now - told < EVERY:
            return
        told = now
        if bar is None:
            box = st.empty()  # not before: it would move what follows on the page
            with box.container():
                bar = st.progress(0.0)
                st.button("Cancel", key=f"cancel_{key}", on_click=_stop, args=(key,))
        bar.progress(min(max(done, 0.0), 1.0), text=f"{doing}: {words}")

    found = run(progress)
    if box is not None:
        box.empty()
    return found


def _stop(key: str) -> None:
    st.session_state[_STOPPED] = {*st.session_state.get(_STOPPED, ()), key}


def _go_on(key: str) -> None:
    st.session_state[_STOPPED] = {*st.session_state.get(_STOPPED, ())} - {key}
