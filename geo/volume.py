"""Legs and spread totals -> the cumulative volume of every corridor over time, as knots.

A *flow* is what adds containers to a corridor: a leg, or an amount spread over its window. Reconciling totals that
overlap is the business of `geo.reconcile`: it hands over curves, not flows, and `geo.scene.build` puts them beside what
comes from here. `at` and `window` read both. `geo.engine` has the same curves as an expression for engines of tables.

How the sums stay exact. A curve is the sum of ramps, so its slope is a running sum of +rate and -rate, and in plain
floating point the small flows drown in what the large ones leave behind. Every amount and rate is therefore rounded
once to a multiple of a power of two, coarse enough that any sum of them fits in 53 bits ("pre-rounding": Demmel and
Nguyen, "Parallel Reproducible Summation", IEEE Trans. Computers 64(7), 2015; rates in two levels), and summed as an
integer. Then +rate and -rate cancel to nothing, the order of rows cannot matter, and what remains is a slope that is
never negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.arrays import Floats, Ints, Mask, joined

MEASURES = ("low", "best", "closed", "open")
"""closed is the high of reports that have one, and the best of those that have none; it is finite.
open is the best of the latter: where it grows, the high is without bound."""

SUM_BITS = 51
"""53 bits of a double, less one for the rounding of a bound's logarithm and one for the sum of roundings."""
FINE_BITS = 28
"""The second level of a rate: leaves room for 2**24 flows on one corridor."""
SHARES = float(2**20)
"""The shares of the largest flow in which a bound of the sum of all is counted."""


class Curves(Protocol):
    """Knots of n corridors as in `geo.scene.scene.Knots`: rows offsets[c]:offsets[c + 1] belong to corridor c."""

    @property
    def offsets(self) -> Ints: ...
    @property
    def time(self) -> Floats: ...
    @property
    def low(self) -> Floats: ...
    @property
    def best(self) -> Floats: ...
    @property
    def closed(self) -> Floats: ...
    @property
    def open(self) -> Floats: ...


def flows(
    corridor: NDArray[np.integer],
    start: NDArray[np.integer],
    end: NDArray[np.integer],
    low: Floats,
    best: Floats,
    high: Floats,
) -> pa.Table:
    """n flows as a table: corridor, start, end (int64, seconds), low, best, closed, open (float64).

    A flow adds its containers evenly over [start, end), or in one step at start where end <= start.
    high is +inf where open; low <= best <= high, all others finite and not negative.
    """
    unbounded = np.isinf(high)
    whole = {"corridor": corridor, "start": start, "end": np.maximum(start, end)}
    parts = {
        "low": low,
        "best": best,
        "closed": np.where(unbounded, best, high),
        "open": np.where(unbounded, best, 0.0),
    }
    return pa.table(
        {name: np.asarray(column, np.int64) for name, column in whole.items()}
        | {name: np.asarray(column, np.float64) for name, column in parts.items()}
    )


def knots(table: pa.Table) -> pa.Table:
    """Flows -> knots: corridor, time (int64), low, best, closed, open, high (float64), by corridor and time.

    Two knots at one time are a step. Equal for any order of the flows. A million take about two seconds.
    """
    if not len(table):
        kinds = {"corridor": pa.int64(), "time": pa.int64()} | dict.fromkeys((*MEASURES, "high"), pa.float64())
        return pa.schema(kinds.items()).empty_table()
    order = np.argsort(table["corridor"].to_numpy())  # within a corridor in any order: all sums are exact
    corridor, start, end = (table[name].to_numpy()[order] for name in ("corridor", "start", "end"))
    told = _distinct({name: table[name].to_numpy() for name in MEASURES})
    values = {name: value[order] for name, value in told.items()}
    flows = _flows(corridor, start, end, np.maximum.reduce(list(values.values())))
    moments = _moments(flows)
    # A moment of a step has two knots: the value just before, and the one that holds from then on.
    count = 1 + moments.stepped
    columns = {"corridor": np.repeat(corridor[flows.first][moments.group], count)}
    columns["time"] = np.repeat(moments.time, count)
    for name, value in values.items():
        before, after = _curve(value, flows, moments)
        columns[name] = np.repeat(after, count)
        columns[name][(np.cumsum(count) - 2)[moments.stepped]] = before[moments.stepped]
    columns.setdefault("low", columns["best"])
    columns.setdefault("closed", columns["best"])
    columns.setdefault("open", np.zeros_like(columns["best"]))
    columns["high"] = np.where(columns["open"] > 0, np.inf, columns["closed"])
    return pa.table({name: columns[name] for name in ("corridor", "time", *MEASURES, "high")})


def _distinct(values: Mapping[str, Floats]) -> dict[str, Floats]:
    """The measures that say something of their own: most legs are plain numbers, and one curve is enough."""
    best = values["best"]
    telling = {name: bool((values[name] != best).any()) for name in ("low", "closed")}
    telling["open"] = bool(values["open"].any())
    return {name: value for name, value in values.items() if telling.get(name, True)}


@dataclass(frozen=True, slots=True)
class _Flows:
    """n flows in the order of their k corridors.

    group (n,): which corridor, from 0; first (k,): its first flow. ramp (n,): adds evenly over span seconds, not in
    one step. grid, rate_grid (k,): powers of two of which amounts and coarse rates are counted.
    """

    group: Ints
    first: Ints
    start: Ints
    end: Ints
    ramp: Mask
    span: Floats
    grid: Floats
    rate_grid: Floats


def _flows(corridor: Ints, start: Ints, end: Ints, top: Floats) -> _Flows:
    """top: the largest measure of each flow."""
    first = _begins(corridor)
    group = np.repeat(np.arange(first.size), np.diff(first, append=corridor.size))
    ramp = end > start
    span = np.where(ramp, end - start, 1).astype(np.float64)
    grid, rate_grid = (_grid(each, first, group) for each in (top, np.where(ramp, top / span, 0.0)))
    return _Flows(group, first, start, end, ramp, span, grid, rate_grid)


def _begins(*keys: Ints) -> Ints:
    """The rows, the first among them, at which some key differs from that of the row before."""
    changes = np.logical_or.reduce([np.diff(key) != 0 for key in keys])
    return np.concatenate(([0], np.flatnonzero(changes) + 1))


def _grid(value: Floats, first: Ints, group: Ints) -> Floats:
    """For each corridor a power of two of which every sum of its rounded values is an exact multiple in float64."""
    largest = np.maximum.reduceat(value, first)
    # Whole shares of the largest: their sum bounds the true sum closely, and is itself exact.
    shares = np.ceil(value / np.where(largest > 0, largest, 1.0)[group] * SHARES)
    mantissa, exponent = np.frexp(np.add.reduceat(shares, first) / SHARES * largest)
    ceiling = exponent - (mantissa == 0.5)
    # The floor keeps the finer grid of rates, too, well above the smallest numbers of float64.
    return np.where(largest > 0, np.ldexp(1.0, np.maximum(ceiling - SUM_BITS, -900)), 1.0)


@dataclass(frozen=True, slots=True)
class _Moments:
    """m moments at which something of a corridor begins, ends or steps, by corridor and time.

    events: the flows' starts and the ramps' ends, in the order of the moments; event (m,): the first of each.
    group (m,): which corridor; first (k,): its first moment. elapsed (m,): seconds since the moment before, 0 at the
    first. stepped (m,): something steps there.
    """

    ramp: Mask
    events: Ints
    event: Ints
    group: Ints
    first: Ints
    time: Ints
    elapsed: Floats
    stepped: Mask

    def sums(self, at_start: Ints, at_end: Ints) -> Ints:
        """What n flows add at their starts, and ramps at their ends, per moment (m,)."""
        return np.add.reduceat(np.concatenate((at_start, at_end[self.ramp]))[self.events], self.event)

    def running(self, added: Ints) -> Ints:
        """The sum up to and with each moment of its corridor (m,). That over all corridors may wrap; this does not."""
        whole = np.cumsum(added)
        return whole - (whole - added)[self.first][self.group]


def _moments(flows: _Flows) -> _Moments:
    ramp = flows.ramp
    time = np.concatenate((flows.start, flows.end[ramp]))
    group = np.concatenate((flows.group, flows.group[ramp]))
    events = np.argsort(joined(group, time))
    time, group = time[events], group[events]
    event = _begins(group, time)
    time, group = time[event], group[event]
    first = _begins(group)
    elapsed = np.diff(time, prepend=time[0]).astype(np.float64)
    elapsed[first] = 0.0
    stepped = np.logical_or.reduceat(np.concatenate((~ramp, np.zeros(ramp.sum(), bool)))[events], event)
    return _Moments(ramp, events, event, group, first, time, elapsed, stepped)


def _curve(value: Floats, flows: _Flows, moments: _Moments) -> tuple[Floats, Floats]:
    """A measure of n flows -> its sum before the steps of each moment (m,), and from then on. Neither ever falls."""
    grid, rate_grid = flows.grid[moments.group], flows.rate_grid[moments.group]
    amount = _whole(value / flows.grid[flows.group])
    rate = np.where(flows.ramp, value / flows.span, 0.0) / flows.rate_grid[flows.group]
    coarse, nothing = _whole(rate), np.zeros_like(amount)
    fine = _whole((rate - coarse) * 2.0**FINE_BITS)
    slope = moments.running(moments.sums(fine, -fine)) * 2.0**-FINE_BITS
    slope += moments.running(moments.sums(coarse, -coarse))
    # elapsed is 0 at the first moment of a corridor, where the slope before belongs to another one.
    grown = _whole(np.concatenate(([0.0], slope[:-1])) * moments.elapsed * (rate_grid / grid))
    at_once = np.where(flows.ramp, 0, amount)
    step = moments.sums(at_once, nothing) if at_once.any() else np.zeros(moments.time.size, np.int64)
    begun = moments.sums(amount, nothing)
    all_begun, all_done = moments.running(begun), moments.running(moments.sums(at_once, amount))
    # What has ended is in, and no more than what has begun: exact bounds, and equal whenever nothing is under way.
    after = np.clip(moments.running(grown + step), all_done, all_begun)
    # At the first moment of a corridor nothing has begun before, so that what stood in the row above does not count.
    last = np.concatenate(([0], after[:-1]))
    before = np.minimum(np.clip(last + grown, all_done - step, all_begun - begun), after)
    return before * grid, after * grid


def _whole(value: Floats) -> Ints:
    return np.rint(value).astype(np.int64)


def at(curves: Curves, t: float) -> tuple[Floats, Floats, Floats]:
    """Low, best and high of every corridor up to `t` seconds; high is +inf where a report is without bound.

    Half-open like all time here: what steps at `t` itself is not yet in, so that midnight closes the day before.
    """
    return _bounded(values_at(curves, t))


def window(curves: Curves, t: float, width: float) -> tuple[Floats, Floats, Floats]:
    """Low, best and high of what was added in [t - width, t), in seconds: each report by its spread's share.

    high is +inf only where a report without bound added something within the window. Of a reconciled curve best alone
    means anything: what its range says of a window stands in a table of its own (`geo.scene.scene.FlowPeriods`).
    """
    now, then = values_at(curves, t), values_at(curves, t - width)
    return _bounded(tuple(np.maximum(b - a, 0.0) for a, b in zip(then, now, strict=True)))


def _bounded(values: tuple[Floats, ...]) -> tuple[Floats, Floats, Floats]:
    low, best, closed, open_ = values
    return low, best, np.where(open_ > 0, np.inf, closed)


def values_at(curves: Curves, t: float) -> tuple[Floats, Floats, Floats, Floats]:
    """`MEASURES` of every corridor up to `t` seconds."""
    first, stop = curves.offsets[:-1], curves.offsets[1:]
    passed = np.concatenate(([0], np.cumsum(curves.time < t)))
    last = first + passed[stop] - passed[first] - 1
    some = last >= first
    k = np.where(some, last, 0)
    following = np.where(some & (last + 1 < stop), last + 1, k)
    if curves.time.size == 0:
        zero = np.zeros(first.size)
        return zero, zero.copy(), zero.copy(), zero.copy()
    span = curves.time[following] - curves.time[k]
    part = np.divide(t - curves.time[k], span, out=np.zeros(k.size), where=span > 0)

    def mix(column: Floats) -> Floats:
        # At a knot its own value, not one that misses it by a last bit.
        between = np.where(part < 1.0, column[k] + part * (column[following] - column[k]), column[following])
        return np.where(some, between, 0.0)

    return mix(curves.low), mix(curves.best), mix(curves.closed), mix(curves.open)
