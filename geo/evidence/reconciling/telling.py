"""The bounds that tell something: those that no other one implies.

A model without the others has the same ranges, and is smaller by their rows, and by the moments at which gains need
not be told apart.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geo.evidence.reconciling.region import Bound, Region


def telling(region: Region, enabled: Collection[int]) -> Region:
    """The region without the bounds that are strictly weaker than another one of the enabled sources.

    A low is weaker than a larger one on a scope and a window inside its own; a high than a smaller one on a scope and
    a window around its own.
    """
    said = [each for each in region.bounds if each.source in enabled]
    holds = _holds(region)
    kept: list[Bound] = []
    for end in ("low", "high"):
        of_end = [each for each in said if each.end_of == end]
        if of_end:
            weaker = _weaker(of_end, holds, 1.0 if end == "low" else -1.0)
            kept += [each for each, spare in zip(of_end, weaker.tolist(), strict=True) if not spare]
    return replace(region, bounds=tuple(kept))


def _holds(region: Region) -> NDArray[np.bool_]:
    """Scopes by scopes: whether the one holds every cell of the other."""
    member = np.zeros((len(region.scopes), len(region.cells)), np.float32)
    for row, cell in enumerate(region.cells):
        member[list(cell), row] = 1.0
    shared: NDArray[np.float32] = member @ member.T
    found: NDArray[np.bool_] = shared >= member.sum(axis=1)
    return found


def _weaker(bounds: list[Bound], holds: NDArray[np.bool_], sign: float) -> NDArray[np.bool_]:
    """Which bounds of one kind another one is stronger than. sign: 1 for lows, -1 for highs."""
    scope, start, end = np.array([(each.scope, each.start, each.end) for each in bounds], np.int64).T
    figure = sign * np.array([each.figure for each in bounds])
    found = np.zeros(len(bounds), bool)
    for one in np.unique(scope).tolist():
        own = np.flatnonzero(scope == one)[:, None]
        others = np.flatnonzero((holds[one] if sign > 0 else holds[:, one])[scope])
        inside = sign * (start[others] - start[own]) >= 0
        inside &= sign * (end[own] - end[others]) >= 0
        found[own[:, 0]] = (inside & (figure[others] > figure[own])).any(axis=1)
    return found
