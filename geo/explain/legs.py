"""The itemised legs in a figure: those of a route that no total speaks of, and those among the terms of a bound."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from geo import formatting
from geo.arrays import Floats, Ints, Mask
from geo.dataset.assumptions import reaches
from geo.explain.parts import CountedLeg
from geo.explain.routes import Grounds
from geo.gazetteer.scopes import Scope
from geo.reconcile.explain.explanations import flow_name
from geo.reconcile.model.itemised_legs import carriage_of
from geo.reconcile.volumes import Term
from geo.tables.counted_legs import sums

NEAR = 1e-6
TEXTS = ("origin", "destination", "vessel", "words", "url")


@dataclass(frozen=True, slots=True, eq=False)
class CountedLegs:
    """n legs that a figure counts, in the order of their departures.

    rows: their positions among the selected legs. figures: low, best and high (n, 3). share (n,): how much of each.
    summed (n,): which are sums of legs.
    """

    rows: Ints
    figures: Floats
    share: Floats
    summed: Mask

    def by_report(self, grounds: Grounds) -> dict[str, tuple[float, float, float]]:
        """Id of a report -> low, best and high of what is counted of its legs."""
        codes, ids = pd.factorize(grounds.report_of_leg.iloc[self.rows].astype(object))
        sums = [np.bincount(codes, self.share * column, len(ids)).tolist() for column in self.figures.T]
        return {str(name): (low, best, high) for name, low, best, high in zip(ids, *sums, strict=True)}

    def listed(self, grounds: Grounds, most: int | None) -> tuple[CountedLeg, ...]:
        """The first of them, each by itself. most: how many, all where None."""
        rows = self.rows[:most]
        taken = {name: grounds.selected.legs[name].iloc[rows] for name in (*TEXTS, "depart", "arrive")}
        about = reaches(grounds.selected.legs.iloc[rows]).to_numpy()
        texts = {name: taken[name].astype(str).tolist() for name in TEXTS}
        ids = grounds.report_of_leg.iloc[rows].astype(str).tolist()
        times = {name: [_iso(each) for each in taken[name]] for name in ("depart", "arrive")}
        return tuple(
            CountedLeg(
                report=ids[at],
                origin=texts["origin"][at],
                destination=texts["destination"][at],
                route=flow_name(Scope("", texts["origin"][at], texts["destination"][at], 0), grounds.names),
                depart=times["depart"][at],
                arrive=times["arrive"][at],
                vessel=texts["vessel"][at],
                low=float(self.figures[at, 0]),
                best=float(self.figures[at, 1]),
                high=float(self.figures[at, 2]),
                share=float(self.share[at]),
                words=texts["words"][at],
                url=texts["url"][at],
                about=bool(about[at]),
            )
            for at in range(rows.size)
        )

    def words(self, end: Literal["low", "high"], figure: float, mode: int) -> str:
        """The sum of them that is one end of a range, in words. mode: theirs."""
        name = formatting.leg_name([mode])
        counted = self._counted(name)
        if math.isinf(figure):
            open_ = int(np.isinf(self.figures[:, 2]).sum())
            have = "has" if open_ == 1 else "have"
            return f"No upper limit: {formatting.number(open_)} of {counted} {have} none."
        least = "At least" if end == "low" else "At most"
        if not self.rows.size:
            return f"{least} 0: no {name} is reported on this route in that time."
        under_way = int((self.share < 1).sum())
        of_them = "" if under_way == self.rows.size else f"{formatting.number(under_way)} of them "
        part = f", {of_them}under way and counted in part" if under_way else ""
        return f"{least} {formatting.number(figure)}: the sum of {counted}{part}."

    def _counted(self, name: str) -> str:
        """How many there are, and of what; where they are sums of legs, that they are."""
        number, many = formatting.number(self.rows.size), int(self.summed.sum())
        if not many:
            return formatting.counted(number, name)
        sums_of = f"of {formatting.units(name)}"
        if many == self.rows.size:
            return f"{formatting.counted(number, 'sum')} {sums_of}"
        return f"{formatting.counted(number, 'row')} ({formatting.counted(formatting.number(many), 'sum')} {sums_of})"


def travelled(grounds: Grounds, scope: Scope, start: float | None, end: float) -> CountedLegs:
    """The legs on exactly a route, each with the share of it that counts before `end`, since `start`.

    A leg adds evenly from its departure to its arrival, or in one step, as on the map; times are epoch seconds.
    """
    moves, here = grounds.moves(scope.unit), grounds.travelled[scope]
    here = here[np.argsort(moves.start[here], kind="stable")]
    departs, arrives = moves.start[here], moves.end[here]
    share = _share(departs, arrives, end) - (0.0 if start is None else _share(departs, arrives, start))
    chosen = here[share > 0]
    figures = np.stack([column[chosen] for column in (moves.low, moves.best, moves.high)], axis=1)
    return CountedLegs(moves.rows[chosen], figures, share[share > 0], sums(grounds.selected.legs)[moves.rows[chosen]])


def _share(start: Ints, end: Ints, moment: float) -> Floats:
    ramp = np.clip((moment - start) / np.maximum(end - start, 1), 0.0, 1.0)
    return np.where(end > start, ramp, (start < moment).astype(np.float64))


def counted_in_terms(
    grounds: Grounds, scope: Scope, terms: Iterable[Term], start: float | None, end: float
) -> CountedLegs:
    """The legs of the reports in some sums that certainly count in a flow, and were over by `end` (epoch seconds).

    Where a sum counts legs elsewhere too, or in part, those of that report are left out: they would not add up to it.
    """
    wanted = {(term.report, term.figure) for term in terms}
    legs, of_leg = grounds.selected.legs, grounds.report_of_leg.to_numpy(object)
    if not set(of_leg.tolist()) & {name for name, _ in wanted}:
        return CountedLegs(np.zeros(0, np.int64), np.zeros((0, 3)), np.zeros(0), np.zeros(0, bool))
    held = carriage_of(legs, [scope], frozenset({0}), grounds.nesting)
    inside = np.array([0 in spot.scopes for spot in held.spots], bool)[held.spot] if held.spots else np.zeros(0, bool)
    inside &= (held.end <= end) & (held.start >= (-np.inf if start is None else start))
    ids = of_leg[held.row]
    of_report = pd.Series(held.low[inside]).groupby(ids[inside]).sum().to_dict()
    told = [name for name, figure in wanted if math.isclose(of_report.get(name, math.nan), figure, rel_tol=NEAR)]
    chosen = np.flatnonzero(inside & np.isin(ids, told))
    chosen = chosen[np.argsort(held.start[chosen], kind="stable")]
    figures = np.stack([held.low, held.best, held.high], axis=1)[chosen]
    return CountedLegs(held.row[chosen], figures, np.ones(chosen.size), sums(legs)[held.row[chosen]])


def _iso(moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
