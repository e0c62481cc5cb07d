"""Reports on one flow by itself: bounds on how far apart its volumes at two moments are, without a linear program.

A high lets a volume be no more than so far ahead of an earlier one, a low no less; and no volume falls. The tightest
that follows is a shortest path from one moment to another, each step of which is a report, and reports contradict one
another where a circle of steps is shorter than nothing (R. Bellman, "On a routing problem", 1958).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.errors import GeoError

EXACT = 1e-8
"""A path is shorter than another one where it is so by more than this."""
LARGEST = 2.0**24
"""Where a figure is larger than this, by as many times more: below that is rounding."""
MOST_PAIRED = 800
"""Up to so many moments the paths between all of them are found at once: half a second."""
LOOK_EVERY = 4
"""After each so many rounds it is looked whether the paths go in a circle."""


@dataclass(slots=True)
class _Paths:
    """The shortest paths to n moments so far: how long, the moment before each (itself at a start), and the step from
    there: -1 where it is the one to an earlier moment, which costs nothing."""

    length: Floats
    before: Ints
    step: Ints


class Chain:
    """n moments, numbered from 0, and steps between them: forwards the highs, backwards the lows."""

    def __init__(self, moments: int, first: Ints, last: Ints, low: Mask) -> None:
        """first, last: of each bound its window. low: which are lows; the others are highs."""
        self._moments, self._low = moments, low
        each = np.arange(moments - 1)
        self._from, self._to = np.where(low, last, first), np.where(low, first, last)
        # Behind the bounds a step for each interval, which lets a volume grow as much as anything may ask.
        tail = np.concatenate([self._from, each])
        head = np.concatenate([self._to, each + 1])
        self._order = np.argsort(head, kind="stable")
        self._tail, self._head = tail[self._order], head[self._order]
        self._heads, self._groups = np.unique(self._head, return_index=True)
        self._group = np.repeat(np.arange(self._heads.size), np.diff(np.append(self._groups, self._head.size)))

    def contradiction(self, figures: Floats) -> list[int] | None:
        """Bounds that together cannot hold; None where some volumes keep all of them.

        figures: (bounds,), a low that nobody gives as 0, a high as inf.
        """
        count = self._moments
        paths = _Paths(np.zeros(count), np.arange(count), np.full(count, -1))
        circle = self._shorten(paths, figures)
        return None if circle is None else sorted({each for each in circle if each < figures.size})

    def between(self, figures: Floats, start: int, end: int, *, low: bool) -> tuple[Floats, Floats]:
        """The least or the most that a volume grows from one moment to a later one.

        As a linear program has it: how often each bound counts in the sum that gives the least, or the most taken as a
        loss, lows for and highs against; and the volumes (n,) of a history in which it is. The most is asked only
        where highs bound it.
        """
        source, target = (end, start) if low else (start, end)
        paths = _Paths(np.full(self._moments, np.inf), np.arange(self._moments), np.full(self._moments, -1))
        paths.length[source] = 0.0
        if self._shorten(paths, figures) is not None:
            raise GeoError("Reports on one flow contradict one another unseen. Report this with the tables.")
        counted, at = np.zeros(figures.size), target
        while at != source:
            if paths.step[at] >= 0:
                counted[self._order[paths.step[at]]] += 1.0
            at = int(paths.before[at])
        return np.where(self._low, counted, -counted), paths.length - paths.length[0]

    def needed(self, figures: Floats) -> Mask:
        """Which bounds another path between the same moments does not fall short of."""
        count = self._moments
        if count > MOST_PAIRED:
            return np.ones(figures.size, bool)
        length = np.where(np.tri(count, dtype=bool), 0.0, np.inf)
        weight = np.where(self._low, -figures, figures)
        np.minimum.at(length, (self._from, self._to), weight)
        for by in range(count):  # R. W. Floyd, "Algorithm 97: shortest path", 1962
            np.minimum(length, length[:, by, None] + length[by], out=length)
        kept: Mask = weight <= length[self._from, self._to] + _exact(figures)
        return kept

    def _shorten(self, paths: _Paths, figures: Floats) -> list[int] | None:
        """Makes the paths as short as they can be; or tells the steps of a circle that is shorter than nothing."""
        plenty = 2.0 * float(figures[np.isfinite(figures)].sum()) + 1.0
        weight = np.concatenate([np.where(self._low, -figures, figures), np.full(self._moments - 1, plenty)])
        weight = weight[self._order]
        exact = _exact(figures)
        shortened, turn = _back(paths, exact), 0
        while self._step(paths, weight, exact) or shortened:
            shortened = _back(paths, exact)
            turn += 1
            if turn % LOOK_EVERY == 0 and (circle := _circle(paths)):
                return [int(self._order[step]) for step in circle]
        return None

    def _step(self, paths: _Paths, weight: Floats, exact: float) -> bool:
        """One more step on every path; whether any became shorter."""
        reached = paths.length[self._tail] + weight
        least = np.minimum.reduceat(reached, self._groups)
        better = least < paths.length[self._heads] - exact
        if not better.any():
            return False
        by = np.flatnonzero(better[self._group] & (reached == least[self._group]))[::-1]
        heads = self._head[by]  # of several steps to one moment the first is written last
        paths.length[heads], paths.before[heads], paths.step[heads] = reached[by], self._tail[by], by
        return True


def _exact(figures: Floats) -> float:
    return EXACT * max(1.0, float(figures[np.isfinite(figures)].max(initial=0.0)) / LARGEST)


def _back(paths: _Paths, exact: float) -> bool:
    """What is reached at a moment is at least what was before; whether any path became shorter by that."""
    length = paths.length
    least = np.minimum.accumulate(length[::-1])[::-1]
    better = least < length - exact
    if not better.any():
        return False
    moments = np.arange(length.size)
    # The moment after which it is so little: the next at which nothing later is less.
    last = np.where(length == least, moments, length.size)
    after = np.minimum.accumulate(last[::-1])[::-1]
    paths.length = np.where(better, least, length)
    paths.before[better], paths.step[better] = after[better], -1
    return True


def _circle(paths: _Paths) -> list[int]:
    """The steps of a circle among the paths; none where all of them come from a start."""
    at = paths.before
    for _ in range(int(np.ceil(np.log2(max(at.size, 2))))):
        at = at[at]
    around = at[paths.before[at] != at]
    if not around.size:
        return []
    found, here = [], int(around[0])
    while True:
        if paths.step[here] >= 0:
            found.append(int(paths.step[here]))
        here = int(paths.before[here])
        if here == around[0]:
            return found
