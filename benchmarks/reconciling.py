"""From totals to volumes, beside what others do with totals: add them up, or solve each bound by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from benchmarks import lp, targets
from benchmarks.accounts import Accounts, agreeing, bounding, contested, nested, overlapping
from benchmarks.clock import timed
from benchmarks.crowds import NESTED_QUARREL, consistent, quarrelling, within_one_another
from benchmarks.figures import Figure
from geo import data_folder
from geo.gazetteer.places import Places
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Volumes
from geo.tables.read import read

SUMMED = "pandas groupby, sum"
PLAIN = "one HiGHS model a bound"
SOME = 40
"""Of many bounds every so many-th is solved plainly, and the time taken so often."""


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
    yield from _crowds(repeat, say)


def _crowds(repeat: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """Where all bear on all, in processor time."""
    say("reconciling: 200 reports that contradict one another on one flow")
    yield _crowd("one flow, contradicting", quarrelling(), repeat, targets.crowd(), agree=False)
    say("reconciling: 1,000 reports that agree on one flow")
    yield _crowd("one flow, agreeing", consistent(), repeat, targets.crowd())
    say("reconciling: 200 reports on areas within one another")
    made = within_one_another()
    within = dict(zip(made.places.frame["code"], made.places.frame["within"], strict=True))
    yield _crowd("12 flows within one another", made, repeat, targets.nested_crowd(), within)
    say("reconciling: 100 reports on areas within one another, one in ten of them wrong")
    made = within_one_another(NESTED_QUARREL, 0.1)
    ours_s, volumes = timed(lambda: reconcile(made.totals, made.legs, made.places), repeat, time.process_time)
    summed_s, _ = timed(lambda: _summed(made.totals), repeat, time.process_time)
    name = "12 flows within one another, contradicting"
    yield Figure(len(made.totals), name, "s", ours_s, summed_s, SUMMED, None, _found(volumes), of="reports")


def _crowd(
    name: str,
    made: Accounts,
    repeat: int,
    target: targets.Target,
    within: Mapping[str, str] | None = None,
    *,
    agree: bool = True,
) -> Figure:
    ours_s, volumes = timed(lambda: reconcile(made.totals, made.legs, made.places), repeat, time.process_time)
    some_s, bounds = timed(lambda: lp.bounds(made.totals, within, SOME), 1, time.process_time)
    plain_s = some_s * lp.asked(made.totals) / len(bounds)
    if agree:
        _agree(volumes, bounds)
    note = f"{_found(volumes)}; {len(bounds)} of {lp.asked(made.totals)} moments solved plainly"
    return Figure(len(made.totals), name, "s", ours_s, plain_s, PLAIN, target, note, of="reports")


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
        found += f", and {volumes.unlisted:,} more at least"
    return found if all(flow.tightest for flow in volumes.flows) else f"{found}; not the tightest ranges"


def _agree(volumes: Volumes, bounds: Iterable[lp.Bound]) -> None:
    """Two ways to one thing: a peer that finds other bounds is no peer. Raises AssertionError."""
    flows = {(flow.scope.origin, flow.scope.destination): flow.curve for flow in volumes.flows}
    for bound in bounds:
        low, _, high = flows[bound.flow].at_second(bound.moment)
        np.testing.assert_allclose((low, high), (bound.low, bound.high), atol=1e-3, rtol=1e-6)
