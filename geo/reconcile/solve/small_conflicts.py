"""Contradictions of two reports, and on one flow of three: all of them, by comparing figures.

Two contradict where one says that more moved inside a scope and a window than another one allows around them. On one
flow three do where two highs together cover a low, or a high has two lows in it one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.model.region import Region

ROOM = 1e-7
"""A bound may be missed by so much: the solver's own tolerance."""
MOST_COMPARED = 400
"""Of more reports on one flow no three are compared with each other: their number grows by the cube."""
MOST_COUNTED = 1_000_000
"""Beyond so many threes no more are counted."""

Set = frozenset[int]


@dataclass(frozen=True, slots=True)
class SmallConflicts:
    """Of n sources: pairs, which two contradict each other (n, n); triples, minimal threes (m, 3)."""

    pairs: Mask
    triples: Ints

    def within(self, sources: Set) -> Iterator[Set]:
        """Those of some sources, the pairs first, and of them one for each source, so that none goes without."""
        own = np.array(sorted(sources), np.int64)
        among = self.pairs[np.ix_(own, own)]
        told = np.zeros_like(among)
        for one in np.flatnonzero(among.any(axis=1)).tolist():
            other = int(among[one].argmax())
            if not told[one, other]:
                told[one, other] = told[other, one] = True
                yield frozenset({int(own[one]), int(own[other])})
        for one, other in np.argwhere(np.triu(among & ~told)).tolist():
            yield frozenset({int(own[one]), int(own[other])})
        held = np.zeros(len(self.pairs), bool)
        held[own] = True
        for triple in self.triples[held[self.triples].all(axis=1)].tolist():
            yield frozenset(triple)

    def pair(self, sources: Set) -> Set | None:
        """A pair of some sources."""
        own = np.array(sorted(sources), np.int64)
        among = self.pairs[np.ix_(own, own)]
        if not among.any():
            return None
        one, other = np.unravel_index(among.argmax(), among.shape)
        return frozenset({int(own[one]), int(own[other])})

    def some(self, sources: Set, most: int) -> list[Set]:
        """Up to so many of those of some sources."""
        return list(islice(self.within(sources), most))

    @property
    def count(self) -> int:
        """How many there are."""
        return int(np.count_nonzero(np.triu(self.pairs))) + len(self.triples)


def small_conflicts(region: Region, holds: Mask, *, alone: bool) -> SmallConflicts:
    """All of a region. holds: scopes by scopes, whether the one holds the other; alone: whether it is of one flow."""
    pairs = _pairs(region, holds)
    few = len(region.sources) <= MOST_COMPARED
    triples = _triples(region, pairs) if alone and few else np.zeros((0, 3), np.int64)
    return SmallConflicts(pairs, triples)


@dataclass(frozen=True, slots=True)
class _Said:
    """All lows, or all highs."""

    source: Ints
    scope: Ints
    start: Ints
    end: Ints
    figure: Floats


def _said(region: Region, end_of: Literal["low", "high"]) -> _Said:
    said = [each for each in region.bounds if each.end_of == end_of]
    numbers = [(each.source, each.scope, each.start, each.end) for each in said]
    source, scope, start, end = np.array(numbers, np.int64).reshape(-1, 4).T
    return _Said(source, scope, start, end, np.array([each.figure for each in said]))


def _pairs(region: Region, holds: Mask) -> Mask:
    lows, highs = _said(region, "low"), _said(region, "high")
    found = np.zeros((len(region.sources), len(region.sources)), bool)
    for at in np.flatnonzero(lows.figure > 0).tolist():
        around = holds[highs.scope, lows.scope[at]] & (highs.start <= lows.start[at]) & (highs.end >= lows.end[at])
        found[lows.source[at], highs.source[around & (highs.figure < lows.figure[at] - ROOM)]] = True
    either: Mask = found | found.T
    return either


def _triples(region: Region, pairs: Mask) -> Ints:
    lows, highs = _said(region, "low"), _said(region, "high")
    found: list[Ints] = []
    count = 0
    for at in range(lows.source.size):
        covering = _covering(lows, highs, at)
        within = _in_turn(lows, highs, at)
        for one, other in (covering, within):
            own = np.full(one.size, lows.source[at])
            apart = ~(pairs[one, other] | pairs[own, one] | pairs[own, other])
            found.append(np.stack([own, one, other], axis=1)[apart])
            count += len(found[-1])
        if count > MOST_COUNTED:
            break
    triples = np.sort(np.concatenate([np.zeros((0, 3), np.int64), *found]), axis=1)
    return np.unique(triples, axis=0)


def _covering(lows: _Said, highs: _Said, at: int) -> tuple[Ints, Ints]:
    """Sources of two highs that together cover a low, and are less than it."""
    before = np.flatnonzero((highs.start <= lows.start[at]) & (highs.figure < lows.figure[at]))
    after = np.flatnonzero((highs.end >= lows.end[at]) & (highs.figure < lows.figure[at]))
    less = highs.figure[before, None] + highs.figure[after] < lows.figure[at] - ROOM
    one, other = np.nonzero(less & (highs.start[after] <= highs.end[before, None]))
    return highs.source[before[one]], highs.source[after[other]]


def _in_turn(lows: _Said, highs: _Said, at: int) -> tuple[Ints, Ints]:
    """Sources of a later low, and of a high around both that is less than the two together."""
    later = np.flatnonzero(lows.start >= lows.end[at])
    around = np.flatnonzero((highs.start <= lows.start[at]) & (highs.end >= lows.end[at]))
    more = lows.figure[at] + lows.figure[later, None] > highs.figure[around] + ROOM
    one, other = np.nonzero(more & (lows.end[later, None] <= highs.end[around]))
    return lows.source[later[one]], highs.source[around[other]]
