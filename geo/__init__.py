"""Waybill: reported shipments as tables and as pictures that never say more than the reports do.

    import geo

    legs, problems = geo.read_legs("legs.csv")    # GeoDataFrame; what is wrong with which row
    reading = geo.read("foreign.csv", mapping=geo.propose(geo.read_sheet("foreign.csv")).mapping)
    geo.places.find("Najin").place                # "KPRJN"

The names below are all that is public. They are loaded when first used, so that importing geo costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from geo.errors import (
    Cancelled,
    DialectError,
    GeoError,
    LibraryError,
    MappingError,
    MissingColumns,
    PlaceError,
    SceneError,
    TooLarge,
    UnreadableFile,
    VagueError,
)

if TYPE_CHECKING:
    from geo.evidence.headers.guessing import propose
    from geo.evidence.intake.dialect import Dialect
    from geo.evidence.intake.opening import read_sheet
    from geo.evidence.mapping import ColumnMap
    from geo.evidence.places import Found, Places
    from geo.evidence.problems import Problem, Problems
    from geo.evidence.reading import Reading, read, read_events, read_legs, read_places, read_totals
    from geo.evidence.reconciling.volumes import Volumes
    from geo.evidence.totals import reconcile
    from geo.evidence.vague import Quantity, Window, read_date, read_quantity, read_window
    from geo.library import Library
    from geo.scene.build import build_scene
    from geo.scene.deck import to_deck
    from geo.scene.scene import Scene

    places: Places
    """The gazetteer: our own places and the world's ports."""

__all__ = [
    "Cancelled",
    "ColumnMap",
    "Dialect",
    "DialectError",
    "Found",
    "GeoError",
    "Library",
    "LibraryError",
    "MappingError",
    "MissingColumns",
    "PlaceError",
    "Places",
    "Problem",
    "Problems",
    "Quantity",
    "Reading",
    "Scene",
    "SceneError",
    "TooLarge",
    "UnreadableFile",
    "VagueError",
    "Volumes",
    "Window",
    "build_scene",
    "places",
    "propose",
    "read",
    "read_date",
    "read_events",
    "read_legs",
    "read_places",
    "read_quantity",
    "read_sheet",
    "read_totals",
    "read_window",
    "reconcile",
    "to_deck",
]

_HOME = {
    **dict.fromkeys(("Found", "Places"), "geo.evidence.places"),
    **dict.fromkeys(("Problem", "Problems"), "geo.evidence.problems"),
    "ColumnMap": "geo.evidence.mapping",
    "Dialect": "geo.evidence.intake.dialect",
    "read_sheet": "geo.evidence.intake.opening",
    "propose": "geo.evidence.headers.guessing",
    "Library": "geo.library",
    **dict.fromkeys(
        ("Reading", "read", "read_events", "read_legs", "read_places", "read_totals"), "geo.evidence.reading"
    ),
    "Volumes": "geo.evidence.reconciling.volumes",
    "reconcile": "geo.evidence.totals",
    **dict.fromkeys(("Quantity", "Window", "read_date", "read_quantity", "read_window"), "geo.evidence.vague"),
    "Scene": "geo.scene.scene",
    "build_scene": "geo.scene.build",
    "to_deck": "geo.scene.deck",
}


def __getattr__(name: str) -> object:
    if name == "places":
        return import_module("geo.evidence.places").Places.load()
    if name not in _HOME:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
