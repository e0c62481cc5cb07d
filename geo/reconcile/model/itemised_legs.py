"""Itemised legs -> what certainly moved inside the flows: which cell, from when to when, how many, on whose word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.arrays import DAY, NOT_A_TIME, Floats, Ints, Mask, Texts, epoch_seconds
from geo.columns import DEFAULT_UNIT
from geo.gazetteer.scopes import Cell, Nesting, Scope, holders, ways
from geo.reconcile.model.region import Cells, Load, ReportSource
from geo.tables.counted_legs import amounts, counts
from geo.tables.leg_reports import MOST_COUNT, group_ids, listable

MOST_MOMENTS = 200
"""Legs with more departures and arrivals than this, in one region, have them moved outward to a grid of whole days."""


@dataclass(frozen=True, slots=True)
class LegSpot:
    """Where legs count.

    scopes  the scopes (rows) that they certainly count in
    ways    the sets of scopes that they may count in, one of which is true
    onward  whether an earlier leg of their shipment is counted already, so that they add nothing to all flows together
    """

    scopes: Cell
    ways: frozenset[Cell]
    onward: bool


@dataclass(frozen=True, slots=True, eq=False)
class Carriage:
    """n legs that count in some flow, as columns; source and spot number the lists. Times are epoch seconds.

    row: the position of each in the table of legs.
    """

    spots: tuple[LegSpot, ...]
    sources: tuple[ReportSource, ...]
    row: Ints
    spot: Ints
    source: Ints
    start: Ints
    end: Ints
    low: Floats
    best: Floats
    high: Floats

    def inside(self, scope: int) -> float:
        """The best figures of the legs that count in a scope (row), added up."""
        counted = np.array([scope in spot.scopes for spot in self.spots], bool)
        return float(self.best[counted[self.spot]].sum()) if self.spots else 0.0

    def of(self, scopes: Cell) -> Mask:
        """Which of the legs count in any of some scopes."""
        counted = np.array([any(not scopes.isdisjoint(way) for way in spot.ways) for spot in self.spots], bool)
        return counted[self.spot] if self.spots else np.zeros(0, bool)

    def loads(self, mine: Mask, known: Ints, cells_of: dict[LegSpot, Cells], first: int) -> list[Load]:
        """These legs as loads, those alike added up.

        known: moments at which the region bends in any case. cells_of: the rows of each spot's cells. first: the row of
        the first of `sources` in the region's.
        """
        start, end = _outward(self.start[mine], self.end[mine], known)
        sets = sorted(set(cells_of.values()))
        number = np.array([sets.index(cells_of[spot]) if spot in cells_of else -1 for spot in self.spots], np.int64)
        certain = np.array([frozenset() not in spot.ways for spot in self.spots], bool)
        spot = self.spot[mine]
        frame = pd.DataFrame({"source": self.source[mine], "cells": number[spot], "start": start, "end": end})
        frame["low"], frame["high"] = np.where(certain[spot], self.low[mine], 0.0), self.high[mine]
        sums = frame.groupby(["source", "cells", "start", "end"], sort=True)[["low", "high"]].sum().reset_index()
        return [
            Load(first + int(source), sets[int(cells)], int(begin), int(over), float(low), float(high))
            for source, cells, begin, over, low, high in sums.itertuples(index=False)
        ]


def _outward(start: Ints, end: Ints, known: Ints) -> tuple[Ints, Ints]:
    """Departures moved back and arrivals on to few moments, if they are many; what is certain then was so before."""
    if np.unique(np.concatenate([start, end])).size <= MOST_MOMENTS:
        return start, end
    first, last = int(start.min()), int(end.max())
    step = DAY * -(-(last - first) // (MOST_MOMENTS * DAY))
    grid = np.append(np.arange(first, last, step), last)
    grid = np.unique(np.concatenate([grid, known]))
    grid = grid[(grid >= first) & (grid <= last)]
    return grid[np.searchsorted(grid, start, "right") - 1], grid[np.searchsorted(grid, end, "left")]


def carriage_of(legs: pd.DataFrame, scopes: list[Scope], flows: Cell, nesting: Nesting) -> Carriage:
    """The legs that count in any of the flows (rows of the scopes), in an order of their own."""
    rows, spots, spot = _placed(legs, scopes, flows, nesting)
    if not rows.size:
        whole, floats = np.zeros(0, np.int64), np.zeros(0)
        return Carriage((), (), whole, whole, whole, whole, whole, floats, floats, floats)
    named, group, first = listable(legs)
    claimants = named["claimant"].iloc[first].tolist()
    by_group = [ReportSource(*row) for row in zip(group_ids(named, first), claimants, strict=True)]
    used = np.unique(group[rows])
    sources = sorted({by_group[number] for number in used.tolist()})
    number_of = {source: number for number, source in enumerate(sources)}
    source = np.array([number_of.get(each, -1) for each in by_group], np.int64)[group[rows]]
    start, end = _stretch(legs)
    low, best, high = (figures[rows] for figures in amounts(legs))
    return Carriage(tuple(spots), tuple(sources), rows, spot, source, start[rows], end[rows], low, best, high)


def _stretch(legs: pd.DataFrame) -> tuple[Ints, Ints]:
    """Within what each leg certainly lies: its departure's earliest to its arrival's latest.

    One whose departure nobody gave counts when it arrives, as it does on the map.
    """
    start, latest, arrive = (epoch_seconds(legs[name]) for name in ("depart", "depart_latest", "arrive"))
    start = np.where(start == NOT_A_TIME, epoch_seconds(legs["arrive_earliest"]), start)
    return start, np.maximum(np.where(arrive != NOT_A_TIME, arrive, latest), start + 1)


def _placed(legs: pd.DataFrame, scopes: list[Scope], flows: Cell, nesting: Nesting) -> tuple[Ints, list[LegSpot], Ints]:
    """The rows of the legs that count, the spots, and each one's spot."""
    none = np.zeros(0, np.int64)
    nothing: tuple[Ints, list[LegSpot], Ints] = none, [], none
    if not len(legs) or not flows:
        return nothing
    rows = np.flatnonzero(_sound(legs))
    columns = {"unit": np.asarray(_units(legs)), "mode": legs["mode"].clip(0, 4).to_numpy()}
    for end in ("origin", "destination"):
        codes, values = pd.factorize(legs[end].astype(object))
        columns[end] = nesting.alike(pd.Index(values), {getattr(scope, end) for scope in scopes})[codes]
    frame = pd.DataFrame(columns).iloc[rows]
    frame = frame[(frame["origin"] != "") & (frame["destination"] != "")]
    frame = frame[frame["unit"].isin({scope.unit for scope in scopes})]
    if not len(frame):
        return nothing
    number = frame.groupby(["unit", "origin", "destination", "mode"], sort=True).ngroup().to_numpy()
    _, at = np.unique(number, return_index=True)
    heads = frame.iloc[at][["unit", "origin", "destination", "mode"]].itertuples(index=False)
    told = [Scope(unit, origin, to, int(mode)) for unit, origin, to, mode in heads]
    spots = [LegSpot(holders(each, scopes, nesting), ways(each, scopes, nesting), onward=False) for each in told]
    inside = np.array([not flows.isdisjoint(spot.scopes) for spot in spots], bool)[number]
    rows, number = frame.index.to_numpy()[inside], number[inside]
    return _once(legs, rows, number, spots) if rows.size else nothing


def _units(legs: pd.DataFrame) -> Texts:
    return legs["unit"].replace("", DEFAULT_UNIT).to_numpy(object)


def _sound(legs: pd.DataFrame) -> Mask:
    low, best, high = amounts(legs)
    sound = (low >= 0) & (low <= best) & (best <= high) & (best <= MOST_COUNT) & ((high <= MOST_COUNT) | np.isinf(high))
    told: Mask = sound & (_stretch(legs)[0] != NOT_A_TIME) & counts(legs)
    return told


def _once(legs: pd.DataFrame, rows: Ints, number: Ints, plain: list[LegSpot]) -> tuple[Ints, list[LegSpot], Ints]:
    """Each leg's spot: all the scopes that hold it, less those that hold an earlier leg of its shipment."""
    spots = list(plain)
    known = {spot: at for at, spot in enumerate(spots)}
    spot = number.astype(np.int64)
    shipment, _ = pd.factorize(legs["shipment"].to_numpy(object)[rows])
    several = (legs["shipment"].to_numpy(object)[rows] != "") & (np.bincount(shipment)[shipment] > 1)
    chosen = np.flatnonzero(several)
    start, end = (times[rows][chosen] for times in _stretch(legs))
    to = legs["destination"].to_numpy(object)[rows][chosen].astype(str)
    order = chosen[np.lexsort((to, end, start, shipment[chosen]))]
    before: dict[tuple[str, int], LegSpot] = {}
    unit = _units(legs)[rows]
    for leg in order.tolist():
        name, own = (unit[leg], int(shipment[leg])), plain[number[leg]]
        if name in before:
            onward = _less(own, before[name])
            spot[leg] = known.setdefault(onward, len(spots))
            if spot[leg] == len(spots):
                spots.append(onward)
        before[name] = _with(before.get(name), own)
    return rows, spots, spot


def _less(own: LegSpot, before: LegSpot) -> LegSpot:
    """Where an onward leg counts. Its ways and those before it are taken as if either could be true by itself, which
    asks of it no more than is certain."""
    rest = frozenset(way - seen for way in own.ways for seen in before.ways)
    return LegSpot(own.scopes - frozenset().union(*before.ways), rest, onward=True)


def _with(before: LegSpot | None, own: LegSpot) -> LegSpot:
    if before is None:
        return own
    joined = frozenset(way | seen for way in own.ways for seen in before.ways)
    return LegSpot(own.scopes | before.scopes, joined, onward=True)
