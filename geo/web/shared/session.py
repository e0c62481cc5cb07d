"""What is shown: a data set as one set of tables, what its reports allow together, and their scene, each made once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from geo import data_folder
from geo.arrays import epoch_seconds
from geo.columns import DEFAULT_UNIT
from geo.dataset.wholes import without_absent_wholes
from geo.errors import SceneError
from geo.gazetteer.places import CRS, Places
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Volumes
from geo.scene.build import build_scene, empty_scene
from geo.scene.reports import Drawn, build_reports
from geo.scene.scene import Scene
from geo.scene.timeline import Timeline, span
from geo.scene.wire import to_wire
from geo.tables.leg_reports import report_of
from geo.tables.read import Kind, read
from geo.web.shared import grades
from geo.web.shared.cache import Cache, cache_for
from geo.web.shared.code_clashes import places_of, told_apart
from geo.web.shared.filters import Choices, choices_of, shown_by, switched_on
from geo.web.shared.imports import Part, titles
from geo.web.shared.link import Filters

FOUNDING, WIDER = "founding", "wider"
EMBEDDED = {FOUNDING: "Founding article, 2023", WIDER: "Wider set, 2022–2025"}
"""The data sets that come with Waybill: id -> title. The files of the founding one lie in data/ itself."""
ALL_TITLE = "Everything loaded"
KINDS: tuple[Kind, ...] = ("legs", "totals", "events")
GRADED: tuple[Kind, ...] = ("legs", "totals")


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Legs, totals and events as `geo.columns` has them, and the gazetteer.

    key tells contents apart; title is what the data set is called on the page and on a picture. sources says of totals
    that stem from several parts: id -> the part, and the id there; one that is not in it has its own in part `key`.
    leg_parts: those that the legs stem from, likewise. private: some of it is held by this session alone.
    """

    key: str
    title: str
    legs: gpd.GeoDataFrame
    totals: gpd.GeoDataFrame
    events: pd.DataFrame
    places: Places
    sources: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    leg_parts: tuple[str, ...] = ()
    private: bool = False

    @property
    def cache(self) -> Cache:
        """Where to keep what is made of them."""
        return cache_for(private=self.private)

    @property
    def names(self) -> Mapping[str, str]:
        """Place code -> name as shown."""
        frame = self.places.frame
        return dict(zip(frame["code"], frame["name"], strict=True))

    def where(self, report: str) -> list[tuple[str, str]]:
        """The parts that a report stands in, each with its id there: one for a total, several perhaps for legs."""
        if report in self.sources:
            return [self.sources[report]]
        return [(part, report) for part in self.leg_parts or (self.key,)]


def founding() -> Tables:
    """The data set that the map opens with."""
    return embedded(FOUNDING)


@st.cache_resource(show_spinner=False)
def embedded(identifier: str) -> Tables:
    """A data set that comes with Waybill, as its files have it."""
    places = Places.load()
    folder = "" if identifier == FOUNDING else f"{identifier}/"
    tables: dict[str, Any] = {}
    for kind in KINDS:
        tables[kind] = read(data_folder.path(f"{folder}{kind}.csv"), kind, places=places).table
    return Tables(identifier, EMBEDDED[identifier], places=places, **tables)


def data_sets(parts: Sequence[Part]) -> Mapping[str, str]:
    """What can be chosen to look at: id -> title, "" being everything loaded."""
    return {"": ALL_TITLE, **EMBEDDED, **titles(parts)}


def gazetteer(parts: Sequence[Part]) -> Places:
    """The gazetteer with the places that the parts bring; of two with one code the later wins."""
    bringing = [part for part in parts if len(places_of(part))]
    if not bringing:
        return founding().places
    brought = tuple((part.id, *places_of(part)["code"]) for part in bringing)
    cache = cache_for(private=any(part.private for part in bringing))
    return cache.get("gazetteer", brought, lambda: _extended(bringing))


def _extended(bringing: Sequence[Part]) -> Places:
    frames = [places_of(part) for part in reversed(bringing)]
    rows = pd.concat([frame.reset_index(drop=True) for frame in frames], ignore_index=True)
    return founding().places.plus(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))


def together(parts: Sequence[Part], data: str) -> Tables:
    """The tables of one data set: "" is everything loaded, else the id of an embedded set or of a part; graded."""
    apart = told_apart(parts, founding().places) if data not in EMBEDDED else []
    chosen = [part for part in apart if data in ("", part.id)]
    base = embedded(data or FOUNDING) if data in EMBEDDED or not data else None
    given = grades.of([*([base.key] if base else []), *(part.id for part in chosen)])
    if base and not chosen and not given:
        return base
    title = EMBEDDED.get(data) or titles(parts).get(data, ALL_TITLE)
    # Names of places come from all that is loaded, so a change in any of it makes other tables.
    told = "\n".join([data, *(part.id for part in parts), repr(sorted(given.items()))])
    key = hashlib.sha256(told.encode()).hexdigest()
    made = stacked(key, title, chosen, gazetteer(apart), base=base, given=given)
    return replace(made, private=any(part.private for part in apart))


def choices(key: str, tables: Tables) -> Choices:
    """What can be chosen of these tables; `key` is theirs."""
    return tables.cache.get("choices", key, lambda: choices_of(tables.legs, tables.totals, tables.names))


def stacked(
    key: str,
    title: str,
    parts: Sequence[Part],
    places: Places,
    *,
    base: Tables | None = None,
    given: grades.Given | None = None,
) -> Tables:
    """The tables of some parts, one under the other; base: under what comes with Waybill. given: grades by part."""
    own = given or {}
    tables: dict[str, Any] = {}
    sources: dict[str, tuple[str, str]] = {}
    for kind in KINDS:
        frames = [(base.key, getattr(base, kind))] if base else []
        frames += [(part.id, part.table) for part in parts if part.kind == kind]
        graded = [
            (part, grades.applied(table, own.get(part, {})) if kind in GRADED else table) for part, table in frames
        ]
        if kind == "totals":
            graded, sources = _own_ids(graded)
        tables[kind] = _stacked([getattr(founding(), kind).iloc[:0], *(table for _, table in graded)])
    leg_parts = (*([base.key] if base else []), *(part.id for part in parts if part.kind == "legs"))
    private = any(part.private for part in parts)
    return Tables(key, title, places=places, sources=sources, leg_parts=leg_parts, private=private, **tables)


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)


def _own_ids(
    frames: list[tuple[str, pd.DataFrame]],
) -> tuple[list[tuple[str, pd.DataFrame]], dict[str, tuple[str, str]]]:
    """Totals of two parts may bear one id; the later get a number, so that a card never speaks for another.

    What is part of a total stays part of that of its own file. -> the frames, and id as shown -> (part, its own id).
    """
    found, sources = [], {}
    for part, totals in frames:
        shown: list[str] = []
        name_of: dict[str, str] = {}
        for own in totals["id"].astype(object):
            name, turn = own, 1
            while name in sources:
                turn += 1
                name = f"{own} ({turn})"
            sources[name] = (part, own)
            name_of.setdefault(own, name)
            shown.append(name)
        # A column of text that has no text is float in pandas, hence the type.
        parents = [name_of.get(parent, parent) for parent in totals["part_of"]]
        types = {name: totals[name].dtype for name in ("id", "part_of")}
        found.append((part, totals.assign(id=shown, part_of=parents).astype(types)))
    return found, sources


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What the filters and the switches leave, what it allows together, and the scene of it with its wire.

    off: how many reports the switches took away. graded: report -> (reliability, credibility), of those with a grade.
    """

    legs: pd.DataFrame
    totals: pd.DataFrame
    volumes: Volumes
    scene: Scene
    wire: Mapping[str, str | pa.Table]
    off: int
    graded: Mapping[str, grades.Halves]


def shown(key: str, filters: Filters, tables: Tables) -> Shown:
    """The scene of `tables` as the filters show it; an empty one where nothing is left. `key` is the tables'."""
    return tables.cache.get("scene", (key, filters), lambda: _shown(key, filters, tables))


def _shown(key: str, filters: Filters, tables: Tables) -> Shown:
    # Reconciled is the same for every unit that may be drawn.
    all_units = replace(filters, unit="")
    kept = tables.cache.get("reconciled", (key, all_units), lambda: _reconciled(all_units, tables))
    held, unit = time_of(tables), filters.unit
    if _draws(kept, unit):
        frames = (kept.legs, kept.totals, tables.events, tables.places.frame)
        scene = build_scene(*frames, unit=unit, title=tables.title, at_least=held, volumes=kept.volumes)
    else:
        scene = _undrawn(kept.legs, kept.totals, tables, unit, held)
    graded = grades.listed(kept.legs) | grades.listed(kept.totals)
    return Shown(kept.legs, kept.totals, kept.volumes, scene, to_wire(scene), kept.off, graded)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    legs: pd.DataFrame
    totals: pd.DataFrame
    volumes: Volumes
    off: int


def _reconciled(filters: Filters, tables: Tables) -> _Kept:
    """What the filters leave, reconciled."""
    found, off = [], 0
    for table in (tables.legs, tables.totals):
        filtered = shown_by(table, filters)
        left = switched_on(filtered, filters)
        if len(left) < len(filtered):
            off += report_of(filtered)[~filtered.index.isin(left.index)].nunique()
        found.append(left)
    legs, totals = found[0], without_absent_wholes(found[1])
    return _Kept(legs, totals, reconcile(totals, legs, tables.places), off)


def _undrawn(legs: pd.DataFrame, totals: pd.DataFrame, tables: Tables, unit: str, held: Timeline | None) -> Scene:
    """The scene of reports none of which is drawn in this unit: an empty map, and all of them as cards."""
    scene = empty_scene(tables.events, unit=unit, title="Nothing to draw", at_least=held)
    rows = np.zeros(0, np.int64)
    none = Drawn(rows, rows, np.zeros(0, bool), rows, rows)
    return replace(scene, reports=build_reports(legs, totals, scene.corridors, scene.places, none, tables.names))


def time_of(tables: Tables) -> Timeline | None:
    """The span of all reports, whatever the filters and the unit: the time bar stays, and with it the clock.

    None where nothing is dated, or where the dates lie too far apart to show together: the scene then says so.
    """
    starts = pd.concat([tables.legs["depart"], tables.totals["start"]])
    ends = pd.concat([tables.legs["arrive"].fillna(tables.legs["depart"]), tables.totals["end"]])
    dated = (starts.notna() & ends.notna()).to_numpy()
    try:
        return span(epoch_seconds(starts[dated]), epoch_seconds(ends[dated]))
    except SceneError:
        return None


def _draws(kept: _Kept, unit: str) -> bool:
    """Whether anything in this unit can be drawn: a leg, or a flow that totals speak of."""
    own = {unit, ""} if unit == DEFAULT_UNIT else {unit}
    return bool(kept.legs["unit"].isin(own).any()) or any(flow.scope.unit == unit for flow in kept.volumes.flows)
