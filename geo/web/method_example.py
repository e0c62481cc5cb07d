"""The worked example of the method page: the founding article's containers, reconciled anew from its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import streamlit as st

from geo.evidence.columns import DEFAULT_UNIT
from geo.evidence.reconciling.volumes import Curve, Flow, Term
from geo.evidence.totals import reconcile
from geo.scene.words import counted, day, extent, number
from geo.web.plain import in_html
from geo.web.session import founding

HEADROOM = 1.15
"""The chart's top as a multiple of its highest figure."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A bound that no single report makes.

    flow       the flow that it bounds, with `title` in words
    moment     up to when it holds, epoch seconds
    high       the bound
    whole      the report from whose high the other's low is taken, as a row of its table, and `part` that other
    figures    the high and the low
    """

    flow: Flow
    title: str
    moment: int
    high: float
    whole: Mapping[str, Any]
    part: Mapping[str, Any]
    figures: tuple[float, float]


@st.cache_resource(show_spinner=False)
def example() -> Example | None:
    """The latest bound of the article's containers that comes of two reports; None if its data hold none."""
    tables = founding()
    rows = {str(row["id"]): row for row in tables.totals.to_dict("records")}
    for flow in reconcile(tables.totals, tables.legs, tables.places).flows:
        if flow.scope.unit != DEFAULT_UNIT:
            continue
        title = " → ".join(tables.names[code] for code in (flow.scope.origin, flow.scope.destination))
        for at in reversed(range(flow.curve.time.size)):
            if (pair := _difference(flow.curve.high_by[at])) is not None:
                whole, part = pair
                figures = (whole.figure, part.figure)
                moment, high = int(flow.curve.time[at]), float(flow.curve.high[at])
                return Example(flow, title, moment, high, rows[whole.report], rows[part.report], figures)
    return None


def _difference(terms: tuple[Term, ...]) -> tuple[Term, Term] | None:
    """The two terms of a high that is one report's high less another's low."""
    signs = {term.factor: term for term in terms}
    return (signs[1], signs[-1]) if len(terms) == 2 and set(signs) == {1, -1} else None


def example_html(shown: Example) -> str:
    """The two reports, what follows from them, the chart, and the figures behind it."""
    high, low = shown.figures
    before = in_html(day(_time(shown.moment)))
    sum_ = f"{number(high)} − {number(low)} = {number(shown.high)}"
    unit = shown.flow.scope.unit
    last = shown.flow.curve
    end = counted(extent(float(last.low[-1]), float(last.high[-1])), unit)
    return (
        f'<p class="wb-flow">{in_html(shown.title)}</p>'
        f'<ol class="wb-given">{_report_html(shown.whole)}{_report_html(shown.part)}</ol>'
        "<p>The second is part of the first, so the two are not added. But both bound the same flow. If at least "
        f"{number(low)} of at most {number(high)} moved from {before} on, then before {before} no more than</p>"
        f'<p class="wb-sum"><strong>{sum_}</strong></p>'
        f"<p>can have moved. Neither report says so; it follows from the two. At the end the range is {in_html(end)}, "
        f"and the reports added up would be {number(shown.flow.naive_sum)}, which nobody has claimed.</p>"
        f"{_chart(last, shown)}{_figures(last)}"
    )


def _report_html(report: Mapping[str, Any]) -> str:
    start, end = _day(report["start"]), _day(report["end"] - timedelta(microseconds=1))
    bounds = extent(float(report["low"]), float(report["high"]))
    said = f"{report['outlet']}, said on {_day(report['said_on'])}"
    vague = report["start_earliest"] < report["start"]
    opens = f", perhaps from {_day(report['start_earliest'])} on" if vague else ""
    return (
        f"<li><strong>{in_html(report['claimant'])}</strong> ({in_html(said)}): “{in_html(report['quantity_words'])}” "
        f"from {start} to {end}{opens}. That is {in_html(counted(bounds, str(report['unit'])))}.</li>"
    )


def _chart(curve: Curve, shown: Example) -> str:
    """Boxes from low to high: between two moments low is that of the earlier, high that of the later.

    From the printed start of the whole on, as the map has it.
    """
    begin = max(int(curve.time[0]), int(shown.whole["start"].timestamp()))
    last = int(curve.time[-1])
    top = HEADROOM * max(float(value) for value in curve.high if value < float("inf"))
    moments = [begin, *(int(time) for time in curve.time if time > begin)]
    boxes = []
    for since, until in pairwise(moments):
        low, high = curve.at(since)[0], min(curve.at(until)[2], top)
        across = f"left:{_share(since - begin, last - begin)};width:{_share(until - since, last - begin)};"
        upright = f"bottom:{_share(low, top)};height:{_share(high - low, top)}"
        least = f"<span>at least {number(low)}</span>" if low else ""
        boxes.append(f'<div class="wb-box" style="{across}{upright}"><span>at most {number(high)}</span>{least}</div>')
    days = "".join(
        f'<span style="left:{_share(at - begin, last - begin)}">{day(_time(at))}</span>' for at in moments[:-1]
    )
    told = f"What can have moved, from {day(_time(begin))} to {day(_last(last))}"
    return (
        f'<figure class="wb-chart" role="img" aria-label="{in_html(told)}"><div class="wb-plot">{"".join(boxes)}</div>'
        f'<div class="wb-axis">{days}</div><figcaption>{in_html(told)}.</figcaption></figure>'
    )


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.3f}%"


def _figures(curve: Curve) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{in_html(day(_last(int(time))))}</th><td>{number(low)}</td><td>{number(best)}</td>"
        f"<td>{'open' if high == float('inf') else number(high)}</td></tr>"
        for time, low, best, high in zip(curve.time, curve.low, curve.best, curve.high, strict=True)
    )
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("By the end of", "Low", "Best", "High"))
    return f'<table class="wb-rules wb-numbers"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _time(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)


def _last(moment: int) -> datetime:
    """The day that ends at a moment: midnight closes the day before."""
    return _time(moment) - timedelta(seconds=1)


def _day(time: Any) -> str:  # noqa: ANN401 -- a pandas Timestamp out of a row of any table
    return day(time.to_pydatetime())
