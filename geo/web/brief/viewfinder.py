"""The picture on the page with what can be taken hold of on it: the part of the map that it shows, and its words.

Its other half is geo/player/src/viewfinder. The browser tells once a drag has ended or a text was entered.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from geo.brief.plate.palettes import LOOKS
from geo.brief.plate.viewfinder import framed
from geo.web.brief import callouts, draft
from geo.web.shared.small_component import small_component

if TYPE_CHECKING:
    from geo.brief.plate.callouts import Boxed
    from geo.brief.plate.projection import MapView
    from geo.scene.style import Colour
    from geo.web.brief.picture import Pictures, Preview

KEY, DRAWN, TURN = "plate", "briefing_drawn", "briefing_turn"
LABELS = {"title": "Title", "subtitle": "Subtitle", "note": "Note", "handling": "Handling line"}
_MOST_DRAWN = 8
"""Pictures that a drag may speak of: one that ends while the next is drawn speaks of the one before."""
_FARTHEST = 100.0
Drawn = tuple["MapView", tuple[float, float], tuple["Boxed", ...]]
"""Of a picture: the view of its map, its size in layout px, and the boxes of callouts on it."""


def show(made: Pictures, found: Preview) -> None:
    """The picture, its frame, and the line of buttons under it."""
    drawn: dict[str, Drawn] = st.session_state.setdefault(DRAWN, {})
    drawn.pop(made.key, None)
    drawn[made.key] = (found.view, found.size, found.callouts)
    for old in list(drawn)[:-_MOST_DRAWN]:
        del drawn[old]
    small_component("viewfinder", "plate")(key=KEY, data=_told(made, found), on_asked_change=_asked)


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
        "callouts": [_callout(made, found, each) for each in found.callouts],
        "spot": _spot(found),
        "words": [_words(made, found, name) for name in LABELS],
        "ink": _hex(ink.text),
        "paper": _hex(ink.paper),
        "whole": plate.view is None,
    }


def _callout(made: Pictures, found: Preview, boxed: Boxed) -> dict[str, Any]:
    """A box that can be moved. turn: its place among those of the picture."""
    box = boxed.box
    return {
        "turn": made.shown.plate.callouts.index(boxed.callout),
        "text": boxed.callout.text,
        "box": _share((box.left, box.top, box.right, box.bottom), found.size),
    }


def _spot(found: Preview) -> list[float]:
    """Where the next callout is about, as shares of the picture; [] where nothing was clicked."""
    if (at := callouts.spot()) is None:
        return []
    view = found.view
    ((x, y),) = view.place(view.projection.near(np.array([at[1]])), np.array([at[0]]))
    if not (view.left <= x <= view.right and view.top <= y <= view.bottom):
        return []
    return [round(float(x) / found.size[0], 6), round(float(y) / found.size[1], 6)]


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
    of = asked.get("of")
    drawn: Drawn | None = st.session_state.get(DRAWN, {}).get(of) if isinstance(of, str) else None
    if drawn is not None:
        _take_of(asked, drawn)


def _take_of(asked: Mapping[str, Any], drawn: Drawn) -> None:
    """What was asked of a picture: a point of its map, a callout moved, or another part of the map."""
    view, (wide, tall), boxes = drawn
    if point := _point(asked.get("point")):
        callouts.clicked(view, point[0] * wide, point[1] * tall)
    elif dragged := callouts.taken(asked):
        turn, right, down = dragged
        _drag(turn, right * wide, down * tall, view, boxes)
    elif part := _part(asked.get("part")):
        found = framed(view, (part[0] * wide, part[1] * tall, part[2] * wide, part[3] * tall))
        draft.put("own_view", (found.west, found.south, found.east, found.north))
        draft.put("view", "own")


def _drag(turn: int, right: float, down: float, view: MapView, boxes: tuple[Boxed, ...]) -> None:
    """Layout px by which the box of a callout was moved."""
    shown = callouts.shown()
    here = next((each for each in boxes if 0 <= turn < len(shown) and each.callout == shown[turn]), None)
    if here is None:
        return
    at = view.place(view.projection.near(np.array([here.callout.lon])), np.array([here.callout.lat]))[0]
    middle = ((here.box.left + here.box.right) / 2 + right, (here.box.top + here.box.bottom) / 2 + down)
    callouts.moved(turn, (middle[0] - float(at[0]), middle[1] - float(at[1])))


def _point(given: object) -> tuple[float, float] | None:
    """Two shares of the picture, or None."""
    if not isinstance(given, list) or len(given) != 2:
        return None
    if any(isinstance(each, bool) or not isinstance(each, int | float) or not 0 <= each <= 1 for each in given):
        return None
    return float(given[0]), float(given[1])


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
