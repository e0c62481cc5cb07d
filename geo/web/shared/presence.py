"""Whether a session is still there. Once it has ended, nothing of it stays in memory.

Streamlit keeps a session for a while after its connection is lost, so that a page comes back to what it held. What is
over that time it drops only when the next page is closed, which on a quiet server may be never. So it is done here.
"""

from __future__ import annotations

import asyncio
import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import pyarrow as pa
import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.web.shared.cache import SHARED

if TYPE_CHECKING:
    from streamlit.runtime.app_session import AppSession

# What threads that have ended left in Arrow's own pools cannot be had back: these serve each thread by itself. The C
# library's memory can, and Arrow's call for that gives back all of it, ours and NumPy's with it.
pa.set_memory_pool(pa.system_memory_pool())

LOOKS = 24
"""So often it is looked whether a session has come back, in the time that Streamlit keeps it: every five seconds."""


@runtime_checkable
class Closable(Protocol):
    """What a session may hold that gives its memory back when it is closed, whoever still refers to it."""

    def close(self) -> None:
        """From now on it is empty."""


@dataclass(slots=True)
class _Absence:
    """Of a session that lost its connection at least once. last_there: by the clock of the event loop."""

    last_there: float
    app: AppSession | None


_absences: dict[str, _Absence] = {}


def note() -> None:
    """The session of this run is there. Its end is noticed from now on."""
    context = get_script_run_ctx()
    if context is not None:
        _connected(context.session_id)


def _left(session: str) -> None:
    """The connection is lost, which Streamlit tells on its event loop. Without a server there is nothing to do."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    watched = session in _absences
    _absences[session] = _Absence(loop.time(), get_instance().get_app_session(session))
    if not watched:
        _look_later(loop, session)


@st.cache_resource(show_spinner=False, scope="session", on_release=_left)
def _connected(session: str) -> str:
    return session


def _look_later(loop: asyncio.AbstractEventLoop, session: str) -> None:
    loop.call_later(_kept_seconds() / LOOKS, _look, loop, session)


def _look(loop: asyncio.AbstractEventLoop, session: str) -> None:
    """A page that has come back may have nothing to run, so whether it is there has to be asked for."""
    absence, kept = _absences[session], _kept_seconds()
    if get_instance().is_active_session(session):
        absence.last_there = loop.time()
    # Streamlit closes only what it keeps, so this must be the last look before that time is over, not the first after.
    if loop.time() - absence.last_there < kept - 2 * kept / LOOKS:
        _look_later(loop, session)
        return
    del _absences[session]
    get_instance().close_session(session)
    if absence.app is not None:
        _empty(absence.app)
    loop.run_in_executor(None, give_back)


def _empty(app: AppSession) -> None:
    """Streamlit refers to a session that it has closed, and to its widgets, until the next page opens."""
    for value in app.session_state.filtered_state.values():
        if isinstance(value, Closable):
            value.close()
    app.session_state.clear()


def _kept_seconds() -> float:
    """How long Streamlit keeps a session that has lost its connection."""
    return float(st.get_option("server.disconnectedSessionTTL"))


def give_back() -> None:
    """What nobody looks at any more goes, and the memory that is free then goes back to the system."""
    SHARED.shrink()
    gc.collect()
    pa.default_memory_pool().release_unused()
