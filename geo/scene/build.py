"""Tables of reports -> a frozen Scene."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geo import formatting, volume
from geo.arrays import DAY, NOT_A_TIME, Index, Ints, Mask, epoch_seconds
from geo.columns import DEFAULT_UNIT
from geo.dataset.dataset import DataSet
from geo.dataset.selection import Selected
from geo.reconcile.volumes import Volumes
from geo.safe_text import legible
from geo.scene import flows
from geo.scene.about import said_about
from geo.scene.cargoes import cargoes_of
from geo.scene.corridors import by_code, corridors_of, legs_of, order_of, repeated_in
from geo.scene.flows import Columns, Reconciled, reconciled
from geo.scene.movements import Moves, leg_moves
from geo.scene.reports import DrawnRows, build_reports
from geo.scene.scene import Corridors, Events, Knots, Legs, Places, Scene
from geo.scene.style import Style, scale
from geo.tables.counted_legs import retold
from geo.timeline import Timeline, span

_MEASURES = ("time", "low", "best", "closed", "open")


def build_scene(  # noqa: PLR0913 -- all but the tables by name, and each may be left out
    legs: pd.DataFrame,
    totals: pd.DataFrame,
    events: pd.DataFrame,
    places: gpd.GeoDataFrame,
    *,
    unit: str = DEFAULT_UNIT,
    title: str | None = None,
    full_width_at: float | None = None,
    width: float | None = None,
    at_least: Timeline | None = None,
    volumes: Volumes | None = None,
) -> Scene:
    r"""The Scene of all reports in `unit`; the frames are those of `geo.columns`, in any row order.

    places has `code` as a column or as its index. full_width_at: containers that the full width stands for, so that two
    scenes can share a scale; by default the largest volume of this one. width: px of the full width; by default
    less where there are many corridors. at_least: a span that the scene holds in any case, so that filters leave
    the clock alone. volumes: what `reconcile` makes of these totals and legs, where that is known already. Totals
    of another unit, and capacities, are kept as reports and draw nothing. Raises SceneError where nothing can be
    drawn, and PlaceError for a corridor whose place has no position.

    >>> import geo
    >>> legs, _ = geo.read_legs(b"origin,destination,depart,containers\nNajin,Vladivostok,2023-09-07,300")
    >>> totals, _ = geo.read_totals(b"claimant,said_on,origin,destination,window,quantity\n")
    >>> events, _ = geo.read_events(b"date,title\n2023-09-13,Kim and Putin meet")
    >>> scene = geo.build_scene(legs, totals, events, geo.places.frame)
    >>> scene.corridors.id.tolist(), str(scene.start)
    (['KPRJN>RUVVO>0'], '2023-09-07 00:00:00+00:00')
    """
    known = by_code(places)
    moves = leg_moves(legs, unit)
    found = reconciled(totals, legs, known, unit, volumes)
    timeline = _timeline(moves, totals, found, at_least)
    start = int(timeline.start.timestamp())
    corridors, used, of_legs, of_flows = corridors_of(moves, found, known, start)
    repeated = repeated_in(legs, moves, corridors, of_legs)
    order = order_of(moves, of_legs)
    curves = [(int(row), flow.curve) for row, flow in zip(of_flows, found.flows, strict=True)]
    ranges = [(row, flows.knots(curve, start)) for row, curve in curves]
    apart = ~corridors.reconciled[of_legs]
    spread = _knots(_flows(moves, of_legs, apart & ~moves.itemised, timeline), ranges, corridors.reconciled)
    left_out = _flows(moves, np.zeros_like(of_legs), repeated & ~moves.itemised, timeline)
    whole = _knots(_flows(moves, of_legs, apart, timeline), ranges, corridors.reconciled)
    drawn = _drawn(legs, moves, of_legs, found, of_flows)
    reports = build_reports(legs, totals, corridors, used, drawn, _names(known))
    corridors = replace(corridors, about=said_about(legs, totals, drawn, corridors.id.size))
    return Scene(
        title=title if title is not None else _title(corridors, used),
        unit=unit,
        start=timeline.start,
        seconds=timeline.seconds,
        places=used,
        corridors=corridors,
        knots=whole,
        spread=spread,
        again=_knots(left_out, [], np.zeros(1, bool)),
        lead=_lead(corridors, whole),
        bounds=flows.bounds(found.flows, of_flows, reports.id, start),
        periods=flows.periods(found.flows, of_flows, start),
        legs=legs_of(moves, of_legs, order, repeated, timeline),
        cargoes=cargoes_of(legs, totals, moves, of_legs, order, drawn, corridors, timeline),
        events=_events(events, timeline),
        reports=reports,
        style=_style(whole, full_width_at, width),
    )


def scene_of(
    data: DataSet,
    shown: Selected,
    volumes: Volumes,
    unit: str = DEFAULT_UNIT,
    *,
    width: float | None = None,
    full_width_at: float | None = None,
) -> Scene:
    """The Scene of what is shown of a data set, over the span of all of it. volumes: what reconciling makes of it.

    width: px of the widest arc; by default less where there are many. full_width_at: how much that width stands for; by
    default the largest volume.

    Raises SceneError where the dates cannot be shown together.
    """
    return build_scene(
        shown.legs, shown.totals, data.events, data.places.frame,
        unit=unit, title=data.title, at_least=data.span, volumes=volumes, width=width, full_width_at=full_width_at,
    )  # fmt: skip


def is_drawn(shown: Selected, volumes: Volumes, unit: str) -> bool:
    """Whether anything in this unit can be drawn: a leg, or a flow that totals speak of."""
    own = {unit, ""} if unit == DEFAULT_UNIT else {unit}
    return bool(shown.legs["unit"].isin(own).any()) or any(flow.scope.unit == unit for flow in volumes.flows)


def undrawn_scene(data: DataSet, shown: Selected, unit: str, title: str) -> Scene:
    """The scene of reports none of which is drawn in this unit: an empty map, and all of them as cards."""
    scene = empty_scene(data.events, unit=unit, title=title, at_least=data.span)
    rows = np.zeros(0, np.int64)
    none = DrawnRows(rows, rows, np.zeros(0, bool), rows, rows)
    cards = build_reports(shown.legs, shown.totals, scene.corridors, scene.places, none, data.names)
    return replace(scene, reports=cards)


def empty_scene(
    events: pd.DataFrame | None = None,
    *,
    unit: str = DEFAULT_UNIT,
    title: str = "",
    today: datetime | None = None,
    at_least: Timeline | None = None,
) -> Scene:
    """A Scene without places, corridors or reports, for the page's empty state.

    It spans at_least where it is given, else the events, else the one UTC day of `today` (now by default).
    """
    dates = epoch_seconds(events["date"]) if events is not None and len(events) else np.zeros(0, np.int64)
    dates = dates[dates != NOT_A_TIME]
    if not dates.size:
        dates = np.array([int((today or datetime.now(UTC)).timestamp())])
    days = dates // DAY * DAY
    timeline = at_least or span(days, days)
    floats, text, index, mask = np.zeros(0), np.zeros(0, object), np.zeros(0, np.uint32), np.zeros(0, bool)
    knots = Knots(np.zeros(1, np.int64), floats, floats, floats, floats, floats, floats, mask)
    single = np.zeros(0, np.float32)
    corridors = Corridors(text, index, index, np.zeros(0, np.uint8), mask, mask, floats, (), np.zeros(0, np.int8), mask)
    blank, rows = pd.DataFrame(), np.zeros(0, np.int64)
    places = Places(text, text, floats, floats, floats, text, mask)
    return Scene(
        title=title,
        unit=unit,
        start=timeline.start,
        seconds=timeline.seconds,
        places=places,
        corridors=corridors,
        knots=knots,
        spread=knots,
        again=replace(knots, offsets=np.zeros(2, np.int64), reconciled=np.zeros(1, bool)),
        lead=-1,
        bounds=(),
        periods=(),
        legs=Legs(index, index, index, single, single, single, mask),
        events=_events(events if events is not None else pd.DataFrame(), timeline),
        reports=build_reports(blank, blank, corridors, places, DrawnRows(rows, rows, mask, rows, rows), {}),
        style=scale(0.0),
    )


def _timeline(moves: Moves, totals: pd.DataFrame, found: Reconciled, at_least: Timeline | None) -> Timeline:
    opens, closes = flows.times(totals, found)
    return span(np.concatenate((moves.start, opens)), np.concatenate((moves.end, closes)), at_least)


def _drawn(legs: pd.DataFrame, moves: Moves, of_legs: Ints, found: Reconciled, of_flows: Ints) -> DrawnRows:
    rows, stead = retold(legs)
    at = np.searchsorted(moves.rows, stead)
    there = at < moves.rows.size
    there[there] = moves.rows[at[there]] == stead[there]
    return DrawnRows(
        legs=np.concatenate((moves.rows, rows[there])),
        leg_corridors=np.concatenate((of_legs, of_legs[at[there]])),
        onward=np.concatenate((moves.onward, np.zeros(int(there.sum()), bool))),
        totals=found.totals,
        total_corridors=of_flows[found.total_flows],
        bearing={name: of_flows[rows].astype(np.uint32) for name, rows in found.legs.items()},
    )


def _flows(moves: Moves, corridor: Ints, keep: Mask, timeline: Timeline) -> pa.Table:
    """The moves to keep, as flows of `geo.volume`."""
    start, end = (timeline.since_start(times[keep]) for times in (moves.start, moves.end))
    return volume.flows(corridor[keep], start, end, moves.low[keep], moves.best[keep], moves.high[keep])


def _knots(table: pa.Table, ranges: list[tuple[int, Columns]], ranged: Mask) -> Knots:
    """The knots of flows, and those of reconciled corridors beside them. ranged: which corridors are the latter."""
    found = volume.knots(table)
    column = {name: found[name].to_numpy().astype(np.float64, copy=False) for name in _MEASURES}
    corridor = found["corridor"].to_numpy()
    if ranges:
        lengths = [columns["time"].size for _, columns in ranges]
        corridor = np.concatenate((corridor, np.repeat([row for row, _ in ranges], lengths)))
        order = np.argsort(corridor, kind="stable")
        corridor = corridor[order]
        column = {
            name: np.concatenate([column[name], *(columns[name] for _, columns in ranges)])[order] for name in _MEASURES
        }
    return Knots(
        offsets=np.searchsorted(corridor, np.arange(ranged.size + 1)).astype(np.int64),
        high=np.where(column["open"] > 0, np.inf, column["closed"]),
        reconciled=ranged,
        **column,
    )


def _lead(corridors: Corridors, knots: Knots) -> int:
    """The outermost reconciled corridor with the largest best figure in the end, or -1 where the others hold more."""
    ends = [best[-1] if best.size else 0.0 for best in np.split(knots.best, knots.offsets[1:-1])]
    outer = [row for row in np.flatnonzero(corridors.reconciled).tolist() if not corridors.inside[row].size]
    lead = max(outer, key=lambda row: (ends[row], -row), default=-1)
    return lead if lead >= 0 and ends[lead] >= sum(np.array(ends)[corridors.counted]) else -1


def _style(knots: Knots, full_width_at: float | None, width: float | None) -> Style:
    """The largest figure of any moment is drawn at full width: the high, where there is one, or else the best."""
    largest = float(knots.closed.max(initial=0.0))
    return scale(largest, full_width_at, corridors=knots.offsets.size - 1, width=width)


def _names(places: gpd.GeoDataFrame) -> dict[str, str]:
    return dict(zip(places.index, places["name"], strict=True))


def _events(events: pd.DataFrame, timeline: Timeline) -> Events:
    """The events within the span, in time order; the time bar has no place for the others."""
    if not len(events):
        text = np.zeros(0, object)
        return Events(np.zeros(0), text, text, text, text)
    dates = epoch_seconds(events["date"])
    time = timeline.since_start(dates // DAY * DAY)
    # A day that the span begins in the midst of is marked at its beginning.
    time = np.where((time < 0) & (time > -DAY), 0, time)
    inside = np.flatnonzero((dates != NOT_A_TIME) & (time >= 0) & (time < timeline.seconds))
    rows = inside[np.argsort(time[inside], kind="stable")]
    columns = {name: events[name].to_numpy(object)[rows] for name in ("title", "note", "source", "url")}
    return Events(time=time[rows].astype(np.float64), **columns)


def _title(corridors: Corridors, places: Places) -> str:
    """What the picture is about: of corridors inside one another only the widest."""

    def name(of: Index) -> str:
        return legible(places.name[of[0]])

    outer = np.array([not rows.size for rows in corridors.inside], bool)
    origins, destinations = np.unique(corridors.origin[outer]), np.unique(corridors.destination[outer])
    if origins.size == destinations.size == 1:
        return f"{name(origins)} → {name(destinations)}"
    if origins.size == 1:
        return f"From {name(origins)} to {formatting.number(destinations.size)} places"
    if destinations.size == 1:
        return f"From {formatting.number(origins.size)} places to {name(destinations)}"
    ends = np.union1d(origins, destinations)
    return f"{formatting.number(outer.sum())} routes between {formatting.number(ends.size)} places"
