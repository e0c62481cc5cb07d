"""Sets that contradict themselves, and the largest that do not: each other's hitting sets, searched together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

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
    elements: Collection[int],
    feasible: Callable[[Set], bool],
    core: Callable[[Set], Set] | None = None,
    known: Sequence[Set] = (),
) -> Contradictions:
    """Search all subsets of some elements, of which a subset of a consistent one is consistent too.

    feasible: whether a set is consistent. core: an inconsistent subset of one that `feasible` has just denied. known:
    minimal conflicts found otherwise; they come first.
    """
    everything = frozenset(elements)
    minimal = list(known[:MOST_CONFLICTS])
    ways, confirmed = {Set()}, set[Set]()
    complete = len(known) <= MOST_CONFLICTS
    for conflict in minimal if complete else ():
        ways = hitting(ways, conflict)
        if complete := len(ways) <= MOST_WAYS:
            continue
        break
    while complete and (open_ := ways - confirmed):
        way = min(open_, key=_order)
        kept = everything - way
        if feasible(kept):
            confirmed.add(way)
            continue
        minimal.append(_smallest(kept, feasible, core))
        ways = hitting(ways, minimal[-1])
        complete = len(minimal) < MOST_CONFLICTS and len(ways) <= MOST_WAYS
    left_out = tuple(sorted(ways, key=_order)) if complete else ()
    return Contradictions(tuple(sorted(minimal, key=_order)), left_out, complete)


def more(
    found: Contradictions, elements: Collection[int], feasible: Callable[[Set], bool], core: Callable[[Set], Set]
) -> Contradictions:
    """Where a search was ended early: further conflicts, one after the other without what contradicted before, until
    what is left is consistent, or the limit is reached."""
    minimal, kept = list(found.minimal), set(elements)
    often = Counter(each for conflict in minimal for each in conflict)
    for conflict in minimal:
        if conflict <= kept:
            kept.discard(max(conflict, key=lambda each: (often[each], each)))
    while len(minimal) < MOST_CONFLICTS and not feasible(frozenset(kept)):
        minimal.append(_smallest(frozenset(kept), feasible, core))
        kept.discard(max(minimal[-1]))
    return replace(found, minimal=tuple(sorted(minimal, key=_order)))


def hitting(ways: Collection[Set], conflict: Set) -> set[Set]:
    """The minimal sets that hit one more conflict, from those that hit all before (Berge 1989)."""
    hits = {way for way in ways if way & conflict}
    found = set(hits)
    missed = [way for way in ways if not way & conflict]
    for each in conflict:
        # None of the ways lies in another, so that only one with this element can lie in what it makes of another.
        among = [hit for hit in hits if each in hit]
        new = (way | {each} for way in missed)
        found |= {way for way in new if not any(hit < way for hit in among)}
    return found


def few_ways(conflicts: Collection[Set], most: int) -> set[Set]:
    """At most so many sets, such that each way to hit all conflicts lies in one of them.

    Where there are more ways, some conflicts are left out of mind, and all that stands in those is in every set: what
    of a way stands in none of those is needed for one of the others, and so lies in a way to hit the others.
    """
    ways, aside = {Set()}, Set()
    for conflict in sorted(conflicts, key=_order):
        more_ways = hitting(ways, conflict)
        if len(more_ways) <= most:
            ways = more_ways
        else:
            aside |= conflict
    return {way | aside for way in ways}


def _order(each: Set) -> tuple[int, list[int]]:
    return len(each), sorted(each)


def _smallest(denied: Set, feasible: Callable[[Set], bool], core: Callable[[Set], Set] | None) -> Set:
    """A minimal conflict inside a set just denied: each element in turn goes if the rest still contradicts itself."""
    narrow = core or (lambda given: given)
    given, needed = narrow(denied), set[int]()
    while rest := sorted(given - needed):
        fewer = given - {rest[-1]}
        if feasible(fewer):
            needed.add(rest[-1])
        else:
            given = narrow(fewer) | needed
    return given
