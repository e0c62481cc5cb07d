"""How large st.pydeck_chart's message would be, where it is too large to be sent."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pydeck

from benchmarks.tables import arcs
from geo.scene.scene import Scene

CONFIG = Path(__file__).parents[1] / ".streamlit" / "config.toml"
SAMPLE = 10_000


def limit_mb() -> float:
    """Streamlit's limit for one message, MB, as our own configuration raises or keeps it (200 by default)."""
    return float(tomllib.loads(CONFIG.read_text("utf-8"))["server"].get("maxMessageSize", 200))


def message_bytes(scene: Scene) -> int:
    """The JSON of one ArcLayer row a leg, from every so-manieth leg: rows differ by some digits only."""
    rows = arcs(scene)
    sample = rows.iloc[:: max(1, math.ceil(len(rows) / SAMPLE))]
    layer = pydeck.Layer("ArcLayer", data=sample.to_dict("records"), get_width="w")
    empty = pydeck.Layer("ArcLayer", data=[], get_width="w")
    # As st.pydeck_chart turns a deck into what it sends.
    size, frame = (len(pydeck.Deck([each], map_provider=None).to_json()) for each in (layer, empty))
    return round((size - frame) / len(sample) * len(rows)) + frame
