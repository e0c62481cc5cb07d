"""What only a person can decide: the order of dates, and which place a name means. Nothing is preselected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from geo import formatting
from geo.errors import VagueError
from geo.gazetteer.places import Places
from geo.parsing.date_order import ORDERS
from geo.parsing.dates import read_date
from geo.parsing.positions import read_position
from geo.safe_text import legible
from geo.tables.swapped_axes import exchanged, swapped_ends
from geo.web.data.date_questions import ask_form
from geo.web.data.place_titles import by_distance, in_degrees, title
from geo.web.data.upload import Held, known
from geo.web.shared.escaping import in_html, in_markdown

if TYPE_CHECKING:
    from geo.parsing.numbers import TwoWays
    from geo.tables.read import Reading, Unplaced

MOST_ASKED = 8
"""Names asked for at once, those that hold back most rows first: answer them, and the next ones come."""
MOST_OFFERED = 12
LONGEST_TEXT = 80
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
    for column, doubt in reading.doubts.items():
        if doubt.choices == ORDERS:
            _ask_order(held, column)
        else:
            ask_form(held, column, doubt, _texts_of(held, column))
    if swapped:
        _offer_exchange(held, swapped)
    if reading.unsure is not None:
        _ask_decimals(held, reading.unsure)
    if earlier and reading.unplaced:
        st.button("Use your earlier answers", key=held.key("earlier"), on_click=_as_before, args=(held,))
    _ask_places(held, reading, places)
    _show_preferred(held, reading, places)
    _show_answers(held, places)


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


def _ask_places(held: Held, reading: Reading, places: Places) -> None:
    unplaced = sorted(reading.unplaced, key=lambda each: -each.rows)
    near = _named(reading, places) if unplaced else []
    for each in unplaced[:MOST_ASKED]:
        _ask_place(held, each, places, near)
    if len(unplaced) > MOST_ASKED:
        rest = formatting.number(len(unplaced) - MOST_ASKED)
        st.html(f'<p class="wb-empty">{rest} more names are not matched yet. They follow once these are answered.</p>')


def _named(reading: Reading, places: Places) -> list[str]:
    """The places of the gazetteer that the rows kept name."""
    named = {*reading.table["origin"].unique(), *reading.table["destination"].unique()}
    return [code for code in sorted(named) if places.knows(code)]


def _ask_place(held: Held, asked: Unplaced, places: Places, near: list[str]) -> None:
    """A name with the rows that it holds back; places to choose from, or a code, a name or a position."""
    name = hashlib.sha256(asked.text.encode()).hexdigest()[:12]
    pick, typed = (held.key(f"{kind}_{held.turn}_{name}") for kind in ("pick", "typed"))
    offered = dict(_offered(asked, places, near))

    def picked() -> None:
        if code := st.session_state[pick]:
            _take(held, asked, code, offered[code])

    def written() -> None:
        if text := str(st.session_state[typed]).strip():
            _understand(held, asked, text, places)

    rows = formatting.counted(formatting.number(asked.rows), "row")
    how = "is not in the gazetteer"
    if asked.candidates:
        how = "matches several places" if len(asked.candidates) > 1 else "may be another name of a place"
    with st.container(key=held.key(f"question_{name}"), border=True):
        st.html(
            f'<p class="wb-question"><strong>{in_html(_cut(asked.text))}</strong> {how}; '
            f"{rows} {'is' if asked.rows == 1 else 'are'} held back.</p>"
        )
        if held.about == asked.text:
            st.html(f'<p class="wb-file" role="status">{in_html(held.note)}</p>')
        left, right = st.columns(2, gap="small", vertical_alignment="bottom") if offered else (None, st.container())
        if left is not None:
            left.selectbox(
                f"Which {legible(_cut(asked.text))}?" if asked.candidates else "Did you mean…",
                list(offered),
                index=None,
                key=pick,
                on_change=picked,
                format_func=lambda code: legible(offered[code]),
                placeholder="Choose a place",
            )
        right.text_input(
            f"{'Or enter' if offered else 'Enter'} a code, a name, or latitude, longitude",
            key=typed,
            on_change=written,
            placeholder="KRPUS, Busan, or 35.1, 129.04",
        )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def _offered(asked: Unplaced, places: Places, near: list[str]) -> Iterator[tuple[str, str]]:
    """Places to choose from, code -> title: those it may be, or those that are spelt nearly so.

    near: places that other rows name. Those that it may be come in the order of their distance to the nearest of these.
    """
    codes = by_distance(list(asked.candidates), near, places)
    if not codes:
        codes = [code for near in asked.nearest for code in places.find(near).candidates]
    for code in list(dict.fromkeys(codes))[:MOST_OFFERED]:
        yield code, title(code, places)


def _understand(held: Held, asked: Unplaced, text: str, places: Places) -> None:
    try:
        if position := read_position(text):
            answer = f"{position.lat:.5f}, {position.lon:.5f}"
            _take(held, asked, answer, f"{in_degrees(position.lat, 'NS')} {in_degrees(position.lon, 'EW')}")
            return
    except VagueError as error:
        held.tell(str(error), asked.text)
        return
    found = places.find(text)
    if found.place is None:
        held.tell(found.message, asked.text)
        return
    _take(held, asked, found.place, title(found.place, places))


def _take(held: Held, asked: Unplaced, answer: str, called: str) -> None:
    rows = formatting.counted(formatting.number(asked.rows), "row")
    held.tell(f"“{_cut(asked.text)}” is {called}: {rows} rechecked.")
    held.answer(places={asked.text: answer})


def _show_answers(held: Held, places: Places) -> None:
    answers = known(held.mapping).places
    if not answers:
        return
    with st.expander(f"Names you matched ({len(answers)})"):
        for spelling, answer in list(answers.items())[: MOST_ASKED * 5]:
            called = title(answer, places) if places.find(answer).place == answer else answer
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html(f'<p class="wb-file">{in_html(_cut(spelling))}: {in_html(called)}</p>')
                st.button(
                    "Undo",
                    key=held.key(f"back_{hashlib.sha256(spelling.encode()).hexdigest()[:12]}"),
                    type="tertiary",
                    on_click=_take_back,
                    args=(held, spelling),
                )


def _show_preferred(held: Held, reading: Reading, places: Places) -> None:
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
        code = st.session_state[key]
        _take(held, taken, code, offered[code])

    st.selectbox(
        f"{legible(_cut(taken.text))} ({formatting.counted(formatting.number(taken.rows), 'row')})",
        list(offered),
        key=key,
        on_change=changed,
        format_func=lambda code: legible(offered[code]),
    )


def _take_back(held: Held, spelling: str) -> None:
    held.tell(f"“{_cut(spelling)}” is no longer matched.")
    held.answer(places={spelling: ""})
