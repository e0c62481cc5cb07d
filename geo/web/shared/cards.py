"""The reports behind what is seen, as cards; numbered as on a plate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from geo.arrays import Ints
from geo.brief.plate.captions import stretch_words
from geo.formatting import counted, day, number, quantity, units
from geo.parsing.admiralty import grade, in_words
from geo.safe_text import legible
from geo.scene.moment import at
from geo.scene.scene import Scene
from geo.web.shared.escaping import in_html, link_html

MOST_CARDS = 60
"""More than anyone reads in a column; the tables hold them all."""
MOST_ON_PAPER = 240
"""How many more are printed, each in short: they are sent with the page."""


NOT_DRAWN = "Not on the map"
_OF_A_TOTAL = ("id", "part_of", "nature", "unit", "note", "archive_url", "archive_sha256", "accessed")


@dataclass(frozen=True, slots=True)
class Card:
    """One report as its card shows it. number: its source number on a plate; mark: what it does to a width, or not.

    url and archive_url are as given, and need not be links; the latter leads to an archived copy, and archived says
    when that was looked at, and the hash of what was seen.
    """

    id: str
    number: int
    kind: str
    claimant: str
    outlet: str
    said_on: str
    summary: str
    words: str
    url: str
    reliability: str
    credibility: str
    mark: str
    seen: bool
    """Whether it adds to a corridor on the map, or bounds one."""
    note: str = ""
    archive_url: str = ""
    archived: str = ""


def cards_of(
    scene: Scene, totals: pd.DataFrame, graded: Mapping[str, tuple[str, str]], selected: Iterable[str] = ()
) -> list[Card]:
    """The reports of `scene`, or only those behind the corridors whose ids are `selected`; totals give the marks.

    graded: report -> (reliability, credibility), of those that have a grade.
    """
    reports = scene.reports
    rows = np.flatnonzero(np.isin(scene.corridors.id, list(selected)))
    number_of = {report: row + 1 for row, report in enumerate(reports.id)}
    source = _by_id(totals)
    parts = {row for row, report in enumerate(reports.id) if str(source.get(str(report), {}).get("part_of", ""))}
    lows = _minimums(scene, parts)
    found = []
    for row in range(reports.id.size):
        if rows.size and not np.isin(reports.corridors_of[row], rows).any():
            continue
        identifier = str(reports.id[row])
        total = source.get(identifier, {}) if reports.kind[row] == "total" else {}
        letter, number = graded.get(identifier, ("", ""))
        found.append(
            Card(
                id=identifier,
                number=row + 1,
                kind=str(reports.kind[row]),
                claimant=str(reports.claimant[row]),
                outlet=str(reports.outlet[row]),
                said_on=str(reports.said_on[row]),
                summary=str(reports.summary[row]) + _here(scene, row, rows),
                words=str(reports.words[row]),
                url=str(reports.url[row]),
                reliability=letter,
                credibility=number,
                seen=bool(reports.drawn[row] and reports.corridors_of[row].size),
                mark=_mark(total, scene.unit, number_of, drawn=bool(reports.drawn[row]), raises=lows.get(row, "")),
                note=str(total.get("note", "")),
                archive_url=str(total.get("archive_url", "")),
                archived=_archived(total),
            )
        )
    return found


def _here(scene: Scene, row: int, selected: Ints) -> str:
    """ "; 1 of them here, 860 TEU": what of a card's legs is on the selected corridors; "" where all are."""
    shares = scene.reports.shares_of[row]
    here = [share for corridor, share in shares.items() if corridor in selected]
    if not here or len(here) == len(shares):
        return ""
    about = all(bool(scene.corridors.about[corridor]) for corridor in shares if corridor in selected)
    count, low, best, high = map(sum, zip(*here, strict=True))
    return f"; {number(count)} of them here, {counted(quantity(low, best, high, about=about), scene.unit)}"


def _minimums(scene: Scene, parts: set[int]) -> dict[int, str]:
    """Of these rows of reports, those that set a low -> "to 1,001 by 1 Oct 2023": the first low, and by when."""
    found: dict[int, str] = {}
    for bounds in scene.bounds:
        for t, by in zip(bounds.time.tolist(), bounds.low_by, strict=True):
            if new := parts & set(by.tolist()) - found.keys():
                low = float(at(scene, t).low[bounds.corridor])
                found |= dict.fromkeys(new, f"to {number(low)} {stretch_words(scene, t, None)}")
    return found


def _by_id(totals: pd.DataFrame) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = totals[list(_OF_A_TOTAL)].to_dict("records")  # type: ignore[assignment]
    return {str(row["id"]): row for row in rows}


def _archived(total: Mapping[str, Any]) -> str:
    """When the archived copy was looked at, and the hash of what was seen."""
    accessed, digest = total.get("accessed"), str(total.get("archive_sha256", ""))
    told = [] if accessed is None or pd.isna(accessed) else [f"accessed {day(accessed.to_pydatetime())}"]
    return ", ".join([*told, *([f"SHA-256 {digest}"] if digest else [])])


def _mark(total: Mapping[str, Any], unit: str, number_of: Mapping[str, int], *, drawn: bool, raises: str) -> str:
    """What a report that is no plain bound does to a width, or why it does nothing."""
    if drawn:
        number = number_of.get(str(total.get("part_of", "")))
        if not number:
            return ""
        counted_in = f"Counted as part of report {number}, as the table reads it"
        return f"{counted_in}; raises the minimum {raises}" if raises else f"{counted_in}, not added to it"
    if total.get("nature") == "capacity":
        return f"{NOT_DRAWN}: a capacity, not a count of what moved"
    own = str(total.get("unit", ""))
    if own and own != unit:
        return f"{NOT_DRAWN}: counted in {units(own)}"
    if number := number_of.get(str(total.get("part_of", ""))):
        return f"Counted as part of report {number}, not added to it"
    return NOT_DRAWN


def card_html(card: Card, *, whole: bool = False) -> str:
    """One card as HTML, with nothing in it but escaped text. whole: with its note too."""
    said = " · ".join(legible(part) for part in (card.outlet, card.said_on) if part)
    parts = [
        f'<span class="wb-number" aria-label="Report {card.number}">{card.number}</span>',
        f'<p class="wb-claimant" dir="auto">{in_html(card.claimant or "Source not stated")}</p>',
        f'<p class="wb-said">{in_html(said or "publisher and date not stated")}</p>',
        f'<p class="wb-summary">{in_html(card.summary)}</p>',
    ]
    if card.words:
        parts.append(f'<blockquote dir="auto">{in_html(card.words)}</blockquote>')
    if card.note and whole:
        parts.append(f'<p class="wb-note" dir="auto">{in_html(card.note)}</p>')
    if card.mark:
        parts.append(f'<p class="wb-mark">{in_html(card.mark)}</p>')
    foot = []
    if short := grade(card.reliability, card.credibility):
        title = f"Admiralty grade: {in_words(card.reliability, card.credibility)}"
        foot.append(f'<abbr class="wb-grade" title="{in_html(title)}">{in_html(short)}</abbr>')
    foot += [link_html(card.url, "Read the report"), link_html(card.archive_url, "Archived copy", card.archived)]
    if any(foot):
        parts.append(f'<p class="wb-foot">{" · ".join(filter(None, foot))}</p>')
    return f'<li class="wb-card" data-report="{card.number}">{"".join(parts)}</li>'


def show(scene: Scene, totals: pd.DataFrame, graded: Mapping[str, tuple[str, str]], selected: tuple[str, ...]) -> None:
    """The column of cards. A selection narrows it to the reports behind it, until "Show all" or the next selection."""
    known = tuple(corridor for corridor in selected if corridor in set(scene.corridors.id))
    if st.session_state.get("cards_all_for") not in (None, known):
        st.session_state["cards_all_for"] = None
    narrowed = bool(known) and st.session_state.get("cards_all_for") != known
    cards = cards_of(scene, totals, graded, known if narrowed else ())
    seen, unseen = ([card for card in cards if card.seen is on_map] for on_map in (True, False))
    with st.container(key="cards_head", horizontal=True, vertical_alignment="center"):
        st.html(_heading("Reports behind the selection" if narrowed else "Reports shown on the map", len(seen)))
        tip = "Press Esc on the map to clear the selection"
        if narrowed and st.button("Show all", key="show_all", type="tertiary", help=tip):
            st.session_state["cards_all_for"] = known
            st.rerun()
    if not cards:
        st.html('<p class="wb-empty">No reports to show. Widen the filters, or load a CSV of your own.</p>')
        return
    with st.container(key="cards"):
        if seen:
            st.html(_list_html(seen))
        if unseen:
            st.html(_heading("Not on the map", len(unseen)))
            st.html(_list_html(unseen))


def _heading(title: str, count: int) -> str:
    return f'<h2 class="wb-heading">{title} <span class="wb-count">{count}</span></h2>'


def _list_html(cards: list[Card]) -> str:
    body = "".join(card_html(card) for card in cards[:MOST_CARDS])
    return f'<ol class="wb-cards">{body}</ol>{_rest_html(cards[MOST_CARDS:])}'


def _rest_html(cards: list[Card]) -> str:
    """What a column leaves out: their number on the screen; on paper, which has no tables, themselves in short."""
    if not cards:
        return ""
    said = f'<p class="wb-empty wb-on-screen">and {len(cards):,} more in the tables below.</p>'
    short = (replace(card, words="", url="", archive_url="") for card in cards[:MOST_ON_PAPER])
    printed = f'<ol class="wb-cards wb-on-paper">{"".join(map(card_html, short))}</ol>'
    left = len(cards) - MOST_ON_PAPER
    more = (
        f'<p class="wb-empty wb-on-paper">and {left:,} more, which the tables on the page hold.</p>' if left > 0 else ""
    )
    return said + printed + more
