"""A route at a moment, or in a period -> why its figure is what it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from geo import formatting
from geo.dataset.assumptions import Assumption, assumptions
from geo.explain.explanation import Explanation
from geo.explain.legs import counted_in_terms, travelled
from geo.explain.parts import Bound, Reading, SideRange, between_words, by_words
from geo.explain.routes import Grounds
from geo.gazetteer.scopes import Scope
from geo.reconcile.explain import explanations
from geo.reconcile.explain.explanations import Citation
from geo.reconcile.explain.rounding import as_said
from geo.reconcile.volumes import BoundSums, Flow, Term
from geo.timeline import epoch

Sides = Mapping[tuple[str, ...], BoundSums]
Ranges = Mapping[tuple[str, ...], tuple[float, float]]


def explained(
    grounds: Grounds, scope: Scope, end: datetime, start: datetime | None = None, *, most_legs: int | None = None
) -> Explanation:
    """Why a route (one of `grounds.routes`) has its figure: of everything before `end`, or since `start`, UTC.

    most_legs: so many are listed, all by default.
    """
    flow = grounds.routes[scope]
    if flow is None:
        return _of_legs(grounds, scope, end, start, most_legs)
    return _of_flow(grounds, flow, end, start, most_legs)


def _of_flow(grounds: Grounds, flow: Flow, end: datetime, start: datetime | None, most_legs: int | None) -> Explanation:
    moment, said = epoch(end), grounds.said
    spoken = as_said(flow)
    ranges: Ranges
    if start is None:
        held, best = flow.curve.sums_at(moment), flow.curve.at_second(moment)[1]
        sides: Sides = {names: curve.sums_at(moment) for names, curve in flow.sides.items()}
        low_said, _, high_said = spoken.curve.at_second(moment)
        ranges = {names: curve.at_second(moment)[::2] for names, curve in spoken.sides.items()}
    else:
        sides, best = flow.periods.sums(start, end), None
        held = BoundSums.hull(list(sides.values()))
        low_said, high_said = spoken.periods.between(start, end)
        ranges = {names: table.between(epoch(start), moment) for names, table in spoken.periods.by_side.items()}
    contested = explanations.is_contested(flow, int(moment))
    sides = sides if contested else {}
    terms = [term for each in (held, *sides.values()) for term in (*each.low_by, *each.high_by)]
    disagreeing = flow.conflicts if contested else ()
    ids = dict.fromkeys([*(term.report for term in terms), *(name for each in disagreeing for name in each)])
    legs = counted_in_terms(grounds, flow.scope, terms, epoch(start) if start else None, moment)
    low, high = _bounds(held, said, (low_said, high_said), period=start is not None)
    top = _top(low_said, ranges.values()) if sides else None
    return Explanation(
        scope=flow.scope,
        name=explanations.flow_name(flow.scope, grounds.names),
        start=start,
        end=end,
        words=formatting.amount(low_said, low_said if best is None else best, high_said, top, flow.scope.unit),
        when=by_words(end) if start is None else between_words(start, end),
        low=low,
        high=high,
        best=best,
        itemised=False,
        tightest=flow.tightest,
        sides=tuple(
            SideRange(names, *_bounds(each, said, ranges[names], period=start is not None))
            for names, each in sorted(sides.items())
        ),
        conflicts=tuple(explanations.conflict_sentence(each, said, grounds.names) for each in disagreeing),
        reports=tuple(grounds.cited[name] for name in ids if name in grounds.cited),
        readings=tuple(readings(grounds, terms)),
        legs=legs.listed(grounds, most_legs),
        legs_counted=legs.rows.size,
    )


def _bounds(
    held: BoundSums, said: Mapping[str, Citation], said_as: tuple[float, float], *, period: bool
) -> tuple[Bound, Bound]:
    """said_as: low and high as they are told."""
    low_said, high_said = said_as
    low = explanations.bound_sentence("low", held.low, held.low_by, said, low_said)
    high = explanations.bound_sentence("high", held.high, held.high_by, said, high_said)
    if period and not held.low_by:
        low = "At least 0: no report says that anything moved in that time."
    if period and math.isinf(held.high):
        high = "No upper limit: no report gives one for that time."
    return Bound("low", held.low, held.low_by, low, low_said), Bound("high", held.high, held.high_by, high, high_said)


def _top(least: float, sides: Iterable[tuple[float, float]]) -> float:
    """The largest figure that any side (low, high) gives, or the least of them all."""
    return max([least, *(low if math.isinf(high) else high for low, high in sides)])


def _of_legs(
    grounds: Grounds, scope: Scope, end: datetime, start: datetime | None, most_legs: int | None
) -> Explanation:
    legs = travelled(grounds, scope, epoch(start) if start else None, epoch(end))
    sums = legs.by_report(grounds)
    low, best, high = (sum(each[at] for each in sums.values()) for at in range(3))
    of_low = tuple(Term(name, 1.0, each[0], "low") for name, each in sums.items() if each[0])
    of_high = () if math.isinf(high) else tuple(Term(name, 1.0, each[2], "high") for name, each in sums.items())
    return Explanation(
        scope=scope,
        name=explanations.flow_name(scope, grounds.names),
        start=start,
        end=end,
        words=formatting.amount(low, best, high, None, scope.unit, near=True, about=sums.keys() <= grounds.reaching),
        when=by_words(end) if start is None else between_words(start, end),
        low=Bound("low", low, of_low, legs.words("low", low, scope.mode), low),
        high=Bound("high", high, of_high, legs.words("high", high, scope.mode), high),
        best=best,
        itemised=True,
        tightest=True,
        reports=tuple(grounds.cited[name] for name in sums),
        legs=legs.listed(grounds, most_legs),
        legs_counted=legs.rows.size,
    )


def readings(grounds: Grounds, terms: Iterable[Term]) -> Iterator[Reading]:
    """What is assumed of the reports in some sums: that they lie in another, count all so far, how far "about" reaches.

    A report whose route lies in that of its whole is in it in any case: there nothing is assumed.
    """
    own, said = grounds.data.totals, grounds.said
    taken = own[own["id"].isin(set(grounds.selected.totals["id"]))]
    held = [each for each in assumptions(taken, grounds.selection) if each.holds]
    parts = {each.report: each for each in held if each.kind == "part_of" and each.whole in said}
    running = {each.report: each for each in held if each.kind == "running"}
    used = dict.fromkeys((term.report, term.end) for term in terms)
    needed: dict[tuple[str, str], Assumption] = {}
    for name, end in used:
        if end == "high" and name in running:
            needed["running", name] = running[name]
        at = name
        while end == "low" and at in parts and ("part_of", at) not in needed:
            if not grounds.nesting.holds(said[parts[at].whole].scope, said[at].scope):
                needed["part_of", at] = parts[at]
            at = parts[at].whole
    for each in needed.values():
        sentence = explanations.reading_sentence(each.kind, said[each.report], said.get(each.whole))
        yield Reading(each.kind, each.report, each.whole, sentence)
    if not grounds.reaching.isdisjoint(name for name, _ in used):
        yield Reading("about", "", "", f"“About” is read as ±{grounds.selection.about} %.")
