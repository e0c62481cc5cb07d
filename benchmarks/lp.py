"""The plain way to the tightest bounds of flows: for each bound a linear program of its own, built anew.

Only for reports whose windows have ends known to the day. What moved is cut by the places named, and by all moments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import highspy
import numpy as np
import pandas as pd

from geo.arrays import epoch_seconds

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the most of a flow before a moment, epoch seconds; inf where it is open or there is none."""

    flow: Ends
    moment: int
    low: float
    high: float


def bounds(totals: pd.DataFrame, within: Mapping[str, str] | None = None, every: int = 1) -> list[Bound]:
    """The bounds of each flow at every so many-th of its moments, the last always; flows apart one after the other.

    within: place -> the one around it; then all flows are weighed together.
    """
    if within is not None:
        return _together(totals, within, every)
    flows = totals.groupby(["origin", "destination"])
    return [bound for _, rows in flows for bound in _together(rows, {}, every)]


def asked(totals: pd.DataFrame) -> int:
    """How many moments with a low and a high there are."""
    flows = totals.groupby(["origin", "destination"])
    return sum(np.unique([*rows["start"], *rows["end"]]).size for _, rows in flows)


def _together(totals: pd.DataFrame, within: Mapping[str, str], every: int) -> list[Bound]:
    start, end = (epoch_seconds(totals[name]) for name in ("start", "end"))
    moments = np.unique([*start, *end])
    ends = list(zip(totals["origin"], totals["destination"], strict=True))
    cells = list(product(sorted({origin for origin, _ in ends}), sorted({to for _, to in ends})))
    if not within:
        cells = ends[:1]
    inside = {
        flow: np.array([at for at, cell in enumerate(cells) if _lies(cell, flow, within)], np.int64)
        for flow in dict.fromkeys(ends)
    }
    rows = []
    count = moments.size - 1
    first, last = np.searchsorted(moments, start).tolist(), np.searchsorted(moments, end).tolist()
    said = zip(ends, first, last, totals["nature"].eq("observed"), totals["low"], totals["high"], strict=True)
    for flow, begun, ended, seen, low, high in said:
        gains = (inside[flow][:, None] * count + np.arange(begun, ended)).ravel()
        rows.append((gains, float(low), np.inf if seen else float(high)))
    found = []
    for flow, own in inside.items():
        mine = np.array([each == flow for each in ends])
        times = np.unique([*start[mine], *end[mine]])
        for moment in times[::-1][::every].tolist():
            asked_for = (own[:, None] * count + np.arange(int(np.searchsorted(moments, moment)))).ravel()
            low, high = (_solved(rows, len(cells) * count, asked_for, highest=most) for most in (False, True))
            found.append(Bound(flow, moment, low, high))
    return found


def _lies(cell: Ends, flow: Ends, within: Mapping[str, str]) -> bool:
    for place, outer in zip(cell, flow, strict=True):
        inner = place
        while inner and inner != outer:
            inner = within.get(inner, "")
        if inner != outer:
            return False
    return True


def _solved(rows: list[tuple[np.ndarray, float, float]], count: int, asked_for: np.ndarray, *, highest: bool) -> float:
    """The least or the most that some of so many gains can sum to."""
    model = highspy.Highs()
    model.silent()
    cost = np.zeros(count)
    cost[asked_for] = 1.0
    lowest, most = np.zeros(count), np.full(count, highspy.kHighsInf)
    model.addVars(count, lowest, most)
    model.changeColsCost(count, np.arange(count, dtype=np.int32), cost)
    for gains, low, high in rows:
        top = highspy.kHighsInf if np.isinf(high) else high
        model.addRow(low, top, gains.size, gains.astype(np.int32), np.ones(gains.size))
    model.changeObjectiveSense(highspy.ObjSense.kMaximize if highest else highspy.ObjSense.kMinimize)
    model.run()
    status = model.getModelStatus()
    return float(model.getInfo().objective_function_value) if status == highspy.HighsModelStatus.kOptimal else np.inf
