"""Routes that were found before, kept in the user's cache folder: a file of SQLite for each state of the data.

Whatever is wrong with the file costs time and nothing else: it is thrown away, or done without.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import sqlite3
import threading
import weakref
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo import data_folder

VARIABLE = "WAYBILL_CACHE"
"""Environment variable: another folder than the user's own for caches."""
FACTS = ("sea_network.npz", "passages.csv", "land-10m.parquet")
"""What a route is made of."""
FORM = 2
"""One more whenever routes are found or kept in another way."""
MOST_KEPT = 20_000
"""Routes in the file, of about six kilobytes each; beyond that the oldest go, a quarter at once."""
_WAIT_S = 2.0
"""For another process that writes."""
_BROKEN = (sqlite3.Error, OSError, zlib.error, ValueError, ShapelyError)
_TABLE = "CREATE TABLE IF NOT EXISTS routes (age INTEGER PRIMARY KEY, way TEXT UNIQUE NOT NULL, route BLOB NOT NULL)"

Facts = dict[str, Any]
"""Of a route what is no geometry, as JSON has it."""


class RouteCache:
    """Routes by the way that they go: one file, which any number of threads and processes may use."""

    def __init__(self, path: Path, most: int = MOST_KEPT) -> None:
        self.path = path
        self.most = most
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None
        self._failed = False

    def get(self, way: str) -> tuple[Facts, BaseGeometry] | None:
        """What is kept of a way; None where nothing is, or nothing that can be read."""
        with self._lock, suppress(*_BROKEN):
            if (file := self._opened()) is None:
                return None
            try:
                row = file.execute("SELECT route FROM routes WHERE way = ?", (way,)).fetchone()
                return _unpacked(row[0]) if row else None
            except _BROKEN:
                self._drop()
        return None

    def put(self, way: str, facts: Facts, line: BaseGeometry) -> None:
        """Keeps a route; where that cannot be, nothing is."""
        with self._lock, suppress(*_BROKEN):
            if (file := self._opened()) is None:
                return
            try:
                with file:
                    file.execute(
                        "INSERT OR REPLACE INTO routes (way, route) VALUES (?, ?)", (way, _packed(facts, line))
                    )
                    self._bound(file)
            except sqlite3.OperationalError:
                return  # another process writes, or the disk is full: the file is as it was
            except _BROKEN:
                self._drop()

    def close(self) -> None:
        """Lets go of the file, which is opened again when it is needed."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _bound(self, file: sqlite3.Connection) -> None:
        oldest, newest = file.execute("SELECT min(age), max(age) FROM routes").fetchone()
        if newest - oldest >= self.most:
            file.execute("DELETE FROM routes WHERE age <= ?", (newest - self.most * 3 // 4,))

    def _opened(self) -> sqlite3.Connection | None:
        if self._file is None and not self._failed:
            try:
                self._file = self._connected()
            except _BROKEN:
                self._drop()
                with suppress(*_BROKEN):
                    self._file = self._connected()
                self._failed = self._file is None
        return self._file

    def _connected(self) -> sqlite3.Connection:
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in folder.glob("routes-*"):  # of other data
            if not old.name.startswith(self.path.name):
                with suppress(OSError):
                    old.unlink()
        # Made before SQLite does, which leaves the rights to the umask.
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        file = sqlite3.connect(self.path, timeout=_WAIT_S, check_same_thread=False)
        # From Python 3.13 on an open file that is forgotten is complained about.
        closed = weakref.finalize(self, file.close)
        try:
            # A file that a crash breaks is thrown away, so that nothing has to wait for the disk.
            file.execute("PRAGMA synchronous = OFF")
            with file:
                file.execute(_TABLE)
        except sqlite3.Error:
            closed()
            raise
        return file

    def _drop(self) -> None:
        """The file goes; a new one is begun when it is asked for next."""
        if self._file is not None:
            self._file.close()
            self._file = None
        with suppress(OSError):
            self.path.unlink()


@cache
def route_cache() -> RouteCache:
    """The cache of this user for the data as they are."""
    told = hashlib.sha256(str(FORM).encode())
    for name in FACTS:
        told.update(hashlib.sha256(data_folder.path(name).read_bytes()).digest())
    folder = os.environ.get(VARIABLE) or platformdirs.user_cache_path("waybill")
    found = RouteCache(Path(folder) / f"routes-{told.hexdigest()[:16]}.sqlite")
    atexit.register(found.close)
    return found


def _packed(facts: Facts, line: BaseGeometry) -> bytes:
    return zlib.compress(json.dumps(facts).encode() + b"\n" + shapely.to_wkb(line), 1)


def _unpacked(kept: bytes) -> tuple[Facts, BaseGeometry]:
    told, _, line = zlib.decompress(kept).partition(b"\n")
    return json.loads(told), shapely.from_wkb(line)
