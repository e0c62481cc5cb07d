"""Which passages were closed all the time that a leg may have taken: what was open on one day of it may have been used.

Closures that recur are known to the month, so a season is taken to be half a month longer at both ends.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from geo.arrays import DAY, NOT_A_TIME, Ints
from geo.sea.passages import Closure, passages
from geo.voyages.ends import Legs

SEASON_SLACK = 16
"""Days."""
LONGEST_DAYS = 100
"""A leg without an arrival has arrived after so many: around the world at seven knots takes no longer."""
MOST_DAYS = 200_000
"""Longer spans than 500 years hold a wrong date: nothing is said of them."""
Ids = tuple[str, ...]


def closed_all_along(legs: Legs) -> tuple[Ints, list[Ids]]:
    """Which set of passages was closed on all days of each leg (n,), and those sets; the first one is empty."""
    sets: list[Ids] = [()]
    known = legs.depart != NOT_A_TIME
    number = np.zeros(known.size, np.int64)
    if not known.any():
        return number, sets
    last = np.where(legs.arrive == NOT_A_TIME, legs.depart_last + LONGEST_DAYS * DAY, legs.arrive_last)
    first_day, last_day = (np.floor_divide(each[known], DAY) for each in (legs.depart, last))
    begin, days = int(first_day.min()), int(last_day.max()) - int(first_day.min()) + 1
    if days > MOST_DAYS:
        return number, sets
    ids: list[str] = []
    bits = np.zeros(first_day.size, np.int64)
    for each in passages().values():
        if each.closures:
            bits |= _shut(each.closures, begin, days, first_day, last_day).astype(np.int64) << len(ids)
            ids.append(each.id)
    different, which = np.unique(np.append(bits, 0), return_inverse=True)
    number[known] = which[:-1]
    return number, [tuple(ids[bit] for bit in range(len(ids)) if value >> bit & 1) for value in different.tolist()]


def _shut(closures: tuple[Closure, ...], begin: int, days: int, first: Ints, last: Ints) -> Ints:
    """Whether one passage was closed from a first to a last day, numbered from 1970, each."""
    pad = SEASON_SLACK
    wide = np.arange(begin - pad, begin + days + pad)
    month = wide.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    shut = np.zeros(days, bool)
    for each in closures:
        day = wide[pad:-pad]
        inside = np.ones(days, bool)
        inside &= day >= _day(each.since) if each.since else True
        inside &= day < _day(each.until) if each.until else True
        if each.open_months:
            opened = np.concatenate([[0], np.cumsum(np.isin(month, list(each.open_months)))])
            inside &= opened[2 * pad + 1 :] == opened[: -2 * pad - 1]
        shut |= inside
    count = np.concatenate([[0], np.cumsum(shut)])
    begins, ends = first - begin, last - begin + 1
    found: Ints = (count[ends] - count[begins] == ends - begins).astype(np.int64)
    return found


def _day(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def why(passage: str, day: date) -> str:
    """Why a passage is closed on a day: "" where it is open."""
    return next((each.why for each in passages()[passage].closures if each.holds(day)), "")
