"""The question what the dates of a column say, where they are neither plain nor in a mere order of day and month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo import formatting
from geo.errors import VagueError
from geo.parsing.dates import read_date
from geo.safe_text import legible
from geo.web.data.upload import Held
from geo.web.shared.escaping import in_markdown

if TYPE_CHECKING:
    from geo.parsing.date_order import Decision

LONGEST = 40
"""Characters of an example that are shown."""


def ask_form(held: Held, column: str, doubt: Decision, texts: list[str]) -> None:
    """What a column such as FY2023 or "Sep-23" may say: each form with what a value of the file would be."""
    told = {form: f"{form[:1].upper()}{form[1:]}{in_markdown(_in_form(texts, form, doubt))}" for form in doubt.choices}
    key = held.key(f"form_{held.turn}_{column}")

    def answered() -> None:
        if chosen := st.session_state[key]:
            held.tell(f"{column} is read as {chosen}.")
            held.answer(dates={column: chosen})

    with st.container(key=held.key(f"question_form_{column}")):
        st.radio(
            f"What do the dates in {in_markdown(column)} say? {in_markdown(doubt.reason)}",
            doubt.choices,
            index=None,
            format_func=lambda form: told[form],
            key=key,
            on_change=answered,
        )


def _in_form(texts: list[str], form: str, doubt: Decision) -> str:
    """ ": FY2024 is 1 Apr 2023 – 31 Mar 2024", for the first text that only a form tells; "" where there is none."""
    for text in texts:
        try:
            read_date(text, form=doubt.held)
        except VagueError:
            try:
                period = read_date(text, form=form)
            except VagueError:
                continue
            return f": {legible(text[:LONGEST])} is {formatting.period(period.start, period.end)}"
    return ""
