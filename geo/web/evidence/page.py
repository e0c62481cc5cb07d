"""The Evidence page: one flow, who claims what of it, where they disagree, and what their reports allow together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st

from geo import formatting, player
from geo.dataset.dataset import DataSet
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.player import Picked
from geo.reconcile.volumes import Flow
from geo.safe_text import legible
from geo.web.evidence import case, changed, chart, readings
from geo.web.evidence import case as cases
from geo.web.evidence.case import Case
from geo.web.shared import cards, filters, imports, link, session, sidebar, told_twice
from geo.web.shared import link as links
from geo.web.shared.escaping import in_markdown, in_words
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
    links.enter("evidence")
    chosen, tables, notes = sidebar.in_sidebar()
    link, _ = opening_link()
    shown = session.shown(chosen, tables)
    base = session.shown(chosen.with_all, tables)
    at = links.now(shown.scene, link.picked.moment)
    filters.show_note(shown.off)
    filters.show_readings_note(chosen)
    flows = cases.flows_of(chosen.unit, base.volumes, shown.volumes)
    if not flows:
        told_twice.show(chosen, tables)
        st.html(NOTHING)
        filters.show_notes(notes)
        publish(Link(chosen, link.picked))
        return
    identifier = _head(flows, shown, link.picked.selected, tables.names, at)
    one = cases.case_of(identifier, base, shown, chosen.unit, tables.names)
    told_twice.show(chosen, tables)
    _body(one, chosen, base, shown, tables, at, flows)
    filters.show_notes(notes)
    _publish(chosen, link, identifier)


def _publish(chosen: Filters, link: Link, identifier: str) -> None:
    publish(Link(chosen, replace(link.picked, selected=(identifier,), moment=links.in_link())))


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
            show_claimants(one)
        left, right = st.columns(SIDES, gap="medium")
        with left:
            show(shown, one.id, at, flows)
        with right:
            case.reasons(one, at)
            readings.show(one, chosen, tables)
    changed.show(chosen, tables)
    show_sources(one, base, tables)


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
    keys = [f"{WIDGETS}{name}_{digest}" for name in ("reliability", "credibility")]
    if any(key not in st.session_state for key in keys):  # The page was opened anew meanwhile: see `link.open_with`.
        return
    reliability, credibility = (st.session_state[key] for key in keys)
    wrong = [imports.give_grade(part, own, reliability, credibility) for part, own in tables.where(report)]
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
