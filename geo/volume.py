"""Legs and spread totals -> the cumulative volume of every corridor over time, as knots.

A *flow* is what adds containers to a corridor: a leg, or an amount spread over its window. `expression` is one Ibis
expression over a table of flows; `knots` runs it on DuckDB in this process. Reconciling totals that overlap is the
business of `geo.reconcile`: it hands over curves, not flows, and `geo.scene.build` puts them beside what comes from
here. `at` and `window` read both.

How the sums stay exact. A curve is the sum of ramps, so its slope is a running sum of +rate and -rate, and in plain
floating point the small flows drown in what the large ones leave behind. Every amount and rate is therefore rounded
once to a multiple of a power of two, coarse enough that any sum of them fits in 53 bits ("pre-rounding": Demmel and
Nguyen, "Parallel Reproducible Summation", IEEE Trans. Computers 64(7), 2015; rates in two levels). Then +rate and
-rate cancel to nothing, the order of rows cannot matter, and what remains is a slope that is never negative.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

import duckdb
import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.arrays import Floats, Ints, Mask

MEASURES = ("low", "best", "closed", "open")
"""closed is the high of reports that have one, and the best of those that have none; it is finite.
open is the best of the latter: where it grows, the high is without bound."""

# 53 bits of a double, less one for the rounding of log2 and one for the sum of roundings.
_SUM_BITS = 51
# The second level of a rate: leaves room for 2**24 flows on one corridor.
_FINE_BITS = 28
_SHARE = float(2**20)


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
    @property
    def reconciled(self) -> Mask: ...


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
    table = table.combine_chunks()
    if not len(table):
        kinds = {"corridor": pa.int64(), "time": pa.int64()} | dict.fromkeys((*MEASURES, "high"), pa.float64())
        return pa.schema(kinds.items()).empty_table()
    measures = _distinct(table)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("flows", table)
        rows = connection.sql(_sql(measures)).to_arrow_table()
    columns = {name: rows[name] for name in ("corridor", "time", *measures)}
    zero = pa.nulls(len(rows), pa.float64()).fill_null(0.0)
    columns.setdefault("low", columns["best"])
    columns.setdefault("closed", columns["best"])
    columns.setdefault("open", zero)
    columns["high"] = pc.if_else(pc.greater(columns["open"], 0.0), np.inf, columns["closed"])
    return pa.table(columns)


@lru_cache
def _sql(measures: tuple[str, ...]) -> str:
    """The expression as DuckDB's SQL: compiling takes longer than running it on a small scene."""
    kinds = {"corridor": "int64", "start": "int64", "end": "int64"} | dict.fromkeys(MEASURES, "float64")
    return str(ibis.to_sql(expression(ibis.table(kinds, name="flows"), measures), dialect="duckdb"))


def _distinct(table: pa.Table) -> tuple[str, ...]:
    """The measures that say something of their own: most legs are plain numbers, and one curve is enough."""

    def differs(name: str) -> bool:
        return not table[name].equals(table["best"])

    optional = {
        "low": differs("low"),
        "closed": differs("closed"),
        "open": bool(pc.any(pc.greater(table["open"], 0)).as_py()),
    }
    return tuple(name for name in MEASURES if optional.get(name, True))


def expression(table: ir.Table, measures: tuple[str, ...] = MEASURES) -> ir.Table:
    """The knots of `table` (see `flows`) as one expression: corridor, time, after, *measures.

    `after` is 0 for the value just before a step and 1 for the value that holds from `time` on.
    """
    moments = _moments(_rounded(table, measures), measures)
    return _curve(moments, measures)


def _rounded(table: ir.Table, measures: tuple[str, ...]) -> ir.Table:
    """Adds to each flow its pre-rounded amount a_*, and its rate as r_* (coarse) and s_* (the fine rest)."""
    ramp = table.end > table.start
    span = ibis.ifelse(ramp, table.end - table.start, 1).cast("float64")
    top = ibis.greatest(*(table[name] for name in measures))
    table = table.mutate(ramp=ramp, span=span, top=top, fast=ibis.ifelse(ramp, top / span, 0.0))
    largest = table.group_by("corridor").agg(top_max=table.top.max(), fast_max=table.fast.max())
    table = table.join(largest, "corridor")
    # Whole shares of the largest: their sum bounds the true sum closely, and is itself exact.
    shares = table.group_by("corridor").agg(
        top_sum=_shares(table.top, table.top_max) * table.top_max.max(),
        fast_sum=_shares(table.fast, table.fast_max) * table.fast_max.max(),
    )
    shares = shares.select("corridor", grid=_grid(shares.top_sum), rate_grid=_grid(shares.fast_sum))
    table = table.join(shares, "corridor")
    amounts = {f"a_{name}": (table[name] / table.grid).round() * table.grid for name in measures}
    table = table.mutate(**amounts, fine_grid=table.rate_grid * 2.0**-_FINE_BITS)
    rates = {name: ibis.ifelse(table.ramp, table[name] / table.span, 0.0) for name in measures}
    table = table.mutate(
        **{f"r_{name}": (rate / table.rate_grid).round() * table.rate_grid for name, rate in rates.items()}
    )
    rest = {name: (rate - table[f"r_{name}"]) / table.fine_grid for name, rate in rates.items()}
    return table.mutate(**{f"s_{name}": part.round() * table.fine_grid for name, part in rest.items()})


def _shares(value: ir.FloatingColumn, largest: ir.FloatingColumn) -> ir.FloatingValue:
    share = (value / largest.nullif(0.0) * _SHARE).ceil().cast("int64")
    return share.sum().cast("float64") / _SHARE


def _grid(total: ir.FloatingValue) -> ir.FloatingValue:
    """A power of two of which every sum up to `total` is an exact multiple in float64. 1 where there is nothing."""
    # The floor keeps the finer grid of rates, too, well above the smallest numbers of float64.
    exponent = ibis.greatest(total.nullif(0.0).log2().ceil().cast("float64") - _SUM_BITS, -900.0)
    return ibis.coalesce(ibis.literal(2.0).pow(exponent), 1.0)


def _moments(table: ir.Table, measures: tuple[str, ...]) -> ir.Table:
    """One row per corridor and time at which something begins, ends or steps: sums of what does."""

    def event(rows: ir.Table, time: str, sign: float, begins: bool) -> ir.Table:
        columns: dict[str, ir.Value] = {"steps": ibis.ifelse(rows.ramp, 0, 1)}
        for name in measures:
            amount = rows[f"a_{name}"]
            columns[f"r_{name}"] = rows[f"r_{name}"] * sign
            columns[f"s_{name}"] = rows[f"s_{name}"] * sign
            columns[f"step_{name}"] = ibis.ifelse(rows.ramp, 0.0, amount)
            columns[f"begun_{name}"] = amount if begins else amount * 0.0
            columns[f"done_{name}"] = ibis.ifelse(rows.ramp, 0.0, amount) if begins else amount
        return rows.select(corridor=rows.corridor, time=rows[time], **columns)

    events = event(table, "start", 1.0, True).union(event(table.filter(table.ramp), "end", -1.0, False))
    sums = {name: events[name].sum() for name in events.columns if name not in ("corridor", "time")}
    return events.group_by("corridor", "time").agg(**sums)


def _curve(moments: ir.Table, measures: tuple[str, ...]) -> ir.Table:
    """Running sums over the moments of each corridor -> its knots."""
    past = ibis.cumulative_window(group_by="corridor", order_by="time")
    here = ibis.window(group_by="corridor", order_by="time")
    columns: dict[str, ir.Value] = {
        "elapsed": (moments.time - moments.time.lag().over(here)).fill_null(0).cast("float64")
    }
    for name in measures:
        columns[f"slope_{name}"] = moments[f"r_{name}"].sum().over(past) + moments[f"s_{name}"].sum().over(past)
        columns[f"all_begun_{name}"] = moments[f"begun_{name}"].sum().over(past)
        columns[f"all_done_{name}"] = moments[f"done_{name}"].sum().over(past)
    table = moments.mutate(**columns)
    grown = {
        f"grown_{name}": table[f"slope_{name}"].lag().over(here).fill_null(0.0) * table.elapsed for name in measures
    }
    table = table.mutate(**grown)
    # What has ended is in, and no more than what has begun: exact bounds, and equal whenever nothing is under way.
    table = table.mutate(
        **{
            f"sum_{name}": _between(
                (table[f"grown_{name}"] + table[f"step_{name}"]).sum().over(past),
                table[f"all_done_{name}"],
                table[f"all_begun_{name}"],
            )
            for name in measures
        }
    )
    # Running sums may be added up in another grouping from row to row, and fall by a last bit.
    table = table.mutate(**{name: table[f"sum_{name}"].max().over(past) for name in measures})
    after = table.select("corridor", "time", *measures, after=ibis.literal(1, "int8"))
    before = table.mutate(**{f"last_{name}": table[name].lag().over(here).fill_null(0.0) for name in measures})
    before = before.filter(before.steps > 0)
    before = before.select(
        "corridor", "time", **{name: _before(before, name) for name in measures}, after=ibis.literal(0, "int8")
    )
    return after.union(before).order_by("corridor", "time", "after")


def _before(table: ir.Table, name: str) -> ir.Value:
    """The value just before the steps of this moment, within the same exact bounds."""
    done = table[f"all_done_{name}"] - table[f"step_{name}"]
    begun = table[f"all_begun_{name}"] - table[f"begun_{name}"]
    return ibis.least(_between(table[f"last_{name}"] + table[f"grown_{name}"], done, begun), table[name])


def _between(value: ir.Value, low: ir.Value, high: ir.Value) -> ir.Value:
    return ibis.least(ibis.greatest(value, low), high)


def at(curves: Curves, t: float) -> tuple[Floats, Floats, Floats]:
    """Low, best and high of every corridor up to `t` seconds; high is +inf where a report is without bound.

    Half-open like all time here: what steps at `t` itself is not yet in, so that midnight closes the day before.
    """
    return _bounded(_values(curves, t))


def window(curves: Curves, t: float, width: float) -> tuple[Floats, Floats, Floats]:
    """Low, best and high of what was added in [t - width, t), in seconds: each report by its spread's share.

    high is +inf only where a report without bound added something within the window. A reconciled curve bounds a sum
    that cannot be taken apart: at least what its low at the end exceeds its high at the beginning by, at most what its
    high at the end exceeds its low at the beginning by.
    """
    now, then = _values(curves, t), _values(curves, t - width)
    low, best, closed, open_ = (np.maximum(b - a, 0.0) for a, b in zip(then, now, strict=True))
    high = np.where(open_ > 0, np.inf, closed)
    ranged = curves.reconciled
    if ranged.any():
        (low_then, _, high_then), (low_now, _, high_now) = _bounded(then), _bounded(now)
        # What is without bound at the beginning leaves nothing that certainly came after it.
        low = np.where(ranged, np.maximum(low_now - np.where(ranged, high_then, 0.0), 0.0), low)
        high = np.where(ranged, high_now - low_then, high)
    return low, best, high


def _bounded(values: tuple[Floats, Floats, Floats, Floats]) -> tuple[Floats, Floats, Floats]:
    low, best, closed, open_ = values
    return low, best, np.where(open_ > 0, np.inf, closed)


def _values(curves: Curves, t: float) -> tuple[Floats, Floats, Floats, Floats]:
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
