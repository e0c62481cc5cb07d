"""How large st.pydeck_chart's message would be, where it is too large to be tried."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pydeck

from benchmarks.tables import arcs
from geo.scene.scene import Scene

CONFIG = Path(__file__).parents[1] / ".streamlit" / "config.toml"
SAMPLE = 10_000


def limit_bytes() -> int:
    """Streamlit's limit for one message, as our own configuration keeps it (200 MB, as by default)."""
    return int(tomllib.loads(CONFIG.read_text("utf-8"))["server"].get("maxMessageSize", 200)) * 1_000_000


def lean_bytes(scene: Scene) -> int:
    """The message with the rows that are measured: `tables.arcs`, and no more."""
    return _message_bytes(arcs(_sampled(scene)), scene.legs.best.size)


def full_bytes(scene: Scene) -> int:
    """The same when a row also says what a leg of ours says: containers, departure and arrival; unrounded."""
    sample = _sampled(scene)
    legs, corridors, places = sample.legs, sample.corridors, sample.places
    origin, destination = corridors.origin[legs.corridor], corridors.destination[legs.corridor]
    start = np.datetime64(scene.start.replace(tzinfo=None), "s")
    rows = pd.DataFrame(
        {
            "origin_lon": places.lon[origin],
            "origin_lat": places.lat[origin],
            "destination_lon": places.lon[destination],
            "destination_lat": places.lat[destination],
            "depart": np.datetime_as_string(start + legs.depart.astype("timedelta64[s]"), unit="D"),
            "arrive": np.datetime_as_string(start + legs.arrive.astype("timedelta64[s]"), unit="D"),
            "containers": legs.best.astype(np.float64),
            "width": scene.style.width(legs.best.astype(np.float64)),
        }
    )
    return _message_bytes(rows, scene.legs.best.size)


def _sampled(scene: Scene) -> Scene:
    """Every so-manieth leg: rows differ by a few digits only."""
    step = max(1, math.ceil(scene.legs.best.size / SAMPLE))
    legs = dataclasses.replace(
        scene.legs, **{each.name: getattr(scene.legs, each.name)[::step] for each in dataclasses.fields(scene.legs)}
    )
    return dataclasses.replace(scene, legs=legs)


def _message_bytes(sample: pd.DataFrame, legs: int) -> int:
    """The JSON of so many rows like those of the sample, as st.pydeck_chart makes it of a deck."""
    full, empty = (
        len(pydeck.Deck([pydeck.Layer("ArcLayer", data=rows)], map_provider=None).to_json())
        for rows in (sample.to_dict("records"), [])
    )
    return round((full - empty) / len(sample) * legs) + empty
