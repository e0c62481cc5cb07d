"""What the reader asks of the picture: words, frame, look, part of the map; it outlasts a look at another page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import streamlit as st

from geo.brief.plate.plate import LOOKS, PRESETS, read_frame
from geo.errors import BriefError
from geo.player import View
from geo.web.shared.escaping import in_markdown

T = TypeVar("T")
DRAFT, PREFIX = "brief_draft", "brief_"
OWN = "own"
FRAMES = {
    "16:9": "16:9 slide",
    "4:3": "4:3 slide",
    "a4": "A4 landscape",
    "a4-portrait": "A4 portrait",
    "square": "Square",
    "9:16": "9:16, upright",
    OWN: "Custom size",
}
LOOK_NAMES = {"light": "Light", "dark": "Dark", "grey": "Grey"}
VIEWS = {"whole": "All data", "own": "As framed", "map": "Current map view"}
MAPS = (1, 2, 4, 6)
ORDINARY: Mapping[str, Any] = MappingProxyType(
    {
        "frame": "16:9",
        "size": "1920x1080",
        "look": "light",
        "view": "whole",
        "own_view": (),
        "maps": 1,
        "slides": False,
        "title": "",
        "subtitle": "",
        "handling": "",
        "note": "",
        "locator": True,
        "seconds": 10.0,
        "days": (),
        "name": "",
        "opened": (),
        "scale": 0.0,
        "callouts": (),
        "spot": "",
        "callout_text": "",
        "steps": (),
        "story_title": "",
        "story_of": (),
        "at_step": 0,
    }
)
LONGEST_WORDS = 400


def draft() -> dict[str, Any]:
    """Name, as in `ORDINARY` -> value."""
    held: dict[str, Any] = st.session_state.setdefault(DRAFT, dict(ORDINARY))
    return held


def take(values: Mapping[str, Any]) -> None:
    """Another draft in place of this one: widgets begin with its values."""
    st.session_state[DRAFT] = {**ORDINARY, **values}
    for key in [str(key) for key in st.session_state if str(key).startswith(PREFIX) and key != DRAFT]:
        del st.session_state[key]


def of_data(data: str) -> None:
    """The data set that is drawn: of another one neither the part of the map nor the days apply any longer."""
    held = draft()
    before, held["of"] = held.get("of", data), data
    if before != data:
        for name in ("view", "own_view", "days"):
            held[name] = ORDINARY[name]
        st.session_state.pop(f"{PREFIX}view", None)


def key_of(name: str) -> str:
    """The key of a value's widget, which begins with what the draft holds.

    Streamlit forgets a widget that is not on the page that is looked at, so the draft is kept beside it.
    """
    key = f"{PREFIX}{name}"
    if key not in st.session_state:
        st.session_state[key] = draft()[name]
    return key


def keep(name: str, value: T | None) -> T:
    """Puts a widget's value into the draft; a widget in which nothing is chosen leaves it as it was."""
    if value is not None:
        draft()[name] = value
    kept: T = draft()[name]
    return kept


def put(name: str, value: object) -> None:
    """A value that was not given by its widget, which takes it over. Only before the page runs: in a callback."""
    draft()[name] = value
    st.session_state[f"{PREFIX}{name}"] = value


def words(name: str, label: str, placeholder: str, tip: str | None = None) -> str:
    """A line that stands on the picture."""
    given = st.text_input(
        label, key=key_of(name), placeholder=placeholder, max_chars=LONGEST_WORDS, help=tip, autocomplete="off"
    )
    return str(keep(name, given))


def frame() -> str:
    """The frame, as a brief has it; an own size that cannot be is told, and the last good one stays."""
    chosen = keep("frame", st.selectbox("Frame", list(FRAMES), key=key_of("frame"), format_func=_frame_name))
    if chosen != OWN:
        return str(chosen)
    tip = "Pixels or millimetres, with the resolution of print after @: 1200x800, 180x120mm, 180x120mm@300."
    size = st.text_input("Size", key=key_of("size"), help=tip, max_chars=40, autocomplete="off")
    try:
        read_frame(size)
        keep("size", size)
    except BriefError as error:
        st.error(in_markdown(error))
    return str(draft()["size"])


def _frame_name(name: str) -> str:
    if name == OWN:
        return FRAMES[name]
    size = PRESETS[name]
    return f"{FRAMES[name]} · {size.width:g} × {size.height:g} {size.unit}"


def look() -> str:
    """light, dark or grey."""
    chosen = st.segmented_control(
        "Look", LOOKS, key=key_of("look"), format_func=lambda each: LOOK_NAMES[each], required=True,
        help="Grey uses lightness and hatching, and survives a photocopier.",
    )  # fmt: skip
    return str(keep("look", chosen))


def view(*, on_map: bool) -> str:
    """A key of `VIEWS`: those that there is a view for. on_map: the map has one. The picture's own frame makes one."""
    held = draft()
    there = {"whole": True, "own": bool(held["own_view"]), "map": on_map}
    offered = [name for name in VIEWS if there[name]]
    key = key_of("view")
    if st.session_state[key] not in offered:
        st.session_state[key] = "whole"
    if len(offered) == 1:
        return str(keep("view", "whole"))
    chosen = st.segmented_control(
        "Map area", offered, key=key, format_func=lambda each: VIEWS[each], required=True,
        help="Drag the map on the picture to move it, its corners to zoom.",
    )  # fmt: skip
    return str(keep("view", chosen))


def maps() -> int:
    """How many moments there are."""
    chosen = st.segmented_control(
        "Maps", MAPS, key=key_of("maps"), required=True,
        help="Several maps on one picture share one width scale. Of two the words tell the difference.",
    )  # fmt: skip
    return int(keep("maps", chosen))


def slide_each() -> bool:
    """Whether PowerPoint gets a slide for each moment."""
    return bool(keep("slides", st.checkbox("PowerPoint: a slide for each moment", key=key_of("slides"))))


def locator() -> None:
    """Whether a globe says where a close map lies."""
    keep("locator", st.checkbox("Locator globe on a close map", key=key_of("locator")))


def film_length() -> float:
    """Seconds of a film, as its widget will say farther down the page."""
    return float(st.session_state.get(f"{PREFIX}seconds", draft()["seconds"]))


def film_seconds() -> None:
    """How long a film lasts."""
    tip = "A film runs from the first day to the moment, then holds the last frame."
    given = st.number_input(
        "Film length (s)", 1.0, 120.0, step=1.0, key=key_of("seconds"), format="%g", help=tip, width=140
    )
    keep("seconds", given)


_USUAL_PX = (1000.0, 560.0)
"""A player of usual size, CSS px: how large the reader's own is does not come back from the browser."""
_WORLD_PX = 512.0
"""Of deck.gl's world at zoom 0."""
_MOST_LATITUDE = 85.0


def bounds_of(view: View) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees, north up and from straight above; east exceeds 180 across the antimeridian.

    Web Mercator: a degree of longitude takes 512 · 2^zoom / 360 px, and so does a unit of Mercator's ordinate.
    """
    world = _WORLD_PX * 2.0**view.zoom
    wide = min(360.0 * _USUAL_PX[0] / world, 360.0)
    middle = _ordinate(min(max(view.latitude, -_MOST_LATITUDE), _MOST_LATITUDE))
    half = math.pi * _USUAL_PX[1] / world
    south, north = (_latitude(middle + side) for side in (-half, half))
    west = view.longitude - wide / 2
    return round(west, 4), round(south, 4), round(west + wide, 4), round(north, 4)


def _ordinate(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _latitude(ordinate: float) -> float:
    found = math.degrees(2 * math.atan(math.exp(ordinate)) - math.pi / 2)
    return min(max(found, -_MOST_LATITUDE), _MOST_LATITUDE)
