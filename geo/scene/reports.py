"""The reports behind a picture, as cards: who said what, when, and which corridors it stands behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from geo import formatting
from geo.arrays import ONE_DAY, Index, Ints, Mask, Texts
from geo.columns import DEFAULT_UNIT
from geo.dataset.assumptions import as_wide_as_about
from geo.reconcile.explain.citations import figure_of
from geo.safe_text import legible
from geo.scene.scene import Corridors, Places, Reports
from geo.tables import leg_reports
from geo.tables.counted_legs import legs_in, once_in, told_elsewhere

Row = dict[str, Any]
Card = dict[str, Any]
Pairs = Mapping[tuple[str, str], Index]
Shares = dict[int, tuple[int, float, float, float]]

_NO_CORRIDORS = np.zeros(0, np.uint32)
_MOST_QUOTES = 3
_UNUSABLE = "an unusable number of"


@dataclass(frozen=True, slots=True, eq=False)
class DrawnRows:
    """Row positions in the frames of what is drawn, and the corridor of each.

    A total stands there once for each corridor that it bounds.
    A leg that retells one that is drawn is drawn with it.
    onward: per drawn leg, whether an earlier leg of its shipment has already counted its containers.
    bearing: id of a group of legs -> the reconciled corridors that it bounds.
    """

    legs: Ints
    leg_corridors: Ints
    onward: Mask
    totals: Ints
    total_corridors: Ints
    bearing: Mapping[str, Index] = field(default_factory=dict)


def build_reports(
    legs: pd.DataFrame,
    totals: pd.DataFrame,
    corridors: Corridors,
    places: Places,
    drawn: DrawnRows,
    names: Mapping[str, str],
) -> Reports:
    """Totals in their order, then itemised legs by claimant, outlet, day and link; those that are drawn come first.

    names: place code -> name.
    """
    pairs = _pairs(corridors, places)
    routes = [_route(origin, destination, names) for origin, destination in _ends(corridors, places)]
    cards = _total_cards(totals, drawn, pairs, names)
    cards += _leg_cards(legs, drawn, pairs, names, routes)
    cards.sort(key=lambda card: not card["drawn"])
    fields = ("id", "kind", "claimant", "outlet", "said_on", "summary", "words", "url")
    return Reports(
        **{name: _text([card[name] for card in cards]) for name in fields},
        drawn=np.array([card["drawn"] for card in cards], dtype=bool),
        corridors_of=tuple(np.asarray(card["corridors"], np.uint32) for card in cards),
        shares_of=tuple(card.get("shares", {}) for card in cards),
    )


def _text(values: list[object]) -> Texts:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _ends(corridors: Corridors, places: Places) -> list[tuple[str, str]]:
    return list(zip(places.code[corridors.origin], places.code[corridors.destination], strict=True))


def _pairs(corridors: Corridors, places: Places) -> Pairs:
    """(origin code, destination code) -> corridors between them, of any mode."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, ends in enumerate(_ends(corridors, places)):
        found.setdefault(ends, []).append(number)
    return {ends: np.array(rows, np.uint32) for ends, rows in found.items()}


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _total_cards(totals: pd.DataFrame, drawn: DrawnRows, pairs: Pairs, names: Mapping[str, str]) -> list[Card]:
    if not len(totals):
        return []
    rows = _records(totals.drop(columns="geometry", errors="ignore"))
    bounded: dict[int, set[int]] = {}
    for row, number in zip(drawn.totals.tolist(), drawn.total_corridors.tolist(), strict=True):
        bounded.setdefault(row, set()).add(number)
    behind = {row: np.array(sorted(numbers), np.uint32) for row, numbers in bounded.items()}
    row_of = {row["id"]: position for position, row in enumerate(rows) if row["id"]}
    cards = []
    for position, row in enumerate(rows):
        corridors = behind.get(position)
        if corridors is None:
            own = pairs.get((row["origin"], row["destination"]), _NO_CORRIDORS)
            container = behind.get(_container(position, rows, row_of), _NO_CORRIDORS)
            corridors = np.union1d(own, container).astype(np.uint32)
        cards.append(_total_card(row, position in behind, corridors, names))
    return cards


def _container(position: int, rows: list[Row], row_of: Mapping[str, int]) -> int:
    """The total that contains this one, however many steps up; itself where there is none. Loops end."""
    seen = {position}
    while (parent := row_of.get(rows[position]["part_of"])) is not None and parent not in seen:
        seen.add(parent)
        position = parent
    return position


def _total_card(row: Row, drawn: bool, corridors: Index, names: Mapping[str, str]) -> Card:
    usable = 0 <= row["best"] <= leg_reports.MOST_COUNT and row["low"] >= 0
    figure = figure_of({**row, "nature": ""}) if usable else _UNUSABLE
    counted = formatting.counted(figure, row["unit"] or DEFAULT_UNIT)
    where = _route(row["origin"], row["destination"], names)
    summary = f"{counted}, {where}, {_window(row)}"
    if row["nature"] == "capacity":
        summary = f"capacity: {summary}"
    return {
        "id": row["id"],
        "kind": "total",
        "claimant": row["claimant"],
        "outlet": row["outlet"],
        "said_on": _day(row["said_on"]),
        "summary": summary[:1].upper() + summary[1:],
        "words": row["words"],
        "url": row["url"],
        "drawn": drawn,
        "corridors": corridors,
    }


def _amount(low: float, best: float, high: float, *, about: bool) -> str:
    """Number words; reading sets absurd numbers aside, and what comes past it is at least not spelt out."""
    usable = 0 <= best <= leg_reports.MOST_COUNT and low >= 0
    return formatting.quantity(low, best, high, about=about) if usable else _UNUSABLE


def _day(moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else formatting.day(moment.to_pydatetime())


def _route(origin: str, destination: str, names: Mapping[str, str]) -> str:
    return " → ".join(legible(names.get(code, code)) for code in (origin, destination))


def _window(row: Row) -> str:
    """ "7 Sept 2023 to 1 Oct 2023", "by 2 Nov 2023"; each end that is vaguer than a day as the period it lies in."""
    opens = _end(row["start_earliest"], row["start_latest"], row["start"], first=True)
    closes = _end(row["end_earliest"], row["end_latest"], row["end"], first=False)
    if opens == closes:
        return opens or "dates not known"
    if not closes:
        return f"since {opens}"
    first, dash, last = closes.partition("–")
    if not opens:
        return f"by {last or first}"
    return f"{opens} to between {first} and {last}" if dash else f"{opens} to {closes}"


def _end(earliest: pd.Timestamp, latest: pd.Timestamp, printed: pd.Timestamp, *, first: bool) -> str:
    start, stop = (_or(moment, printed) for moment in (earliest, latest))
    if start is None or stop is None:
        return ""
    if stop - start > ONE_DAY:
        return formatting.period(start, stop)
    # The start is the first instant of its day, the end the first instant after its day.
    return formatting.day(start) if first else formatting.day(stop - timedelta(microseconds=1))


def _or(moment: pd.Timestamp, other: pd.Timestamp) -> datetime | None:
    found = other if pd.isna(moment) else moment
    return None if pd.isna(found) else found.to_pydatetime()


def _leg_cards(
    legs: pd.DataFrame,
    drawn: DrawnRows,
    pairs: Pairs,
    names: Mapping[str, str],
    routes: list[str],
) -> list[Card]:
    """One card per claimant, outlet, day, link and unit; found by factorising, since there may be a million legs."""
    if not len(legs):
        return []
    legs, group, first = leg_reports.listable(legs)
    count = first.size
    shown = np.zeros(count, bool)
    shown[group[drawn.legs]] = True
    behind = _split(group[drawn.legs], drawn.leg_corridors, count)
    once = once_in(legs, group)
    counted = once.copy()
    counted[drawn.legs[drawn.onward]] = False
    amounts = (legs[f"containers_{name}"].to_numpy(np.float64)[counted] for name in ("low", "best", "high"))
    sums = [np.bincount(group[counted], weights=amount, minlength=count) for amount in amounts]
    sizes = np.bincount(group[once], weights=legs_in(legs)[once], minlength=count).astype(np.int64)
    elsewhere = np.bincount(group[told_elsewhere(legs, group)], minlength=count)
    _, stated = as_wide_as_about(legs)
    about = np.bincount(group[stated], minlength=count) == 0
    shares = _shares(legs, group, once, drawn, count)
    quotes = _quotes(legs, group, count)
    modes = _split(group, legs["mode"].to_numpy(np.int64), count)
    heads = _records(legs[[*leg_reports.GROUPED_BY, "origin", "destination"]].iloc[first])
    cards = []
    for number, (head, name) in enumerate(zip(heads, leg_reports.group_ids(legs, first), strict=True)):
        rows = np.union1d(behind[number], drawn.bearing.get(name, _NO_CORRIDORS)).astype(np.uint32)
        shown[number] |= name in drawn.bearing
        if not shown[number]:
            rows = pairs.get((head["origin"], head["destination"]), _NO_CORRIDORS)
        amount = _amount(*(float(column[number]) for column in sums), about=bool(about[number]))
        parts = [
            formatting.counted(formatting.number(sizes[number]), formatting.leg_name(modes[number])),
            formatting.counted(amount, head["unit"] or DEFAULT_UNIT),
            _where(head, rows, routes, names),
        ]
        if elsewhere[number]:
            of_them = "" if elsewhere[number] == sizes[number] else f"{formatting.number(elsewhere[number])} of them "
            parts.append(f"{of_them}also told by another report and counted once")
        cards.append(
            {
                "id": name,
                "kind": "legs",
                "claimant": head["claimant"],
                "outlet": head["outlet"],
                "said_on": _day(head["said_on"]),
                "summary": ", ".join(parts),
                "words": quotes[number],
                "url": head["url"],
                "drawn": bool(shown[number]),
                "corridors": rows,
                "shares": shares[number] if rows.size > 1 else {},
            }
        )
    return cards


def _shares(legs: pd.DataFrame, group: Ints, once: Mask, drawn: DrawnRows, count: int) -> list[Shares]:
    """Of each group its legs on each corridor, each movement once: their number, low, best and high."""
    width = int(drawn.leg_corridors.max(initial=0)) + 1
    kept = once[drawn.legs]
    rows = drawn.legs[kept]
    which, keys = pd.factorize(group[rows] * width + drawn.leg_corridors[kept], sort=True)
    amounts = [legs[f"containers_{name}"].to_numpy(np.float64)[rows] for name in ("low", "best", "high")]
    sums = [np.bincount(which, weights=amount, minlength=keys.size).tolist() for amount in amounts]
    found: list[Shares] = [{} for _ in range(count)]
    numbers = np.bincount(which, weights=legs_in(legs)[rows], minlength=keys.size).astype(np.int64).tolist()
    for key, number, low, best, high in zip(keys.tolist(), numbers, *sums, strict=True):
        found[key // width][key % width] = (number, low, best, high)
    return found


def _split(group: Ints, values: Ints, count: int) -> list[Index]:
    """The distinct values of each group, in order."""
    width = int(values.max()) + 1 if values.size else 1
    pairs = np.sort(pd.unique(group * width + values))
    bounds = np.searchsorted(pairs, np.arange(count + 1) * width)
    found = (pairs % width).astype(np.uint32)
    return [found[a:b] for a, b in pairwise(bounds)]


def _quotes(legs: pd.DataFrame, group: Ints, count: int) -> list[str]:
    codes, values = pd.factorize(legs["words"])
    found = _split(group, codes.astype(np.int64), count)
    texts = [[values[code] for code in row[: _MOST_QUOTES + 1] if values[code]] for row in found]
    return [" · ".join(text[:_MOST_QUOTES]) + (" · …" if len(text) > _MOST_QUOTES else "") for text in texts]


def _where(head: Row, rows: Index, routes: list[str], names: Mapping[str, str]) -> str:
    if rows.size > 1:
        return f"{formatting.number(rows.size)} routes"
    return routes[rows[0]] if rows.size else _route(head["origin"], head["destination"], names)
