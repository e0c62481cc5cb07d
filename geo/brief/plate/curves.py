"""The centre lines of what is drawn between two places, and how one begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from geo.arrays import Floats, Ints

TAPER_FROM, TAPER_SHARE = 0.35, 0.3
"""Share of its width that an arc begins with, and share of its length after which it has all of it."""
HEAD_LEAST, HEAD_WIDTHS, HEAD_MOST = 10.0, 0.8, 0.35
"""Of the head: its least length in layout px, its length in widths of the arc, and its largest share of the arc."""
RING_MOST = 0.25
"""Of an arc that the ring of its destination takes at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """k centre lines from the origin to the neck, where the head begins: centre, normal (k, m, 2), the latter of length
    1; tip (k, 2); taper (k, m). of: the place of each in what was asked, since what crosses the edge of a world map is
    drawn twice."""

    centre: Floats
    normal: Floats
    tip: Floats
    taper: Floats
    of: Ints
