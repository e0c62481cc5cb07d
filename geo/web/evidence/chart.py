"""The chart of one flow: its range over time, and under it every report on it, on the same axis of days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from geo.arrays import Floats
from geo.formatting import counted
from geo.reconcile.explain import explanations
from geo.reconcile.volumes import Curve
from geo.safe_text import legible
from geo.scene.style import PALETTES, Theme
from geo.web.evidence.case import Case
from geo.web.evidence.lanes import Lane, lanes_of

RANGE_HEIGHT, LANE_HEIGHT = 260, 40
MOST_LANES = 40
"""Reports drawn under the range; the cards hold them all."""
_DIGIT, _AXIS_SPARE = 7, 10
"""CSS pixels of one digit of the amounts, and beside them."""
_ROUND_LANES = 24
"""CSS pixels that Streamlit keeps for itself above and below."""
_SPARE = 1.08
KEY = (
    "Band: the range the reports allow. Line: smoothest course through it. Bar: the period a report covers (pale = "
    "uncertain start or end). Tick: publication date. Dates are UTC."
)


@dataclass(frozen=True, slots=True)
class ChartInk:
    """Colours of one theme: the flow's own, the text's, and a grey for what stands back."""

    flow: str
    text: str
    grey: str


def show(case: Case, moment: int, first: int, last: int) -> None:
    """Both parts, one under the other. moment: epoch seconds; first, last: the days shown at least."""
    lanes = lanes_of(case, moment)
    starts = [lane.opens for lane in lanes if lane.opens is not None]
    ends = [each for lane in lanes for each in (lane.closes, lane.said) if each is not None]
    span = (min([first, *starts]), max([last, *ends]))
    ink = ink_of(case.flow.scope.mode)
    st.altair_chart(range_chart(case, moment, span, ink), width="stretch", key="evidence_range")
    if lanes:
        st.altair_chart(
            lane_chart(lanes[:MOST_LANES], moment, span, ink, _axis_width(case)), width="stretch", key="evidence_lanes"
        )
    if len(lanes) > MOST_LANES:
        st.caption(f"The first {MOST_LANES} of {len(lanes):,} reports are drawn; the cards below show them all.")
    st.caption(KEY)


def ink_of(mode: int) -> ChartInk:
    """The colours of a flow of this mode in the theme that is shown."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    palette = PALETTES[theme]
    grey = "#6F8191" if theme == "dark" else "#8494A2"
    return ChartInk(css(palette.mode[mode]), css(palette.label), grey)


def css(colour: tuple[int, int, int]) -> str:
    """A colour as style sheets write it."""
    return f"rgb({colour[0]}, {colour[1]}, {colour[2]})"


def range_chart(case: Case, moment: int, span: tuple[int, int], ink: ChartInk) -> alt.LayerChart | alt.FacetChart:
    """Low, best and high over time; what is open reaches to the top, paler."""
    curve = case.now.curve if case.now is not None else _NO_CURVE
    top = _top(case)
    width = _axis_width(case)
    x = DAYS
    y = alt.Y(
        "low:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(minExtent=width, maxExtent=width, tickCount=5, format=",.0f"),
    )
    bands = _bands(curve, span[1], top)
    area = alt.Chart(bands).encode(x=x, y=y, y2="high:Q", detail="run:N")
    layers = [
        area.transform_filter("!datum.open").mark_area(interpolate="step-after", color=ink.flow, opacity=0.32),
        area.transform_filter("datum.open").mark_area(interpolate="step-after", color=ink.flow, opacity=0.13),
    ]
    if case.flow.contested:
        dashed = alt.Chart(bands).encode(x=x, detail="run:N")
        for name in ("low", "high"):
            edge = dashed.transform_filter("!datum.open") if name == "high" else dashed
            layers.append(
                edge.mark_line(
                    interpolate="step-after", color=ink.flow, strokeWidth=1.2, strokeDash=[5, 4], clip=True
                ).encode(y=f"{name}:Q")
            )
    # Clipped: half a stroke past the edge would make this chart narrower than the one below.
    best = alt.Chart(_best(curve, span[1])).mark_line(color=ink.flow, strokeWidth=2.2, clip=True).encode(x=x, y="low:Q")
    return alt.layer(*layers, best, *moment_rule(moment, span, ink, named=True)).properties(
        height=RANGE_HEIGHT, description=described(case, moment)
    )


_NO_CURVE = Curve(np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0), (), ())


def _axis_width(case: Case) -> int:
    """CSS pixels left of both charts, so that their days stand under one another."""
    return _AXIS_SPARE + _DIGIT * len(f"{_top(case):,.0f}")


def _top(case: Case) -> float:
    """The largest finite figure that any curve gives, and a little more."""
    curves = [case.flow.curve, case.whole.curve, *case.flow.sides.values()]
    figures = [
        float(values.max()) for each in curves for values in (each.low, each.best, _finite(each.high)) if values.size
    ]
    return max([1.0, *figures]) * _SPARE


def _finite(values: Floats) -> Floats:
    return values[np.isfinite(values)]


def _bands(curve: Curve, last: int, top: float) -> pd.DataFrame:
    """A row where the range changes: time in ms, low, high, whether high is open, and a number for each stretch."""
    rows: list[dict[str, Any]] = []
    if curve.time.size:
        times = [*curve.time.tolist(), max(last, int(curve.time[-1]))]
        highs = [*curve.high[1:].tolist(), math.inf]
        lows = curve.low.tolist()
        run = 0
        for turn, (low, high) in enumerate(zip(lows, highs, strict=True)):
            is_open = math.isinf(high)
            if turn and math.isinf(highs[turn - 1]) != is_open:
                run += 1
            row = {"low": low, "high": top if is_open else high, "open": is_open, "run": run}
            rows += [{"time": instant(times[turn]), **row}, {"time": instant(times[turn + 1]), **row}]
    return pd.DataFrame(rows, columns=["time", "low", "high", "open", "run"])


def _best(curve: Curve, last: int) -> pd.DataFrame:
    times, best = curve.time.tolist(), curve.best.tolist()
    if times and last > times[-1]:
        times, best = [*times, last], [*best, best[-1]]
    return pd.DataFrame({"time": [instant(time) for time in times], "low": best})


def lane_chart(
    lanes: list[Lane], moment: int, span: tuple[int, int], ink: ChartInk, width: int
) -> alt.LayerChart | alt.FacetChart:
    """A row for each report: its window, the day it was said, and its claim above them."""
    parts = pd.DataFrame([part for number, lane in enumerate(lanes) for part in _parts(lane, number, span)])
    heads = pd.DataFrame([_head(lane, number, span) for number, lane in enumerate(lanes)])
    y = alt.Y(
        "lane:O",
        scale=alt.Scale(domain=list(range(len(lanes)))),
        axis=alt.Axis(
            labels=False,
            ticks=False,
            domain=False,
            grid=False,
            title=None,
            minExtent=width,
            maxExtent=width,
        ),
    )
    x = DAYS
    tooltip = [alt.Tooltip(f"{name}:N", title=name) for name in ("Source", "Claim", "Said on", "Period", "Quote")]
    colour = alt.Color("ink:N", scale=alt.Scale(domain=["sets", "other"], range=[ink.flow, ink.grey]), legend=None)
    # The moment lies under the words, and is paler than above, so that they can be read.
    layers = [
        *moment_rule(moment, span, ink, named=False),
        alt.Chart(parts)
        .mark_bar(height=9, yOffset=8)
        .encode(x=x, x2="end", y=y, color=colour, opacity=alt.Opacity("opacity:Q", scale=None), tooltip=tooltip),
        alt.Chart(heads.dropna(subset=["said"]))
        .mark_tick(orient="vertical", size=17, thickness=2, color=ink.text, yOffset=8)
        .encode(x=alt.X("said:T", title=None), y=y, opacity=alt.Opacity("opacity:Q", scale=None), tooltip=tooltip),
        alt.Chart(heads)
        .mark_text(align="left", baseline="bottom", dy=0, fontSize=12, color=ink.text, limit=alt.ExprRef("width"))
        .encode(x=alt.value(0), y=y, text="label:N", opacity=alt.Opacity("opacity:Q", scale=None), tooltip=tooltip),
    ]
    return alt.layer(*layers).properties(height=LANE_HEIGHT * len(lanes) + _ROUND_LANES)


def _parts(lane: Lane, number: int, span: tuple[int, int]) -> list[dict[str, Any]]:
    """Its window in up to three pieces, each with its opacity, in ms and inside the span."""
    found = []
    for start, end, vague in lane.pieces(span):
        opacity = (0.3 if vague else 0.9) * (0.25 if lane.off else 1)
        piece = {"lane": number, "time": instant(start), "end": instant(end), "opacity": opacity}
        found.append(piece | {"ink": "sets" if lane.sets else "other"} | lane.tooltip)
    return found


def _head(lane: Lane, number: int, span: tuple[int, int]) -> dict[str, Any]:
    said = None if lane.said is None else instant(min(max(lane.said, span[0]), span[1]))
    return {"lane": number, "label": lane.label, "said": said, "opacity": 0.45 if lane.off else 1.0} | lane.tooltip


def _scale(span: tuple[int, int]) -> alt.Scale:
    return alt.Scale(type="utc", domain=[_date(moment) for moment in span], nice=False)


def instant(moment: int) -> pd.Timestamp:
    """Epoch seconds as a chart takes them."""
    return pd.Timestamp(moment, unit="s", tz="UTC")


def _date(moment: int) -> alt.DateTime:
    """Vega-Lite takes the ends of an axis of time as dates alone."""
    at = datetime.fromtimestamp(moment, UTC)
    return alt.DateTime(
        year=at.year, month=at.month, date=at.day, hours=at.hour, minutes=at.minute, seconds=at.second, utc=True
    )


DAYS = alt.X("time:T", title=None)
"""The axis of days, which one layer defines for all: Vega-Lite does not merge two that say the same."""


def _days(span: tuple[int, int], *, labels: bool) -> alt.X:
    axis = alt.Axis(
        title=None, labels=labels, ticks=labels, domain=labels, labelOverlap=True, labelFlush=True, tickCount=6
    )
    return alt.X("time:T", scale=_scale(span), axis=axis)


def moment_rule(moment: int, span: tuple[int, int], ink: ChartInk, *, named: bool) -> list[alt.Chart]:
    """The moment that the page speaks of; named: with its day above."""
    at = pd.DataFrame({"time": [instant(moment)], "label": [explanations.by_day(moment)]})
    rule = alt.Chart(at).mark_rule(color=ink.text, strokeWidth=1.2, opacity=1.0 if named else 0.35)
    layers = [rule.encode(x=_days(span, labels=named))]
    if named:
        # On the side where there is room: words past the edge would make this chart narrower than the one below.
        late = moment - span[0] > (span[1] - span[0]) / 2
        text = alt.Chart(at).mark_text(
            color=ink.text,
            fontSize=12,
            fontWeight=600,
            dy=4,
            baseline="top",
            align="right" if late else "left",
            dx=-6 if late else 6,
        )
        layers.append(text.encode(x=DAYS, y=alt.value(0), text="label:N"))
    return layers


def described(case: Case, moment: int) -> str:
    """The chart in one sentence, for those who cannot see it."""
    reports = counted(f"{len(case.totals):,}", "report")
    amount = explanations.flow_amount(case.flow, moment)
    return f"{legible(case.name)}, from {reports}: {amount} by {explanations.by_day(moment)}."
