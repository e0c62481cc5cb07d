"""The Method page: how reports become one volume, every house rule with its number, and what our words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import streamlit as st

from geo.evidence.grading import CREDIBILITY, RELIABILITY
from geo.evidence.vague import HOUSE_RULES
from geo.evidence.words.quantity import ABOUT_PERCENT
from geo.web import state
from geo.web.method_example import example, example_html
from geo.web.plain import in_html

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
    "A flow is what is summed.": "From a place or area to a place or area, in one unit, by one mode or by any. A "
    "report on an area bounds the sum of everything inside that area. Units are never converted.",
    "A total is a bound, and is never added.": "“About 2,000 since August” says how much was moved in a window. The "
    "next total of the same claimant is the same account, later; another claimant's is the same goods, seen by others.",
    "Vague windows are taken in the way that claims least.": "A low holds for the widest window that the words allow, "
    "a high for the narrowest. A day is a day: an end that is known to the day is not vague.",
    "What opens an account has nothing before it.": "The first report of a claimant on a flow gives all that was moved "
    "until then, so its high holds from the beginning. A report opens the account unless another one by the same "
    "claimant certainly begins earlier. So leaving out a report can widen a range, and narrows it only where another "
    "report then opens the account, or the flow's time.",
    "“Since early August” ends on the day it was said.": "A window that is still open says nothing of the days after.",
    "A part lies in its whole.": "A report marked as part of another is never added to it; its low still bounds the "
    "other's flow.",
    "Itemised legs count from below.": "What certainly moved inside a stretch of time is at least carried by it. The "
    "containers of one shipment count once, however many legs carry them.",
    "The range is the tightest that all reports allow.": "At each moment the least and the most are found that "
    "contradict no report. This is a linear program, and its solution names the reports that set each bound. Where "
    "thousands of reports overlap they are not weighed all at once: each flow by itself, then all flows at one moment "
    "after another. Such a range holds, may be wider than it need be, and says so.",
    "Best is the smoothest curve inside.": "It passes through the stated best figures where it can, at a rate that "
    "changes as little as possible. Flows that overlap get such curves together; where they are very many, each gets "
    "its own. Best is drawn so that something can be drawn; low and high are what is known.",
}
"""What reconciling does, in the order in which it does it."""

CONTESTED = (
    "Where reports cannot all be right, the flow is contested. Waybill then names each smallest set of reports that "
    "disagree: take any one of a set away, and the others can hold together. It does not choose between them. The "
    "range becomes as wide as the sides' ranges together, each side with all that nobody contradicts, and it is dashed "
    "on the map. On the Evidence page "
    "each claimant and each report can be switched off, and what the others allow is shown."
)
GRADES = (
    "A grade is two judgements that are made apart: a letter for the source, and a number for what it says. So B2 is "
    "a usually reliable source saying something probably true. F and 6 mean that nobody can judge, which is not the "
    "same as bad. Waybill never grades, and a report without a grade is not graded: grades come from your file, or "
    "from you. They change no volume unless you ask for reports of some grades to be left out."
)
LIKELIHOOD = (
    "Low and high are no probability. They are what the reports allow if they are true, and nothing is said of which "
    "figure between them is the more likely. Waybill uses no term of likelihood of its own. Those of others stay as "
    "printed, and where you write of likelihood yourself, ICD 203 gives the words their numbers:"
)
CONFIDENCE = (
    "Confidence is another matter: how good the sources and the reasoning are. ICD 203 keeps a level of confidence and "
    "a degree of likelihood out of one and the same sentence, and so does Waybill."
)
DRAWN = (
    "An arc's solid core is low, its body best, and its pale halo high; widths are linear, from zero. Where high is "
    "open the halo fades out, and the figure reads “at least”. A contested flow is dashed. All times are UTC, and a "
    "date is its whole day: what is shown for the end of 2 November stands at midnight."
)


def render() -> None:
    """The whole page: no widget, nothing that moves."""
    st.html(STYLE)
    state.enter("method")
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
