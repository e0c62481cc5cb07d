"""From totals to volumes, beside what others do with totals: add them up, or solve each bound by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from benchmarks import lp, targets
from benchmarks.accounts import Accounts, agreeing, bounding, contested, nested, overlapping
from benchmarks.clock import timed
from benchmarks.figures import Figure
from geo import data_folder
from geo.gazetteer.places import Places
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Volumes
from geo.tables.read import read

SUMMED = "pandas groupby, sum"
PLAIN = "one HiGHS model a bound"


def reconciling_figures(repeat: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """The article, 2,000 reports on flows apart, with areas, and that overlap; a flow where all contradict."""
    places = Places.load()
    article = Accounts(*(read(data_folder.path(f"{kind}.csv")).table for kind in ("totals", "legs")), places)
    say("reconciling: the article")
    yield from _beside("the article", article, repeat, targets.article())
    many = agreeing()
    say("reconciling: 2,000 reports on 200 flows")
    yield from _beside("200 flows apart", many, repeat, targets.many_reports(), plain=True)
    say("reconciling: 2,000 reports on 200 flows, 20 of them between countries")
    yield from _beside("200 flows, 20 of them areas", nested(), repeat, targets.many_reports())
    say("reconciling: 2,000 reports on 200 flows that overlap by areas and modes")
    yield from _beside("200 flows that overlap", overlapping(), repeat, targets.many_reports())
    say("reconciling: the same where every report bounds the others from above")
    yield from _beside("200 flows that bound one another", bounding(), repeat, targets.many_reports())
    say("reconciling: a contested flow")
    yield from _beside("a contested flow", contested(), repeat, targets.many_reports())


def _beside(name: str, made: Accounts, repeat: int, target: targets.Target, *, plain: bool = False) -> Iterator[Figure]:
    count = len(made.totals)
    ours_s, volumes = timed(lambda: reconcile(made.totals, made.legs, made.places), repeat)
    summed_s, _ = timed(lambda: _summed(made.totals), repeat)
    yield Figure(count, name, "s", ours_s, summed_s, SUMMED, target, _found(volumes), of="reports")
    if plain:
        plain_s, bounds = timed(lambda: lp.bounds(made.totals), 1)
        _agree(volumes, bounds)
        yield Figure(count, name, "s", ours_s, plain_s, PLAIN, None, "the same bounds", of="reports")


def _summed(totals: pd.DataFrame) -> pd.Series:
    """What not to do, and what is done most."""
    return totals.groupby(["unit", "origin", "destination", "mode"])["best"].sum()


def _found(volumes: Volumes) -> str:
    found = f"{len(volumes.flows):,} flows, {len(volumes.conflicts):,} contradictions"
    if not volumes.complete:
        found += ", and more"
    return found if all(flow.tightest for flow in volumes.flows) else f"{found}; not the tightest ranges"


def _agree(volumes: Volumes, bounds: dict[tuple[str, str], tuple[list[float], list[float]]]) -> None:
    """Two ways to one thing: a peer that finds other bounds is no peer. Raises AssertionError."""
    for flow in volumes.flows:
        low, high = bounds[flow.scope.origin, flow.scope.destination]
        np.testing.assert_allclose(flow.curve.low, low, atol=1e-3)
        np.testing.assert_allclose(flow.curve.high, high, atol=1e-3)
