"""Figures that say how many there had been up to each day: added up they would count the same several times."""

from __future__ import annotations

from geo.matching.shapes.rows import listed
from geo.matching.shapes.shape import Shape
from geo.matching.synonyms import words_of

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
