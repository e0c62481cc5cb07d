"""A sheet of one kind -> its table, with the dtypes of `columns`. Bad rows are refused through the sieve."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.evidence.columns import EVENT_TABLE, LEG_TABLE, TOTAL_TABLE, UTC_TIME
from geo.evidence.dates import Period, read_date
from geo.evidence.geodesic import KM_PER_NM, geodesics
from geo.evidence.places import CRS, Places, place_frame
from geo.evidence.quantity import Quantity, read_quantity, unit_name
from geo.evidence.sieve import Codes, Distinct, Sieve, Text, pairs
from geo.evidence.windows import Window, read_window

NATURES = ("", "estimate", "observed", "capacity")
EARTH_RADIUS_KM = 6371.0
HALF_ROUND_KM = 20015.0
"""No place reaches further around than to its antipode."""
_NO_QUANTITY = Quantity(0, 0, 0, "")
_NO_PERIOD = read_date("2000-01-01")
_NO_WINDOW = read_window("2000-01-01")


def legs(sieve: Sieve, gazetteer: Places) -> gpd.GeoDataFrame:
    """Itemised legs: the columns of `LEG_TABLE` and the geodesic."""
    table: dict[str, object] = _ends(sieve, gazetteer)
    depart, depart_latest = sieve.dates("depart", required=True)
    arrive_earliest, arrive = sieve.dates("arrive", required=False)
    too_early = (arrive_earliest < depart) & (arrive <= depart)
    sieve.refuse(too_early, "arrive", "a leg arrives after it departs", "Check both dates, or swap them.")
    said_on, _ = sieve.dates("said_on", required=False)
    table |= {"depart": depart, "depart_latest": depart_latest, "arrive_earliest": arrive_earliest, "arrive": arrive}
    table |= {
        "said_on": said_on,
        "mode": sieve.modes(),
        **_quantities(sieve, "containers", "containers_", "containers_words"),
    }
    _imo(sieve)
    _links(sieve, "url")
    frame = _kept(sieve, table, LEG_TABLE, ("length_km", "length_nm"))
    lines, km = geodesics(frame["origin"].to_numpy(object), frame["destination"].to_numpy(object), gazetteer)
    frame["length_km"], frame["length_nm"] = km, km / KM_PER_NM
    return gpd.GeoDataFrame(frame, geometry=lines.array, crs=CRS)


def totals(sieve: Sieve, gazetteer: Places) -> gpd.GeoDataFrame:
    """Totals over windows: the columns of `TOTAL_TABLE` and the geodesic."""
    sieve.filled("claimant", "a total has a claimant, who asserts it")
    table: dict[str, object] = _ends(sieve, gazetteer)
    table |= {"mode": sieve.modes(), **_quantities(sieve, "quantity", "", "quantity_words"), **_windows(sieve)}
    natures = np.char.lower(sieve.text("nature").astype(str)).astype(object)
    sieve.refuse(
        ~np.isin(natures, NATURES), "nature", f"a nature is one of {', '.join(NATURES[1:])}", "Or leave it empty."
    )
    table["nature"] = natures
    _links(sieve, "url")
    _links(sieve, "archive_url")
    ids = _ids(sieve)
    _parts(sieve, ids)
    table["id"] = ids
    frame = _kept(sieve, table, TOTAL_TABLE)
    lines, _ = geodesics(frame["origin"].to_numpy(object), frame["destination"].to_numpy(object), gazetteer)
    return gpd.GeoDataFrame(frame, geometry=lines.array, crs=CRS)


def places(sieve: Sieve) -> gpd.GeoDataFrame:
    """Places: the columns of `PLACE_TABLE` and points."""
    sieve.filled("code", "a place has a code")
    sieve.filled("name", "a place has a name")
    _unique(sieve, "code", sieve.text("code"), "a code names one place")
    lon = _numbers(sieve, "lon", -180, 180, "degrees east, a number from -180 to 180")
    lat = _numbers(sieve, "lat", -90, 90, "degrees north, a number from -90 to 90")
    radius = _numbers(sieve, "radius_km", 0, HALF_ROUND_KM, "a radius in km, a number from 0", required=False)
    kept = ~sieve.bad
    names = ("code", "name", "aliases", "kind", "country", "within", "source", "licence")
    table = pd.DataFrame({name: sieve.text(name)[kept] for name in names} | {"radius_km": radius[kept]})
    table["country"] = table["country"].str.upper()
    return place_frame(table, lon[kept], lat[kept])


def events(sieve: Sieve) -> pd.DataFrame:
    """Dated notes: the columns of `EVENT_TABLE`."""
    sieve.filled("title", "an event has a title")
    date, _ = sieve.dates("date", required=True)
    _links(sieve, "url")
    return _kept(sieve, {"date": date}, EVENT_TABLE)


def _ends(sieve: Sieve, gazetteer: Places) -> dict[str, object]:
    origin, destination = sieve.places("origin", gazetteer), sieve.places("destination", gazetteer)
    same = (origin == destination) & (origin != "")
    hint = "Give another destination; a stay in one place is no leg."
    sieve.refuse(same, "destination", "origin and destination are two places", hint)
    return {"origin": origin, "destination": destination}


def _quantities(sieve: Sieve, column: str, prefix: str, words: str) -> dict[str, object]:
    """low, best, high, the words and the unit of each row."""
    units = sieve.distinct("unit")
    units = Distinct([unit_name(value) for value in units.values], units.codes)
    cells, codes = pairs(sieve.distinct(column), units)
    readers = [partial(read_quantity, text, unit) for text, unit in cells]
    found = sieve.parsed(column, codes, readers, _NO_QUANTITY)
    columns: dict[str, object] = {
        f"{prefix}{end}": _take([getattr(each, end) for each in found], codes, float) for end in ("low", "best", "high")
    }
    return columns | {words: sieve.text(column), "unit": _take(units.values, units.codes, object)}


def _windows(sieve: Sieve) -> dict[str, object]:
    """The six moments of each window, its words, and said_on."""
    cells, codes = pairs(sieve.distinct("window"), sieve.distinct("said_on"))
    texts = sieve.distinct("said_on")
    periods = sieve.parsed("said_on", texts.codes, [partial(read_date, text) for text in texts.values], _NO_PERIOD)
    said: dict[str, Period] = dict(zip(texts.values, periods, strict=True))
    readers = [partial(read_window, text, said[day]) for text, day in cells]
    found = sieve.parsed("window", codes, readers, _NO_WINDOW)
    ends = [name for name in Window.__slots__ if name != "words"]
    columns: dict[str, object] = {name: _moments([getattr(each, name) for each in found], codes) for name in ends}
    columns["said_on"] = _moments([period.start for period in periods], texts.codes)
    return columns | {"window_words": sieve.text("window")}


def _moments(values: Sequence[datetime], codes: Codes) -> NDArray[np.datetime64]:
    return np.array([np.datetime64(each.replace(tzinfo=None), "us") for each in values], "datetime64[us]")[codes]


def _take(values: Sequence[object], codes: Codes, dtype: type) -> NDArray[np.generic]:
    return np.array(values, dtype)[codes]


def _imo(sieve: Sieve) -> None:
    cells = sieve.distinct("imo")
    wrong = np.array([bool(value) and not _is_imo(value) for value in cells.values] or [False])
    rule = "an IMO number has 7 digits, the last of which checks the others"
    sieve.refuse(wrong[cells.codes], "imo", rule, "Compare it with a ship register, or leave it empty.")


def _is_imo(text: str) -> bool:
    """The check digit: the six digits times 7, 6 … 2, summed, end in the seventh (IMO Resolution A.1117(30))."""
    match = re.fullmatch(r"(?:IMO\s*)?([0-9]{7})", text, re.IGNORECASE)
    if match is None:
        return False
    digits = [int(digit) for digit in match[1]]
    return sum(digit * weight for digit, weight in zip(digits, range(7, 1, -1), strict=False)) % 10 == digits[6]


def _links(sieve: Sieve, column: str) -> None:
    cells = sieve.distinct(column)
    wrong = np.array(
        [bool(v) and not re.fullmatch(r"https?://[^\s<>\"]+", v, re.IGNORECASE) for v in cells.values] or [False]
    )
    sieve.refuse(
        wrong[cells.codes], column, "a link begins with https:// or http://", "Give the whole address, or none."
    )


def _ids(sieve: Sieve) -> Text:
    given = sieve.text("id")
    _unique(sieve, "id", given, "an id names one total")
    mark = sieve.sheet.sha256[:8]
    made = np.array([f"{mark}-{line}" for line in sieve.sheet.lines], dtype=object)
    return np.where(given == "", made, given)


def _unique(sieve: Sieve, column: str, given: Text, rule: str) -> None:
    again = pd.Series(given, dtype="str").duplicated().to_numpy() & (given != "")
    sieve.refuse(again, column, rule, "An earlier row has the same; give this one another.")


def _parts(sieve: Sieve, ids: Text) -> None:
    """part_of names a total that is kept, and following it never leads back."""
    parents = sieve.text("part_of")
    has = parents != ""
    known = ~pd.Series(parents, dtype="str").isin(ids.tolist()).to_numpy() & has
    sieve.refuse(
        known, "part_of", "part_of is the id of another total of this file", "Correct the id, or leave it empty."
    )
    parent_of = {ids[row]: parents[row] for row in np.flatnonzero(has)}
    rounds = np.array([_leads_back(name, parent_of) for name in ids], bool)
    sieve.refuse(rounds & has & ~sieve.bad, "part_of", "a total is not part of itself", "Break the circle.")
    while True:
        kept = set(ids[~sieve.bad].tolist())
        orphans = has & ~sieve.bad & np.array([parent not in kept for parent in parents], bool)
        if not orphans.any():
            return
        hint = "Mend the row of that total first."
        sieve.refuse(orphans, "part_of", "part_of is the id of a total that is kept", hint)


def _leads_back(name: str, parent_of: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at: str | None = parent_of.get(name)
    while at is not None and at not in seen:
        if at == name:
            return True
        seen.add(at)
        at = parent_of.get(at)
    return False


def _numbers(
    sieve: Sieve, column: str, least: float, most: float, rule: str, *, required: bool = True
) -> NDArray[np.float64]:
    cells = sieve.distinct(column)
    values = [float(v) if re.fullmatch(r"[+-]?[0-9]{1,6}(?:\.[0-9]{0,20})?", v) else np.nan for v in cells.values]
    numbers = np.array(values or [np.nan])[cells.codes]
    empty = np.array([not value for value in cells.values] or [True])[cells.codes]
    wrong = ~((numbers >= least) & (numbers <= most)) & (required | ~empty)
    sieve.refuse(wrong, column, rule, "Write it in plain digits with a decimal point.")
    return numbers


def _kept(
    sieve: Sieve, table: Mapping[str, object], schema: Mapping[str, str], later: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The rows that passed, as a frame with the schema's columns, order and dtypes; the text columns as they stand."""
    kept = ~sieve.bad
    columns: dict[str, pd.Series] = {}
    for name, dtype in schema.items():
        if name in later:
            columns[name] = pd.Series(np.zeros(int(kept.sum())), dtype=dtype)
            continue
        values = sieve.sheet.lines if name == "row" else table[name] if name in table else sieve.text(name)
        values = values[kept]  # type: ignore[index]
        if dtype == UTC_TIME:
            columns[name] = pd.Series(values).dt.tz_localize("UTC")
        else:
            columns[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(columns)
