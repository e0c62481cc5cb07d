"""What would be loaded, on the map: the same player, fed with the files that are ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import player
from geo.errors import GeoError
from geo.evidence.columns import DEFAULT_UNIT
from geo.web import session
from geo.web.data.held import Held, kind_of, known
from geo.web.data.problems import counts
from geo.web.namesakes import places_of
from geo.web.plain import in_html, in_markdown
from geo.web.shelf import Part
from geo.web.state import Filters

if TYPE_CHECKING:
    from geo.evidence.reading import Reading

HEIGHT = 520
"""CSS pixels, kept free before the map is there."""
DRAWN = ("legs", "totals")


def part_of(held: Held) -> Part:
    """A file that is ready, as a data set."""
    reading = known(held.reading)
    return Part(held.identity, held.name, reading.kind, reading.own_places, lambda: reading.table, private=True)


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
    frames = [places_of(part) for part in parts if len(places_of(part))]
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
            st.html(f'<p class="wb-file">{in_html(held.name)}: {in_html(counts(held.reading))}</p>')
    drawn = [held for held in ready if kind_of(held) in DRAWN]
    if not drawn:
        st.html('<p class="wb-empty">Places and events draw nothing by themselves: they serve the shipments.</p>')
        return
    parts = [part_of(held) for held in ready]
    with st.container(key="preview", height=HEIGHT, border=False):
        try:
            _map([*loaded, *parts], parts, unit_of(drawn))
        except GeoError as error:
            st.error(in_markdown(error))


def _map(all_parts: Sequence[Part], parts: Sequence[Part], unit: str) -> None:
    key = "+".join(part.id for part in all_parts)
    title = parts[0].name if len(parts) == 1 else "What would be loaded"
    tables = session.stacked(f"preview {key}", title, parts, session.gazetteer(all_parts))
    shown = session.shown(tables.key, Filters(unit=unit), tables)
    player.show(shown.wire, key="preview_map", height=HEIGHT)
