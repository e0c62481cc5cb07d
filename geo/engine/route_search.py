"""The rows of one route in files of legs: found by their places, then read by all the rules, so that what is listed is
what was counted."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.columns import DEFAULT_UNIT
from geo.engine import duck
from geo.engine.expression import real
from geo.engine.inputs import Input, find
from geo.engine.legs import PLACES, USED, moves
from geo.engine.own_columns import own_headers
from geo.engine.spoken import Reasons, Said, read
from geo.errors import GeoError, UnreadableFile
from geo.files import formulas
from geo.gazetteer.places import Places

MOST = 200
"""Legs that are listed; how many there are is told."""
GIVEN = (
    *("depart", "arrive", "vessel", "carrier", "cargo", "shipment"),
    *("outlet", "said_on", "words", "url", "note"),
)
"""Columns that are told as they stand in the files."""
LONGEST = 1_000
"""Characters of such a cell."""
GONE = "it is not there any more"
CHANGED = "it was changed since it was summed, so that its rows are not those that were counted"


@dataclass(frozen=True, slots=True)
class Route:
    """What is asked for: codes of places as the sums have them, and a unit.

    mode: its number, any where None. start, end: seconds; what moves at least in part in [start, end), where None since
    ever. claimants: theirs alone, where not None.
    """

    origin: str
    destination: str
    unit: str = DEFAULT_UNIT
    mode: int | None = None
    start: float | None = None
    end: float = math.inf
    claimants: frozenset[str] | None = None


@dataclass(slots=True, eq=False)
class _Group:
    """Rows of files with the same columns, in a table of the engine."""

    table: ir.Table
    guarded: bool


@dataclass(slots=True, eq=False)
class RouteSearch:
    """One search. groups: by the columns of the files and their types."""

    session: duck.Session
    route: Route
    places: Places = field(default_factory=Places.load)
    groups: dict[object, _Group] = field(default_factory=dict)
    known: dict[object, dict[tuple[object, ...], bool]] = field(default_factory=dict)
    """Combinations of places -> whether they are the route; each is read once for all files."""
    searched: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)

    def look(self, number: int, file: Input) -> None:
        """Takes the rows of the route out of one file."""
        try:
            if reason := _unlike(file):
                self.notes.append((file.name, reason))
                return
            rows, _ = self.session.open(file)
            headers = own_headers(file, rows)
            ends = self.session.distinct({name: headers[name] for name in PLACES if name in headers})
            wanted = self._of_route(file, ends)
            if len(wanted):
                taken = {name: headers[name] for name in (*USED, *GIVEN) if name in headers}
                kind = (file.form, *((name, str(rows[header].type())) for name, header in taken.items()))
                into = self.groups[kind].table.get_name() if kind in self.groups else f"rows {len(self.groups)}"
                self.groups[kind] = _Group(self.session.gather(into, taken, wanted, number), file.form == "csv")
            self.searched += 1
        except GeoError as error:
            self.notes.append((file.name, str(getattr(error, "reason", error))))

    def _of_route(self, file: Input, ends: pa.Table) -> pa.Table:
        known = self.known.setdefault((file.form, *ends.column_names), {})
        keys = list(zip(*(ends[name].to_pylist() for name in ends.column_names), strict=True))
        new = [at for at, key in enumerate(keys) if key not in known]
        if new:
            cells = ends.take(new)
            said = read(file.name, cells, self.places, Reasons(), guarded=file.form == "csv")
            fits = set(_pairs(said, self.route))
            known |= {keys[at]: turn in fits for turn, at in enumerate(new)}
        return ends.filter(pa.array([known[key] for key in keys], pa.bool_()))

    def listed(self, files: Sequence[Input], over: Event) -> tuple[pd.DataFrame, int, int]:
        """What was found, read by all the rules: the last of it, how many rows there are, and for how many legs.

        over: set once the time is. Raises TimeoutError.
        """
        parts, rows, legs = [], 0, 0
        for group in self.groups.values():
            if over.is_set():
                raise TimeoutError
            table, own_rows, own_legs = self._read(group)
            parts.append(table)
            rows, legs = rows + own_rows, legs + own_legs
        return _listed(parts, files), rows, legs

    def _read(self, group: _Group) -> tuple[pa.Table, int, int]:
        also = {"file": "file", **{f"given_{name}": name for name in GIVEN if name in group.table.columns}}
        found = moves(
            group.table,
            self.session.run,
            lambda cells: read("", cells, self.places, Reasons(), guarded=group.guarded),
            also,
            keep=lambda table: self.session.keep(table, {}, "read once"),
        )
        units = [at for at, unit in enumerate(found.units) if (unit or DEFAULT_UNIT) == self.route.unit]
        fit = _fitting(found.table, _pairs(found.places, self.route), units, self.route, guarded=group.guarded)
        fit = self.session.keep(fit, found.tables, "fitting")
        counted = self.session.run(fit.aggregate(rows=fit.count(), legs=fit.legs.sum()), {}).to_pylist()[0]
        last = fit.order_by(ibis.desc("start"), ibis.desc("end"), "file").limit(MOST)
        texts = {name: last[name].cast("string").substr(0, LONGEST) for name in also if name != "file"}
        columns = ("file", "start", "end", "legs", "low", "best", "high", "open", "claimant")
        table = self.session.run(last.select(*columns, **texts), {})
        if group.guarded:
            for name in ("claimant", *texts):
                at = table.column_names.index(name)
                cells = table[name].combine_chunks().cast(pa.string())
                table = table.set_column(at, name, formulas.restored(cells))
        return table, int(counted["rows"] or 0), int(counted["legs"] or 0)


def _unlike(file: Input) -> str:
    """Why a file is not the one that was summed; "" where it is. Raises UnreadableFile where it cannot be looked up."""
    try:
        (now,) = find([file.address])
    except UnreadableFile as error:
        if error.reason == "matches no file":
            return GONE
        raise
    return "" if now.identity == file.identity else CHANGED


def _pairs(said: Said, route: Route) -> list[int]:
    """The numbers of the combinations of places that are the route."""
    ends = (said.column(name).cast(pa.string()).to_pylist() for name in ("origin", "destination"))
    rows = zip(*ends, said.column("mode").to_pylist(), strict=True)
    wanted = (route.origin, route.destination)
    return [at for at, (*pair, mode) in enumerate(rows) if tuple(pair) == wanted and route.mode in (None, mode)]


def _fitting(
    table: ir.Table, pairs: Collection[int], units: Collection[int], route: Route, *, guarded: bool
) -> ir.Table:
    """What counts, on the route, in its unit, at least in part in its time, by its claimants."""
    fits = table.why.isnull() & table.pair.isin(pairs) & table.unit.isin(units)
    start, end = (table[name].cast("float64") for name in ("start", "end"))
    if math.isfinite(route.end):
        fits &= start < real(route.end)
    if route.start is not None:
        ramp = table.end > table.start
        fits &= ibis.ifelse(ramp, end > real(route.start), start >= real(route.start))
    if route.claimants is not None:
        names = {*route.claimants, *(formulas.neutral(name) for name in route.claimants if guarded)}
        fits &= table.claimant.isin(sorted(names))
    return table.filter(fits)


def _listed(parts: Sequence[pa.Table], files: Sequence[Input]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame({name: [] for name in ("file", "start", "end", "legs", "low", "best", "high", "claimant")})
    whole = pa.concat_tables(parts, promote_options="permissive")
    whole = whole.sort_by([("start", "descending"), ("end", "descending"), ("file", "ascending")])[:MOST]
    plain: Mapping[str, list[object]] = whole.to_pydict()
    open_ = plain["open"]
    columns: dict[str, object] = {
        "file": [files[int(str(at))].name for at in plain["file"]],
        **{name: pd.to_datetime(np.array(plain[name], np.int64), unit="s", utc=True) for name in ("start", "end")},
        **{name: plain[name] for name in ("legs", "low", "best")},
        "high": [math.inf if each else high for each, high in zip(open_, plain["high"], strict=True)],
        "claimant": plain["claimant"],
    }
    for name in GIVEN:
        cells = [text or "" for text in plain.get(f"given_{name}", [])]
        if any(cells):
            columns[name] = cells
    return pd.DataFrame(columns)
