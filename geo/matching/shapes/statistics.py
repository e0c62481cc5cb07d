"""Figures of one place over time (ship calls a day, throughput): no second end, so that nothing is drawn as a flow."""

from __future__ import annotations

from geo.matching.shapes.rows import called, cells, listed, with_word
from geo.matching.shapes.shape import Shape
from geo.matching.shapes.wide import periods_of
from geo.matching.synonyms import is_count_name, unit_in, words_of
from geo.matching.traits import sample
from geo.parsing.quantity import is_like_quantity
from geo.sheet import Sheet

NAME = "place-statistics"
_PLACES = frozenset(
    (
        *("port", "port name", "portname", "chokepoint", "terminal", "station", "airport", "location", "place", "city"),
        *("country", "country name", "economy", "state", "province", "region", "порт", "страна", "регион"),
        *("港口", "항구", "hafen", "puerto", "land", "pays", "país"),
    )
)
_TIMES = frozenset({"date", "day", "week", "month", "quarter", "year", "period", "time"})
_NO_COUNTS = _TIMES | {"id", "objectid", "lat", "lon", "latitude", "longitude", "x", "y", "code", "iso3", "fid", "oid"}
_EVENTS = frozenset({"event", "events", "incident", "headline", "title", "actor", "actor1"})
_FLOWS = frozenset({"import", "imports", "export", "exports", "throughput", "inflow", "outflow", "calls", "portcalls"})
_PROSE = 6
"""So many words of a cell are a sentence."""
RULE = (
    "A flow has two ends, and these rows name one place each: nothing of them is drawn as a flow. For movements, load "
    "a file with an origin and a destination in each row. To use the positions of the places alone, load a list with "
    "one row a place: code, name, lat and lon."
)


def place_statistics(sheet: Sheet) -> Shape | None:
    """What such a table is; None where it is none."""
    places = called(sheet, _PLACES)
    times = with_word(sheet, _TIMES)
    if with_word(sheet, _EVENTS) or any(_is_prose(sheet, header) for header in sheet.header):
        return None
    figures = [header for header in sheet.header if header not in places and _is_figures(sheet, header)]
    if spread := periods_of(sheet):
        times, figures = list(spread)[:1], list(spread)[1:]
    counted = any(unit_in(header) or not _FLOWS.isdisjoint(words_of(header)) for header in figures)
    if not places or not times or not figures or not (spread or counted or _repeats(sheet, places[0])):
        return None
    told = f"{listed([places[0], times[0]])} say so, with {listed(figures[:2])}"
    return Shape(NAME, f"Each row gives figures of one place at one time, and no movement between two: {told}.", RULE)


def counted_places(sheet: Sheet) -> Shape | None:
    """What a list of places with how many of something at each is; None where nothing is counted."""
    counts = [header for header in sheet.header if is_count_name(header) and _is_figures(sheet, header)]
    if not counts:
        return None
    what = f"Each row gives a figure of one place, and no movement between two: {listed(counts[:2])} says so."
    return Shape(NAME, what, RULE)


def _is_figures(sheet: Sheet, header: str) -> bool:
    if not _NO_COUNTS.isdisjoint(words_of(header)):
        return False
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    return bool(texts) and all(text[:1].isdigit() and is_like_quantity(text) for text in texts)


def _is_prose(sheet: Sheet, header: str) -> bool:
    """Whether a column tells what happened: rows of it are events."""
    texts = sample(sheet.columns[header].dictionary).to_pylist()
    return 2 * sum(len(text.split()) >= _PROSE for text in texts) > len(texts)


def _repeats(sheet: Sheet, header: str) -> bool:
    """Whether a place has several rows: a list of places has one of each."""
    texts = [text for text in cells(sheet, header).tolist() if text]
    return len(set(texts)) < len(texts)
