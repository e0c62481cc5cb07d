"""What is shown: the founding data and what was loaded as one set of tables, and their scene, each made once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from geo.errors import SceneError
from geo.evidence import facts
from geo.evidence.places import CRS, Places
from geo.evidence.reading import Kind, read
from geo.scene.build import build_scene, empty_scene
from geo.scene.reports import Drawn, build_reports
from geo.scene.scene import Scene
from geo.scene.timeline import Timeline, epoch_seconds, span
from geo.scene.wire import to_wire
from geo.web.filters import Choices, choices_of, shown_by, without_absent_wholes
from geo.web.namesakes import places_of, told_apart
from geo.web.shelf import Part, titles
from geo.web.state import Filters

FOUNDING = "founding"
FOUNDING_TITLE = "Founding article, 2023"
ALL_TITLE = "Everything loaded"
KINDS: tuple[Kind, ...] = ("legs", "totals", "events")


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Legs, totals and events as `geo.evidence.columns` has them, and the gazetteer.

    key tells contents apart; title is what the data set is called on the page and on a picture.
    """

    key: str
    title: str
    legs: gpd.GeoDataFrame
    totals: gpd.GeoDataFrame
    events: pd.DataFrame
    places: Places

    @property
    def names(self) -> Mapping[str, str]:
        """Place code -> name as shown."""
        frame = self.places.frame
        return dict(zip(frame["code"], frame["name"], strict=True))


@st.cache_resource(show_spinner=False)
def founding() -> Tables:
    """The data that comes with Waybill."""
    places = Places.load()
    legs, totals, events = (read(facts.path(f"{kind}.csv"), kind, places=places).table for kind in KINDS)
    return Tables(FOUNDING, FOUNDING_TITLE, legs, totals, events, places)


def gazetteer(parts: Sequence[Part]) -> Places:
    """The gazetteer with the places that the parts bring; of two with one code the later wins."""
    bringing = [part for part in parts if len(places_of(part))]
    if not bringing:
        return founding().places
    return _extended(tuple((part.id, *places_of(part)["code"]) for part in bringing), bringing)


@st.cache_resource(show_spinner=False, max_entries=8)
def _extended(brought: tuple[tuple[str, ...], ...], _parts: Sequence[Part]) -> Places:
    """brought, the ids of the parts and the codes of their places, is what the cache knows the result by."""
    del brought
    frames = [places_of(part) for part in reversed(_parts)]
    rows = pd.concat([frame.reset_index(drop=True) for frame in frames], ignore_index=True)
    return founding().places.plus(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))


def together(parts: Sequence[Part], data: str) -> Tables:
    """The tables of one data set: "" is everything loaded, FOUNDING what comes with Waybill, else the id of a part."""
    own = data in ("", FOUNDING)
    if data == FOUNDING or (own and not parts):
        return founding()
    apart = told_apart(parts, founding().places)
    chosen = [part for part in apart if data in ("", part.id)]
    title = ALL_TITLE if own else titles(parts).get(data, ALL_TITLE)
    # Names of places come from all that is loaded, so a change in any of it makes other tables.
    told = "\n".join([data, *(part.id for part in parts)])
    return stacked(hashlib.sha256(told.encode()).hexdigest(), title, chosen, gazetteer(apart), base=own)


@st.cache_resource(show_spinner=False, max_entries=8)
def choices(key: str, _tables: Tables) -> Choices:
    """What can be chosen of these tables; `key` is theirs."""
    del key
    return choices_of(_tables.legs, _tables.totals, _tables.names)


def stacked(key: str, title: str, parts: Sequence[Part], places: Places, *, base: bool) -> Tables:
    """The tables of some parts, one under the other; base: under what comes with Waybill."""
    tables = {}
    for kind in KINDS:
        first = getattr(founding(), kind)
        added = [part.table for part in parts if part.kind == kind]
        tables[kind] = _stacked([first if base else first.iloc[:0], *added])
    tables["totals"] = _own_ids(tables["totals"])
    return Tables(key=key, title=title, places=places, **tables)


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)


def _own_ids(totals: pd.DataFrame) -> pd.DataFrame:
    """Totals of two files may bear one id; the later ones get a number, so that a card never speaks for another."""
    turn = totals.groupby("id").cumcount()
    return totals.assign(id=totals["id"].where(turn == 0, totals["id"] + " (" + (turn + 1).astype(str) + ")"))


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What the filters leave, and the scene of it with its wire."""

    legs: pd.DataFrame
    totals: pd.DataFrame
    scene: Scene
    wire: Mapping[str, str | pa.Table]


@st.cache_resource(show_spinner=False, max_entries=8)
def shown(key: str, filters: Filters, _tables: Tables) -> Shown:
    """The scene of `_tables` as the filters show it; an empty one where nothing is left. `key` is the tables'."""
    del key
    legs = shown_by(_tables.legs, filters)
    totals = without_absent_wholes(shown_by(_tables.totals, filters))
    held = time_of(_tables)
    if _draws(legs, totals, filters.unit):
        places = _tables.places.frame
        scene = build_scene(legs, totals, _tables.events, places, unit=filters.unit, title=_tables.title, at_least=held)
    else:
        scene = _undrawn(legs, totals, _tables, filters.unit, held)
    return Shown(legs, totals, scene, to_wire(scene))


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


def _draws(legs: pd.DataFrame, totals: pd.DataFrame, unit: str) -> bool:
    adds = (totals["part_of"] == "") & (totals["nature"] != "capacity") & (totals["unit"] == unit)
    return bool((legs["unit"] == unit).any() or adds.any())
