"""Several curves of one volume as one: the hull of what different sides allow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.evidence.reconciling.ranges import BEST_DIGITS, Why, rounded
from geo.evidence.reconciling.volumes import Curve, Floats, Times



def hull(curves: Sequence[Curve]) -> Curve:
    """The least low, the least best and the greatest high of several curves of one volume, at all their moments."""
    if len(curves) == 1:
        return curves[0]
    time, values = _at_all(curves)
    low, best, high = values[:, 0].min(axis=0), values[:, 1].min(axis=0), values[:, 2].max(axis=0)
    best = np.clip(rounded(best, BEST_DIGITS), low, high)  # between two moments of a side it was interpolated
    low_side, high_side = values[:, 0].argmin(axis=0).tolist(), values[:, 2].argmax(axis=0).tolist()
    moments = time.tolist()
    low_by = [_low_by(curves[side], moment) for side, moment in zip(low_side, moments, strict=True)]
    high_by = [_high_by(curves[side], moment) for side, moment in zip(high_side, moments, strict=True)]
    return Curve(time, low, best, high, tuple(low_by), tuple(high_by))


def at_moments(curve: Curve, time: Times) -> Floats:
    """low, best, high of a curve at moments (n,): (3, n), float64; as `Curve.at` has them."""
    held = np.searchsorted(curve.time, time, "right") - 1
    after = np.searchsorted(curve.time, time, "left")
    low = np.concatenate([[0.0], curve.low])[held + 1]
    best = np.interp(time, curve.time, curve.best, left=0.0) if curve.time.size else np.zeros(time.size)
    high = np.concatenate([curve.high, [np.inf]])[after]
    return np.stack([low, best, np.where(held < 0, 0.0, high)])


def _at_all(curves: Sequence[Curve]) -> tuple[Times, Floats]:
    """All the moments of some curves (n,), and each one's low, best and high there: (curves, 3, n)."""
    time = np.unique(np.concatenate([curve.time for curve in curves]))
    return time, np.stack([at_moments(curve, time) for curve in curves])


def _low_by(curve: Curve, moment: int) -> Why:
    held = int(np.searchsorted(curve.time, moment, "right")) - 1
    return curve.low_by[held] if held >= 0 else ()


def _high_by(curve: Curve, moment: int) -> Why:
    after = int(np.searchsorted(curve.time, moment, "left"))
    return curve.high_by[after] if after < curve.time.size else ()
