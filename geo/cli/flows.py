"""What `waybill volumes` says of each flow: as JSON, and to a reader."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from geo import formatting
from geo.cli.console import LONGEST_SENTENCE, SHOWN, Heading, list_out, shown, tell
from geo.reconcile.explain import explanations
from geo.reconcile.explain.rounding import as_said
from geo.reconcile.volumes import by_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.cli.period import Days
    from geo.dataset.selection import Selected
    from geo.reconcile.explain.explanations import Citation
    from geo.reconcile.volumes import Curve, Flow, Volumes

MOST_MOMENTS = 12
"""So many of a flow's last moments are listed for a reader; --json has every one."""
MOST_SUMS = 6
"""So many of the sums that give its bounds."""
DAY = 86_400
"""Seconds."""
Json = dict[str, object]


def volumes_json(volumes: Volumes, names: Mapping[str, str], days: Days | None = None) -> Json:
    """All flows, the same for the same reports in whatever order, and strictly JSON: what is open is null.

    days: a period, of which each flow then tells its range.
    """
    return {
        "flows": [flow_json(flow, names) | (period_json(flow, days) if days else {}) for flow in _in_order(volumes)],
        "conflicts": _sets(volumes.conflicts),
        "complete": volumes.complete,
        "unlisted": volumes.unlisted,
    }


def flow_json(flow: Flow, names: Mapping[str, str]) -> Json:
    """One flow; times are ISO 8601 in UTC, and stand for everything moved before them."""
    scope, spoken = flow.scope, as_said(flow)
    return {
        "origin": scope.origin,
        "origin_name": names.get(scope.origin, scope.origin),
        "destination": scope.destination,
        "destination_name": names.get(scope.destination, scope.destination),
        "mode": explanations.MODE_NAMES[scope.mode] or None,
        "unit": scope.unit,
        "tightest": flow.tightest,
        "contested": flow.contested,
        "contested_from": None if flow.contested_from is None else iso(flow.contested_from),
        "knots": knots(flow.curve, spoken.curve),
        "set_by": sorted(flow.bearing),
        "reports": sorted(flow.reports),
        "conflicts": _sets(flow.conflicts),
        "sides": [
            {"claimants": sorted(claimants), "knots": knots(curve, spoken.sides[claimants])}
            for claimants, curve in sorted(flow.sides.items())
        ],
        "naive_sum": _figure(flow.naive_sum),
        "itemised": _figure(flow.itemised),
        "coverage": None if flow.coverage is None else _figure(flow.coverage),
    }


def period_json(flow: Flow, days: Days) -> Json:
    """What a flow moved in some days, both the first and the last of them whole."""
    low, high = days.range_of(flow)
    ends = {"from": days.start, "to": days.end - timedelta(seconds=1)}
    dates = {name: moment.date().isoformat() for name, moment in ends.items()}
    return {"period": {**dates, "low": _figure(low), "high": _figure(high)}}


def knots(curve: Curve, spoken: Curve) -> list[Json]:
    """Low, best and high of what was moved before each moment; high is None where it is open.

    spoken: the same as it is told and drawn, where "about" carries no more digits (`as_said`).
    """
    columns = (curve.low, curve.best, curve.high, spoken.low, spoken.high)
    names = ("low", "best", "high", "said_low", "said_high")
    rows = zip(curve.time.tolist(), *(column.tolist() for column in columns), strict=True)
    return [
        {"time": iso(time)} | {name: _figure(figure) for name, figure in zip(names, figures, strict=True)}
        for time, *figures in rows
    ]


def iso(moment: int) -> str:
    """Epoch seconds -> "2023-10-02T00:00:00Z"."""
    return f"{np.datetime64(moment, 's')}Z"


def _figure(value: float) -> float | int | None:
    """A number as JSON may have it: None where it is open, whole where it is whole."""
    if not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _sets(conflicts: Sequence[Sequence[str]]) -> list[list[str]]:
    return sorted((sorted(each) for each in conflicts), key=by_size)


def _in_order(volumes: Volumes) -> list[Flow]:
    return sorted(volumes.flows, key=lambda flow: flow.scope)


def show_volumes(volumes: Volumes, shown_rows: Selected, names: Mapping[str, str], days: Days | None = None) -> None:
    """Each flow with its range, moment by moment, the reports that set it, and what contradicts what.

    days: a period, of which each flow then tells its range first.
    """
    if not volumes.flows:
        tell("No total here reports a volume. Single voyages and capacities alone give no range.")
    reports = explanations.said(shown_rows.totals) | explanations.said_of_legs(shown_rows.legs)
    for turn, flow in enumerate(_in_order(volumes)):
        if turn:
            tell("")
        _show_flow(flow, reports, names, days)
    if beyond := explanations.unlisted_sentence(volumes):
        tell(beyond)


def _show_flow(flow: Flow, reports: Mapping[str, Citation], names: Mapping[str, str], days: Days | None) -> None:
    sentences = [explanations.flow_name(flow.scope, names)]
    if days:
        sentences.append(days.sentence(flow))
    if flow.curve.time.size:
        sentences.append(explanations.headline(flow, int(flow.curve.time[-1])))
    _tell(sentences)
    if not flow.tightest:
        tell(explanations.WIDER)
    _show_moments(flow.curve)
    conflicts = _sets(flow.conflicts)
    _tell(explanations.conflict_sentence(conflict, reports, names) for conflict in conflicts[:SHOWN])
    if len(conflicts) > SHOWN:
        tell(f"… and {len(conflicts) - SHOWN:,} more contradictions; --json lists them all.")
    sums = _sums(flow, reports)
    _tell(sums[:MOST_SUMS])
    if len(sums) > MOST_SUMS:
        more = "more bounds follow" if len(sums) > MOST_SUMS + 1 else "more bound follows"
        tell(f"… and {len(sums) - MOST_SUMS:,} {more} from several reports.")
    _tell(
        filter(None, [explanations.naive_sentence(flow), explanations.coverage_sentence(flow) if flow.itemised else ""])
    )


def _tell(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        tell(shown(sentence, LONGEST_SENTENCE))


def _show_moments(curve: Curve) -> None:
    moments = zip(curve.time.tolist(), curve.low, curve.best, curve.high, strict=True)
    rows = [
        (explanations.by_day(time), formatting.number(low), formatting.number(best), _or_open(high))
        for time, low, best, high in moments
    ]
    figures = [Heading(name, right=True) for name in ("low", "best", "high")]
    list_out([Heading("by the end of", whole=True), *figures], rows[-MOST_MOMENTS:])
    if len(rows) > MOST_MOMENTS:
        tell(f"… and {len(rows) - MOST_MOMENTS:,} moments before these; --json has them all.")


def _sums(flow: Flow, reports: Mapping[str, Citation]) -> list[str]:
    """What gives the bounds at the end, and each bound before it that no single report makes; the latest first.

    A sum that gives the same bound for a while is told once: a low from when it holds, a high until when.
    """
    curve, spoken = flow.curve, as_said(flow).curve
    last = curve.time.size - 1
    holds: dict[str, int] = {}
    for at in range(last, -1, -1):
        few = 0 if at == last else 1
        if len(curve.low_by[at]) > few:
            low, low_said = float(curve.low[at]), float(spoken.low[at])
            holds[explanations.bound_sentence("low", low, curve.low_by[at], reports, low_said)] = at
        if len(curve.high_by[at]) > few:
            high, high_said = float(curve.high[at]), float(spoken.high[at])
            holds.setdefault(explanations.bound_sentence("high", high, curve.high_by[at], reports, high_said), at)
    latest_first = sorted(holds.items(), key=lambda each: -each[1])
    return [f"By {explanations.by_day(int(curve.time[at]))}, {said[0].lower()}{said[1:]}" for said, at in latest_first]


def _or_open(figure: float) -> str:
    return "open" if math.isinf(figure) else formatting.number(figure)
