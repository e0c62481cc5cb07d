"""What a figure rests on that its source does not say: that a report is part of another, and that it counts all so far.

Both are the reading of whoever made the table. A reader can take each of them back, and see what is left. How far
"about" reaches is the reading of Waybill, and a reader can have it reach otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from geo.arrays import Mask
from geo.columns import ABOUT_PERCENT
from geo.parsing.quantity import says_about
from geo.reconcile.model.claims import running
from geo.tables.counted_legs import ALL

Kind = Literal["part_of", "running"]


class Readings(Protocol):
    """What a reader took back or added, as a `Selection` has it."""

    @property
    def apart(self) -> tuple[str, ...]: ...
    @property
    def running(self) -> tuple[str, ...]: ...
    @property
    def not_running(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Assumption:
    """One reading of a total that its words do not settle.

    kind    "part_of": it is counted among `whole`, another total; "running": its high holds from its earliest start
    report  id of the total
    holds   whether it is assumed, with the reader's answers
    """

    kind: Kind
    report: str
    whole: str
    holds: bool


def read_as(totals: pd.DataFrame, readings: Readings) -> pd.DataFrame:
    """The totals as the reader takes them: part_of is empty for those set apart, and running says yes or no."""
    if not len(totals) or not (readings.apart or readings.running or readings.not_running):
        return totals
    changed = totals.assign(part_of=totals["part_of"].mask(_named(totals, readings.apart), ""))
    said = changed["running"].mask(_named(totals, readings.running), "yes")
    return changed.assign(running=said.mask(_named(totals, readings.not_running), "no"))


def reaches(table: pd.DataFrame) -> pd.Series:
    """The rows of legs or totals whose range is what Waybill makes of "about" (`ABOUT_PERCENT`).

    A source that gives such a range itself does not say "about", and nobody else says it for it.
    """
    return pd.Series(as_wide_as_about(table)[0], table.index)


def as_wide_as_about(table: pd.DataFrame) -> tuple[Mask, Mask]:
    """The rows whose range is as wide as "about": whose source says "about", and that give such a range themselves."""
    low, best, high = (table[name].to_numpy(np.float64) for name in _figures(table))
    slack, share = 1e-6 * best, ABOUT_PERCENT / 100
    with np.errstate(invalid="ignore", over="ignore"):  # of figures that are no counts, and are drawn nowhere
        wide = np.abs(best * (1 - share) - low) <= slack
        wide &= np.abs(best * (1 + share) - high) <= slack
    wide &= best > 0
    said = np.zeros(len(table), bool)
    words = table.get("quantity_words" if "low" in table else "containers_words")
    rows = np.flatnonzero(wide)
    if words is not None and rows.size:
        codes, texts = pd.factorize(words.iloc[rows], use_na_sentinel=False)
        said[rows] = np.array([says_about(str(each)) for each in texts])[codes]
    return said, wide & ~said


def reaching(table: pd.DataFrame, percent: int) -> pd.DataFrame:
    """The same with "about" as so many per cent up and down."""
    if percent == ABOUT_PERCENT or not len(table) or not (rows := reaches(table)).any():
        return table
    low, best, high = _figures(table)
    figure = table[best]
    return table.assign(
        **{
            low: table[low].mask(rows, figure * (100 - percent) / 100),
            high: table[high].mask(rows, figure * (100 + percent) / 100),
        }
    )


def _figures(table: pd.DataFrame) -> list[str]:
    bounds = ["low", "best", "high"]
    return bounds if "low" in table else [f"containers_{name}" for name in bounds]


def assumptions(totals: pd.DataFrame, readings: Readings) -> list[Assumption]:
    """Those of some totals as they were loaded, in their order: parts, and vague or open starts.

    A start that is stated exactly makes no difference, and is no assumption.
    """
    apart, on, off = (_named(totals, each) for each in (readings.apart, readings.running, readings.not_running))
    words, vague = totals["running"].tolist(), running(totals.assign(running="")).tolist()
    found = []
    rows = zip(totals["id"], totals["part_of"], totals["nature"], words, vague, strict=True)
    for row, (name, whole, nature, said, open_start) in enumerate(rows):
        if whole:
            found.append(Assumption("part_of", str(name), str(whole), not apart.iloc[row]))
        if open_start and nature not in ("observed", "capacity"):
            holds = bool(not off.iloc[row] and (on.iloc[row] or said != "no"))
            found.append(Assumption("running", str(name), "", holds))
    return found


def _named(totals: pd.DataFrame, ids: Collection[str]) -> pd.Series:
    return pd.Series(ALL in ids, index=totals.index) | totals["id"].isin(list(ids))
