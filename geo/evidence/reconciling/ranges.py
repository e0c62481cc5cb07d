"""The tightest range of a cumulative volume at every moment, from a model of what was reported.

Between two moments a bound does not move, so it is a step function with few steps. Each answer of the solver is also
a history, whose volumes at all the other moments say how far their bounds can still be: most need no asking.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.evidence.reconciling.model import Model
from geo.evidence.reconciling.volumes import Floats, Term, Times

SAME = 1e-7
"""Bounds that differ by less, relative to their size, are one step."""
DIGITS = 9
"""Figures are rounded to so many digits behind the first, which takes the solver's rounding away."""
BEST_DIGITS = 6
"""Best is an estimate, and solved to within rounding of its seventh digit or so."""
Why = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """low and high at n moments (see `Curve`), and the terms of each."""

    time: Times
    low: Floats
    high: Floats
    low_by: tuple[Why, ...]
    high_by: tuple[Why, ...]


def range_of(model: Model, cells: Collection[int]) -> Range:
    """The range of the volume of some cells together, at each moment where it may bend."""
    time = model.moments(cells)
    asked = np.isin(model.cell, list(cells))
    done, begun = _reach(model, time, asked)
    bounded = _bounded(model, time, asked, begun, cells)
    low, low_by = _steps(time.size, model.least, done)
    high, high_by = _steps(bounded, model.most, begun[:bounded], falling=True)
    rest = time.size - bounded
    low = np.maximum.accumulate(rounded(low))
    high = np.maximum(np.concatenate([np.maximum.accumulate(rounded(high)), np.full(rest, np.inf)]), low)
    return Range(time, low, high, tuple(low_by), (*high_by, *[()] * rest))


def rounded(values: Floats, digits: int = DIGITS) -> Floats:
    """Each value (n,) to so many digits behind its first; never below 0."""
    values = np.maximum(values, 0.0)
    sizes = np.floor(np.log10(np.where((values > 0) & np.isfinite(values), values, 1.0)))
    # A power of ten is exact where it is no fraction: so it multiplies small values, and divides large ones.
    up, down = 10.0 ** np.maximum(digits - sizes, 0), 10.0 ** np.maximum(sizes - digits, 0)
    return np.where(np.isfinite(values), np.round(values * up / down) * down / up, values)


def _reach(model: Model, time: Times, asked: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Moments by gains: which intervals are over by then, and which have begun before."""
    over = asked & (model.end <= time[:, None])
    begun = asked & (model.begin < time[:, None])
    return over, begun


def _bounded(
    model: Model, time: Times, asked: NDArray[np.bool_], begun: NDArray[np.bool_], cells: Collection[int]
) -> int:
    """How many moments have a finite high: while every gain is under some high, and before the first cell ends."""
    whole = len(model.region.cells) - model.region.onward
    ends = min((int(model.points[cell][-1]) for cell in cells if cell < whole), default=int(time[-1]))
    open_gains = (begun & ~model.capped).any(axis=1) if asked.any() else np.zeros(time.size, bool)
    return int(np.count_nonzero(~open_gains & (time <= ends)))


def _steps(
    size: int,
    ask: Callable[[NDArray[np.bool_]], tuple[float, Why, Floats]],
    masks: NDArray[np.bool_],
    *,
    falling: bool = False,
) -> tuple[Floats, list[Why]]:
    """A bound at each of the moments, asking for as few as possible.

    Lows are known from an earlier moment on, highs up to a later one (`falling`): one is the other's mirror image.
    """
    floor, ceiling = np.zeros(size), np.where(masks.any(axis=1), np.inf, 0.0)
    value = np.zeros(size)
    owner = np.full(size, -1)
    terms: dict[int, Why] = {}
    while (open_ := np.flatnonzero(~_same(floor, ceiling))).size:
        at = int(open_[open_.size // 2])
        found, because, gains = ask(masks[at])
        terms[at] = because
        volumes = masks @ gains
        if falling:
            floor = np.maximum(floor, volumes)
            known = np.arange(size) <= at
            better = known & ~_same(ceiling, np.full(size, found)) & (ceiling > found)
            ceiling[better] = found
        else:
            ceiling = np.minimum(ceiling, np.maximum(volumes, floor))
            known = np.arange(size) >= at
            better = known & ~_same(floor, np.full(size, found)) & (floor < found)
            floor[better] = found
        owner[better], owner[at] = at, at
        value[better], value[at] = found, found
        floor[at] = ceiling[at] = found
    why: list[Why] = [terms[by] if by >= 0 else () for by in owner.tolist()]
    return value, why


def _same(one: Floats, other: Floats) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        found: NDArray[np.bool_] = (one == other) | (np.abs(one - other) <= SAME * np.maximum(1.0, np.abs(one)))
    return found
