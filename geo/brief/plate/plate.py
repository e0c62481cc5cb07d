"""What a finished picture is asked to be. Two equal plates are the same bytes."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from geo.brief.plate.frame import PRESETS, Frame
from geo.errors import BriefError
from geo.scene.scene import Scene
from geo.scene.view import Bounds

Look = Literal["light", "dark", "grey"]
LOOKS: tuple[Look, ...] = ("light", "dark", "grey")
COUNTS = (1, 4, 6)
"""Moments on one plate: one map, or small multiples that fill a grid."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the user writes. title, subtitle: "" for those made from the data. handling stands above and below."""

    title: str = ""
    subtitle: str = ""
    handling: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """One picture of a scene.

    moments    seconds since the scene's start, in time order: 1, 4 or 6; each map shows what holds before its moment
    window     seconds that a trailing window looks back, or None for everything up to the moment
    view       degrees, EPSG:4326, or None for all of the scene
    version    of Waybill; data_hash: of the data, as the small type and the file's metadata give it
    Raises BriefError.
    """

    scene: Scene
    moments: tuple[float, ...]
    window: float | None = None
    frame: Frame = PRESETS["16:9"]
    look: Look = "light"
    words: Words = field(default_factory=Words)
    view: Bounds | None = None
    version: str = ""
    data_hash: str = ""

    def __post_init__(self) -> None:
        if len(self.moments) not in COUNTS:
            raise BriefError(
                f"{len(self.moments)} moments", "a plate shows 1, 4 or 6", "Leave some out, or make several plates."
            )
        if not all(math.isfinite(t) and 0 <= t <= self.scene.seconds for t in self.moments):
            last = self.scene.start + timedelta(seconds=self.scene.seconds)
            rule = f"a moment lies between {self.scene.start:%Y-%m-%d} and {last:%Y-%m-%d}, in seconds since the former"
            raise BriefError(f"moments {self.moments}", rule, "Choose moments within the data.")
        if list(self.moments) != sorted(set(self.moments)):
            raise BriefError(f"moments {self.moments}", "each moment is later than the one before it", "Sort them.")
        if self.window is not None and not (math.isfinite(self.window) and self.window > 0):
            raise BriefError(f"window {self.window}", "a window is a number of seconds above 0", "Or give none.")
        if self.look not in LOOKS:
            raise BriefError(f"look {self.look!r}", f"looks are {', '.join(LOOKS)}", "Choose one of them.")
        if self.view is not None:
            _check(self.view)

    def describe(self) -> str:
        """What was asked for, as JSON with sorted keys: it travels in the file's metadata."""
        view = None if self.view is None else [self.view.west, self.view.south, self.view.east, self.view.north]
        asked = {
            "data": self.data_hash,
            "frame": str(self.frame),
            "look": self.look,
            "moments": [(self.scene.start + timedelta(seconds=t)).isoformat() for t in self.moments],
            "unit": self.scene.unit,
            "version": self.version,
            "view": view,
            "window": self.window,
            "words": {name: getattr(self.words, name) for name in ("title", "subtitle", "handling", "note")},
        }
        return json.dumps(asked, sort_keys=True, ensure_ascii=True)


def _check(view: Bounds) -> None:
    sides = (view.west, view.south, view.east, view.north)
    given = f"view {', '.join(f'{side:g}' for side in sides)}"
    if not all(map(math.isfinite, sides)):
        raise BriefError(given, "its sides are degrees", "Give west, south, east, north.")
    if not (-90 <= view.south < view.north <= 90 and 0 < view.width <= 360 and -360 <= view.west <= 360):
        rule = "south lies below north, within ±90, and west before east, at most one turn apart"
        raise BriefError(given, rule, "Across the antimeridian east is above 180.")
