"""All minimal sets of reports that cannot all be true, and all largest sets that can.

The two are each other's hitting sets (Reiter 1987): to be consistent, one report of every conflict must go. So each
conflict found gives new ways to be consistent, and each of these is either confirmed or leads to a new conflict, until
none is left to try ("dualize and advance", Gunopulos and others 2003; the search is that of a hitting-set tree).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

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
