"""The one primary button of the page: agree to the columns, then load and show on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import LibraryError, MappingError
from geo.scene import words
from geo.web import choosing, shelf
from geo.web.data import columns, preview, work
from geo.web.data.held import Desk, Held, kind_of, known, places_first
from geo.web.plain import in_html
from geo.web.state import Filters, Link, open_with

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.evidence.intake.progress import Progress
    from geo.evidence.mapping import ColumnMap


AGREE = "Look at what each column is taken for. Nothing is used before you agree."


def show(desk: Desk, waiting: Mapping[int, ColumnMap], foot: DeltaGenerator | None = None) -> None:
    """The bar at the foot of the window. waiting: number of a file -> the columns as they stand on the page.

    foot: an empty place that is kept for it, if there is one.
    """
    if not desk.files:
        return
    ready = [held for held in desk.files if held.ready]
    named = {held.number: held for held in desk.files}
    complaints = {number: columns.complaint(named[number], chosen) for number, chosen in waiting.items()}
    good = {named[number]: chosen for number, chosen in waiting.items() if not complaints[number]}
    day = columns.today()
    dated = {named[number]: columns.with_day(named[number], chosen, day) for number, chosen in waiting.items()}
    stated = {held: chosen for held, chosen in dated.items() if chosen is not None}
    said = " ".join(filter(None, [*complaints.values(), _outlook(ready, len(waiting), any(complaints.values()))]))
    place = foot.container if foot is not None else st.container
    with place(key="action", horizontal=True, vertical_alignment="center", gap="medium"):
        line = st.empty()
        line.html(f'<p class="wb-file">{in_html(said)}</p>')
        if waiting:
            agree = f"Use these columns and {words.day(day)}" if stated else "Use these columns"
            if st.button(agree, type="primary", disabled=not (good or stated)):
                for held, chosen in (good | stated).items():
                    held.mapping = chosen
                st.rerun()
            if ready and not (good or stated) and st.button("Load the others and show them"):
                load(desk, ready, line)
        elif st.button("Load and show on the map", type="primary", disabled=not ready):
            load(desk, ready, line)


def _outlook(ready: Sequence[Held], waiting: int, complaints: bool) -> str:
    if waiting:
        return "" if complaints else AGREE
    rows = sum(held.reading.kept for held in ready if held.reading is not None)
    if not ready:
        return "Nothing can be loaded yet."
    return f"{words.counted(words.number(rows), 'row')} of {words.counted(words.number(len(ready)), 'file')} ready."


def load(desk: Desk, ready: Sequence[Held], line: DeltaGenerator) -> None:
    """Keeps every file that is ready, places first, and goes to the map. line: where the progress is told."""
    unit = preview.unit_of([held for held in ready if kind_of(held) in preview.DRAWN])
    loaded, _ = shelf.parts(tables=False)
    others = preview.placing(loaded, ready)
    made: list[tuple[str, str]] = []
    notes: list[str] = []
    for held in places_first(ready):
        if identifier := _keep(held, others, notes, line):
            made.append((identifier, kind_of(held)))
            desk.loaded(held, here=identifier in shelf.session_parts())
    if not made:
        st.rerun()
    drawn = [identifier for identifier, kind in made if kind in preview.DRAWN]
    open_with(Link(Filters(data=drawn[0] if len(drawn) == 1 else "", unit=unit)), notes)
    st.switch_page(choosing.page("map"))


def _keep(held: Held, others: Sequence[shelf.Part], notes: list[str], line: DeltaGenerator) -> str:
    """Into the library, or for this session alone where there is none. -> its id; "" where it was not kept."""
    reading = known(held.reading)
    places = preview.named_places(reading, others)
    found: list[str] = []

    def run(progress: Progress) -> None:
        try:
            library = shelf.library()
            kept = library.keep(reading, held.content, held.name, places=places, progress=progress)
            if kept.withdrawn:
                library.restore(kept.id, "loaded again")
            if kept.again:
                notes.append(f"{held.name} was loaded before, on {words.day(kept.made)}: it is the same import.")
            found.append(kept.id)
        except LibraryError as error:
            found.append(shelf.hold(preview.part_of(held)))
            notes.append(f"{held.name} is here for this session only, since the library did not take it. {error}")

    work.watched(held, run, line)
    if found:
        _remember(held)
    return found[0] if found else ""


def _remember(held: Held) -> None:
    """What was agreed is offered again for the same names; failing that costs nothing that was loaded."""
    try:
        shelf.library().save_mapping(known(held.sheet).header, known(held.mapping))
    except (LibraryError, MappingError):
        return
