"""The picture on the page with what can be taken hold of on it: the part of the map that it shows, and its words.

Its other half is geo/player/src/viewfinder. The browser tells once a drag has ended or a text was entered.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

import geo.player
from geo.brief.plate.palettes import LOOKS
from geo.brief.plate.viewfinder import framed
from geo.web.brief import draft

if TYPE_CHECKING:
    from geo.brief.plate.projection import MapView
    from geo.scene.style import Colour
    from geo.web.brief.picture import Pictures, Preview

KEY, DRAWN, TURN = "plate", "briefing_drawn", "briefing_turn"
LABELS = {"title": "Title", "subtitle": "Subtitle", "note": "Note", "handling": "Handling line"}
_BUNDLE = Path(geo.player.__file__).with_name("dist") / "viewfinder.js"
_MOST_DRAWN = 8
"""Pictures that a drag may speak of: one that ends while the next is drawn speaks of the one before."""
_FARTHEST = 100.0


def show(made: Pictures, found: Preview) -> None:
    """The picture, its frame, and the line of buttons under it."""
    drawn: dict[str, tuple[MapView, tuple[float, float]]] = st.session_state.setdefault(DRAWN, {})
    drawn.pop(made.key, None)
    drawn[made.key] = (found.view, found.size)
    for old in list(drawn)[:-_MOST_DRAWN]:
        del drawn[old]
    _component()(key=KEY, data=_told(made, found), on_asked_change=_asked)


def _told(made: Pictures, found: Preview) -> dict[str, Any]:
    plate, view = made.shown.plate, found.view
    wide, tall = plate.frame.pixels
    ink = LOOKS[plate.look]
    return {
        "id": made.key,
        # After a drag that changes nothing, as at the globe's edge, the browser has to hear that it was heard.
        "turn": st.session_state.get(TURN, 0),
        "picture": "data:image/png;base64," + base64.b64encode(found.png).decode("ascii"),
        "alt": found.description,
        "wide": wide,
        "tall": tall,
        "map": _share((view.left, view.top, view.right, view.bottom), found.size),
        "words": [_words(made, found, name) for name in LABELS],
        "ink": _hex(ink.text),
        "paper": _hex(ink.paper),
        "whole": plate.view is None,
    }


def _words(made: Pictures, found: Preview, name: str) -> dict[str, Any]:
    given = str(getattr(made.shown.plate.words, name))
    spot = next(each for each in found.spots if each.name == name)
    return {
        "name": name,
        "label": LABELS[name],
        "given": given,
        "shown": found.title if name == "title" else given,
        "box": _share(spot.box, found.size),
        "size": spot.size / found.size[1],
        "bold": name in ("title", "handling"),
        "centred": name == "handling",
        "there": spot.there,
    }


def _share(box: tuple[float, float, float, float], size: tuple[float, float]) -> list[float]:
    return [round(each / size[turn % 2], 6) for turn, each in enumerate(box)]


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _asked() -> None:
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    told = st.session_state.get(KEY)
    take(told.get("asked") if isinstance(told, Mapping) else None)


def take(asked: object) -> None:
    """What the browser asked for, put where the page's widgets take it; what is not as it should be is nothing."""
    if not isinstance(asked, Mapping):
        return
    if asked.get("whole") is True:
        draft.put("view", "whole")
        return
    name, text = asked.get("name"), asked.get("text")
    if isinstance(name, str) and isinstance(text, str):
        if name in LABELS:
            draft.put(name, text[: draft.LONGEST_WORDS])
        return
    of, part = asked.get("of"), _part(asked.get("part"))
    drawn = st.session_state.get(DRAWN, {}).get(of) if isinstance(of, str) else None
    if drawn is None or part is None:
        return
    view, (wide, tall) = drawn
    found = framed(view, (part[0] * wide, part[1] * tall, part[2] * wide, part[3] * tall))
    draft.put("own_view", (found.west, found.south, found.east, found.north))
    draft.put("view", "own")


def _part(given: object) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom as shares of the picture, or None."""
    if not isinstance(given, list) or len(given) != 4:
        return None
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in given):
        return None
    left, top, right, bottom = (float(each) for each in given)
    sides = (left, top, right, bottom)
    if not all(math.isfinite(each) and abs(each) <= _FARTHEST for each in sides) or left >= right or top >= bottom:
        return None
    return sides


@cache
def _component() -> Callable[..., object]:
    # A few kilobytes: they travel with the page, and only the player's large bundle is a file of its own.
    html = '<div data-testid="plate-mount"></div>'
    return st.components.v2.component("geo_viewfinder", html=html, js=_BUNDLE.read_text("utf-8"))
