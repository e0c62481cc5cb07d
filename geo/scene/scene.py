"""The Scene: everything a picture shows, as numbers. Every renderer reads this and nothing else.

Times are seconds since `Scene.start` (UTC); place, corridor and report references are row numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.arrays import Bytes, Floats, Index, Ints, Mask, Texts
from geo.reconcile.volumes import PeriodTable
from geo.scene.style import Style

PathKind = Literal["arcs", "routes"]
PATHS: tuple[PathKind, ...] = ("arcs", "routes")
"""What is drawn between two places: an arc, which is a link, or a route by sea, where there is one."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """n places. lon, lat in degrees, EPSG:4326, of an area its label point; radius_km is 0 for a point.

    country  of an area with a shape (`geo.sea.areas`): the ISO 3166-1 alpha-2 code of the country that it is, or that
             it is a region of; "" for a point, and for a circle
    whole    whether it is all of that country
    """

    code: Texts
    name: Texts
    lon: Floats
    lat: Floats
    radius_km: Floats
    country: Texts
    whole: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Corridors:
    """n corridors, what one arc draws each: origin, destination and mode (UN/ECE Rec 19, 0 not stated).

    id is "ORIGIN>DESTINATION>MODE", e.g. "KPRJN>RUVVO>1".

    reconciled  its volume is the range that totals and legs allow together, not a sum of legs
    counted     it adds to sums over corridors. What lies inside a reconciled flow, or is one, does not: several of
                those may speak of the same containers
    contested   seconds since the start from which the claimants cannot all be right about it; +inf where they can
    inside      rows of the reconciled corridors that contain this one: from an area, to an area, by any mode
    about       its range, where that is ±10 %, is what a source called "about": see `geo.scene.about`
    bow         to which side its arc bows and how far: see `geo.scene.bows`
    """

    id: Texts
    origin: Index
    destination: Index
    mode: Bytes
    reconciled: Mask
    counted: Mask
    contested: Floats
    inside: tuple[Index, ...]
    bow: NDArray[np.int8]
    about: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Indicative routes by sea, drawn in place of arcs: see `geo.scene.paths`.

    The points of corridor c are rows offsets[c]:offsets[c + 1], from its origin to its destination; with none it keeps
    its arc. lon is continuous: past the antimeridian it goes on beyond ±180.

    aside     how far each point stands to the left of the way, as containers of width, where routes lie side by side
    left      corridors that keep their arcs though they go by sea, since only so many of the largest have routes
    unstated  whether any of them is by no stated mode, between two ports
    overlap   whether so many share a way somewhere that they lie over one another, narrower than their sum
    """

    offsets: Ints
    lon: Floats
    lat: Floats
    aside: Floats
    left: int
    unstated: bool
    overlap: bool

    @property
    def routed(self) -> Mask:
        """Which corridors have a route."""
        found: Mask = self.offsets[1:] > self.offsets[:-1]
        return found


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

    The curves of a corridor that is `reconciled` are bounds of a sum that nobody took apart, so what lies between two
    moments is told by `FlowPeriods`, and they may begin before the scene does. Here `open` is a flag: 1 at moments at
    which the high is open and 0 at others; `closed` is the best wherever it is 1.
    """

    offsets: Ints
    time: Floats
    low: Floats
    best: Floats
    high: Floats
    closed: Floats
    open: Floats
    reconciled: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What sets the range of one reconciled corridor, at each of k moments in time order, as rows of `Reports`.

    low_by, high_by  the reports whose figures add up to the bound; none where nothing sets it
    tops             the largest figure that any side gives by then: its high, or its low where that is open
    sides            what each side allows, where it is contested: see `SidePeriods`
    conflicts        each minimal set of reports that cannot all be true, of those that its own reports stand in
    """

    corridor: int
    time: Floats
    low_by: tuple[Index, ...]
    high_by: tuple[Index, ...]
    tops: Floats
    sides: tuple[SidePeriods, ...]
    conflicts: tuple[Index, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SidePeriods:
    """What those who can be right together allow a contested corridor to have carried.

    name   the claimants who are not on every side: "Seoul", "Kyiv and Seoul"
    table  from each moment to each later one, in seconds since the start of the scene; the first moment is the
           beginning, so its row is the cumulative range
    """

    name: str
    table: PeriodTable


@dataclass(frozen=True, slots=True, eq=False)
class FlowPeriods:
    """The range of one reconciled corridor between any two moments, in seconds since the start of the scene."""

    corridor: int
    table: PeriodTable


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Itemised legs, sorted by depart. arrive == depart where no arrival was reported (a step).

    Those on a reconciled corridor add nothing to it: its range already holds them. onward marks a leg of a counted
    corridor that is left out of sums over corridors, since its containers are counted elsewhere: by an earlier leg of
    its shipment, or by a reconciled flow that another leg of it lies inside.
    """

    corridor: Index
    depart: Index
    arrive: Index
    low: NDArray[np.float32]
    best: NDArray[np.float32]
    high: NDArray[np.float32]
    onward: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Cargoes:
    """What was carried, by name: see `geo.scene.cargoes`.

    name    "" is not stated, and the first; then the largest first
    of_leg  row of `name` of each of the scene's legs
    stated  of each reconciled corridor the rows of `name` that its reports give; of others nothing
    spread  what departures too vague for a moment add, as knots: corridor, cargo (row of `name`), time, low, best,
            closed, open as in `Knots`, by corridor, cargo and time
    """

    name: Texts
    of_leg: Bytes
    stated: tuple[Index, ...]
    spread: pa.Table


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """Dated notes on the time bar. time is the first second of the event's day; url is as given."""

    time: Floats
    title: Texts
    note: Texts
    source: Texts
    url: Texts


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """What stands behind the picture, numbered as on a plate (row 0 is source 1).

    A report is a total, or all itemised legs of one claimant, outlet, day and link together.
    kind is "total" or "legs"; said_on is a day in words, or "". corridors_of[r] lists the corridors it stands
    behind. drawn: it adds to a corridor, or bounds one. A capacity, or a report of another unit, does neither: it is
    shown as a card. url is as given, and need not be a link: see `geo.safe_text`. shares_of[r] has the number of legs,
    and their low, best and high in sum, on each of several corridors; nothing for a total, or a single corridor.
    """

    id: Texts
    kind: Texts
    claimant: Texts
    outlet: Texts
    said_on: Texts
    summary: Texts
    words: Texts
    url: Texts
    drawn: Mask
    corridors_of: tuple[Index, ...]
    shares_of: tuple[Mapping[int, tuple[int, float, float, float]], ...]


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
    """The part of `knots` that no itemised leg brings: reconciled ranges, and departures too vague to be a moment. It
    drifts, and never pulses."""
    again: Knots
    """One curve: the part of `spread` that sums over corridors leave out, since it is counted elsewhere; see `Legs`."""
    lead: int
    """Row of the corridor whose range the words tell, or -1 where they tell the sum over the counted ones. What totals
    speak of is never added up: it is the largest of the flows that lie in no other one, unless the sum is larger."""
    bounds: tuple[Bounds, ...]
    """Of each reconciled corridor, in their order."""
    periods: tuple[FlowPeriods, ...]
    """Of each reconciled corridor, in their order."""
    legs: Legs
    events: Events
    reports: Reports
    style: Style
    paths: Paths | None = None
    """Routes in place of arcs, where they were asked for."""
    cargoes: Cargoes | None = None
    """What was carried, where any report that is drawn says it."""
