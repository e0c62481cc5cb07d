"""The process of its own, from outside: started, asked, watched, and ended; what ended it is told in words."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Full, Queue
from typing import IO, Any, NoReturn, cast

from geo import child_process
from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.child import main
from geo.files.content import Content

_SETTINGS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve address space, which is what is limited
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RUST_BACKTRACE": "0",
}
_TICK = 0.1
"""Seconds between two looks at whether somebody cancelled."""
_HELD_FRAMES = 4
WHAT = {
    "workbook": "workbook",
    "xml-workbook": "workbook as XML",
    "web-page": "web page",
    "parquet": "Parquet file",
    "geopackage": "GeoPackage",
    "geojson": "GeoJSON file",
    "records": "JSON file",
    "kml": "KML file",
    "shapefile": "shapefile",
}
AGAIN = {
    "workbook": "Open it and save it again.",
    "xml-workbook": "Save it as .xlsx.",
    "web-page": "Copy its table into a sheet and save that.",
    "parquet": "Export it again.",
    "geopackage": "Export it again.",
    "geojson": "Export it again as GeoJSON.",
    "records": "Export it again.",
    "kml": "Export it again.",
    "shapefile": "Export it again, and pack all its parts into one .zip.",
}
AS_CSV = "Save its table as CSV and load that: a text of any length is read in parts."
_SLOTS = threading.BoundedSemaphore(limits.CHILDREN)


class Child:
    """One file in its process. watch is called at least ten times a second while it works, and may raise."""

    def __init__(self, form: str, path: Path, name: str, watch: Callable[[], None]) -> None:
        self._form, self._name, self._watch = form, name, watch
        self._left = self._seconds = limits.CHILD_SECONDS + path.stat().st_size / limits.CHILD_BYTES
        self._process = child_process.start(main.__name__, _SETTINGS)
        self._frames: Queue[main.Frame | None] = Queue(_HELD_FRAMES)
        self._over = threading.Event()
        threading.Thread(target=self._pump, name="waybill-file", daemon=True).start()
        bounds = {"memory": limits.CHILD_MEMORY, "seconds": int(self._seconds) + 1}
        self._send({"form": form, "path": str(path.resolve()), **bounds})

    def ask(self, **request: object) -> Iterator[main.Frame]:
        """The frames of one answer. Raises UnreadableFile, TooLarge, DialectError."""
        self._send(request)
        while (frame := self._next()) is not None:
            kind, payload = frame
            if kind == main.END:
                return
            if kind == main.ERROR:
                self._refuse(json.loads(payload))
            yield frame
        self._died()

    def value(self, **request: object) -> Any:  # noqa: ANN401  whatever JSON holds
        """The one value of an answer."""
        (value,) = self.values(**request)
        return value

    def values(self, **request: object) -> Iterator[Any]:
        """The values of an answer in JSON. Another request may follow once all of them are taken."""
        for _, payload in self.ask(**request):
            yield json.loads(payload)

    def end(self) -> None:
        """Ends it, whatever it does."""
        self._over.set()
        child_process.end(self._process)

    def _send(self, request: object) -> None:
        stream = cast("IO[bytes]", self._process.stdin)
        with suppress(OSError):  # it died: its answer says so
            stream.write(json.dumps(request).encode() + b"\n")
            stream.flush()

    def _pump(self) -> None:
        """Frames from the pipe into the queue, in a thread: a pipe cannot be waited for with a limit everywhere."""
        stream = cast("IO[bytes]", self._process.stdout)
        while not self._over.is_set():
            with suppress(OSError, ValueError):
                frame = main.read_frame(stream)
                if self._put(frame) and frame is not None:
                    continue
            return

    def _put(self, frame: main.Frame | None) -> bool:
        while not self._over.is_set():
            with suppress(Full):
                self._frames.put(frame, timeout=_TICK)
                return True
        return False

    def _next(self) -> main.Frame | None:
        """Waits for a frame. The time that counts is the time waited: who asks may take as long as he wants."""
        while True:
            begun = time.monotonic()
            with suppress(Empty):
                return self._frames.get(timeout=_TICK)
            self._watch()
            self._left -= time.monotonic() - begun
            if self._left <= 0:
                self._too_slow()

    def _died(self) -> NoReturn:
        code = self._process.wait()
        # Rust and C++ abort where there is no memory, and Linux kills what takes too much of it.
        if code in (-getattr(signal, "SIGABRT", 6), -getattr(signal, "SIGKILL", 9)):
            self._refuse({"kind": "memory"})
        if code == -getattr(signal, "SIGXCPU", 24):
            self._too_slow()
        reason = f"cannot be read: the {WHAT[self._form]} ended its reader ({_ending(code)})"
        raise UnreadableFile(self._name, reason, f"{AGAIN[self._form]} Or save its table as CSV and load that.")

    def _too_slow(self) -> NoReturn:
        limit = f"{self._seconds:.0f} seconds"
        raise TooLarge(self._name, "the time to read it", f"more than {limit}", limit, AS_CSV)

    def _refuse(self, told: dict[str, str]) -> NoReturn:
        """What the process said of the file, about the file by its name."""
        kind = told["kind"]
        if kind == "memory":
            limit = limits.in_words(limits.CHILD_MEMORY)
            raise TooLarge(self._name, "the memory that reading it takes", f"more than {limit}", limit, AS_CSV)
        if kind == "large":
            raise TooLarge(self._name, told["what"], told["found"], told["limit"])
        if kind == "dialect":
            raise DialectError(told["field"], told["given"], told["allowed"])
        if kind == "unreadable":
            raise UnreadableFile(self._name, told["reason"], told["hint"])
        what = WHAT[self._form]
        raise UnreadableFile(self._name, f"is a broken {what}: {told['error']}", AGAIN[self._form])


@contextmanager
def reading(form: str, content: Content, watch: Callable[[], None]) -> Iterator[Child]:
    """A process that reads this content, as long as it is needed. Raises UnreadableFile, TooLarge."""
    with _slot(watch), content.on_disk() as path:
        child = Child(form, path, content.name, watch)
        try:
            yield child
        finally:
            child.end()


@contextmanager
def _slot(watch: Callable[[], None]) -> Iterator[None]:
    """Waits for its turn: so many files at once take so many times the memory of one."""
    while not _SLOTS.acquire(timeout=_TICK):
        watch()
    try:
        yield
    finally:
        _SLOTS.release()


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
