"""Two moments beside one another on the map page: two players that look at one place, and their difference in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import streamlit as st

from geo import player
from geo.arrays import DAY
from geo.brief.plate import captions, difference
from geo.dataset.dataset import DataSet
from geo.player import Picked
from geo.scene.comparison import Comparison, Stretch, compare
from geo.scene.scene import Scene
from geo.web.map import why
from geo.web.shared import cards, history, session
from geo.web.shared import link as links
from geo.web.shared import tables as frames
from geo.web.shared.escaping import in_html
from geo.web.shared.link import OF_A_VIEW, Filters, Link, seconds_of

CHOSEN = f"{OF_A_VIEW}compare"
GROUP = "compare"
HEIGHT = 620
"""CSS pixels of each of the two; sidebar.css follows the window from there."""


def chosen(scene: Scene, picked: Picked) -> bool:
    """The switch in the sidebar. -> whether there are two maps: as the link says it, until it is switched here.

    picked: what this opening began with.
    """
    st.session_state.setdefault(CHOSEN, picked.beside is not None)
    with st.sidebar:
        on = st.toggle(
            "Compare two moments", key=CHOSEN, on_change=_switched, args=(scene,),
            help="Two maps of one view, each with a clock of its own, and the difference in words.",
        )  # fmt: skip
    return bool(on) and scene.corridors.id.size > 0


def _switched(scene: Scene) -> None:
    """The page opens anew with what is shown, and one map more or less."""
    link: Link | None = st.session_state.get("published")
    if link is None:
        return
    picked = replace(link.picked, beside=None)
    if st.session_state.get(CHOSEN):
        # Half as wide a map would cut off what the view showed: both fit it anew.
        picked = replace(picked, beside=halfway(scene, picked), view=None)
    links.open_with(replace(link, picked=picked))


def halfway(scene: Scene, picked: Picked) -> str:
    """A whole day between the beginning and the moment: there is something to compare with, whatever the data."""
    end = seconds_of(scene, picked.moment)
    half = end / 2
    day = round(half / DAY) * DAY
    return (scene.start + timedelta(seconds=day if 0 < day < end else half)).isoformat().replace("+00:00", "Z")


def stage(shown: session.Shown, link: Link, chosen: Filters, tables: DataSet, facts: Mapping[str, str]) -> Picked:
    """The two maps and their difference. -> what the reader settled on, with the other map's moment as `beside`.

    facts: as `player.mount` has them.
    """
    opened, data = link.picked, chosen.data
    with st.container(key="stage_two"):
        left, right = st.columns(2, gap="small")
        with left:
            first = _map(shown, replace(opened, moment=opened.beside, beside=None), "first", data, facts)
        with right:
            second = _map(shown, replace(opened, beside=None), "second", data, facts)
        both = compare(shown.scene, *(_stretch(shown.scene, each, second) for each in (first, second)))
        _told(shown.scene, both)
        window = second.window if second.mode == "window" else None
        with st.container():  # there without a selection too: the cards keep their place, and their elements
            why.show(shown, tables, chosen, second.selected, seconds_of(shown.scene, second.moment), window)
        cards.show(shown.scene, shown.totals, shown.graded, second.selected)
    return replace(second, beside=first.moment)


def _map(shown: session.Shown, opened: Picked, which: str, data: str, facts: Mapping[str, str]) -> Picked:
    found = player.mount(
        shown.wire, key=f"map_{which}", height=HEIGHT, initial=history.initial(opened), data=data,
        companions=GROUP, label=f"{which.capitalize()} of two", facts=facts,
    )  # fmt: skip
    told = found != Picked() and history.is_of_now(found)
    return replace(found, turn=0) if told else opened


def _stretch(scene: Scene, picked: Picked, clock: Picked) -> Stretch:
    """What a map shows. clock: that of which mode and window hold for both, which their players share."""
    until = seconds_of(scene, picked.moment)
    window = clock.window if clock.mode == "window" else None
    return Stretch(until, None if window is None else until - window)


def _told(scene: Scene, both: Comparison) -> None:
    with st.container(key="compared"):
        said = difference.sentence(scene, both)
        st.html(f'<p class="wb-difference" role="status">{in_html(said)}</p>')
        routes = difference.routes(scene, both)
        if len(routes) > 1:
            with st.expander(f"Difference of each route ({len(routes):,})"):
                table = route_table(scene, both, routes)
                frames.show(table.loc[: MOST_ROWS - 1], {}, placeholder="–")
                frames.download_csv("Download CSV", lambda: table, "difference.csv", "table_difference")


MOST_ROWS = 5_000
"""Rows of the table on the page."""


def route_table(scene: Scene, both: Comparison, routes: list[difference.RouteDifference]) -> pd.DataFrame:
    """Each route with its figures at both, and what is known of the difference; the largest first."""
    first, second = (difference.when(scene, each) for each in both.stretches)
    columns = {
        "Route": [each.name for each in routes],
        "Mode": [captions.MODE_WORDS[each.mode] for each in routes],
        f"{first[:1].upper()}{first[1:]}": [captions.range_words(each.told.first) for each in routes],
        f"{second[:1].upper()}{second[1:]}": [captions.range_words(each.told.second) for each in routes],
        "Difference": [difference.known(scene, both, each.told) for each in routes],
    }
    return pd.DataFrame({name: np.array(values, object) for name, values in columns.items()})
