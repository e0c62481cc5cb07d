"""What pages are made of, kept while it is used, and bounded by the memory that it takes rather than by its number.

`st.cache_resource` counts entries, and one entry may be a scene of ten million legs.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from itertools import islice
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
import streamlit as st
from pandas.api.extensions import ExtensionArray

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
