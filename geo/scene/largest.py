"""The largest corridors of a scene: what a crowded map may show alone. Figures and sums stay those of all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geo.arrays import Floats, Ints, Mask
from geo.scene.moment import Moment
from geo.scene.scene import Scene


def largest(scene: Scene, count: int) -> Mask:
    """Which corridors are the `count` largest at the end of the span: by best, then by high; all of them for 0.

    Twin of `largestOf` in player/src/largest.ts.
    """
    corridors = scene.corridors.id.size
    if not 0 < count < corridors:
        return np.ones(corridors, bool)
    kept = np.zeros(corridors, bool)
    kept[by_size(scene)[:count]] = True
    return kept


def by_size(scene: Scene) -> Ints:
    """The rows of all corridors, the largest at the end of the span first."""
    best, closed = ends(scene)
    order: Ints = np.lexsort((np.arange(best.size), -closed, -best))
    return order


def ends(scene: Scene) -> tuple[Floats, Floats]:
    """Best of each corridor at the end of the span, and `closed` as in `Knots`."""
    offsets = scene.knots.offsets
    full = offsets[1:] > offsets[:-1]
    last = np.maximum(offsets[1:] - 1, 0)
    if not scene.knots.best.size:
        return np.zeros(full.size), np.zeros(full.size)
    return np.where(full, scene.knots.best[last], 0.0), np.where(full, scene.knots.closed[last], 0.0)


def drawn(held: Moment, kept: Mask) -> Moment:
    """A moment with nothing on the corridors that are not drawn. Its sums stay those of all."""
    if kept.all():
        return held
    low, best, high = (np.where(kept, each, 0.0) for each in (held.low, held.best, held.high))
    return replace(held, low=low, best=best, high=high, contested=held.contested & kept)


def places_of(scene: Scene, kept: Mask) -> Mask:
    """Which places are the end of a corridor that is drawn."""
    found = np.zeros(scene.places.code.size, bool)
    found[scene.corridors.origin[kept]] = found[scene.corridors.destination[kept]] = True
    return found
