"""The page that is measured: Waybill's player, or st.pydeck_chart, alone on it.

Its address says what to show: ?show=player|chart, legs=100000, width and height in CSS px, view=lon,lat,zoom.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pydeck
import streamlit as st

from benchmarks.views import COLOUR
from geo import player
from geo.scene.deck import HEIGHT, TILT

FOLDER = Path(os.environ["WAYBILL_BENCHMARK"])


@st.cache_resource(show_spinner=False)
def wire(legs: int) -> dict[str, str | pa.Table]:
    """What `to_wire` gave: the server is warm, as the second reader of a page finds it."""
    kept: dict[str, str | pa.Table] = pickle.loads((FOLDER / f"{legs}.wire").read_bytes())
    return kept


@st.cache_resource(show_spinner=False)
def chart(legs: int, height: int, longitude: float, latitude: float, zoom: float) -> pydeck.Deck:
    """The same legs as pydeck users draw them: one row of an ArcLayer each, no base map."""
    arcs: pd.DataFrame = pickle.loads((FOLDER / f"{legs}.arcs").read_bytes())
    layer = pydeck.Layer(
        "ArcLayer",
        data=arcs,
        get_source_position=["lon0", "lat0"],
        get_target_position=["lon1", "lat1"],
        get_width="w",
        get_height=HEIGHT,
        get_tilt=TILT,
        get_source_color=list(COLOUR),
        get_target_color=list(COLOUR),
    )
    view = pydeck.ViewState(longitude=longitude, latitude=latitude, zoom=zoom, pitch=0, bearing=0)
    return pydeck.Deck([layer], initial_view_state=view, map_provider=None, height=height)


def show() -> None:
    """The one thing that the address asks for, at the width that it asks for."""
    asked = st.query_params
    legs, width, height = (int(asked[name]) for name in ("legs", "width", "height"))
    longitude, latitude, zoom = (float(part) for part in asked["view"].split(","))
    with st.container(width=width):
        if asked["show"] == "player":
            view = {"longitude": longitude, "latitude": latitude, "zoom": zoom, "pitch": 0, "bearing": 0}
            player.mount(wire(legs), key="player", height=height, initial={"view": view})
        else:
            st.pydeck_chart(chart(legs, height, longitude, latitude, zoom), height=height)


st.set_page_config(layout="wide")
show()
