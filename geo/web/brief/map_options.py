"""What of the map the picture shows: layers, locator, the largest routes, the widest arc."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.formatting import number
from geo.player import LAYERS, PATHS, WIDTH_RANGE, PathKind, Picked
from geo.web.brief import draft
from geo.web.shared.link import WIDGETS

LAYERS_KEY, LARGEST, WIDTH = f"{WIDGETS}brief_layers", f"{WIDGETS}brief_largest", f"{WIDGETS}brief_width"


PATHS_KEY = f"{WIDGETS}brief_paths"
PATH_NAMES = {"arcs": "Arcs", "routes": "Sea routes"}


def choose(picked: Picked, corridors: int) -> Picked:
    """The widgets. -> `picked` with what they say: as the map has it, until it is changed here."""
    with st.expander("Layers and arcs", key="brief_map_options"):
        paths = _paths(picked)
        st.session_state.setdefault(LAYERS_KEY, list(picked.layers))
        layers = st.pills("Layers", LAYERS, selection_mode="multi", key=LAYERS_KEY, format_func=str.capitalize)
        draft.locator()
        largest = _largest(picked, corridors)
        width = _width(picked)
    return replace(
        picked, layers=tuple(name for name in LAYERS if name in layers), largest=largest, width=width, paths=paths
    )


def _paths(picked: Picked) -> PathKind:
    st.session_state.setdefault(PATHS_KEY, picked.paths)
    given = st.segmented_control(
        "Between places", PATHS, key=PATHS_KEY, format_func=lambda each: PATH_NAMES[each], required=True,
        help="Routes are the shortest way by sea, not observed. What goes by land or air keeps its arc.",
    )  # fmt: skip
    return "routes" if given == "routes" else "arcs"


def _largest(picked: Picked, corridors: int) -> int:
    if corridors < 2:
        return picked.largest
    st.session_state.setdefault(LARGEST, min(picked.largest, corridors) or None)
    given = st.number_input(
        "Largest routes only", 1, corridors, key=LARGEST, placeholder=f"All {number(corridors)}",
        help="Figures and sums stay those of all routes. The picture says how many are shown.",
    )  # fmt: skip
    return 0 if given is None or given >= corridors else int(given)


def _width(picked: Picked) -> float:
    least, most = WIDTH_RANGE
    st.session_state.setdefault(WIDTH, picked.width or None)
    given = st.number_input(
        "Widest arc (px)", least, most, step=1.0, key=WIDTH, format="%g", placeholder="By the number of routes",
        help="Widths stay linear from zero, on one scale for the whole time span.",
    )  # fmt: skip
    return float(given or 0.0)
