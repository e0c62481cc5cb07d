"""The flow that the page is about: what its reports allow with the switches as they are, and without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo.evidence.reconciling.volumes import Flow, Volumes
from geo.scene import saying
from geo.web.session import Shown


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One flow under study.

    id       that of its corridor, "KPRJN>RUVVO>1"
    name     "Rason → Vladivostok, maritime"
    whole    as the filters leave it, nothing switched off
    now      with the switches as they are; None where they leave nothing of it
    totals   every total that is on it or on a part of it, sets a bound of it, or contradicts one that is, as
             `geo.evidence.columns` has them, by the end of their windows
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
    said: Mapping[str, saying.Said]
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
        return "" if scope == self.whole.scope else saying.flow_name(scope, self.names)

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
    told = saying.flow_amount(flow, moment).removeprefix("contested: ")
    return f"{saying.flow_name(flow.scope, names)} · {told}{contested}"


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
        name=saying.flow_name(whole.scope, names),
        whole=whole,
        now=now,
        totals=order.drop(columns="last").reset_index(drop=True),
        said=saying.said(base.totals) | saying.said_of_legs(base.legs),
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
