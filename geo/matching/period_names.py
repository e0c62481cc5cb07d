"""Which stretch of the calendar a header says that each of its dates stands for: "Month", "Week ending", "Quartal"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geo.matching.date_parts import PARTS
from geo.matching.synonyms import normal, words_of

Unit = Literal["week", "month", "quarter", "year"]
_FINEST_FIRST: tuple[Unit, ...] = ("week", "month", "quarter", "year")
_BEGINS = frozenset(
    ("beginning", "begin", "begins", "starting", "start", "starts", "commencing", "from", "ab", "du", "от")
)
_ENDS = frozenset(("ending", "end", "ends", "ended", "to", "until", "ende", "bis", "au", "по"))
_OTHER_YEARS = frozenset(("fiscal", "fy", "financial", "marketing", "crop", "season"))
"""Words of years that are none of the calendar: nobody can say from the header when these begin."""
_NAMES_OF_DATES = "date | dates | time | datum | fecha | data | дата | 日付 | 日期 | 날짜 | 일자 | تاريخ | التاريخ"
_DATES = frozenset(normal(name) for name in _NAMES_OF_DATES.split("|"))
_DAYS = PARTS["day"] | {"d", "days"}
"""Words of a header under which a date is a day: "Date (month/day/year)"."""
_SHORT = re.compile(r"\s*w\s?/\s?([cbe])\s*(?:date)?\s*", re.IGNORECASE)
"""Week commencing, beginning, ending."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """unit: of the calendar. bound: "start" or "end" where the header says that a date is the first or last day of it,
    "of" where it is any day of a week."""

    unit: Unit
    bound: str = ""


def stretch_in(header: str) -> Stretch | None:
    """What one date under a header stands for, or None where that is its day.

    >>> stretch_in("Week ending"), stretch_in("Shipment month"), stretch_in("Month/day")
    (Stretch(unit='week', bound='end'), Stretch(unit='month', bound=''), None)
    """
    if short := _SHORT.fullmatch(header):
        return Stretch("week", "end" if short[1].lower() == "e" else "start")
    words = set(words_of(header))
    unit = next((each for each in _FINEST_FIRST if not words.isdisjoint(PARTS[each])), None)
    if unit is None or not words.isdisjoint(_OTHER_YEARS | _DAYS):
        return None
    bound = "end" if words & _ENDS else "start" if words & _BEGINS else "of" if words >= {unit, "of"} else ""
    return None if words & _DATES and bound in ("", "of") else Stretch(unit, bound)
