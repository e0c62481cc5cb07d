"""Which shape a sheet has, where its rows are no legs as they stand."""

from __future__ import annotations

from geo.gazetteer.places import Places
from geo.matching.shapes.port_calls import port_calls
from geo.matching.shapes.shape import Shape
from geo.sheet import Sheet


def shape_of(sheet: Sheet, places: Places, *, ends: bool) -> Shape | None:
    """What a sheet is that is no list of legs, totals, places or events; None where it may be one.

    ends: two of its columns are called the two ends of a leg, and name places.
    """
    if sheet.dialect.shape or not len(sheet):
        return None
    return None if ends else port_calls(sheet)
