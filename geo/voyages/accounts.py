"""What each source says of the voyages: how many, how much, when, its grades, and its running sum.

A source's own legs are summed by themselves, each movement that it tells once. Sources are never added to one another:
they may speak of the same voyages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo import formatting, volume
from geo.arrays import DAY, NOT_A_TIME, Floats, Ints, epoch_seconds
from geo.parsing.admiralty import grade
from geo.safe_text import legible
from geo.scene.movements import leg_moves, of_unit
from geo.tables.counted_legs import COLUMNS, amounts, counts, legs_in, once_in

MOST_SOURCES = 100
MOST_CORRIDORS = 300
"""A longer list is none that anyone reads; "all routes" has what it leaves out."""


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """What one source says, in one unit.

    source        the claimant, "" where none is stated
    voyages       movements that it tells; low, best, high: their sum, the containers of a shipment once
    first, last   the days between which they lie, epoch seconds of the first instant and the end; None where undated
    grades        "B2" and so on, each once; empty where nobody has graded
    time, running  when its sum of best figures bends (epoch seconds), and that sum from then on
    """

    source: str
    voyages: int
    low: float
    best: float
    high: float
    first: int | None
    last: int | None
    grades: tuple[str, ...]
    time: Ints
    running: Floats


@dataclass(frozen=True, slots=True)
class Corridor:
    """From a place to a place by one mode. id: as a corridor of the map has it. voyages, best: each movement once."""

    id: str
    origin: str
    destination: str
    mode: int
    voyages: int
    best: float

    def told(self, names: Mapping[str, str], unit: str) -> str:
        """ "Najin → Vladivostok · 16 voyages, 860 containers"."""
        ends = " → ".join(legible(names.get(code, code)) for code in (self.origin, self.destination))
        many = formatting.counted(formatting.number(self.voyages), formatting.leg_name([self.mode]))
        return f"{ends} · {many}, {formatting.counted(formatting.number(self.best), legible(unit))}"


def in_unit(legs: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The legs that are counted in a unit."""
    return legs[of_unit(legs, unit)] if len(legs) else legs


def corridors(legs: pd.DataFrame) -> list[Corridor]:
    """The routes of some legs of one unit, the largest first."""
    table = pd.DataFrame({name: legs[name].to_numpy(object) for name in ("origin", "destination", "mode")})
    counted = table.assign(best=amounts(legs)[1], voyages=legs_in(legs))[counts(legs)]
    sums = counted.groupby(["origin", "destination", "mode"])[["voyages", "best"]].sum().reset_index()
    columns = (sums[name].tolist() for name in ("origin", "destination", "mode", "voyages", "best"))
    found = [
        Corridor(f"{origin}>{destination}>{mode}", origin, destination, int(mode), count, best)
        for origin, destination, mode, count, best in zip(*columns, strict=True)
    ]
    return sorted(found, key=lambda each: (-each.best, -each.voyages, each.id))


def on_corridor(legs: pd.DataFrame, corridor: Corridor) -> pd.DataFrame:
    """The legs of one route."""
    held = (
        (legs["origin"] == corridor.origin)
        & (legs["destination"] == corridor.destination)
        & (legs["mode"] == corridor.mode)
    )
    return legs[held.to_numpy(bool)]


def accounts(legs: pd.DataFrame, unit: str) -> list[Account]:
    """What each source says of some legs of one unit, the largest sum first; of no more than `MOST_SOURCES`."""
    if not len(legs):
        return []
    numbers = pd.factorize(legs["claimant"].to_numpy(object))[0]
    own = legs[once_in(legs, numbers.astype(np.int64))].drop(columns=[name for name in COLUMNS if name in legs])
    parts = dict(iter(own.groupby("claimant", sort=False)))
    largest = sorted(parts, key=lambda name: (-len(parts[name]), str(name)))[:MOST_SOURCES]
    found = [_account(str(source), parts[source], unit) for source in largest]
    return sorted(found, key=lambda each: (-each.best, each.source))


def _account(source: str, legs: pd.DataFrame, unit: str) -> Account:
    moves = leg_moves(legs, unit)
    once = ~moves.onward
    low, best, high = (float(each[once].sum()) for each in (moves.low, moves.best, moves.high))
    flows = volume.flows(
        np.zeros(int(once.sum()), np.int64), moves.start[once], moves.end[once], moves.low[once], moves.best[once],
        moves.high[once],
    )  # fmt: skip
    bends = volume.knots(flows)
    dated = epoch_seconds(legs["depart"])
    ends = epoch_seconds(legs["arrive"])
    starts = dated[dated != NOT_A_TIME]
    closes = np.maximum(ends, np.where(dated == NOT_A_TIME, dated, dated + DAY))
    grades = {grade(str(a), str(b)) for a, b in zip(legs["reliability"], legs["credibility"], strict=True)} - {""}
    return Account(
        source=source,
        voyages=int(legs_in(legs).sum()),
        low=low,
        best=best,
        high=high,
        first=int(starts.min()) if starts.size else None,
        last=int(closes.max()) if closes.size and int(closes.max()) > 0 else None,
        grades=tuple(sorted(grades)),
        time=np.asarray(bends["time"].to_numpy(), np.int64),
        running=np.asarray(bends["best"].to_numpy(), np.float64),
    )
