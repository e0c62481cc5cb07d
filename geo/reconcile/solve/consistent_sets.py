"""A region settled: who contradicts whom, the sides that can be right together, and the range that each allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import cached_property

import numpy as np

from geo.reconcile.model.region import Region
from geo.reconcile.solve.contradictions import MOST_CONFLICTS, Contradictions, contradictions, few_ways, hitting, more
from geo.reconcile.solve.model import Model, unwatched
from geo.reconcile.solve.periods import hull_of
from geo.reconcile.solve.ranges import hull
from geo.reconcile.solve.sides import Alone, Side, holds
from geo.reconcile.solve.small_conflicts import SmallConflicts, small_conflicts
from geo.reconcile.volumes import BoundSums, Curve, PeriodTable, by_size

Sources = frozenset[int]
MOST_SIDES = 32
"""Where more largest sets of claimants than this could be right together, each claimant is a side by himself."""


class Account:
    """What became of a region: its contradictions, its sides, and its curves, which are made when asked for.

    conflicts: minimal sets of report ids that cannot all be true. complete: whether these are all of them; unlisted:
    how many more were found, where they are not.
    """

    def __init__(self, region: Region, watch: Callable[[], None] = unwatched) -> None:
        """watch: called again and again while anything is worked out, and may raise."""
        self.region, self._watch = region, watch
        self._model = Model(region, watch=watch)
        self._everything = frozenset(range(len(region.sources)))
        found = self._found(self._everything)
        self.complete, self.unlisted = found.complete, 0
        if not found.complete:
            self.unlisted = max(self._small.count - len(found.minimal), 0)
            found = more(found, self._everything, self._feasible, self._core)
        self._minimal = found.minimal
        self.conflicts = self._named(found.minimal)
        self._alternatives = self._by_claimant()
        self._sides = self._sides_of_all()
        self._by_cells: dict[tuple[int, ...], Curve] = {}
        self._periods: dict[tuple[int, ...], PeriodTable] = {}

    @cached_property
    def _small(self) -> SmallConflicts:
        return small_conflicts(self.region, holds(self.region), alone=self._model.chain is not None)

    def _found(self, sources: Sources) -> Contradictions:
        """The contradictions among some sources, the smallest first."""
        if self._model.feasible(sources):
            return Contradictions((), (Sources(),), complete=True)
        known = self._small.some(sources, MOST_CONFLICTS + 1)
        return contradictions(sources, self._feasible, self._core, known)

    def _feasible(self, sources: Sources) -> bool:
        return self._pair(sources) is None and self._model.feasible(sources)

    def _core(self, sources: Sources) -> Sources:
        return self._pair(sources) or self._model.core(sources)

    def _pair(self, sources: Sources) -> Sources | None:
        """Two reports that need no program to be told apart; on one flow by itself none is asked anyway."""
        return None if self._model.chain else self._small.pair(sources)

    def curve(self, scope: int) -> Curve:
        """The range of a scope (row): the hull of the sides."""
        return self._hull(self.region.inside(scope))

    def periods(self, scope: int) -> PeriodTable:
        """What a scope (row) gained between any two moments: the hull of the sides."""
        cells = self.region.inside(scope)
        if cells not in self._periods:
            self._periods[cells] = hull_of([side.periods(cells) for side in self._sides])
        return self._periods[cells]

    @property
    def tightest(self) -> bool:
        """Whether the curves are no wider than the reports allow."""
        return all(side.tightest for side in self._sides)

    def conflicts_of(self, sources: Sources) -> tuple[tuple[str, ...], ...]:
        """The contradictions that some sources (rows) stand in."""
        return self._named([each for each in self._minimal if each & sources])

    def contested_from(self, scope: int) -> int:
        """The first moment at which the sides' ranges of a scope (row) have nothing in common, epoch seconds.

        Where they always have something in common, since the reports disagree on a stretch alone, it is the first at
        which all the reports of one of its contradictions have ended.
        """
        cells = self.region.inside(scope)
        curves = [side.curve(cells) for side in self._sides]
        time = np.unique(np.concatenate([curve.time for curve in curves]))
        values = np.stack([curve.at_seconds(time) for curve in curves])
        apart = values[:, 0].max(axis=0) > values[:, 2].min(axis=0)
        if apart.any():
            return int(time[apart.argmax()])
        ends: dict[int, int] = defaultdict(lambda: self.region.beginning)
        said = [(bound.source, bound.end) for bound in self.region.bounds]
        for source, end in (*said, *((load.source, load.end) for load in self.region.loads)):
            ends[source] = max(ends[source], end)
        own = self.region.own[scope]
        return min(max(ends[source] for source in conflict) for conflict in self._minimal if conflict & own)

    def sides_of(self, scope: int, *, contested: bool) -> dict[tuple[str, ...], Curve]:
        """Claimants who can all be right -> the range they allow for a scope (row); one entry where uncontested."""
        cells = self.region.inside(scope)
        named = self._sides_named(scope, contested=contested)
        return {names: hull([side.curve(cells) for side in sides]) for names, sides in named.items()}

    def periods_by_side(self, scope: int, *, contested: bool) -> dict[tuple[str, ...], PeriodTable]:
        """The same claimants -> what they allow a scope (row) to have gained between any two moments."""
        cells = self.region.inside(scope)
        named = self._sides_named(scope, contested=contested)
        return {names: hull_of([side.periods(cells) for side in sides]) for names, sides in named.items()}

    def period_sums(
        self, scope: int, periods: Sequence[tuple[int, int]], *, contested: bool
    ) -> list[dict[tuple[str, ...], BoundSums]]:
        """The same claimants -> what they allow a scope (row) to have gained in each of some periods, epoch seconds."""
        cells = self.region.inside(scope)
        named = self._sides_named(scope, contested=contested)
        sums = {
            names: list(zip(*(side.period_sums(cells, periods) for side in sides), strict=True))
            for names, sides in named.items()
        }
        return [{names: BoundSums.hull(each[number]) for names, each in sums.items()} for number in range(len(periods))]

    def _sides_named(self, scope: int, *, contested: bool) -> dict[tuple[str, ...], list[Side]]:
        """The sides by those of their claimants who bear on a scope (row); all under one name where uncontested."""
        bearing = self.claimants(scope)
        if not contested:
            return {tuple(bearing): self._sides}
        found: dict[tuple[str, ...], list[Side]] = defaultdict(list)
        for side in self._sides:
            found[tuple(name for name in side.claimants if name in bearing) or side.claimants].append(side)
        return found

    def claimants(self, scope: int) -> list[str]:
        """The claimants with a report on anything that overlaps a scope (row), sorted."""
        cells = set(self.region.inside(scope))
        touched = {row for cell in cells for row in self.region.cells[cell]}
        sources = {bound.source for bound in self.region.bounds if bound.scope in touched}
        sources |= {load.source for load in self.region.loads if not cells.isdisjoint(load.cells)}
        return sorted({self.region.sources[source].claimant for source in sources})

    def claimants_of(self, scope: int) -> Alone:
        """Each claimant who bears on a scope (row), taken alone -> the range of that account."""
        sources = {name: tuple(side.sources for side in self._alternatives[name]) for name in self.claimants(scope)}
        return Alone(self.region, self.region.inside(scope), sources)

    def _hull(self, cells: tuple[int, ...]) -> Curve:
        if cells not in self._by_cells:
            self._by_cells[cells] = hull([side.curve(cells) for side in self._sides])
        return self._by_cells[cells]

    def _named(self, conflicts: Collection[Sources]) -> tuple[tuple[str, ...], ...]:
        named = {tuple(sorted(self.region.sources[each].id for each in one)) for one in conflicts}
        return tuple(sorted(named, key=by_size))

    def _by_claimant(self) -> dict[str, list[Side]]:
        """Each claimant -> the largest sets of his reports that agree: one, unless he contradicts himself."""
        own: dict[str, set[int]] = defaultdict(set)
        for number, source in enumerate(self.region.sources):
            own[source.claimant].add(number)
        most = max(MOST_SIDES // len(own), 1)
        return {
            name: [Side(self.region, each, (name,), self._watch) for each in self._agreeing(frozenset(sources), most)]
            for name, sources in sorted(own.items())
        }

    def _agreeing(self, sources: Sources, most: int) -> list[Sources]:
        """The largest sets of some sources that agree. Where not all contradictions are known, up to so many smaller
        ones, which allow at least as much."""
        if not self.complete:
            found = self._found(sources)
            if not found.complete:
                return [frozenset({each}) for each in sorted(sources)]
            return [sources - way for way in sorted(few_ways(found.minimal, most), key=sorted)]
        ways = {Sources()}
        for conflict in self._minimal:
            if conflict <= sources:
                ways = hitting(ways, conflict)
        return [sources - way for way in sorted(ways, key=sorted)]

    def _sides_of_all(self) -> list[Side]:
        """The largest sets of claimants who can all be right; what nobody contradicts holds on every side."""
        alone = [side for sides in self._alternatives.values() for side in sides]
        if not self._minimal:
            return [Side(self.region, self._everything, tuple(self._alternatives), self._watch)]

        def united(chosen: Sources) -> Sources:
            return Sources().union(*(alone[number].sources for number in chosen))

        def agree(chosen: Sources) -> bool:
            sources = united(chosen)
            if self.complete:
                return not any(conflict <= sources for conflict in self._minimal)
            return self._feasible(sources)

        def core(chosen: Sources) -> Sources:
            """For each report of a contradiction one of the sides that it stands on."""
            own = {source: row for row in sorted(chosen, reverse=True) for source in alone[row].sources}
            return frozenset(own[source] for source in self._core(united(chosen)))

        found = contradictions(range(len(alone)), agree, None if self.complete else core)
        chosen = [frozenset(range(len(alone))) - each for each in found.left_out]
        if not chosen or len(chosen) > MOST_SIDES:
            return alone
        free = self._everything.difference(*self._minimal) if self.complete else Sources()
        names = [tuple(sorted({name for row in each for name in alone[row].claimants})) for each in chosen]
        return [
            Side(self.region, united(each) | free, claimants, self._watch)
            for each, claimants in zip(chosen, names, strict=True)
        ]


def settled(region: Region, watch: Callable[[], None] = unwatched) -> Account:
    """A region -> what can be true of it. watch: see `Account`."""
    return Account(region, watch)
