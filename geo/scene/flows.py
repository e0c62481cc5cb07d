"""Reconciled flows -> corridors with a range: their knots, what lies inside what, and the reports that set it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.arrays import NOT_A_TIME, Floats, Index, Ints, Mask, epoch_seconds
from geo.gazetteer.places import CRS
from geo.gazetteer.places import Places as Gazetteer
from geo.reconcile.explain.explanations import side_names
from geo.reconcile.explain.rounding import as_said
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Curve, Flow, Term, Volumes
from geo.scene.movements import speaking
from geo.scene.scene import Bounds, FlowPeriods, Places, SidePeriods

Columns = dict[str, Floats]

MOST_LETTERS = 48
"""Of the name of a side: a headline tells three of them."""
_NONE = np.zeros(0, np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Reconciled:
    """The flows of one unit, and the totals that bear on them.

    totals, total_flows  row positions in the frame of totals and a row of `flows` for each, as pairs
    legs                 id of a group of legs -> the rows of `flows` that it bears on
    """

    flows: tuple[Flow, ...]
    totals: Ints
    total_flows: Ints
    legs: Mapping[str, Ints]


def reconciled(
    totals: pd.DataFrame, legs: pd.DataFrame, places: gpd.GeoDataFrame, unit: str, volumes: Volumes | None
) -> Reconciled:
    """The flows of `unit` in `volumes`, or of totals and legs where those are not given, as they are said.

    places: indexed by code.
    """
    says = speaking(totals, unit)
    if not len(says):
        return Reconciled((), np.zeros(0, np.int64), np.zeros(0, np.int64), {})
    found = volumes if volumes is not None else reconcile(says, legs, _gazetteer(places, (says, legs)))
    flows = tuple(as_said(flow) for flow in found.flows if flow.scope.unit == unit)
    bearing = [np.unique(np.array([*flow.reports, *flow.bearing], dtype=object)) for flow in flows]
    pairs: dict[str, list[int]] = {}
    for row, ids in enumerate(bearing):
        for name in ids:
            pairs.setdefault(name, []).append(row)
    known = [(position, pairs[name]) for position, name in enumerate(totals["id"]) if name in pairs]
    of_totals = set(totals["id"])
    return Reconciled(
        flows=flows,
        totals=np.array([position for position, rows in known for _ in rows], np.int64),
        total_flows=np.array([row for _, rows in known for row in rows], np.int64),
        legs={name: np.array(rows, np.int64) for name, rows in pairs.items() if name not in of_totals},
    )


def times(totals: pd.DataFrame, found: Reconciled) -> tuple[Ints, Ints]:
    """First and last seconds of what the flows make to be shown, in epoch seconds: windows as printed, and knots.

    A flow may have begun long before the first window that somebody printed; the picture begins with that window.
    """
    opens, closes = (
        epoch_seconds(totals[name])[found.totals] if len(totals) else np.zeros(0, np.int64) for name in ("start", "end")
    )
    dated = (opens != NOT_A_TIME) | (closes != NOT_A_TIME)
    curves = [found.flows[row].curve.time for row in np.unique(found.total_flows[dated])]
    last = np.array([time[-1] for time in curves if time.size], np.int64)
    # One moment alone is a step; an end is that of the day before it.
    before = np.array([max(time[0], time[-1] - 1) for time in curves if time.size], np.int64)
    opens, closes = opens[dated], closes[dated]
    opens = np.where(opens == NOT_A_TIME, closes - 1, opens)
    return np.concatenate((opens, before)), np.concatenate((np.maximum(opens, closes), last))


def _gazetteer(places: gpd.GeoDataFrame, frames: Iterable[pd.DataFrame]) -> Gazetteer:
    """Of all the places, those that the reports name and the areas that these lie in."""
    codes: set[str] = set()
    for frame in frames:
        for name in ("origin", "destination"):
            codes.update(frame[name].unique() if len(frame) else ())
    within = _within(places)
    held = {area for code in codes for area in _chain(code, within)}
    taken = places.loc[places.index.isin(held), ["geometry"]].set_crs(CRS, allow_override=True)
    texts = {
        name: _filled(places.loc[taken.index, name]) if name in places.columns else ""
        for name in ("name", "aliases", "kind", "country", "within")
    }
    return Gazetteer(taken.assign(code=taken.index.astype("str"), **texts).reset_index(drop=True))


def _filled(texts: pd.Series) -> pd.Series:
    return texts.astype(object).where(texts.notna(), "").astype("str")


def _within(places: gpd.GeoDataFrame) -> dict[str, str]:
    if "within" not in places.columns:
        return {}
    areas = _filled(places["within"])
    return {str(code): str(area) for code, area in areas[areas != ""].items()}


def _chain(code: str, within: Mapping[str, str]) -> list[str]:
    """A place, the area it lies in, the area that one lies in, and so on; loops end."""
    chain = [code]
    while (area := within.get(chain[-1])) is not None and area not in chain:
        chain.append(area)
    return chain


def nested(
    flows: Sequence[Flow], rows: Ints, ends: tuple[NDArray[np.integer], ...], places: Places, frame: gpd.GeoDataFrame
) -> tuple[Mask, tuple[Index, ...]]:
    """Which of n corridors are reconciled, and for each the rows of the reconciled ones that contain it.

    rows: the corridor of each flow. ends: origin, destination and mode of the corridors.
    """
    origin, destination, mode = ends
    count = origin.size
    own = np.zeros(count, bool)
    own[rows] = True
    if not rows.size:
        return own, (_NONE,) * count
    within = _within(frame)
    chains = [set(_chain(code, within)) for code in places.code]
    areas = {area for flow in flows for area in (flow.scope.origin, flow.scope.destination)}
    lies = {area: np.array([area in chain for chain in chains], bool) for area in areas}
    held = []
    for row, flow in sorted(zip(rows.tolist(), flows, strict=True), key=lambda pair: pair[0]):
        scope = flow.scope
        inner = lies[scope.origin][origin] & lies[scope.destination][destination]
        if scope.mode:
            inner &= mode == scope.mode
        inner[row] = False
        held.append(np.flatnonzero(inner))
    corridor = np.concatenate(held)
    container = np.repeat(np.sort(rows), [inner.size for inner in held]).astype(np.uint32)
    order = np.argsort(corridor, kind="stable")
    filled, starts = np.unique(corridor[order], return_index=True)
    parts = dict(zip(filled.tolist(), np.split(container[order], starts[1:]), strict=False))
    return own, tuple(parts.get(number, _NONE) for number in range(count))


def contested(flows: Sequence[Flow], rows: Ints, count: int, start: int) -> Floats:
    """Seconds since `start` (epoch) from which each of `count` corridors is contested; +inf for never."""
    since = np.full(count, np.inf)
    for row, flow in zip(rows, flows, strict=True):
        if flow.contested:
            since[row] = 0.0 if flow.contested_from is None else flow.contested_from - start
    return since


def knots(curve: Curve, start: int) -> Columns:
    """The range as rows that linear interpolation runs through: time in seconds since `start` (epoch), and volumes.

    Between two moments low is that of the earlier and high that of the later, so each moment is three rows: the
    second before it, at which low has not yet risen; itself; and itself with the high of the next moment.
    """
    time = (curve.time - start).astype(np.float64)
    count = time.size
    if not count:
        return {name: np.zeros(0) for name in ("time", "low", "best", "closed", "open")}
    before = np.interp(time - 1.0, time, curve.best)
    before[0] = 0.0
    low = (np.concatenate(([0.0], curve.low[:-1])), curve.low, curve.low)
    best = (before, curve.best, curve.best)
    high = np.stack((curve.high, curve.high, np.concatenate((curve.high[1:], [np.inf]))), axis=1).ravel()
    middle = np.stack(best, axis=1).ravel()
    return {
        "time": np.stack((time - 1.0, time, time), axis=1).ravel(),
        "low": np.stack(low, axis=1).ravel(),
        "best": middle,
        "closed": np.where(np.isinf(high), middle, high),
        "open": np.isinf(high).astype(np.float64),
    }


def bounds(flows: Sequence[Flow], rows: Ints, ids: Iterable[str], start: int) -> tuple[Bounds, ...]:
    """What sets the range of each flow, by corridor. ids: those of the scene's reports, in order."""
    row_of: dict[str, int] = {}
    for position, name in enumerate(ids):
        row_of.setdefault(name, position)

    def listed(names: Iterable[str]) -> Index:
        return np.array([row_of[name] for name in dict.fromkeys(names) if name in row_of], np.uint32)

    def terms(by: tuple[tuple[Term, ...], ...]) -> tuple[Index, ...]:
        return tuple(listed(term.report for term in sum_) for sum_ in by)

    found = [
        Bounds(
            corridor=int(row),
            time=(flow.curve.time - start).astype(np.float64),
            low_by=terms(flow.curve.low_by),
            high_by=terms(flow.curve.high_by),
            tops=_tops(flow),
            sides=_sides(flow, start) if flow.contested else (),
            conflicts=tuple(listed(names) for names in flow.conflicts),
        )
        for row, flow in zip(rows, flows, strict=True)
    ]
    return tuple(sorted(found, key=lambda bound: bound.corridor))


def periods(flows: Sequence[Flow], rows: Ints, start: int) -> tuple[FlowPeriods, ...]:
    """The range of each flow between any two moments, by corridor."""
    tables = ((int(row), flow.periods.table) for row, flow in zip(rows, flows, strict=True))
    return tuple(
        FlowPeriods(row, replace(table, time=table.time - start))
        for row, table in sorted(tables, key=lambda pair: pair[0])
    )


def _sides(flow: Flow, start: int) -> tuple[SidePeriods, ...]:
    """In the order of their names. start: of the scene, epoch seconds."""
    tables = flow.periods.by_side
    named = zip((_shortened(name) for name in side_names(tables)), tables.values(), strict=True)
    return tuple(
        SidePeriods(name, replace(table, time=table.time - start))
        for name, table in sorted(named, key=lambda side: side[0])
    )


def _shortened(name: str) -> str:
    return f"{name[: MOST_LETTERS - 1].rstrip()}…" if len(name) > MOST_LETTERS else name


def _tops(flow: Flow) -> Floats:
    """At each moment of the flow the largest figure that a side gives: its high, or its low where that is open."""
    curve = flow.curve
    top = np.where(np.isinf(curve.high), curve.low, curve.high)
    if not flow.contested:
        return top
    for side in flow.sides.values():
        values = [side.at_second(int(moment)) for moment in curve.time]
        top = np.maximum(top, [low if np.isinf(high) else high for low, _, high in values])
    return top
