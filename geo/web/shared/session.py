"""What is shown: a data set as its reader sees it, what its reports allow together, and their scene, each made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
import pyarrow as pa

from geo.data_folder import BUNDLED, FOUNDING
from geo.dataset.dataset import DataSet, data_set, key_of
from geo.dataset.parts import Part, gazetteer, of_bundled
from geo.dataset.selection import Selected, Selection, in_less, select
from geo.errors import Progress
from geo.explain.changes import Change
from geo.explain.changes import changes as what_changed
from geo.explain.routes import Grounds
from geo.gazetteer.places import Places
from geo.player import PathKind
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Volumes
from geo.scene.build import is_drawn, scene_of, undrawn_scene
from geo.scene.paths import with_routes
from geo.scene.scene import Scene
from geo.scene.wire import to_wire
from geo.web.shared import imports
from geo.web.shared.background import Work, made
from geo.web.shared.cache import Cache, cache_for
from geo.web.shared.filters import Choices, choices_of
from geo.web.shared.link import Filters
from geo.web.shared.long_work import watched

ALL_TITLE = "Everything loaded"
MOST_NAMED = 2
"""Parts that the title of everything names; of more it says how many."""


def titles(parts: Sequence[Part]) -> Mapping[str, str]:
    """What can be chosen to look at: id -> title, "" being everything. A name that occurs twice gets a number."""
    named = {"": _all_title(parts), **{identifier: each.title for identifier, each in BUNDLED.items()}}
    for part in parts:
        if part.kind != "places":
            turn = sum(title == part.name or title.startswith(f"{part.name} (") for title in named.values())
            named[part.id] = f"{part.name} ({turn + 1})" if turn else part.name
    return named


def _all_title(parts: Sequence[Part]) -> str:
    """What everything holds: the founding article, and the files by name or number."""
    files = [part.name for part in parts if part.kind != "places"]
    if len(files) > MOST_NAMED:
        files = [f"{len(files):,} files"]
    return f"{ALL_TITLE}: {', '.join([BUNDLED[FOUNDING].title, *files])}"


def chosen_parts(parts: Sequence[Part], data: str) -> list[Part]:
    """The parts of one data set: "" is everything loaded, which is the opening set and all parts.

    One of several parts has the files of places beside it, in which its names may lie.
    """
    if data in BUNDLED:
        return of_bundled(data)
    own = [part for part in parts if data in ("", part.id) or part.kind == "places"]
    return own if data else [*of_bundled(FOUNDING), *own]


def data_of(parts: Sequence[Part], data: str) -> DataSet:
    """One data set as its reader sees it: with the grades that were given on this page."""
    chosen = chosen_parts(parts, data)
    title = titles(parts).get(data, ALL_TITLE) if data or parts else BUNDLED[FOUNDING].title
    return kept(chosen, title, imports.grades_of(dict.fromkeys(part.id for part in chosen)))


def kept(parts: Sequence[Part], title: str, given: imports.Given | None = None) -> DataSet:
    """The data set of some parts, made once."""
    cache = cache_for(private=any(part.private for part in parts))
    return cache.get("data set", key_of(parts, title, given), lambda: data_set(parts, title, grades=given))


def gazetteer_with(parts: Sequence[Part]) -> Places:
    """The gazetteer with the places that the parts bring."""
    bringing = [part for part in parts if len(part.brings)]
    if not bringing:
        return Places.load()
    cache = cache_for(private=any(part.private for part in bringing))
    brought = tuple((part.id, *part.brings["code"]) for part in bringing)
    return cache.get("gazetteer", brought, lambda: gazetteer(bringing, Places.load()))


def choices(data: DataSet) -> Choices:
    """What can be chosen of a data set."""
    return _cache(data).get("choices", data.key, lambda: choices_of(data))


def _cache(data: DataSet) -> Cache:
    return cache_for(private=data.private)


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
    graded: Mapping[str, imports.Halves]

    def grounds(self, data: DataSet, filters: Selection) -> Grounds:
        """What its figures rest on. data, filters: those that it is of."""
        return Grounds(data, filters, Selected(self.legs, self.totals, self.off), self.volumes)


def shown(filters: Filters, data: DataSet) -> Shown:
    """The scene of a data set as the filters show it; an empty one where nothing is left."""
    return _cache(data).get("scene", (data.key, filters), lambda: _shown(filters, data))


def with_paths(found: Shown, paths: PathKind, filters: Filters, data: DataSet) -> Shown | Work:
    """The same with routes by sea, where they are asked for; the work that looks for them where that takes long."""
    if paths != "routes":
        return found

    def routed(progress: Progress) -> Shown:
        scene = with_routes(found.scene, progress)
        return replace(found, scene=scene, wire=to_wire(scene))

    return made(_cache(data), "routes", (data.key, filters), routed)


def _shown(filters: Filters, data: DataSet) -> Shown:
    # Reconciled is the same for every unit that may be drawn.
    all_units = replace(filters, unit="")
    left, volumes = _cache(data).get("reconciled", (data.key, all_units), lambda: _reconciled(all_units, data))
    if is_drawn(left, volumes, filters.unit):
        scene = scene_of(data, left, volumes, filters.unit)
    else:
        scene = undrawn_scene(data, left, filters.unit, "Nothing to draw")
    graded = imports.graded_reports(left.legs) | imports.graded_reports(left.totals)
    return Shown(left.legs, left.totals, volumes, scene, to_wire(scene), left.off, graded)


def changes(
    filters: Filters, data: DataSet, rest: Sequence[Part], period: tuple[datetime, datetime] | None = None
) -> list[Change]:
    """What the other parts of a data set changed in the ranges that the parts in `rest` allow by themselves.

    period: also in this one, from its start until before its end.
    """
    all_units = replace(filters, unit="")
    before = kept(rest, data.title, imports.grades_of(dict.fromkeys(part.id for part in rest)))
    key = (data.key, before.key, all_units, period)
    return _cache(data).get("changes", key, lambda: _changes(all_units, data, before, period))


def _changes(
    filters: Filters, data: DataSet, before: DataSet, period: tuple[datetime, datetime] | None
) -> list[Change]:
    def grounds(chosen: Filters, of: DataSet) -> Grounds:
        left, volumes = _cache(of).get("reconciled", (of.key, chosen), lambda: _reconciled(chosen, of))
        return Grounds(of, chosen, left, volumes)

    return list(what_changed(grounds(in_less(before, filters), before), grounds(filters, data), period))


def _reconciled(filters: Filters, data: DataSet) -> tuple[Selected, Volumes]:
    left = select(data, filters)

    def run(progress: Progress) -> Volumes:
        return reconcile(left.totals, left.legs, data.places, progress)

    return left, watched("Reconciling", str(hash((data.key, filters))), run)
