"""The Evidence page: one flow, who claims what of it, where they disagree, and what their reports allow together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from geo.evidence.reconciling.volumes import Flow
from geo.legible import legible
from geo.web import choosing, filters, session, state, switches
from geo.web.evidence import case as cases
from geo.web.evidence import chart, little_map, moment, sources, telling, who
from geo.web.failing import in_words
from geo.web.state import WIDGETS, Filters, Link, Texts, opening_link, publish

STYLE = Path(__file__).with_name("evidence.css")
FLOW = f"{WIDGETS}flow"
SIDES = (5, 3)
"""Parts of the width for what is drawn and for what is told beside it."""
NOTHING = (
    '<p class="wb-empty">No total in this unit speaks of a volume, so there is nothing to reconcile. '
    "Choose another unit or data set in the sidebar, widen the filters, or load a file with totals.</p>"
)


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    st.html(STYLE)
    with in_words("Change the filters, or withdraw the last import on the Data page, then go on."):
        _page()


def _page() -> None:
    state.enter("evidence")
    chosen, tables, notes = choosing.in_sidebar()
    link, _ = opening_link()
    shown = session.shown(tables.key, chosen, tables)
    base = session.shown(tables.key, chosen.with_all, tables)
    at = moment.now(shown.scene, link.picked.moment)
    switches.show_note(shown.off)
    flows = cases.flows_of(chosen.unit, base.volumes, shown.volumes)
    if not flows:
        st.html(NOTHING)
        filters.show_notes(notes)
        publish(Link(chosen, link.picked))
        return
    identifier = _head(flows, shown, link.picked.selected, tables.names, at)
    one = cases.case_of(identifier, base, shown, chosen.unit, tables.names)
    _body(one, base, shown, tables, at, flows)
    filters.show_notes(notes)
    _publish(chosen, link, identifier)


def _publish(chosen: Filters, link: Link, identifier: str) -> None:
    publish(Link(chosen, replace(link.picked, selected=(identifier,), moment=moment.in_link())))


def _head(
    flows: Mapping[str, Flow],
    shown: session.Shown,
    selected: Texts,
    names: Mapping[str, str],
    at: int,
) -> str:
    """The list of flows, and the moment. -> id of the flow chosen."""
    if st.session_state.get(FLOW) not in flows:
        st.session_state[FLOW] = cases.first_of(flows, selected)
    if (clicked := st.session_state.pop(little_map.NEXT_FLOW, None)) in flows:
        st.session_state[FLOW] = clicked
    labels = {each: cases.label(flow, names, at) for each, flow in flows.items()}
    with st.container(key="evidence_head", horizontal=True, gap="medium", vertical_alignment="bottom"):
        chosen: str = st.selectbox("Flow", list(flows), key=FLOW, format_func=lambda each: legible(labels[each]))
        moment.slider(shown.scene, at)
    return chosen


def _body(
    one: cases.Case,
    base: session.Shown,
    shown: session.Shown,
    tables: session.Tables,
    at: int,
    flows: Mapping[str, Flow],
) -> None:
    scene, names = shown.scene, tables.names
    first = int(scene.start.timestamp())
    telling.headline(one, at)
    with st.container(key="evidence_body"):
        left, right = st.columns(SIDES, gap="medium")
        with left:
            chart.show(one, at, first, first + scene.seconds)
        with right:
            telling.disagreements(one, names, complete=shown.volumes.complete)
            who.show_claimants(one)
        left, right = st.columns(SIDES, gap="medium")
        with left:
            little_map.show(shown, one.id, at, flows)
        with right:
            telling.reasons(one, at)
    sources.show(one, base, tables)
