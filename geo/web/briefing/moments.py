"""The moment or moments of the picture, and how far back each looks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from geo.web.briefing import asking, making
from geo.web.evidence import moment
from geo.web.state import WIDGETS

if TYPE_CHECKING:
    from geo.player import Picked
    from geo.scene.scene import Scene

CLOCK, DAYS = f"{WIDGETS}brief_clock", f"{WIDGETS}brief_days"
CLOCKS = {"cumulative": "All up to then", "window": "A window"}
_DAY = timedelta(days=1)
_DAY_SECONDS = 86_400
_MOST_DAYS = 36_500
_USUAL_DAYS = 30


def clock(picked: Picked) -> float | None:
    """Seconds of the trailing window, or None: as the map has it, until it is changed here."""
    seconds = picked.window or _USUAL_DAYS * _DAY_SECONDS
    st.session_state.setdefault(CLOCK, picked.mode or "cumulative")
    st.session_state.setdefault(DAYS, min(max(1, round(seconds / _DAY_SECONDS)), _MOST_DAYS))
    mode = st.segmented_control(
        "Shown", list(CLOCKS), key=CLOCK, format_func=lambda each: CLOCKS[each], required=True,
        help="Everything reported up to the moment, or only what moved within some days before it.",
    )  # fmt: skip
    if mode != "window":
        return None
    days = st.number_input("Days of the window", 1, _MOST_DAYS, key=DAYS)
    same = round(seconds / _DAY_SECONDS) == days
    return float(seconds if same else days * _DAY_SECONDS)


def choose(scene: Scene, at: int) -> list[str]:
    """The widgets. -> the moments as a brief has them; none is the end."""
    count = asking.maps()
    moment.slider(scene, at)
    first, last = _span(scene)
    if count == 1 or (last - first).days + 1 < count:
        if count > 1:
            st.warning(f"The data last for fewer than {count} days, so there is one map.")
        return making.moment_of(scene, at)
    return _several(count, first, last, at)


def _several(count: int, first: date, last: date, at: int) -> list[str]:
    until = max((datetime.fromtimestamp(at, UTC) - timedelta(microseconds=1)).date(), first + (count - 1) * _DAY)
    even = spread(count, first, min(until, last))
    held = asking.draft()["days"]
    saved = [date.fromisoformat(each) for each in held if len(each) == len("2023-09-01")]
    begin = saved if len(saved) == count else even
    found = []
    columns = st.columns(2)
    for turn, each in enumerate(begin):
        with columns[turn % 2]:
            # A key of its own for each set of even days: moving the moment spreads the days anew.
            key = f"{asking.PREFIX}day_{count}_{turn}_{begin[0]}_{begin[-1]}"
            st.session_state.setdefault(key, min(max(each, first), last))
            found.append(
                st.date_input(f"Map {turn + 1}", key=key, min_value=first, max_value=last, format="YYYY-MM-DD")
            )
    days = sorted({each for each in found if isinstance(each, date)})
    if len(days) < count:
        st.error("Each map has a day of its own. Until then the days are spread evenly.")
        days = even
    return [f"{each:%Y-%m-%d}" for each in days]


def spread(count: int, first: date, last: date) -> list[date]:
    """So many days, evenly from the first to the last, the last among them and the first not unless it must be."""
    whole = (last - first).days + 1
    return [first + timedelta(days=whole * turn // count - 1) for turn in range(1, count + 1)]


def _span(scene: Scene) -> tuple[date, date]:
    end = scene.start + timedelta(seconds=scene.seconds) - timedelta(microseconds=1)
    return scene.start.date(), end.date()
