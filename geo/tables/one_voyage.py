"""Legs that do not say the same and may be one voyage all the same, so that two tellings are not taken for two.

Three kinds of pairs of legs are found, and what comes of them is for a reader to say:

ship     one ship on one route, told by two sources, whose departures (at their vaguest) overlap, or lie closer than the
         ship could be back for another one
period   one route, told by two sources, where not both name a ship: departures that overlap, and figures that do
revised  one route, departure and source in two files, with another figure: the later file may correct the earlier one,
         where it repeats other rows of it (`geo.tables.voyages_told` leaves out the others)

What of them is put together, `geo.tables.voyages_told` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geo.arrays import DAY, NOT_A_TIME, Floats, Ints, Mask
from geo.tables import checks
from geo.tables.coded_legs import CodedLegs

ROUTE = ("origin", "destination", "unit")
STATED = ("shipment", "mode", "cargo", "carrier")
"""What tells movements apart where it is stated, beside the ship."""
USUAL_KMH = 15 * 1.852
"""15 knots: what cargo ships make. Sailings are asked about, not ruled out, so this is no limit."""
IN_PORT_S = 2 * DAY
"""A day at each end to load and to unload, before a ship can leave its port again."""
MOST_SAILINGS = 32
"""A departure is compared with so many of the next ones of its ship and route."""
MOST_IN_PERIOD = 31
"""Where a source tells more movements within the period of another's, it has a row a day: statistics, not voyages."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """p pairs of legs. one, two: their rows. gap: the seconds between their departures, 0 where they overlap. off: by
    how much their figures differ. apart: the seconds between the middles of their departures. kind: 0 to 2, in the
    order of the docstring above."""

    one: Ints
    two: Ints
    gap: Ints
    off: Floats
    apart: Ints
    kind: Ints

    def rows(self) -> Ints:
        """All rows of some pair."""
        return np.unique(np.concatenate([self.one, self.two])).astype(np.int64)

    def only(self, held: Mask) -> Pairs:
        """Some of the pairs."""
        return Pairs(*(getattr(self, name)[held] for name in self.__slots__))

    def of(self, rows: Ints) -> Pairs:
        """The same by the positions of their rows among `rows`, which are in order and hold them all."""
        return replace(self, one=np.searchsorted(rows, self.one), two=np.searchsorted(rows, self.two))


SHIP, PERIOD, REVISED = 0, 1, 2
NONE = Pairs(*(np.zeros(0, np.int64),) * 3, np.zeros(0), *(np.zeros(0, np.int64),) * 2)


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Some legs as numbers, in an order of their own. row: which leg; group: pairs lie within one; first, last: the
    first and last second of the departure; reach: so many seconds after its last one another is compared."""

    cells: CodedLegs
    row: Ints
    group: Ints
    first: Ints
    last: Ints
    reach: Ints
    speaker: Ints


def speakers(cells: CodedLegs, part: Ints) -> Ints:
    """The source of each leg: its claimant, whatever file it stands in; where none is named the file."""
    return pd.factorize(np.where(cells.blank("claimant"), -1 - part, cells.code("claimant")))[0].astype(np.int64)


def pairs(cells: CodedLegs, part: Ints, ship: Ints) -> Pairs:
    """The legs that may be one voyage though they differ. part: the file of each, ship: its number, 0 for none."""
    speaker = speakers(cells, part)
    route = _number(cells, ROUTE)
    found = []
    if speaker.any():
        rows = np.flatnonzero(_several(route, speaker))
        rows = rows[~cells.only(rows).are_sums()]
        sails = rows[ship[rows] > 0]
        sails = sails[_shared(route[sails] * (int(ship.max(initial=0)) + 1) + ship[sails])]
        found.append(_of_ships(cells, sails, route, ship, speaker))
        found.append(_of_periods(cells, rows, route, ship, speaker))
    if part.any():
        found.append(_revised(cells, part, ship))
    held = [each for each in found if each.one.size]
    if not held:
        return NONE
    return Pairs(*(np.concatenate([getattr(each, name) for each in held]) for name in Pairs.__slots__))


def _of_ships(cells: CodedLegs, rows: Ints, route: Ints, ship: Ints, speaker: Ints) -> Pairs:
    """Departures of one ship on one route that it cannot, or hardly can, have made both."""
    if not rows.size:
        return NONE
    here = cells.only(rows)
    first, last = _period(here, "depart", "depart_latest")
    arrives, arrived = _period(here, "arrive_earliest", "arrive")
    back = IN_PORT_S + (2 * 3600 * _lengths(here) / USUAL_KMH).astype(np.int64)
    undated = first == NOT_A_TIME
    first, last = np.where(undated, arrives - back, first), np.where(undated, arrived, last)
    # A ship that has not arrived cannot depart anew.
    under_way = np.where((arrives == NOT_A_TIME) | undated, 0, arrives - last - 1)
    group = pd.factorize(route[rows] * (int(ship.max()) + 1) + ship[rows])[0].astype(np.int64)
    held = first != NOT_A_TIME
    told = _Told(here, np.arange(rows.size), group, first, last, np.maximum(back, under_way), speaker[rows])
    return _joined(SHIP, rows, told, list(_swept(told, held, MOST_SAILINGS)))


def _of_periods(cells: CodedLegs, rows: Ints, route: Ints, ship: Ints, speaker: Ints) -> Pairs:
    """Movements on one route at times, and of figures, that overlap; of which not both name a ship."""
    if not rows.size:
        return NONE
    here = cells.only(rows)
    first, last = _period(here, "depart", "depart_latest")
    told = _Told(here, np.arange(rows.size), route[rows], first, last, np.zeros_like(first), speaker[rows])
    # One more than a period may hold, so that it is seen where there are more.
    found = list(_swept(told, first != NOT_A_TIME, MOST_IN_PERIOD + 1))
    if not found:
        return NONE
    one, two = (np.concatenate([each[at] for each in found]) for at in (0, 1))
    many = np.bincount(np.concatenate([one, two]), minlength=rows.size) > MOST_IN_PERIOD
    low, high = _figures(here, "containers_low"), _figures(here, "containers_high")
    held = ~(many[one] | many[two]) & ((ship[rows][one] == 0) | (ship[rows][two] == 0))
    held &= (low[one] <= high[two]) & (low[two] <= high[one])
    one, two = one[held], two[held]
    held = _compatible(here, one, two)
    return _joined(PERIOD, rows, told, [(one[held], two[held])])


def _revised(cells: CodedLegs, part: Ints, ship: Ints) -> Pairs:
    """Rows of two files that differ in their figure alone, of the same source."""
    keys = cells.codes((*ROUTE, "depart", "depart_latest", "claimant"))
    rows = np.asarray(checks.perhaps_alike(keys), np.int64)
    rows = rows[~cells.only(rows).are_sums()]
    if not rows.size:
        return NONE
    here = cells.only(rows)
    group = _number(here, (*ROUTE, "depart", "depart_latest", "claimant"))
    first, last = _period(here, "depart", "depart_latest")
    none = np.zeros_like(first)
    told = _Told(here, np.arange(rows.size), group, none, none, none, part[rows])
    found = []
    for one, two in _swept(told, np.ones(rows.size, bool), MOST_SAILINGS):
        best = here.code("containers_best")
        held = (best[one] != best[two]) & ((ship[rows][one] == 0) | (ship[rows][two] == 0))
        held &= _compatible(here, one, two)
        found.append((one[held], two[held]))
    dated = _Told(here, told.row, group, first, last, none, part[rows])
    return _joined(REVISED, rows, dated, found)


def _swept(told: _Told, held: Mask, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of one group and two speakers the second of which departs before the reach of the first ends."""
    at = np.flatnonzero(held)
    at = at[np.lexsort((told.last[at], told.first[at], told.group[at]))]
    open_ = np.arange(at.size)
    for step in range(1, most + 1):
        open_ = open_[open_ + step < at.size]
        one, two = at[open_], at[open_ + step]
        meets = (told.group[one] == told.group[two]) & (told.first[two] - told.last[one] <= told.reach[one])
        open_, one, two = open_[meets], one[meets], two[meets]
        if not open_.size:
            return
        differ = told.speaker[one] != told.speaker[two]
        yield one[differ], two[differ]


def _joined(kind: int, rows: Ints, told: _Told, found: list[tuple[Ints, Ints]]) -> Pairs:
    if not found:
        return NONE
    one, two = (np.concatenate([each[at] for each in found]) for at in (0, 1))
    gap = np.maximum(np.maximum(told.first[two] - told.last[one], told.first[one] - told.last[two]), 0)
    best = _figures(told.cells, "containers_best")
    middle = told.first // 2 + told.last // 2
    return Pairs(
        *(rows[one], rows[two], gap, np.abs(best[one] - best[two]), np.abs(middle[one] - middle[two])),
        np.full(one.size, kind, np.int64),
    )


def _compatible(cells: CodedLegs, one: Ints, two: Ints) -> Mask:
    """Whether nothing that both state tells them apart: their arrivals may be one, and so may all in `STATED`."""
    arrives, arrived = _period(cells, "arrive_earliest", "arrive")
    silent = (arrives[one] == NOT_A_TIME) | (arrives[two] == NOT_A_TIME)
    same: Mask = silent | ((arrives[one] <= arrived[two]) & (arrives[two] <= arrived[one]))
    for name in STATED:
        code, blank = cells.code(name), cells.blank(name)
        same &= (code[one] == code[two]) | blank[one] | blank[two]
    return same


def _period(cells: CodedLegs, begin: str, end: str) -> tuple[Ints, Ints]:
    """The first and the last second of a period; of a moment that moment, and `NOT_A_TIME` where nothing is given."""
    (codes, values), (codes_of_end, ends) = cells.numbered(begin), cells.numbered(end)
    # A column that a file has not is empty text.
    first, last = (
        np.array([NOT_A_TIME if each == "" else int(each) for each in of], np.int64)[at]
        for of, at in ((values.tolist(), codes), (ends.tolist(), codes_of_end))
    )
    first = np.where(first == NOT_A_TIME, last, first).astype(np.int64)
    return first, np.where(last == NOT_A_TIME, first, np.maximum(first, last - 1))


def _figures(cells: CodedLegs, name: str) -> Floats:
    codes, values = cells.numbered(name)
    found: Floats = np.nan_to_num(np.asarray(values, np.float64), nan=0.0)[codes]
    return np.minimum(found, np.finfo(np.float64).max)


def _lengths(cells: CodedLegs) -> Floats:
    """Kilometres from end to end; 0 where that was not reckoned."""
    codes, values = cells.numbered("length_km")
    km = np.array([0.0 if each == "" else float(each) for each in values.tolist()], np.float64)
    found: Floats = np.nan_to_num(km, nan=0.0)[codes]
    return found


def _number(cells: CodedLegs, names: tuple[str, ...]) -> Ints:
    columns = pd.DataFrame(dict(zip(names, cells.codes(names), strict=True)))
    return np.asarray(columns.groupby(list(names), sort=False).ngroup(), np.int64)


def _several(group: Ints, speaker: Ints) -> Mask:
    """Whether several speakers speak in a row's group."""
    least, most = np.full(int(group.max()) + 1, speaker.max()), np.zeros(int(group.max()) + 1, np.int64)
    np.minimum.at(least, group, speaker)
    np.maximum.at(most, group, speaker)
    found: Mask = (least < most)[group]
    return found


def _shared(number: Ints) -> Mask:
    shared: Mask = pd.Series(number).duplicated(keep=False).to_numpy(bool)
    return shared
