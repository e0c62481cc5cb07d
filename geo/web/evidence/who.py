"""Who says what of one flow, with a switch for each claimant and each report."""

from __future__ import annotations

import streamlit as st

from geo.scene import words
from geo.web import switches
from geo.web.evidence.case import Case
from geo.web.plain import in_markdown

MOST_SWITCHES = 60
LONGEST = 120


def show_claimants(case: Case) -> None:
    """A switch per claimant, in the order in which they first spoke, and under it one per report."""
    st.html('<h3 class="wb-heading">Who says what</h3>')
    off, _ = switches.off_now()
    left = MOST_SWITCHES
    for claimant, reports in case.totals.groupby("claimant", sort=False):
        name = str(claimant)
        label = in_markdown((name or "Claimant not stated")[:LONGEST])
        with st.container(key=f"says_{case.totals.index.get_loc(reports.index[0])}", gap=None):
            switches.show(f"**{label}**", switches.CLAIMANTS, name, bold=True)
            for row in reports.head(max(left, 0)).to_dict("records"):
                identifier = str(row["id"])
                said = case.said[identifier]
                day = "" if row["said_on"] is None or row["said_on"] != row["said_on"] else words.day(row["said_on"])
                told = f"{said.claim}" + (f", said {day}" if day and day not in said.claim else "")
                if other := case.elsewhere(identifier):
                    told = f"{told}, {other}"
                switches.show(in_markdown(told[:LONGEST]), switches.REPORTS, identifier, disabled=name in off)
            left -= len(reports)
    if left < 0:
        st.caption("Only the first reports have switches here; filter to reach the others.")
