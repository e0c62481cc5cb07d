"""What is said of one sum of gains, by whom, and the bounds that follow from some of the sources."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo.arrays import Floats, Ints

Kind = Literal["low", "high", "legs", "cap", "part"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the sources say of one sum of gains, less another. Of lows the largest counts, of highs the least; legs and
    caps add up. A part is never more than its whole, whoever says what."""

    kind: Kind
    columns: Ints
    minus: Ints
    said: tuple[tuple[int, float], ...]

    def bounds(self) -> tuple[float, float]:
        """Lower and upper bound, by all the sources."""
        said = [figure for _, figure in self.said]
        if self.kind == "high":
            return -np.inf, min(said, default=np.inf)
        if self.kind == "cap":
            return -np.inf, sum(said)
        return (sum(said) if self.kind == "legs" else max(said, default=0.0)), np.inf

    def deciding(self, enabled: Collection[int] | None = None) -> tuple[tuple[int, float], ...]:
        """The sources that the bound is of, with their figures; of those enabled, all by default."""
        said = self.said if enabled is None else tuple(each for each in self.said if each[0] in enabled)
        if self.kind in ("legs", "cap", "part") or not said:
            return said
        figures = [figure for _, figure in said]
        return (said[figures.index(min(figures) if self.kind == "high" else max(figures))],)


class BoundsOf:
    """The bounds of many constraints by some of their sources, all at once."""

    def __init__(self, rows: Sequence[Constraint], sources: int) -> None:
        """sources: how many there are."""
        said = [(row, *each) for row, constraint in enumerate(rows) for each in constraint.said]
        self._row, self._source = np.array([each[:2] for each in said], np.int64).reshape(-1, 2).T
        self._figure = np.array([figure for _, _, figure in said], np.float64)
        kinds = np.array([constraint.kind for constraint in rows], "U4")
        high, added = kinds == "high", np.isin(kinds, ("legs", "cap"))
        self._above, self._sources = high | (kinds == "cap"), sources
        self._none = np.where(high, np.inf, 0.0)
        self._groups = (
            (np.minimum, high[self._row]),
            (np.add, added[self._row]),
            (np.maximum, ~(high | added)[self._row]),
        )

    def by(self, enabled: Collection[int]) -> Floats:
        """Lower and upper bound of each: (rows, 2)."""
        on = np.zeros(self._sources, bool)
        on[list(enabled)] = True
        figures, counted = self._none.copy(), on[self._source]
        for join, own in self._groups:
            some = own & counted
            join.at(figures, self._row[some], self._figure[some])
        return np.stack([np.where(self._above, -np.inf, figures), np.where(self._above, figures, np.inf)], axis=1)
