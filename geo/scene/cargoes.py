"""What was carried, as far as legs and totals say it: the parts of each corridor by cargo.

A part is a sum of listed legs, like the figure of its corridor. A reconciled corridor has a range that nobody took
apart: of it is known which cargoes its reports name, and what of each is listed leg by leg.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa

from geo import volume
from geo.arrays import Floats, Index, Ints, Mask, Texts
from geo.scene.movements import Moves
from geo.scene.reports import DrawnRows
from geo.scene.scene import Cargoes, Corridors
from geo.timeline import Timeline

MOST = 100
"""Cargoes that are told by name; the smaller ones together are OTHERS, so that one byte a leg is enough."""
OTHERS = "other cargoes"
_MEASURES = ("low", "best", "closed", "open")


def cargoes_of(
    legs: pd.DataFrame,
    totals: pd.DataFrame,
    moves: Moves,
    of_legs: Ints,
    order: Ints,
    drawn: DrawnRows,
    corridors: Corridors,
    timeline: Timeline,
) -> Cargoes | None:
    """The cargoes of a scene; None where no report that is drawn says what was carried.

    of_legs: the corridor of each move. order: the moves that are the scene's legs, in their order.
    """
    of_moves, of_totals = _said(legs, moves.rows), _said(totals, drawn.totals)
    names = _names(of_moves, moves.best, of_totals)
    if names.size == 1:
        return None
    moved, told = of_moves.rows_of(names), of_totals.rows_of(names)
    ranged = corridors.reconciled
    vague = ~ranged[of_legs] & ~moves.itemised
    return Cargoes(
        name=names,
        of_leg=moved[order].astype(np.uint8),
        stated=_stated(np.concatenate((drawn.total_corridors, of_legs)), np.concatenate((told, moved)), ranged),
        spread=_spread(moves, of_legs, moved, np.flatnonzero(vague), timeline),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What n rows say: the k different texts, "" where nothing is said, and which of them each row has."""

    texts: Texts
    of: Ints

    def rows_of(self, names: Texts) -> Ints:
        """Of each row its row of `names`; of what is not among them the last one."""
        found = pd.Index(names).get_indexer(pd.Index(self.texts, dtype=object))
        return np.where(found < 0, names.size - 1, found).astype(np.int64)[self.of]


def _said(frame: pd.DataFrame, rows: Ints) -> _Said:
    if not rows.size:
        return _Said(np.zeros(0, object), np.zeros(0, np.int64))
    codes, cells = pd.factorize(frame["cargo"].iloc[rows], use_na_sentinel=False)
    cleaned = ["" if pd.isna(cell) else " ".join(str(cell).split()) for cell in cells]
    numbers, texts = pd.factorize(np.array(cleaned, object))
    return _Said(texts, numbers[codes].astype(np.int64))


def _names(of_moves: _Said, best: Floats, of_totals: _Said) -> Texts:
    """ "" first, then those that most of was carried, then those of totals alone; OTHERS last where there are more."""
    numbers, texts = pd.factorize(np.concatenate((of_moves.texts, of_totals.texts)))
    carried = np.bincount(of_moves.of, np.nan_to_num(best), of_moves.texts.size)
    weight = np.bincount(numbers[: carried.size], carried, texts.size)
    ranked = [str(texts[row]) for row in np.lexsort((texts.astype(str), -weight)) if texts[row]]
    kept = ranked if len(ranked) <= MOST else [*ranked[: MOST - 1], OTHERS]
    return np.array(["", *kept], object)


def _stated(corridor: Ints, cargo: Ints, ranged: Mask) -> tuple[Index, ...]:
    """Of each reconciled corridor the cargoes that anything on it is said to be."""
    kept = ranged[corridor]
    pairs = np.unique(np.stack((corridor[kept], cargo[kept])), axis=1)
    ends = np.searchsorted(pairs[0], np.arange(ranged.size + 1))
    return tuple(pairs[1][first:end].astype(np.uint32) for first, end in pairwise(ends))


def _spread(moves: Moves, of_legs: Ints, cargo: Ints, rows: Ints, timeline: Timeline) -> pa.Table:
    """Knots of departures too vague for a moment: corridor, cargo, time, low, best, closed, open."""
    pairs, number = np.unique(np.stack((of_legs[rows], cargo[rows])), axis=1, return_inverse=True)
    start, end = (timeline.since_start(times[rows]) for times in (moves.start, moves.end))
    flows = volume.flows(number.ravel(), start, end, moves.low[rows], moves.best[rows], moves.high[rows])
    found = volume.knots(flows)
    of = found["corridor"].to_numpy()
    return pa.table(
        {
            "corridor": pairs[0][of].astype(np.uint32),
            "cargo": pairs[1][of].astype(np.uint8),
            "time": found["time"].to_numpy().astype(np.float64),
            **{name: found[name] for name in _MEASURES},
        }
    )
