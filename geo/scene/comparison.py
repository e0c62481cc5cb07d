"""Two moments, or two periods, beside one another: the figures of each, what lies between them, and which is larger.

What moved between two moments is a period, with a tightest range of its own: never one moment's high less the other's
low. Of two periods nothing but their ranges is known, so that one is only called larger where these prove it: where
what the other has alone, at most, is less than what it has alone, at least. What both periods hold is the same in both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.errors import SceneError
from geo.scene.moment import DUST, Amount, Moment, at, between
from geo.scene.scene import Scene

Order = Literal["more", "less", "same", "at least as much", "at most as much", "unknown"]
"""What the second has against the first, as far as it is proven."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period [since, until), seconds after the start of the scene; since None: everything before `until`.

    A period that begins with the scene, or before it, holds all before its end, as a trailing window does.
    """

    until: float
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure, of the first and of the second, and how they differ.

    change: what moved between two moments; of two periods by how much the second is larger, negative where it is less,
    which is known only of figures without a range: else None.
    """

    first: Amount
    second: Amount
    change: Amount | None
    order: Order


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two moments or two periods of one scene, in time order.

    first, second  what each of them holds, and `stretches` when they are
    change         what moved between two moments; None of two periods
    """

    stretches: tuple[Stretch, Stretch]
    first: Moment
    second: Moment
    change: Moment | None
    _alone: tuple[tuple[Moment, ...], tuple[Moment, ...]]
    """What each of two periods holds and the other does not, in pieces."""

    @property
    def total(self) -> Difference:
        """Of what the words tell."""
        change = self.change.total if self.change else None
        alone = [[piece.total for piece in pieces] for pieces in self._alone]
        return _difference(self.first.total, self.second.total, change, alone)

    def of(self, corridor: int) -> Difference:
        """Of one corridor."""
        change = self.change.amount(corridor) if self.change else None
        alone = [[piece.amount(corridor) for piece in pieces] for pieces in self._alone]
        return _difference(self.first.amount(corridor), self.second.amount(corridor), change, alone)


def compare(scene: Scene, one: Stretch, other: Stretch) -> Comparison:
    """Two moments (stretches without a beginning) or two periods, in whatever order.

    Raises SceneError for a moment beside a period, and for a period that ends before it begins.
    """
    first, second = sorted((one, other), key=lambda each: (each.until, -math.inf if each.since is None else each.since))
    for each in (first, second):
        if not all(math.isfinite(t) for t in (each.until, each.since or 0.0)) or (each.since or -math.inf) > each.until:
            raise SceneError(f"{each}: a period ends after it begins. Give its seconds after the start of the scene.")
    held = (_held(scene, first), _held(scene, second))
    if first.since is None and second.since is None:
        return Comparison((first, second), *held, between(scene, first.until, second.until), ((), ()))
    if first.since is None or second.since is None:
        raise SceneError("A moment cannot be compared with a period. Give two moments, or two periods.")
    alone = tuple(tuple(_held(scene, piece) for piece in pieces) for pieces in _apart(first, second))
    return Comparison((first, second), *held, None, (alone[0], alone[1]))


def _held(scene: Scene, stretch: Stretch) -> Moment:
    if stretch.since is None or stretch.since <= 0:
        return at(scene, stretch.until)
    return between(scene, stretch.since, stretch.until)


def _apart(first: Stretch, second: Stretch) -> tuple[list[Stretch], list[Stretch]]:
    """What of each of two periods lies outside of the other."""
    return _less(first, second), _less(second, first)


def _less(whole: Stretch, other: Stretch) -> list[Stretch]:
    begin, cut = (each.since or 0.0 for each in (whole, other))
    pieces = [(begin, min(whole.until, cut)), (max(begin, other.until), whole.until)]
    return [Stretch(until, since) for since, until in pieces if since < until]


def _difference(first: Amount, second: Amount, change: Amount | None, alone: list[list[Amount]]) -> Difference:
    if change is not None:
        return Difference(first, second, change, _order(0.0, 0.0, change.low, change.high))
    (lost, gained) = (_sum(pieces) for pieces in alone)
    order = _order(*lost, *gained)
    if _exact(first.low, first.high) and _exact(second.low, second.high):
        more = second.best - first.best
        change = Amount(more, more, more)
    return Difference(first, second, change, order)


def _sum(pieces: Iterable[Amount]) -> tuple[float, float]:
    low = high = 0.0
    for each in pieces:
        low, high = low + each.low, high + each.high
    return low, high


def _order(low: float, high: float, other_low: float, other_high: float) -> Order:
    """The order that ranges of two amounts prove of the second against the first."""
    dust = DUST * max(1.0, low, other_low)
    if other_low > high + dust:
        return "more"
    if other_high < low - dust:
        return "less"
    if max(high, other_high) - min(low, other_low) <= dust:
        return "same"
    if other_low >= high - dust:
        return "at least as much"
    if other_high <= low + dust:
        return "at most as much"
    return "unknown"


def _exact(low: float, high: float) -> bool:
    return high - low <= DUST * max(1.0, low)
