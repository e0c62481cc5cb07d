"""What the reports on one flow come to, in words: the headline, the range beside the naive sum, what disagrees, why."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from geo.scene import saying
from geo.web.evidence.case import Case
from geo.web.plain import in_html

MOST_CONFLICTS = 12


def headline(case: Case, moment: int) -> None:
    """The flow, its range at the moment, and who says what of it."""
    if case.now is None:
        st.html(
            f'<section class="wb-telling"><h2 class="wb-flow">{in_html(case.name)}</h2>'
            '<p class="wb-range">no range</p>'
            '<p class="wb-headline">Everything that speaks of this flow is switched off. '
            "Switch a claimant on to see what the others allow.</p></section>"
        )
        return
    flow = case.now
    contested = saying.is_contested(flow, moment)
    mark = ' <span class="wb-contested">contested</span>' if contested else ""
    wider = "" if flow.tightest else f'<p class="wb-plain">{saying.WIDER}</p>'
    told = saying.flow_amount(flow, moment).removeprefix("contested: ")
    told = told[:1].upper() + told[1:]
    st.html(
        f'<section class="wb-telling"><h2 class="wb-flow">{in_html(case.name)}</h2>'
        f'<p class="wb-range">{in_html(told)} <span class="wb-by">by {saying.by_day(moment)}</span>{mark}</p>'
        f'<p class="wb-headline">{in_html(saying.headline(flow, moment, case.speakers))}</p>'
        f"{wider}</section>"
    )


def disagreements(case: Case, names: Mapping[str, str], *, complete: bool) -> None:
    """Every contradiction in a sentence; and one where there is none."""
    conflicts = case.now.conflicts if case.now is not None else ()
    title = "Where they disagree" if conflicts else "No contradiction"
    rows = [saying.conflict_sentence(conflict, case.said, names) for conflict in conflicts]
    body = "".join(f"<li>{in_html(row)}</li>" for row in rows[:MOST_CONFLICTS])
    if len(rows) > MOST_CONFLICTS:
        body += f"<li>and {len(rows) - MOST_CONFLICTS:,} more.</li>"
    if not complete:
        body += "<li>There may be more contradictions: the search ended after the first thousands.</li>"
    if rows:
        told = f'<ol class="wb-conflicts">{body}</ol>'
    elif case.now is not None and case.whole.conflicts:
        told = (
            '<p class="wb-plain">With the reports that are on, all that is said of this flow can be true together.</p>'
        )
    else:
        told = '<p class="wb-plain">All that is said of this flow can be true together.</p>'
    st.html(_part(title, told, len(rows)))


def reasons(case: Case, moment: int) -> None:
    """The sums that give low and high, what adding up would give, and how much is itemised."""
    if case.now is None:
        return
    flow = case.now
    low, _, high = flow.curve.at(moment)
    low_by, high_by = saying.bounds_at(flow.curve, moment)
    told = [
        saying.bound_sentence("low", low, low_by, case.said),
        saying.bound_sentence("high", high, high_by, case.said),
    ]
    st.html(_part(f"Why this range by {saying.by_day(moment)}", _lines(told)))
    naive = saying.naive_sentence(flow)
    beside = [naive] if naive else []
    st.html(_part("Not a sum", _lines([*beside, saying.coverage_sentence(flow)])))


def _lines(told: list[str]) -> str:
    return "".join(f'<p class="wb-plain">{in_html(line)}</p>' for line in told)


def _part(title: str, body: str, count: int = 0) -> str:
    number = f' <span class="wb-count">{count}</span>' if count else ""
    return f'<section class="wb-part"><h3 class="wb-heading">{title}{number}</h3>{body}</section>'
