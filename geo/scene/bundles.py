"""Lines that share stretches lie side by side there, as rivers join; at a fork, who turns left lies left."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import cmp_to_key

import numpy as np

from geo.arrays import Floats
from geo.scene.stretches import Line, Stretch, stretches

SLOWER = 0.5
"""A bundle of twice the width that has room is wider than that by so much of its logarithm, and so on: it is never as
wide as its sum, and never as narrow as one that carries less."""

_Walk = list[tuple[Stretch, bool]]
"""Stretches one after the other, and whether each is walked from its canonical beginning."""
_Asides = Mapping[int, float]
"""How far each line of a stretch stands to the left of the stretch's own direction."""


def bundled(
    lines: Mapping[int, Line], wide: Floats, most: float, beside: Collection[int] | None = None
) -> tuple[dict[int, tuple[Line, Floats]], bool]:
    """Each line simplified, and how far each of its points stands aside, to the left of travel; and whether any lie
    over one another somewhere, so that their width there is less than their sum.

    lines: by their row of `wide`. wide, and with it the distance aside: in any unit of width. most: of a bundle, above
    which its lines lie closer, each over the next, and it grows slower than their sum (`breadth`). beside: the rows of
    those that lie side by side, all where none are given; the others lie in the middle of their way.
    """
    ways = stretches(lines)
    ordered = {row: way for row, way in ways.items() if beside is None or row in beside}
    asides: dict[int, _Asides] = {}
    for each in {id(each): each for way in ordered.values() for each in way}.values():
        users = [row for row in each.users if row in ordered]
        asides[id(each)] = _asides(each, users, ordered, wide, most)
    shared = {id(each): each for way in ways.values() for each in way if len(each.users) > 1}.values()
    overlap = any(wide[list(each.users)].sum() > most or not each.users.keys() <= ordered.keys() for each in shared)
    return {row: _drawn(row, lines[row], way, asides) for row, way in ways.items()}, overlap


def breadth(whole: float, most: float) -> float:
    """How wide a bundle is whose lines are so wide together: as wide as that up to `most`, and slower beyond."""
    return whole if whole <= most else most * (1.0 + SLOWER * math.log(whole / most))


def _asides(
    stretch: Stretch, users: Sequence[int], ways: Mapping[int, Sequence[Stretch]], wide: Floats, most: float
) -> _Asides:
    """How far the middle of each line stands to the left of the stretch's own direction."""
    if len(users) == 1:
        return dict.fromkeys(users, 0.0)
    walks = {(row, ahead): _onward(stretch, ways[row], row, ahead) for row in users for ahead in (True, False)}

    def compared(a: int, b: int) -> int:
        return _compared(stretch, walks, a, b)

    order = sorted(users, key=cmp_to_key(compared))
    widths = wide[order]
    whole = float(widths.sum())
    middle = whole / 2 - (np.cumsum(widths) - widths / 2)
    closer = breadth(whole, most) / whole if whole > 0 else 1.0
    return dict(zip(order, (middle * closer).tolist(), strict=True))


def _compared(stretch: Stretch, walks: Mapping[tuple[int, bool], _Walk], a: int, b: int) -> int:
    """-1 where line a lies to the left of line b along a stretch: by the fork ahead, or else by the one behind."""
    for ahead in (True, False):
        side = _fork(walks[a, ahead], walks[b, ahead])
        if side:
            return -side if ahead else side
    # The same way from end to end: each keeps to the right of its own travel, the first row in the middle.
    forward = stretch.users[a], stretch.users[b]
    if forward[0] != forward[1]:
        return 1 if forward[0] else -1
    return (1 if a > b else -1) * (1 if forward[0] else -1)


def _onward(stretch: Stretch, way: Sequence[Stretch], row: int, ahead: bool) -> _Walk:
    """The stretch and what follows it on a line, in the stretch's own direction or against it."""
    at = next(place for place, each in enumerate(way) if each is stretch)
    along = stretch.users[row] == ahead
    rest = way[at:] if along else way[at::-1]
    return [(each, each.users[row] == along) for each in rest]


def _fork(one: _Walk, other: _Walk) -> int:
    """1 where `one` turns to the left of `other` where they part, -1 to the right; 0 where one of them ends there."""
    for turn, (a, b) in enumerate(zip(one, other, strict=False)):
        if a[0] is b[0]:
            continue
        into, walked = one[turn - 1]
        back = into.outward[1 if walked else 0]
        # From the way back counterclockwise to the way on: the larger, the farther to the left it leads.
        left_a, left_b = ((each.outward[0 if along else 1] - back) % math.tau for each, along in (a, b))
        return 0 if left_a == left_b else 1 if left_a > left_b else -1
    return 0


def _drawn(row: int, line: Line, way: Sequence[Stretch], asides: Mapping[int, _Asides]) -> tuple[Line, Floats]:
    """The vertices that are left, and how far they stand aside: where stretches meet as in the one of more lines."""
    kept: list[int] = []
    aside: list[float] = []
    crowd: list[int] = []
    start = 0
    for each in way:
        forward = each.users[row]
        last = len(each.points) - 1
        here = (each.kept if forward else last - each.kept[::-1]) + start
        there = asides.get(id(each), {})
        out = there.get(row, 0.0) * (1.0 if forward else -1.0)
        if kept and len(there) > crowd[-1]:
            aside[-1], crowd[-1] = out, len(there)
        new = here[1:] if kept else here
        kept += new.tolist()
        aside += [out] * len(new)
        crowd += [len(there)] * len(new)
        start += last
    return line[kept], np.array(aside)
