"""One ship in two places: calls of one ship too far apart for the time between them, and voyages at the same time.

A ship is its IMO number, else its MMSI, else its name (`geo.tables.duplicates`). A call is a departure or an arrival.
Calls are compared with the next few of the same ship, and times are taken at their most generous, so that what is
found is certain. Two voyages at once need not be wrong: cargo may stay aboard while the ship calls elsewhere. So those
are told only where the calls lie far off one's way, and the sentence says what would explain them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from geo.arrays import NOT_A_TIME, Ints, Mask
from geo.matching.traits import is_imo, is_mmsi
from geo.tables.coded_legs import of_table
from geo.tables.duplicates import SHIP, ships
from geo.tables.ship_names import is_name
from geo.voyages.ends import MARITIME, NOT_STATED, Legs
from geo.voyages.finding import MOST_LISTED, Finding, Found, Reckoning
from geo.voyages.words import Words

COMPARED = 8
"""A call, or a voyage, is compared with so many of the next ones of its ship."""
DETOUR = 2.0
"""A ship that calls elsewhere with cargo aboard seldom makes that cargo's way so many times as long."""


@dataclass(frozen=True, slots=True, eq=False)
class Sailings:
    """m voyages of ships, each told by one leg or more: by ship, and by the middle of when they begin.

    ship: its number; row: the first leg that tells it, as a row of the legs; of: the sailing of each leg, -1 for none.
    """

    ship: Ints
    row: Ints
    of: Ints

    def legs(self, *sailings: int) -> Ints:
        """The rows of all legs that tell of some of them."""
        return np.flatnonzero(np.isin(self.of, sailings)).astype(np.int64)


def sailings_of(legs: Legs) -> Sailings:
    """The legs by ships, those that say the same of their ship taken together."""
    ship = np.where(np.isin(legs.mode, (MARITIME, NOT_STATED)), _numbers(legs.table), 0)
    named = np.flatnonzero(ship > 0)
    times = (legs.depart, legs.depart_last, legs.arrive_first, legs.arrive)
    told = pd.DataFrame(np.column_stack([ship, legs.origin, legs.destination, *times]))
    told = told.iloc[named]
    number, _ = pd.factorize(pd.util.hash_pandas_object(told, index=False))
    first = np.flatnonzero(~pd.Series(number).duplicated().to_numpy(bool))
    rows = named[first]
    begins = np.where(legs.depart == NOT_A_TIME, legs.arrive, legs.depart)[rows]
    order = np.lexsort((rows, begins, ship[rows]))
    of = np.full(ship.size, -1, np.int64)
    of[named] = np.argsort(order)[number]
    return Sailings(ship[rows][order], rows[order].astype(np.int64), of)


def _numbers(table: pd.DataFrame) -> Ints:
    """A number for the ship of each leg; 0 where none is named. A number that cannot be one names no ship."""
    cleaned = table[list(SHIP)].astype(object)
    for name, good in (("imo", is_imo), ("mmsi", is_mmsi), ("vessel", is_name)):
        codes, texts = pd.factorize(cleaned[name])
        kept = np.array([str(text) if good(str(text)) else "" for text in texts] or [""], object)
        cleaned[name] = kept[codes]
    return ships(of_table(cleaned))


def findings(legs: Legs, sailings: Sailings, words: Words) -> Found:
    """One ship in two places, and on two voyages at once; of each kind the first `MOST_LISTED`."""
    told, notes = [], []
    apart = list(islice(_in_two_places(legs, sailings), MOST_LISTED + 1))
    told += [_apart(legs, sailings, words, each) for each in apart[:MOST_LISTED]]
    known = {frozenset((each.one[0], each.two[0])) for each in apart}
    both = (pair for pair in _at_once(legs, sailings) if frozenset(pair) not in known)
    at_once = list(islice(both, MOST_LISTED + 1))
    told += [_on_both(legs, sailings, words, pair) for pair in at_once[:MOST_LISTED]]
    for found, what in ((apart, "ships in two places"), (at_once, "ships on two voyages at once")):
        if len(found) > MOST_LISTED:
            notes.append(f"The first {MOST_LISTED} {what} are listed; there are more.")
    return Found(tuple(told), tuple(notes))


Pair = tuple[int, int]
Call = tuple[int, int, bool]
"""A sailing, the place, and whether it departs there."""


@dataclass(frozen=True, slots=True)
class _Apart:
    """Two calls of one ship, and what the way between them would take."""

    one: Call
    two: Call
    found: Reckoning


def _in_two_places(legs: Legs, sailings: Sailings) -> Iterator[_Apart]:
    calls = _calls(legs, sailings)
    ship, place, first, last, sailing, leaves = (calls[name].to_numpy(np.int64) for name in CALL)
    known, seen = np.zeros(len(calls), bool), set[frozenset[int]]()
    for step in range(1, min(COMPARED, len(calls) - 1) + 1):
        one, two = np.arange(len(calls) - step), np.arange(step, len(calls))
        same = (ship[one] == ship[two]) & (place[one] != place[two]) & (sailing[one] != sailing[two])
        one, two = one[same], two[same]
        hours = np.maximum(last[two] - first[one], last[one] - first[two]) / 3600.0
        limit = np.minimum(legs.limit_kmh[sailings.row[sailing[one]]], legs.limit_kmh[sailings.row[sailing[two]]])
        near = hours * limit < HALF_AROUND_KM
        one, two, hours, limit = one[near], two[near], hours[near], limit[near]
        km = legs.ends.least_km(place[one], place[two])
        for at in np.flatnonzero(km > limit * hours).tolist():
            a, b = int(one[at]), int(two[at])
            pair = frozenset((int(sailing[a]), int(sailing[b])))
            # One wrong date makes a call clash with all around it: the nearest tell of it.
            if pair in seen or (step > 1 and (known[a] or known[b])):
                continue
            known[a] = known[b] = True
            seen.add(pair)
            found = Reckoning(float(km[at]), float(hours[at]), float(limit[at]), "great circle")
            here, there = ((int(sailing[each]), int(place[each]), bool(leaves[each])) for each in (a, b))
            yield _Apart(here, there, found)


HALF_AROUND_KM = 20_040.0
"""No two places lie farther apart."""
CALL = ("ship", "place", "first", "last", "sailing", "leaves")


def _calls(legs: Legs, sailings: Sailings) -> pd.DataFrame:
    """The departures and arrivals of all sailings that are dated, by ship and by the middle of their periods."""
    rows, frames = sailings.row, []
    for place, first, last, leaves in (
        (legs.origin, legs.depart, legs.depart_last, True),
        (legs.destination, legs.arrive_first, legs.arrive_last, False),
    ):
        columns = {"ship": sailings.ship, "place": place[rows], "first": first[rows], "last": last[rows]}
        frame = pd.DataFrame({**columns, "sailing": np.arange(rows.size), "leaves": leaves})
        frames.append(frame[frame["first"] != NOT_A_TIME])
    calls = pd.concat(frames, ignore_index=True)
    middle = calls["first"] // 2 + calls["last"] // 2
    order = np.lexsort((calls["sailing"], ~calls["leaves"], middle, calls["ship"]))
    return calls.iloc[order].reset_index(drop=True)


def _apart(legs: Legs, sailings: Sailings, words: Words, apart: _Apart) -> Finding:
    told = []
    for sailing, place, leaves in (apart.one, apart.two):
        row = int(sailings.row[sailing])
        when = f"leaving {words.left(row)}" if leaves else f"arriving {words.arrived(row)}"
        told.append(f"in {words.place(place)} ({when})")
    pair = apart.one[0], apart.two[0]
    rows = sailings.row[np.array(pair)]
    # Told by the stricter of both limits, which is that of a ship where either leg is by ship.
    row = int(rows[int(np.argmin(legs.limit_kmh[rows]))])
    sentence = (
        f"{words.ship(row)} is reported {told[0]} and {told[1]}: {words.distance(apart.found, row)} "
        f"{words.speed(apart.found, row)}.{_name_alone(legs, rows)}"
    )
    return Finding("two places", legs.labels(sailings.legs(*pair)), sentence, apart.found)


def _name_alone(legs: Legs, rows: Ints) -> str:
    imo, mmsi = legs.table["imo"], legs.table["mmsi"]
    if all(is_imo(str(imo.iat[row])) or is_mmsi(str(mmsi.iat[row])) for row in rows.tolist()):
        return ""
    return " Only its name says that this is one ship."


def _at_once(legs: Legs, sailings: Sailings) -> Iterator[Pair]:
    for one, two in overlapping(legs, sailings):
        a, b = int(sailings.row[one]), int(sailings.row[two])
        if not _shares_a_call(legs, a, b) and _far_off_the_way(legs, a, b):
            yield one, two


def _on_both(legs: Legs, sailings: Sailings, words: Words, pair: Pair) -> Finding:
    a, b = (int(sailings.row[each]) for each in pair)
    sentence = (
        f"{words.ship(a)} is reported on two voyages at once: {words.voyage(a)}; and {words.voyage(b)}. That fits "
        f"only if one cargo stayed aboard on the other voyage.{_name_alone(legs, np.array([a, b]))}"
    )
    return Finding("two voyages", legs.labels(sailings.legs(*pair)), sentence)


def overlapping(legs: Legs, sailings: Sailings) -> Iterator[Pair]:
    """Pairs of sailings of one ship neither of which can have ended before the other began."""
    row, ship = sailings.row, sailings.ship
    dated = (legs.depart[row] != NOT_A_TIME) & (legs.arrive[row] != NOT_A_TIME)
    for step in range(1, min(COMPARED, row.size - 1) + 1):
        one, two = np.arange(row.size - step), np.arange(step, row.size)
        a, b = row[one], row[two]
        held = (ship[one] == ship[two]) & dated[one] & dated[two]
        held &= _begins_before_end(legs, a, b) & _begins_before_end(legs, b, a)
        yield from zip(one[held].tolist(), two[held].tolist(), strict=True)


def _begins_before_end(legs: Legs, one: Ints, other: Ints) -> Mask:
    """Whether one certainly departs before the other arrives."""
    found: Mask = legs.arrive_first[other] > legs.depart_last[one]
    return found


def _shares_a_call(legs: Legs, one: int, other: int) -> bool:
    """Whether both may have begun, or ended, with one call: cargo for several ports."""
    begins = legs.origin[one] == legs.origin[other] and _meet(legs.depart, legs.depart_last, one, other)
    ends = legs.destination[one] == legs.destination[other] and _meet(legs.arrive_first, legs.arrive_last, one, other)
    return bool(begins or ends)


def _meet(first: Ints, last: Ints, one: int, other: int) -> bool:
    return bool(first[one] <= last[other] and first[other] <= last[one])


def _far_off_the_way(legs: Legs, one: int, other: int) -> bool:
    """Whether the way by way of the other's calls is far longer than that of either voyage alone."""
    calls = sorted(
        (int(first[row]) + int(last[row]), turn, row, int(place[row]))
        for row in (one, other)
        for turn, first, last, place in (
            (0, legs.depart, legs.depart_last, legs.origin),
            (1, legs.arrive_first, legs.arrive_last, legs.destination),
        )
    )
    for row in (one, other):
        at = [number for number, call in enumerate(calls) if call[2] == row]
        places = np.array([call[3] for call in calls[at[0] : at[1] + 1]])
        way = float(legs.ends.least_km(places[:-1], places[1:]).sum())
        alone = float(legs.ends.least_km(places[:1], places[-1:])[0])
        if way > DETOUR * max(alone, 1.0):
            return True
    return False
