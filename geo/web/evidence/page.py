"""The Evidence page: one flow, who claims what of it, where they disagree, and what their reports allow together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from geo import player
from geo.dataset.dataset import DataSet
from geo.player import Picked
from geo.reconcile.volumes import Flow
from geo.safe_text import legible
from geo.web.evidence import case, chart, sources
from geo.web.evidence import case as cases
from geo.web.shared import filters, link, session, sidebar
from geo.web.shared import link as moment
from geo.web.shared import link as state
from geo.web.shared.escaping import in_words
from geo.web.shared.link import WIDGETS, Filters, Link, Texts, initial, opening_link, publish
from geo.web.shared.session import Shown

STYLE = Path(__file__).with_name("evidence.css")
FLOW = f"{WIDGETS}flow"
SIDES = (5, 3)
"""Parts of the width for what is drawn and for what is told beside it."""
NOTHING = (
    '<p class="wb-empty">This data set has voyages but no reported totals to compare. '
    "Choose another unit or data set in the sidebar, widen the filters, or load a file with totals.</p>"
)


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    st.html(STYLE)
    with in_words("Change the filters, or withdraw the last import on the Data page, then go on."):
        _page()


def _page() -> None:
    state.enter("evidence")
    chosen, tables, notes = sidebar.in_sidebar()
    link, _ = opening_link()
    shown = session.shown(chosen, tables)
    base = session.shown(chosen.with_all, tables)
    at = moment.now(shown.scene, link.picked.moment)
    filters.show_note(shown.off)
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
    if (clicked := st.session_state.pop(NEXT_FLOW, None)) in flows:
        st.session_state[FLOW] = clicked
    labels = {each: cases.label(flow, names, at) for each, flow in flows.items()}
    with st.container(key="evidence_head", horizontal=True, gap="medium", vertical_alignment="bottom"):
        chosen: str = st.selectbox("Route", list(flows), key=FLOW, format_func=lambda each: legible(labels[each]))
        moment.slider(shown.scene, at)
    return chosen


def _body(
    one: cases.Case,
    base: session.Shown,
    shown: session.Shown,
    tables: DataSet,
    at: int,
    flows: Mapping[str, Flow],
) -> None:
    scene, names = shown.scene, tables.names
    first = int(scene.start.timestamp())
    case.headline(one, at)
    with st.container(key="evidence_body"):
        left, right = st.columns(SIDES, gap="medium")
        with left:
            chart.show(one, at, first, first + scene.seconds)
        with right:
            case.disagreements(one, names, complete=shown.volumes.complete)
            sources.show_claimants(one)
        left, right = st.columns(SIDES, gap="medium")
        with left:
            show(shown, one.id, at, flows)
        with right:
            case.reasons(one, at)
    sources.show_sources(one, base, tables)


HEIGHT = 560
"""CSS pixels."""
NEXT_FLOW = f"{WIDGETS}next_flow"
"""The flow that was clicked on the map: the list shows it from the next run on."""
_MOUNTED = f"{WIDGETS}little_map"
_SAME = 1.0
"""Seconds. The browser's clock is a float of seconds since the span's start, told in milliseconds."""


@dataclass(frozen=True, slots=True)
class _Mounted:
    """What the player on the page was opened with, and what it is known to show since: page and player agree on it.

    turn: counts the times it was mounted anew, which is the only way to tell a player where to go.
    """

    turn: int
    opening: Picked
    flow: str
    at: int


def show(shown: Shown, identifier: str, at: int, flows: Mapping[str, Flow]) -> None:
    """The map at the page's moment. A scrub or a click on it moves the page: then this does not return.

    at: epoch seconds. flows: corridor id -> flow, of those that the page can show.
    """
    known: _Mounted | None = st.session_state.get(_MOUNTED)
    if known is None or (known.flow, known.at) != (identifier, at):
        opening = Picked(selected=(identifier,), moment=datetime.fromtimestamp(at, UTC).isoformat())
        known = _Mounted(known.turn + 1 if known else 0, opening, identifier, at)
        st.session_state[_MOUNTED] = known
    picked = player.mount(shown.wire, key=f"evidence_map_{known.turn}", height=HEIGHT, initial=initial(known.opening))
    _follow(known, picked, flows)


def _follow(known: _Mounted, picked: Picked, flows: Mapping[str, Flow]) -> None:
    """The page goes where the reader went on the map."""
    moved = _moved(known, picked)
    clicked = next((each for each in picked.selected if each in flows), known.flow)
    if moved is None and clicked == known.flow:
        return
    if moved is not None:
        link.move_to(moved)
    st.session_state[NEXT_FLOW] = clicked
    at = known.at if moved is None else int(moved.timestamp())
    st.session_state[_MOUNTED] = replace(known, flow=clicked, at=at)
    st.rerun()


def _moved(known: _Mounted, picked: Picked) -> datetime | None:
    if picked.moment is None:
        return None
    there = datetime.fromisoformat(picked.moment)
    there = there.replace(tzinfo=UTC) if there.tzinfo is None else there
    return there if abs(there.timestamp() - known.at) > _SAME else None
