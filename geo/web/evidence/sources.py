"""The source cards of one flow, each with the grade that its reader gives it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial

import streamlit as st

from geo import formatting
from geo.dataset.dataset import DataSet
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.web.evidence.case import Case
from geo.web.shared import cards, filters, grades
from geo.web.shared.escaping import in_markdown
from geo.web.shared.link import WIDGETS
from geo.web.shared.session import Shown

COLUMNS = 2
MOST_CARDS = 40
ABOUT_GRADES = (
    "Grade each source yourself (Admiralty code: a letter for the source, a number for what it says). Grades don’t "
    "change figures; to leave reports out, filter by grade."
)
_UNGRADED = "Not graded"


def show_sources(case: Case, base: Shown, tables: DataSet) -> None:
    """The cards of the reports on the flow, numbered as beside the map."""
    wanted = {*case.totals["id"], *case.whole.bearing, *case.listed}
    found = [card for card in cards.cards_of(base.scene, base.totals, base.graded) if card.id in wanted]
    st.html(
        f'<h3 class="wb-heading">Reports <span class="wb-count">{len(found)}</span></h3>'
        f'<p class="wb-plain">{ABOUT_GRADES}</p>'
    )
    if wrong := st.session_state.pop("grade_wrong", ""):
        st.warning(in_markdown(wrong))
    columns = st.columns(COLUMNS, gap="small")
    for turn, card in enumerate(found[:MOST_CARDS]):
        with columns[turn % COLUMNS], st.container(key=f"source_{turn}", border=True):
            st.html(f'<ol class="wb-cards wb-source">{cards.card_html(card, whole=True)}</ol>')
            _editor(card, tables)
    if len(found) > MOST_CARDS:
        st.caption(f"The first {MOST_CARDS} of {len(found):,} reports are shown; filter to see the others.")


def _editor(card: cards.Card, tables: DataSet) -> None:
    digest = hashlib.blake2b(card.id.encode(), digest_size=8).hexdigest()
    halves = {"reliability": (RELIABILITY, card.reliability), "credibility": (CREDIBILITY, card.credibility)}
    with st.container(horizontal=True, gap="small"):
        for name, (known, current) in halves.items():
            key = f"{WIDGETS}{name}_{digest}"
            st.session_state[key] = current if current in known else ""
            st.selectbox(
                name.capitalize(),
                ["", *known],
                key=key,
                format_func=partial(_in_words, known),
                on_change=_give,
                args=(card.id, digest, tables),
            )


def _in_words(known: Mapping[str, str], half: str) -> str:
    return f"{half} · {known[half]}" if half else _UNGRADED


def _give(report: str, digest: str, tables: DataSet) -> None:
    reliability, credibility = (
        st.session_state[f"{WIDGETS}{name}_{digest}"] for name in ("reliability", "credibility")
    )
    wrong = [grades.give(part, own, reliability, credibility) for part, own in tables.where(report)]
    st.session_state["grade_wrong"] = next(filter(None, wrong), "")


MOST_SWITCHES = 60
LONGEST = 120


def show_claimants(case: Case) -> None:
    """A switch per claimant, in the order in which they first spoke, and under it one per report."""
    st.html('<h3 class="wb-heading">Who says what</h3>')
    off, _ = filters.off_now()
    left = MOST_SWITCHES
    for claimant, reports in case.totals.groupby("claimant", sort=False):
        name = str(claimant)
        label = in_markdown((name or "Source not stated")[:LONGEST])
        with st.container(key=f"says_{case.totals.index.get_loc(reports.index[0])}", gap=None):
            filters.show(f"**{label}**", filters.CLAIMANTS, name, bold=True)
            for row in reports.head(max(left, 0)).to_dict("records"):
                identifier = str(row["id"])
                said = case.said[identifier]
                day = (
                    "" if row["said_on"] is None or row["said_on"] != row["said_on"] else formatting.day(row["said_on"])
                )
                told = f"{said.claim}" + (f", said {day}" if day and day not in said.claim else "")
                if other := case.elsewhere(identifier):
                    told = f"{told}, {other}"
                filters.show(in_markdown(told[:LONGEST]), filters.REPORTS, identifier, disabled=name in off)
            left -= len(reports)
    if left < 0:
        st.caption("Only the first reports have switches here; filter to see the others.")
