"""The reports behind what is seen, as cards; numbered as on a plate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from geo.evidence.columns import DEFAULT_UNIT
from geo.evidence.grading import grade
from geo.scene.scene import Scene
from geo.scene.words import counted, day
from geo.web.plain import in_html, web_address

MOST_CARDS = 60
"""More than anyone reads in a column; the tables hold them all."""


_OF_A_TOTAL = ("id", "reliability", "credibility", "part_of", "nature", "unit", "start", "end")


@dataclass(frozen=True, slots=True)
class Card:
    """One report as its card shows it. number: its source number on a plate; mark: why it is not drawn, or ""."""

    number: int
    kind: str
    claimant: str
    outlet: str
    said_on: str
    summary: str
    words: str
    url: str
    grade: str
    mark: str
    seen: bool
    """Whether it stands behind a corridor on the map."""
    spread: str
    """For a total that is drawn: the days it is spread over, which a vague window leaves open."""


def cards_of(scene: Scene, totals: pd.DataFrame, selected: Iterable[str] = ()) -> list[Card]:
    """The reports of `scene`, or only those behind the corridors whose ids are `selected`; totals give the marks."""
    reports = scene.reports
    rows = np.flatnonzero(np.isin(scene.corridors.id, list(selected)))
    number_of = {report: row + 1 for row, report in enumerate(reports.id)}
    rows_of_totals: list[dict[str, Any]] = totals[list(_OF_A_TOTAL)].to_dict("records")  # type: ignore[assignment]
    source = {str(total["id"]): total for total in rows_of_totals}
    found = []
    for row in range(reports.id.size):
        if rows.size and not np.isin(reports.corridors_of[row], rows).any():
            continue
        total = source.get(reports.id[row], {}) if reports.kind[row] == "total" else {}
        found.append(
            Card(
                number=row + 1,
                kind=str(reports.kind[row]),
                claimant=str(reports.claimant[row]),
                outlet=str(reports.outlet[row]),
                said_on=str(reports.said_on[row]),
                summary=str(reports.summary[row]),
                words=str(reports.words[row]),
                url=web_address(reports.url[row]),
                grade=grade(str(total.get("reliability", "")), str(total.get("credibility", ""))),
                seen=bool(reports.corridors_of[row].size),
                spread=_spread(total) if reports.drawn[row] and total else "",
                mark="" if reports.drawn[row] else _mark(total, scene.unit, number_of),
            )
        )
    return found


def _spread(total: Mapping[str, Any]) -> str:
    first, last = total["start"].to_pydatetime(), total["end"].to_pydatetime() - timedelta(microseconds=1)
    return f"Drawn as an even spread from {day(first)} to {day(last)}"


def _mark(total: Mapping[str, Any], unit: str, number_of: Mapping[str, int]) -> str:
    """Why a report adds nothing to any width."""
    if parent := str(total.get("part_of", "")):
        number = number_of.get(parent)
        return f"part of report {number}, not added" if number else "part of another report, not added"
    if total.get("nature") == "capacity":
        return "what it could hold, not a count: listed, not drawn"
    own = str(total.get("unit", ""))
    if own and own != unit:
        return f"counts {counted('', own).strip()}, not {counted('', unit or DEFAULT_UNIT).strip()}: listed, not drawn"
    return "listed, not drawn"


def card_html(card: Card) -> str:
    """One card as HTML, with nothing in it but escaped text."""
    said = " · ".join(part for part in (card.outlet, card.said_on) if part)
    parts = [
        f'<span class="wb-number" aria-label="Report {card.number}">{card.number}</span>',
        f'<p class="wb-claimant">{in_html(card.claimant or "Claimant not stated")}</p>',
        f'<p class="wb-said">{in_html(said or "source not stated")}</p>',
        f'<p class="wb-summary">{in_html(card.summary)}</p>',
    ]
    if card.words:
        parts.append(f"<blockquote>{in_html(card.words)}</blockquote>")
    if card.spread:
        parts.append(f'<p class="wb-foot">{in_html(card.spread)}</p>')
    if card.mark:
        parts.append(f'<p class="wb-mark">{in_html(card.mark)}</p>')
    foot = []
    if card.grade:
        title = "Admiralty grade: reliability of the source (A to F), credibility of what it says (1 to 6)"
        foot.append(f'<span title="{title}">Grade {in_html(card.grade)}</span>')
    if card.url:
        foot.append(f'<a href="{in_html(card.url)}" target="_blank" rel="noopener noreferrer">Read the report</a>')
    if foot:
        parts.append(f'<p class="wb-foot">{" · ".join(foot)}</p>')
    return f'<li class="wb-card" data-report="{card.number}">{"".join(parts)}</li>'


def show(scene: Scene, totals: pd.DataFrame, selected: tuple[str, ...]) -> None:
    """The column of cards. A selection narrows it to the reports behind it, until "Show all" or the next selection."""
    known = tuple(corridor for corridor in selected if corridor in set(scene.corridors.id))
    if st.session_state.get("cards_all_for") not in (None, known):
        st.session_state["cards_all_for"] = None
    narrowed = bool(known) and st.session_state.get("cards_all_for") != known
    cards = cards_of(scene, totals, known if narrowed else ())
    seen, unseen = ([card for card in cards if card.seen is on_map] for on_map in (True, False))
    with st.container(key="cards_head", horizontal=True, vertical_alignment="center"):
        st.html(_heading("Reports behind the selection" if narrowed else "Reports behind what you see", len(seen)))
        tip = "Esc on the map ends the selection"
        if narrowed and st.button("Show all", key="show_all", type="tertiary", help=tip):
            st.session_state["cards_all_for"] = known
            st.rerun()
    if not cards:
        st.html('<p class="wb-empty">No report stands behind this. Widen the filters, or load a CSV of your own.</p>')
        return
    with st.container(key="cards"):
        if seen:
            st.html(_list_html(seen))
        if unseen:
            st.html(_heading("Also reported, not on the map", len(unseen)))
            st.html(_list_html(unseen))


def _heading(title: str, count: int) -> str:
    return f'<h2 class="wb-heading">{title} <span class="wb-count">{count}</span></h2>'


def _list_html(cards: list[Card]) -> str:
    body = "".join(card_html(card) for card in cards[:MOST_CARDS])
    rest = f"<p class='wb-empty'>and {len(cards) - MOST_CARDS:,} more in the tables below.</p>"
    return f'<ol class="wb-cards">{body}</ol>{rest if len(cards) > MOST_CARDS else ""}'
