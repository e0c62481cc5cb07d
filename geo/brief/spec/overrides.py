"""A brief with something else in place of what it says: what a command line or a form adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.brief.spec.brief import Brief, DataRef, value_of
from geo.brief.spec.keys import KEYS

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
    words: dict[str, Any] = {}
    for name, value in given.items():
        raw = [each.strip() for each in value.split(",") if each.strip()] if _is_list(name, value) else value  # type: ignore[attr-defined]
        read = value_of(of_name[name], raw, "brief")
        table, _, last = name.partition(".")
        (words if table == "words" else changes)[_FIELDS.get(name, last or name)] = read
    if "window" in changes and "clock" not in changes:
        changes["clock"] = "trailing" if changes["window"] else "cumulative"
    if changes.get("moments"):
        changes.setdefault("every", "")
    elif changes.get("every"):
        changes.setdefault("moments", ())
    if data:
        changes |= {"data": data, "folder": folder, "gazetteer": ""}
    return replace(start, words=replace(start.words, **words), **changes)


def _is_list(name: str, value: object) -> bool:
    return name == "time.moments" and isinstance(value, str)
