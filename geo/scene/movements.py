"""Rows of legs and totals -> what of them can be drawn, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.arrays import DAY, NOT_A_TIME, Floats, Ints, Mask, Texts, epoch_seconds
from geo.columns import DEFAULT_UNIT
from geo.tables.counted_legs import amounts, counts, sums
from geo.tables.leg_reports import MOST_COUNT


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """n drawable legs as columns; times are epoch seconds, end == start is a step.

    rows      their positions in the frame
    origin, destination  places, as rows of codes, which has those in use in order
    itemised  whether it is a voyage whose departure somebody reported, rather than somewhere within a vague one, an
              arrival alone, or a sum of legs
    onward    whether it is a later leg of a shipment, whose earliest leg counts its containers
    """

    rows: Ints
    codes: Texts
    origin: Ints
    destination: Ints
    mode: Ints
    start: Ints
    end: Ints
    low: Floats
    best: Floats
    high: Floats
    itemised: Mask
    onward: Mask


def of_unit(frame: pd.DataFrame, unit: str) -> Mask:
    """Which rows are counted in `unit`; a blank one is containers."""
    counted: Mask = frame["unit"].isin({unit, ""} if unit == DEFAULT_UNIT else {unit}).to_numpy(bool)
    return counted


def sound(low: Floats, best: Floats, high: Floats) -> Mask:
    """Which amounts can be counts: reading sets others aside, and what comes past it is at least not drawn."""
    fits: Mask = (low >= 0) & (best >= 0) & (best <= MOST_COUNT) & ((high <= MOST_COUNT) | np.isinf(high))
    return fits


def leg_moves(legs: pd.DataFrame, unit: str) -> Moves:
    """The legs in `unit` that have a departure or an arrival, and a count, each movement once."""
    if not len(legs):
        return _no_moves()
    start = epoch_seconds(legs["depart"])
    latest, arrive = epoch_seconds(legs["depart_latest"]), epoch_seconds(legs["arrive"])
    # A leg whose departure nobody gave counts when it arrives, as one without an arrival counts when it departs.
    arrives = (start == NOT_A_TIME) & (arrive != NOT_A_TIME)
    start = np.where(arrives, epoch_seconds(legs["arrive_earliest"]), start)
    latest, arrive = np.where(arrives, arrive, latest), np.where(arrives, NOT_A_TIME, arrive)
    # Without an arrival, a departure vaguer than a day is no moment: its containers spread over it.
    summed = sums(legs)
    vague = (arrive == NOT_A_TIME) & ((latest - start > DAY) | summed)
    # What nobody saw depart is no voyage to light up: its step is a ramp of a second, like those of ranges.
    end = np.where(arrive != NOT_A_TIME, arrive, np.where(vague, latest, start + arrives))
    low, best, high = (_single(amount) for amount in amounts(legs))
    rows = np.flatnonzero(of_unit(legs, unit) & sound(low, best, high) & (start != NOT_A_TIME) & counts(legs))
    kept = {name: legs[name] if rows.size == len(legs) else legs[name].iloc[rows] for name in _KEPT}
    end = np.maximum(start, end)[rows]
    codes, (origin, destination) = _numbered(kept["origin"], kept["destination"])
    return Moves(
        rows=rows,
        codes=codes,
        origin=origin,
        destination=destination,
        mode=np.clip(kept["mode"].to_numpy(np.int64), 0, 4),
        start=start[rows],
        end=end,
        low=np.minimum(low, best)[rows],
        best=best[rows],
        high=np.maximum(high, best)[rows],
        itemised=~(vague | arrives | summed)[rows],
        onward=_onward(kept["shipment"], destination, start[rows], end),
    )


_KEPT = ("origin", "destination", "mode", "shipment")


def _numbered(*columns: pd.Series) -> tuple[Texts, list[Ints]]:
    """The different texts of some columns in order, and of each column their numbers: each text is met once."""
    found = [pd.factorize(column) for column in columns]
    texts = [np.asarray(different, object) for _, different in found]
    numbers, codes = pd.factorize(np.concatenate(texts), sort=True)
    starts = np.cumsum([0, *(len(each) for each in texts)])
    return codes, [numbers[start:][rows].astype(np.int64) for start, (rows, _) in zip(starts, found, strict=False)]


def speaking(totals: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The totals in `unit` that say how much was moved: no capacities, and nothing that cannot be a count."""
    if not len(totals):
        return totals
    low, best, high = (totals[name].to_numpy(np.float64) for name in ("low", "best", "high"))
    says = of_unit(totals, unit) & (totals["nature"] != "capacity").to_numpy(bool) & sound(low, best, high)
    return totals if says.all() else totals.loc[says]


def shipments(legs: pd.DataFrame, rows: Ints) -> Ints:
    """A number for the shipment of each of `rows`; -1 where it has none."""
    names = legs["shipment"].iloc[rows]
    numbers, _ = pd.factorize(names)
    return np.where(names == "", -1, numbers).astype(np.int64)


def _single(amount: Floats) -> Floats:
    """Rounded to float32, which is what the browser gets: the curves here are of the same numbers."""
    absurd = (amount > MOST_COUNT) & np.isfinite(amount)
    return np.where(absurd, np.nan, amount).astype(np.float32).astype(np.float64)


def _onward(names: pd.Series, destination: Ints, start: Ints, end: Ints) -> Mask:
    onward = np.zeros(start.size, bool)
    named = np.flatnonzero((names != "").to_numpy(bool))
    if not named.size:
        return onward
    shipment, _ = pd.factorize(names.to_numpy(object))
    order = named[np.lexsort((destination[named], end[named], start[named], shipment[named]))]
    onward[order[1:]] = shipment[order[1:]] == shipment[order[:-1]]
    return onward


def _no_moves() -> Moves:
    whole, floats, text, mask = np.zeros(0, np.int64), np.zeros(0), np.zeros(0, object), np.zeros(0, bool)
    return Moves(whole, text, whole, whole, whole, whole, whole, floats, floats, floats, mask, mask)
