"""The one primary button of the page: agree to the columns, then load and show on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import formatting, player
from geo.columns import DEFAULT_UNIT
from geo.dataset.parts import Part, of_reading
from geo.errors import GeoError, LibraryError, MappingError
from geo.web.data import columns, jobs, replacements
from geo.web.data.problems import counts
from geo.web.data.upload import Desk, Held, kind_of, known, places_first
from geo.web.shared import imports, session, sidebar
from geo.web.shared.escaping import in_html, in_markdown
from geo.web.shared.link import Filters, Link, open_with

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.errors import Progress
    from geo.matching.mapping import ColumnMap
    from geo.tables.read import Reading

AGREE = "Check the column matches, then confirm."


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
            agree = f"Use these columns and {formatting.day(day)}" if stated else "Use these columns"
            if st.button(agree, type="primary", disabled=not (good or stated)):
                for held, chosen in (good | stated).items():
                    held.mapping = chosen
                st.rerun()
            if ready and not (good or stated) and st.button("Load the other files and show them"):
                load(desk, ready, line)
        elif st.button("Load and show on the map", type="primary", disabled=not ready):
            load(desk, ready, line)


def _outlook(ready: Sequence[Held], waiting: int, complaints: bool) -> str:
    if waiting:
        return "" if complaints else AGREE
    rows = sum(held.reading.kept for held in ready if held.reading is not None)
    if not ready:
        return "Nothing to load yet."
    files = formatting.counted(formatting.number(len(ready)), "file")
    return f"{formatting.counted(formatting.number(rows), 'row')} in {files} ready."


def load(desk: Desk, ready: Sequence[Held], line: DeltaGenerator) -> None:
    """Keeps every file that is ready, places first, and goes to the map. line: where the progress is told."""
    unit = unit_of([held for held in ready if kind_of(held) in DRAWN])
    loaded, _ = imports.parts(tables=False)
    others = placing(loaded, ready)
    made: list[tuple[str, str]] = []
    notes: list[str] = []
    for held in places_first(ready):
        if identifier := _keep(held, others, notes, line):
            made.append((identifier, kind_of(held)))
            if identifier not in imports.session_parts():
                replacements.replace(held, notes)
            desk.loaded(held, here=identifier in imports.session_parts())
    if not made:
        st.rerun()
    drawn = [identifier for identifier, kind in made if kind in DRAWN]
    open_with(Link(Filters(data=drawn[0] if len(drawn) == 1 else "", unit=unit)), notes)
    st.switch_page(sidebar.page("map"))


def _keep(held: Held, others: Sequence[Part], notes: list[str], line: DeltaGenerator) -> str:
    """Into the library, or for this session alone where there is none. -> its id; "" where it was not kept."""
    reading = known(held.reading)
    places = named_places(reading, others)
    found: list[str] = []

    def run(progress: Progress) -> None:
        try:
            library = imports.library()
            kept = library.keep(reading, held.content, held.name, places=places, progress=progress)
            if kept.withdrawn:
                library.restore(kept.id, "loaded again")
            if kept.again:
                notes.append(f"{held.name} was loaded before, on {formatting.day(kept.made)}, and was not added again.")
            found.append(kept.id)
        except LibraryError as error:
            found.append(imports.hold(part_of(held)))
            notes.append(f"{held.name} is here for this session only, because the library did not keep it. {error}")

    jobs.watched(held, run, line)
    if found:
        _remember(held)
    return found[0] if found else ""


def _remember(held: Held) -> None:
    """What was agreed is offered again for the same names; failing that costs nothing that was loaded."""
    try:
        imports.library().save_mapping(known(held.sheet).header, known(held.mapping))
    except (LibraryError, MappingError):
        return


HEIGHT = 520
"""CSS pixels, kept free before the map is there."""
DRAWN = ("legs", "totals")


def part_of(held: Held) -> Part:
    """A file that is ready, as a data set."""
    return of_reading(known(held.reading), held.name, identifier=held.identity, private=True)


def placing(loaded: Sequence[Part], files: Sequence[Held]) -> list[Part]:
    """What a file's names of places are looked up in, beside the gazetteer: files of places, loaded or on their way in.

    Places that another import was given by hand are its own: they decide nothing here.
    """
    return [*(part for part in loaded if part.kind == "places"), *bringing(files)]


def bringing(files: Sequence[Held]) -> list[Part]:
    """The files of places that were read, which others may speak of."""
    return [part_of(each) for each in files if each.ready and kind_of(each) == "places"]


def named_places(reading: Reading, parts: Sequence[Part]) -> gpd.GeoDataFrame | None:
    """The places of the parts that a reading's rows name: they are kept with it, so that it stands by itself."""
    frames = [part.brings for part in parts if len(part.brings)]
    if reading.kind not in DRAWN or not frames:
        return None
    used = {*reading.table["origin"].unique(), *reading.table["destination"].unique()}
    brought = pd.concat(frames, ignore_index=True).drop_duplicates("code", keep="last")
    brought = brought[brought["code"].isin(used) & ~brought["code"].isin(reading.own_places["code"])]
    return gpd.GeoDataFrame(brought, geometry="geometry", crs=frames[0].crs) if len(brought) else None


def unit_of(files: Sequence[Held]) -> str:
    """The unit to draw first: containers where any are counted, else the most frequent one."""
    counted: Counter[str] = Counter()
    for each in files:
        units = known(each.reading).table["unit"].replace("", DEFAULT_UNIT).value_counts()
        counted.update({str(unit): int(count) for unit, count in units.items()})
    return max(counted, key=lambda unit: (unit == DEFAULT_UNIT, counted[unit], unit), default=DEFAULT_UNIT)


def show_preview(ready: Sequence[Held], loaded: Sequence[Part]) -> None:
    """Counts for each file, and the map where there is anything to draw. loaded: what the gazetteer has besides."""
    st.html('<h2 class="wb-heading">Preview on the map</h2>')
    for held in ready:
        if held.reading is not None:
            st.html(f'<p class="wb-file">{in_html(held.name)}: {in_html(counts(held))}</p>')
    drawn = [held for held in ready if kind_of(held) in DRAWN]
    if not drawn:
        st.html('<p class="wb-empty">Places and events are not drawn by themselves: shipments use them.</p>')
        return
    parts = [part_of(held) for held in ready]
    with st.container(key="preview", height=HEIGHT, border=False):
        try:
            _map(loaded, parts, unit_of(drawn))
        except GeoError as error:
            st.error(in_markdown(error))


def _map(loaded: Sequence[Part], parts: Sequence[Part], unit: str) -> None:
    title = parts[0].name if len(parts) == 1 else "What would be loaded"
    data = session.kept([*parts, *(part for part in loaded if part.kind == "places")], title)
    shown = session.shown(Filters(unit=unit), data)
    player.show(shown.wire, key="preview_map", height=HEIGHT)
