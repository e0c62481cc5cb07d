"""Columns of latitudes and longitudes -> degrees, and what is wrong with them one by one and beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.errors import VagueError
from geo.parsing.positions import SWAPPED, Axis, beyond, read_degrees
from geo.tables.findings import Message
from geo.tables.frame import Coded
from geo.tables.validator import Sieve, messages


def degrees(sieve: Sieve, column: str, axis: Axis) -> tuple[Coded, dict[int, Message]]:
    """A column of latitudes or longitudes in degrees, NaN where empty or wrong; and what is wrong, by code."""
    cells = sieve.distinct(column)
    filled = np.flatnonzero(~cells.empty)
    found = _read_degrees(sieve, cells.values.take(pa.array(filled)).to_pylist(), axis)
    values = np.full(len(cells.values), np.nan)
    values[filled] = [np.nan if isinstance(each, VagueError) else each for each in found]
    return Coded(values, cells.codes), messages(found, filled.tolist())


def _read_degrees(sieve: Sieve, texts: Sequence[str], axis: Axis) -> list[float | VagueError]:
    decimal = sieve.sheet.dialect.decimal

    def read(text: str) -> float:
        return read_degrees(text, axis, decimal)

    return sieve.memory.parsed((axis, decimal), texts, read)


def of_pairs(
    sieve: Sieve,
    axis: Axis,
    wrong: tuple[dict[int, Message], NDArray[np.int64]],
    beside: tuple[str, NDArray[np.int64]],
) -> dict[int, Message]:
    """What is wrong with each of m pairs of degrees on one axis: swapped only where exchanging the two makes sense.

    wrong: code of a text -> what is wrong with it, and the code of each pair. beside: the other column, and its codes.
    """
    messages_of, codes = wrong
    pairs = np.flatnonzero(np.isin(codes, list(messages_of)))
    texts = sieve.distinct(beside[0]).values.take(pa.array(beside[1][pairs])).to_pylist()
    found = {}
    for pair, other in zip(pairs.tolist(), _read_degrees(sieve, texts, axis), strict=True):
        message = messages_of[int(codes[pair])]
        found[pair] = beyond(axis) if message[0] == SWAPPED and isinstance(other, VagueError) else message
    return found
