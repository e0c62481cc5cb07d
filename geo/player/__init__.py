"""The browser half: mounts the player on the page and brings back what the reader settled on.

The bundle in `dist/` is built from `src/` by `make player`, and Streamlit serves it as a file. Streamlit looks for such
files only in distributions that are called as their package is; ours is not, so `_register` names the folder to it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

NAME = "geo.player"
BUNDLE = Path(__file__).parent / "dist"
HTML = '<div data-testid="waybill-mount" style="height:100%"></div>'
# Streamlit puts two bare boxes between its host and ours; without a height they would let the map collapse.
CSS = """
:host { display: block; height: 100%; }
:host > div, :host > div > div { height: 100%; }
"""
MODES = ("cumulative", "window")
LAYERS = ("names", "borders", "graticule")
ORDINARY_LAYERS = ("names", "borders")
"""Parts of the base map that a reader may switch, as in `geo.sea.basemap`."""
PathKind = Literal["arcs", "routes"]
PATHS: tuple[PathKind, ...] = ("arcs", "routes")
"""What is drawn between two places, as in `geo.scene.scene`."""
Colouring = Literal["mode", "cargo"]
COLOURS: tuple[Colouring, ...] = ("mode", "cargo")
"""What the colours of arcs tell."""
MOST_LARGEST = 100_000
WIDTH_RANGE = (4.0, 64.0)
SIDES = ("in", "out", "both", "between")
"""Which routes of a place are drawn alone: those into it, out of it, both, or those between the places it has routes
with."""
MOST_TURNS = 1_000_000
LONGEST_PLACE = 200
"""Characters of a place's code; what comes from a browser is bounded."""
MAX_SELECTED = 1_000
"""More corridors than anyone clicks together; what comes from a link or a browser is bounded."""


@dataclass(frozen=True, slots=True)
class View:
    """Where the map looks: degrees (EPSG:4326), deck.gl zoom level, pitch and bearing in degrees."""

    longitude: float
    latitude: float
    zoom: float
    pitch: float = 0.0
    bearing: float = 0.0

    def __post_init__(self) -> None:
        limits = {
            "longitude": (-180, 180),
            "latitude": (-90, 90),
            "zoom": (-2, 24),
            "pitch": (0, 85),
            "bearing": (-360, 360),
        }
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if not (math.isfinite(value) and low <= value <= high):
                raise ValueError(f"{name} is {value}; it must be between {low} and {high}")


@dataclass(frozen=True, slots=True)
class Picked:
    """What the reader settled on in the browser; sent on pause, at a scrub's end, when the view rests, on selection.

    selected  corridor ids, e.g. "KPRJN>RUVVO>1"
    view      None until the map has come to rest once
    moment    ISO 8601, UTC
    mode      "cumulative" or "window"
    window    width of the trailing window, seconds
    layers    of the base map: of LAYERS
    largest   how many corridors are drawn, the largest first; 0 is all
    width     px of the widest arc; 0 is the scene's own
    paths     "routes" for those by sea in place of arcs: the page sends them where they are asked for
    colour    "cargo" where arcs are coloured by what they carry
    place     code of the place that is looked at; "" is none
    side      which of its routes are drawn alone: one of SIDES; "" draws all routes of the map
    beside    the moment of a second map, where two are compared; no player tells it
    turn      the turn (see `mount`) that the browser had followed when it told this; in no link
    """

    selected: tuple[str, ...] = ()
    view: View | None = None
    moment: str | None = None
    mode: str | None = None
    window: float | None = None
    layers: tuple[str, ...] = ORDINARY_LAYERS
    largest: int = 0
    width: float = 0.0
    paths: PathKind = "arcs"
    colour: Colouring = "mode"
    place: str = ""
    side: str = ""
    beside: str | None = None
    turn: int = 0


def mount(
    wire: Mapping[str, str | pa.Table],
    *,
    key: str,
    height: int,
    initial: Mapping[str, object],
    data: str = "",
    companions: str = "",
    label: str = "",
    facts: Mapping[str, str] | None = None,
) -> Picked:
    """Show `wire` (of `geo.scene.wire.to_wire`) in a player `height` CSS pixels tall.

    `key` must stay the same over reruns: canvas, view and clock then survive them. `initial` has the fields of
    :class:`Picked` as JSON; the browser reads it when it mounts, and again where its `turn` is another. It must stay
    the same otherwise, since any change in what is sent sends all of it again. data: the id of the data set: with
    another one the view fits, the clock goes to its end, and the browser remembers it as the one last used. companions:
    the name that players share which follow one another's view and settings, each at a moment of its own. label: which
    of them it is, for those who do not see it. facts: what a picture of the map says of itself: "version", "data" (a
    hash) and "brief", TOML.
    """
    told = json.dumps(initial, separators=(",", ":"), allow_nan=False)
    said = {"initial": told, "dataset": data, "routes": "asked", "companions": companions, "label": label}
    said["facts"] = json.dumps(dict(facts or {}), separators=(",", ":"))
    return read_picked(_mounted({**wire, **said}, key, height).get("picked"))


def show(wire: Mapping[str, str | pa.Table], *, key: str, height: int) -> None:
    """The same player to look at: what is done in it stays in the browser, so that the page never runs because of it.

    A page that may be left at any instant needs that: what a map tells of a page that is gone ends the run of the next.
    """
    _mounted({**wire, "tells": "no"}, key, height)


def tell() -> None:
    """Tells Streamlit of the player before any page mounts it, which then need not be done while a reader waits."""
    _register()
    _component()


def read_picked(value: object) -> Picked:
    """What the browser sent, field by field; a field that is not what it should be counts as not sent."""
    if not isinstance(value, Mapping):
        return Picked()
    selected = value.get("selected")
    mode = value.get("mode")
    return Picked(
        selected=tuple(text for text in selected if isinstance(text, str))[:MAX_SELECTED]
        if isinstance(selected, list)
        else (),
        view=read_view(value.get("view")),
        moment=read_moment(value.get("moment")),
        mode=mode if isinstance(mode, str) and mode in MODES else None,
        window=read_window(value.get("window")),
        layers=read_layers(value.get("layers")),
        largest=read_largest(value.get("largest")),
        width=read_width(value.get("width")),
        paths="routes" if value.get("paths") == "routes" else "arcs",
        colour="cargo" if value.get("colour") == "cargo" else "mode",
        place=read_place(value.get("place")),
        side=read_side(value.get("side")),
        turn=read_turn(value.get("turn")),
    )


def read_view(value: object) -> View | None:
    """A view from its five numbers by name, or None."""
    if not isinstance(value, Mapping):
        return None
    try:
        return View(**{name: float(value[name]) for name in View.__dataclass_fields__})
    except (KeyError, TypeError, ValueError):
        return None


def read_moment(value: object) -> str | None:
    """An ISO 8601 moment as it was given, or None."""
    if not isinstance(value, str):
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return None
    return value


def read_window(value: object) -> float | None:
    """A positive, finite number of seconds, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and value > 0 else None


def read_layers(value: object) -> tuple[str, ...]:
    """The layers of a list, in the order of LAYERS; the ordinary ones where it is no list of layers."""
    if not isinstance(value, list) or any(name not in LAYERS for name in value):
        return ORDINARY_LAYERS
    return tuple(name for name in LAYERS if name in value)


def read_largest(value: object) -> int:
    """A whole number of corridors; 0, which is all of them, where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_LARGEST else 0


def read_width(value: object) -> float:
    """px within `geo.scene.style.WIDTH_RANGE_PX`; 0, which is the scene's own width, where it is none."""
    least, most = WIDTH_RANGE
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    return float(value) if fits else 0.0  # type: ignore[arg-type]


def read_place(value: object) -> str:
    """The code of a place, "" where it is none."""
    return value if isinstance(value, str) and len(value) <= LONGEST_PLACE else ""


def read_turn(value: object) -> int:
    """A number of turns that a page may have taken; 0 where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_TURNS else 0


def read_side(value: object) -> str:
    """One of SIDES, "" where it is none."""
    return value if isinstance(value, str) and value in SIDES else ""


def _mounted(data: Mapping[str, str | pa.Table], key: str, height: int) -> Mapping[str, Any]:
    _register()
    return _component()(key=key, data=data, height=height, on_picked_change=_nothing_more)


@cache
def _component() -> Callable[..., Mapping[str, Any]]:
    # Once, at the first mount: importing this package must not need a bundle or a running page.
    return st.components.v2.component(NAME, html=HTML, css=CSS, js="index.js")


def _register() -> None:
    """Tells Streamlit where the files of the component are: what it does itself for a manifest that it finds.

    At each mount, since a page that is tested has a manager of its own; where the manager knows, nothing is done.
    """
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) is None:
        package, name = NAME.split(".")
        manifest = ComponentManifest(package, "", [ComponentConfig(name, BUNDLE.name)])
        manager.register_from_manifest(manifest, BUNDLE.parent)


def _nothing_more() -> None:
    """Streamlit keeps a component's state only where it has a callback; the rerun itself is all that is wanted."""
