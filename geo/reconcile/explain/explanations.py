"""What reconciling found, as sentences: who says what, what cannot all be true, and which reports set a bound.

A range that follows from reports is told as "at least", "at most" or "the reports allow", since it is no estimate of
ours: no sentence here says how likely anything is (ICD 203), and none mixes that with how far a source is trusted. What
comes back is plain text; names in it are from files, so whoever shows it as HTML or markdown has to escape it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from geo import formatting
from geo.columns import MODES
from geo.gazetteer.scopes import Scope
from geo.reconcile.explain.citations import NOBODY, Citation, figure, said, said_of_legs, when
from geo.reconcile.explain.rounding import as_said
from geo.reconcile.volumes import Curve, Flow, Term, Volumes
from geo.safe_text import legible

__all__ = ["Citation", "figure", "said", "said_of_legs", "when"]
"""What mentions a report, for those who tell sentences."""
MODE_NAMES = {number: name for name, number in MODES.items()}
MOST_NAMED = 4
"""So many reports or claimants are named in a sentence; a longer one is not read to its end."""
WIDER = (
    "So many reports overlap here that they were not weighed all at once: the range is right, but may be wider than "
    "it need be."
)
"""Of a flow whose range is not the tightest."""
ENDED = "There may be more contradictions: the search ended at its limit."
_WHOLE = 1e-6
Bound = Literal["low", "high"]


def unlisted_sentence(volumes: Volumes) -> str:
    """How many contradictions are not told, where not all of them are; else ""."""
    if not volumes.unlisted:
        return "" if volumes.complete else ENDED
    sets = "set" if volumes.unlisted == 1 else "sets"
    verb = "contradicts itself and is" if volumes.unlisted == 1 else "contradict themselves and are"
    return f"At least {volumes.unlisted:,} more {sets} of two or three reports {verb} not listed."


def flow_name(scope: Scope, names: Mapping[str, str]) -> str:
    """ "Rason → Vladivostok, maritime". names: place code -> name as shown."""
    ends = " → ".join(legible(names.get(code, code)) for code in (scope.origin, scope.destination))
    return f"{ends}, {MODE_NAMES[scope.mode]}" if MODE_NAMES.get(scope.mode) else ends


def by_day(moment: int) -> str:
    """The day that a bound which holds at `moment` (epoch seconds) speaks of, and inside a day the time as well."""
    return formatting.closing(datetime.fromtimestamp(moment, UTC))


def amount(curve: Curve, moment: int, unit: str) -> str:
    """The range of one curve at a moment: "1,800–2,200 containers"."""
    return formatting.amount(*curve.at_second(moment), None, unit)


def is_contested(flow: Flow, moment: int) -> bool:
    """Whether the sides cannot agree on a volume at that moment."""
    return flow.contested and flow.contested_from is not None and moment >= flow.contested_from


def flow_amount(flow: Flow, moment: int) -> str:
    """The range of a flow at a moment, with its unit: "contested: 6,030–10,001 or more containers"."""
    flow = as_said(flow)
    return formatting.amount(*flow.curve.at_second(moment), _top(flow, moment), flow.scope.unit)


def flow_range(flow: Flow, moment: int) -> str:
    """The range alone; where the sides contradict each other, to the largest figure that any of them gives."""
    flow = as_said(flow)
    return formatting.ranged(*flow.curve.at_second(moment), _top(flow, moment)).removeprefix("contested: ")


def _top(flow: Flow, moment: int) -> float | None:
    if not is_contested(flow, moment):
        return None
    ends = [curve.at_second(moment) for curve in flow.sides.values()]
    return max([flow.curve.at_second(moment)[0], *(low if math.isinf(high) else high for low, _, high in ends)])


def headline(flow: Flow, moment: int, speakers: Sequence[str] | None = None) -> str:
    """Who claims what of a flow by a moment, and whether they can all be right: one or two plain sentences.

    speakers: the claimants to name; all who bear on it by default.
    """
    flow, day, unit = as_said(flow), by_day(moment), flow.scope.unit
    low, _, high = flow.curve.at_second(moment)
    if not flow.curve.time.size or (low == 0 and math.isinf(high)):
        return f"The reports do not say how much had moved by {day}."
    if is_contested(flow, moment):
        return _contested(flow, moment)
    if moment < flow.curve.time[0]:
        return f"Nothing had moved by {day}, if the reports are right."
    speakers = sorted(flow.claimants if speakers is None else speakers)
    range_said = f"{amount(flow.curve, moment, unit)} by {day}"
    if len(speakers) < 2:
        told = f"{_listed(speakers) or NOBODY} is the only source: {range_said}."
    else:
        told = f"{_listed(speakers)} can {'both' if len(speakers) == 2 else 'all'} be right: {range_said}."
    if flow.contested and flow.contested_from is not None:
        day = formatting.day(datetime.fromtimestamp(flow.contested_from, UTC))
        return f"{told} From {day} on they contradict each other."
    return told


def _contested(flow: Flow, moment: int) -> str:
    """What each side's figures come to; one range where they come to the same by then."""
    day, sides = by_day(moment), side_names(flow.sides)
    ranges = [formatting.ranged(*curve.at_second(moment), None) for curve in flow.sides.values()]
    if len(set(ranges)) == 1:
        told = f"{amount(flow.curve, moment, flow.scope.unit)} by {day}, whichever side is right"
        return f"{told}: {_listed(sides)} disagree about the period before that."
    parts = []
    for turn, (side, told) in enumerate(sorted(zip(sides, ranges, strict=True))):
        whose = "those" if turn else "the figures"
        parts.append(f"by {whose} of {side} {told if turn else formatting.counted(told, flow.scope.unit)}")
    if len(parts) > MOST_NAMED:
        parts = [*parts[:MOST_NAMED], f"and {len(parts) - MOST_NAMED} more sides"]
    return f"By {day} the sources contradict each other: {', '.join(parts)}."


def side_names(sides: Iterable[tuple[str, ...]]) -> list[str]:
    """Each side of a flow by the claimants that are not on all of them; one who contradicts himself is on every side.

    sides: the claimants on each, one or more.
    """
    sides = list(sides)
    common = set.intersection(*(set(side) for side in sides))
    own = [[claimant for claimant in side if claimant not in common] for side in sides]
    return [_listed(side or whole) for side, whole in zip(own, sides, strict=True)]


def conflict_sentence(conflict: Sequence[str], reports: Mapping[str, Citation], names: Mapping[str, str]) -> str:
    """ "A, about 6,700 by 26 Feb 2024, and B, more than 10,000 by 23 Feb 2024, cannot both hold for Rason → Dunay."

    conflict: report ids; reports: those of `said`. Where the reports speak of several flows, each is told with its
    own. A report that is not known is called by its id.
    """
    known = sorted((reports[each] for each in conflict if each in reports), key=lambda report: report.mention)
    flows = {report.scope: flow_name(report.scope, names) for report in known}
    told = [report.mention + (f" for {flows[report.scope]}" if len(flows) > 1 else "") for report in known]
    told += [f"report {each}" for each in sorted(conflict) if each not in reports]
    where = f" for {next(iter(flows.values()))}" if len(flows) == 1 else ""
    if len(told) == 1:
        return f"{told[0]}, cannot hold{where}."
    holding = "cannot both hold" if len(told) == 2 else "cannot all hold"
    return f"{', '.join(told[:-1])}, and {told[-1]}, {holding}{where}."


def bound_sentence(
    bound: Bound, value: float, terms: Sequence[Term], reports: Mapping[str, Citation], said_as: float | None = None
) -> str:
    """The sum that gives a bound: "At most 1,199: 2,200 (A, about 2,000 by 2 Nov 2023) − 1,001 (B, more than 1,000 …)".

    value: the low or the high at a moment; terms: those of `Curve` there. said_as: what is said instead (`as_said`).
    """
    told = _bound_sentence(bound, value, terms, reports)
    if said_as is None or not math.isfinite(value) or formatting.number(said_as) == formatting.number(value):
        return told
    return f"{told} Told as {formatting.number(said_as)}, since “about” is no finer than that."


def _bound_sentence(bound: Bound, value: float, terms: Sequence[Term], reports: Mapping[str, Citation]) -> str:
    if bound == "high" and math.isinf(value):
        return "No upper limit: no report gives one by then."
    if not terms:
        return (
            "At least 0: no report says that anything had moved by then."
            if bound == "low"
            else f"At most {formatting.number(value)}."
        )
    said_as = f"At {'least' if bound == 'low' else 'most'} {formatting.number(value)}"
    if len(terms) == 1 and abs(terms[0].factor - 1) < _WHOLE:
        if bound == "low":
            said_as = formatting.floor(value).capitalize()
        return f"{said_as}: {_source(terms[0], reports)}."
    parts: list[str] = []
    for term in sorted(terms, key=lambda term: (-term.factor, term.report)):
        sign = "− " if term.factor < 0 else "+ " if parts else ""
        times = "" if abs(abs(term.factor) - 1) < _WHOLE else f"{abs(term.factor):g} × "
        parts.append(f"{sign}{times}{formatting.number(term.figure)} ({_source(term, reports)})")
    return f"{said_as}: {' '.join(parts)}."


def _source(term: Term, reports: Mapping[str, Citation]) -> str:
    return reports[term.report].mention if term.report in reports else f"report {term.report}"


def reading_sentence(kind: Literal["part_of", "running"], report: Citation, whole: Citation | None) -> str:
    """What is assumed of a report, in words: "A, more than 1,000 from 7 Sept to 1 Oct 2023, is counted among B, about
    2,000 by 2 Nov 2023." or "A, about 2,000 by 2 Nov 2023, counts all so far, from the earliest start on."
    """
    if kind == "part_of" and whole is not None:
        return f"{report.mention}, is counted among {whole.mention}."
    return f"{report.mention}, counts all so far, from the earliest start on."


def bounds_at(curve: Curve, moment: int) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The terms of low and of high at a moment, as `Curve.at` has their values."""
    found = curve.sums_at(moment)
    return found.low_by, found.high_by


def naive_sentence(flow: Flow) -> str:
    """What adding up would give, beside what the reports allow; "" where there is nothing to add up."""
    if len(flow.reports) < 2 or not flow.curve.time.size:
        return ""
    end = int(flow.curve.time[-1])
    total = formatting.counted(_roughly(flow.naive_sum), flow.scope.unit)
    return f"Adding the figures up would give {total}; the reports allow {flow_range(flow, end)} by {by_day(end)}."


def coverage_sentence(flow: Flow) -> str:
    """How much of a total the itemised voyages account for."""
    unit = flow.scope.unit
    if flow.itemised == 0:
        things = formatting.units(unit)
        return f"No single voyages are reported, so none of these {things} can be traced to a day and a ship."
    carried = formatting.counted(formatting.number(flow.itemised), unit)
    if flow.coverage is None:
        return f"Single voyages carry {carried}; no total says how many there were."
    share = f"{100 * flow.coverage:,.0f} %" if flow.coverage >= 0.005 else "under 1 %"
    return f"Single voyages carry {carried}, {share} of the best estimate at the end."


def _roughly(value: float) -> str:
    """Three digits are enough of a sum that means nothing: 35,712 -> "about 35,700"; below a thousand all of it."""
    if value < 1000:
        return formatting.number(value)
    step = 10.0 ** (math.floor(math.log10(value)) - 2)
    return f"about {formatting.number(round(value / step) * step)}"


def _listed(names: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C"; of many the first few, and how many more there are."""
    plain = [legible(name) or NOBODY for name in names]
    if len(plain) > MOST_NAMED:
        plain = [*plain[: MOST_NAMED - 1], f"{len(plain) - MOST_NAMED + 1} more"]
    return " and ".join(filter(None, (", ".join(plain[:-1]), *plain[-1:])))
