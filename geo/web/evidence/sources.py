"""The cards of reports, and the grades that the reader gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from geo.dataset.dataset import DataSet
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from geo.web.shared import cards, imports
from geo.web.shared.cards import Card
from geo.web.shared.escaping import in_markdown
from geo.web.shared.link import WIDGETS

COLUMNS = 2
MOST_CARDS = 40
ABOUT_GRADES = (
    "Grade each source yourself (Admiralty code: a letter for the source, a number for what it says). Grades don’t "
    "change figures; to leave reports out, filter by grade."
)
_UNGRADED = "Not graded"


def show(title: str, found: Sequence[Card], tables: DataSet, key: str) -> None:
    """Some cards, numbered as beside the map, and the grade of each. key: tells this list from others of the page."""
    st.html(
        f'<h3 class="wb-heading">{title} <span class="wb-count">{len(found)}</span></h3>'
        f'<p class="wb-plain">{ABOUT_GRADES}</p>'
    )
    if wrong := st.session_state.pop("grade_wrong", ""):
        st.warning(in_markdown(wrong))
    columns = st.columns(COLUMNS, gap="small")
    for turn, card in enumerate(found[:MOST_CARDS]):
        with columns[turn % COLUMNS], st.container(key=f"{key}_{turn}", border=True):
            st.html(f'<ol class="wb-cards wb-source">{cards.card_html(card, whole=True)}</ol>')
            _editor(card, tables)
    if len(found) > MOST_CARDS:
        st.caption(f"The first {MOST_CARDS} of {len(found):,} reports are shown; filter to see the others.")


def _editor(card: Card, tables: DataSet) -> None:
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
