"""Seconds of a piece of Python, as a median."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
ENOUGH_SECONDS = 4.0
"""What takes longer than this is not repeated: the whole run is to stay a matter of minutes."""


def timed(work: Callable[[], T], repeat: int, clock: Callable[[], float] = time.perf_counter) -> tuple[float, T]:
    """Median seconds of up to `repeat` calls, and what the last one returned. clock: `time.process_time` leaves out
    what other programs take."""
    seconds: list[float] = []
    while True:
        gc.collect()
        began = clock()
        result = work()
        seconds.append(clock() - began)
        if len(seconds) >= repeat or sum(seconds) > ENOUGH_SECONDS:
            return statistics.median(seconds), result
