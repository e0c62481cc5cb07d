"""What an import changed: each flow's range without it and with it, and the sums that make the difference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from geo.data_folder import BUNDLED
from geo.dataset.dataset import DataSet
from geo.dataset.parts import Part
from geo.explain.changes import Change
from geo.safe_text import legible
from geo.web.shared import imports, session
from geo.web.shared.escaping import in_html
from geo.web.shared.link import OF_A_VIEW, Filters

MOST_OFFERED = 20
MOST_FLOWS = 12
NOTHING = "Nothing"
KEY = f"{OF_A_VIEW}since"
PERIOD = f"{OF_A_VIEW}since_period"


def show(chosen: Filters, tables: DataSet) -> None:
    """A choice of what to compare with, and what changed; nothing where the data set holds no import beside others."""
    parts = session.chosen_parts(imports.parts(tables=False)[0], chosen.data)
    own = [part for part in parts if part.kind != "places"]
    added = {part.id: part for part in reversed(own) if part.id not in BUNDLED}
    if not added or len({part.id for part in own}) < 2:
        return
    offered = ["", *list(added)[:MOST_OFFERED]]
    if st.session_state.get(KEY) not in offered:
        st.session_state[KEY] = ""
    with st.container(key="changed"):
        st.html('<h3 class="wb-heading">What changed</h3>')
        without: str = st.selectbox(
            "Compare with",
            offered,
            key=KEY,
            format_func=lambda each: f"Without {legible(added[each].name)}" if each else NOTHING,
            help="The ranges as they would be without one of the files loaded, beside those with it.",
        )
        if without:
            rest = [part for part in parts if part.id != without]
            found = session.changes(chosen, tables, rest, _period(tables))
            _tell([each for each in found if each.scope.unit == chosen.unit], added[without])


def _period(tables: DataSet) -> tuple[datetime, datetime] | None:
    """The days that are asked for besides, both whole; None where none are, or only the first so far."""
    span = tables.span
    if span is None:
        return None
    first, last = span.start, span.start + timedelta(seconds=max(span.seconds - 1, 0))
    days: tuple[date, ...] = st.date_input(
        "And in a period",
        [],
        key=PERIOD,
        min_value=first.date(),
        max_value=last.date(),
        format="YYYY-MM-DD",
        help="First and last day. A period has a range of its own, which is not the difference of two others.",
    )
    if len(days) != 2:
        return None
    start, end = (datetime.combine(day, time(), UTC) for day in days)
    return start, end + timedelta(days=1)


def _tell(found: Sequence[Change], part: Part) -> None:
    name = in_html(part.name)
    if not found:
        st.html(f'<p class="wb-plain">No range is another one with {name}.</p>')
        return
    body = "".join(_change(each) for each in found[:MOST_FLOWS])
    if len(found) > MOST_FLOWS:
        body += f'<p class="wb-plain">and {len(found) - MOST_FLOWS:,} more routes.</p>'
    st.html(f'<section class="wb-part">{body}</section>')


def _change(change: Change) -> str:
    told = f'<p class="wb-plain"><b>{in_html(change.name)}</b></p>'
    for each in change.differences:
        reasons = "".join(f"<li>{in_html(reason)}</li>" for reason in each.because)
        told += f'<p class="wb-plain">{in_html(each.sentence)}</p><ul class="wb-conflicts">{reasons}</ul>'
    return told
