"""An author's notes on the picture: placed by a click on its map, typed, moved by hand, and taken away."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from geo.brief.plate.plate import Callout
from geo.brief.spec.story import MOST_CALLOUTS, callouts_of
from geo.brief.spec.story_keys import LONGEST_CALLOUT, MOST_OFFSET
from geo.errors import BriefError, VagueError
from geo.parsing.positions import read_position
from geo.safe_text import legible
from geo.web.brief import draft
from geo.web.shared.escaping import in_markdown

if TYPE_CHECKING:
    from geo.brief.plate.projection import MapView

WRONG = "briefing_callout_wrong"
_HINT = "Click the map on the picture, or write a latitude and a longitude: 42.9, 132.3."


def shown() -> tuple[Callout, ...]:
    """Those of the picture that is on the page."""
    held: tuple[Callout, ...] = draft.draft()["callouts"]
    return held


def spot() -> tuple[float, float] | None:
    """Latitude and longitude of the point that the next one is about, or None."""
    try:
        at = read_position(str(st.session_state.get(f"{draft.PREFIX}spot", draft.draft()["spot"])))
    except VagueError:
        return None
    return None if at is None else (at.lat, at.lon)


def section() -> None:
    """The form for a new one, and those that there are."""
    with st.container(key="brief_callout_form", gap="small"):
        st.html(
            '<h2 class="wb-heading">Callouts</h2>'
            '<p class="wb-plain wb-note">A callout is your own note on the map, and is marked as the author’s. '
            "Click its place on the picture, then type. Drag its box on the picture to move it.</p>"
        )
        left, right = st.columns([1, 2], gap="small")
        with left:
            st.text_input("Position", key=draft.key_of("spot"), placeholder="Click the map", help=_HINT, max_chars=80)
        with right:
            st.text_input(
                "Callout text", key=draft.key_of("callout_text"), max_chars=LONGEST_CALLOUT, autocomplete="off"
            )
        st.button("Add a callout", key="brief_callout_add", on_click=_add, disabled=len(shown()) >= MOST_CALLOUTS)
        if wrong := st.session_state.pop(WRONG, ""):
            st.error(in_markdown(wrong))
        for turn, each in enumerate(shown()):
            with st.container(
                key=f"brief_callout_row_{turn}", horizontal=True, vertical_alignment="center", gap="small"
            ):
                key, label = f"brief_callout_text_{turn}", f"Text of callout {turn + 1}"
                st.session_state[key] = legible(each.text)
                st.text_input(
                    label, key=key, max_chars=LONGEST_CALLOUT, label_visibility="collapsed", autocomplete="off",
                    on_change=_write, args=(turn, key),
                )  # fmt: skip
                name = f"Remove callout {turn + 1}"
                st.button("Remove", key=f"brief_callout_drop_{turn}", on_click=_drop, args=(turn,), help=name)


def _add() -> None:
    spot, text = (str(st.session_state.get(f"{draft.PREFIX}{name}", "")) for name in ("spot", "callout_text"))
    try:
        at = read_position(spot)
    except VagueError as error:
        st.session_state[WRONG] = str(error)
        return
    if at is None:
        st.session_state[WRONG] = f"The callout has no position. {_HINT}"
        return
    try:
        (made,) = callouts_of([{"text": text, "lon": at.lon, "lat": at.lat}], "the page")
    except BriefError as error:
        st.session_state[WRONG] = str(error)
        return
    draft.draft()["callouts"] = (*shown(), made)
    draft.put("spot", "")
    draft.put("callout_text", "")


def _write(turn: int, key: str) -> None:
    """The text of one is another now; one that cannot be is told, and the callout stays as it was."""
    held, text = list(shown()), str(st.session_state.get(key, ""))
    if turn >= len(held) or text == legible(held[turn].text):
        return
    try:
        (made,) = callouts_of([{"text": text, "lon": 0.0, "lat": 0.0}], "the page")
    except BriefError as error:
        st.session_state[WRONG] = str(error)
        return
    held[turn] = replace(held[turn], text=made.text)
    draft.draft()["callouts"] = tuple(held)


def _drop(turn: int) -> None:
    draft.draft()["callouts"] = tuple(each for place, each in enumerate(shown()) if place != turn)


def clicked(view: MapView, x: float, y: float) -> None:
    """The map of the picture was clicked, layout px: the next callout is about that point."""
    lon, lat = view.where(np.array([[x, y]]))[0]
    inside = view.left <= x <= view.right and view.top <= y <= view.bottom
    if inside and math.isfinite(lon) and math.isfinite(lat) and abs(lat) <= 90:
        draft.put("spot", f"{lat:.4f}, {(lon + 180.0) % 360.0 - 180.0:.4f}")


def moved(turn: int, offset: Sequence[float]) -> None:
    """A box was dragged: where its middle stands off its point now, layout px."""
    held = list(shown())
    if 0 <= turn < len(held) and all(abs(each) <= MOST_OFFSET for each in offset):
        held[turn] = replace(held[turn], offset=tuple(round(float(each), 1) for each in offset))
        draft.draft()["callouts"] = tuple(held)


def taken(asked: Mapping[str, object]) -> tuple[int, float, float] | None:
    """Which box the browser says was dragged, and by how much, as shares of the picture; None where it says no such."""
    turn, by = asked.get("callout"), asked.get("by")
    if isinstance(turn, bool) or not isinstance(turn, int) or not isinstance(by, list) or len(by) != 2:
        return None
    if any(isinstance(each, bool) or not isinstance(each, int | float) or not abs(each) <= 1 for each in by):
        return None
    return turn, float(by[0]), float(by[1])
