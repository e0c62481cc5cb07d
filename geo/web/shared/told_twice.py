"""Movements that several reports tell of: a question for each, the reader's answer, and a line that leads to both."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import streamlit as st

from geo import formatting
from geo.dataset import told_twice
from geo.dataset.dataset import DataSet
from geo.dataset.told_twice import Question
from geo.tables.counted_legs import ALL
from geo.web.shared import filters, sidebar
from geo.web.shared.cache import cache_for
from geo.web.shared.escaping import in_html
from geo.web.shared.link import WIDGETS, Filters

T = TypeVar("T")
FIRST, MOST_SHOWN = 2, 12
"""So many questions are shown, and so many with one click."""
ABOUT = (
    "They may be one movement told twice. As long as you don’t say, they count once and the upper figure holds both "
    "readings. Identical rows of one source count once."
)


def show(chosen: Filters, data: DataSet) -> None:
    """Each question with two buttons; a button that is pressed again takes the answer back. Nothing where none is.

    Once nothing is open they are folded away.
    """
    count = _kept("questions", data, lambda: told_twice.count(data))
    if not count:
        return
    said = (chosen.same, chosen.separate)
    asked = _kept("asked", data, lambda: told_twice.questions(data, *said, MOST_SHOWN), said)
    with st.container(key="told_twice"):
        if not _open(chosen, data):
            with st.expander(f"Same or separate? Nothing is open ({count:,})"):
                _list(asked, count, chosen, data)
            return
        st.html(
            f'<h3 class="wb-heading">Same or separate? <span class="wb-count">{count:,}</span></h3>'
            f'<p class="wb-plain">{ABOUT}</p>'
        )
        _list(asked[:FIRST], count, chosen, data)
        if len(asked) > FIRST:
            with st.expander(f"{count - FIRST:,} more"):
                _list(asked[FIRST:], 0, chosen, data)


def _list(asked: Sequence[Question], count: int, chosen: Filters, data: DataSet) -> None:
    """Some questions; above them, where the count of all is given, the buttons that answer all at once."""
    if count > 1:
        answer = "separate" if ALL in chosen.separate else "same" if ALL in chosen.same else ""
        _buttons(ALL, "All the same", "All separate", answer)
        if count > MOST_SHOWN:
            st.caption(f"The {MOST_SHOWN} with the largest figures are shown; the others can be answered all at once.")
    for each in asked:
        _show_one(each, data)


def _open(chosen: Filters, data: DataSet) -> int:
    return _kept("open", data, lambda: told_twice.count_open(data, chosen), (chosen.same, chosen.separate))


def show_note(chosen: Filters, data: DataSet) -> None:
    """How many questions are open, and the way to them; nothing where none is."""
    count = _open(chosen, data)
    if not count:
        return
    with st.container(key="told_twice_note", horizontal=True, vertical_alignment="center", gap="small"):
        told = f"{formatting.counted(formatting.number(count), 'movement')} {'is' if count == 1 else 'are'}"
        st.html(
            f'<p class="wb-off" role="status">{told} told by several reports: counted once, and the upper figure holds '
            "both readings.</p>"
        )
        st.page_link(sidebar.page("evidence"), label="Same or separate?")


def _kept(kind: str, data: DataSet, make: Callable[[], T], said: Hashable = ()) -> T:
    """Made once for a data set and what was answered: a page runs at every click."""
    return cache_for(private=data.private).get(f"told twice, {kind}", (data.key, said), make)


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
