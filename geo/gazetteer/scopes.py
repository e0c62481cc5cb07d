"""What lies within what, and the cells into which overlapping scopes cut the world.

Origins and destinations nest as the gazetteer's `within` says, and mode 0 holds all modes; so two scopes have at most
one largest scope in common, their meet. The cells of the Venn diagram of some scopes are as many as the meets among
them, and a cell is known by the scopes that hold it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.gazetteer.places import Places

Cell = frozenset[int]
"""The rows of the scopes that hold a cell."""


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """What a flow is: from a place or area to a place or area, in one unit, by one mode (Rec 19; 0 is all of them)."""

    unit: str
    origin: str
    destination: str
    mode: int


class Nesting:
    """Which place lies within which, from the gazetteer."""

    def __init__(self, places: Places) -> None:
        frame = places.frame
        self._within = dict(zip(frame["code"].tolist(), frame["within"].tolist(), strict=True))
        self._chains: dict[str, tuple[str, ...]] = {}

    def chain(self, code: str) -> tuple[str, ...]:
        """The place itself and the areas around it, the nearest first. A circle in the gazetteer ends the chain."""
        if code not in self._chains:
            found = [code]
            while (area := self._within.get(found[-1], "")) and area not in found:
                found.append(area)
            self._chains[code] = tuple(found)
        return self._chains[code]

    def holds(self, outer: Scope, inner: Scope) -> bool:
        """Whether everything inside one scope is inside another of the same unit."""
        return (
            outer.unit == inner.unit
            and outer.mode in (0, inner.mode)
            and outer.origin in self.chain(inner.origin)
            and outer.destination in self.chain(inner.destination)
        )

    def meet(self, one: Scope, other: Scope) -> Scope | None:
        """The largest scope inside both; None where they have nothing in common."""
        if one.mode != other.mode and 0 not in (one.mode, other.mode):
            return None
        origin = self._deeper(one.origin, other.origin)
        destination = self._deeper(one.destination, other.destination)
        if origin is None or destination is None:
            return None
        return Scope(one.unit, origin, destination, max(one.mode, other.mode))

    def _deeper(self, one: str, other: str) -> str | None:
        if one in self.chain(other):
            return other
        return one if other in self.chain(one) else None

    def alike(self, codes: pd.Index, used: Iterable[str]) -> NDArray[np.object_]:
        """For each place (n,) one that the same of the used areas hold, and that holds the same of them.

        "" for a place that lies in none of them.
        """
        wanted = set(used)
        around = {area for code in wanted for area in self.chain(code)}
        known = [code for code in {*self._within, *wanted} if not wanted.isdisjoint(self.chain(code))]
        first: dict[str, str] = {}
        same = []
        for code in sorted(known):
            nearest = next(area for area in self.chain(code) if area in wanted)
            same.append(code if code in around else first.setdefault(nearest, code))
        at = pd.Index(sorted(known), dtype=object).get_indexer(codes)
        return np.where(at >= 0, np.array([*same, ""], object)[at], "")


def connected(scopes: list[Scope], nesting: Nesting, ties: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
    """The rows of the scopes that overlap, directly or by way of others: groups that nothing ties to one another.

    ties: pairs of rows that belong to one group in any case.
    """
    group = list(range(len(scopes)))

    def root(row: int) -> int:
        while group[row] != row:
            group[row] = row = group[group[row]]
        return row

    by_unit: dict[str, list[int]] = defaultdict(list)
    for row, scope in enumerate(scopes):
        for other in by_unit[scope.unit]:
            if root(other) != root(row) and nesting.meet(scope, scopes[other]) is not None:
                group[root(other)] = root(row)
        by_unit[scope.unit].append(row)
    for row, other in ties:
        group[root(other)] = root(row)
    found: dict[int, list[int]] = defaultdict(list)
    for row in range(len(scopes)):
        found[root(row)].append(row)
    return sorted(found.values())


def cells(scopes: list[Scope], nesting: Nesting) -> list[Cell]:
    """The cells into which the scopes cut one another, the whole of them covered; in a fixed order."""
    meets: dict[Scope, None] = {}
    for scope in scopes:
        new = {scope, *(meet for other in meets if (meet := nesting.meet(scope, other)) is not None)}
        meets.update(dict.fromkeys(sorted(new)))
    return sorted({holders(each, scopes, nesting) for each in meets}, key=sorted)


def ways(inner: Scope, scopes: list[Scope], nesting: Nesting) -> frozenset[Cell]:
    """The cells of the scopes in which something inside a scope may lie; an empty one where it may lie in none."""
    meets = {inner}
    for scope in (each for each in scopes if each.unit == inner.unit):
        meets |= {meet for other in meets if (meet := nesting.meet(scope, other)) is not None}
    return frozenset(holders(each, scopes, nesting) for each in meets)


def holders(inner: Scope, scopes: list[Scope], nesting: Nesting) -> Cell:
    """The rows of the scopes that hold all of a scope."""
    return frozenset(row for row, outer in enumerate(scopes) if nesting.holds(outer, inner))
