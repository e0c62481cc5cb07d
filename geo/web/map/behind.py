"""The legs behind the sums of the route that is selected, where this machine summed them: asked for by a click."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from geo import formatting
from geo.columns import DEFAULT_UNIT
from geo.dataset.dataset import DataSet
from geo.dataset.parts import Part
from geo.errors import GeoError
from geo.scene.scene import Scene
from geo.tables.counted_legs import sums
from geo.web.shared import imports, tables
from geo.web.shared.escaping import in_markdown, shown_name
from geo.web.shared.session import Shown

if TYPE_CHECKING:
    from geo.engine.behind import LegsBehind
    from geo.engine.route_search import Route

ASK = "Show the legs behind it"
LOOKING = "Looking for its legs in the files that were summed…"
NOTES = 3
"""So many files that were left out are named."""
TITLES = {
    "vessel": "Vessel",
    "carrier": "Carrier",
    "cargo": "Cargo",
    "shipment": "Shipment",
    "outlet": "Published by",
    "said_on": "Said on",
    "words": "Words",
    "url": "Link",
    "note": "Note",
}
_FOUND = "legs_behind"


@dataclass(frozen=True, slots=True)
class Asked:
    """A route in the files behind one import. sha256: of its bytes."""

    sha256: str
    route: Route


def show(shown: Shown, data: DataSet, unit: str, selected: tuple[str, ...], t: float, window: float | None) -> None:
    """Offers the legs where one route is selected with sums whose legs this machine knows, and lists them once asked.

    selected: ids of corridors. t, window: seconds, as `geo.scene.moment.at` takes them.
    """
    rows = np.flatnonzero(np.isin(shown.scene.corridors.id, selected)).tolist()
    if len(rows) != 1 or not (asked := list(_asked(shown, data, unit, rows[0], t, window))):
        return
    with st.container(key="behind"):
        kept: tuple[list[Asked], list[LegsBehind | str]] | None = st.session_state.get(_FOUND)
        if kept is None or kept[0] != asked:
            place = st.empty()
            if not place.button(ASK, key="behind_ask"):
                return
            with place, st.spinner(LOOKING):
                kept = (asked, [_searched(each) for each in asked])
            place.empty()
            st.session_state[_FOUND] = kept
        for found in kept[1]:
            _show(found)


def _asked(shown: Shown, data: DataSet, unit: str, row: int, t: float, window: float | None) -> Iterator[Asked]:
    """What there is to ask: each import that has sums of the route in what is shown, and is known."""
    from geo.engine.route_search import Route
    from geo.engine.whereabouts import is_known

    here = _sums_of(shown.legs, shown.scene, row, unit)
    if not len(here):
        return
    end = shown.scene.start.timestamp() + t
    start = None if window is None or t <= window else end - window
    known = {part.id: part for part in imports.parts(tables=False)[0] if not part.private and is_known(part.sha256)}
    numbers = data.leg_part[here.index]
    for number in np.unique(numbers).tolist():
        part = known.get(data.leg_parts[number])
        if part is None:
            continue
        own = here[numbers == number]
        origin, destination = _own_codes(data, part, number, int(own.index[0]))
        claimants = frozenset(own["claimant"].astype(str).unique().tolist())
        mode = int(own["mode"].iloc[0])
        yield Asked(part.sha256, Route(origin, destination, unit or DEFAULT_UNIT, mode, start, end, claimants))


def _sums_of(legs: pd.DataFrame, scene: Scene, row: int, unit: str) -> pd.DataFrame:
    corridors, codes = scene.corridors, scene.places.code
    fits = sums(legs) & (legs["mode"].to_numpy() == corridors.mode[row])
    fits &= (legs["unit"].replace("", DEFAULT_UNIT) == (unit or DEFAULT_UNIT)).to_numpy(bool)
    for name, ends in (("origin", corridors.origin), ("destination", corridors.destination)):
        fits &= (legs[name] == codes[ends[row]]).to_numpy(bool)
    left: pd.DataFrame = legs[fits]
    return left


def _own_codes(data: DataSet, part: Part, number: int, at: int) -> tuple[str, str]:
    """The ends of a leg as its import has them: places that share a code have others here. at: its row in the data."""
    first = int(np.searchsorted(data.leg_part, number))
    row = part.table.iloc[at - first]
    return str(row["origin"]), str(row["destination"])


def _searched(asked: Asked) -> LegsBehind | str:
    """What is found; or a sentence."""
    from geo.engine.behind import search
    from geo.engine.whereabouts import recall

    files = recall(asked.sha256)
    if files is None:
        return "This machine no longer knows where these legs lie: run `waybill sum` again, and load what it writes."
    try:
        return search(files, asked.route)
    except GeoError as error:
        return in_markdown(f"The legs cannot be listed. {error}")


def _show(found: LegsBehind | str) -> None:
    if isinstance(found, str):
        st.warning(found)
        return
    if found.rows:
        tables.show(_table(found.table))
    st.caption(in_markdown(found.sentence))
    for name, why in found.notes[:NOTES]:
        st.caption(in_markdown(f"{shown_name(name)} is left out: {why}."))
    if len(found.notes) > NOTES:
        st.caption(f"… and {len(found.notes) - NOTES:,} more files are left out.")


def _table(found: pd.DataFrame) -> pd.DataFrame:
    counts = zip(found["low"], found["best"], found["high"], strict=True)
    columns: dict[str, object] = {
        "UTC": [_when(start, end) for start, end in zip(found["start"], found["end"], strict=True)],
        "Count": [formatting.ranged(low, best, high, None, near=True) for low, best, high in counts],
        "Source": found["claimant"],
    }
    told: Mapping[str, str] = {name: title for name, title in TITLES.items() if name in found.columns}
    return pd.DataFrame(columns | {title: found[name] for name, title in told.items()} | {"File": found["file"]})


def _when(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """ "2023-09-07", "2023-09-07 14:30 – 2023-09-09"."""
    days = [f"{each:%Y-%m-%d}" if each == each.normalize() else f"{each:%Y-%m-%d %H:%M}" for each in (start, end)]
    return " – ".join(dict.fromkeys(days))
