"""Totals and legs in a few strokes, in days, and a world small enough to think through.

world                          K is an area with the ports a and b in it
  K: a, b      R: M: c, d; e   R is an area that holds the area M, with c and d in it, and the port e
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from geo.columns import LEG_TABLE, PLACE_TABLE, TOTAL_TABLE
from geo.gazetteer.places import Places, place_frame
from geo.reconcile.reconcile import reconcile
from geo.reconcile.volumes import Flow, Volumes

DAY = 86_400
START = 1_690_848_000
"""1 August 2023, 00:00 UTC: day 0."""
WITHIN = {"K": "", "a": "K", "b": "K", "R": "", "M": "R", "c": "M", "d": "M", "e": "R"}
OPEN = float("inf")
Report = dict[str, object]


@cache
def world() -> Places:
    """The gazetteer of the world above."""
    table = pd.DataFrame({"code": list(WITHIN), "name": list(WITHIN), "within": list(WITHIN.values())}, dtype="str")
    assert set(table) <= set(PLACE_TABLE)
    nowhere = np.zeros(len(table))
    return Places(place_frame(table, nowhere, nowhere))


def total(
    name: str,
    route: str,
    start: float | tuple[float, float] | None,
    end: float | tuple[float, float] | None,
    low: float,
    high: float,
    *,
    best: float | None = None,
    claimant: str = "A",
    mode: int = 0,
    nature: str = "estimate",
    part_of: str = "",
    unit: str = "container",
    running: str = "",
) -> Report:
    """One total. route: "K>R". start, end: a day, a vague one as (earliest, latest), None for open."""
    origin, destination = route.split(">")
    first, last = (
        (None, None) if day is None else day if isinstance(day, tuple) else (day, day) for day in (start, end)
    )
    return {
        "id": name,
        "claimant": claimant,
        "origin": origin,
        "destination": destination,
        "mode": mode,
        "start_earliest": first[0],
        "start": first[0],
        "start_latest": first[1],
        "end_earliest": last[0],
        "end": last[1],
        "end_latest": last[1],
        "low": low,
        "best": best if best is not None else low if high == OPEN else (low + high) / 2,
        "high": high,
        "nature": nature,
        "part_of": part_of,
        "running": running,
        "unit": unit,
    }


def leg(
    route: str,
    depart: float,
    arrive: float,
    containers: float | tuple[float, float],
    *,
    claimant: str = "A",
    mode: int = 1,
    shipment: str = "",
    unit: str = "container",
) -> Report:
    """One leg, on days. containers: a figure, or (low, high)."""
    origin, destination = route.split(">")
    low, high = containers if isinstance(containers, tuple) else (containers, containers)
    return {
        "origin": origin,
        "destination": destination,
        "depart": depart,
        "depart_latest": depart,
        "arrive_earliest": arrive,
        "arrive": arrive,
        "containers_low": low,
        "containers_best": low,
        "containers_high": high,
        "claimant": claimant,
        "mode": mode,
        "shipment": shipment,
        "unit": unit,
    }


def totals(*reports: Report) -> pd.DataFrame:
    """The table of some totals."""
    return _table(reports, TOTAL_TABLE)


def legs(*reports: Report) -> pd.DataFrame:
    """The table of some legs."""
    return _table(reports, LEG_TABLE)


def _table(reports: Sequence[Report], columns: dict[str, str]) -> pd.DataFrame:
    found = {}
    for name, dtype in columns.items():
        values = [report.get(name) for report in reports]
        if dtype.startswith("datetime"):
            seconds = [None if day is None else START + round(float(str(day)) * DAY) for day in values]
            found[name] = pd.to_datetime(pd.Series(seconds, dtype="Int64"), unit="s", utc=True).astype(dtype)
        elif dtype == "str":
            found[name] = pd.Series(["" if value is None else value for value in values], dtype="str")
        else:
            blank = np.nan if name == "sum_of" else 0
            found[name] = pd.Series([blank if value is None else value for value in values]).astype(dtype)
    return pd.DataFrame(found)


def at(day: float) -> int:
    """A day as epoch seconds."""
    return START + round(day * DAY)


def of(*reports: Report, carried: Sequence[Report] = ()) -> Volumes:
    """These reports reconciled in the small world."""
    return reconcile(totals(*reports), legs(*carried), world())


def flow(volumes: Volumes, route: str, mode: int = 0) -> Flow:
    """The flow on a route."""
    return next(f for f in volumes.flows if (f"{f.scope.origin}>{f.scope.destination}", f.scope.mode) == (route, mode))


def moment(text: str) -> int:
    """A UTC time as epoch seconds."""
    return int(pd.Timestamp(text, tz="UTC").timestamp())
