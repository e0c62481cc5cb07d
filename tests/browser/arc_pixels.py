"""How wide an arc is in a picture, by colour alone: nothing here knows how the player computes anything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float64]
Mask = NDArray[np.bool_]

REACH = 60
"""Pixels to either side that a profile looks at; more than half the widest arc."""
STEP = 0.25
WARM = 50
"""Red over blue, 0–255: the maritime hue on either theme, and neither its halo nor anything else on a map."""


def warmth(picture: Pixels) -> Pixels:
    """Red over blue, height × width: the maritime hue stands out from the map's own greys."""
    return np.asarray(picture[..., 0] - picture[..., 2])


def arc_mask(picture: Pixels) -> Mask:
    """The pixels of a maritime arc's body."""
    return np.asarray(warmth(picture) > WARM)


def middle(picture: Pixels) -> tuple[float, float]:
    """x, y of a point inside the arc, about halfway along what is visible of it, where its ink is strongest.

    Drift lightens an arc here and there, so that its edge is told best between two waves.
    """
    mask = arc_mask(picture)
    assert mask.any(), "no arc is in the picture"
    columns = np.flatnonzero(mask.any(axis=0))
    first, third = int(columns[0]), (int(columns[-1]) - int(columns[0])) // 3
    thirds = columns[(columns >= first + third) & (columns < first + 2 * third)]
    inside = [(int(x), float(np.flatnonzero(mask[:, x]).mean())) for x in thirds]
    assert inside, "what is seen of the arc is too short to measure"
    warm = warmth(picture)
    inks = [_ink(warm, np.array([float(x)]), np.array([y]))[0] for x, y in inside]
    x, y = inside[int(np.argmax(inks))]
    return float(x), y


def stroke(picture: Pixels, at: tuple[float, float]) -> float:
    """Pixels across the arc at `at`, measured along its normal: the shortest way through.

    An edge lies where the ink is halfway between the halo's (22 % opaque) and the body's (94 %).
    """
    warm = warmth(picture)
    return min(_across(warm, at, angle) for angle in np.linspace(0, np.pi, 180, endpoint=False))


def _across(warm: Pixels, at: tuple[float, float], angle: float) -> float:
    away = np.arange(0, REACH + STEP, STEP)
    sides = [_ink(warm, at[0] + sign * away * np.cos(angle), at[1] + sign * away * np.sin(angle)) for sign in (1, -1)]
    edge = (0.22 + 0.94) / 2 / 0.94 * max(side[0] for side in sides)
    return sum(_first_below(side, edge) for side in sides) * STEP


def _ink(warm: Pixels, x: Pixels, y: Pixels) -> Pixels:
    """Warmth at points between pixels, bilinear."""
    height, width = warm.shape
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(int), y.astype(int)
    right, down = x - left, y - top
    upper = warm[top, left] * (1 - right) + warm[top, left + 1] * right
    lower = warm[top + 1, left] * (1 - right) + warm[top + 1, left + 1] * right
    return np.asarray(upper * (1 - down) + lower * down)


def _first_below(ink: Pixels, edge: float) -> float:
    """Steps from the start to where `ink` falls under `edge`, between two steps where need be."""
    below = np.flatnonzero(ink < edge)
    if not below.size:
        return float(ink.size)
    k = int(below[0])
    return 0.0 if k == 0 else k - (edge - ink[k]) / (ink[k - 1] - ink[k])
