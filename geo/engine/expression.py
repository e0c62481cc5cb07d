"""Flows -> knots as one Ibis expression: the same curves as those of `geo.volume`, on the same grids.

Sums of multiples of a power of two are exact in whatever order an engine adds them up; what it rounds is the growth
between two moments, so that its figures may differ from those of `geo.volume` by a last bit of a corridor's whole.
"""

from __future__ import annotations

from functools import cache

import duckdb
import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.compute as pc

from geo.volume import FINE_BITS, MEASURES, SHARES, SUM_BITS


def expression(table: ir.Table, measures: tuple[str, ...] = MEASURES) -> ir.Table:
    """The knots of a table as `geo.volume.flows` makes them: corridor, time, after, *measures.

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
    table = table.mutate(**amounts, fine_grid=table.rate_grid * 2.0**-FINE_BITS)
    rates = {name: ibis.ifelse(table.ramp, table[name] / table.span, 0.0) for name in measures}
    table = table.mutate(
        **{f"r_{name}": (rate / table.rate_grid).round() * table.rate_grid for name, rate in rates.items()}
    )
    rest = {name: (rate - table[f"r_{name}"]) / table.fine_grid for name, rate in rates.items()}
    return table.mutate(**{f"s_{name}": part.round() * table.fine_grid for name, part in rest.items()})


def _shares(value: ir.FloatingColumn, largest: ir.FloatingColumn) -> ir.FloatingValue:
    share = (value / largest.nullif(0.0) * SHARES).ceil().cast("int64")
    return share.sum().cast("float64") / SHARES


def _grid(total: ir.FloatingValue) -> ir.FloatingValue:
    """A power of two of which every sum up to `total` is an exact multiple in float64. 1 where there is nothing."""
    # The floor keeps the finer grid of rates, too, well above the smallest numbers of float64.
    exponent = ibis.greatest(total.nullif(0.0).log2().ceil().cast("float64") - SUM_BITS, -900.0)
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


def knots(table: pa.Table) -> pa.Table:
    """Flows -> knots, both as in `geo.volume.knots`."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("flows", table)
        rows = connection.sql(_sql()).to_arrow_table()
    high = pc.if_else(pc.greater(rows["open"], 0.0), float("inf"), rows["closed"])
    return rows.select(["corridor", "time", *MEASURES]).append_column("high", high)


@cache
def _sql() -> str:
    """The expression as DuckDB's SQL: compiling takes longer than running it on a small scene."""
    kinds = {"corridor": "int64", "start": "int64", "end": "int64"} | dict.fromkeys(MEASURES, "float64")
    return str(ibis.to_sql(expression(ibis.table(kinds, name="flows")), dialect="duckdb"))
