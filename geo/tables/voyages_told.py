"""Which legs that may be one voyage are put together as tellings of one.

A source that tells both legs of a pair tells of two voyages. So legs are put together only where no source tells two of
them, and where each may be one with every other; those that are most alike first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.arrays import Ints, Mask
from geo.tables.one_voyage import PERIOD, REVISED, Pairs


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Legs as numbers (n,). node: what is put together, a sailing or a movement; movement, part: as in `Tellings`;
    claimant: who says it; speaker: the source, in any file; voice: the source in one file; rank: an order of them."""

    node: Ints
    movement: Ints
    part: Ints
    claimant: Ints
    speaker: Ints
    voice: Ints
    rank: Ints


def merged(legs: Numbers, found: Pairs) -> tuple[Ints, Mask]:
    """The node that each leg's is put together with, itself for most, and whether it is with any."""
    one, two = legs.node[found.one], legs.node[found.two]
    held = (one != two) & ((found.kind != REVISED) | _repeating(legs, found))
    # Of a sailing of several lots no single one is the voyage of which another source speaks.
    lots = pd.Series(legs.movement).groupby(legs.node).transform("nunique").to_numpy()
    held &= (found.kind != PERIOD) | ((lots[found.one] == 1) & (lots[found.two] == 1))
    links = _links(legs, found.only(held))
    clusters: dict[int, frozenset[int]] = {}
    for a, b in links:
        mine, other = clusters.get(a, frozenset((a,))), clusters.get(b, frozenset((b,)))
        if mine is other or not all((min(m, n), max(m, n)) in links for m in mine for n in other):
            continue
        clusters |= dict.fromkeys(mine | other, mine | other)
    if not clusters:
        return legs.node, np.zeros(legs.node.size, bool)
    least = pd.Series({node: min(members) for node, members in clusters.items()})
    with_others = np.isin(legs.node, least.index.to_numpy())
    node = np.asarray(pd.Series(legs.node).map(least).fillna(pd.Series(legs.node)), np.int64)
    return node, with_others


def _links(legs: Numbers, found: Pairs) -> dict[tuple[int, int], int]:
    """The pairs of nodes that no source tells both of, and of what kind; those first that are most alike."""
    a, b = legs.node[found.one], legs.node[found.two]
    ranks = legs.rank[found.one], legs.rank[found.two]
    table = pd.DataFrame(
        {
            **{name: getattr(found, name) for name in ("gap", "off", "apart")},
            "first": np.minimum(*ranks),
            "last": np.maximum(*ranks),
            "a": np.minimum(a, b),
            "b": np.maximum(a, b),
            "kind": found.kind,
        }
    )
    table = table.sort_values(list(table.columns)).drop_duplicates(["a", "b"])
    mine = np.isin(legs.node, np.concatenate([a, b]))
    tellers = [_sets(legs.node[mine], each[mine]) for each in (legs.speaker, legs.voice)]
    return {
        (a, b): kind
        for a, b, kind in table[["a", "b", "kind"]].itertuples(index=False, name=None)
        if tellers[kind == REVISED][a].isdisjoint(tellers[kind == REVISED][b])
    }


def _sets(node: Ints, who: Ints) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for each, teller in zip(node.tolist(), who.tolist(), strict=True):
        found.setdefault(each, set()).add(teller)
    return found


def _repeating(legs: Numbers, found: Pairs) -> Mask:
    """Whether the files of each pair tell any movement both, of the source of the pair."""
    told = pd.DataFrame({"movement": legs.movement, "claimant": legs.claimant, "part": legs.part}).drop_duplicates()
    told = told[told.duplicated(["movement", "claimant"], keep=False)]
    both = told.merge(told, on=["movement", "claimant"])
    shared = pd.MultiIndex.from_frame(both[["claimant", "part_x", "part_y"]])
    asked = [legs.claimant[found.one], legs.part[found.one], legs.part[found.two]]
    repeats: Mask = pd.MultiIndex.from_arrays(asked).isin(shared)
    return repeats
