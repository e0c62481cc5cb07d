"""The plain way to the tightest bounds of a flow: for each bound a linear program of its own, built anew.

Only for flows that do not overlap, whose windows have ends known to the day, and whose reports do not contradict.
"""

from __future__ import annotations

import highspy
import numpy as np
import pandas as pd

DAY = np.timedelta64(1, "D")


def bounds(totals: pd.DataFrame) -> dict[tuple[str, str], tuple[list[float], list[float]]]:
    """(origin, destination) -> low and high of the cumulative volume at each of the flow's moments, in their order."""
    return {(str(ends[0]), str(ends[1])): _flow(rows) for ends, rows in totals.groupby(["origin", "destination"])}


def _flow(totals: pd.DataFrame) -> tuple[list[float], list[float]]:
    start, end = (totals[name].to_numpy("datetime64[s]") for name in ("start", "end"))
    moments = np.unique([*start, *end])
    first, last = np.searchsorted(moments, start).tolist(), np.searchsorted(moments, end).tolist()
    opening = totals.groupby("claimant")["start"].transform("min").eq(totals["start"]).tolist()
    observed = totals["nature"].eq("observed").tolist()
    rows = []
    figures = zip(first, last, opening, observed, totals["low"], totals["high"], strict=True)
    for begun, ended, opens, seen, low, high in figures:
        rows.append((begun, ended, float(low), highspy.kHighsInf))
        if not seen:
            rows.append((0 if opens else begun, ended, 0.0, float(high)))
    count = moments.size - 1
    each = range(count + 1)
    return [_solved(rows, count, at, highest=False) for at in each], [
        _solved(rows, count, at, highest=True) for at in each
    ]


def _solved(rows: list[tuple[int, int, float, float]], count: int, at: int, *, highest: bool) -> float:
    """The least or the most that the gains of the first `at` of `count` intervals can sum to."""
    model = highspy.Highs()
    model.silent()
    for number in range(count):
        model.addCol(1.0 if number < at else 0.0, 0.0, highspy.kHighsInf, 0, [], [])
    for begun, ended, low, high in rows:
        gains = np.arange(begun, ended, dtype=np.int32)
        model.addRow(low, high, gains.size, gains, np.ones(gains.size))
    model.changeObjectiveSense(highspy.ObjSense.kMaximize if highest else highspy.ObjSense.kMinimize)
    model.run()
    status = model.getModelStatus()
    return float(model.getInfo().objective_function_value) if status == highspy.HighsModelStatus.kOptimal else np.inf
