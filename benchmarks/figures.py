"""What was measured, beside its peer and its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["B", "MB", "ms", "s", "frames/s", "×"]


@dataclass(frozen=True, slots=True)
class Target:
    """A bound that `what` ("value", or "ratio" to the peer) is to keep: at most, or at least."""

    bound: float
    at_least: bool = False
    what: Literal["value", "ratio"] = "value"

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}{' ×' if self.what == 'ratio' else ''}"

    def reached(self, figure: Figure) -> bool | None:
        """None where there is nothing to judge by."""
        found = figure.ours if self.what == "value" else figure.ratio
        if found is None:
            return None
        return found >= self.bound if self.at_least else found <= self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. ours and beside are in `unit`; peer names what stands beside, and note says more.

    legs: how much it was made of; of: what that counts.
    """

    legs: int
    name: str
    unit: Unit
    ours: float | None
    beside: float | None = None
    peer: str = ""
    target: Target | None = None
    note: str = ""
    of: str = "legs"

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's, from the same run."""
        if self.ours is None or self.beside is None or self.beside == 0:
            return None
        return self.ours / self.beside

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached; None without one, or where nothing could be measured."""
        return None if self.target is None else self.target.reached(self)
