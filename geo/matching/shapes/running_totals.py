"""Figures that say how many there had been up to each day: added up they would count the same several times."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from geo.arrays import Times
from geo.matching.shapes.periods import containers, groups, is_period_name, span
from geo.matching.shapes.rows import cells, listed
from geo.matching.shapes.shape import Shape
from geo.matching.synonyms import words_of
from geo.sheet import Sheet

NAME = "running-totals"
_WORDS = frozenset(("cumulative", "cumul", "cum", "cumulated", "accumulated", "running", "ytd", "kumuliert", "cumulé"))
_WORDS_TOO = frozenset(("нарастающим", "накопленным", "累計", "累计", "누적", "acumulado", "cumulative"))
RULE = (
    "As legs they would be added up, and what the first one says would count again in each one behind it. Load them as "
    "totals: who says so (claimant), the day of each (said_on), since when it counts (window, such as “since "
    "2023-08-01”), and how many (quantity). Or make a row of what came on top each time, and load that as legs."
)


def running_totals(count: str) -> Shape | None:
    """What such a table is; None where the header of its count says nothing of it."""
    words = set(words_of(count))
    to_date = {"to", "date"} <= words or {"so", "far"} <= words
    if not to_date and words.isdisjoint(_WORDS | _WORDS_TOO):
        return None
    return Shape(NAME, f"Each row says how many there had been up to its day: {listed([count])} says so.", RULE)


RULE_OF_PERIODS = (
    "As legs they would be added up, and what moved in the shorter period would count again in the longer one. Leave "
    "out the rows that are sums of others. Where each figure is all that had moved so far, load them as totals: who "
    "says so (claimant), the day of each (said_on), its period (window), and how many (quantity). Where each row is a "
    "shipment of its own, use --kind legs."
)
_DAY = np.timedelta64(1, "D")


def nested_periods(sheet: Sheet, columns: Mapping[str, str]) -> Shape | None:
    """What a table is in which periods of one route contain others; None where none do.

    columns: header -> our column of legs. Days inside a longer period are voyages beside a vague one, and no parts.
    """
    header = next((header for header, column in columns.items() if column == "depart"), "")
    if not header or "arrive" in columns.values() or not is_period_name(header):
        return None
    texts = cells(sheet, header)
    start, end = _spans(texts.tolist())
    held = containers(groups(sheet, header), start, end)
    inner = np.flatnonzero(held >= 0)
    if not inner.size:
        return None
    part, whole = int(inner[0]), int(held[inner[0]])
    told = (
        f"“{texts[whole]}” in line {int(sheet.lines[whole]):,} contains “{texts[part]}” in line "
        f"{int(sheet.lines[part]):,}"
    )
    return Shape(NAME, f"Periods of one route in {listed([header])} contain one another: {told}.", RULE_OF_PERIODS)


def _spans(texts: list[str]) -> tuple[Times, Times]:
    """Start and end of each stretch of more than a day; NaT for all else."""
    read = {text: span(text) for text in set(texts)}
    found = np.full((2, len(texts)), np.datetime64("NaT"), "datetime64[us]")
    for row, text in enumerate(texts):
        if each := read[text]:
            found[:, row] = [np.datetime64(moment.replace(tzinfo=None), "us") for moment in each]
    long = found[1] - found[0] > _DAY
    return np.where(long, found[0], np.datetime64("NaT")), np.where(long, found[1], np.datetime64("NaT"))
