"""What a brief draws of its data: its filters by the names that the data have, what they rest on, and the scene."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from geo.brief.spec.brief import Brief, Choice
from geo.brief.spec.keys import UNSTATED
from geo.dataset.dataset import DataSet
from geo.dataset.selection import Selection, matched, resolved
from geo.errors import BriefError, Progress, SceneError, silent
from geo.explain.routes import Grounds
from geo.scene.build import is_drawn, scene_of
from geo.scene.paths import with_routes
from geo.scene.scene import Scene
from geo.scene.style import scale

MOST_TOLD = 12
"""Names that a message lists."""


def settled(brief: Brief, data: DataSet) -> Brief:
    """The brief with every name as the data have it: codes for names of places, and the spelling of the reports.

    Raises BriefError for one that is in no report.
    """
    known, unknown = resolved(data, selection(brief))
    unit = matched((brief.unit,), data.units, {}, "unit", unknown)
    for each in unknown[:1]:
        more = f" … and {len(each.known) - MOST_TOLD} more" if len(each.known) > MOST_TOLD else ""
        listed = f"Known: {'; '.join(each.known[:MOST_TOLD]) or 'none'}{more}."
        hint = f"The nearest is {each.nearest}." if each.nearest else listed
        key = each.field if each.field == "unit" else f"filters.{each.field}"
        raise BriefError(f"{key} {each.given!r}", "it is not in any report", hint)
    names = {field.name: getattr(known, field.name) for field in fields(Choice)}
    names["mode"] = tuple(each or UNSTATED for each in known.mode)
    return replace(brief, filters=Choice(**names), unit=unit[0])


def selection(brief: Brief) -> Selection:
    names = {field.name: getattr(brief.filters, field.name) for field in fields(Choice)}
    names["mode"] = tuple("" if each == UNSTATED else each for each in names["mode"])
    return Selection(**names)


def scene_for(brief: Brief, grounds: Grounds, progress: Progress = silent) -> Scene:
    """What a brief draws of what it rests on. progress: of the search for routes. Raises BriefError."""
    data, shown, volumes = grounds.data, grounds.selected, grounds.volumes
    if not is_drawn(shown, volumes, brief.unit):
        rule = "no remaining report can be drawn in this unit"
        hint = "Widen the filters." if brief.filters != Choice() else "Choose another unit."
        raise BriefError(f"unit {brief.unit!r}", rule, hint)
    try:
        scene = scene_of(data, shown, volumes, brief.unit, width=brief.width or None, full_width_at=brief.scale or None)
    except SceneError as error:
        raise BriefError("these data", str(error).removesuffix("."), "Choose other data or filters.") from error
    return _routed(scene, progress) if brief.paths == "routes" else scene


def _routed(scene: Scene, progress: Progress) -> Scene:
    return with_routes(scene, lambda share, doing: progress(share, f"routes by sea, {doing}"))


@dataclass(frozen=True, slots=True, eq=False)
class StepScene:
    """One step of a story: the brief of it alone, with the scale that all steps share, and what it draws."""

    brief: Brief
    scene: Scene
    grounds: Grounds


def step_scenes(whole: Brief, data: DataSet, progress: Progress | None = None) -> list[StepScene]:
    """Every step; those with the same filters share a scene, and all share one scale of widths.

    Raises BriefError, which names the step.
    """
    steps: list[Brief] = []
    grounds: dict[Choice, Grounds] = {}
    scenes: dict[Choice, Scene] = {}
    for number in range(1, len(whole.steps) + 1):
        with_step = f"step {number}, "
        try:
            own = settled(whole.step(number), data)
            if own.filters not in scenes:
                grounds[own.filters] = Grounds.of(data, selection(own), progress)
                # Routes are laid side by side by their widths, so the scale comes first.
                scenes[own.filters] = scene_for(replace(own, paths="arcs"), grounds[own.filters])
        except BriefError as error:
            raise BriefError(f"{with_step}{error.given}", error.rule, error.hint) from error
        steps.append(own)
    styles = [scene.style for scene in scenes.values()]
    if len(scenes) > 1 and (top := whole.scale or round(max(each.full_volume for each in styles), 6)) > 0:
        width = whole.width or min(each.full_width for each in styles)
        steps = [replace(each, scale=top, width=width) for each in steps]
        scenes = {
            choice: replace(scene, style=replace(scale(0.0, top, width=width), opacity=scene.style.opacity))
            for choice, scene in scenes.items()
        }
    if whole.paths == "routes":
        scenes = {choice: _routed(scene, progress or silent) for choice, scene in scenes.items()}
    return [StepScene(each, scenes[each.filters], grounds[each.filters]) for each in steps]
