"""How a sentence names one report: its claimant, its figure as its source would say it, and its window."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from geo import formatting
from geo.arrays import ONE_DAY
from geo.columns import DEFAULT_UNIT, MOST_ABOUT
from geo.errors import VagueError
from geo.gazetteer.scopes import Scope
from geo.parsing.quantity import read_quantity, says_about
from geo.safe_text import legible
from geo.tables.counted_legs import legs_in, once_in
from geo.tables.leg_reports import group_ids, listable

NOBODY = "Source not stated"
_CARRIERS = {1: "ship", 2: "train"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One report as a sentence names it.

    figure  "about 6,700", without its unit; of legs "300 on the ship Angara"
    when    "by 26 Feb 2024", "from 7 Sept to 1 Oct 2023"; "" where it says neither
    """

    claimant: str
    figure: str
    when: str
    scope: Scope

    @property
    def claim(self) -> str:
        """ "about 6,700 by 26 Feb 2024"."""
        return f"{self.figure} {self.when}".rstrip()

    @property
    def mention(self) -> str:
        """ "South Korean military, about 6,700 by 26 Feb 2024"."""
        return f"{legible(self.claimant)}, {self.claim}"


def said(totals: pd.DataFrame) -> dict[str, Citation]:
    """Each total by its id; the frame is that of `geo.columns`."""
    rows: list[dict[str, Any]] = totals.drop(columns="geometry", errors="ignore").to_dict("records")  # type: ignore[assignment]
    return {
        str(row["id"]): Citation(
            claimant=str(row["claimant"]) or NOBODY,
            figure=figure_of(row),
            when=when(row),
            scope=Scope(
                str(row["unit"]) or DEFAULT_UNIT, str(row["origin"]), str(row["destination"]), int(row["mode"])
            ),
        )
        for row in rows
    }


def said_of_legs(legs: pd.DataFrame) -> dict[str, Citation]:
    """Itemised legs, by the ids of the reports that `geo.tables.leg_reports` groups them into."""
    if not len(legs):
        return {}
    listed, group, first = listable(legs)
    once = once_in(legs, group)
    best = np.bincount(group[once], weights=legs["containers_best"].to_numpy(np.float64)[once], minlength=first.size)
    sizes = np.bincount(group[once], weights=legs_in(legs)[once], minlength=first.size)
    modes = legs["mode"].to_numpy(np.int64)
    lowest, highest = modes[first], modes[first]
    np.minimum.at(lowest, group, modes)
    np.maximum.at(highest, group, modes)
    names = [formatting.leg_name(ends) for ends in zip(lowest.tolist(), highest.tolist(), strict=True)]
    heads: list[dict[str, Any]] = listed.iloc[first].drop(columns="geometry", errors="ignore").to_dict("records")  # type: ignore[assignment]
    found = {}
    for identifier, head, amount_said, size, name in zip(
        group_ids(listed, first), heads, best, sizes, names, strict=True
    ):
        unit = str(head["unit"]) or DEFAULT_UNIT
        scope = Scope(unit, str(head["origin"]), str(head["destination"]), int(head["mode"]))
        carried, when_ = _carried(head, int(size), name)
        figure_ = f"{formatting.number(amount_said)} {carried}"
        found[identifier] = Citation(str(head["claimant"]) or NOBODY, figure_, when_, scope)
    return found


def _carried(head: Mapping[str, Any], size: int, name: str) -> tuple[str, str]:
    """By what legs carried it, and when: ("on the ship Angara", "on 10 Sept 2023"), ("on 3 voyages", "")."""
    mode = int(head["mode"])
    if size > 1:
        return f"on {formatting.counted(formatting.number(size), name)}", ""
    vessel = legible(str(head["vessel"]))
    carrier = f"on the {_CARRIERS[mode]} {vessel}" if vessel and mode in _CARRIERS else f"on 1 {name}"
    first, last = head["depart"], head["depart_latest"]
    arrived = "arrived " if pd.isna(first) else ""
    if arrived:
        first, last = head["arrive_earliest"], head["arrive"]
    if pd.isna(first):
        return carrier, ""
    period = formatting.period(first, first + ONE_DAY if pd.isna(last) or last - first <= ONE_DAY else last)
    return carrier, f"{arrived}on {period}" if pd.isna(last) or last - first <= ONE_DAY else f"{arrived}in {period}"


def figure(low: float, best: float, high: float, nature: str = "estimate", *, about: bool) -> str:
    """A figure as its source would say it: 10,001 or more is "more than 10,000", a count of what was seen "32 seen"."""
    if nature == "observed":
        return f"{formatting.number(best)} seen"
    return formatting.quantity(low, best, high, about=about)


def figure_of(row: Mapping[str, Any]) -> str:
    """The same of a total; "about 2,000 (±20 %)" where its words say "about" and a reader has that reach otherwise."""
    low, best, high = (float(row[name]) for name in ("low", "best", "high"))
    words = str(row.get("quantity_words", ""))
    about = says_about(words)
    told = figure(low, best, high, str(row["nature"]), about=about)
    reach = round((high - best) / best * 100) if best > 0 and math.isfinite(high) else 0
    if not about or told.startswith("about") or abs(low + high - 2 * best) > 1e-6 * best or reach > MOST_ABOUT:
        return told
    try:
        given = read_quantity(words, str(row["unit"]) or DEFAULT_UNIT)
    except VagueError:
        return told
    said_ = formatting.quantity(given.low, given.best, given.high, about=True)
    return f"{said_} (±{reach} %)" if said_.startswith("about") else told


def when(row: Mapping[str, Any]) -> str:
    """The window of a total in words: its end, and its beginning only where that is known to the day."""
    first = _instants(row["start_earliest"], row["start_latest"], row["start"])
    last = _instants(row["end_earliest"], row["end_latest"], row["end"])
    closes = _closing(last)
    between, dash, latest = closes.partition("–")
    if first is None or first[1] - first[0] > ONE_DAY:
        return f"by {latest or between}" if closes else ""
    opens = formatting.day(first[0])
    if not closes:
        return f"since {opens}"
    if opens == closes:
        return f"on {opens}"
    if dash:
        return f"from {_without_year(opens, closes)} to between {between} and {latest}"
    return f"from {_without_year(opens, closes)} to {closes}"


def _instants(earliest: pd.Timestamp, latest: pd.Timestamp, printed: pd.Timestamp) -> tuple[datetime, datetime] | None:
    found = [printed if pd.isna(moment) else moment for moment in (earliest, latest)]
    if any(pd.isna(moment) for moment in found):
        return None
    return found[0].to_pydatetime(), found[1].to_pydatetime()


def _closing(last: tuple[datetime, datetime] | None) -> str:
    if last is None:
        return ""
    if last[1] - last[0] > ONE_DAY:
        return formatting.period(*last)
    return formatting.day(last[1] - timedelta(microseconds=1))


def _without_year(opens: str, closes: str) -> str:
    return opens[:-5] if opens[-5:] == closes[-5:] else opens
