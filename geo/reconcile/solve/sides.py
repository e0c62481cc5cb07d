"""One side of a region: reports that can all be true, and the curves that they allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.arrays import Floats, Ints, Mask
from geo.reconcile.model.region import Bound, Cells, Load, Region
from geo.reconcile.solve.best import best_alone, best_of, together
from geo.reconcile.solve.local_bounds import Nearby
from geo.reconcile.solve.model import Model, unwatched
from geo.reconcile.solve.periods import MOST_MOMENTS, by_differences, difference_of, periods_of, sums_of
from geo.reconcile.solve.presolve import MANY_COLUMNS
from geo.reconcile.solve.ranges import BEST_DIGITS, Range, hull, range_of
from geo.reconcile.solve.relaxation import Snapshots
from geo.reconcile.volumes import BoundSums, Curve, PeriodTable

MOST_WEIGHED = 100_000
"""Gains under a high, times flows, up to which a region is weighed as a whole. Near it that takes 10 s where all are
running totals, and some minutes where each report has a window of its own: 117 s at 66,000."""
FROM_RELAXED = 20_000
"""From so many on the ranges of the relaxation come first: most of them turn out to be the tightest."""


class Side:
    """Sources (rows) of a region that can all be true, and the claimants who stand on it."""

    def __init__(
        self,
        region: Region,
        sources: frozenset[int],
        claimants: tuple[str, ...],
        watch: Callable[[], None] = unwatched,
    ) -> None:
        """watch: see `Model`."""
        self.region, self.sources, self.claimants, self._watch = region, sources, claimants, watch
        self._curves: dict[Cells, Curve] = {}
        self._periods: dict[Cells, PeriodTable] = {}

    def curve(self, cells: Cells) -> Curve:
        """The range of the volume of some cells together, those of a flow."""
        if cells not in self._curves:
            self._curves[cells] = self._curve(cells, self._range(cells))
        return self._curves[cells]

    def _curve(self, cells: Cells, bounds: Range) -> Curve:
        moments, volume = self._best_within(cells, bounds)
        time = np.unique(np.concatenate([bounds.time, self._bends(cells)]))
        held = np.searchsorted(bounds.time, time, "right") - 1
        after = np.searchsorted(bounds.time, time, "left")
        low, high = bounds.low[held], np.append(bounds.high, np.inf)[after]
        best = np.interp(time, moments, volume)
        return Curve(
            time=time,
            low=low,
            best=np.clip(np.maximum.accumulate(best), low, high),
            high=high,
            low_by=tuple(bounds.low_by[at] for at in held.tolist()),
            high_by=tuple((*bounds.high_by, ())[at] for at in after.tolist()),
        )

    def periods(self, cells: Cells) -> PeriodTable:
        """What some cells together gained between any two moments."""
        if cells not in self._periods:
            weighed = self._weighed(cells)
            self._periods[cells] = periods_of(self._model, cells) if weighed else by_differences(self._range(cells))
        return self._periods[cells]

    def period_sums(self, cells: Cells, periods: Sequence[tuple[int, int]]) -> list[BoundSums]:
        """What they gained from each start to its end (epoch seconds), as in `periods`, and the terms of the bounds."""
        if self._weighed(cells):
            # Several sums may give one bound: a new model finds the same, whatever was asked before.
            model = self._new_model()
            return [sums_of(model, cells, start, end) for start, end in periods]
        return [difference_of(self.curve(cells), start, end) for start, end in periods]

    def _weighed(self, cells: Cells) -> bool:
        """Whether periods have their own tightest ranges, and not the differences of cumulative ones."""
        few = self._weight <= FROM_RELAXED and self._model.moments(cells).size <= MOST_MOMENTS
        return self.tightest and few

    @cached_property
    def tightest(self) -> bool:
        """Whether the region is weighed as a whole; else its ranges may be wider than the reports allow."""
        return self._weight <= MOST_WEIGHED

    @cached_property
    def _weight(self) -> int:
        return int(np.count_nonzero(self._model.capped)) * len(self.region.flows)

    def _range(self, cells: Cells) -> Range:
        moments = self._moments(cells)
        large = self._weight > FROM_RELAXED or not self.tightest
        relaxed = self._snapshots.range_of(cells, moments) if large else None
        if relaxed and not self.tightest:
            return relaxed
        return range_of(self._model, cells, moments, self._nearby, relaxed)

    def _moments(self, cells: Cells) -> Ints:
        """The beginning, and all moments that the reports on anything that overlaps some cells speak of."""
        touched = {scope for cell in cells for scope in self.region.cells[cell]}
        said: list[Bound | Load] = [each for each in self.region.bounds if each.scope in touched]
        said += [each for each in self.region.loads if not set(each.cells).isdisjoint(cells)]
        found = {moment for each in said if each.source in self.sources for moment in (each.start, each.end)}
        return np.array(sorted({self.region.beginning, *found}), np.int64)

    @cached_property
    def _model(self) -> Model:
        return self._new_model()

    def _new_model(self) -> Model:
        return Model(telling(self.region, self.sources), self.sources, watch=self._watch)

    @cached_property
    def _nearby(self) -> Nearby | None:
        return Nearby(self._model) if self._model.cell.size > MANY_COLUMNS else None

    @cached_property
    def _snapshots(self) -> Snapshots:
        return Snapshots(self._model.region, self.sources)

    def _best_within(self, cells: Cells, bounds: Range) -> tuple[Ints, Floats]:
        """The best volume of some cells at n moments: of all flows' together, or of these cells' alone."""
        if self._together:
            moments, volumes = self._best
            largest = max(float(volume[-1]) for volume in volumes.values())
            volume = volumes[cells]
        else:
            moments, volume = best_alone(self.region, self.sources, cells, self._asked[cells], bounds)
            largest = float(volume[-1])
        # What is finer than the sixth digit of the largest is the solver's rounding.
        return moments, np.round(volume, BEST_DIGITS - int(np.ceil(np.log10(max(largest, 1e-15)))))

    @cached_property
    def _together(self) -> bool:
        return together(self.region, self.sources, self._asked)

    @cached_property
    def _best(self) -> tuple[Ints, dict[Cells, Floats]]:
        return best_of(self.region, self.sources, self._asked)

    @cached_property
    def _asked(self) -> dict[Cells, int]:
        """The cells of each flow, and of all flows together -> when the first report on them says that it began."""
        started = {self.region.inside(row): self.region.started[row] for row in self.region.flows}
        started.setdefault(self.region.counted(), min(started.values(), default=self.region.beginning))
        return started

    @cached_property
    def _stated(self) -> list[tuple[frozenset[int], set[int]]]:
        """The cells of each scope with stated figures, and when their windows, as printed, begin and end."""
        windows: dict[int, set[int]] = defaultdict(set)
        for goal in self.region.goals:
            if goal.source in self.sources:
                windows[goal.scope] |= {goal.start, goal.end}
        return [(frozenset(self.region.inside(scope)), moments) for scope, moments in windows.items()]

    def _bends(self, cells: Cells) -> Ints:
        """Where best may bend besides: the windows, as printed, of stated figures on these cells, and their start."""
        own = set(cells)
        found = {at for held, windows in self._stated if held <= own for at in windows}
        return np.array(sorted({*found, self._asked[cells]}), np.int64)


class Alone(Mapping[str, Curve]):
    """Claimant -> the range of a volume by his reports alone; worked out when asked for: most are never looked at.

    Where he contradicts himself it is the hull of what the largest sets of his reports that agree allow.
    """

    def __init__(self, region: Region, cells: Cells, sources: Mapping[str, tuple[frozenset[int], ...]]) -> None:
        self._region, self._cells, self._sources = region, cells, sources
        self._found: dict[str, Curve] = {}

    def __getitem__(self, claimant: str) -> Curve:
        if claimant not in self._found:
            sides = (Side(self._region, sources, (claimant,)) for sources in self._sources[claimant])
            self._found[claimant] = hull([side.curve(self._cells) for side in sides])
        return self._found[claimant]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def telling(region: Region, enabled: Collection[int]) -> Region:
    """The region without the bounds that are strictly weaker than another one of the enabled sources.

    A low is weaker than a larger one on a scope and a window inside its own; a high than a smaller one on a scope and
    a window around its own.
    """
    said = [each for each in region.bounds if each.source in enabled]
    held = holds(region)
    kept: list[Bound] = []
    for end in ("low", "high"):
        of_end = [each for each in said if each.end_of == end]
        if of_end:
            weaker = _weaker(of_end, held, 1.0 if end == "low" else -1.0)
            kept += [each for each, spare in zip(of_end, weaker.tolist(), strict=True) if not spare]
    return replace(region, bounds=tuple(kept))


def holds(region: Region) -> Mask:
    """Scopes by scopes: whether the one holds every cell of the other."""
    member = np.zeros((len(region.scopes), len(region.cells)), np.float32)
    for row, cell in enumerate(region.cells):
        member[list(cell), row] = 1.0
    shared: NDArray[np.float32] = member @ member.T
    found: Mask = shared >= member.sum(axis=1)
    return found


def _weaker(bounds: list[Bound], holds: Mask, sign: float) -> Mask:
    """Which bounds of one kind another one is stronger than. sign: 1 for lows, -1 for highs."""
    scope, start, end = np.array([(each.scope, each.start, each.end) for each in bounds], np.int64).T
    figure = sign * np.array([each.figure for each in bounds])
    found = np.zeros(len(bounds), bool)
    for one in np.unique(scope).tolist():
        own = np.flatnonzero(scope == one)[:, None]
        others = np.flatnonzero((holds[one] if sign > 0 else holds[:, one])[scope])
        inside = sign * (start[others] - start[own]) >= 0
        inside &= sign * (end[own] - end[others]) >= 0
        found[own[:, 0]] = (inside & (figure[others] > figure[own])).any(axis=1)
    return found
