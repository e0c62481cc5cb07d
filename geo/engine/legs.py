"""The rows of a file on an engine -> legs as moves: route, unit, claimant, when they begin and end, and how much.

What every engine reads alike, and most rows hold, is read there: days and moments of ISO 8601, plain figures. All else
goes through the rules of files as distinct combinations (`geo.engine.spoken`), and comes back by a join.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from types import MappingProxyType

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import DAY
from geo.engine.expression import real, whole
from geo.engine.spoken import Said
from geo.parsing.dates import FIRST_YEAR, LAST_YEAR

PLACES = (
    *("origin", "origin_lat", "origin_lon", "origin_in_country"),
    *("destination", "destination_lat", "destination_lon", "destination_in_country", "mode"),
)
DATES = (
    *("depart", "depart_year", "depart_month", "depart_day", "depart_quarter", "depart_week", "depart_latest"),
    *("depart_from", "depart_to", "arrive", "arrive_earliest"),
)
FIGURES = ("containers", "containers_low", "containers_best", "containers_high", "sum_of")
UNIT = ("unit",)
COUNTS = (*FIGURES, *UNIT)
USED = (*PLACES, *DATES, *FIGURES, *UNIT, "claimant")
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?Z?$"
_COUNT = "^[0-9]{1,12}$"
_NUMBER = r"^[0-9]{1,12}([.][0-9]{1,15})?$"
_FINEST, _LARGEST = 1e-4, 1e12
"""Within these a float64 is written without an exponent, as our columns have it."""

Ask = Callable[[ir.Table, Mapping[str, pa.Table]], pa.Table]
Read = Callable[[pa.Table], Said]
Keep = Callable[[ir.Table], ir.Table]
"""Runs an expression on an engine; reads combinations by the rules of files; keeps what an expression gives."""


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """The legs of a file, as `COLUMNS` of a table that an engine makes.

    pair     the number of a combination of places
    unit     the number of one of `units`
    open     1 where there is no upper limit: then high is best
    start, end  seconds, int64
    legs     how many a row tells of
    why      the number of a reason not to count; null for rows that do

    tables: what it is joined to. places: the combinations. units: names.
    """

    table: ir.Table
    tables: Mapping[str, pa.Table]
    places: Said
    units: Sequence[str]


def moves(
    rows: ir.Table, ask: Ask, read: Read, also: Mapping[str, str] = MappingProxyType({}), keep: Keep = lambda made: made
) -> Moves:
    """rows: a file's, under our names. Each question is asked of the engine once. also: more columns of the moves, each
    with the column of the rows that it is. keep: stores what several questions are asked of, where it is small."""
    more = {name: rows[column] for name, column in also.items()}
    table = rows.select(*(name for name in USED if name in rows.columns), **more)
    table = table.mutate(**_quick_dates(table))
    table = keep(table.mutate(**_quick_figures(table)))
    tables: dict[str, pa.Table] = {}

    def asked(names: Sequence[str], those: ir.BooleanValue | None) -> Said:
        there = [name for name in names if name in rows.columns]
        of_these = table if those is None else table.filter(those)
        return read(ask(of_these.select(*there).distinct(), {}) if there else pa.table({"unit": [""]}))

    places, units = asked(PLACES, None), asked(UNIT, None)
    dates, figures = asked(DATES, ~table.dated), asked(COUNTS, ~table.counted)

    def joined(
        table: ir.Table, name: str, said: Said, columns: Mapping[str, pa.Array], keys: Sequence[str]
    ) -> ir.Table:
        there = [key for key in keys if key in rows.columns]
        renamed = {f"{name}_{key}": said.cells[key] for key in there}
        tables[name] = pa.table({**renamed, f"why_{name}": said.why, **columns})
        other = ibis.table(ibis.Schema.from_pyarrow(tables[name].schema), name=name)
        alike = [table[key].identical_to(other[f"{name}_{key}"]) for key in there]
        # A file without a column of units has one unit, and one row to be joined to.
        joint = table.left_join(other, alike) if alike else table.cross_join(other)
        return joint.drop(*renamed)

    names = pc.unique(pa.concat_arrays([said.column("unit").cast(pa.string()) for said in (units, figures)]))

    def unit_of(said: Said) -> pa.Array:
        return pc.index_in(said.column("unit").cast(pa.string()), names).cast(pa.int64())

    table = joined(table, "places", places, {"pair": pa.array(range(len(places.cells)), pa.int64())}, PLACES)
    table = joined(table, "units", units, {"in_unit": unit_of(units), "scale": units.column("containers_best")}, UNIT)
    table = joined(table, "dates", dates, _periods(dates), DATES)
    table = joined(table, "figures", figures, {**_ranges(figures), "said_unit": unit_of(figures)}, COUNTS)
    # Words are read with their unit: where they were, that is all there is to say of it.
    of_figures = ibis.ifelse(table.counted, table.why_units, table.why_figures)
    table = table.mutate(why=ibis.coalesce(table.why_places, table.why_dates, of_figures).cast("int64"))
    return Moves(_moved(_settled(table), tuple(also)), tables, places, names.to_pylist())


COLUMNS = ("pair", "unit", "claimant", "open", "start", "end", "legs", "low", "best", "high", "why")


def _periods(dates: Said) -> Mapping[str, pa.Array]:
    names = {"from": "depart", "latest": "depart_latest", "earliest": "arrive_earliest", "until": "arrive"}
    return {f"said_{ours}": dates.column(name).cast(pa.int64()) for ours, name in names.items()}


def _ranges(figures: Said) -> Mapping[str, pa.Array]:
    ends = {f"said_{end}": figures.column(f"containers_{end}").cast(pa.float64()) for end in ("low", "best", "high")}
    return ends | {"said_sum": figures.column("sum_of").cast(pa.float64())}


def _quick_dates(table: ir.Table) -> Mapping[str, ir.Value]:
    """quick_*: the periods of departure and arrival in seconds, null where none is given; dated: they are certain."""
    found: dict[str, ir.Value] = {}
    certain: list[ir.BooleanValue] = []
    for name, ends in (("depart", ("from", "latest")), ("arrive", ("earliest", "until"))):
        start, end, known = _period(table[name]) if name in table.columns else _nothing()
        found |= {f"quick_{ends[0]}": start, f"quick_{ends[1]}": end}
        certain.append(known)
    others = [name for name in DATES if name not in ("depart", "arrive") and name in table.columns]
    certain += [_is_empty(table[name]) for name in others]
    depart, until = found["quick_from"], found["quick_until"]
    some = depart.notnull() | until.notnull()
    in_order = depart.isnull() | until.isnull() | (until > depart) | (found["quick_earliest"] >= depart)
    return {**found, "dated": reduce(and_, [*certain, some, in_order]).fill_null(False)}


def _nothing() -> tuple[ir.Value, ir.Value, ir.Value]:
    return ibis.null("int64"), ibis.null("int64"), ibis.literal(True)


def _is_empty(column: ir.Column) -> ir.BooleanValue:
    return (column.isnull() | (column == "")) if column.type().is_string() else column.isnull()


def _period(column: ir.Column) -> tuple[ir.Value, ir.Value, ir.BooleanValue]:
    """First second and exclusive end of a column of days and moments, null where empty; and whether that is certain."""
    kind = column.type()
    if kind.is_string():
        day = column.re_search(_DAY)
        written = ibis.ifelse(day | column.re_search(_MOMENT), column.rstrip().replace("Z", ""), ibis.null("string"))
        moment = written.try_cast("timestamp")
        empty = _is_empty(column)
    elif kind.is_date() or kind.is_timestamp():
        moment = column.cast("timestamp")
        midnight = moment == moment.truncate("D")
        day = midnight if kind.is_date() or kind.timezone is None else ibis.literal(False)
        empty = column.isnull()
    else:
        return ibis.null("int64"), ibis.null("int64"), column.isnull()
    sound = (moment.year() >= FIRST_YEAR) & (moment.year() <= LAST_YEAR)
    start = ibis.ifelse(sound, moment.epoch_seconds().cast("int64"), ibis.null("int64"))
    end = start + ibis.ifelse(day, whole(DAY), whole(0))
    return start, end, empty | start.notnull()


def _quick_figures(table: ir.Table) -> Mapping[str, ir.Value]:
    """quick_low, quick_best, quick_high, quick_sum: figures in the row's unit; counted: they are certain."""
    parts: dict[str, ir.Value] = {}
    certain: list[ir.BooleanValue] = []
    for name in FIGURES:
        if name in table.columns:
            parts[name], known = _figure(table[name], counts=name in ("containers", "sum_of"))
            certain.append(known)
        else:
            parts[name] = ibis.null("float64")
    words, low, best, high = (parts[name] for name in FIGURES[:4])
    if "containers_best" not in table.columns:
        certain += [parts[name].isnull() for name in ("containers_low", "containers_high")]
        low, best, high = words, words, words
    else:
        told = best.notnull()
        best = ibis.coalesce(best, words)
        low = ibis.coalesce(low, best)
        unsaid = ibis.ifelse(told, real(float("inf")), best) if "containers_high" in table.columns else best
        high = ibis.coalesce(high, unsaid)
    counted = reduce(and_, [*certain, best.notnull(), low <= best, best <= high])
    return {
        "quick_low": low,
        "quick_best": best,
        "quick_high": high,
        "quick_sum": parts["sum_of"],
        "counted": counted.fill_null(False),
    }


def _figure(column: ir.Column, *, counts: bool) -> tuple[ir.Value, ir.BooleanValue]:
    """A plain figure, null where empty; and whether that is certain. counts: it has to be whole."""
    kind = column.type()
    if kind.is_string():
        plain = column.re_search(_COUNT if counts else _NUMBER)
        number = ibis.ifelse(plain, column, ibis.null("string")).try_cast("float64")
        return number, _is_empty(column) | number.notnull()
    if not (kind.is_integer() or kind.is_floating()):
        return ibis.null("float64"), column.isnull()
    number = column.cast("float64")
    fits = (number == real(0)) | ((number >= real(_FINEST)) & (number < real(_LARGEST)))
    if counts:
        fits &= number == number.floor().cast("float64")
    # NaN is neither a figure nor nothing: what it is, the rules of files say.
    number = ibis.ifelse(fits.fill_null(False), number, ibis.null("float64"))
    return number, column.isnull() | number.notnull()


def _settled(table: ir.Table) -> ir.Table:
    """What was read on the engine where it is certain, else what the rules of files say."""
    names = ("from", "latest", "earliest", "until")
    dates = {name: ibis.ifelse(table.dated, table[f"quick_{name}"], table[f"said_{name}"]) for name in names}
    scaled = {name: table[f"quick_{name}"] * table.scale for name in ("low", "best", "high")}
    figures = {name: ibis.ifelse(table.counted, scaled[name], table[f"said_{name}"]) for name in scaled}
    many = ibis.ifelse(table.counted, table.quick_sum, table.said_sum)
    unit = ibis.ifelse(table.counted, table.in_unit, table.said_unit)
    return table.mutate(**{f"on_{name}": each for name, each in dates.items()}, many=many, of_unit=unit, **figures)


def _moved(table: ir.Table, also: Sequence[str]) -> ir.Table:
    """As the map has it (`geo.scene.movements`): from departure to arrival; over a vague departure; or in one step."""
    arrives = table.on_from.isnull()
    start = ibis.ifelse(arrives, table.on_earliest, table.on_from)
    latest = ibis.ifelse(arrives, table.on_until, table.on_latest)
    under_way = ~arrives & table.on_until.notnull()
    long = (latest - start > whole(DAY)) | table.many.notnull()
    at_once = start + ibis.ifelse(arrives, whole(1), whole(0))
    end = ibis.ifelse(under_way, table.on_until, ibis.ifelse(long, latest, at_once))
    infinite = table.high == real(float("inf"))
    claimant = table.claimant.cast("string").fill_null("") if "claimant" in table.columns else ibis.literal("")
    return table.select(
        pair=table.pair,
        unit=table.of_unit,
        claimant=claimant,
        open=infinite.cast("int64"),
        start=start,
        end=ibis.greatest(start, end),
        legs=ibis.coalesce(table.many, real(1)).cast("int64"),
        low=table.low,
        best=table.best,
        high=ibis.ifelse(infinite, table.best, table.high),
        why=table.why,
        **{name: table[name] for name in also},
    )
