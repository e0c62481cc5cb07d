"""The tightest range of a cumulative volume at every moment, from a model of what was reported.

Between two moments a bound does not move, so it is a step function with few steps. Each answer of the solver is also
a history, whose volumes at all the other moments say how far their bounds can still be: most need no asking.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.solve.local_bounds import Nearby
from geo.reconcile.solve.model import Model
from geo.reconcile.volumes import Curve, Term

SAME = 1e-7
"""Bounds that differ by less, relative to their size, are one step."""
DIGITS = 9
"""Figures are rounded to so many digits behind the first, which takes the solver's rounding away."""
BEST_DIGITS = 6
"""Best is an estimate, and solved to within rounding of its seventh digit or so."""
WORTH_REACHING = 0.7
"""Where a history that is to reach many bounds at once leaves more than this share of them, each is asked for."""
Why = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """low and high at n moments (see `Curve`), and the terms of each."""

    time: Ints
    low: Floats
    high: Floats
    low_by: tuple[Why, ...]
    high_by: tuple[Why, ...]


def range_of(
    model: Model, cells: Collection[int], time: Ints, near: Nearby | None = None, known: Range | None = None
) -> Range:
    """The range of the volume of some cells together, at moments (n,), all at which it may bend among them.

    near: answers what it can where the model is large. known: a range at these moments that is no narrower; where a
    history reaches it, it need not be asked for.
    """
    part = near.inside(cells) if near else None
    whole = _Asked(model, cells, time)
    inner = _Asked(part.model, cells, time) if part else None

    def ask(at: int, *, low: bool) -> tuple[float, Why, Floats]:
        if part and inner and (low or at < inner.bounded):
            found, because, gains = inner.ask(at, low=low)
            if part.fits(gains, late=low):
                return found, because, inner.volumes(gains, low=low)
        found, because, gains = whole.ask(at, low=low)
        return found, because, whole.volumes(gains, low=low)

    lows, highs = (_Known(known.low, known.low_by), _Known(known.high, known.high_by)) if known else (None, None)
    low, low_by = _steps(_some(whole.done), partial(ask, low=True), partial(whole.reach, low=True), lows)
    high, high_by = _steps(
        _some(whole.begun[: whole.bounded]),
        partial(ask, low=False),
        partial(whole.reach, low=False),
        highs,
        falling=True,
    )
    rest = time.size - whole.bounded
    low = np.maximum.accumulate(rounded(low))
    high = np.maximum(np.concatenate([np.maximum.accumulate(rounded(high)), np.full(rest, np.inf)]), low)
    return Range(time, low, high, tuple(low_by), (*high_by, *[()] * rest))


def _some(masks: Mask) -> Mask:
    """At which moments any gain is asked for."""
    found: Mask = np.any(masks, axis=1)
    return found


class _Asked:
    """Questions to a model about some cells at moments (n,).

    done, begun: moments by gains, which intervals are over by then, and which have begun before. bounded: how many
    moments have a finite high: while every gain is under some high, and before the first cell ends.
    """

    def __init__(self, model: Model, cells: Collection[int], time: Ints) -> None:
        self.model, self._time = model, time
        asked = np.isin(model.cell, list(cells))
        self._own = np.flatnonzero(asked)
        self.done = asked & (model.end <= time[:, None])
        self.begun = asked & (model.begin < time[:, None])
        whole = len(model.region.cells) - model.region.onward
        ends = min((int(model.points[cell][-1]) for cell in cells if cell < whole), default=int(time[-1]))
        open_gains = (self.begun & ~model.capped).any(axis=1)
        self.bounded = int(np.count_nonzero(~open_gains & (time <= ends)))

    def ask(self, at: int, *, low: bool) -> tuple[float, Why, Floats]:
        """The least or the most at a moment (row), why, and the gains of a history in which it is."""
        return self.model.least(self.done[at]) if low else self.model.most(self.begun[at])

    def reach(self, moments: Ints, *, low: bool) -> Floats:
        """The volumes of a history which at some moments (rows) together are as small, or as large, as can be."""
        often = (self.done if low else self.begun)[moments].sum(axis=0)
        _, _, gains = self.model.least(often) if low else self.model.most(often)
        return self.volumes(gains, low=low)

    def volumes(self, gains: Floats, *, low: bool) -> Floats:
        """The volumes of a history at all the moments (n,): what is certainly over, or has at least begun."""
        own, until = self._ending if low else self._beginning
        return np.concatenate([[0.0], np.cumsum(gains[own])])[until]

    @cached_property
    def _ending(self) -> tuple[Ints, Ints]:
        """Its gains in the order of their ends, and how many have ended by each moment."""
        return self._in_order(self.model.end, "right")

    @cached_property
    def _beginning(self) -> tuple[Ints, Ints]:
        """Its gains in the order of their beginnings, and how many have begun before each moment."""
        return self._in_order(self.model.begin, "left")

    def _in_order(self, times: Ints, side: Literal["left", "right"]) -> tuple[Ints, Ints]:
        own = self._own[np.argsort(times[self._own], kind="stable")]
        return own, np.searchsorted(times[own], self._time, side)


def rounded(values: Floats, digits: int = DIGITS) -> Floats:
    """Each value (n,) to so many digits behind its first; never below 0."""
    values = np.maximum(values, 0.0)
    sizes = np.floor(np.log10(np.where((values > 0) & np.isfinite(values), values, 1.0)))
    # A power of ten is exact where it is no fraction: so it multiplies small values, and divides large ones.
    up, down = 10.0 ** np.maximum(digits - sizes, 0), 10.0 ** np.maximum(sizes - digits, 0)
    return np.where(np.isfinite(values), np.round(values * up / down) * down / up, values)


@dataclass(frozen=True, slots=True)
class _Known:
    """Bounds that hold at n moments, and may not be the tightest; and their terms."""

    bound: Floats
    by: Sequence[Why]


def _steps(
    some: Mask,
    ask: Callable[[int], tuple[float, Why, Floats]],
    reach: Callable[[Ints], Floats],
    known: _Known | None = None,
    *,
    falling: bool = False,
) -> tuple[Floats, list[Why]]:
    """A bound at each of the moments, asking for as few as possible.

    some: at which anything may have moved. ask: a moment (row) -> the bound, why, and the volumes of one history in
    which it is, at all moments. reach: moments (rows) -> the volumes of a history that is near their bounds; asked for
    where bounds are known beforehand, which one history may reach at many moments.

    Lows are known from an earlier moment on, highs up to a later one (`falling`): one is the other's mirror image.
    """
    size = some.size
    floor, ceiling = np.zeros(size), np.where(some, np.inf, 0.0)
    owner = np.full(size, -1)
    terms: dict[int, Why] = {}
    if known:
        (ceiling if falling else floor)[some] = known.bound[:size][some]
        owner[some] = size + np.flatnonzero(some)
        terms = {size + at: known.by[at] for at in range(size)}
    reaching = known is not None
    while (open_ := np.flatnonzero(~same(floor, ceiling))).size:
        if reaching:
            floor, ceiling = _narrowed(floor, ceiling, reach(open_)[:size], falling=falling)
            reaching = int(np.count_nonzero(~same(floor, ceiling))) <= WORTH_REACHING * open_.size
            continue
        at = int(open_[open_.size // 2])
        found, because, volumes = ask(at)
        terms[at] = because
        floor, ceiling = _narrowed(floor, ceiling, volumes[:size], falling=falling)
        if falling:
            better = (np.arange(size) <= at) & ~same(ceiling, np.full(size, found)) & (ceiling > found)
            ceiling[better] = found
        else:
            better = (np.arange(size) >= at) & ~same(floor, np.full(size, found)) & (floor < found)
            floor[better] = found
        owner[better], owner[at] = at, at
        floor[at] = ceiling[at] = found
    why: list[Why] = [terms[by] if by >= 0 else () for by in owner.tolist()]
    return (ceiling if falling else floor), why


def _narrowed(floor: Floats, ceiling: Floats, volumes: Floats, *, falling: bool) -> tuple[Floats, Floats]:
    """What the volumes of a history leave between a bound's floor and ceiling."""
    if falling:
        return np.maximum(floor, volumes), ceiling
    return floor, np.minimum(ceiling, np.maximum(volumes, floor))


def same(one: Floats, other: Floats) -> Mask:
    """Which of two bounds differ by no more than rounding."""
    with np.errstate(invalid="ignore"):
        found: Mask = (one == other) | (np.abs(one - other) <= SAME * np.maximum(1.0, np.abs(one)))
    return found


def hull(curves: Sequence[Curve]) -> Curve:
    """The least low, the least best and the greatest high of several curves of one volume, at all their moments."""
    if len(curves) == 1:
        return curves[0]
    time, values = _at_all(curves)
    low, best, high = values[:, 0].min(axis=0), values[:, 1].min(axis=0), values[:, 2].max(axis=0)
    best = np.clip(rounded(best, BEST_DIGITS), low, high)  # between two moments of a side it was interpolated
    low_side, high_side = values[:, 0].argmin(axis=0).tolist(), values[:, 2].argmax(axis=0).tolist()
    moments = time.tolist()
    low_by = [_low_by(curves[side], moment) for side, moment in zip(low_side, moments, strict=True)]
    high_by = [_high_by(curves[side], moment) for side, moment in zip(high_side, moments, strict=True)]
    return Curve(time, low, best, high, tuple(low_by), tuple(high_by))


def _at_all(curves: Sequence[Curve]) -> tuple[Ints, Floats]:
    """All the moments of some curves (n,), and each one's low, best and high there: (curves, 3, n)."""
    time = np.unique(np.concatenate([curve.time for curve in curves]))
    return time, np.stack([curve.at_seconds(time) for curve in curves])


def _low_by(curve: Curve, moment: int) -> Why:
    held = int(np.searchsorted(curve.time, moment, "right")) - 1
    return curve.low_by[held] if held >= 0 else ()


def _high_by(curve: Curve, moment: int) -> Why:
    after = int(np.searchsorted(curve.time, moment, "left"))
    return curve.high_by[after] if after < curve.time.size else ()
