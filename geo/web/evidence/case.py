"""The flow that the page is about: what its reports allow with the switches as they are, and without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from geo.reconcile.explain import explanations
from geo.reconcile.explain.rounding import as_said
from geo.reconcile.volumes import Flow, Volumes
from geo.web.shared.escaping import in_html
from geo.web.shared.session import Shown


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One flow under study.

    id       that of its corridor, "KPRJN>RUVVO>1"
    name     "Rason → Vladivostok, maritime"
    whole    as the filters leave it, nothing switched off
    now      with the switches as they are; None where they leave nothing of it
    totals   every total that is on it or on a part of it, sets a bound of it, or contradicts one that is, as
             `geo.columns` has them, by the end of their windows
    said     every report that a sentence may name
    off      ids of the reports in `totals` that are switched off
    names    place code -> name as shown
    listed   ids of the reports between the same places in this unit that say what could be held: they bound nothing
    """

    id: str
    name: str
    whole: Flow
    now: Flow | None
    totals: pd.DataFrame
    said: Mapping[str, explanations.Citation]
    off: frozenset[str]
    listed: frozenset[str]
    names: Mapping[str, str]

    @property
    def speakers(self) -> tuple[str, ...]:
        """The claimants whose reports are shown and switched on."""
        return tuple(sorted(set(self.totals.loc[~self.totals["id"].isin(self.off), "claimant"])))

    def elsewhere(self, report: str) -> str:
        """The name of the flow that a report speaks of, where it is another than this one; else ""."""
        scope = self.said[report].scope
        return "" if scope == self.whole.scope else explanations.flow_name(scope, self.names)

    @property
    def flow(self) -> Flow:
        """What is shown."""
        return self.now or self.whole


def corridor_id(flow: Flow) -> str:
    """The id of the corridor that draws this flow."""
    scope = flow.scope
    return f"{scope.origin}>{scope.destination}>{scope.mode}"


def flows_of(unit: str, *volumes: Volumes) -> dict[str, Flow]:
    """Corridor id -> flow, of all flows in this unit: of the first volumes first, those with most reports leading."""
    found: dict[str, Flow] = {}
    for each in volumes:
        own = [flow for flow in each.flows if flow.scope.unit == unit]
        for flow in sorted(own, key=lambda flow: (-len(flow.reports), not flow.contested, flow.scope)):
            found.setdefault(corridor_id(flow), flow)
    return found


def label(flow: Flow, names: Mapping[str, str], moment: int) -> str:
    """A flow in a list: its name, its range at the moment, and whether it is contested."""
    contested = " · contested" if flow.contested else ""
    told = explanations.flow_amount(flow, moment).removeprefix("contested: ")
    return f"{explanations.flow_name(flow.scope, names)} · {told}{contested}"


def first_of(flows: Mapping[str, Flow], selected: Sequence[str]) -> str:
    """The flow to open with: the first that is selected, else the first."""
    return next((each for each in selected if each in flows), next(iter(flows)))


def case_of(identifier: str, base: Shown, shown: Shown, unit: str, names: Mapping[str, str]) -> Case:
    """The flow with this id, which is in `base` (nothing switched off) or in `shown`."""
    now = flows_of(unit, shown.volumes).get(identifier)
    whole = flows_of(unit, base.volumes, shown.volumes)[identifier]
    ids = {*whole.reports, *whole.bearing, *(now.reports if now else ()), *(now.bearing if now else ())}
    ids |= {report for conflict in whole.conflicts for report in conflict}
    ids |= {report for flow in _within(whole, base.volumes) for report in flow.reports}
    totals = base.totals[base.totals["id"].isin(ids)]
    order = totals.assign(last=totals["end_latest"].fillna(totals["said_on"])).sort_values(["last", "said_on", "id"])
    kept = set(shown.totals["id"])
    return Case(
        id=identifier,
        name=explanations.flow_name(whole.scope, names),
        whole=whole,
        now=now,
        totals=order.drop(columns="last").reset_index(drop=True),
        said=explanations.said(base.totals) | explanations.said_of_legs(base.legs),
        off=frozenset(order["id"]) - kept,
        listed=_listed(base.totals, whole),
        names=names,
    )


def _within(whole: Flow, volumes: Volumes) -> list[Flow]:
    """The flows that lie inside this one: what they carried is a part of it."""
    row = next((number for number, flow in enumerate(volumes.flows) if flow.scope == whole.scope), None)
    return [flow for flow in volumes.flows if row in flow.inside]


def _listed(totals: pd.DataFrame, flow: Flow) -> frozenset[str]:
    scope = flow.scope
    between = (totals["origin"] == scope.origin) & (totals["destination"] == scope.destination)
    held = (totals["nature"] == "capacity") & (totals["unit"] == scope.unit)
    return frozenset(totals.loc[between & held, "id"])


MOST_CONFLICTS = 12


def headline(case: Case, moment: int) -> None:
    """The flow, its range at the moment, and who says what of it."""
    if case.now is None:
        st.html(
            f'<section class="wb-telling"><h2 class="wb-flow">{in_html(case.name)}</h2>'
            '<p class="wb-range">no range</p>'
            '<p class="wb-headline">All reports on this route are switched off. '
            "Switch a source on to see what it allows.</p></section>"
        )
        return
    flow = case.now
    contested = explanations.is_contested(flow, moment)
    mark = ' <span class="wb-contested">contested</span>' if contested else ""
    wider = "" if flow.tightest else f'<p class="wb-plain">{explanations.WIDER}</p>'
    told = explanations.flow_amount(flow, moment).removeprefix("contested: ")
    told = told[:1].upper() + told[1:]
    st.html(
        f'<section class="wb-telling"><h2 class="wb-flow">{in_html(case.name)}</h2>'
        f'<p class="wb-range">{in_html(told)} <span class="wb-by">by {explanations.by_day(moment)}</span>{mark}</p>'
        f'<p class="wb-headline">{in_html(explanations.headline(flow, moment, case.speakers))}</p>'
        f"{wider}</section>"
    )


def disagreements(case: Case, names: Mapping[str, str], *, beyond: str) -> None:
    """Every contradiction in a sentence; and one where there is none. beyond: of those that are not listed, or ""."""
    conflicts = case.now.conflicts if case.now is not None else ()
    title = "Where they disagree" if conflicts else "No contradictions"
    rows = [explanations.conflict_sentence(conflict, case.said, names) for conflict in conflicts]
    body = "".join(f"<li>{in_html(row)}</li>" for row in rows[:MOST_CONFLICTS])
    if len(rows) > MOST_CONFLICTS:
        body += f"<li>and {len(rows) - MOST_CONFLICTS:,} more.</li>"
    if beyond:
        body += f"<li>{in_html(beyond)}</li>"
    if rows:
        told = f'<ol class="wb-conflicts">{body}</ol>'
    elif case.now is not None and case.whole.conflicts:
        told = '<p class="wb-plain">The reports that are switched on are consistent.</p>'
    else:
        told = '<p class="wb-plain">These reports are consistent.</p>'
    st.html(_part(title, told, len(rows)))


def reasons(case: Case, moment: int) -> None:
    """The sums that give low and high, what adding up would give, and how much is itemised."""
    if case.now is None:
        return
    flow = case.now
    low, _, high = flow.curve.at_second(moment)
    low_by, high_by = explanations.bounds_at(flow.curve, moment)
    low_said, _, high_said = as_said(flow).curve.at_second(moment)
    told = [
        explanations.bound_sentence("low", low, low_by, case.said, low_said),
        explanations.bound_sentence("high", high, high_by, case.said, high_said),
    ]
    st.html(_part(f"Why this range by {explanations.by_day(moment)}", _lines(told)))
    naive = explanations.naive_sentence(flow)
    beside = [naive] if naive else []
    st.html(_part("Why not add them up", _lines([*beside, explanations.coverage_sentence(flow)])))


def _lines(told: list[str]) -> str:
    return "".join(f'<p class="wb-plain">{in_html(line)}</p>' for line in told)


def _part(title: str, body: str, count: int = 0) -> str:
    number = f' <span class="wb-count">{count}</span>' if count else ""
    return f'<section class="wb-part"><h3 class="wb-heading">{title}{number}</h3>{body}</section>'
