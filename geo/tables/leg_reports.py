"""Itemised legs as reports: all that one claimant, outlet, day and link say in one unit is one report, with one id."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.arrays import Ints

GROUPED_BY = ("claimant", "outlet", "said_on", "url", "unit")
MOST_REPORTS = 1_000
"""A file with a link of its own for each of a million legs would make a list that nobody reads and no page holds."""
_BLANKS: tuple[tuple[str, Any], ...] = (("url", ""), ("said_on", pd.NaT), ("outlet", ""), ("claimant", ""))
MOST_COUNT = 1e15
"""Above any real count by far, and far enough below what float32 and float64 can hold to sum millions of them."""


def listable(legs: pd.DataFrame) -> tuple[pd.DataFrame, Ints, Ints]:
    """The legs with their groups; what tells groups apart is left out, link first, until they can be listed at all.

    Returns the legs (columns of `GROUPED_BY` may be blanked), each leg's group number (n,), int64, in order of first
    appearance, and the first row of each group (k,), int64. The groups depend on all the legs given, unless these have
    the ids of their groups in a column `id`, as those of a data set do: then some of them are grouped as all are.
    """
    if "id" in legs:
        return _listed_by_id(legs)
    group, first = _groups(legs, GROUPED_BY)
    for name, nothing in _BLANKS:
        if first.size <= MOST_REPORTS:
            break
        legs = legs.assign(**{name: nothing})
        group, first = _groups(legs, GROUPED_BY)
    return legs, group, first


def _listed_by_id(legs: pd.DataFrame) -> tuple[pd.DataFrame, Ints, Ints]:
    group, first = _groups(legs, ("id",))
    for name, nothing in _BLANKS:
        codes, _ = pd.factorize(legs[name], use_na_sentinel=False)
        if (codes[first][group] != codes).any():  # it was left out when the groups were made
            legs = legs.assign(**{name: nothing})
    return legs, group, first


def group_id(head: Mapping[str, object]) -> str:
    """The id of a group, "legs-" and twelve digits, from the values of `GROUPED_BY` in any one of its legs."""
    key = "\x1f".join(str(head[name]) for name in GROUPED_BY)
    return "legs-" + hashlib.blake2b(key.encode(), digest_size=6).hexdigest()


def group_ids(legs: pd.DataFrame, first: Ints) -> list[str]:
    """The id of each group, from what `listable` returns."""
    if "id" in legs:
        return legs["id"].iloc[first].astype(object).tolist()
    heads = legs[list(GROUPED_BY)].iloc[first].to_dict("records")
    return [group_id({str(name): value for name, value in head.items()}) for head in heads]


def _groups(legs: pd.DataFrame, names: Sequence[str]) -> tuple[Ints, Ints]:
    """Each leg's group number, in order of first appearance, and the first row of each group."""
    combined = np.zeros(len(legs), np.int64)
    for name in names:
        codes, values = pd.factorize(legs[name], use_na_sentinel=False)
        combined, _ = pd.factorize(combined * max(1, len(values)) + codes)
    # Numbered in order of first appearance: a group begins where the numbers rise.
    first = np.flatnonzero(np.diff(np.maximum.accumulate(combined), prepend=-1))
    return combined.astype(np.int64), first.astype(np.int64)


def report_of(table: pd.DataFrame) -> pd.Series:
    """The id of the report that each row of totals or legs is, or belongs to."""
    if "id" in table:
        return table["id"]
    if not len(table):
        return pd.Series([], dtype=object)
    legs, group, first = listable(table)
    return pd.Series(np.array(group_ids(legs, first), dtype=object)[group], index=table.index, dtype="object")
