"""The Method page: how reports become one volume, every house rule with its number, and what our words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import streamlit as st

from geo.columns import ABOUT_PERCENT, DEFAULT_UNIT
from geo.data_folder import FOUNDING
from geo.dataset.dataset import DataSet, data_set
from geo.dataset.parts import of_bundled
from geo.formatting import counted, day, extent, number
from geo.parsing import HOUSE_RULES
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.reconcile.reconcile import reconcile
from geo.reconcile.solve.contradictions import MOST_CONFLICTS
from geo.reconcile.volumes import Curve, Flow, Term
from geo.web.method.misfits import MISFITS
from geo.web.shared import link
from geo.web.shared.escaping import in_html

STYLE = Path(__file__).with_name("method.css")

NATURES = {
    "estimate": "How much moved in all, as somebody reckons it. It bounds the volume from below and from above.",
    "observed": "What was seen. More may have gone unseen, so it bounds from below alone.",
    "capacity": "What could be held: “could hold up to 5 million rounds”. Nobody says that it was moved, so it bounds "
    "nothing. It is listed, and never drawn.",
}
"""Each nature that a total may have, and what reconciling makes of it."""

LIKELIHOODS = {
    "almost no chance, remote": "1–5 %",
    "very unlikely, highly improbable": "5–20 %",
    "unlikely, improbable": "20–45 %",
    "roughly even chance, roughly even odds": "45–55 %",
    "likely, probable": "55–80 %",
    "very likely, highly probable": "80–95 %",
    "almost certain, nearly certain": "95–99 %",
}
"""The terms of likelihood of Intelligence Community Directive 203, Analytic Standards (2015), section D.6.e.(2)(a)."""

RULES = {
    "A flow is what is summed.": "From a place or area to a place or area, in one unit, by one mode or by any. The "
    "other pages call it a route. A report on an area bounds the sum of everything inside that area. Units are never "
    "converted.",
    "A total is a bound, and is never added.": "“About 2,000 since August” says how much was moved in a window. The "
    "next total of the same claimant (on the other pages: source) is the same account, later; another claimant's is "
    "the same goods, seen by others.",
    "Vague windows are taken in the way that claims least.": "A low holds for the widest window that the words allow, "
    "a high for the narrowest. A day is a day: an end that is known to the day is not vague.",
    "A window is a window.": "A report speaks of its own window and of nothing before or after it, whoever else "
    "speaks. Only a running total, of all that moved so far, has a high that holds from its earliest start: that is a "
    "total with an open or vague start, or one that its table calls running. The Evidence page says which are, and "
    "lets you change it.",
    "Not stated is not elsewhere.": "A leg or a total that does not say how it went may have gone by sea; one from a "
    "country may have left from any port in it. So it can be the same goods as a finer report, and is never forced to "
    "come on top of it.",
    "“Since early August” ends on the day it was said.": "A window that is still open says nothing of the days after.",
    "A part lies in its whole.": "A report marked as part of another is never added to it; its low still bounds the "
    "other's flow. The mark is the reading of whoever made the table, and not the source's words: the Evidence page "
    "names each, and shows what is left without it.",
    "One movement told twice is one.": "Two voyages with the same ends, dates and figure count once until somebody "
    "says that they are two, and till then the range holds both readings: 300–600. What both reports state and differ "
    "in, such as the ship, tells them apart; within one report two rows are two movements, unless they are identical. "
    "Where sources count one ship's departure differently, low is the least of their sums and high all of them "
    "together; once you say that it is one voyage, high is the most of them. The Evidence page asks: same, or "
    "separate?",
    "Itemised legs count from below.": "What certainly moved inside a stretch of time is at least carried by it. The "
    "containers of one shipment count once, however many legs carry them, and an onward leg carries in its own time "
    "alone. What lies inside another flow never has more than that one.",
    "The range is the tightest that all reports allow.": "At each moment the least and the most are found that "
    "contradict no report. This is a linear program, and its solution names the reports that set each bound. Where "
    "thousands of reports overlap they are not weighed all at once: each flow by itself, then all flows at one moment "
    "after another. Such a range holds, may be wider than it need be, and says so.",
    "A period has its own range.": "What moved between two moments is weighed by itself. It is not the difference of "
    "two cumulative ranges: between 7 September and 1 October more than 1,000 are certain, though nothing is certain "
    "of either day. A period that begins with the picture, or before it, holds all before its end.",
    "“About” is no finer than its word.": "A bound that is reckoned from a figure called “about” is told and drawn to "
    "the digits that the word carries, rounded outward: 1,199 of “about 2,000” is told as 1,200. Where the reasons for "
    "a figure are given, it is exact. What one report says by itself is told as it was read.",
    "Best is the smoothest curve inside.": "It passes through the stated best figures where it can, at a rate that "
    "changes as little as possible. Flows that overlap get such curves together; where they are very many, each gets "
    "its own. Best is drawn so that something can be drawn; low and high are what is known.",
}
"""What reconciling does, in the order in which it does it."""

CONTESTED = (
    "Where reports cannot all be right, the flow is contested. Waybill then names each smallest set of reports that "
    "disagree: take any one of a set away, and the others can hold together. Of very many sets it names "
    f"{MOST_CONFLICTS}, the smallest first, and says how many more of two or three reports there are at least. It does "
    "not choose between them. The range becomes as wide as the sides' ranges together, each side with all that nobody "
    "contradicts, and it is dashed on the map. On the Evidence page "
    "each claimant and each report can be switched off, and what the others allow is shown."
)
GRADES = (
    "A grade is two judgements that are made apart: a letter for the source, and a number for what it says. So B2 is "
    "a usually reliable source saying something probably true. F and 6 mean that nobody can judge, which is not the "
    "same as bad. Waybill never grades, and a report without a grade is not graded: grades come from your file, or "
    "from you. They change no volume unless you ask for reports of some grades to be left out."
)
LIKELIHOOD = (
    "Low and high are not probabilities. They are what the reports allow if they are true, and nothing is said of "
    "which figure between them is the more likely. Waybill uses no term of likelihood of its own. Those of others stay "
    "as printed, and where you write of likelihood yourself, ICD 203 gives the words their numbers:"
)
CONFIDENCE = (
    "Confidence is another matter: how good the sources and the reasoning are. ICD 203 keeps a level of confidence and "
    "a degree of likelihood out of one and the same sentence, and so does Waybill."
)
DRAWN = (
    "An arc's solid core is low, its body best, and its pale halo high; widths are linear, from zero. Where high is "
    "open the halo fades out, and the figure reads “at least” or “more than”. A contested flow is dashed. All times "
    "are UTC, and a date is its whole day: what is shown for the end of 2 November is what had moved by midnight. "
    "While the map plays, and in films, words and figures are those of the end of the day named."
)


def render() -> None:
    """The whole page: no widget, nothing that moves."""
    st.html(STYLE)
    link.enter("method")
    st.html(
        '<header class="wb-method"><h2>Method</h2><p class="wb-lead">Reports of shipments overlap, grow and contradict '
        "one another. Adding them up counts the same goods again and again. Waybill takes each report as a bound "
        "instead, and shows the tightest range that all of them allow.</p></header>"
    )
    if (shown := example()) is not None:
        _section("A worked example", example_html(shown))
    _section("The rules", _list(RULES))
    _section("Estimate, observed, capacity", _terms(NATURES))
    _section("Contested", f"<p>{CONTESTED}</p>")
    _section("What does not fit in voyages", _list(MISFITS))
    words = f"Words are kept as printed. “About” is give or take {ABOUT_PERCENT} %; every rule is in this table."
    _section("What words become", f"<p>{words}</p>{_table(('Words', 'What they become'), HOUSE_RULES)}")
    scales = _table(("Source", "Reliability"), RELIABILITY) + _table(("What it says", "Credibility"), CREDIBILITY)
    _section("Grades", f'<p>{GRADES}</p><div class="wb-scales">{scales}</div>')
    terms = _table(("Term", "Chance"), LIKELIHOODS)
    _section("Likelihood and confidence", f"<p>{LIKELIHOOD}</p>{terms}<p>{CONFIDENCE}</p>")
    _section("What is drawn", f"<p>{DRAWN}</p>")


def _section(title: str, body: str) -> None:
    """body: HTML of ours, in which all that comes from data is escaped."""
    st.html(f'<section class="wb-method"><h3>{in_html(title)}</h3>{body}</section>')


def _list(rules: Mapping[str, str]) -> str:
    items = (f"<li><strong>{in_html(rule)}</strong> {in_html(means)}</li>" for rule, means in rules.items())
    return f'<ol class="wb-steps">{"".join(items)}</ol>'


def _terms(meanings: Mapping[str, str]) -> str:
    pairs = (f"<dt>{in_html(word.capitalize())}</dt><dd>{in_html(means)}</dd>" for word, means in meanings.items())
    return f'<dl class="wb-terms">{"".join(pairs)}</dl>'


def _table(headings: Iterable[str], rows: Mapping[str, str]) -> str:
    head = "".join(f"<th scope='col'>{in_html(name)}</th>" for name in headings)
    body = "".join(f"<tr><th scope='row'>{in_html(k)}</th><td>{in_html(v)}</td></tr>" for k, v in rows.items())
    return f'<table class="wb-rules"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


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


def founding() -> DataSet:
    """The data set of the example."""
    return data_set(of_bundled(FOUNDING))


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
        low, high = curve.at_second(since)[0], min(curve.at_second(until)[2], top)
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
