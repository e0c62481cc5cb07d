"""The Evidence page: one flow, who claims what of it, where they disagree, and what their reports allow together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from geo import formatting, player
from geo.dataset.dataset import DataSet
from geo.player import Picked
from geo.reconcile.explain.explanations import unlisted_sentence
from geo.reconcile.volumes import Flow
from geo.safe_text import legible
from geo.web.evidence import case, changed, chart, readings, sources, voyages
from geo.web.evidence import case as cases
from geo.web.evidence.case import Case
from geo.web.shared import cards, filters, history, link, session, sidebar, told_twice
from geo.web.shared import link as links
from geo.web.shared.escaping import in_markdown, in_words
from geo.web.shared.link import WIDGETS, Filters, Link, initial, opening_link, publish
from geo.web.shared.link_values import Texts
from geo.web.shared.session import Shown

STYLE = Path(__file__).with_name("evidence.css")
FLOW = f"{WIDGETS}flow"
SIDES = (5, 3)
"""Parts of the width for what is drawn and for what is told beside it."""
NOTHING = (
    '<p class="wb-empty">No reports in this unit are left to compare. '
    "Choose another unit or data set in the sidebar, widen the filters, or load a file.</p>"
)


def render() -> None:
    """The whole page. What goes wrong on purpose is one plain sentence, and the page stays usable."""
    st.html(STYLE)
    with in_words("Change the filters, or withdraw the last import on the Data page, then go on."):
        _page()


def _page() -> None:
    links.enter("evidence")
    steps = history.place()
    chosen, tables, notes = sidebar.in_sidebar()
    link, _ = opening_link()
    shown = session.shown(chosen, tables)
    base = session.shown(chosen.with_all, tables)
    at = links.now(shown.scene, link.picked.moment)
    filters.show_note(shown.off)
    filters.show_readings_note(chosen)
    flows = cases.flows_of(chosen.unit, base.volumes, shown.volumes)
    selected: Texts = ()
    above: frozenset[str] | None = None
    if flows:
        selected = (_head(flows, shown, link.picked.selected, tables.names, at),)
        one = cases.case_of(selected[0], base, shown, chosen.unit, tables.names)
        told_twice.show(chosen, tables)
        above = _body(one, chosen, base, shown, tables, at, flows)
    else:
        told_twice.show(chosen, tables)
    route = voyages.show(chosen, base, shown, tables, link.picked.selected[len(selected) :], at, above)
    if not flows and route is None:
        st.html(NOTHING)
    filters.show_notes(notes)
    selected = (*selected, *filter(None, [route]))
    picked = replace(link.picked, moment=links.in_link())
    now = Link(chosen, picked if route is None and not flows else replace(picked, selected=selected))
    history.show(steps, now, shown.scene)
    publish(now)


def _head(
    flows: Mapping[str, Flow],
    shown: session.Shown,
    selected: Texts,
    names: Mapping[str, str],
    at: int,
) -> str:
    """The list of flows, and the links. -> id of the flow chosen."""
    if st.session_state.get(FLOW) not in flows:
        st.session_state[FLOW] = cases.first_of(flows, selected)
    if (clicked := st.session_state.pop(NEXT_FLOW, None)) in flows:
        st.session_state[FLOW] = clicked
    labels = {each: cases.label(flow, names, at) for each, flow in flows.items()}
    with st.container(key="evidence_head", horizontal=True, gap="medium", vertical_alignment="bottom"):
        chosen: str = st.selectbox("Route", list(flows), key=FLOW, format_func=lambda each: legible(labels[each]))
        links.slider(shown.scene, at)
    return chosen


def _body(
    one: cases.Case,
    chosen: Filters,
    base: session.Shown,
    shown: session.Shown,
    tables: DataSet,
    at: int,
    flows: Mapping[str, Flow],
) -> frozenset[str]:
    """All about one flow. -> the ids of the reports whose cards it shows."""
    scene, names = shown.scene, tables.names
    first = int(scene.start.timestamp())
    case.headline(one, at)
    with st.container(key="evidence_body"):
        left, right = st.columns(SIDES, gap="medium")
        with left:
            chart.show(one, at, first, first + scene.seconds)
        with right:
            case.disagreements(one, names, beyond=unlisted_sentence(shown.volumes))
            show_claimants(one)
        left, right = st.columns(SIDES, gap="medium")
        with left:
            show(shown, one.id, at, flows)
        with right:
            case.reasons(one, at)
            readings.show(one, chosen, tables)
    changed.show(chosen, tables)
    wanted = {*one.totals["id"], *one.whole.bearing, *one.listed}
    found = [card for card in cards.cards_of(base.scene, base.totals, base.graded) if card.id in wanted]
    sources.show("Reports", found, tables, "source")
    return frozenset(card.id for card in found)


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
    """The map at the page's links. A scrub or a click on it moves the page: then this does not return.

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
