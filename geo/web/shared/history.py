"""Undo and redo: what the map showed, one state after another, for as long as the session lives.

A state is all that a link restores: filters, clock, view and selection. A step back opens the page with it, and the
player takes it over in place. What the player told before that is of an earlier turn, and counts no more.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.player import Picked
from geo.scene.scene import Scene
from geo.web.shared import link as links
from geo.web.shared.link import Link

MOST = 100
"""States that are kept; the oldest goes first."""
_STATES, _AT, _TURN = "history_states", "history_at", "history_turn"


def turn() -> int:
    """How often a step was taken in this session: the player is told it, and tells it back."""
    found: int = st.session_state.get(_TURN, 0)
    return found


def initial(picked: Picked) -> dict[str, object]:
    """`links.initial` of this turn: with another one than before the player takes it over once more."""
    return {**links.initial(picked), "turn": turn()}


def is_of_now(picked: Picked) -> bool:
    """Whether what a player told was told after the last step."""
    return picked.turn == turn()


def place() -> DeltaGenerator:
    """The place of both buttons in the sidebar, below what is there: they are shown when the page knows its state."""
    box: DeltaGenerator = st.sidebar.container(key="history", horizontal=True, gap="small")
    return box


def show(box: DeltaGenerator, link: Link, scene: Scene) -> None:
    """Keeps what the page shows now, where it is another state than before, and shows the buttons in their place."""
    states = _noted(link, scene)
    at = st.session_state[_AT]
    with box:
        for label, by, possible in (("Undo", -1, at > 0), ("Redo", 1, at + 1 < len(states))):
            st.button(
                label, key=f"history_{label.lower()}", icon=f":material/{label.lower()}:", type="tertiary",
                disabled=not possible, on_click=_step, args=(by,),
            )  # fmt: skip


def _noted(link: Link, scene: Scene) -> list[Link]:
    states: list[Link] = st.session_state.setdefault(_STATES, [])
    at: int = st.session_state.setdefault(_AT, -1)
    # A view that came back from the browser may differ in digits that no link has.
    if states and links.write_link(states[at]) == links.write_link(link):
        return states
    if states and _is_first_word(states[at], link, scene):
        states[at] = link
    else:
        states[at + 1 :] = [link]
        del states[:-MOST]
        st.session_state[_AT] = len(states) - 1
    return states


def _is_first_word(before: Link, link: Link, scene: Scene) -> bool:
    """Whether a map that was left to itself has only told where it looks: at all of it, at the end."""
    then, now = before.picked, link.picked
    if then.view is not None or links.seconds_of(scene, then.moment) != links.seconds_of(scene, now.moment):
        return False
    settled = replace(now, view=None, moment=then.moment, mode=then.mode, window=then.window)
    return settled == then and before.filters == link.filters and now.mode in (then.mode, "cumulative")


def _step(by: int) -> None:
    states: list[Link] = st.session_state.get(_STATES, [])
    at: int = st.session_state.get(_AT, -1) + by
    if not 0 <= at < len(states):  # A second click on a button that was already of no use.
        return
    st.session_state[_AT] = at
    go(states[at])


def go(link: Link) -> None:
    """The page opens with `link`, in place."""
    st.session_state[_TURN] = turn() + 1
    links.open_with(link)
