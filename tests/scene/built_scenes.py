"""Small scenes from rows, and what is in them at the end."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd

from geo import volume
from geo.scene.build import build_scene
from geo.scene.scene import Scene

POINTS = {"A": (0.0, 0.0), "B": (10.0, 5.0), "C": (-170.0, 60.0)}


def built(make: SimpleNamespace, legs: list = (), totals: list = (), events: list = (), **more: object) -> Scene:  # type: ignore[assignment, type-arg]
    return build_scene(make.legs(*legs), make.totals(*totals), make.events(*events), make.places(**POINTS), **more)  # type: ignore[arg-type]


def final(scene: Scene) -> tuple[dict[str, float], ...]:
    values = volume.at(scene.knots, scene.seconds)
    return tuple(dict(zip(scene.corridors.id, column.tolist(), strict=True)) for column in values)


def same(one: Scene, other: Scene) -> bool:
    def columns(scene: Scene) -> list[np.ndarray]:
        parts = (scene.places, scene.corridors, scene.knots, scene.spread, scene.legs)
        whole = [getattr(part, name) for part in parts for name in part.__slots__ if name != "inside"]
        return [*whole, *scene.corridors.inside, *(bound.tops for bound in scene.bounds)]

    pairs = zip(columns(one), columns(other), strict=True)
    return one.seconds == other.seconds and one.style == other.style and all(np.array_equal(a, b) for a, b in pairs)


def stamp(day: str) -> pd.Timestamp:
    return pd.Timestamp(day, tz="UTC")
