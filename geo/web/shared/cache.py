"""What pages are made of, kept while it is used, and bounded by the memory that it takes rather than by its number.

`st.cache_resource` counts entries, and one entry may be a scene of ten million legs.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast, runtime_checkable
from weakref import WeakValueDictionary

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
import streamlit as st
from pandas.api.extensions import ExtensionArray
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from streamlit.runtime.app_session import AppSession

T = TypeVar("T")
SHARED_BYTES = 2_000_000_000
"""For what all sessions see: the table and the scene of a million legs take about half of it."""
OWN_BYTES = 200_000_000
"""For what one session alone sees, beside the newest of each kind."""
SAMPLED = 200
"""Of a longer collection so many members are weighed, evenly spread, and the others taken to weigh the same."""
GEOMETRY_BYTES, POINT_BYTES = 160, 24
"""A geometry outside of its points, and one of its points: GEOS does not tell, so both are measured roughly."""


@dataclass(frozen=True, slots=True)
class _Entry:
    value: object
    size: int


class Cache:
    """Values by kind and key. Over `most` bytes the least recently used goes, but never the newest of its kind.

    So what a page is made of now stays, however large. Sessions on many threads may share one; those that ask for the
    same thing at once get one value, made once.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._entries: OrderedDict[tuple[str, Hashable], _Entry] = OrderedDict()
        self._lock = threading.Lock()
        self._makers: WeakValueDictionary[tuple[str, Hashable], threading.Lock] = WeakValueDictionary()

    def get(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a kind and a key; made, and kept, where it is not there."""
        name = (kind, key)
        with self._lock:
            if (found := self._found(name)) is not None:
                return cast("T", found.value)
            maker = self._makers.setdefault(name, threading.Lock())
        with maker:
            with self._lock:
                if (found := self._found(name)) is not None:
                    return cast("T", found.value)
            value = make()
            self._keep(name, _Entry(value, size_of(value)))
            return value

    def kept(self, kind: str, key: Hashable) -> object | None:
        """What is kept under a kind and a key; None where nothing is."""
        with self._lock:
            found = self._found((kind, key))
        return found.value if found is not None else None

    def shrink(self) -> None:
        """Back within the limit: the largest go, even the newest of their kind."""
        with self._lock:
            while self.size > self.most:
                self._forget(max(self._entries, key=lambda name: self._entries[name].size))

    def __len__(self) -> int:
        return len(self._entries)

    def _found(self, name: tuple[str, Hashable]) -> _Entry | None:
        if name in self._entries:
            self._entries.move_to_end(name)
        return self._entries.get(name)

    def _keep(self, name: tuple[str, Hashable], entry: _Entry) -> None:
        with self._lock:
            self._entries[name] = entry
            self.size += entry.size
            newest = {kind: (kind, key) for kind, key in self._entries}
            for old in list(self._entries):
                if self.size <= self.most:
                    break
                if newest[old[0]] != old:
                    self._forget(old)

    def _forget(self, name: tuple[str, Hashable]) -> None:
        self.size -= self._entries.pop(name).size


SHARED = Cache(SHARED_BYTES)
"""For what every session may see: embedded data sets and imports."""


@st.cache_resource(show_spinner=False, scope="session")
def own() -> Cache:
    """For what only this session holds. Streamlit drops it with the connection; after that it is filled again."""
    return Cache(OWN_BYTES)


def cache_for(*, private: bool) -> Cache:
    """The session's own for what only it holds, else the one that all share."""
    return own() if private else SHARED


def size_of(value: object) -> int:
    """About how many bytes a value takes, with everything in it. What occurs in it twice counts once."""
    return _size(value, set())


def _size(value: object, seen: set[int]) -> int:
    if id(value) in seen or value is None or callable(value):
        return 0
    seen.add(id(value))
    return _own_size(value, seen)


@singledispatch
def _own_size(value: object, seen: set[int]) -> int:
    """An object of any class: its attributes, whether they lie in slots or in a dictionary."""
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    parts = [getattr(value, name, None) for name in slots if not name.startswith("__")]
    parts += getattr(value, "__dict__", {}).values()
    return sys.getsizeof(value) + sum(_size(part, seen) for part in parts)


@_own_size.register
def _(value: str | bytes | int | float, seen: set[int]) -> int:
    del seen
    return sys.getsizeof(value)


@_own_size.register
def _(value: pd.DataFrame, seen: set[int]) -> int:
    return sum(_own_size(column, seen) for _, column in value.items()) + _own_size(value.index, seen)


@_own_size.register
def _(value: pd.Series | pd.Index, seen: set[int]) -> int:
    if str(value.dtype) == "geometry":
        shapes = value.to_numpy()
        return len(shapes) * GEOMETRY_BYTES + int(shapely.get_num_coordinates(shapes).sum()) * POINT_BYTES
    return int(value.nbytes) + (_sampled(value.to_numpy(), seen) if value.dtype == object else 0)


@_own_size.register
def _(value: np.ndarray, seen: set[int]) -> int:
    return int(value.nbytes) + (_sampled(value.ravel(), seen) if value.dtype.hasobject else 0)


@_own_size.register
def _(value: pa.Table | pa.RecordBatch | pa.Array | pa.ChunkedArray | ExtensionArray, seen: set[int]) -> int:
    del seen
    return int(value.nbytes)


@_own_size.register
def _(value: shapely.Geometry, seen: set[int]) -> int:
    del seen
    return GEOMETRY_BYTES + int(shapely.get_num_coordinates(value)) * POINT_BYTES


@_own_size.register(Mapping)
def _(value: Mapping[Any, Any], seen: set[int]) -> int:
    return sys.getsizeof(value) + _sampled(value.keys(), seen) + _sampled(value.values(), seen)


@_own_size.register(Collection)
def _(value: Collection[Any], seen: set[int]) -> int:
    return sys.getsizeof(value) + _sampled(value, seen)


def _sampled(members: Collection[Any], seen: set[int]) -> int:
    looked_at = list(islice(members, 0, None, max(1, len(members) // SAMPLED)))
    weighed = sum(_size(each, seen) for each in looked_at)
    return weighed * len(members) // max(len(looked_at), 1)


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
    _trim()


def _trim() -> None:
    """glibc keeps what was freed between what is still used; it gives those pages back when told to."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)
