"""The rows kept, as a CSV in our own columns that reads back to the same table: words beside exact figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import ONE_DAY, Array, Ints, Times
from geo.columns import EVENT_TABLE, LEG_TABLE, MODES, PLACE_TABLE, TOTAL_TABLE
from geo.files import formulas
from geo.parsing.dates import FIRST_YEAR, LAST_YEAR
from geo.tables.frame import Coded, Columns
from geo.tables.rejected_rows import LINE
from geo.tables.validator import SLICE, slices

_LEG_HEAD = (
    *("origin", "destination", "depart", "arrive", "containers_low", "containers_best", "containers_high"),
    *("unit", "mode", "vessel", "cargo"),
)
_LEG_TAIL = ("containers_words", "depart_latest", "arrive_earliest")
_LENGTHS = ("row", "length_km", "length_nm")
_NAMED = {"containers_words": "containers", "window_words": "window", "quantity_words": "quantity"}
"""Columns of tables that a CSV has under another name."""


def layout(kind: str) -> tuple[str, ...]:
    """The columns of the table that a CSV of this kind has after "line", in order."""
    if kind == "legs":
        others = (name for name in LEG_TABLE if name not in (*_LEG_HEAD, *_LEG_TAIL, *_LENGTHS))
        return (*_LEG_HEAD, *others, *_LEG_TAIL)
    if kind == "places":
        names = list(PLACE_TABLE)
        at = names.index("radius_km")
        return (*names[:at], "lon", "lat", *names[at:])
    return tuple(name for name in (TOTAL_TABLE if kind == "totals" else EVENT_TABLE) if name not in _LENGTHS)


def parts(kind: str, columns: Columns, lines: Ints, rows: int = SLICE) -> Iterator[str]:
    """The CSV, first its line of names, then the lines of `rows` rows of the file at a time. lines: int64, n."""
    names = layout(kind)
    cells = _cells(columns, names)
    yield formulas.head([LINE, *(_NAMED.get(name, name) for name in names)])
    for part in slices(len(columns.bad), rows):
        kept = np.flatnonzero(~columns.bad[part]) + part.start
        if len(kept):
            numbers = pc.cast(pa.array(lines[kept]), pa.large_string())
            taken = {name: pc.take(cells[name].values, pa.array(cells[name].codes[kept])) for name in names}
            yield formulas.lines({LINE: numbers, **taken})


def _cells(columns: Columns, names: Sequence[str]) -> dict[str, Coded]:
    """Each column as its distinct cells in the CSV, and which of them each row has."""
    rows = len(columns.bad)
    made: dict[str, Coded] = {}
    if "depart" in columns.columns:
        made |= _period(columns, "depart", "depart_latest", shown_is_end=False)
        made |= _period(columns, "arrive_earliest", "arrive", shown_is_end=True)
    if columns.shapes is not None and "lon" in names:
        import shapely

        shapes = columns.shapes()
        points = np.asarray(shapes.values)
        for name, axis in (("lon", shapely.get_x(points)), ("lat", shapely.get_y(points))):
            made[name] = Coded(_numbers(axis), shapes.codes)
    nothing = Coded(pa.array([""], pa.large_string()), np.broadcast_to(np.zeros(1, np.int32), (rows,)))
    for name in names:
        if name not in made:
            column = columns.columns.get(name)
            made[name] = nothing if column is None else Coded(_written(name, column), column.codes)
    return made


def _written(name: str, column: Coded) -> pa.LargeStringArray:
    if isinstance(column.values, pa.Array):
        return formulas.written(column.values)
    values = np.asarray(column.values)
    if name == "mode":
        modes = {number: word for word, number in MODES.items()}
        return _texts(values, lambda mode: modes.get(int(mode), ""))
    if values.dtype.kind == "M":
        return _moments(values, whole_days=name in ("said_on", "accessed", "date"))
    return _numbers(values)


def _period(columns: Columns, first: str, last: str, *, shown_is_end: bool) -> dict[str, Coded]:
    """A date where the period is its day, a time where it is an instant; else both ends, exactly."""
    starts, ends = columns.columns[first], columns.columns[last]
    start, end = np.asarray(starts.values), np.asarray(ends.values)
    day = (start == start.astype("datetime64[D]")) & (end == start + np.timedelta64(ONE_DAY))
    short = day | (start == end) | np.isnat(start)
    first_text, last_text = _moments(start), _moments(end)
    days = pc.if_else(pa.array(day), pc.utf8_slice_codeunits(first_text, 0, 10), first_text)
    shown, other = (last_text, first_text) if shown_is_end else (first_text, last_text)
    shown_name, other_name = (last, first) if shown_is_end else (first, last)
    empty = pa.scalar("", pa.large_string())
    return {
        shown_name: Coded(pc.if_else(pa.array(short), days, shown), starts.codes),
        other_name: Coded(pc.if_else(pa.array(short), empty, other), starts.codes),
    }


def _moments(times: Times, *, whole_days: bool = False) -> pa.LargeStringArray:
    """Times in UTC as text, "" for NaT. whole_days: midnights as dates, where a date of that year can be read."""
    if not len(times):
        return pa.array([], pa.large_string())
    known = ~np.isnat(times)
    fraction = (times != times.astype("datetime64[s]")) & known
    text = np.where(fraction, np.datetime_as_string(times, unit="us"), np.datetime_as_string(times, unit="s"))
    text = np.char.add(text, "Z")
    if whole_days:
        years = times.astype("datetime64[Y]").astype(np.int64) + 1970
        day = (times == times.astype("datetime64[D]")) & (years >= FIRST_YEAR) & (years <= LAST_YEAR)
        text = np.where(day, np.datetime_as_string(times, unit="D"), text)
    return pa.array(np.where(known, text, "").tolist(), pa.large_string())


def _numbers(values: Array) -> pa.LargeStringArray:
    """The shortest digits that read back as the same number; "" for NaN, and for what is open."""
    return _texts(values, lambda each: np.format_float_positional(each, trim="-") if np.isfinite(each) else "")


def _texts(values: Array, write: Callable[[float], str]) -> pa.LargeStringArray:
    return pa.array([write(each) for each in values.tolist()], pa.large_string())
