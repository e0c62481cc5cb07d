"""A brief and its data -> plates: one a moment, each with the brief that makes it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd

from geo.brief.plate.frame import read_frame
from geo.brief.plate.plate import COUNTS, Plate
from geo.brief.spec import filters
from geo.brief.spec.brief import Brief, Choice, completed
from geo.brief.spec.data import Gathered, Told, gather
from geo.brief.spec.keys import MOST_MOMENTS, instant, seconds
from geo.dataset.wholes import without_absent_wholes
from geo.errors import BriefError, SceneError
from geo.library.package import tool_version
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Volumes
from geo.scene.build import build_scene
from geo.scene.scene import Scene
from geo.scene.timeline import Timeline, epoch_seconds, span
from geo.scene.view import Bounds

TOGETHER = tuple(count for count in COUNTS if count > 1)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A plate, the complete brief of it alone, and its moment for a file's name: "2023-09-01"; "" for the end."""

    plate: Plate
    brief: Brief
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What a brief makes. brief: complete, with the hashes of its data; changes, told: as `Gathered` has them."""

    brief: Brief
    pictures: tuple[Picture, ...]
    scene: Scene
    changes: tuple[str, ...]
    told: tuple[Told, ...]


def plates_of(brief: Brief) -> list[Plate]:
    """The plates of a brief, one a moment. Raises BriefError: data changed or missing, or nothing to draw."""
    return [each.plate for each in prepared(brief).pictures]


def prepared(brief: Brief, folders: Sequence[Path] = (), *, changed: bool = False) -> Prepared:
    """Reads the data, reconciles, and makes the plates. See `gather`; raises BriefError, UnreadableFile."""
    data = gather(brief, folders, changed=changed)
    _check_reports(data)
    whole = filters.settled(brief, data)
    whole = completed(whole, data=data.data, version=tool_version(), gazetteer=data.gazetteer)
    scene = _scene(whole, data)
    if not whole.moments and not whole.every:
        groups: list[tuple[str, ...]] = [()]
    else:
        said = whole.moments or _every(whole, scene)
        groups = [said] if whole.together else [(each,) for each in said]
    if whole.together and len(groups[0]) not in TOGETHER:
        counts = " or ".join(map(str, TOGETHER))
        hint = "Choose others, or make a picture for each moment."
        raise BriefError(f"{len(groups[0])} moments together", f"one picture takes {counts}", hint)
    pictures = tuple(picture(whole, scene, group, data.hash) for group in groups)
    return Prepared(whole, pictures, scene, data.changes, data.told)


def picture(brief: Brief, scene: Scene, moments: tuple[str, ...], data_hash: str) -> Picture:
    """The picture of some moments of a brief; of none it is the end. Raises BriefError for one outside the scene."""
    own = replace(brief, moments=moments, every="")
    plate = Plate(
        scene=scene,
        moments=tuple(_since(scene, each) for each in moments) or (_end(brief, scene),),
        window=brief.seconds,
        frame=read_frame(brief.frame),
        look=brief.look,
        words=brief.words,
        view=Bounds(*brief.view) if brief.view else None,
        version=brief.version,
        data_hash=data_hash,
    )
    name = "" if len(moments) != 1 else moments[0].replace(":", "")
    return Picture(plate, own, name)


def _end(brief: Brief, scene: Scene) -> float:
    return _since(scene, brief.until) if brief.until else float(scene.seconds)


def _since(scene: Scene, said: str) -> float:
    t = (instant(said) - scene.start).total_seconds()
    if not 0 <= t <= scene.seconds:
        last = scene.start + timedelta(seconds=scene.seconds - 1)
        rule = f"the data run from {scene.start:%Y-%m-%d} to {last:%Y-%m-%d}"
        raise BriefError(f"moment {said}", rule, "Choose a day within them.")
    return t


def _every(brief: Brief, scene: Scene) -> tuple[str, ...]:
    """Moments so often after the beginning, and the end."""
    step, end = seconds(brief.every), _end(brief, scene)
    first = (instant(brief.since) - scene.start).total_seconds() if brief.since else 0.0
    if brief.since and len(brief.since) == len("2023-09-01"):
        first -= 86_400  # a span that begins on a day holds all of it
    if not 0 <= first < end:
        raise BriefError(
            f"time.from {brief.since}", "it must lie within the data and before time.to", "Choose another day."
        )
    count = int((end - first) // step) + ((end - first) % step > 0)
    if count > MOST_MOMENTS:
        raise BriefError(
            f"every {brief.every}",
            f"it makes {count:,} pictures, and the limit is {MOST_MOMENTS}",
            "Take longer steps, or a shorter span.",
        )
    times = [min(first + step * turn, end) for turn in range(1, count + 1)]
    return tuple(_said(scene.start + timedelta(seconds=each)) for each in times)


def _said(when: datetime) -> str:
    """The day whose end a midnight is, or the moment."""
    if (when.hour, when.minute, when.second) == (0, 0, 0):
        return f"{when - timedelta(days=1):%Y-%m-%d}"
    utc = when.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="seconds" if utc.second else "minutes") + "Z"


def _check_reports(data: Gathered) -> None:
    """Says why there is nothing to draw, before anything is looked for in what is not there. Raises BriefError."""
    if len(data.legs) or len(data.totals):
        return
    where = data.title or "these data"
    if not data.told:
        rule = "there is nothing to draw: no row in it reports a shipment"
        raise BriefError(where, rule, "Give a file with a row for each leg or total.")
    aside, rows = (sum(getattr(each, name) for each in data.told) for name in ("set_aside", "rows"))
    of_them = "the one row was" if rows == 1 else f"{aside:,} of {rows:,} rows were"
    first = next((problem for each in data.told for problem in each.problems), None)
    rule, hint = f"there is nothing to draw: {of_them} set aside", "`waybill check` lists why."
    if first is not None:
        rule += f". The first: line {first.row}, {f'{first.column}: ' if first.column else ''}{first.rule}"
        hint = first.hint or hint
    raise BriefError(where, rule, hint)


def _scene(brief: Brief, data: Gathered) -> Scene:
    legs, totals = (filters.shown_by(table, brief.filters) for table in (data.legs, data.totals))
    totals = without_absent_wholes(totals)
    volumes: Volumes = reconcile(totals, legs, data.places)
    own = {brief.unit, ""} if brief.unit == "container" else {brief.unit}
    if not legs["unit"].isin(own).any() and not any(flow.scope.unit == brief.unit for flow in volumes.flows):
        rule = "no remaining report can be drawn in this unit"
        hint = "Widen the filters." if brief.filters != Choice() else "Choose another unit."
        raise BriefError(f"unit {brief.unit!r}", rule, hint)
    try:
        return build_scene(
            legs, totals, data.events, data.places.frame,
            unit=brief.unit, title=data.title, at_least=_span(data), volumes=volumes,
        )  # fmt: skip
    except SceneError as error:
        raise BriefError("these data", str(error).removesuffix("."), "Choose other data or filters.") from error


def _span(data: Gathered) -> Timeline | None:
    """The span of all reports, whatever the filters: a moment stays within it."""
    starts = pd.concat([data.legs["depart"], data.totals["start"]])
    ends = pd.concat([data.legs["arrive"].fillna(data.legs["depart"]), data.totals["end"]])
    dated = (starts.notna() & ends.notna()).to_numpy()
    try:
        return span(epoch_seconds(starts[dated]), epoch_seconds(ends[dated]))
    except SceneError:
        return None
