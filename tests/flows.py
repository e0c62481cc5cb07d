"""Random flows, as rows (corridor, start, end, low, best, high), and their table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from geo import volume

CORRIDORS = 3
YEAR = 365 * 86_400


def table(rows: list[tuple[float, ...]]) -> pa.Table:
    corridor, start, end, low, best, high = np.array(rows, dtype=float).reshape(-1, 6).T
    return volume.flows(corridor.astype(int), start.astype(int), end.astype(int), low, best, high)


@st.composite
def flow(draw: st.DrawFn) -> tuple[float, ...]:
    start = draw(st.integers(0, 20) | st.integers(0, YEAR))
    length = draw(st.sampled_from([0, 0, 1, 3, 86_400]) | st.integers(0, YEAR))
    number = st.integers(0, 5_000).map(float) | st.floats(1e-6, 1e9)
    low, best, high = sorted(draw(st.tuples(number, number, number) | number.map(lambda n: (n, n, n))))
    if draw(st.integers(0, 4)) == 0:
        high = np.inf
    return draw(st.integers(0, CORRIDORS - 1)), start, start + length, low, best, high


FLOWS = st.lists(flow(), min_size=1, max_size=12)
