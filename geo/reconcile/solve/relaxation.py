"""Ranges in a region too large to be weighed as a whole: each contains the tightest one, and may be wider.

What is said of a scope alone gives its range over time. At one moment the volumes of the cells until then are unknowns
without a time, and their sums within each scope lie in its range: a small program. Left out is what follows only from
two moments at once, on scopes that are not the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from geo.arrays import Floats, Ints
from geo.reconcile.model.region import Cells, Region, alone, scopes_of
from geo.reconcile.solve.model import NEGLIGIBLE, Model, added_up
from geo.reconcile.solve.program import Matrix, Program
from geo.reconcile.solve.ranges import Range, Why, range_of, rounded
from geo.reconcile.volumes import Term

MOST_MOMENTS = 12
"""So many of the moments that others speak of are looked at for each flow, besides those of its own reports."""
SLACK = 1e-8
"""Ranges are given so much more room, relative to their size: they are rounded, and must still agree."""
REACHED = 1e-7
"""A bound is reached where no more than this, relative to its size, is missing: the solver's own tolerance."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The ranges of n scopes at one moment, and their terms; and the volumes of all cells that were found in them."""

    low: Floats
    high: Floats
    low_by: tuple[Why, ...]
    high_by: tuple[Why, ...]
    found: list[Floats] = field(default_factory=list)


class Snapshots:
    """The scopes of a region, each with its own range, by the reports of the sources enabled."""

    def __init__(self, region: Region, enabled: Collection[int]) -> None:
        self._region, self._enabled = region, frozenset(enabled)
        scopes = sorted({bound.scope for bound in region.bounds if bound.source in self._enabled})
        inside = [np.array(region.inside(row), np.int64) for row in scopes]
        self._own = {row: self._alone(tuple(held.tolist())) for row, held in zip(scopes, inside, strict=True)}
        self._around = [np.array([cell in set(held.tolist()) for held in inside]) for cell in range(len(region.cells))]
        none = np.zeros(0, np.int64)
        self._program = Program(
            Matrix.of(len(region.cells), [(held, none) for held in inside]), [(0.0, np.inf) for _ in inside]
        )
        self._row = {tuple(held.tolist()): row for row, held in enumerate(inside)}
        self._kept: dict[int, _Held] = {}

    def range_of(self, cells: Cells, time: Ints) -> Range:
        """The range of the volume of some cells at moments (n,), the region's beginning the first."""
        own = [self._own[row].time for row in sorted(scopes_of(self._region, cells)) if row in self._own]
        seen = _seen(time, np.concatenate([*own, time[:1]]))
        low, low_by = _held_over(time, seen, lambda moment: self._asked(cells, moment, low=True), low=True)
        high, high_by = _held_over(time, seen, lambda moment: self._asked(cells, moment, low=False), low=False)
        return Range(time, low, np.maximum(high, low), low_by, high_by)

    def _alone(self, cells: Cells) -> Range:
        model = Model(alone(self._region, cells, self._region.beginning), self._enabled)
        return range_of(model, (0,), model.moments((0,)))

    def _asked(self, cells: Cells, moment: int, *, low: bool) -> tuple[float, Why]:
        """What has certainly moved by a moment, or can have moved before it, and why."""
        if not low and moment <= self._region.beginning:
            return 0.0, ()
        held = self._held(moment)
        if not low and any(np.isinf(held.high[self._around[cell]]).all() for cell in cells):
            return np.inf, ()
        row = self._row.get(cells)
        if row is not None:
            bound, why = (held.low[row], held.low_by[row]) if low else (held.high[row], held.high_by[row])
            # Where some volumes that are possible reach its own bound, nothing else narrows it.
            missing = [abs(float(found[list(cells)].sum()) - bound) for found in held.found]
            if np.isfinite(bound) and min(missing) <= REACHED * max(1.0, bound):
                return float(bound), why
        cost = np.zeros(len(self._region.cells))
        cost[list(cells)] = 1.0 if low else -1.0
        return _told(self._least(cost, held) * (1.0 if low else -1.0), held, low=low)

    def _least(self, cost: Floats, held: _Held) -> Floats:
        """The dual values of the scopes' bounds where the cells cost least."""
        room = np.stack([held.low * (1 - SLACK), held.high * (1 + SLACK)], axis=1)
        duals, volumes = self._program.least(cost, room)
        held.found.append(volumes)
        return duals

    def _held(self, moment: int) -> _Held:
        """What each scope's own range says of everything moved before a moment."""
        if moment not in self._kept:
            lows, highs, low_by, high_by = zip(*(_at(own, moment) for own in self._own.values()), strict=True)
            held = self._kept[moment] = _Held(np.array(lows), np.array(highs), low_by, high_by)
            # As little as possible of everything, and as much: most flows are then at a bound of their own.
            capped = np.array([np.isfinite(held.high[around]).any() for around in self._around])
            for cost in (np.ones(capped.size), -capped.astype(np.float64)):
                self._least(cost, held)
        return self._kept[moment]


def _seen(time: Ints, own: Ints) -> Ints:
    """Its own moments, and some of the others, evenly among them; the last always."""
    others = np.setdiff1d(time, own)
    some = np.unique(np.linspace(0, max(others.size - 1, 0), MOST_MOMENTS).astype(np.int64))
    return np.intersect1d(time, np.concatenate([own, others[some] if others.size else others]))


def _at(own: Range, moment: int) -> tuple[float, float, Why, Why]:
    """A range at a moment: the low that holds from then on or before, and the high that holds until then or after."""
    before, after = (int(np.searchsorted(own.time, moment, side)) for side in ("right", "left"))
    low, low_by = (float(own.low[before - 1]), own.low_by[before - 1]) if before else (0.0, ())
    last = after == own.time.size
    return low, np.inf if last else float(own.high[after]), low_by, () if last else own.high_by[after]


def _told(duals: Floats, held: _Held, *, low: bool) -> tuple[float, Why]:
    """The sum of the scopes' bounds that an answer is, as a sum of reports."""
    factors: dict[tuple[str, float, Literal["low", "high"]], float] = defaultdict(float)
    for row in np.flatnonzero(np.abs(duals) > NEGLIGIBLE).tolist():
        factor = round(float(duals[row]), 9)
        # A sum that is least is made of lows, and what highs take from it; one that is most the other way round.
        why = held.low_by[row] if (factor > 0) == low else held.high_by[row]
        for term in why:
            factors[term.report, term.figure, term.end] += factor * term.factor
    return added_up(Term(name, round(factor, 9), figure, end) for (name, figure, end), factor in factors.items())


def _held_over(
    time: Ints, seen: Ints, ask: Callable[[int], tuple[float, Why]], *, low: bool
) -> tuple[Floats, tuple[Why, ...]]:
    """Bounds asked for at some moments, at all of them: lows hold from then on, highs until then."""
    answers = [ask(moment) for moment in seen.tolist()]
    order = range(seen.size) if low else range(seen.size - 1, -1, -1)
    best, owner = -1, [0] * seen.size
    for at in order:
        value = answers[at][0]
        if best < 0 or (value > answers[best][0] if low else value < answers[best][0]):
            best = at
        owner[at] = best
    places = np.searchsorted(seen, time, "right") - 1 if low else np.searchsorted(seen, time, "left")
    chosen = [answers[owner[place]] for place in places.tolist()]
    return rounded(np.array([value for value, _ in chosen])), tuple(why for _, why in chosen)
