"""A region settled: who contradicts whom, the sides that can be right together, and the range that each allows."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from geo.evidence.reconciling.joining import hull
from geo.evidence.reconciling.model import Model
from geo.evidence.reconciling.ranges import range_of
from geo.evidence.reconciling.region import Region
from geo.evidence.reconciling.volumes import Curve

Sources = frozenset[int]


class Side:
    """Sources of a region that can all be true."""

    def __init__(self, region: Region, sources: Collection[int], claimants: tuple[str, ...]) -> None:
        self.region, self.sources, self.claimants = region, frozenset(sources), claimants
        self._curves: dict[tuple[int, ...], Curve] = {}

    @cached_property
    def _model(self) -> Model:
        return Model(self.region, self.sources)

    def curve(self, cells: tuple[int, ...]) -> Curve:
        """The range of the volume of some cells together."""
        if cells not in self._curves:
            found = range_of(self._model, cells)
            self._curves[cells] = Curve(found.time, found.low, found.low, found.high, found.low_by, found.high_by)
        return self._curves[cells]


class Account:
    """What became of a region."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.conflicts: tuple[tuple[str, ...], ...] = ()
        self.complete = True
        self._sides = [Side(region, range(len(region.sources)), _claimants(region, range(len(region.sources))))]

    def curve(self, scope: int) -> Curve:
        """The range of a scope (row): the hull of the sides."""
        return self._hull(self.region.inside(scope))

    def counted_curve(self) -> Curve:
        """The range of all flows of the region, what lies in several of them counted once."""
        return self._hull(self.region.counted())

    def conflicts_of(self, scope: int) -> tuple[tuple[str, ...], ...]:
        """The contradictions that the reports on a scope (row) stand in."""
        return ()

    def contested_from(self, scope: int) -> int | None:
        return None

    def sides_of(self, scope: int) -> dict[tuple[str, ...], Curve]:
        return {side.claimants: side.curve(self.region.inside(scope)) for side in self._sides}

    def claimants_of(self, scope: int) -> dict[str, Curve]:
        return {}

    def _hull(self, cells: tuple[int, ...]) -> Curve:
        return hull([side.curve(cells) for side in self._sides])


def settled(region: Region) -> Account:
    return Account(region)


def _claimants(region: Region, sources: Collection[int]) -> tuple[str, ...]:
    return tuple(sorted({region.sources[source].claimant for source in sources}))
