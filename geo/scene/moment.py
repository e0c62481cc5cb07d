"""What a picture says at one moment: every corridor's range, their sum, and what goes through each place.

Nothing is counted twice. Corridors may lie inside one another and speak of the same containers; where totals speak, the
words tell one of them, and nothing is added to it. Its twin is player/src/volumes.ts and places.ts; tests/fixtures/wire
pins both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from geo import formatting, volume
from geo.arrays import Floats, Index, Ints, Mask
from geo.scene.scene import Bounds, Scene

End = Literal["origin", "destination"]
DUST = 1e-9
"""What subtracting leaves of a sum that is nothing, as a share of it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One range. high is +inf where open; top is the largest figure that any side gives, None where none disagree.

    about: whether a range of ±10 % is what a source called "about".
    """

    low: float
    best: float
    high: float
    top: float | None = None
    about: bool = field(default=False, compare=False)

    def said(self, unit: str, *, near: bool = False) -> str:
        """In words with the unit; near: "about 2,000" where the range is that."""
        return formatting.amount(self.low, self.best, self.high, self.top, unit, near=near, about=self.about)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """low, best, high (n,) per corridor; contested (n,) where the claimants cannot agree by then; top (n,) as above.

    total is what the words tell: the range of `Scene.lead`, or the sum over the corridors, each container once.
    visible: how many corridors carry anything; apart: how many of these are not in the total. zero (n,): corridors of
    the total on which nothing moved because a report says so. about (n,): see `Amount`.
    """

    low: Floats
    best: Floats
    high: Floats
    contested: Mask
    top: Floats
    total: Amount
    visible: int
    apart: int
    zero: Mask
    about: Mask

    def amount(self, corridor: int) -> Amount:
        """The range of one corridor."""
        low, best, high = (float(column[corridor]) for column in (self.low, self.best, self.high))
        top = float(self.top[corridor]) if self.contested[corridor] else None
        return Amount(low, best, high, top, bool(self.about[corridor]))


def at(scene: Scene, t: float, window: float | None = None) -> Moment:
    """The moment `t` seconds after the start: all before it, or what a trailing window of so many seconds holds.

    A window that would begin before the picture does holds all before `t`, and what moved before the picture begins.
    """
    return _held(scene, t, None if window is None or t <= window else t - window)


def between(scene: Scene, since: float, t: float) -> Moment:
    """What moved from `since` until before `t`, seconds after the start.

    Its ranges are tightest of their own, and no differences of what holds at the two moments.
    """
    return _held(scene, t, since)


def _held(scene: Scene, t: float, since: float | None) -> Moment:
    low, best, high = _values(scene, t, since)
    carries = (best > 0) | (high > 0)
    contested = carries & (scene.corridors.contested <= t)
    top = np.where(np.isinf(high), low, high)
    if contested.any():
        before = np.zeros(low.size) if since is None else volume.at(scene.knots, since)[0]
        for bound in scene.bounds:
            c = bound.corridor
            if contested[c] and np.isinf(high[c]):
                top[c] = max(low[c], _top(bound, t) - before[c])
    count = int(np.count_nonzero(carries))
    if scene.lead < 0:
        apart = int(np.count_nonzero(carries & ~scene.corridors.counted))
        zero = _counted_at_zero(scene, t, since) & ~carries
        about = scene.corridors.about
        total = replace(_sum(scene, t, since), about=bool(about[carries & scene.corridors.counted].all()))
        return Moment(low, best, high, contested, top, total, count, apart, zero, about)
    zero = np.zeros(low.size, bool)
    zero[scene.lead] = not carries[scene.lead] and _begun(scene, t)
    held = Moment(
        low,
        best,
        high,
        contested,
        top,
        Amount(0.0, 0.0, 0.0),
        count,
        _beside(scene, carries),
        zero,
        scene.corridors.about,
    )
    return replace(held, total=held.amount(scene.lead))


def _counted_at_zero(scene: Scene, t: float, since: float | None) -> Mask:
    """The counted corridors with a leg in the stretch: where nothing moved on one, its legs say zero."""
    legs, spread = scene.legs, scene.spread
    within, knots = legs.depart < t, spread.time < t
    if since is not None:
        within &= (legs.depart >= since) | (legs.arrive > since)
        knots &= spread.time > since
    found = np.zeros(scene.corridors.id.size, bool)
    found[legs.corridor[within]] = True
    found[np.repeat(np.arange(found.size), np.diff(spread.offsets))[knots]] = True
    return found & scene.corridors.counted


def _begun(scene: Scene, t: float) -> bool:
    """Whether the reports of the lead speak of a time before `t`: a high of 0 is theirs from then on."""
    return any(each.time.size and t > each.time[0] for each in scene.bounds if each.corridor == scene.lead)


def _beside(scene: Scene, carries: Mask) -> int:
    """How many corridors that carry anything lie outside of the one that the words tell."""
    lead, inside = scene.lead, scene.corridors.inside
    return sum(row != lead and lead not in inside[row] for row in np.flatnonzero(carries).tolist())


def _values(scene: Scene, t: float, since: float | None) -> tuple[Floats, Floats, Floats]:
    if since is None:
        return volume.at(scene.knots, t)
    low, best, high = volume.window(scene.knots, t, t - since)
    for each in scene.periods:
        c = each.corridor
        low[c], high[c] = each.table.between(since, t)
        best[c] = min(max(best[c], low[c]), high[c])
    return low, best, high


def _top(bound: Bounds, t: float) -> float:
    held = int(np.searchsorted(bound.time, t, side="right")) - 1
    return float(bound.tops[held]) if held >= 0 else 0.0


def _sum(scene: Scene, t: float, since: float | None) -> Amount:
    """Over the counted corridors, less what onward legs carry again."""
    low, best, closed, open_ = (_summed(scene, t) - (0.0 if since is None else _summed(scene, since))).tolist()
    return Amount(low, best, np.inf if open_ > DUST * max(1.0, best) else closed)


def _summed(scene: Scene, t: float) -> Floats:
    """Cumulative low, best, closed and open (see `Knots`) of the counted corridors together, (4,)."""
    legs, counted, share = scene.legs, scene.corridors.counted, _carried(scene, t)
    low, best, high = (column[legs.onward].astype(np.float64) for column in (legs.low, legs.best, legs.high))
    unbounded = np.isinf(high)
    repeated = (low, best, np.where(unbounded, best, high), np.where(unbounded, best, 0.0))
    return np.array(
        [
            column[counted].sum() - (share * again).sum() - spread[0]
            for column, again, spread in zip(
                volume.values_at(scene.knots, t), repeated, volume.values_at(scene.again, t), strict=True
            )
        ]
    )


def _carried(scene: Scene, t: float) -> Floats:
    """The share of each onward leg that has been carried before `t`."""
    legs, onward = scene.legs, scene.legs.onward
    depart, arrive = legs.depart[onward].astype(np.float64), legs.arrive[onward].astype(np.float64)
    length = np.maximum(arrive - depart, 1e-9)
    return np.clip((t - depart) / length, 0.0, 1.0)


def sides(scene: Scene, corridor: int, t: float, window: float | None) -> list[tuple[str, float, float]]:
    """What each side allows a contested corridor to have carried in the stretch of `at`: its name, low and high."""
    since = -np.inf if window is None or t <= window else t - window
    found = next((bound.sides for bound in scene.bounds if bound.corridor == corridor), ())
    return [(side.name, *side.table.between(since, t)) for side in found]


def through(scene: Scene, moment: Moment, place: int, end: End) -> Amount:
    """What left a place (end "origin") or reached it ("destination").

    Corridors inside another one that ends there are left out. Of what may still overlap, at least the largest was
    carried, and at most all of it, and no more than any flow that holds them all.
    """
    rows = _outermost(scene, end)[place]
    if not rows.size:
        return Amount(0.0, 0.0, 0.0)
    if rows.size == 1:
        return moment.amount(int(rows[0]))
    add = np.max if _overlap(scene, rows) else np.sum
    low, best, high = float(add(moment.low[rows])), float(add(moment.best[rows])), float(moment.high[rows].sum())
    around = set.intersection(*(set(scene.corridors.inside[row].tolist()) for row in rows))
    high = min([high, *(float(moment.high[row]) for row in around)])
    about, top = bool(moment.about[rows].all()), None
    if moment.contested[rows].any():
        top = max(low, float(moment.top[rows].max())) if np.isinf(high) else high
    return Amount(low, best, high, top, about)


def through_places(scene: Scene, moment: Moment) -> Floats:
    """The best figure of what left and what reached each place, as `through` has it, together."""
    found = np.zeros(scene.places.code.size)
    ends: tuple[End, ...] = ("origin", "destination")
    for end in ends:
        for place, rows in enumerate(_outermost(scene, end)):
            best = moment.best[rows]
            found[place] += best.max(initial=0.0) if _overlap(scene, rows) else best.sum()
    return found


def _overlap(scene: Scene, rows: Ints) -> bool:
    return bool(np.count_nonzero(~scene.corridors.counted[rows]) > 1)


def _outermost(scene: Scene, end: End) -> list[Ints]:
    """For each place the rows of the corridors that end there and lie inside no other one that does."""
    at_end: Index = scene.corridors.origin if end == "origin" else scene.corridors.destination
    inside = scene.corridors.inside
    nested = [c for c, rows in enumerate(inside) if rows.size and (at_end[rows] == at_end[c]).any()]
    keep = np.ones(at_end.size, bool)
    keep[nested] = False
    rows = np.flatnonzero(keep)
    rows = rows[np.argsort(at_end[rows], kind="stable")]
    starts = np.searchsorted(at_end[rows], np.arange(scene.places.code.size))
    return np.split(rows, starts)[1:]
