"""One side of a region: reports that can all be true, and the curves that they allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np

from geo.evidence.reconciling.best import Cells, best_of
from geo.evidence.reconciling.joining import hull
from geo.evidence.reconciling.model import Model
from geo.evidence.reconciling.ranges import BEST_DIGITS, Range, range_of
from geo.evidence.reconciling.region import Region
from geo.evidence.reconciling.volumes import Curve, Floats, Times


class Side:
    """Sources (rows) of a region that can all be true, and the claimants who stand on it."""

    def __init__(self, region: Region, sources: frozenset[int], claimants: tuple[str, ...]) -> None:
        self.region, self.sources, self.claimants = region, sources, claimants
        self._curves: dict[Cells, Curve] = {}

    def curve(self, cells: Cells) -> Curve:
        """The range of the volume of some cells together: those of a flow, or of all."""
        if cells not in self._curves:
            self._curves[cells] = self._curve(cells, range_of(self._model, cells))
        return self._curves[cells]

    def _curve(self, cells: Cells, bounds: Range) -> Curve:
        moments, volumes = self._best
        time = np.unique(np.concatenate([bounds.time, self._bends(cells)]))
        held = np.searchsorted(bounds.time, time, "right") - 1
        after = np.searchsorted(bounds.time, time, "left")
        low, high = bounds.low[held], np.append(bounds.high, np.inf)[after]
        best = np.interp(time, moments, volumes[cells])
        return Curve(
            time=time,
            low=low,
            best=np.clip(np.maximum.accumulate(best), low, high),
            high=high,
            low_by=tuple(bounds.low_by[at] for at in held.tolist()),
            high_by=tuple((*bounds.high_by, ())[at] for at in after.tolist()),
        )

    @cached_property
    def _model(self) -> Model:
        return Model(self.region, self.sources)

    @cached_property
    def _best(self) -> tuple[Times, dict[Cells, Floats]]:
        moments, volumes = best_of(self.region, self.sources, self._asked)
        largest = max(float(volume[-1]) for volume in volumes.values())
        # What is finer than the sixth digit of the largest is the solver's rounding.
        digits = BEST_DIGITS - int(np.ceil(np.log10(max(largest, 1e-15))))
        return moments, {cells: np.round(volume, digits) for cells, volume in volumes.items()}

    @cached_property
    def _asked(self) -> dict[Cells, int]:
        """The cells of each flow, and of all flows together -> when the first report on them says that it began."""
        started = {self.region.inside(row): self.region.started[row] for row in self.region.flows}
        started.setdefault(self.region.counted(), min(started.values(), default=self.region.beginning))
        return started

    def _bends(self, cells: Cells) -> Times:
        """Where best may bend besides: the windows, as printed, of stated figures on these cells, and their start."""
        goals = (goal for goal in self.region.goals if goal.source in self.sources)
        found = {
            at for goal in goals if set(self.region.inside(goal.scope)) <= set(cells) for at in (goal.start, goal.end)
        }
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
