"""A map to point at: the position of a name that leads to no place, by a click, shown and corrected before it is taken.

Its other half is geo/player/src/viewfinder/position.ts. The field beside the map holds the position, whoever wrote it.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from geo import formatting
from geo.brief.plate.base_picture import WORLD, base_picture
from geo.brief.plate.palettes import LOOKS, hex_of
from geo.brief.plate.plate import Frame, Look
from geo.brief.plate.viewfinder import framed
from geo.errors import VagueError
from geo.parsing.positions import DECIMALS, read_position
from geo.safe_text import legible
from geo.web.data.place_titles import in_degrees
from geo.web.data.upload import Held
from geo.web.shared.escaping import in_html
from geo.web.shared.small_component import small_component

if TYPE_CHECKING:
    from geo.brief.plate.projection import MapView
    from geo.scene.view import Bounds
    from geo.tables.read import Unplaced

FRAME = Frame(1000, 440)
_LONGEST = 80
_FARTHEST = 100.0
_MOST_DRAWN = 4
"""Maps that a click may speak of: one that comes while the next is drawn speaks of the one before."""


@dataclass(slots=True)
class Pointed:
    """What is shown to one file: a part of the world. drawn: the maps that the browser may speak of, by their id."""

    extent: Bounds = WORLD
    drawn: dict[str, MapView] = field(default_factory=dict)
    turn: int = 0


def ask(held: Held, unplaced: Sequence[Unplaced]) -> None:
    """The switch, and the map with the name that is pointed at. It is drawn only once it is wanted."""
    if not st.toggle("Point on a map", key=held.key("pointing")):
        return
    waiting = {each.text: each for each in unplaced}
    name: str | None = st.selectbox(
        "Where is", list(waiting), key=held.key(f"pointed_{held.turn}"), format_func=lambda each: legible(_cut(each))
    )
    if name is None:
        return
    pointed: Pointed = st.session_state.setdefault(held.key("position_view"), Pointed())
    # A position belongs to one name: the next one starts without.
    which = hashlib.sha256(name.encode()).hexdigest()[:12]
    typed = held.key(f"position_{held.turn}_{which}")
    at, wrong = _position(str(st.session_state.get(typed, "")))
    _map(held, pointed, at, typed)
    left, right = st.columns([3, 2], gap="small", vertical_alignment="bottom")
    left.text_input(
        f"Position of {legible(_cut(name))}", key=typed, placeholder="Click on the map, or write 42.9, 132.3"
    )

    def taken() -> None:
        now, _ = _position(str(st.session_state.get(typed, "")))
        if now is None:
            return
        rows = formatting.counted(formatting.number(waiting[name].rows), "row")
        held.tell(f"“{_cut(name)}” is {_said(now)}: {rows} rechecked.")
        held.answer(places={name: f"{now[0]:.5f}, {now[1]:.5f}"})

    right.button("Take this position", key=held.key("take_pointed"), on_click=taken, disabled=at is None)
    said = wrong or (f"{_cut(name)}: {_said(at)}. Click elsewhere to correct it." if at else "")
    st.html(f'<p class="wb-file" role="status">{in_html(said)}</p>')


def _map(held: Held, pointed: Pointed, at: tuple[float, float] | None, typed: str) -> None:
    look: Look = "dark" if st.context.theme.type == "dark" else "light"
    png, view = _drawn(pointed.extent, look, at)
    key = held.key("position_map")
    shown = hashlib.sha256(png).hexdigest()[:16]
    pointed.drawn.pop(shown, None)
    pointed.drawn[shown] = view
    for old in list(pointed.drawn)[:-_MOST_DRAWN]:
        del pointed.drawn[old]

    def asked() -> None:
        pointed.turn += 1
        told = st.session_state.get(key)
        position = take(pointed, told.get("asked") if isinstance(told, Mapping) else None)
        if position:
            st.session_state[typed] = position

    data = {
        "id": shown,
        # After a drag that changes nothing, as at the globe's edge, the browser has to hear that it was heard.
        "turn": pointed.turn,
        "picture": "data:image/png;base64," + base64.b64encode(png).decode("ascii"),
        "alt": f"Map with a mark at {_said(at)}" if at else "Map of the world, or a part of it",
        "wide": FRAME.pixels[0],
        "tall": FRAME.pixels[1],
        "ink": hex_of(LOOKS[look].text),
        "paper": hex_of(LOOKS[look].paper),
        "whole": pointed.extent == WORLD,
    }
    small_component("position")(key=key, data=data, on_asked_change=asked)


def take(pointed: Pointed, asked: object) -> str:
    """What the browser asked for: another part of the world, or the position that is given back, "lat, lon".

    What is not as it should be, and a point beyond the globe, is nothing.
    """
    if not isinstance(asked, Mapping):
        return ""
    if asked.get("whole") is True:
        pointed.extent = WORLD
        return ""
    of = asked.get("of")
    view = pointed.drawn.get(of) if isinstance(of, str) else None
    if view is None:
        return ""
    wide, tall = view.right - view.left, view.bottom - view.top
    if point := _numbers(asked.get("point"), 2):
        return _at(view, point[0] * wide, point[1] * tall)
    part = _numbers(asked.get("part"), 4)
    if part and part[0] < part[2] and part[1] < part[3]:
        pointed.extent = framed(view, (part[0] * wide, part[1] * tall, part[2] * wide, part[3] * tall))
    return ""


def _at(view: MapView, x: float, y: float) -> str:
    """The position of a layout pixel, as exact as a pixel there is wide and no more; "" beyond the globe."""
    found = view.where(np.array([[x, y], [x, y + 1.0]]))
    # Beyond the globe's edge degrees run on past half a turn.
    if not np.isfinite(found).all() or abs(found[0, 1]) > 90 or abs(found[0, 0] - view.projection.lon) > 180:
        return ""
    pixel = max(abs(float(found[1, 1] - found[0, 1])), 10.0**-DECIMALS)
    decimals = min(max(math.ceil(-math.log10(pixel)), 0), DECIMALS)
    lon, lat = (float(found[0, 0]) + 180.0) % 360.0 - 180.0, float(found[0, 1])
    return f"{lat:.{decimals}f}, {lon:.{decimals}f}"


def _numbers(given: object, count: int) -> tuple[float, ...]:
    """So many finite numbers of no great size, or none."""
    if not isinstance(given, list) or len(given) != count:
        return ()
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in given):
        return ()
    numbers = tuple(float(each) for each in given)
    return numbers if all(math.isfinite(each) and abs(each) <= _FARTHEST for each in numbers) else ()


def _position(text: str) -> tuple[tuple[float, float] | None, str]:
    """(latitude and longitude, "") or (None, why there is none)."""
    try:
        found = read_position(text) if text.strip() else None
    except VagueError as error:
        return None, str(error)
    if found is None:
        return None, "" if not text.strip() else "This is no position. Write a latitude and a longitude: 42.9, 132.3."
    return (found.lat, found.lon), ""


def _said(at: tuple[float, float]) -> str:
    return f"{in_degrees(at[0], 'NS')} {in_degrees(at[1], 'EW')}"


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


@lru_cache(maxsize=8)
def _drawn(extent: Bounds, look: Look, at: tuple[float, float] | None) -> tuple[bytes, MapView]:
    return base_picture(extent, FRAME, look, at)
