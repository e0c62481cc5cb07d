"""A region settled: who contradicts whom, the sides that can be right together, and the range that each allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from geo.reconcile.model.region import Region
from geo.reconcile.solve.model import Model
from geo.reconcile.solve.periods import hull_of
from geo.reconcile.solve.ranges import at_moments, hull
from geo.reconcile.solve.sides import Alone, Side
from geo.reconcile.volumes import BoundSums, Curve, PeriodTable

Sources = frozenset[int]
MOST_SIDES = 32
"""Where more largest sets of claimants than this could be right together, each claimant is a side by himself."""


class Account:
    """What became of a region: its contradictions, its sides, and its curves, which are made when asked for.

    conflicts: minimal sets of report ids that cannot all be true. complete: whether these are all of them.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self._everything = frozenset(range(len(region.sources)))
        model = Model(region)
        found = contradictions(self._everything, model.feasible, model.core)
        self._minimal = found.minimal
        self.complete = found.complete
        self.conflicts = self._named(found.minimal)
        self._alternatives = self._by_claimant(model)
        self._sides = self._sides_of_all(model)
        self._by_cells: dict[tuple[int, ...], Curve] = {}
        self._periods: dict[tuple[int, ...], PeriodTable] = {}

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
        values = np.stack([at_moments(curve, time) for curve in curves])
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

    def period_sums(self, scope: int, start: int, end: int, *, contested: bool) -> dict[tuple[str, ...], BoundSums]:
        """The same claimants -> what they allow a scope (row) to have gained from start to end, epoch seconds."""
        cells = self.region.inside(scope)
        named = self._sides_named(scope, contested=contested)
        return {
            names: BoundSums.hull([side.period_sums(cells, start, end) for side in sides])
            for names, sides in named.items()
        }

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
        return tuple(sorted({tuple(sorted(self.region.sources[each].id for each in one)) for one in conflicts}))

    def _by_claimant(self, model: Model) -> dict[str, list[Side]]:
        """Each claimant -> the largest sets of his reports that agree: one, unless he contradicts himself."""
        own: dict[str, set[int]] = defaultdict(set)
        for number, source in enumerate(self.region.sources):
            own[source.claimant].add(number)
        return {
            name: [Side(self.region, frozenset(each), (name,)) for each in self._agreeing(frozenset(sources), model)]
            for name, sources in sorted(own.items())
        }

    def _agreeing(self, sources: Sources, model: Model) -> list[Sources]:
        """The largest sets of some sources that agree."""
        if not self.complete:
            found = contradictions(sources, model.feasible, model.core)
            # Beyond all limits each report is left to itself, which is wider than any set it stands in.
            return [sources - each for each in found.left_out] or [frozenset({each}) for each in sorted(sources)]
        ways = {Sources()}
        for conflict in self._minimal:
            if conflict <= sources:
                ways = hitting(ways, conflict)
        return [sources - way for way in sorted(ways, key=sorted)]

    def _sides_of_all(self, model: Model) -> list[Side]:
        """The largest sets of claimants who can all be right; what nobody contradicts holds on every side."""
        alone = [side for sides in self._alternatives.values() for side in sides]
        if not self._minimal:
            return [Side(self.region, self._everything, tuple(self._alternatives))]

        def united(chosen: Sources) -> Sources:
            return Sources().union(*(alone[number].sources for number in chosen))

        def agree(chosen: Sources) -> bool:
            sources = united(chosen)
            if self.complete:
                return not any(conflict <= sources for conflict in self._minimal)
            return model.feasible(sources)

        found: Contradictions = contradictions(range(len(alone)), agree)
        chosen = [frozenset(range(len(alone))) - each for each in found.left_out]
        if not chosen or len(chosen) > MOST_SIDES:
            return alone
        free = self._everything.difference(*self._minimal) if self.complete else Sources()
        return [
            Side(
                self.region, united(each) | free, tuple(sorted({name for row in each for name in alone[row].claimants}))
            )
            for each in chosen
        ]


def settled(region: Region) -> Account:
    """A region -> what can be true of it."""
    return Account(region)


Set = frozenset[int]

MOST_CONFLICTS = 250
"""A region in which more than so many sets of reports contradict each other is told as it is by then."""
MOST_WAYS = 1_000
"""So many ways to be consistent are kept in mind: k conflicts with nothing in common have 2 to the k of them."""


@dataclass(frozen=True, slots=True)
class Contradictions:
    """minimal: the conflicts. left_out: what each largest consistent set leaves out; empty unless complete."""

    minimal: tuple[Set, ...]
    left_out: tuple[Set, ...]
    complete: bool


def contradictions(
    elements: Collection[int], feasible: Callable[[Set], bool], core: Callable[[Set], Set] | None = None
) -> Contradictions:
    """Search all subsets of some elements, of which a subset of a consistent one is consistent too.

    feasible: whether a set is consistent. core: an inconsistent subset of one that `feasible` has just denied.
    """
    everything = frozenset(elements)
    narrow = core or (lambda given: given)
    minimal: list[Set] = []
    ways, confirmed = {frozenset[int]()}, set[Set]()
    while open_ := sorted(ways - confirmed, key=_order):
        if len(minimal) >= MOST_CONFLICTS or len(ways) > MOST_WAYS:
            return Contradictions(tuple(sorted(minimal, key=_order)), (), complete=False)
        kept = everything - open_[0]
        if feasible(kept):
            confirmed.add(open_[0])
            continue
        minimal.append(_smallest(narrow(kept), feasible, narrow))
        ways = hitting(ways, minimal[-1])
    left_out = tuple(sorted(ways, key=_order))
    return Contradictions(tuple(sorted(minimal, key=_order)), left_out, complete=True)


def hitting(ways: Collection[Set], conflict: Set) -> set[Set]:
    """The minimal sets that hit one more conflict, from those that hit all before (Berge 1989)."""
    hits = {way for way in ways if way & conflict}
    new = {way | {each} for way in ways if not way & conflict for each in conflict}
    return hits | {way for way in new if not any(other < way for other in hits) and not any(o < way for o in new)}


def _order(each: Set) -> tuple[int, list[int]]:
    return len(each), sorted(each)


def _smallest(given: Set, feasible: Callable[[Set], bool], narrow: Callable[[Set], Set]) -> Set:
    """A minimal conflict inside an inconsistent set: each element in turn goes if the rest still contradicts itself."""
    needed: set[int] = set()
    while rest := sorted(given - needed):
        fewer = given - {rest[-1]}
        if feasible(fewer):
            needed.add(rest[-1])
        else:
            given = narrow(fewer) | needed
    return given
