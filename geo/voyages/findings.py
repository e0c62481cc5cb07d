"""All that does not fit in the voyages of a data set."""

from __future__ import annotations

from geo.dataset.dataset import DataSet
from geo.tables.counted_legs import sums
from geo.voyages import ships, sources, speeds
from geo.voyages.ends import legs_of
from geo.voyages.finding import TITLES, Found
from geo.voyages.words import Words


def findings(data: DataSet) -> Found:
    """What cannot be, or does not agree, among all legs of a data set that are no sums; what cannot be first.

    Voyages told twice are `geo.voyages.sources.of_questions`, since they depend on what a reader has answered.
    """
    voyages = data.legs[~sums(data.legs)]
    if not len(voyages):
        return Found()
    legs = legs_of(voyages, data.places)
    words = Words(legs, data.names)
    sailings = ships.sailings_of(legs)
    parts = [
        speeds.findings(legs, words),
        ships.findings(legs, sailings, words),
        sources.findings(legs, sailings, words),
    ]
    order = list(TITLES)
    listed = sorted((each for part in parts for each in part.findings), key=lambda each: order.index(each.kind))
    return Found(tuple(listed), tuple(note for part in parts for note in part.notes))
