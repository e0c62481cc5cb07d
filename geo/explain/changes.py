"""What some reports change: each flow's range without them and with them, and the sums that make the difference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import numpy as np

from geo import formatting
from geo.explain.explain import explained
from geo.explain.explanation import Explanation
from geo.explain.parts import Bound, CitedReport, Json, iso, plain
from geo.explain.routes import Grounds
from geo.gazetteer.scopes import Scope
from geo.reconcile.explain.explanations import MODE_NAMES
from geo.reconcile.volumes import Curve, Flow

SAME = 1e-6
"""Figures that differ by less, relative to their size, are the same."""
NO_RANGE = "no range"
NO_FLOW = "No report speaks of it by itself any more: what did is counted among another one."


@dataclass(frozen=True, slots=True)
class Difference:
    """A flow's range at one moment, or in one period, before and after; None where no report speaks of the flow.

    told      the later of the two that there is
    because: the sums of the bounds that are other ones now, and the contradictions that are new, as sentences
    rests_on: ids of the reports in these
    """

    told: Explanation
    before: Explanation | None
    after: Explanation | None
    because: tuple[str, ...]
    rests_on: frozenset[str]

    @property
    def sentence(self) -> str:
        """ "By 2 Nov 2023: 0–2,200 → 1,800–2,200 containers"."""
        old, new = (NO_RANGE if each is None else each.words for each in (self.before, self.after))
        unit = f" {formatting.units(self.told.scope.unit)}"
        when = self.told.when
        return f"{when[:1].upper()}{when[1:]}: {old.removesuffix(unit) if new.endswith(unit) else old} → {new}"

    def as_json(self) -> Json:
        """Ranges are null where there is none, and their `high` where it is open."""
        start, end = self.told.start, self.told.end
        when = {"before": iso(end)} if start is None else {"from": iso(start), "before": iso(end)}
        ranges = {"was": _range_json(self.before), "is": _range_json(self.after)}
        return {"when": when, **ranges, "because": list(self.because)}


@dataclass(frozen=True, slots=True)
class Change:
    """A flow whose range differs. reports: those of the added ones that are in a sum, or in a contradiction, of it."""

    scope: Scope
    name: str
    differences: tuple[Difference, ...]
    reports: tuple[CitedReport, ...]

    def as_json(self) -> Json:
        """Its moments and its reports."""
        return {
            "origin": self.scope.origin,
            "destination": self.scope.destination,
            "mode": MODE_NAMES[self.scope.mode] or None,
            "unit": self.scope.unit,
            "name": self.name,
            "differences": [each.as_json() for each in self.differences],
            "reports": [asdict(each) for each in self.reports],
        }


def changes(before: Grounds, after: Grounds, period: tuple[datetime, datetime] | None = None) -> Iterator[Change]:
    """The flows whose range differs, in the order of their scopes.

    Each is told at the last moments of which the one and the other data set speak; where it is the same there, at the
    first at which it differs. period: also in this one, from its start until before its end.
    """
    old, new = ({flow.scope: flow for flow in each.volumes.flows} for each in (before, after))
    for scope in sorted({*old, *new}):
        spans: list[tuple[datetime | None, datetime]] = []
        spans += [(None, moment) for moment in _moments(old.get(scope), new.get(scope))]
        spans += [period] if period else []
        found = (_difference(before, after, scope, end, start) for start, end in spans)
        differences = tuple(each for each in found if each is not None)
        if differences:
            yield Change(scope, differences[0].told.name, differences, _added(before, differences))


def _moments(*flows: Flow | None) -> list[datetime]:
    curves = [flow.curve for flow in flows if flow is not None and flow.curve.time.size]
    ends = sorted({int(curve.time[-1]) for curve in curves})
    if len(curves) == 2 and not any(_differ(curves, moment) for moment in ends):
        time = np.unique(np.concatenate([curve.time for curve in curves])).tolist()
        ends = [moment for moment in time if _differ(curves, moment)][:1]
    return [datetime.fromtimestamp(moment, UTC) for moment in ends]


def _differ(curves: Sequence[Curve], moment: float) -> bool:
    first, second = (curve.at_second(moment) for curve in curves)
    return not (_same(first[0], second[0]) and _same(first[2], second[2]))


def _same(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=SAME, abs_tol=SAME)


def _difference(
    before: Grounds, after: Grounds, scope: Scope, end: datetime, start: datetime | None
) -> Difference | None:
    old, new = (
        explained(grounds, scope, end, start, most_legs=0) if grounds.routes.get(scope) is not None else None
        for grounds in (before, after)
    )
    if new is None:
        return None if old is None else Difference(old, old, None, (NO_FLOW,), frozenset())
    bounds = ((new.low, old.low if old else None), (new.high, old.high if old else None))
    other = [bound for bound, was in bounds if was is None or not _same(bound.figure, was.figure)]
    if not other:
        return None
    known = old.conflicts if old else ()
    because = [bound.sentence for bound in other] + [each for each in new.conflicts if each not in known]
    as_before = _named([bound for bound, _ in bounds if bound not in other]) - _named(other)
    return Difference(new, old, new, tuple(because), frozenset(each.id for each in new.reports) - as_before)


def _named(bounds: Sequence[Bound]) -> frozenset[str]:
    return frozenset(term.report for bound in bounds for term in bound.terms)


def _added(before: Grounds, differences: Sequence[Difference]) -> tuple[CitedReport, ...]:
    found: dict[str, CitedReport] = {}
    for each in differences:
        names = each.rests_on - before.said.keys()
        found |= {report.id: report for report in each.told.reports if report.id in names}
    return tuple(found.values())


def _range_json(told: Explanation | None) -> Json | None:
    return None if told is None else {"low": plain(told.low.figure), "high": plain(told.high.figure)}
