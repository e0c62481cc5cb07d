"""Which shape a sheet has, where its rows are no legs as they stand."""

from __future__ import annotations

from collections.abc import Iterable

from geo.gazetteer.places import Places
from geo.matching.mapping import header_key
from geo.matching.shapes.directions import directions
from geo.matching.shapes.matrix import matrix
from geo.matching.shapes.port_calls import port_calls
from geo.matching.shapes.positions import positions
from geo.matching.shapes.routes import routes
from geo.matching.shapes.rows import first_rows
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.sizes import sizes
from geo.matching.shapes.statistics import counted_places, place_statistics
from geo.matching.shapes.trade import trade
from geo.matching.shapes.two_tables import below, two_tables
from geo.matching.shapes.unlocode import unlocode
from geo.matching.shapes.wide import wide
from geo.sheet import Sheet

ROWS = 2_000
"""So many rows show what a sheet is."""


def left_over(sheet: Sheet, kind: str) -> Shape | None:
    """What a sheet is whose own names make it one of our kinds, but that holds more than that; None for most."""
    if sheet.dialect.shape or not len(sheet):
        return None
    few = first_rows(sheet, ROWS)
    return two_tables(few) or below(sheet) or (counted_places(few) if kind == "places" else None)


def shape_of(sheet: Sheet, places: Places, legs: Iterable[str], *, named: bool) -> Shape | None:
    """What a sheet is that is no list of legs, totals, places or events; None where it may be one.

    legs: our columns that it would give if its rows were legs. named: two of its columns are called the ends of a leg.
    """
    own = {header_key(header) for header in sheet.header}
    if sheet.dialect.shape or not len(sheet) or own >= {"origin", "destination", "depart"}:
        return None
    few, there = first_rows(sheet, ROWS), set(legs)
    ends = there >= {"origin", "destination"} or there >= {"origin_lat", "destination_lat"}
    found = None if own >= {"origin", "destination"} else trade(few, places)
    if found is None and named:
        found = directions(few)
    if found is None and ends and "containers" not in there:
        found = sizes(few)
    if found is None and ends and not there >= {"depart", "containers"}:
        found = wide(few)
    if found is not None or named:
        return found
    found = unlocode(few) or matrix(few, places) or port_calls(few) or positions(few) or routes(few, places)
    return found or (None if ends else place_statistics(few))
