"""What only a person can decide, what most rows wait for first. Nothing is preselected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo import formatting
from geo.errors import VagueError
from geo.gazetteer.places import Places
from geo.parsing.date_order import ORDERS
from geo.parsing.dates import read_date
from geo.safe_text import legible
from geo.tables import held_back
from geo.tables.swapped_axes import exchanged, swapped_ends
from geo.web.data import place_questions
from geo.web.data.date_questions import ask_form
from geo.web.data.upload import Held, known
from geo.web.shared.escaping import in_markdown

if TYPE_CHECKING:
    from geo.parsing.numbers import TwoWays
    from geo.tables.read import Reading

DECIMAL_NAMES = {",": "comma", ".": "point"}
LOOKED_AT = 10_000
"""Distinct dates looked through for an example that can be read in two ways."""


def show(held: Held, places: Places) -> None:
    """All questions about one file, where there are any, and the answers given so far."""
    reading = held.reading
    if reading is None or held.mapping is None:
        return
    earlier = held.remembered is not None and not held.mapping.places and bool(held.remembered.places)
    swapped = swapped_ends(reading)
    open_questions = bool(reading.undecided or reading.unplaced or reading.unsure or swapped)
    if not (open_questions or held.mapping.places or reading.preferred):
        return
    st.html('<h3 class="wb-heading">Questions</h3>')
    if earlier and reading.unplaced:
        st.button("Use your earlier answers", key=held.key("earlier"), on_click=_as_before, args=(held,))
    for _, ask in sorted(_asked(held, reading, places, swapped), key=lambda each: -each[0]):
        ask()
    place_questions.show_preferred(held, reading, places)
    place_questions.show_answers(held, places)


def _asked(
    held: Held, reading: Reading, places: Places, swapped: Mapping[str, int]
) -> Iterator[tuple[int, Callable[[], None]]]:
    """(the rows that wait for it, what asks) of each question: what holds back most comes first."""
    for column, doubt in reading.doubts.items():
        rows = held_back.by_dates(reading, column)
        if doubt.choices == ORDERS:
            yield rows, partial(_ask_order, held, column)
        else:
            yield rows, partial(ask_form, held, column, doubt, _texts_of(held, column))
    if swapped:
        yield max(swapped.values()), partial(_offer_exchange, held, swapped)
    if reading.unsure is not None:
        yield held_back.by_decimals(reading), partial(_ask_decimals, held, reading.unsure)
    if reading.unplaced:
        yield held_back.by_places(reading), partial(place_questions.ask, held, reading, places)


def _as_before(held: Held) -> None:
    earlier = known(held.remembered)
    held.answer(places=earlier.places, dates=earlier.dates)


def _ask_order(held: Held, column: str) -> None:
    """Two choices, with what a date of the file would mean in each."""
    example = _both_ways(_texts_of(held, column))
    told = {
        form: f"{name}: {in_markdown(example[0])} is {in_markdown(example[1][form])}" if example else name
        for form, name in zip(ORDERS, ("Day first", "Month first"), strict=True)
    }
    key = held.key(f"order_{held.turn}_{column}")

    def answered() -> None:
        if chosen := st.session_state[key]:
            held.tell(f"{column} is read {chosen}.")
            held.answer(dates={column: chosen})

    why = known(held.reading).contradictions.get(column, "Both orders fit every date.")
    with st.container(key=held.key(f"question_order_{column}")):
        st.radio(
            f"Which order are the dates in {in_markdown(column)}? {in_markdown(why)}",
            ORDERS,
            index=None,
            format_func=lambda form: told[form],
            key=key,
            on_change=answered,
        )


def _offer_exchange(held: Held, ends: Mapping[str, int]) -> None:
    """One click for the columns of latitude and longitude that stand for each other."""

    def exchange() -> None:
        held.tell("Latitude and longitude were swapped.")
        held.mapping = exchanged(known(held.mapping), ends)

    rows = formatting.counted(formatting.number(max(ends.values())), "row")
    with st.container(key=held.key("question_exchange"), border=True):
        st.html(
            f'<p class="wb-question">Latitude and longitude of the {" and the ".join(ends)} look swapped in {rows}.</p>'
        )
        st.button("Swap the two columns", key=held.key("exchange"), on_click=exchange)


def _ask_decimals(held: Held, figures: TwoWays) -> None:
    """Two choices, with what figures of the file are in each."""
    text = legible(figures.text)
    told = {
        ",": f"{text} is {figures.said(',')}: decimal comma",
        ".": f"{text} is {figures.said('.')}: decimal point",
    }
    key = held.key(f"decimals_{held.turn}")

    def answered() -> None:
        if mark := st.session_state[key]:
            held.tell(f"Numbers are read with a decimal {DECIMAL_NAMES[mark]}.")
            held.write_decimals(mark)

    with st.container(key=held.key("question_decimals")):
        st.radio(
            "How are this file’s numbers written? The rows in question wait for the answer.",
            list(told),
            index=None,
            format_func=lambda mark: told[mark],
            key=key,
            on_change=answered,
        )


def _texts_of(held: Held, column: str) -> list[str]:
    """The distinct texts of our column as they stand in the file."""
    header = next((name for name, ours in known(held.mapping).columns.items() if ours == column), None)
    sheet = held.sheet or held.glance
    if header is None or sheet is None:
        return []
    found: list[str] = sheet.columns[header].dictionary[:LOOKED_AT].to_pylist()
    return found


def _both_ways(texts: list[str]) -> tuple[str, Mapping[str, str]] | None:
    """A text that is one day in one order and another in the other, and both."""
    for text in texts:
        try:
            days = [read_date(text, form=form).start for form in ORDERS]
        except VagueError:
            continue
        if days[0] != days[1]:
            return text, dict(zip(ORDERS, map(formatting.day, days), strict=True))
    return None
