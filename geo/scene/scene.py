"""The Scene: everything a picture shows, as numbers. Every renderer reads this and nothing else.

Times are seconds since `Scene.start` (UTC); place, corridor and report references are row numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from geo.scene.style import Style

Text = NDArray[np.object_]
Floats = NDArray[np.float64]
Index = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """n places. lon, lat in degrees, EPSG:4326; radius_km is 0 for a point."""

    code: Text
    name: Text
    lon: Floats
    lat: Floats
    radius_km: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Corridors:
    """n corridors, what one arc draws each: origin, destination and mode (UN/ECE Rec 19, 0 not stated).

    id is "ORIGIN>DESTINATION>MODE", e.g. "KPRJN>RUVVO>1".
    """

    id: Text
    origin: Index
    destination: Index
    mode: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Knots:
    """Cumulative volume per corridor, exact and piecewise linear.

    Knots of corridor c are rows offsets[c]:offsets[c + 1], in time order; two knots at one time are a step.
    Time is half-open: the volume at t is that of [0, t), so a step at t itself is not yet in it. Up to the first
    knot the volume is 0, after the last it stays. high is +inf where open, which it is as soon as a report without
    bound has added anything: between a finite high and an infinite one it is infinite.

    A trailing window cannot be told from high alone once that is infinite, hence two more curves: `closed`,
    the high of the reports that have one plus the best of those that have none, always finite; and `open`,
    the best of the latter. Over a window the high is infinite where `open` grows, else what `closed` grows by.
    """

    offsets: NDArray[np.int64]
    time: Floats
    low: Floats
    best: Floats
    high: Floats
    closed: Floats
    open: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Itemised legs, sorted by depart. arrive == depart where no arrival was reported (a step).

    onward marks a later leg of a shipment whose containers an earlier leg has already counted: they widen
    its corridor, but are left out of sums over corridors.
    """

    corridor: Index
    depart: Index
    arrive: Index
    low: NDArray[np.float32]
    best: NDArray[np.float32]
    high: NDArray[np.float32]
    onward: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """Dated notes on the time bar. time is the first second of the event's day."""

    time: Floats
    title: Text
    note: Text
    source: Text
    url: Text


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """What stands behind the picture, numbered as on a plate (row 0 is source 1).

    A report is a total, or all itemised legs of one claimant, outlet, day and link together.
    kind is "total" or "legs"; said_on is a day in words, or "". corridors_of[r] lists the corridors it stands
    behind. drawn is False for a total that is part of another, a capacity, or of another unit: it is shown as a
    card, and adds nothing to any width.
    """

    id: Text
    kind: Text
    claimant: Text
    outlet: Text
    said_on: Text
    summary: Text
    words: Text
    url: Text
    drawn: NDArray[np.bool_]
    corridors_of: tuple[NDArray[np.uint32], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A picture in numbers, half-open in time: [start, start + seconds)."""

    title: str
    unit: str
    start: datetime
    seconds: int
    places: Places
    corridors: Corridors
    knots: Knots
    spread: Knots
    """The part of `knots` that comes from totals spread over their windows; it drifts, and never pulses."""
    legs: Legs
    events: Events
    reports: Reports
    style: Style
