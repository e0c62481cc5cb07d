"""What legs count for where several tell of one movement: once, with a range that holds both readings.

Every telling stays in the table, so that all of them can be cited. One of each movement counts; the others retell it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geo.arrays import Floats, Ints, Mask

ALL = "all"
"""Stands for everything that is not named in an answer."""
OPEN, SAME, SEPARATE = 0, 1, 2
"""What is known of a group of tellings: nobody has said; they are one; they are several."""
COLUMNS = ("retells", "counted_low", "counted_high")
"""Of a table in which some legs retell others: the label of the leg that counts in its stead, -1 for one that counts;
and the range that it counts for, its best figure being its own."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Number of a movement, or of a voyage -> `SAME` or `SEPARATE`; those left out are open. every: of all others."""

    movement: dict[int, int] = field(default_factory=dict)
    voyage: dict[int, int] = field(default_factory=dict)
    every: int = OPEN

    def of(self, numbers: pd.Series, group: str) -> Ints:
        """What is known of each of some numbers; group: "movement" or "voyage"."""
        known: dict[int, int] = getattr(self, group)
        found = numbers.map(known).fillna(self.every) if known else np.full(len(numbers), self.every)
        return np.asarray(found, np.int64)


NOTHING_SAID = Decisions()


def counted(legs: pd.DataFrame, told: pd.DataFrame, said: Decisions = NOTHING_SAID) -> pd.DataFrame:
    """legs with `COLUMNS`; as they are where none retells another.

    told: what `geo.tables.duplicates.tellings` gives, of these legs or of more. Of a movement whose tellings are one,
    low is the least that one gives and high the most; while nobody has said, high is that of all of them together, but
    for those that are the same word for word, of the same claimant. Legs that are separate count each for itself.
    """
    here = told[told.index.isin(legs.index)].sort_values(["movement", "rank"])
    several = here["movement"].duplicated(keep=False) | (here["voyage"] >= 0)
    here = here[several]
    if not len(here):
        return legs.drop(columns=[name for name in COLUMNS if name in legs])
    figures = {name: legs[f"containers_{name}"].reindex(here.index).to_numpy(np.float64) for name in _FIGURES}
    one = here.assign(**figures, label=here.index.to_numpy(), retells=-1).reset_index(drop=True)
    one = _voyages(_movements(one, said), said)
    columns = {
        "retells": np.full(len(legs), -1, np.int64),
        **{f"counted_{name}": legs[f"containers_{name}"].to_numpy(np.float64, copy=True) for name in ("low", "high")},
    }
    at = legs.index.get_indexer(pd.Index(one["label"]))
    columns["retells"][at] = one["retells"]
    columns["counted_low"][at], columns["counted_high"][at] = one["low"], one["high"]
    return legs.assign(**columns)


_FIGURES = ("low", "best", "high")


def _movements(one: pd.DataFrame, said: Decisions) -> pd.DataFrame:
    """The first telling of each movement gets its range, and the others retell it."""
    state = said.of(one["movement"], "movement")
    groups = one.groupby("movement", sort=False)
    alone = one["high"].where(~one.duplicated(["movement", "wording"]), 0.0)
    together = alone.groupby(one["movement"]).transform("sum")
    high = np.where(state == SAME, groups["high"].transform("max"), together)
    first = (~one["movement"].duplicated()).to_numpy()
    joined = state != SEPARATE
    return one.assign(
        retells=np.where(joined & ~first, groups["label"].transform("first"), -1),
        low=np.where(joined, groups["low"].transform("min"), one["low"]),
        high=np.where(joined, high, one["high"]),
    )


def _voyages(one: pd.DataFrame, said: Decisions) -> pd.DataFrame:
    """Of each voyage what the source counts that says least; the movements of the others retell its first."""
    sailing = one[(one["voyage"] >= 0) & (said.of(one["voyage"], "voyage") != SEPARATE)]
    sums = sailing[sailing["retells"] < 0].groupby("movement")[list(_FIGURES)].sum()
    pairs = sailing[["voyage", "voice", "movement"]].drop_duplicates().join(sums, on="movement")
    by_voice = pairs.groupby(["voyage", "voice"], as_index=False).agg(
        low=("low", "sum"), best=("best", "sum"), high=("high", "sum"), size=("movement", "size")
    )
    whole = pairs.groupby("voyage")["movement"].nunique()
    least = by_voice.sort_values(["voyage", "low", "best", "voice"]).drop_duplicates("voyage").set_index("voyage")
    # What a filter leaves may be told whole by one source.
    doubted = least[by_voice.groupby("voyage")["size"].max() < whole]
    if not len(doubted):
        return one
    pairs = pairs[pairs["voyage"].isin(doubted.index)]
    own = pairs[pairs["voice"] == pairs["voyage"].map(doubted["voice"])]
    others = pairs[~pairs["movement"].isin(own["movement"])].drop_duplicates("movement")
    counting = one[(one["retells"] < 0) & one["movement"].isin(own["movement"])]
    lead = counting.sort_values("rank").drop_duplicates("voyage").set_index("voyage")
    added = others.groupby("voyage")["high"].sum()
    most = by_voice.groupby("voyage")["high"].max()
    with np.errstate(invalid="ignore"):
        wider = (most - doubted["high"]).fillna(0.0).reindex(added.index)
    same = said.of(pd.Series(added.index), "voyage") == SAME
    extra = pd.Series(np.where(same, wider, added), added.index)
    stead = one["voyage"].map(lead["label"])
    moved = one["movement"].isin(others["movement"]).to_numpy()
    high = one["high"] + one["label"].map(pd.Series(extra.to_numpy(), lead["label"].reindex(extra.index))).fillna(0.0)
    return one.assign(retells=np.where(moved, stead.fillna(-1), one["retells"]).astype(np.int64), high=high)


def counts(legs: pd.DataFrame) -> Mask:
    """Whether each leg counts: it does not retell another."""
    every: Mask = legs["retells"].to_numpy() < 0 if "retells" in legs else np.ones(len(legs), bool)
    return every


def amounts(legs: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Low, best and high for which each leg counts; those that retell another are to be left out."""
    low, high = (f"{'counted' if 'retells' in legs else 'containers'}_{end}" for end in ("low", "high"))
    found = (legs[name].to_numpy(np.float64) for name in (low, "containers_best", high))
    return next(found), next(found), next(found)


def sums(legs: pd.DataFrame) -> Mask:
    """Whether each row is a sum of legs: it spreads over its period, and is no voyage that anyone reported."""
    some: Mask = legs["sum_of"].notna().to_numpy(bool) if "sum_of" in legs else np.zeros(len(legs), bool)
    return some


def legs_in(legs: pd.DataFrame) -> Ints:
    """How many legs each row tells of: one, or those that begin in the period of a sum."""
    return legs["sum_of"].fillna(1).to_numpy(np.int64) if "sum_of" in legs else np.ones(len(legs), np.int64)


def retold(legs: pd.DataFrame) -> tuple[Ints, Ints]:
    """The positions of the legs that retell another, and of those that count in their stead; -1 where that is gone."""
    rows = np.flatnonzero(~counts(legs))
    if not rows.size:
        return rows, rows
    return rows, legs.index.get_indexer(pd.Index(legs["retells"].to_numpy()[rows])).astype(np.int64)


def told_elsewhere(legs: pd.DataFrame, group: Ints) -> Mask:
    """Whether a leg of another group retells each leg, or is retold by it."""
    rows, stead = retold(legs)
    apart = (stead >= 0) & (group[rows] != group[stead])
    found = np.zeros(len(legs), bool)
    found[rows[apart]] = found[stead[apart]] = True
    return found


def once_in(legs: pd.DataFrame, group: Ints) -> Mask:
    """Whether each leg is told for the first time in its group: it retells none of the same group."""
    rows, stead = retold(legs)
    once = np.ones(len(legs), bool)
    once[rows] = (stead < 0) | (group[rows] != group[stead])
    return once
