"""Frames of a film drawn in further processes: matplotlib draws on one processor at a time, and a film has many frames.

A frame is the same, pixel for pixel, whoever draws it. One whose process has ended is drawn here.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from types import TracebackType
from typing import IO, Self, cast

from geo import child_process
from geo.arrays import Bytes
from geo.brief.formats.film_encoder import FrameShape, Kind, raw, widen
from geo.brief.formats.film_frames import Frames
from geo.brief.plate.plate import Plate
from geo.brief.plate.rc_settings import settings

TRIED = 10
"""Frames after which it is known how long the others will take."""
PAYS = 6.0
"""Seconds that the frames still to be drawn would take here, above which further processes are worth their start."""
MOST = 3
"""Beside this one: the encoder and what is sent to it keep up with so many."""
_LEAD = 8
"""Frames drawn here while the others, once they have started, draw what stands still."""
_PATIENCE = 60.0
"""Seconds for a frame, after which a process is taken for stuck."""
_HELD = 2
_TICK = 0.1
_SIZE = struct.Struct("<I")
_SETTINGS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """The frames that a process draws of one part: every step-th from first to before the last, as `raw` makes them."""

    plate: Plate
    times: Sequence[float]
    kind: Kind
    shape: FrameShape
    first: int
    step: int


class Workers:
    """Processes that draw a share of a film's frames; a context that leaves none of them running.

    moving: frames of the film. They are started once it is seen that this pays.
    """

    def __init__(self, moving: int, kind: Kind, shape: FrameShape) -> None:
        self._kind, self._shape = kind, shape
        self._all: list[_Worker] = []
        self._drawn, self._left, self._began = 0, moving, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._all:
            each.end()

    def begin(self, plate: Plate, times: Sequence[float]) -> None:
        """The next part of the film. All that was drawn of the part before has been taken."""
        self._plate, self._times = plate, times
        self._first: int | None = None
        if self._are_ready():
            self._share(0)

    def take(self, number: int) -> bytes | None:
        """A frame of the part as `raw` makes it; None for one that is to be drawn here. Each is asked for, in order."""
        self._weigh()
        if self._first is None and self._are_ready():
            self._share(number + _LEAD)
        if self._first is None or not self._first <= number < len(self._times) - 1:
            return None
        turn = (number - self._first) % (len(self._all) + 1)
        return self._all[turn - 1].take() if turn else None

    def _weigh(self) -> None:
        """Starts processes, once, where the frames so far took so long that this pays."""
        if self._drawn == TRIED and (time.monotonic() - self._began) / TRIED * self._left > PAYS:
            with suppress(OSError):  # where none can be started, all is drawn here
                for _ in range(min(_processors() - 1, MOST)):
                    self._all.append(_Worker())
        self._drawn += 1
        self._left -= 1

    def _are_ready(self) -> bool:
        return bool(self._all) and all(each.is_ready for each in self._all)

    def _share(self, first: int) -> None:
        self._first, step = first, len(self._all) + 1
        for turn, each in enumerate(self._all, start=1):
            each.send(_Order(self._plate, self._times, self._kind, self._shape, first + turn, step))


class _Worker:
    """One process, from outside."""

    def __init__(self) -> None:
        self._process = child_process.start(__name__, _SETTINGS)
        widen(self._process.stdout)
        self._frames: Queue[bytes | None] = Queue(_HELD)
        self._ready, self._over = threading.Event(), threading.Event()
        threading.Thread(target=self._pump, name="waybill-film", daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Whether it has started, or ended: it can be sent orders, which it may not carry out."""
        return self._ready.is_set()

    def send(self, order: _Order) -> None:
        stream = cast("IO[bytes]", self._process.stdin)
        with suppress(OSError, ValueError):  # it has ended, and what it was to draw is drawn here
            pickle.dump(order, stream)
            stream.flush()

    def take(self) -> bytes | None:
        """Its next frame; None if it has ended."""
        if self._over.is_set():
            return None
        frame = None
        with suppress(Empty):
            frame = self._frames.get(timeout=_PATIENCE)
        if frame is None:
            self.end()
        return frame

    def end(self) -> None:
        self._over.set()
        child_process.end(self._process)

    def _pump(self) -> None:
        """Frames from the pipe into the queue, so that the process can draw the next before one is taken."""
        stream = cast("IO[bytes]", self._process.stdout)
        with suppress(OSError, ValueError):
            greeted = _received(stream) is not None
            self._ready.set()
            while greeted and (frame := _received(stream)) is not None:
                self._put(frame)
        self._ready.set()
        self._put(None)

    def _put(self, frame: bytes | None) -> None:
        while not self._over.is_set():
            with suppress(Full):
                self._frames.put(frame, timeout=_TICK)
                return


def _received(stream: IO[bytes]) -> bytes | None:
    """What `_send` sent; None where the stream ends."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    data = stream.read(size)
    return data if len(data) == size else None


def _send(stream: IO[bytes], data: memoryview) -> None:
    stream.write(_SIZE.pack(data.nbytes))
    stream.write(data)
    stream.flush()


def _processors() -> int:
    """Those that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux has it
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _draw(order: _Order, send: Callable[[Bytes], None]) -> None:
    reel = Frames(order.plate, order.times)
    convert = raw(order.kind, order.shape)
    for number in range(order.first, len(order.times) - 1, order.step):
        send(convert(reel.picture(number)))


def main() -> None:
    """In the process: one order after another from standard input, which this process's parent alone writes."""
    with os.fdopen(os.dup(1), "wb") as target:
        # What a library prints is no frame.
        os.dup2(2, 1)
        _send(target, memoryview(b"ready"))
        with settings(), suppress(EOFError, BrokenPipeError):
            while True:
                order: _Order = pickle.load(sys.stdin.buffer)  # noqa: S301 -- from our own process
                _draw(order, lambda frame: _send(target, frame.data.cast("B")))
