"""Tables of reports -> a frozen Scene."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo import volume
from geo.errors import PlaceError
from geo.evidence.columns import DEFAULT_UNIT
from geo.scene import words
from geo.scene.reports import MOST_CONTAINERS, Drawn, build_reports
from geo.scene.scene import Corridors, Events, Knots, Legs, Places, Scene
from geo.scene.style import scale
from geo.scene.timeline import DAY, NOT_A_TIME, Seconds, Timeline, epoch_seconds, span

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Moves:
    """Drawable rows of one table as columns; times are epoch seconds, end == start is a step."""

    rows: Rows
    origin: NDArray[np.object_]
    destination: NDArray[np.object_]
    mode: NDArray[np.int64]
    start: Seconds
    end: Seconds
    low: Floats
    best: Floats
    high: Floats


def build_scene(
    legs: pd.DataFrame,
    totals: pd.DataFrame,
    events: pd.DataFrame,
    places: gpd.GeoDataFrame,
    *,
    unit: str = DEFAULT_UNIT,
    title: str | None = None,
    full_width_at: float | None = None,
    at_least: Timeline | None = None,
) -> Scene:
    """The Scene of all reports in `unit`; the frames are those of `geo.evidence.columns`, in any row order.

    places has `code` as a column or as its index. full_width_at: containers that the full width stands for, so that
    two scenes can share a scale; by default the largest volume of this one. at_least: a span that the scene holds in
    any case, so that filters leave the clock alone. Totals that are part of another, of
    another unit, or capacities are kept as reports and add nothing. Raises SceneError where nothing can be drawn,
    and PlaceError for a corridor whose place has no position.
    """
    moves = [_leg_moves(legs, unit), _total_moves(totals, unit)]
    timeline = span(np.concatenate([m.start for m in moves]), np.concatenate([m.end for m in moves]), at_least)
    corridors, used, numbers = _corridors(moves, places)
    itemised = _itemised(legs, moves[0].rows)
    scene_legs = _legs(legs, moves[0], numbers[0], itemised, timeline)
    everything = np.ones(moves[1].rows.size, bool)
    kept = zip(moves, numbers, (~itemised, everything), strict=True)
    spread = pa.concat_tables([_flows(m, corridor, keep, timeline) for m, corridor, keep in kept])
    carried = volume.flows(scene_legs.corridor, scene_legs.depart, scene_legs.arrive, *_float64(scene_legs))
    count = corridors.id.size
    spread_knots = _knots(spread, count)
    knots = _knots(pa.concat_tables([carried, spread]), count) if len(carried) else spread_knots
    _, best, high = volume.at(knots, timeline.seconds)
    names = _names(places)
    drawn = Drawn(moves[0].rows, numbers[0], _onward(legs, moves[0]), moves[1].rows, numbers[1])
    return Scene(
        title=title if title is not None else _title(corridors, used),
        unit=unit,
        start=timeline.start,
        seconds=timeline.seconds,
        places=used,
        corridors=corridors,
        knots=knots,
        spread=spread_knots,
        legs=scene_legs,
        events=_events(events, timeline),
        reports=build_reports(legs, totals, corridors, used, drawn, names),
        style=scale(float(np.where(np.isinf(high), best, high).max()), full_width_at),
    )


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
    timeline = at_least or span(dates, dates)
    floats, text, index = np.zeros(0), np.zeros(0, object), np.zeros(0, np.uint32)
    knots = Knots(np.zeros(1, np.int64), floats, floats, floats, floats, floats, floats)
    single = np.zeros(0, np.float32)
    corridors = Corridors(text, index, index, np.zeros(0, np.uint8))
    blank, rows = pd.DataFrame(), np.zeros(0, np.int64)
    places = Places(text, text, floats, floats, floats)
    return Scene(
        title=title,
        unit=unit,
        start=timeline.start,
        seconds=timeline.seconds,
        places=places,
        corridors=corridors,
        knots=knots,
        spread=knots,
        legs=Legs(index, index, index, single, single, single, np.zeros(0, bool)),
        events=_events(events if events is not None else pd.DataFrame(), timeline),
        reports=build_reports(blank, blank, corridors, places, Drawn(rows, rows, np.zeros(0, bool), rows, rows), {}),
        style=scale(0.0),
    )


def _leg_moves(legs: pd.DataFrame, unit: str) -> _Moves:
    if not len(legs):
        return _no_moves()
    start = epoch_seconds(legs["depart"])
    latest, arrive = epoch_seconds(legs["depart_latest"]), epoch_seconds(legs["arrive"])
    # Without an arrival, a departure vaguer than a day is no moment: its containers spread over it.
    end = np.where(arrive != NOT_A_TIME, arrive, np.where(latest - start > DAY, latest, start))
    amounts = [legs[f"containers_{name}"].to_numpy(np.float64) for name in ("low", "best", "high")]
    low, best, high = (_single(amount) for amount in amounts)
    return _moves(legs, unit, start, end, (low, best, high), np.ones(len(legs), bool))


def _single(amount: Floats) -> Floats:
    """Rounded to float32, which is what the browser gets: the curves here are of the same numbers."""
    absurd = (amount > MOST_CONTAINERS) & np.isfinite(amount)
    return np.where(absurd, np.nan, amount).astype(np.float32).astype(np.float64)


def _total_moves(totals: pd.DataFrame, unit: str) -> _Moves:
    if not len(totals):
        return _no_moves()
    adds = ((totals["part_of"] == "") & (totals["nature"] != "capacity")).to_numpy(bool)
    low, best, high = (totals[name].to_numpy(np.float64) for name in ("low", "best", "high"))
    return _moves(totals, unit, epoch_seconds(totals["start"]), epoch_seconds(totals["end"]), (low, best, high), adds)


def _moves(
    frame: pd.DataFrame, unit: str, start: Seconds, end: Seconds, amounts: tuple[Floats, Floats, Floats], adds: Mask
) -> _Moves:
    low, best, high = amounts
    counted = frame["unit"].isin({unit, ""} if unit == DEFAULT_UNIT else {unit}).to_numpy(bool)
    sound = (low >= 0) & (best >= 0) & (best <= MOST_CONTAINERS) & ((high <= MOST_CONTAINERS) | np.isinf(high))
    rows = np.flatnonzero(adds & counted & sound & (start != NOT_A_TIME))
    take = frame.iloc[rows] if rows.size < len(frame) else frame
    return _Moves(
        rows=rows,
        origin=take["origin"].to_numpy(object),
        destination=take["destination"].to_numpy(object),
        mode=take["mode"].to_numpy(np.int64),
        start=start[rows],
        end=np.maximum(start, end)[rows],
        low=np.minimum(low, best)[rows],
        best=best[rows],
        high=np.maximum(high, best)[rows],
    )


def _no_moves() -> _Moves:
    whole, floats, text = np.zeros(0, np.int64), np.zeros(0), np.zeros(0, object)
    return _Moves(whole, text, text, whole, whole, whole, floats, floats, floats)


def _itemised(legs: pd.DataFrame, rows: Rows) -> Mask:
    """Which drawable legs are moments that somebody reported, rather than somewhere within a vague departure."""
    if not rows.size:
        return np.zeros(0, bool)
    start, latest, arrive = (epoch_seconds(legs[name])[rows] for name in ("depart", "depart_latest", "arrive"))
    moment: Mask = (arrive != NOT_A_TIME) | (latest - start <= DAY)
    return moment


def _corridors(moves: list[_Moves], places: gpd.GeoDataFrame) -> tuple[Corridors, Places, tuple[Rows, Rows]]:
    """The corridors and places in use, by id and code, and each move's corridor number."""
    ends = np.concatenate([m.origin for m in moves] + [m.destination for m in moves])
    numbers, codes = pd.factorize(ends, sort=True)
    used = _places(codes, places)
    origin, destination = np.split(numbers.astype(np.int64), 2)
    mode = np.clip(np.concatenate([m.mode for m in moves]), 0, 4)
    keys, inverse = np.unique((origin * codes.size + destination) * 5 + mode, return_inverse=True)
    pair, modes = np.divmod(keys, 5)
    origins, destinations = np.divmod(pair, codes.size)
    # Places are in order of their codes, so corridors are in order of origin, destination, mode.
    ids = [f"{codes[o]}>{codes[d]}>{m}" for o, d, m in zip(origins, destinations, modes, strict=True)]
    corridors = Corridors(
        id=np.array(ids, dtype=object),
        origin=origins.astype(np.uint32),
        destination=destinations.astype(np.uint32),
        mode=modes.astype(np.uint8),
    )
    first, second = np.split(inverse.astype(np.int64), [moves[0].rows.size])
    return corridors, used, (first, second)


def _by_code(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    coded = places.set_index("code") if "code" in places.columns else places
    return coded[~coded.index.duplicated()]


def _places(codes: NDArray[np.object_], places: gpd.GeoDataFrame) -> Places:
    known = _by_code(places)
    missing = [code for code in codes if code not in known.index]
    if missing:
        raise PlaceError(str(missing[0]))
    found = known.loc[list(codes)]
    return Places(
        code=np.array(codes, dtype=object),
        name=found["name"].to_numpy(object),
        lon=found.geometry.x.to_numpy(np.float64),
        lat=found.geometry.y.to_numpy(np.float64),
        radius_km=np.nan_to_num(found["radius_km"].to_numpy(np.float64), nan=0.0),
    )


def _names(places: gpd.GeoDataFrame) -> dict[str, str]:
    known = _by_code(places)
    return dict(zip(known.index, known["name"], strict=True))


def _onward(legs: pd.DataFrame, moves: _Moves) -> Mask:
    """Later legs of a shipment: all but its earliest, which counts its containers."""
    onward = np.zeros(moves.rows.size, bool)
    if not moves.rows.size:
        return onward
    shipment, _ = pd.factorize(legs["shipment"].to_numpy(object)[moves.rows])
    named = np.flatnonzero((legs["shipment"] != "").to_numpy(bool)[moves.rows])
    destination = moves.destination[named].astype(str)
    order = named[np.lexsort((destination, moves.end[named], moves.start[named], shipment[named]))]
    onward[order[1:]] = shipment[order[1:]] == shipment[order[:-1]]
    return onward


def _legs(legs: pd.DataFrame, moves: _Moves, corridor: Rows, itemised: Mask, timeline: Timeline) -> Legs:
    onward = _onward(legs, moves)
    order = np.flatnonzero(itemised)
    keys = (moves.high, moves.low, moves.best, moves.end, corridor, moves.start)
    order = order[np.lexsort(tuple(key[order] for key in keys))]
    return Legs(
        corridor=corridor[order].astype(np.uint32),
        depart=timeline.since_start(moves.start[order]).astype(np.uint32),
        arrive=timeline.since_start(moves.end[order]).astype(np.uint32),
        low=moves.low[order].astype(np.float32),
        best=moves.best[order].astype(np.float32),
        high=moves.high[order].astype(np.float32),
        onward=onward[order],
    )


def _float64(legs: Legs) -> tuple[Floats, Floats, Floats]:
    return legs.low.astype(np.float64), legs.best.astype(np.float64), legs.high.astype(np.float64)


def _flows(moves: _Moves, corridor: Rows, keep: Mask, timeline: Timeline) -> pa.Table:
    start, end = (timeline.since_start(times[keep]) for times in (moves.start, moves.end))
    return volume.flows(corridor[keep], start, end, moves.low[keep], moves.best[keep], moves.high[keep])


def _knots(flows: pa.Table, corridors: int) -> Knots:
    found = volume.knots(flows)
    column = {name: found[name].to_numpy() for name in found.column_names}
    return Knots(
        offsets=np.searchsorted(column["corridor"], np.arange(corridors + 1)).astype(np.int64),
        time=column["time"].astype(np.float64),
        **{name: column[name].astype(np.float64, copy=False) for name in ("low", "best", "high", "closed", "open")},
    )


def _events(events: pd.DataFrame, timeline: Timeline) -> Events:
    """The events within the span, in time order; the time bar has no place for the others."""
    if not len(events):
        text = np.zeros(0, object)
        return Events(np.zeros(0), text, text, text, text)
    dates = epoch_seconds(events["date"])
    time = timeline.since_start(dates // DAY * DAY)
    inside = np.flatnonzero((dates != NOT_A_TIME) & (time >= 0) & (time < timeline.seconds))
    rows = inside[np.argsort(time[inside], kind="stable")]
    columns = {name: events[name].to_numpy(object)[rows] for name in ("title", "note", "source", "url")}
    return Events(time=time[rows].astype(np.float64), **columns)


def _title(corridors: Corridors, places: Places) -> str:
    origins, destinations = np.unique(corridors.origin), np.unique(corridors.destination)
    if origins.size == destinations.size == 1:
        return f"{places.name[origins[0]]} → {places.name[destinations[0]]}"
    if origins.size == 1:
        return f"From {places.name[origins[0]]} to {words.number(destinations.size)} places"
    if destinations.size == 1:
        return f"From {words.number(origins.size)} places to {places.name[destinations[0]]}"
    return f"{words.number(corridors.id.size)} corridors between {words.number(places.code.size)} places"
