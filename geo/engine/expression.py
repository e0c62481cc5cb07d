"""Flows -> knots as one Ibis expression: the same curves as those of `geo.volume`, on the same grids.

An engine may add up rows in any order, take 0.0 for a decimal, or know `greatest` of no fewer than two values. So every
number here is an int64 or a float64 by its literal, all sums are of whole numbers, and rounding is said and not left to
an engine's own: what one engine gives, each gives.
"""

from __future__ import annotations

from functools import cache, reduce

import duckdb
import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.compute as pc

from geo.volume import FINE_BITS, MEASURES, SHARES, SUM_BITS


def real(value: float) -> ir.FloatingScalar:
    """A float64: written as 0.0 alone, some engines take it for a decimal."""
    return ibis.literal(float(value), "float64")


def whole(value: int) -> ir.IntegerScalar:
    """An int64."""
    return ibis.literal(value, "int64")


def expression(table: ir.Table, measures: tuple[str, ...] = MEASURES) -> ir.Table:
    """The knots of a table as `geo.volume.flows` makes them: corridor, time, after, *measures, in no order.

    `after` is 0 for the value just before a step and 1 for the value that holds from `time` on.
    """
    moments = _moments(_rounded(table, measures), measures)
    return _curve(moments, measures)


def _rounded(table: ir.Table, measures: tuple[str, ...]) -> ir.Table:
    """Adds to each flow its amount a_* in grids, and its rate as r_* (coarse) and s_* (the fine rest), all int64."""
    ramp = table.end > table.start
    span = ibis.ifelse(ramp, table.end - table.start, whole(1)).cast("float64")
    top = reduce(ibis.greatest, (table[name] for name in measures))
    table = table.mutate(ramp=ramp, span=span, top=top)
    table = table.mutate(fast=ibis.ifelse(table.ramp, table.top / table.span, real(0)))
    corridor = ibis.window(group_by="corridor")
    table = table.mutate(top_max=table.top.max().over(corridor), fast_max=table.fast.max().over(corridor))
    # Whole shares of the largest: their sum bounds the true sum closely, and is itself exact.
    sums = {name: _shares(table[name], table[f"{name}_max"]).sum().over(corridor) for name in ("top", "fast")}
    table = table.mutate(**{f"{name}_sum": each.cast("float64") for name, each in sums.items()})
    table = table.mutate(
        grid=_grid(table.top_sum, table.top_max),
        rate_grid=_grid(table.fast_sum, table.fast_max),
    )
    amounts = {f"a_{name}": nearest(table[name] / table.grid) for name in measures}
    rates = {
        f"rate_{name}": ibis.ifelse(table.ramp, table[name] / table.span, real(0)) / table.rate_grid
        for name in measures
    }
    table = table.mutate(**amounts, **rates)
    table = table.mutate(**{f"r_{name}": nearest(table[f"rate_{name}"]) for name in measures})
    rest = {name: table[f"rate_{name}"] - table[f"r_{name}"].cast("float64") for name in measures}
    return table.mutate(**{f"s_{name}": nearest(part * real(2.0**FINE_BITS)) for name, part in rest.items()})


def nearest(value: ir.FloatingValue) -> ir.IntegerValue:
    """The nearest whole number; of two the larger, whatever an engine's own rounding takes."""
    return (value + real(0.5)).floor().cast("int64")


def _shares(value: ir.FloatingColumn, largest: ir.FloatingColumn) -> ir.IntegerValue:
    return (value / _or_one(largest) * real(SHARES)).ceil().cast("int64")


def _or_one(value: ir.FloatingColumn) -> ir.FloatingValue:
    return ibis.ifelse(value > real(0), value, real(1))


def _grid(shares: ir.FloatingColumn, largest: ir.FloatingColumn) -> ir.FloatingValue:
    """A power of two of which every sum up to that of the shares is an exact multiple in float64."""
    total = _or_one(shares / real(SHARES) * largest)
    # The floor keeps the finer grid of rates, too, well above the smallest numbers of float64.
    exponent = ibis.greatest(total.log2().ceil().cast("float64") - real(SUM_BITS), real(-900))
    return ibis.ifelse(largest > real(0), real(2).pow(exponent), real(1))


def _moments(table: ir.Table, measures: tuple[str, ...]) -> ir.Table:
    """One row per corridor and time at which something begins, ends or steps: sums of what does."""

    def event(rows: ir.Table, time: str, sign: int, *, begins: bool) -> ir.Table:
        columns: dict[str, ir.Value] = {"steps": ibis.ifelse(rows.ramp, whole(0), whole(1))}
        for name in measures:
            amount = rows[f"a_{name}"]
            at_once = ibis.ifelse(rows.ramp, whole(0), amount)
            columns[f"r_{name}"] = rows[f"r_{name}"] * whole(sign)
            columns[f"s_{name}"] = rows[f"s_{name}"] * whole(sign)
            columns[f"step_{name}"] = at_once
            columns[f"begun_{name}"] = amount if begins else whole(0)
            columns[f"done_{name}"] = at_once if begins else amount
        grids = {name: rows[name] for name in ("grid", "rate_grid")}
        return rows.select(corridor=rows.corridor, time=rows[time], **grids, **columns)

    ramps = table.filter(table.ramp)
    # A step has no rate: what it would begin, nothing ends.
    events = event(table, "start", 1, begins=True).union(event(ramps, "end", -1, begins=False))
    grids = {name: events[name].max() for name in ("grid", "rate_grid")}
    sums = {
        name: events[name].sum().cast("int64") for name in events.columns if name not in ("corridor", "time", *grids)
    }
    return events.group_by("corridor", "time").agg(**grids, **sums)


def _curve(moments: ir.Table, measures: tuple[str, ...]) -> ir.Table:
    """Running sums over the moments of each corridor -> its knots."""
    past = ibis.cumulative_window(group_by="corridor", order_by="time")
    here = ibis.window(group_by="corridor", order_by="time")

    def running(table: ir.Table, column: str) -> ir.IntegerValue:
        return table[column].sum().over(past).cast("int64")

    columns: dict[str, ir.Value] = {
        "elapsed": (moments.time - moments.time.lag().over(here)).fill_null(whole(0)).cast("float64")
    }
    for name in measures:
        coarse, fine = (running(moments, f"{each}_{name}").cast("float64") for each in ("r", "s"))
        columns[f"slope_{name}"] = fine * real(2.0**-FINE_BITS) + coarse
        columns[f"all_begun_{name}"] = running(moments, f"begun_{name}")
        columns[f"all_done_{name}"] = running(moments, f"done_{name}")
    table = moments.mutate(**columns)
    earlier = {f"earlier_{name}": table[f"slope_{name}"].lag().over(here).fill_null(real(0)) for name in measures}
    table = table.mutate(**earlier)
    grids = table.rate_grid / table.grid
    table = table.mutate(
        **{f"grown_{name}": nearest(table[f"earlier_{name}"] * table.elapsed * grids) for name in measures}
    )
    table = table.mutate(**{f"both_{name}": table[f"grown_{name}"] + table[f"step_{name}"] for name in measures})
    table = table.mutate(**{f"all_{name}": running(table, f"both_{name}") for name in measures})
    # What has ended is in, and no more than what has begun: exact bounds, and equal whenever nothing is under way.
    table = table.mutate(
        **{
            f"sum_{name}": _between(table[f"all_{name}"], table[f"all_done_{name}"], table[f"all_begun_{name}"])
            for name in measures
        }
    )
    last = {f"last_{name}": table[f"sum_{name}"].lag().over(here).fill_null(whole(0)) for name in measures}
    table = table.mutate(**last)
    after = {name: table[f"sum_{name}"].cast("float64") * table.grid for name in measures}
    stepped = table.filter(table.steps > whole(0))
    before = {name: _before(stepped, name).cast("float64") * stepped.grid for name in measures}
    return table.select("corridor", "time", **after, after=ibis.literal(1, "int8")).union(
        stepped.select("corridor", "time", **before, after=ibis.literal(0, "int8"))
    )


def _before(table: ir.Table, name: str) -> ir.Value:
    """The value just before the steps of this moment, within the same exact bounds."""
    done = table[f"all_done_{name}"] - table[f"step_{name}"]
    begun = table[f"all_begun_{name}"] - table[f"begun_{name}"]
    return ibis.least(_between(table[f"last_{name}"] + table[f"grown_{name}"], done, begun), table[f"sum_{name}"])


def _between(value: ir.Value, low: ir.Value, high: ir.Value) -> ir.Value:
    return ibis.least(ibis.greatest(value, low), high)


def knots(table: pa.Table) -> pa.Table:
    """Flows -> knots, both as in `geo.volume.knots`, on DuckDB."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("flows", table)
        return in_order(connection.sql(_sql()).to_arrow_table())


def in_order(rows: pa.Table) -> pa.Table:
    """What an engine gives for the expression of all measures -> knots as in `geo.volume.knots`."""
    rows = rows.sort_by([(name, "ascending") for name in ("corridor", "time", "after")])
    high = pc.if_else(pc.greater(rows["open"], 0.0), float("inf"), rows["closed"])
    return rows.select(["corridor", "time", *MEASURES]).append_column("high", high)


FLOWS = {"corridor": "int64", "start": "int64", "end": "int64"} | dict.fromkeys(MEASURES, "float64")
"""The columns of flows, as `geo.volume.flows` makes them."""


@cache
def _sql() -> str:
    """The expression as DuckDB's SQL: compiling takes longer than running it on a small scene."""
    return str(ibis.to_sql(expression(ibis.table(FLOWS, name="flows")), dialect="duckdb"))
