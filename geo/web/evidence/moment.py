"""The moment that the page speaks of: the map's, until its reader moves it, and the map's again from then on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from geo.scene.scene import Scene
from geo.web.state import WIDGETS

AT, _DAY_KEY = f"{WIDGETS}at", f"{WIDGETS}day"
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


def now(scene: Scene, given: str | None) -> int:
    """The moment in epoch seconds: as the reader set it, else as `given` (ISO 8601), else the end of the span."""
    chosen: str | None = st.session_state.setdefault(AT, given)
    end = scene.start + timedelta(seconds=scene.seconds)
    moment = end if chosen is None else datetime.fromisoformat(chosen)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return int(min(max(moment, scene.start), end).timestamp())


def in_link() -> str | None:
    """The moment as a link says it; None where nobody has set any."""
    found: str | None = st.session_state.get(AT)
    return found


def move_to(moment: datetime) -> None:
    """Sets the moment."""
    st.session_state[AT] = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def slider(scene: Scene, moment: int) -> None:
    """A slider over the days of the span. A day stands for its end, as everywhere."""
    first = scene.start.date()
    last = (scene.start + timedelta(seconds=scene.seconds) - _INSTANT).date()
    if last <= first:
        return
    shown = (datetime.fromtimestamp(moment, UTC) - _INSTANT).date()
    st.session_state[_DAY_KEY] = min(max(shown, first), last)
    st.slider("By the end of", first, last, key=_DAY_KEY, format="D MMM YYYY", on_change=_moved)


def _moved() -> None:
    day: date = st.session_state[_DAY_KEY]
    move_to(datetime.combine(day, time(), UTC) + _DAY)
