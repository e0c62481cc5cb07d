"""Waybill: reported shipments as tables and as pictures that never say more than the reports do.

    import geo

    geo.open("legs.csv").picture("plate.png")     # in a notebook the map draws itself
    legs, problems = geo.read_legs("legs.csv")    # GeoDataFrame; what is wrong with which row
    reading = geo.read("foreign.csv", mapping=geo.propose(geo.read_sheet("foreign.csv")).mapping)
    geo.places.find("Najin").place                # "KPRJN"

The names below are all that is public. They are loaded when first used, so that importing geo costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from geo.errors import (
    BriefError,
    Cancelled,
    DialectError,
    FlowError,
    GeoError,
    LibraryError,
    MappingError,
    MissingColumns,
    MomentError,
    PlaceError,
    SceneError,
    TooLarge,
    Unanswered,
    UnitUnsaid,
    UnreadableFile,
    VagueError,
)

if TYPE_CHECKING:
    from geo.brief.formats.images import save_plate
    from geo.brief.map import Map
    from geo.brief.map import open_map as open  # noqa: A004 -- as gzip.open
    from geo.brief.pictures import plates_of
    from geo.brief.spec.brief import Brief, read_brief
    from geo.dataset.dataset import DataSet, open_data
    from geo.engine.behind import LegsBehind, legs_behind
    from geo.files.read import read_sheet
    from geo.gazetteer.places import Found, Places
    from geo.library import Library
    from geo.matching.mapping import ColumnMap
    from geo.matching.propose import propose
    from geo.matching.shapes.reshape import reshape
    from geo.parsing import Quantity, Window, read_date, read_quantity, read_window
    from geo.problems import Problem, Problems
    from geo.reconcile.reconcile import reconcile as reconcile_reports
    from geo.reconcile.volumes import Volumes
    from geo.scene.build import build_scene
    from geo.scene.deck import to_deck
    from geo.scene.paths import with_routes
    from geo.scene.scene import Scene
    from geo.sheet import Dialect
    from geo.tables.by_kind import read_events, read_legs, read_places, read_totals
    from geo.tables.read import Reading, read

    places: Places
    """The gazetteer: our own places and the world's ports."""

__version__ = "0.1.0"

__all__ = [
    "Brief",
    "BriefError",
    "Cancelled",
    "ColumnMap",
    "DataSet",
    "Dialect",
    "DialectError",
    "FlowError",
    "Found",
    "GeoError",
    "LegsBehind",
    "Library",
    "LibraryError",
    "Map",
    "MappingError",
    "MissingColumns",
    "MomentError",
    "PlaceError",
    "Places",
    "Problem",
    "Problems",
    "Quantity",
    "Reading",
    "Scene",
    "SceneError",
    "TooLarge",
    "Unanswered",
    "UnitUnsaid",
    "UnreadableFile",
    "VagueError",
    "Volumes",
    "Window",
    "build_scene",
    "legs_behind",
    "open",
    "open_data",
    "places",
    "plates_of",
    "propose",
    "read",
    "read_brief",
    "read_date",
    "read_events",
    "read_legs",
    "read_places",
    "read_quantity",
    "read_sheet",
    "read_totals",
    "read_window",
    "reconcile_reports",
    "reshape",
    "save_plate",
    "to_deck",
    "with_routes",
]

_HOME = {
    **dict.fromkeys(("DataSet", "open_data"), "geo.dataset.dataset"),
    **dict.fromkeys(("LegsBehind", "legs_behind"), "geo.engine.behind"),
    **dict.fromkeys(("Found", "Places"), "geo.gazetteer.places"),
    **dict.fromkeys(("Problem", "Problems"), "geo.problems"),
    "ColumnMap": "geo.matching.mapping",
    "Dialect": "geo.sheet",
    "read_sheet": "geo.files.read",
    "propose": "geo.matching.propose",
    "reshape": "geo.matching.shapes.reshape",
    "Library": "geo.library",
    **dict.fromkeys(("Reading", "read"), "geo.tables.read"),
    **dict.fromkeys(("read_events", "read_legs", "read_places", "read_totals"), "geo.tables.by_kind"),
    "Volumes": "geo.reconcile.volumes",
    "reconcile_reports": "geo.reconcile.reconcile",
    **dict.fromkeys(("Quantity", "Window", "read_date", "read_quantity", "read_window"), "geo.parsing"),
    "Scene": "geo.scene.scene",
    "build_scene": "geo.scene.build",
    "with_routes": "geo.scene.paths",
    "to_deck": "geo.scene.deck",
    "Map": "geo.brief.map",
    "open": "geo.brief.map",
    **dict.fromkeys(("Brief", "read_brief"), "geo.brief.spec.brief"),
    "plates_of": "geo.brief.pictures",
    "save_plate": "geo.brief.formats.images",
}

_CALLED_THERE = {"reconcile_reports": "reconcile", "open": "open_map"}
"""Names that a folder of ours has: it would take the place of what is public, once it is loaded."""


def __getattr__(name: str) -> object:
    if name == "places":
        return import_module("geo.gazetteer.places").Places.load()
    if name not in _HOME:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), _CALLED_THERE.get(name, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
