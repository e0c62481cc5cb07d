"""Two columns of dates called "From" and "To", "Start" and "End": the ends of a period, or a departure and an arrival.

Whole months, or whole weeks, in every row are periods: no list of voyages leaves on firsts and arrives on lasts alone.
Else names such as "Start date" and "End date" are departure and arrival, and of "From" and "To" it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from geo.matching import score as scores
from geo.matching.guesses import Guess
from geo.matching.looks import Looks
from geo.matching.period_names import stretch_in
from geo.matching.synonyms import words_of
from geo.matching.traits import dates_of_rows

_FIRST = "from start starts starting begin begins beginning since von ab du desde с з"
_LAST = "to end ends ending until till bis au hasta по до"
_FIRSTS, _LASTS = frozenset(_FIRST.split()), frozenset(_LAST.split())
_DAY = timedelta(days=1)
_WEEK = 7
_BEGINS_A_WEEK = (0, 6)
"""Monday and Sunday."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Headers of two dates, and whether they are certainly the ends of a period; else nobody can say."""

    first: str
    last: str
    period: bool

    @property
    def columns(self) -> dict[str, str]:
        """Header -> our column."""
        return {self.first: "depart_from", self.last: "depart_to"} if self.period else {}

    def guess(self, header: str) -> Guess:
        """What one of them may be."""
        both = f"“{scores.shown(self.first)}” and “{scores.shown(self.last)}”"
        if self.period:
            why = f"{both} are the first and the last day of whole weeks or months, so of a period."
            return Guess(header, self.columns[header], "likely", why)
        why = f"{both} may be departure and arrival, or the ends of a period, and nothing shows which."
        return Guess(header, "", "possible", why)


def ends_of(looks: Looks, columns: Mapping[str, str]) -> Ends | None:
    """The two ends of a file of legs, where they are those of a period or may be. columns: header -> ours, so far."""
    pairs = [pair for pair in _pairs(looks.sheet.header) if all(_dated(looks, header) for header in pair)]
    if len(pairs) != 1:
        return None
    first, last = pairs[0]
    if columns.get(first, "depart") != "depart" or columns.get(last, "arrive") != "arrive":
        return None
    others = {column for header, column in columns.items() if header not in (first, last)}
    if not others.isdisjoint(("depart", "depart_year", "depart_from", "arrive")):
        return None
    period = _whole(looks, first, last)
    return Ends(first, last, period) if period or last not in columns else None


def _pairs(headers: tuple[str, ...]) -> list[tuple[str, str]]:
    """Headers that differ in one word, which is "from" in the one and "to" in the other."""
    firsts = {frozenset(words - _FIRSTS): header for header, words in _said(headers) if words & _FIRSTS}
    return [
        (firsts[bare], header)
        for header, words in _said(headers)
        if words & _LASTS and not words & _FIRSTS and (bare := frozenset(words - _LASTS)) in firsts
    ]


def _said(headers: tuple[str, ...]) -> list[tuple[str, frozenset[str]]]:
    return [(header, frozenset(words_of(header))) for header in headers if len(header) <= scores.LONGEST_SHOWN]


def _dated(looks: Looks, header: str) -> bool:
    return looks[header].share(("when",)) >= scores.ALONE


def _whole(looks: Looks, first: str, last: str) -> bool:
    """Whether every row goes from the first day of a month to the last of one, or over whole weeks."""
    columns = (dates_of_rows(looks.sheet, header) for header in (first, last))
    rows = [(start, end) for start, end in zip(*columns, strict=True) if start and end]
    if not rows:
        return False
    months = stretch_in(last) is not None
    if all(start.day == 1 and (months or (end + _DAY).day == 1) and start <= end for start, end in rows):
        return True
    weekdays = {start.weekday() for start, _ in rows}
    return len(weekdays) == 1 and weekdays <= set(_BEGINS_A_WEEK) and all(_is_weeks(*row) for row in rows)


def _is_weeks(start: datetime, end: datetime) -> bool:
    days = (end - start).days + 1
    return days >= _WEEK and days % _WEEK == 0
