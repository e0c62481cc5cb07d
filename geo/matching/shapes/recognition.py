"""Which shape a sheet has, where its rows are no legs as they stand."""

from __future__ import annotations

from geo.gazetteer.places import Places
from geo.matching.mapping import header_key
from geo.matching.shapes.port_calls import port_calls
from geo.matching.shapes.positions import positions
from geo.matching.shapes.rows import first_rows
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.statistics import place_statistics
from geo.matching.shapes.trade import trade
from geo.sheet import Sheet

ROWS = 2_000
"""So many rows show what a sheet is."""


def shape_of(sheet: Sheet, places: Places, *, ends: bool) -> Shape | None:
    """What a sheet is that is no list of legs, totals, places or events; None where it may be one.

    ends: two of its columns are called the two ends of a leg, and name places.
    """
    own = {header_key(header) for header in sheet.header}
    if sheet.dialect.shape or not len(sheet) or own >= {"origin", "destination"}:
        return None
    few = first_rows(sheet, ROWS)
    if found := trade(few, places):
        return found
    return None if ends else port_calls(few) or positions(few) or place_statistics(few)
