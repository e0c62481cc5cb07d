"""Port calls -> legs between the consecutive calls of each ship, one voyage each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from geo.arrays import Mask, Texts, Times
from geo.errors import DialectError
from geo.matching.shapes.call_columns import ARRIVED, DEPARTED, CallColumns, call_columns, first_filled, told_moves
from geo.matching.shapes.moments import moments
from geo.matching.shapes.positions import degrees_of
from geo.matching.shapes.rows import beside, coded, folded, listed, made, taken
from geo.matching.shapes.shape import Shape
from geo.sheet import Sheet

NAME = "port-calls"
LONGEST_GAP = 60
"""Days between two calls of a ship, above which no leg is made of them: calls may be missing in between."""
RULE = (
    "A leg goes from each call of a ship to its next call at another port, as one voyage. It leaves when the ship left "
    "and arrives when it arrived; a time that the file does not give is not made up. Calls in a row at one port are "
    "one stay. Rows without ship, port or time, ships with one call, and gaps of more than "
    f"{LONGEST_GAP} days make no leg and are listed."
)
ONE_TIME = " Of each call the file gives one time: it stands for arrival and departure alike."
OFFER = "Make legs between port calls"
_NEVER = np.datetime64("NaT", "us")

NO_SHIP = ("a port call names its ship", "Name the ship, or leave the row out.")
NO_PORT = ("a port call names its port", "Name the port, or leave the row out.")
NO_TIME = (
    "a port call says when a ship came or left",
    "Give its arrival or its departure as a date, or leave the row out.",
)
ALONE = (
    "a leg needs two calls of one ship at different ports",
    "The ship has no other call in this file. Nothing needs to be done, or add the calls that are missing.",
)
CUT_OFF = (
    ALONE[0],
    "It is the ship's last call, and the leg that would lead to it was not made: see the call before it.",
)
TIMELESS = (
    "a leg says when",
    "The file gives no departure from this port and no arrival in the next one. Add one of them.",
)
GAP = (
    f"at most {LONGEST_GAP} days lie between two calls of a ship",
    "Calls may be missing in between. Add them, or load this leg by hand.",
)


def port_calls(sheet: Sheet) -> Shape | None:
    """What a table of port calls is; None where it is none, or no ship in it goes from port to port."""
    found = call_columns(sheet)
    if found is None:
        return None
    if not len(_of(sheet, found)):
        return None
    times = (found.time, found.move) if found.time else (*found.arrivals, *found.departures)
    named = listed([*list(found.ship)[:1], found.ports[0], *filter(None, times)])
    one_time = ONE_TIME if found.time and not found.move else ""
    spots = degrees_of(sheet)
    tracks = (
        f" It has positions too, {listed(spots)}: they are not used, for a leg goes from port to port." if spots else ""
    )
    what = f"Each row is a port call of a ship, and no voyage: {named} say so.{tracks}"
    return Shape(NAME, what, RULE + one_time, OFFER)


def legs_of_calls(sheet: Sheet) -> Sheet:
    """The legs, in our own columns and those of the departing call. Raises DialectError."""
    found = call_columns(sheet)
    if found is None:
        raise DialectError("shape", NAME, "the file has no columns of a ship, a port and a time")
    return _of(sheet, found)


def _of(sheet: Sheet, found: CallColumns) -> Sheet:
    calls, aside = _calls(sheet, found)
    legs = _paired(calls)
    lines = pd.concat([legs["row"], pd.Series(list(aside), dtype=np.int64)]).to_numpy(np.int64)
    to = legs["to_row"].tolist() + [-1] * len(aside)
    last = legs["departed"].tolist() + [-1] * len(aside)
    first = legs["to_arrived"].tolist() + [-1] * len(aside)
    why_aside = [*legs["why"].tolist(), *aside.values()]
    departures, arrivals = _times(sheet, found)
    port, country = first_filled(sheet, found.ports), first_filled(sheet, found.countries)
    numbers = sheet.lines.tolist()
    columns = {
        "origin": coded(port[row] for row in lines),
        "destination": coded(_at(port, row) for row in to),
        "depart": coded(_at(departures, row) for row in last),
        "arrive": coded(_at(arrivals, row) for row in first),
        "containers": coded(["1"] * len(lines)),
        "unit": coded(["voyage"] * len(lines)),
        "lines": coded(
            f"{numbers[row]} to {numbers[other]}" if other >= 0 else "" for row, other in zip(lines, to, strict=True)
        ),
    }
    if found.countries:
        columns["origin_in_country"] = coded(country[row] for row in lines)
        columns["destination_in_country"] = coded(_at(country, row) for row in to)
    ships = {header: of for header, of in found.ship.items() if of}
    columns |= {of: taken(sheet.columns[header], lines) for header, of in ships.items()}
    used = set(found.used) - set(found.ship) | set(ships)
    others = beside(sheet, used, tuple(columns))
    columns |= {name: taken(sheet.columns[header], lines) for header, name in others.items()}
    wrong = {at: why for at, why in enumerate(why_aside) if why is not None}
    return made(sheet, columns, sheet.lines[lines], wrong, RULE)


def _at(texts: Sequence[str], row: int) -> str:
    return texts[row] if row >= 0 else ""


def _times(sheet: Sheet, found: CallColumns) -> tuple[list[str], list[str]]:
    """The texts of departure and arrival of each row."""
    if not found.time:
        return first_filled(sheet, found.departures), first_filled(sheet, found.arrivals)
    texts = first_filled(sheet, (found.time,))
    return texts, texts


def _calls(sheet: Sheet, found: CallColumns) -> tuple[pd.DataFrame, dict[int, tuple[str, str]]]:
    """Stays in order: ship, port, row, arrived, departed (rows that say it, or -1) and their moments; and bad rows."""
    rows = np.arange(len(sheet))
    departures, arrivals = _times(sheet, found)
    arrives, departs = np.array(arrivals, object) != "", np.array(departures, object) != ""
    if found.move:
        moves = np.array(told_moves(sheet, found.move), object)
        arrives, departs = arrives & (moves == ARRIVED), departs & (moves == DEPARTED)
    frame = pd.DataFrame(
        {
            "ship": _keys(sheet, found.ship),
            "port": _keys(sheet, found.ports),
            "row": rows,
            "arrived": np.where(arrives, rows, -1),
            "departed": np.where(departs, rows, -1),
            "came": np.where(arrives, _moments(sheet, (*found.arrivals, found.time)), _NEVER),
            "left": np.where(departs, _moments(sheet, (*found.departures, found.time)), _NEVER),
        }
    )
    timeless = (frame["arrived"] < 0) & (frame["departed"] < 0)
    aside: dict[int, tuple[str, str]] = {}
    for wrong, why in ((timeless, NO_TIME), (frame["port"] == "", NO_PORT), (frame["ship"] == "", NO_SHIP)):
        aside |= dict.fromkeys(frame.loc[wrong, "row"].tolist(), why)
    good = frame.drop(index=list(aside))
    good["when"] = good["came"].fillna(good["left"])
    unread = good["when"].isna().groupby(good["ship"]).transform("any")
    good["when"] = good["when"].mask(unread)  # the file's own order, where not all of a ship's dates can be read
    good["leaving"] = good["arrived"] < 0
    return _stays(good.sort_values(["ship", "when", "leaving", "row"], kind="stable")), aside


def _stays(good: pd.DataFrame) -> pd.DataFrame:
    """Calls at one port that follow one another, as one."""
    new = (good["ship"] != good["ship"].shift()) | (good["port"] != good["port"].shift())
    groups = good.groupby(new.cumsum())
    arrived = good["arrived"].where(good["arrived"] >= 0).groupby(new.cumsum()).first()
    departed = good["departed"].where(good["departed"] >= 0).groupby(new.cumsum()).last()
    stays = groups.agg(
        ship=("ship", "first"), port=("port", "first"), row=("row", "first"), came=("came", "min"), left=("left", "max")
    )
    stays["arrived"] = arrived.fillna(-1).astype(np.int64)
    stays["departed"] = departed.fillna(-1).astype(np.int64)
    stays["row"] = stays["departed"].where(stays["departed"] >= 0, stays["row"])
    return stays.reset_index(drop=True)


def _paired(stays: pd.DataFrame) -> pd.DataFrame:
    """Each stay with the next one of its ship; those that begin no leg with the reason, but for the last of a ship."""
    following = stays.shift(-1)
    same = (following["ship"] == stays["ship"]).to_numpy(bool)
    alone = ~same & (stays["ship"] != stays["ship"].shift()).to_numpy(bool)
    legs = stays.assign(
        to_row=following["row"].where(same, -1).astype(np.int64),
        to_arrived=following["arrived"].where(same, -1).astype(np.int64),
    )
    gap = following["came"].fillna(following["left"]) - stays["left"].fillna(stays["came"])
    timeless = ((legs["departed"] < 0) & (legs["to_arrived"] < 0)).to_numpy(bool)
    why = np.full(len(stays), None, object)
    too_long = (gap > pd.Timedelta(days=LONGEST_GAP)).to_numpy(bool)
    for wrong, reason in ((same & timeless, TIMELESS), (same & too_long, GAP)):
        _tell(why, wrong, reason)
    refused = pd.Series([each is not None for each in why], dtype=bool)
    cut_off = ~same & ~alone & refused.shift(fill_value=False).to_numpy(bool)
    for wrong, reason in ((alone, ALONE), (cut_off, CUT_OFF)):
        _tell(why, wrong, reason)
    legs["why"] = why
    begun: pd.DataFrame = legs.loc[same | alone | cut_off]
    return begun


def _tell(why: Texts, rows: Mask, reason: tuple[str, str]) -> None:
    for row in np.flatnonzero(rows).tolist():
        why[row] = reason


def _keys(sheet: Sheet, headers: Iterable[str]) -> list[str]:
    """The spellings by which ships or ports are told apart: of the first of these columns that has the fewest gaps."""
    columns: list[list[str]] = [folded(sheet, header).tolist() for header in headers]
    return min(columns, key=lambda keys: sum(not key for key in keys))


def _moments(sheet: Sheet, headers: Iterable[str]) -> Times:
    """For each row the first moment that one of these columns gives."""
    found = np.full(len(sheet), _NEVER)
    for header in filter(None, headers):
        found = np.where(np.isnat(found), moments(sheet, header), found)
    return found
