"""The itemised legs in a figure: those of a route that no total speaks of, and those among the terms of a bound."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from geo import formatting
from geo.arrays import Floats, Ints
from geo.explain.parts import CountedLeg
from geo.explain.routes import Grounds
from geo.gazetteer.scopes import Nesting, Scope
from geo.reconcile.explain.explanations import flow_name
from geo.reconcile.model.itemised_legs import carriage_of
from geo.reconcile.volumes import Term
from geo.scene.movements import Moves, leg_moves
from geo.tables.leg_reports import report_of

NEAR = 1e-6


def travelled(grounds: Grounds, scope: Scope, start: float | None, end: float) -> tuple[CountedLeg, ...]:
    """The legs on exactly a route, by departure, each with the share of it that counts before `end`, since `start`.

    A leg adds evenly from its departure to its arrival, or in one step, as on the map; times are epoch seconds.
    """
    moves = leg_moves(grounds.selected.legs, scope.unit)
    here = (moves.origin == scope.origin) & (moves.destination == scope.destination) & (moves.mode == scope.mode)
    share = _share(moves, end) - (0.0 if start is None else _share(moves, start))
    chosen = np.flatnonzero(here & (share > 0))
    chosen = chosen[np.argsort(moves.start[chosen], kind="stable")]
    figures = np.stack([moves.low, moves.best, moves.high], axis=1)[chosen]
    return _listed(grounds, moves.rows[chosen], figures, share[chosen])


def _share(moves: Moves, moment: float) -> Floats:
    length = np.maximum(moves.end - moves.start, 1)
    ramp = np.clip((moment - moves.start) / length, 0.0, 1.0)
    return np.where(moves.end > moves.start, ramp, (moves.start < moment).astype(np.float64))


def counted_in_terms(
    grounds: Grounds, scope: Scope, terms: Iterable[Term], start: float | None, end: float
) -> tuple[CountedLeg, ...]:
    """The legs of the reports in some sums that certainly count in a flow, and were over by `end` (epoch seconds).

    Where a sum counts legs elsewhere too, or in part, those of that report are not listed: they would not add up to it.
    """
    wanted = {(term.report, term.figure) for term in terms}
    legs = grounds.selected.legs
    of_leg = report_of(legs).to_numpy(object) if len(legs) else np.zeros(0, object)
    if not set(of_leg.tolist()) & {name for name, _ in wanted}:
        return ()
    held = carriage_of(legs, [scope], frozenset({0}), Nesting(grounds.data.places))
    inside = np.array([0 in spot.scopes for spot in held.spots], bool)[held.spot] if held.spots else np.zeros(0, bool)
    inside &= (held.end <= end) & (held.start >= (-np.inf if start is None else start))
    ids = of_leg[held.row]
    sums = pd.Series(held.low[inside]).groupby(ids[inside]).sum()
    told = {
        name for name, figure in wanted if name in sums.index and abs(sums[name] - figure) <= NEAR * max(1.0, figure)
    }
    chosen = np.flatnonzero(inside & np.isin(ids, list(told)))
    chosen = chosen[np.argsort(held.start[chosen], kind="stable")]
    figures = np.stack([held.low, held.best, held.high], axis=1)[chosen]
    return _listed(grounds, held.row[chosen], figures, np.ones(chosen.size))


def _listed(grounds: Grounds, rows: Ints, figures: Floats, share: Floats) -> tuple[CountedLeg, ...]:
    taken = grounds.selected.legs.iloc[rows]
    texts = {name: taken[name].astype(object).tolist() for name in ("origin", "destination", "vessel", "words", "url")}
    ids = report_of(grounds.selected.legs).iloc[rows].astype(object).tolist()
    times = {name: [_iso(each) for each in taken[name]] for name in ("depart", "arrive")}
    return tuple(
        CountedLeg(
            report=str(ids[at]),
            origin=str(texts["origin"][at]),
            destination=str(texts["destination"][at]),
            route=_route(grounds, str(texts["origin"][at]), str(texts["destination"][at])),
            depart=times["depart"][at],
            arrive=times["arrive"][at],
            vessel=str(texts["vessel"][at]),
            low=float(figures[at, 0]),
            best=float(figures[at, 1]),
            high=float(figures[at, 2]),
            share=float(share[at]),
            words=str(texts["words"][at]),
            url=str(texts["url"][at]),
        )
        for at in range(len(taken))
    )


def _route(grounds: Grounds, origin: str, destination: str) -> str:
    return flow_name(Scope("", origin, destination, 0), grounds.names)


def _iso(moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def leg_words(end: Literal["low", "high"], figure: float, legs: Sequence[CountedLeg], scope: Scope) -> str:
    """The sum of legs that is one end of a range, in words."""
    name = formatting.leg_name([scope.mode])
    counted = formatting.counted(formatting.number(len(legs)), name)
    if math.isinf(figure):
        open_ = sum(math.isinf(leg.high) for leg in legs)
        have = "has" if open_ == 1 else "have"
        return f"No upper limit: {formatting.number(open_)} of {counted} {have} none."
    least = "At least" if end == "low" else "At most"
    if not legs:
        return f"{least} 0: no {name} is reported on this route in that time."
    under_way = sum(leg.share < 1 for leg in legs)
    of_them = "" if under_way == len(legs) else f"{formatting.number(under_way)} of them "
    part = f", {of_them}under way and counted in part" if under_way else ""
    return f"{least} {formatting.number(figure)}: the sum of {counted}{part}."
