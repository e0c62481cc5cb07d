"""The steps of a story, and the callouts of a picture: the tables of a brief that an author writes in words.

[[step]]
title = "September: the first reports"
text = "Two governments speak of the same weeks."
moment = "2023-09-15"
view = [128, 40, 135, 45]
filters.mode = ["maritime"]

[[step.callout]]
text = "The only pier with a crane"
lon = 130.3
lat = 42.24
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from geo.brief.plate.plate import Callout
from geo.brief.spec.keys import Value, literal
from geo.brief.spec.story_keys import CALLOUT_KEYS, STEP_KEYS
from geo.brief.spec.values import flat, values_of
from geo.errors import BriefError

LEAST_STEPS, MOST_STEPS = 2, 12
MOST_CALLOUTS = 12
"""Of a brief, and of a step: more of them hide the map."""
_EXAMPLE = 'text = "Closed in winter", lon = 131.9, lat = 43.1'
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """One picture of a story. said: the other keys of `STEP_KEYS` that it gives, and their values, in that order.

    callouts: its own; those of the brief stand on every step.
    """

    title: str = ""
    text: str = ""
    said: tuple[tuple[str, Value], ...] = ()
    callouts: tuple[Callout, ...] = ()


def steps_of(tables: object, where: str) -> tuple[Step, ...]:
    """What [[step]] holds, as TOML has it. where: the file, for what is told. Raises BriefError."""
    found = _each(tables, f"{where}, step", MOST_STEPS, 'Write [[step]], and below it title = "…".', _step)
    if 0 < len(found) < LEAST_STEPS:
        rule = f"a story has {LEAST_STEPS} to {MOST_STEPS} steps"
        raise BriefError(f"{where}, one step", rule, "Add a step, or write its keys into the brief itself.")
    return found


def callouts_of(tables: object, where: str) -> tuple[Callout, ...]:
    """What [[callout]] holds. Raises BriefError."""
    return _each(tables, f"{where}, callout", MOST_CALLOUTS, f"Write [[callout]], and below it {_EXAMPLE}.", _callout)


def _each(
    tables: object, where: str, most: int, hint: str, read: Callable[[Mapping[str, object], str], T]
) -> tuple[T, ...]:
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise BriefError(where, "it is a table for each", hint)
    if len(tables) > most:
        raise BriefError(f"{where}: {len(tables)} of them", f"there are at most {most}", "Leave some out.")
    return tuple(read(each, f"{where} {turn}") for turn, each in enumerate(tables, start=1))


def _step(table: Mapping[str, object], where: str) -> Step:
    plain = dict(table)
    callouts = callouts_of(plain.pop("callout", []), where)
    values = values_of(flat(plain, STEP_KEYS), STEP_KEYS, where, ("callout",))
    others = tuple(
        (key.name, values[key.name])
        for key in STEP_KEYS
        if key.name in values["said"] and key.name not in ("title", "text")
    )
    return Step(values["title"], values["text"], others, callouts)


def _callout(table: Mapping[str, object], where: str) -> Callout:
    values = values_of(flat(table, CALLOUT_KEYS), CALLOUT_KEYS, where)
    missing = [name for name in ("text", "lon", "lat") if name not in values["said"]]
    if missing:
        raise BriefError(f"{where} without {' and '.join(missing)}", "it has a text, lon and lat", f"Write {_EXAMPLE}.")
    return Callout(values["text"], values["lon"], values["lat"], values["offset"])


def written(callouts: tuple[Callout, ...], steps: tuple[Step, ...]) -> list[str]:
    """Lines of TOML, none where there is nothing: a brief without a story is as it was before there were any."""
    lines = _callouts(callouts, "callout")
    for step in steps:
        lines += ["", "[[step]]"]
        lines += [f"{name} = {literal(getattr(step, name))}" for name in ("title", "text") if getattr(step, name)]
        lines += [f"{name} = {literal(value)}" for name, value in step.said]
        lines += _callouts(step.callouts, "step.callout")
    return lines


def _callouts(callouts: tuple[Callout, ...], table: str) -> list[str]:
    lines: list[str] = []
    for each in callouts:
        lines += ["", f"[[{table}]]"]
        names = ("text", "lon", "lat", *(("offset",) if each.offset else ()))
        lines += [f"{name} = {literal(cast('Value', getattr(each, name)))}" for name in names]
    return lines
