"""Legs as moves -> how much of each corridor moved in each step of time, as one Ibis expression.

Only what is not negative is added up, and nothing is taken off again: in whatever order an engine adds, its sum is as
near to the true one as float64 allows. Sums of two files are the sums of both.
"""

from __future__ import annotations

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from geo.engine.expression import real, whole

KEYS = ("pair", "unit", "claimant", "open")
MEASURES = ("low", "best", "high")
MONDAY = 4 * 86_400
"""1970-01-05 was a Monday: steps of a week begin on Mondays, those of a day at midnight, UTC."""


def sums(moves: ir.Table, every: int) -> ir.Table:
    """`KEYS`, step (int64, its number since that Monday), legs that begin in it, and `MEASURES` in it.

    moves: as `geo.engine.legs.Moves` has them; those with a reason not to count are left out. every: seconds.
    """
    table = moves.filter(moves.why.isnull())
    ramp = table.end > table.start
    table = table.mutate(
        ramp=ramp,
        first=_step(table.start, every),
        last=_step(ibis.ifelse(ramp, table.end - whole(1), table.start), every),
        span=ibis.ifelse(ramp, table.end - table.start, whole(1)).cast("float64"),
    )
    within = table.first == table.last
    before = (_begin(table.first + whole(1), every) - table.start).cast("float64")
    after = (table.end - _begin(table.last, every)).cast("float64")
    head, tail = ibis.ifelse(within, real(1), before / table.span), ibis.ifelse(within, real(0), after / table.span)
    middle = ibis.ifelse(within, real(0), real(every) / table.span)
    parts = {"head": head, "middle": middle, "tail": tail}
    # Legs of the same first and last step have the same steps between: those are made once for all of them.
    alike = table.group_by(*KEYS, "first", "last").agg(
        legs=table.legs.sum().cast("int64"),
        **{f"{part}_{name}": (table[name] * share).sum() for part, share in parts.items() for name in MEASURES},
    )
    spread = alike.mutate(step=ibis.range(alike.first, alike.last + whole(1)).unnest())
    return spread.group_by(*KEYS, "step").agg(
        legs=ibis.ifelse(spread.step == spread.first, spread.legs, whole(0)).sum().cast("int64"),
        **{name: _of_step(spread, name).sum() for name in MEASURES},
    )


def _step(time: ir.IntegerValue, every: int) -> ir.IntegerValue:
    return ((time - whole(MONDAY)).cast("float64") / real(every)).floor().cast("int64")


def _begin(step: ir.IntegerValue, every: int) -> ir.IntegerValue:
    return step * whole(every) + whole(MONDAY)


def _of_step(spread: ir.Table, name: str) -> ir.FloatingValue:
    return ibis.ifelse(
        spread.step == spread.first,
        spread[f"head_{name}"],
        ibis.ifelse(spread.step == spread.last, spread[f"tail_{name}"], spread[f"middle_{name}"]),
    )


def outcomes(moves: ir.Table) -> ir.Table:
    """why (the number of a reason, null for rows that count), rows."""
    return moves.group_by("why").agg(rows=moves.count())
