"""A brief and its data -> plates: one a moment or a step, each with the brief that makes it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from geo.arrays import DAY
from geo.brief.plate.plate import COUNTS, Plate, Words, read_frame
from geo.brief.scenes import scene_for, selection, settled, step_scenes
from geo.brief.spec.brief import Brief, DataRef, completed
from geo.brief.spec.data import BriefData, Told, gather
from geo.brief.spec.keys import KEYS, MOST_MOMENTS, clipped, instant, seconds
from geo.brief.spec.values import value_of
from geo.dataset import told_twice
from geo.errors import BriefError, Progress, silent
from geo.explain.routes import Grounds
from geo.library.package import tool_version
from geo.scene.scene import Scene
from geo.scene.view import Bounds

TOGETHER = tuple(count for count in COUNTS if count > 1)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A plate, the complete brief of it alone, and its moment for a file's name: "2023-09-01"; "" for the end.

    grounds: what its figures rest on. step: its number in a story, whose name it then has, "step-2"; or 0. whole: the
    words of that story.
    """

    plate: Plate
    brief: Brief
    name: str
    grounds: Grounds
    step: int = 0
    whole: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What a brief makes. brief: complete, with the hashes of its data; changes, told: as `Gathered` has them.

    twice: of movements that several reports tell of, and nobody has said whether they are the same, a sentence each.
    """

    brief: Brief
    pictures: tuple[Picture, ...]
    scene: Scene
    changes: tuple[str, ...]
    told: tuple[Told, ...]
    twice: tuple[str, ...] = ()


def plates_of(brief: Brief) -> list[Plate]:
    """The plates of a brief, one a moment in the order of time, or one a step of its story.

    Raises BriefError where data changed or are missing, or where there is nothing to draw, and UnreadableFile.

    >>> import geo
    >>> plates = geo.plates_of(geo.Brief(moments=("2023-09-15", "2023-10-01")))
    >>> len(plates), str(plates[0].frame)
    (2, '1920x1080')
    """
    return [each.plate for each in prepared(brief).pictures]


def prepared(
    brief: Brief, folders: Sequence[Path] = (), *, changed: bool = False, progress: Progress | None = None
) -> Prepared:
    """Reads the data, reconciles, and makes the plates. See `gather`; raises BriefError, UnreadableFile.

    progress: of the reconciling and of the search for routes by sea, which it may stop.
    """
    found = gather(brief, folders, changed=changed)
    _check_reports(found)
    whole = completed(settled(brief, found.data), data=found.refs, version=tool_version(), gazetteer=found.gazetteer)
    if whole.steps:
        return _told_in_steps(whole, found, progress)
    grounds = Grounds.of(found.data, selection(whole), progress)
    scene = scene_for(whole, grounds, progress or silent)
    if not whole.moments and not whole.every:
        groups: list[tuple[str, ...]] = [()]
    else:
        said = whole.moments or _every(whole, scene)
        groups = [said] if whole.together else [(each,) for each in said]
    if whole.together and len(groups[0]) not in TOGETHER:
        counts = f"{', '.join(map(str, TOGETHER[:-1]))} or {TOGETHER[-1]}"
        hint = "Choose others, or make a picture for each moment."
        raise BriefError(f"{len(groups[0])} moments together", f"one picture takes {counts}", hint)
    pictures = tuple(picture(whole, scene, group, found.hash, grounds) for group in groups)
    twice = told_twice.unanswered(found.data, selection(whole))
    return Prepared(whole, pictures, scene, found.changes, found.told, twice)


def _told_in_steps(whole: Brief, found: BriefData, progress: Progress | None) -> Prepared:
    """A picture for each step of a story."""
    steps = step_scenes(whole, found.data, progress)
    pictures = []
    for number, each in enumerate(steps, start=1):
        try:
            made = picture(each.brief, each.scene, each.brief.moments, found.hash, each.grounds)
        except BriefError as error:
            raise BriefError(f"step {number}, {error.given}", error.rule, error.hint) from error
        pictures.append(replace(made, name=f"step-{number}", step=number, whole=whole.words))
    asked = dict.fromkeys(selection(each.brief) for each in steps)
    twice = dict.fromkeys(said for each in asked for said in told_twice.unanswered(found.data, each))
    return Prepared(whole, tuple(pictures), steps[-1].scene, found.changes, found.told, tuple(twice))


def of_step(made: Prepared, number: int) -> Prepared:
    """One step of a story by itself, 1 for the first: the picture that the whole story has of it. Raises BriefError."""
    made.brief.step(number)
    only = made.pictures[number - 1]
    return replace(made, brief=only.brief, pictures=(replace(only, name="", step=0),), scene=only.plate.scene)


def picture(brief: Brief, scene: Scene, moments: tuple[str, ...], data_hash: str, grounds: Grounds) -> Picture:
    """The picture of some moments of a brief; of none it is the end. Raises BriefError for one outside the scene."""
    own = replace(brief, moments=moments, every="")
    plate = Plate(
        scene=scene,
        moments=tuple(_since(scene, each) for each in moments) or (_end(brief, scene),),
        window=brief.seconds,
        frame=read_frame(brief.frame),
        look=brief.look,
        largest=brief.largest,
        words=brief.words,
        view=Bounds(*brief.view) if brief.view else None,
        layers=brief.layers,
        locator=brief.locator,
        callouts=brief.callouts,
        version=brief.version,
        data_hash=data_hash,
    )
    name = "" if len(moments) != 1 else moments[0].replace(":", "")
    return Picture(plate, own, name, grounds)


def _end(brief: Brief, scene: Scene) -> float:
    return _since(scene, brief.until) if brief.until else float(scene.seconds)


def _since(scene: Scene, said: str) -> float:
    t = (clipped(said, scene.start, scene.start + timedelta(seconds=scene.seconds)) - scene.start).total_seconds()
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
        # A span that begins on a day holds all of it, or all of the data on it.
        first = first - DAY if not 0 < first < DAY else 0.0
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


def _check_reports(found: BriefData) -> None:
    """Says why there is nothing to draw, before anything is looked for in what is not there. Raises BriefError."""
    if len(found.data.legs) or len(found.data.totals):
        return
    where = found.data.title or "these data"
    if not found.told:
        rule = "there is nothing to draw: no row in it reports a shipment"
        raise BriefError(where, rule, "Give a file with a row for each leg or total.")
    aside, rows = (sum(getattr(each, name) for each in found.told) for name in ("set_aside", "rows"))
    of_them = "the one row was" if rows == 1 else f"{aside:,} of {rows:,} rows were"
    first = next((problem for each in found.told for problem in each.problems), None)
    rule, hint = f"there is nothing to draw: {of_them} set aside", "`waybill check` lists why."
    if first is not None:
        rule += f". The first: line {first.row}, {f'{first.column}: ' if first.column else ''}{first.rule}"
        hint = first.hint or hint
    raise BriefError(where, rule, hint)


_FIELDS = {
    "time.from": "since",
    "time.to": "until",
    "time.mode": "clock",
    "film.seconds": "film_seconds",
    "film.fps": "film_fps",
}
"""Key -> the field of a `Brief`, where it has another name."""


def said(start: Brief, given: Mapping[str, object], data: tuple[DataRef, ...] = (), folder: Path = Path()) -> Brief:
    """The brief with other values for some of its keys, raw as in a file; moments may be one text with commas.

    data: other data, if any, whose files lie in `folder`. Of moments and every the one that is said counts; a window
    trails, and an empty one does not. Raises BriefError.
    """
    of_name = {key.name: key for key in KEYS}
    changes: dict[str, Any] = {}
    tables: dict[str, dict[str, Any]] = {"words": {}, "filters": {}}
    for name, value in given.items():
        raw = [each.strip() for each in value.split(",") if each.strip()] if _is_list(name, value) else value  # type: ignore[attr-defined]
        read = value_of(of_name[name], raw, "brief")
        table, _, last = name.partition(".")
        tables.get(table, changes)[_FIELDS.get(name, last or name)] = read
    if "window" in changes and "clock" not in changes:
        changes["clock"] = "trailing" if changes["window"] else "cumulative"
    if changes.get("moments"):
        changes.setdefault("every", "")
    elif changes.get("every"):
        changes.setdefault("moments", ())
    if data:
        changes |= {"data": data, "folder": folder, "gazetteer": ""}
    filters = replace(start.filters, **tables["filters"])
    return replace(start, words=replace(start.words, **tables["words"]), filters=filters, **changes)


def _is_list(name: str, value: object) -> bool:
    return name == "time.moments" and isinstance(value, str)
