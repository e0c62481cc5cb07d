"""Rows that bring every value of each parameter together with every value of each other one."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence


def pairwise(*values: Sequence[Hashable]) -> list[tuple[Hashable, ...]]:
    """Of the full product, few rows in which each two values of two parameters still meet, in the product's order.

    pairwise("ab", "cd", "ef") -> [("a", "c", "e"), ("a", "d", "f"), ("b", "c", "f"), ("b", "d", "e")]

    Each row is the one that brings the most new pairs; of several, the first. Each parameter's values are different.
    """
    product = list(itertools.product(*values))
    wanted = set().union(*map(_pairs, product))
    rows: set[tuple[Hashable, ...]] = set()
    while wanted:
        best = max(product, key=lambda row: len(_pairs(row) & wanted))
        rows.add(best)
        wanted -= _pairs(best)
    return [row for row in product if row in rows]


def _pairs(row: tuple[Hashable, ...]) -> set[tuple[tuple[int, Hashable], tuple[int, Hashable]]]:
    """Which value of which parameter meets which other one."""
    return set(itertools.combinations(enumerate(row), 2))
