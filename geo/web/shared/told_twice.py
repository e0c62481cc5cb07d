"""Movements that several reports tell of: a question for each, the reader's answer, and a line that leads to both."""

from __future__ import annotations

import streamlit as st

from geo import formatting
from geo.dataset import told_twice
from geo.dataset.dataset import DataSet
from geo.dataset.told_twice import ALL, Question
from geo.web.shared import filters, sidebar
from geo.web.shared.escaping import in_html
from geo.web.shared.link import WIDGETS, Filters

MOST_SHOWN = 10
ABOUT = (
    "They may be one movement told twice. As long as you don’t say, they count once and the upper figure holds both "
    "readings. Identical rows of one source count once."
)


def show(chosen: Filters, data: DataSet) -> None:
    """Each question with two buttons; a button that is pressed again takes the answer back. Nothing where none is."""
    count = told_twice.count(data)
    if not count:
        return
    asked = told_twice.questions(data, chosen.same, chosen.separate, MOST_SHOWN)
    with st.container(key="told_twice"):
        st.html(
            f'<h3 class="wb-heading">Same or separate? <span class="wb-count">{count:,}</span></h3>'
            f'<p class="wb-plain">{ABOUT}</p>'
        )
        if count > 1:
            answer = "separate" if ALL in chosen.separate else "same" if ALL in chosen.same else ""
            _buttons(ALL, "All the same", "All separate", answer)
        for each in asked:
            _show_one(each, data)
        if count > MOST_SHOWN:
            left = formatting.number(count - MOST_SHOWN)
            st.caption(f"{left} more, with smaller figures: answer all at once, or by --same and --separate.")


def show_note(chosen: Filters, data: DataSet) -> None:
    """How many questions are open, and the way to them; nothing where none is."""
    count = told_twice.count_open(data, chosen) if len(data.tellings) else 0
    if not count:
        return
    with st.container(key="told_twice_note", horizontal=True, vertical_alignment="center", gap="small"):
        told = f"{formatting.counted(formatting.number(count), 'movement')} {'is' if count == 1 else 'are'}"
        st.html(
            f'<p class="wb-off" role="status">{told} told by several reports: counted once, and the upper figure holds '
            "both readings.</p>"
        )
        st.page_link(sidebar.page("evidence"), label="Same or separate?")


def _show_one(question: Question, data: DataSet) -> None:
    unit = str(data.legs.loc[question.legs[0], "unit"])
    with st.container(key=f"told_{question.id}", border=True):
        st.html(
            f'<p class="wb-plain">{in_html(told_twice.sentence(question, data, data.names))}<br>'
            f"{in_html(told_twice.outcome(question, unit))}</p>"
        )
        _buttons(question.id, "Same", "Separate", question.answer)


def _buttons(identifier: str, same: str, separate: str, answer: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for label, where, name in ((same, filters.SAME, "same"), (separate, filters.SEPARATE, "separate")):
            st.button(
                label,
                key=f"{WIDGETS}{name}_{identifier}",
                type="primary" if name == answer else "secondary",
                on_click=filters.answer,
                args=(identifier, where),
            )
