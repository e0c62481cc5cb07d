"""Names of a file that lead to no single place, in one table: candidates to press, a field, lines to paste, a map."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from geo import formatting
from geo.errors import VagueError
from geo.gazetteer.places import Places
from geo.parsing.positions import read_position
from geo.safe_text import legible
from geo.web.data import position_map
from geo.web.data.pasted_positions import read_pasted
from geo.web.data.place_titles import in_degrees, title
from geo.web.data.upload import Held, known
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from geo.tables.read import Reading, Unplaced

MOST_ASKED = 12
"""Names asked for at once, those that hold back most rows first: answer them, and the next ones come."""
MOST_OFFERED = 12
BUTTONS = 4
"""Candidates that are buttons; the others are in a list."""
LONGEST_TEXT = 80
MOST_TOLD = 10
"""Lines at fault that are named."""


def ask(held: Held, reading: Reading, places: Places) -> None:
    """The table, what most rows wait for first."""
    unplaced = sorted(reading.unplaced, key=lambda each: -each.rows)
    with st.container(key=held.key("question_places"), border=True):
        names = formatting.counted(formatting.number(len(unplaced)), "name")
        asks = (
            "leads to no single place. Which is it?"
            if len(unplaced) == 1
            else "lead to no single place. Which are they?"
        )
        said = f"{names} {asks}"
        st.html(f'<p class="wb-question">{said}</p>')
        for each in unplaced[:MOST_ASKED]:
            _row(held, each, places)
        if len(unplaced) > MOST_ASKED:
            rest = formatting.number(len(unplaced) - MOST_ASKED)
            st.html(f'<p class="wb-empty">{rest} more names follow once these are answered, or paste them all.</p>')
        _paste(held, unplaced)
        position_map.ask(held, unplaced)


def _row(held: Held, asked: Unplaced, places: Places) -> None:
    """A name with the rows that it holds back; places to choose from, or a code, a name or a position."""
    name = hashlib.sha256(asked.text.encode()).hexdigest()[:12]
    offered = {code: title(code, places) for code in _offered(asked, places)}
    rows = formatting.counted(formatting.number(asked.rows), "row")
    how = "is not in the gazetteer"
    if asked.candidates:
        how = "matches several places" if len(asked.candidates) > 1 else "may be another name of a place"
    with st.container(key=held.key(f"question_{name}")):
        left, middle, right = st.columns([5, 10, 6], gap="small", vertical_alignment="center")
        left.html(
            f'<p class="wb-question"><strong>{in_html(cut(asked.text))}</strong> {how}; '
            f"{rows} {'is' if asked.rows == 1 else 'are'} held back.</p>"
        )
        if held.about == asked.text:
            left.html(f'<p class="wb-file" role="status">{in_html(held.note)}</p>')
        with middle:
            _candidates(held, asked, offered, name)
        with right:
            _field(held, asked, places, name)


def _candidates(held: Held, asked: Unplaced, offered: dict[str, str], name: str) -> None:
    codes = list(offered)
    with st.container(horizontal=True, gap="xsmall") if codes else st.empty():
        for code in codes[:BUTTONS]:
            st.button(
                in_markdown(offered[code]),
                key=held.key(f"candidate_{held.turn}_{name}_{code}"),
                on_click=take,
                args=(held, asked, code, offered[code]),
            )
    if len(codes) <= BUTTONS:
        return
    pick = held.key(f"pick_{held.turn}_{name}")

    def picked() -> None:
        if code := st.session_state[pick]:
            take(held, asked, code, offered[code])

    st.selectbox(
        f"Others called {legible(cut(asked.text))}",
        codes[BUTTONS:],
        index=None,
        key=pick,
        on_change=picked,
        format_func=lambda code: legible(offered[code]),
        placeholder="Others of this name",
        label_visibility="collapsed",
    )


def _field(held: Held, asked: Unplaced, places: Places, name: str) -> None:
    typed = held.key(f"typed_{held.turn}_{name}")

    def written() -> None:
        if text := str(st.session_state[typed]).strip():
            _understand(held, asked, text, places)

    st.text_input(
        f"A code, a name, or latitude, longitude for {legible(cut(asked.text))}",
        key=typed,
        on_change=written,
        placeholder="KRPUS, Busan, or 35.1, 129.04",
        label_visibility="collapsed",
    )


def _paste(held: Held, unplaced: Sequence[Unplaced]) -> None:
    """Many positions at once, taken when every line is right; else the lines at fault are named."""
    key, told = held.key(f"pasted_{held.turn}"), held.key("pasted_wrong")
    waiting = {each.text: each for each in unplaced}

    def taken() -> None:
        answers, wrong = read_pasted(str(st.session_state[key]), list(waiting))
        st.session_state[told] = wrong or ([] if answers else ["There is nothing to take yet."])
        if wrong or not answers:
            return
        rows = formatting.counted(formatting.number(sum(waiting[name].rows for name in answers)), "row")
        positions = formatting.counted(formatting.number(len(answers)), "position")
        held.tell(f"{positions} taken: {rows} rechecked.")
        held.answer(places=answers)

    with st.expander("Paste positions", expanded=bool(st.session_state.get(told))):
        st.text_area(
            "A name, its latitude and its longitude on each line, divided by commas or tabs",
            key=key,
            placeholder="\n".join(f"{legible(cut(text))}, 42.9, 132.3" for text in list(waiting)[:2]),
        )
        st.button("Take these positions", key=held.key("take_pasted"), on_click=taken)
        if wrong := st.session_state.get(told):
            more = [f"and {len(wrong) - MOST_TOLD:,} more lines"] if len(wrong) > MOST_TOLD else []
            lines = "".join(f"<li>{in_html(each)}</li>" for each in [*wrong[:MOST_TOLD], *more])
            st.html(
                f'<div role="status"><p class="wb-file">Nothing was taken.</p><ul class="wb-wrong">{lines}</ul></div>'
            )


def cut(text: str) -> str:
    """A name as long as a question may show it."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def _offered(asked: Unplaced, places: Places) -> list[str]:
    """Places to choose from: those it may be, the larger first, or those that are spelt nearly so."""
    codes = list(asked.candidates) or [code for near in asked.nearest for code in places.find(near).candidates]
    return list(dict.fromkeys(codes))[:MOST_OFFERED]


def _understand(held: Held, asked: Unplaced, text: str, places: Places) -> None:
    try:
        if position := read_position(text):
            answer = f"{position.lat:.5f}, {position.lon:.5f}"
            take(held, asked, answer, f"{in_degrees(position.lat, 'NS')} {in_degrees(position.lon, 'EW')}")
            return
    except VagueError as error:
        held.tell(str(error), asked.text)
        return
    found = places.find(text)
    if found.place is None:
        held.tell(found.message, asked.text)
        return
    take(held, asked, found.place, title(found.place, places))


def take(held: Held, asked: Unplaced, answer: str, called: str) -> None:
    """A name is this place from now on."""
    rows = formatting.counted(formatting.number(asked.rows), "row")
    held.tell(f"“{cut(asked.text)}” is {called}: {rows} rechecked.")
    held.answer(places={asked.text: answer})


def show_answers(held: Held, places: Places) -> None:
    """The names that were answered, each with its place."""
    answers = known(held.mapping).places
    if not answers:
        return
    with st.expander(f"Names you matched ({len(answers)})"):
        for spelling, answer in list(answers.items())[: MOST_ASKED * 5]:
            called = title(answer, places) if places.find(answer).place == answer else answer
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html(f'<p class="wb-file">{in_html(cut(spelling))}: {in_html(called)}</p>')
                st.button(
                    "Undo",
                    key=held.key(f"back_{hashlib.sha256(spelling.encode()).hexdigest()[:12]}"),
                    type="tertiary",
                    on_click=_take_back,
                    args=(held, spelling),
                )


def show_preferred(held: Held, reading: Reading, places: Places) -> None:
    """Names that several places bear, each with the place it was taken for, which may be changed."""
    if not reading.preferred:
        return
    with st.expander(f"Names taken for the best known place ({len(reading.preferred)})"):
        for each in reading.preferred[: MOST_ASKED * 5]:
            _offer_others(held, each, places)


def _offer_others(held: Held, taken: Unplaced, places: Places) -> None:
    name = hashlib.sha256(taken.text.encode()).hexdigest()[:12]
    key = held.key(f"other_{held.turn}_{name}")
    offered = {code: title(code, places) for code in taken.candidates[:MOST_OFFERED]}

    def changed() -> None:
        # A browser may repeat what a list that is gone held: what stood there unasked is nobody's answer.
        if (code := st.session_state[key]) != first:
            take(held, taken, code, offered[code])

    first = next(iter(offered), "")
    st.selectbox(
        f"{legible(cut(taken.text))} ({formatting.counted(formatting.number(taken.rows), 'row')})",
        list(offered),
        key=key,
        on_change=changed,
        format_func=lambda code: legible(offered[code]),
    )


def _take_back(held: Held, spelling: str) -> None:
    held.tell(f"“{cut(spelling)}” is no longer matched.")
    held.answer(places={spelling: ""})
