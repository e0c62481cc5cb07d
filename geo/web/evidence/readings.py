"""What the range of a flow rests on that no source says, each with a switch that shows what is left without it."""

from __future__ import annotations

import streamlit as st

from geo.dataset.assumptions import Assumption, assumptions, reaches
from geo.dataset.dataset import DataSet
from geo.reconcile.explain.explanations import reading_sentence
from geo.web.evidence.case import Case
from geo.web.shared import filters
from geo.web.shared.escaping import in_markdown
from geo.web.shared.link import WIDGETS, Filters

MOST_SHOWN = 12
ABOUT = (
    "No source says this: it is how whoever made the table reads the reports. Switch a reading off to see what is left "
    "of the range without it."
)


def show(case: Case, chosen: Filters, data: DataSet) -> None:
    """A switch for each reading that bears on the flow; nothing where there is none."""
    shown = set(case.totals["id"]) - case.off
    # What was set apart bears on the flow no more, and its switch stays.
    own = data.totals[data.totals["id"].isin(shown) | data.totals["part_of"].isin(shown)]
    found = [each for each in assumptions(own, chosen) if {each.report, each.whole} - {""} <= set(case.said)]
    abouts = bool(reaches(own).any())
    if not found and not abouts:
        return
    found.sort(key=lambda each: each.kind)
    with st.container(key="readings"):
        st.html(
            f'<h3 class="wb-heading">What this rests on <span class="wb-count">{len(found) + abouts}</span></h3>'
            f'<p class="wb-plain">{ABOUT}</p>'
        )
        for each in found[:MOST_SHOWN]:
            _switch(each, case, chosen)
        if len(found) > MOST_SHOWN:
            st.caption(f"and {len(found) - MOST_SHOWN:,} more, which a brief or a link can switch off.")
        if abouts:
            filters.ask_reach(chosen)


def _switch(each: Assumption, case: Case, chosen: Filters) -> None:
    key = f"{WIDGETS}reading_{each.kind}_{each.report}"
    st.session_state[key] = each.holds
    st.checkbox(
        in_markdown(reading_sentence(each.kind, case.said[each.report], case.said.get(each.whole))),
        key=key,
        on_change=take,
        args=(key, each.report, _changed_by(each, chosen)),
    )


def take(key: str, report: str, reading: str) -> None:
    """What the switch says now. A browser may say it twice, or once more when the page is gone."""
    if key in st.session_state:
        filters.read_otherwise(report, reading, taken=st.session_state[key] == (reading == "running"))


def _changed_by(each: Assumption, chosen: Filters) -> str:
    """The reading of `READINGS` that a press of the switch takes, or takes back."""
    if each.kind == "part_of":
        return "apart"
    if each.report in chosen.running:
        return "running"
    # One that its table calls no running total is made one; all others are running until they are switched off.
    return "not_running" if each.holds or each.report in chosen.not_running else "running"
