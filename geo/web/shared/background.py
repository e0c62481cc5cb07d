"""Long work that a page does not wait for: a thread does it, the page says how far it is, and the cache keeps it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

from geo.errors import Cancelled, Progress
from geo.web.shared.cache import Cache

T = TypeVar("T")
PATIENCE_S = 0.8
"""So long a page waits all the same: what takes no longer is there at once, and nothing has to change on the page."""
WANTED_S = 300.0
"""Work that no page has asked for so long is given up; browsers let the pages that nobody sees ask once a minute."""


@dataclass(slots=True, eq=False)
class Work:
    """share, 0 to 1, and doing: how far it is. over: it has ended, and is in the cache, or has failed."""

    cache: Cache
    share: float = 0.0
    doing: str = ""
    asked: float = field(default_factory=time.monotonic)
    error: Exception | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def want(self) -> None:
        """Somebody still waits for it."""
        self.asked = time.monotonic()

    def progress(self, share: float, doing: str) -> None:
        """Called by the work itself. Raises Cancelled where nobody waits any more."""
        self.share, self.doing = share, doing
        if time.monotonic() - self.asked > WANTED_S:
            raise Cancelled("Nobody waits for it any more.")


_lock = threading.Lock()
_under_way: dict[tuple[int, str, Hashable], Work] = {}


def made(cache: Cache, kind: str, key: Hashable, make: Callable[[Progress], T]) -> T | Work:
    """What is kept under a kind and a key; else the work that makes it, begun once for all who ask.

    Raises what the work raised, once; who asks after that begins it anew.
    """
    name = (id(cache), kind, key)
    with _lock:
        if (found := cache.kept(kind, key)) is not None:
            return found  # type: ignore[return-value]
        if begun := (work := _under_way.get(name)) is None:
            work = _under_way[name] = Work(cache)
    work.want()
    if begun:
        threading.Thread(target=_run, args=(work, name, make), name=f"making {kind}", daemon=True).start()
        work.over.wait(PATIENCE_S)
    if not work.over.is_set():
        return work
    with _lock:
        _under_way.pop(name, None)
    if work.error is not None:
        raise work.error
    return cache.get(kind, key, lambda: make(work.progress))


def _run(work: Work, name: tuple[int, str, Hashable], make: Callable[[Progress], object]) -> None:
    _, kind, key = name
    try:
        work.cache.get(kind, key, lambda: make(work.progress))
    except Exception as error:  # noqa: BLE001 -- whatever it is, the page that waits is told
        work.error = error
    if work.error is None or isinstance(work.error, Cancelled):
        with _lock:
            _under_way.pop(name, None)
    work.over.set()
