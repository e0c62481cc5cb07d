"""Scene, at a moment -> pydeck.Deck. The only importer of pydeck.

The deck makes no request: no base map, its own land, fonts of the system. `spec` is the same deck without data, which
the player fills layer by layer: "land", "corridors-halo", "corridors", "corridors-core", "ports", "labels". Where there
are routes, "routes-halo", "routes" and "routes-core" lie above the arcs.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TypeAlias

import numpy as np
import pydeck
from pydeck.types import String

from geo import formatting
from geo.arrays import Floats
from geo.safe_text import legible
from geo.scene import moment as moment_
from geo.scene.moment import Moment, through_places
from geo.scene.scene import Scene
from geo.scene.style import HALO_OPACITY, PALETTES, Colour, Palette, Theme, core, mix
from geo.scene.view import Bounds, bounds, unwrapped, view_state
from geo.sea import coast
from geo.timeline import since

TILT = 30
"""Degrees an arc leans to the left of its course, so that both directions of a pair lie side by side."""
HEIGHT = 0.4
PALE = 0.55
"""Share of the land's colour in an arc at its origin: from pale to full is its direction."""
OPEN_FADE_PX = 8.0
"""Halo beyond the body, either side, where the high is without bound: it ends nowhere, so it shows no width."""
CONTESTED_OPACITY = 0.5
"""Of an arc whose claimants cannot all be right: pydeck's arcs know no dashes, so it lets the map show through."""
PORT_RADII_PX = (3.0, 11.0)

Deck: TypeAlias = pydeck.Deck
Records = list[dict[str, object]]


def to_deck(
    scene: Scene, moment: datetime | None = None, *, theme: Theme = "dark", window: float | None = None
) -> pydeck.Deck:
    r"""The map of a scene at a moment as a pydeck.Deck, which shows in a notebook and in st.pydeck_chart.

    moment: with its time zone; the end of the span by default. window: seconds of a trailing window; None is
    cumulative. Widths are in pixels, positions in EPSG:4326. Routes (`with_routes`) are a PathLayer, and lie on one
    another where they share their way. Raises MomentError for a moment without a time zone.

    >>> import geo
    >>> from datetime import UTC, datetime
    >>> legs, _ = geo.read_legs(b"origin,destination,depart,containers\nNajin,Vladivostok,2023-09-07,300")
    >>> totals, _ = geo.read_totals(b"claimant,said_on,origin,destination,window,quantity\n")
    >>> events, _ = geo.read_events(b"date,title\n")
    >>> scene = geo.build_scene(legs, totals, events, geo.places.frame)
    >>> [layer.id for layer in geo.to_deck(scene, datetime(2023, 9, 8, tzinfo=UTC)).layers][:3]
    ['land', 'corridors-halo', 'corridors']
    """
    palette = PALETTES[theme]
    frame = bounds(scene)
    t = float(scene.seconds) if moment is None else since(scene.start, moment)
    now = moment_.at(scene, t, window)
    arcs = _arcs(scene, palette, now, frame)
    ports = _ports(scene, now, frame)
    return _deck(frame, palette, _land(frame), *_apart(scene, arcs), ports)


def _apart(scene: Scene, arcs: Records) -> tuple[Records, Records]:
    """Those that are arcs, and those with a route, which have its points in place of their ends."""
    if scene.paths is None:
        return arcs, []
    paths, row_of = scene.paths, {str(each): row for row, each in enumerate(scene.corridors.id)}
    straight: Records = []
    routes: Records = []
    for each in arcs:
        row = row_of[str(each["id"])]
        part = slice(int(paths.offsets[row]), int(paths.offsets[row + 1]))
        lon, lat = paths.lon[part], paths.lat[part]
        if lon.size < 2:
            straight.append(each)
            continue
        lon = lon + each["source"][0] - lon[0]  # type: ignore[index]
        along = np.append(0.0, np.cumsum(np.hypot(np.diff(lon) * np.cos(np.radians(lat[1:])), np.diff(lat))))
        share = (along / max(along[-1], 1e-9))[:, None]
        colours = {name: _blended(each, name, share) for name in ("halo", "body", "core")}
        kept = {name: each[name] for name in ("id", "width", "low_width", "high_width", "label")}
        routes.append(kept | colours | {"path": np.column_stack([lon, lat]).round(5).tolist()})
    return straight, routes


def _blended(arc: dict[str, object], part: str, share: Floats) -> list[list[int]]:
    """The colours of an arc at shares (n, 1) of its length."""
    source, target = (np.array(arc[f"{part}_{end}"], np.float64) for end in ("source", "target"))
    found: list[list[int]] = np.round(source * (1 - share) + target * share).astype(int).tolist()
    return found


def spec(scene: Scene) -> str:
    """The deck as compact JSON, with view state, layers and props, and no data."""
    empty: Records = []
    deck = _deck(bounds(scene), PALETTES["dark"], empty, empty, empty, empty)
    return json.dumps(json.loads(deck.to_json()), separators=(",", ":"))


def _deck(frame: Bounds, palette: Palette, land: object, arcs: Records, routes: Records, ports: Records) -> pydeck.Deck:
    layers = [
        pydeck.Layer("GeoJsonLayer", land, id="land", get_fill_color=list(palette.land), stroked=False, pickable=False),
        _arc_layer("corridors-halo", arcs, "high_width", "halo"),
        _arc_layer("corridors", arcs, "width", "body"),
        _arc_layer("corridors-core", arcs, "low_width", "core"),
        *_route_layers(routes),
        _port_layer(ports, palette),
        _label_layer(ports, palette),
    ]
    return pydeck.Deck(
        layers=layers,
        initial_view_state=pydeck.ViewState(**view_state(frame)),
        views=[pydeck.View("MapView", controller=True, repeat=True, clear=True, clear_color=[*palette.sea, 255])],
        # map_style stays unsaid: only then does st.pydeck_chart, too, leave out its own map, which it would fetch.
        map_provider=None,
        # Text, never html: a name may hold markup.
        tooltip={"text": "{label}"},
    )


def _arc_layer(layer_id: str, arcs: Records, width: str, colour: str) -> pydeck.Layer:
    return pydeck.Layer(
        "ArcLayer",
        arcs,
        id=layer_id,
        get_source_position="source",
        get_target_position="target",
        get_source_color=f"{colour}_source",
        get_target_color=f"{colour}_target",
        get_width=width,
        width_units=String("pixels"),
        get_tilt=TILT,
        get_height=HEIGHT,
        great_circle=False,
        pickable=colour == "body",
        # Arcs write depth, and would hide the ports that are drawn after them.
        parameters={"depthCompare": "always"},
    )


def _route_layers(routes: Records) -> list[pydeck.Layer]:
    parts = (("routes-halo", "high_width", "halo"), ("routes", "width", "body"), ("routes-core", "low_width", "core"))
    return [_path_layer(layer_id, routes, width, colour) for layer_id, width, colour in parts] if routes else []


def _path_layer(layer_id: str, routes: Records, width: str, colour: str) -> pydeck.Layer:
    return pydeck.Layer(
        "PathLayer",
        routes,
        id=layer_id,
        get_path="path",
        # A colour for each point: from pale to full is its direction.
        get_color=colour,
        get_width=width,
        width_units=String("pixels"),
        joint_rounded=True,
        cap_rounded=False,
        pickable=colour == "body",
        parameters={"depthCompare": "always"},
    )


def _port_layer(ports: Records, palette: Palette) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        ports,
        id="ports",
        get_position="position",
        get_radius="radius",
        radius_units=String("pixels"),
        get_fill_color=[*palette.label, 230],
        stroked=True,
        get_line_color=list(palette.sea),
        get_line_width=1,
        line_width_units=String("pixels"),
        pickable=True,
        parameters={"depthCompare": "always"},
    )


def _label_layer(ports: Records, palette: Palette) -> pydeck.Layer:
    return pydeck.Layer(
        "TextLayer",
        ports,
        id="labels",
        get_position="position",
        get_text="name",
        get_color=list(palette.label),
        get_size=13,
        get_pixel_offset=[0, -18],
        # The set is ASCII by default, and place names are not.
        character_set=String("auto"),
        font_family=String("system-ui, sans-serif"),
        pickable=False,
        parameters={"depthCompare": "always"},
    )


def _arcs(scene: Scene, palette: Palette, now: Moment, frame: Bounds) -> Records:
    low, best, high = now.low, now.best, now.high
    style, corridors, places = scene.style, scene.corridors, scene.places
    name = [legible(each) for each in places.name]
    width = np.where(high > 0, np.maximum(style.width(best), style.floor), 0.0)
    halo = np.where(np.isinf(high), width + 2 * OPEN_FADE_PX, style.width(np.where(np.isinf(high), 0.0, high)))
    inner = np.where(low > 0, np.minimum(style.per_unit * low, width), 0.0)
    lon = unwrapped(places.lon, frame.west)
    opacity = np.where(now.contested, CONTESTED_OPACITY, 1.0)
    records: Records = []
    # The widest first, so that no corridor hides a smaller one.
    for c in sorted(np.flatnonzero(width > 0), key=lambda row: -width[row]):
        origin, destination = corridors.origin[c], corridors.destination[c]
        source = lon[origin]
        target = source + (lon[destination] - source + 180.0) % 360.0 - 180.0
        amount = now.amount(int(c)).said(legible(scene.unit))
        records.append(
            {
                "id": corridors.id[c],
                "source": [float(source), float(places.lat[origin])],
                "target": [float(target), float(places.lat[destination])],
                "width": float(width[c]),
                "low_width": float(inner[c]),
                "high_width": float(halo[c]),
                "label": f"{name[origin]} → {name[destination]}\n{amount}",
            }
            | _colours(palette, palette.mode[int(corridors.mode[c])], round(255 * opacity[c]))
        )
    return records


def _colours(palette: Palette, colour: Colour, opacity: int) -> dict[str, object]:
    pale, halo = mix(colour, palette.land, PALE), round(255 * HALO_OPACITY)
    return {
        "body_source": [*pale, opacity],
        "body_target": [*colour, opacity],
        "core_source": [*core(pale), opacity],
        "core_target": [*core(colour), opacity],
        "halo_source": [*pale, halo],
        "halo_target": [*colour, halo],
    }


def _ports(scene: Scene, now: Moment, frame: Bounds) -> Records:
    """Ports of visible corridors; the area of a dot is linear in what leaves and arrives."""
    places, corridors = scene.places, scene.corridors
    name = [legible(each) for each in places.name]
    visible = (now.best > 0) | (now.high > 0)
    seen = np.unique(np.concatenate([corridors.origin[visible], corridors.destination[visible]]))
    handled = through_places(scene, now)
    most = handled.max(initial=0.0) or 1.0
    smallest, largest = PORT_RADII_PX
    radius = np.sqrt(smallest**2 + (largest**2 - smallest**2) * handled / most)
    lon = unwrapped(places.lon, frame.west)
    return [
        {
            "code": places.code[p],
            "name": name[p],
            "position": [float(lon[p]), float(places.lat[p])],
            "radius": float(radius[p]),
            "label": f"{name[p]}\n{formatting.counted(formatting.number(handled[p]), legible(scene.unit))} in and out",
        }
        for p in seen
    ]


def _land(frame: Bounds) -> object:
    """Land as GeoJSON: 1:50m, and 1:10m in place of it around a small scene."""
    return coast.geojson((frame.west, frame.south, frame.east, frame.north))
