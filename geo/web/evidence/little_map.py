"""The map beside the chart: the same player, smaller. Its clock and its selection are the page's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from geo import player
from geo.evidence.reconciling.volumes import Flow
from geo.player import Picked
from geo.web.evidence import moment
from geo.web.session import Shown
from geo.web.state import WIDGETS, initial

HEIGHT = 560
"""CSS pixels."""
NEXT_FLOW = f"{WIDGETS}next_flow"
"""The flow that was clicked on the map: the list shows it from the next run on."""
_MOUNTED = f"{WIDGETS}little_map"
_SAME = 1.0
"""Seconds. The browser's clock is a float of seconds since the span's start, told in milliseconds."""


@dataclass(frozen=True, slots=True)
class _Mounted:
    """What the player on the page was opened with, and what it is known to show since: page and player agree on it.

    turn: counts the times it was mounted anew, which is the only way to tell a player where to go.
    """

    turn: int
    opening: Picked
    flow: str
    at: int


def show(shown: Shown, identifier: str, at: int, flows: Mapping[str, Flow]) -> None:
    """The map at the page's moment. A scrub or a click on it moves the page: then this does not return.

    at: epoch seconds. flows: corridor id -> flow, of those that the page can show.
    """
    known: _Mounted | None = st.session_state.get(_MOUNTED)
    if known is None or (known.flow, known.at) != (identifier, at):
        opening = Picked(selected=(identifier,), moment=datetime.fromtimestamp(at, UTC).isoformat())
        known = _Mounted(known.turn + 1 if known else 0, opening, identifier, at)
        st.session_state[_MOUNTED] = known
    picked = player.mount(shown.wire, key=f"evidence_map_{known.turn}", height=HEIGHT, initial=initial(known.opening))
    _follow(known, picked, flows)


def _follow(known: _Mounted, picked: Picked, flows: Mapping[str, Flow]) -> None:
    """The page goes where the reader went on the map."""
    moved = _moved(known, picked)
    clicked = next((each for each in picked.selected if each in flows), known.flow)
    if moved is None and clicked == known.flow:
        return
    if moved is not None:
        moment.move_to(moved)
    st.session_state[NEXT_FLOW] = clicked
    at = known.at if moved is None else int(moved.timestamp())
    st.session_state[_MOUNTED] = replace(known, flow=clicked, at=at)
    st.rerun()


def _moved(known: _Mounted, picked: Picked) -> datetime | None:
    if picked.moment is None:
        return None
    there = datetime.fromisoformat(picked.moment)
    there = there.replace(tzinfo=UTC) if there.tzinfo is None else there
    return there if abs(there.timestamp() - known.at) > _SAME else None
