"""A sieve of legs -> the columns of `LEG_TABLE`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import pyarrow.compute as pc

from geo.columns import LEG_TABLE
from geo.gazetteer.geodesic import KM_PER_NM
from geo.gazetteer.places import Places
from geo.matching.shapes.claims import says_since
from geo.matching.spellings import WEAK
from geo.matching.synonyms import known_as, normal
from geo.matching.traits import is_imo, is_mmsi
from geo.parsing.dates import NEEDED, NO_DATE
from geo.parsing.plain_text import LONGEST_NO_VALUE, NO_VALUE, plain
from geo.tables import breakdowns, checks, exchanged_ends
from geo.tables.container_numbers import count_by_container
from geo.tables.date_columns import Spans, between, dates, moved, parted, put_together
from geo.tables.frame import Coded, Columns, texts
from geo.tables.nested_periods import warn_of_nested
from geo.tables.place_columns import Ends, PlacePairs, corridors, paired
from geo.tables.quantity_columns import amounts, figures
from geo.tables.rules import FUTURE, IMO, MMSI, TOO_FAST, TOO_LONG, TableColumns, grades, links, modes, rest, total_rows
from geo.tables.sites import Sites
from geo.tables.validator import Sieve, slices

ARRIVED = ("a leg has a departure", "None is given: it counts when it arrives. Nothing needs to be done.")
ARRIVES_LATER = (
    "a reported shipment has already arrived",
    "It arrives after today. Check the year, the month and the day.",
)
SAID_LATER = ("a report has been made", "It is dated after today. Check the year, the month and the day.")
PERIODS = frozenset(("period", "window", "week", "month", "quarter", "year", "season", "weeks", "months", "years"))
"""Words of a header under which a stretch of days is a period, and no voyage."""
SO_FAR = (
    "a row is a shipment of its own, and no running total",
    "It says since when it counts. If it is all so far, load it as a total: claimant, said_on, window and quantity.",
)
PART_OF_A_LEG = ("legs are counted whole", "Write a whole number, or leave it empty where the row is one leg.")
EXACT = ("containers_low", "containers_best", "containers_high")


def legs(sieve: Sieve, gazetteer: Places, today: date) -> TableColumns:
    """Itemised legs and their geodesics."""
    sieve.progress(0.0, "Looking up places")
    ends = Ends(sieve, Sites(gazetteer))
    origin, destination = ends.of("origin"), ends.of("destination")
    pairs, codes = paired(sieve, ends.sites, origin, destination)
    exchanged_ends.warn(ends, origin, destination)
    sieve.progress(0.3, "Reading dates")
    put_together(sieve, "depart")
    depart = between(sieve) if "depart_from" in sieve and "depart" not in sieve else _departures(sieve)
    depart = moved(sieve, depart, "depart_latest", end=True)
    arrive = dates(sieve, "arrive", required=False, exact="arrive_earliest" in sieve, stretches=True)
    arrive = moved(sieve, arrive, "arrive_earliest", end=False)
    warn_of_nested(sieve, depart)
    if depart.first_end is not None and not _says_departure(sieve):
        depart, arrive = parted(depart, arrive)
    _dated(sieve, arrive)
    _in_order(sieve, depart, arrive)
    said_on = dates(sieve, "said_on", required=False, exact=sieve.of_ours)
    sieve.progress(0.5, "Reading figures")
    amount = amounts(sieve, "containers", EXACT)
    count_by_container(sieve, amount)
    mode = modes(sieve)
    best = Coded(amount.best, amount.codes)
    total_rows(sieve, "containers", best)
    exact = best.at(slice(None)).astype(np.float64)
    breakdowns.set_aside(sieve, exact)
    breakdowns.areas(sieve, ends.sites, (origin, destination), exact)
    sieve.progress(0.6, "Drawing geodesics")
    lanes = corridors(sieve, ends.sites, pairs, codes)
    columns = {
        **rest(sieve, LEG_TABLE),
        **grades(sieve),
        "origin": lanes.origin,
        "destination": lanes.destination,
        "depart": depart.starts,
        "depart_latest": depart.ends,
        "arrive_earliest": arrive.starts,
        "arrive": arrive.ends,
        "said_on": said_on.starts,
        "mode": mode,
        "sum_of": _sums(sieve),
        **amount.coded("containers_"),
        "containers_words": texts(sieve.distinct("containers")),
    }
    sieve.progress(0.7, "Checking rows")
    sieve.check("imo", is_imo, IMO)
    sieve.check("mmsi", is_mmsi, MMSI)
    links(sieve, "url")
    for column in ("note", "words"):
        sieve.check(column, lambda text: not says_since(text), SO_FAR)
    _in_future(sieve, "depart", depart, today)
    _in_future(sieve, "said_on", said_on, today)
    _arrives_later(sieve, depart, arrive, today)
    _long(sieve, depart, arrive)
    _speeds(sieve, lanes, depart, arrive, mode)
    lengths: dict[str, Callable[[], Coded]] = {"length_km": lanes.km, "length_nm": partial(_miles, lanes)}
    table = Columns(LEG_TABLE, columns, sieve.sheet.lines, lanes.shapes, sieve.bad, lengths)
    return TableColumns(table, partial(ends.sites.table, lanes.sites), ends.unplaced(), ends.preferred())


def _departures(sieve: Sieve) -> Spans:
    return dates(sieve, "depart", required=False, exact="depart_latest" in sieve, stretches=True)


def _miles(lanes: PlacePairs) -> Coded:
    km = lanes.km()
    return Coded(np.asarray(km.values) / KM_PER_NM, km.codes)


def _sums(sieve: Sieve) -> Coded:
    """How many legs a row sums up; NaN where it is one."""
    said = figures(sieve, "sum_of")
    many = np.asarray(said.values, np.float64)
    parts = np.flatnonzero(many > np.floor(many)).tolist()
    sieve.judge("sum_of", said.codes, dict.fromkeys(parts, PART_OF_A_LEG))
    return said


def _says_departure(sieve: Sieve) -> bool:
    """Whether the header of the departures says that they are such, or a period: then a stretch of days is when it
    departed. Under a header such as "date" it is departure and arrival."""
    header = sieve.headers.get("depart", "depart")
    departing = any(each.column == "depart" and each.strength > WEAK for each in known_as(header, "legs"))
    return departing or not PERIODS.isdisjoint(normal(header).split())


def _dated(sieve: Sieve, arrive: Spans) -> None:
    """Rows without a departure are set aside, but for those with an arrival: they count when they arrive."""
    cells = sieve.distinct("depart")
    short = np.flatnonzero(pc.less_equal(pc.utf8_length(cells.values), LONGEST_NO_VALUE).to_numpy(zero_copy_only=False))
    blank = [at for at in short.tolist() if not (text := cells.values[at].as_py()) or plain(text) in NO_VALUE]
    if not blank:
        return
    for part in slices(len(sieve)):
        codes = cells.codes[part]
        arrived = ~np.isnat(arrive.end[arrive.codes[part]])
        for number in blank:
            rows = codes == number
            if "depart" in sieve:
                sieve.find(np.flatnonzero(rows & arrived) + part.start, "depart", ARRIVED, "warning")
            message = NO_DATE if cells.values[number].as_py() else NEEDED
            sieve.find(np.flatnonzero(rows & ~arrived) + part.start, "depart", message)


def _in_order(sieve: Sieve, depart: Spans, arrive: Spans) -> None:
    """A leg whose arrival certainly lies before its departure is set aside."""
    if "arrive" not in sieve:
        return
    message = ("a leg arrives after it departs", "Check both dates, or swap them.")
    for part in slices(len(sieve)):
        start, latest = arrive.start[arrive.codes[part]], arrive.end[arrive.codes[part]]
        departed = depart.start[depart.codes[part]]
        sieve.find(np.flatnonzero((start < departed) & (latest <= departed)) + part.start, "arrive", message)


def _in_future(sieve: Sieve, column: str, spans: Spans, today: date) -> None:
    late = np.flatnonzero(checks.in_future(spans.start, today)).tolist()
    message = FUTURE if column == "depart" else SAID_LATER
    sieve.judge(column, spans.codes, dict.fromkeys(late, message), "warning")


def _arrives_later(sieve: Sieve, depart: Spans, arrive: Spans, today: date) -> None:
    """Warns of legs that count when they arrive, where that is to come. Others may be under way."""
    for part in slices(len(sieve)):
        late = checks.in_future(arrive.start[arrive.codes[part]], today) & np.isnat(depart.start[depart.codes[part]])
        sieve.find(np.flatnonzero(late & ~sieve.bad[part]) + part.start, "arrive", ARRIVES_LATER, "warning")


def _long(sieve: Sieve, depart: Spans, arrive: Spans) -> None:
    """Warns of kept legs that are under way for longer than any voyage."""
    if "arrive" not in sieve:
        return
    for part in slices(len(sieve)):
        long = checks.too_long(depart.end[depart.codes[part]], arrive.start[arrive.codes[part]])
        sieve.find(np.flatnonzero(long & ~sieve.bad[part]) + part.start, "arrive", TOO_LONG, "warning")


def _speeds(sieve: Sieve, lanes: PlacePairs, depart: Spans, arrive: Spans, mode: Coded) -> None:
    """Warns of kept legs that go faster than their mode can, over the longest time that their words allow."""
    if "arrive" not in sieve:
        return
    km = lanes.km()
    for part in slices(len(sieve)):
        departed, arrived = depart.start[depart.codes[part]], arrive.end[arrive.codes[part]]
        fast = (
            checks.too_fast(km.at(part).astype(np.float64), departed, arrived, mode.at(part).astype(np.int8))
            & ~sieve.bad[part]
        )
        sieve.find(np.flatnonzero(fast) + part.start, "arrive", TOO_FAST, "warning")
